"""How much a lead hangs on the weights: what would reverse it, and how many weightings agree."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

from comparo.compare.scoring import Rank


@dataclass(frozen=True, slots=True)
class Weighed:
    """A component that is known of both products, with its part of each one's weight, 0 to 1."""

    name: str
    label: str
    weight_a: float
    weight_b: float
    value_a: float
    value_b: float

    @property
    def points(self) -> float:
        """Give how many points of rank it gives A over B; negative where B leads."""
        return 100 * (self.weight_a * self.value_a - self.weight_b * self.value_b)

    @property
    def difference(self) -> float:
        """Give how far A is ahead in it, -1 to 1, whatever it weighs."""
        return self.value_a - self.value_b


@dataclass(frozen=True, slots=True)
class Flip:
    """The smallest shift of weight from one component to another that makes two products even.

    ``shift`` is in points of 100, the whole weight of the components that are known of both; with
    any more the result is reversed.
    """

    source: Weighed
    target: Weighed
    shift: float


@dataclass(frozen=True, slots=True)
class Share:
    """The part of all weightings, 0 to 1, by which each product is ahead.

    Neither is where all figures are equal.
    """

    a: float
    b: float


def weigh(rank_a: Rank, rank_b: Rank) -> tuple[Weighed, ...]:
    """Give the components with a weight that are known of both, their weights brought to 1."""
    theirs = {score.name: score for score in rank_b.scores}
    known = [
        (ours, other, ours.value, other.value)
        for ours in rank_a.scores
        if (other := theirs.get(ours.name))
        and ours.value is not None
        and other.value is not None
        and (ours.weight or other.weight)
    ]
    whole_a = sum(ours.weight for ours, *_ in known) or 1.0
    whole_b = sum(other.weight for _, other, *_ in known) or 1.0
    return tuple(
        Weighed(
            ours.name, ours.label, ours.weight / whole_a, other.weight / whole_b, value_a, value_b
        )
        for ours, other, value_a, value_b in known
    )


def margin(weighed: Iterable[Weighed]) -> float:
    """Give A's lead in points over the components that are known of both."""
    return sum(component.points for component in weighed)


def flip(weighed: Sequence[Weighed]) -> Flip | None:
    """Find the least shift of weight that reverses the lead; None if there is no lead, or no shift.

    Moving s points of weight from i to j changes A's lead by ``s · (d_j - d_i)``, where d is A's
    difference in a component; a component that gave all it has could give no more, which would
    only make the two even.
    """
    lead = margin(weighed) / 100
    sign = 1 if lead > 0 else -1
    shifts = [
        (round(sign * lead / against, 12), place, Flip(source, target, 100 * sign * lead / against))
        for place, (source, target) in enumerate(permutations(weighed, 2))
        if (against := sign * (source.difference - target.difference)) > 1e-9
        and sign * lead / against < min(source.weight_a, source.weight_b) - 1e-9
    ]
    return min(shifts, key=lambda found: found[:2])[2] if shifts and abs(lead) > 1e-9 else None


def share(weighed: Iterable[Weighed]) -> Share:
    """Give the exact share of weightings, uniform on the simplex, that each product wins.

    The sum ``Σ λ_i d_i`` of differences under uniform weights λ has a B-spline with knots d_i for
    its density (Curry and Schoenberg 1966), so the chance that it is positive follows de Boor's
    recursion: with a the last of p leads of A and b the last of q leads of B,
    ``P(p, q) = (a · P(p, q - 1) + b · P(p - 1, q)) / (a + b)``. All its terms are positive, so
    equal differences need no special care. Components in which both are equal decide nothing.
    """
    differences = [round(component.difference, 9) for component in weighed]
    leads = sorted(d for d in differences if d > 0)
    lags = sorted(-d for d in differences if d < 0)
    if not leads and not lags:
        return Share(0.0, 0.0)
    return Share(_wins(leads, lags), _wins(lags, leads))


def _wins(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Give the share of weightings by which these leads outweigh those of the other side."""
    row = [0.0] * len(theirs)
    for a in ours:
        won = 1.0
        for place, b in enumerate(theirs):
            won = row[place] = (a * won + b * row[place]) / (a + b)
    return (row[-1] if theirs else 1.0) if ours else 0.0
