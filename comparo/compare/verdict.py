"""What can be said of two products: who ranks higher, how surely, by what, and whom each suits.

A verdict is structure; the theme's ``strings.yaml`` puts it into words.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, NamedTuple

from comparo.compare.alignment import Alignment
from comparo.compare.grounds import Ground, costs_less, grounds
from comparo.compare.scoring import Rank, points
from comparo.compare.weighing import Flip, Share, Weighed, flip, margin, share, weigh
from comparo.model import Editorial, Product

Side = Literal["a", "b"]
Kind = Literal["unrated", "close", "likely", "clear"]

STALE = 730
"""Days without a release after which a verdict says so."""


@dataclass(frozen=True, slots=True)
class Caveat:
    """Something that weakens a verdict. ``side`` is the product it is about, if about one."""

    kind: str
    side: Side | None = None
    value: str | int | dt.date = ""


class Standing(NamedTuple):
    """Who ranks higher, and how surely.

    ``settled`` says that nothing which is still unknown could put the other one ahead.
    """

    kind: Kind
    winner: Side | None
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that a page says about who is ahead. ``margin``, in points, is None without ranks.

    ``settled`` says that nothing which is still unknown could put the other one ahead, ``weighed``
    are the components known of both, and ``better_buy`` is the one that ranks lower but costs less.
    """

    kind: Kind
    winner: Side | None
    margin: float | None
    settled: bool = False
    weighed: tuple[Weighed, ...] = ()
    flip: Flip | None = None
    share: Share | None = None
    free_start: Side | None = None
    better_buy: Side | None = None
    choose_a: tuple[Ground, ...] = ()
    choose_b: tuple[Ground, ...] = ()
    edited_a: bool = False
    edited_b: bool = False
    caveats: tuple[Caveat, ...] = ()

    @property
    def declared(self) -> bool:
        """Tell whether a rank was declared, so that no component decides."""
        return any(caveat.kind == "declared" for caveat in self.caveats)

    @property
    def deciding(self) -> tuple[Weighed, ...]:
        """Give the components that put the winner ahead, the strongest first."""
        if self.winner is None or self.declared:
            return ()
        sign = 1 if self.winner == "a" else -1
        ahead = [component for component in self.weighed if sign * component.points > 0.05]
        return tuple(sorted(ahead, key=lambda d: (-sign * d.points, d.name)))

    @property
    def means(self) -> tuple[float, float]:
        """Give what both would rank by the components known of both alone."""
        parts = self.weighed
        return (
            100 * sum(part.weight_a * part.value_a for part in parts),
            100 * sum(part.weight_b * part.value_b for part in parts),
        )

    @property
    def lead(self) -> float:
        """Give A's lead in points over the components known of both."""
        return margin(self.weighed)


def stand(a: Rank, b: Rank, close_call: float) -> Standing:
    """Say which of two ranks is higher; a close call, or one too thin to make, has no winner."""
    if not (a.rated and b.rated) or a.value is None or b.value is None:
        return Standing("unrated", None)
    same_figure = points(a.value) == points(b.value)
    if same_figure or abs(a.value - b.value) < close_call - 1e-9:
        return Standing("close", None)
    winner: Side = "a" if a.value > b.value else "b"
    first, second = (a, b) if winner == "a" else (b, a)
    settled = first.low > second.high
    clear = settled or _behind_in_nothing(first, second)
    return Standing("clear" if clear else "likely", winner, settled)


def judge(
    a: Product,
    b: Product,
    rank_a: Rank,
    rank_b: Rank,
    alignment: Alignment,
    *,
    close_call: float,
    as_of: dt.date | None = None,
    editorial: Editorial | None = None,
) -> Verdict:
    """Compare two ranked products. Swapping them swaps every statement and changes nothing else."""
    kind, winner, settled = stand(rank_a, rank_b, close_call)
    weighed = () if kind == "unrated" else weigh(rank_a, rank_b)
    chosen_a = editorial.choose_a if editorial else ()
    chosen_b = editorial.choose_b if editorial else ()
    place = {capability.id: n for n, capability in enumerate(b.capabilities)}
    turned = sorted(((t, o) for o, t in alignment.both), key=lambda pair: place[pair[0].id])
    return Verdict(
        kind=kind,
        winner=winner,
        margin=None if kind == "unrated" else abs((rank_a.value or 0.0) - (rank_b.value or 0.0)),
        settled=settled,
        weighed=weighed,
        flip=_flip(weighed, winner, rank_a, rank_b),
        share=share(weighed) if weighed else None,
        free_start=_free_side(a, b),
        better_buy=_better_buy(a, b, winner) if alignment.both else None,
        choose_a=_edited(chosen_a) or grounds(a, b, alignment.alone_a, alignment.both),
        choose_b=_edited(chosen_b) or grounds(b, a, alignment.alone_b, tuple(turned)),
        edited_a=bool(chosen_a),
        edited_b=bool(chosen_b),
        caveats=(
            *_caveats_between(a, b),
            *_caveats_about("a", a, rank_a, as_of),
            *_caveats_about("b", b, rank_b, as_of),
        ),
    )


def _behind_in_nothing(first: Rank, second: Rank) -> bool:
    """Tell whether all that is known of either is known of both, and none of it is less.

    A component that is unknown for both speaks for neither.
    """
    ours = {score.name: score for score in first.scores}
    theirs = {score.name: score for score in second.scores}
    in_use = {s.name for s in (*first.scores, *second.scores) if s.weight}
    values = [
        tuple(scores[name].value if name in scores else None for scores in (ours, theirs))
        for name in sorted(in_use)
    ]
    known = [pair for pair in values if pair != (None, None)]
    return bool(known) and all(
        mine is not None and other is not None and mine >= other for mine, other in known
    )


def _flip(
    weighed: tuple[Weighed, ...], winner: Side | None, rank_a: Rank, rank_b: Rank
) -> Flip | None:
    """Find what would reverse a lead: not one that was declared, nor one that is none over these.

    A product can rank higher by what is known of it alone; over what is known of both it may not.
    """
    if winner is None or rank_a.declared or rank_b.declared:
        return None
    leads = margin(weighed) > 0 if winner == "a" else margin(weighed) < 0
    return flip(weighed) if leads else None


def _better_buy(a: Product, b: Product, winner: Side | None) -> Side | None:
    """Name the product that ranks lower and is known to cost less."""
    if winner == "a" and costs_less(b, a):
        return "b"
    return "a" if winner == "b" and costs_less(a, b) else None


def _free_side(a: Product, b: Product) -> Side | None:
    """Name the one product of which it is known that it starts free; None if both or neither."""
    if a.pricing.starts_free == b.pricing.starts_free:
        return None
    return "a" if a.pricing.starts_free else "b"


def _edited(texts: tuple[str, ...]) -> tuple[Ground, ...]:
    return tuple(Ground("edited", text) for text in texts)


def _caveats_between(a: Product, b: Product) -> tuple[Caveat, ...]:
    return () if a.type == b.type else (Caveat("types"),)


def _caveats_about(
    side: Side, product: Product, rank: Rank, as_of: dt.date | None
) -> tuple[Caveat, ...]:
    found = []
    if rank.declared:
        found.append(Caveat("declared", side))
    elif rank.unknown:
        known = rank.known_percent
        found.append(Caveat("coverage", side, known) if known else Caveat("nothing", side))
    if product.status and product.status.value != "active":
        found.append(Caveat(product.status.value, side))
    if as_of and product.released and (as_of - product.released.value).days > STALE:
        found.append(Caveat("stale", side, product.released.value))
    return tuple(found)
