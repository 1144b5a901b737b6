"""What can be said of two products: who ranks higher, how surely, by what, and whom each suits.

A verdict is structure; the theme's ``strings.yaml`` puts it into words.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from comparo.compare.alignment import Alignment, name_key
from comparo.compare.scoring import Rank, points
from comparo.compare.weighing import Flip, Share, Weighed, flip, margin, share, weigh
from comparo.model import Capability, Editorial, Product

Side = Literal["a", "b"]
Kind = Literal["unrated", "close", "likely", "clear"]

CHOICES = 7
"""How many grounds to choose a product are worth reading."""

STALE = 730
"""Days without a release after which a verdict says so."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason to choose a product. ``kind`` names the theme's wording, ``value`` fills it.

    ``capability`` is the id of the product's capability that it rests on, so that a page can lead
    to it; ``subject`` the name of the other product's, where the ground is what that one lacks.
    """

    kind: str
    value: str
    capability: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Caveat:
    """Something that weakens a verdict. ``side`` is the product it is about, if about one."""

    kind: str
    side: Side | None = None
    value: str | int | dt.date = ""


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
    kind, winner, settled = _kind(rank_a, rank_b, close_call)
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
        choose_a=_edited(chosen_a) or _grounds(a, b, alignment.alone_a, alignment.both),
        choose_b=_edited(chosen_b) or _grounds(b, a, alignment.alone_b, tuple(turned)),
        edited_a=bool(chosen_a),
        edited_b=bool(chosen_b),
        caveats=(
            *_caveats_between(a, b),
            *_caveats_about("a", a, rank_a, as_of),
            *_caveats_about("b", b, rank_b, as_of),
        ),
    )


def _kind(a: Rank, b: Rank, close_call: float) -> tuple[Kind, Side | None, bool]:
    if not (a.rated and b.rated) or a.value is None or b.value is None:
        return "unrated", None, False
    same_figure = points(a.value) == points(b.value)
    if same_figure or abs(a.value - b.value) < close_call - 1e-9:
        return "close", None, False
    winner: Side = "a" if a.value > b.value else "b"
    first, second = (a, b) if winner == "a" else (b, a)
    settled = first.low > second.high
    clear = settled or _behind_in_nothing(first, second)
    return "clear" if clear else "likely", winner, settled


def _behind_in_nothing(first: Rank, second: Rank) -> bool:
    """Tell whether all that is known of either is known of both, and none of it is less.

    A component that is unknown for both speaks for neither.
    """
    theirs = {score.name: score.value for score in second.scores if score.weight}
    known = [
        (score.value, theirs.get(score.name))
        for score in first.scores
        if score.weight and not (score.value is None and theirs.get(score.name) is None)
    ]
    return bool(known) and all(
        ours is not None and other is not None and ours >= other for ours, other in known
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
    if winner == "a" and _costs_less(b, a):
        return "b"
    return "a" if winner == "b" and _costs_less(a, b) else None


def _costs_less(this: Product, other: Product) -> bool:
    """Tell whether one product is known to cost less: it starts free, or its price is lower."""
    if this.pricing.starts_free or other.pricing.starts_free:
        return _alone_starts_free(this, other)
    if not (this.pricing.starting_price and other.pricing.starting_price):
        return False
    ours, theirs = this.pricing.starting_price.value, other.pricing.starting_price.value
    if ours.amount is None or theirs.amount is None:
        return False
    alike = (ours.currency, ours.period) == (theirs.currency, theirs.period)
    return alike and ours.amount < theirs.amount


def _free_side(a: Product, b: Product) -> Side | None:
    """Name the one product of which it is known that it starts free; None if both or neither."""
    if a.pricing.starts_free == b.pricing.starts_free:
        return None
    return "a" if a.pricing.starts_free else "b"


def _alone_starts_free(this: Product, other: Product) -> bool:
    """Tell whether one product starts free and the other is known to cost: unknown is not paid."""
    return this.pricing.starts_free and other.pricing.model in ("paid", "contact")


def _edited(texts: tuple[str, ...]) -> tuple[Ground, ...]:
    return tuple(Ground("edited", text) for text in texts)


def _grounds(
    this: Product,
    other: Product,
    alone: tuple[Capability, ...],
    both: tuple[tuple[Capability, Capability], ...],
) -> tuple[Ground, ...]:
    """Find what speaks for one product and not for the other: no ground stands on both sides."""
    found = [Ground("capability", c.name, c.id) for c in alone[:3]]
    if _alone_starts_free(this, other):
        found.append(Ground("free", this.pricing.model))
    elif this.pricing.starting_price and _costs_less(this, other):
        found.append(Ground("price", this.pricing.starting_price.value.text))
    found += _lacks(this, both)
    suits = {x.casefold(): x for c in this.capabilities for x in c.best_for}
    named = {x.casefold() for c in other.capabilities for x in c.best_for}
    found += [Ground("best_for", text) for key, text in suits.items() if key not in named][:1]
    if this.pricing.model == "open_source" and _is_closed(other):
        found.append(Ground("open_source", this.license.value if this.license else ""))
    if this.platforms and other.platforms:
        served = {p.casefold() for p in other.platforms.value}
        extra = [p for p in this.platforms.value if p.casefold() not in served]
        if extra:
            found.append(Ground("platform", ", ".join(extra[:3])))
    licences = [p.license.value for p in (this, other) if p.license]
    if len({text.casefold() for text in licences}) == 2:
        found.append(Ground("license", licences[0]))
    return tuple(found[:CHOICES])


def _lacks(this: Product, both: tuple[tuple[Capability, Capability], ...]) -> list[Ground]:
    """Find a limit, and a requirement, that the other product alone has in what both can do.

    A requirement counts only where this product's own are known: what is not said may be needed.
    """
    limited = {name_key(text) for c in this.capabilities for text in c.limitations}
    needed = {name_key(text) for c in this.capabilities for text in c.requires}
    limits = [
        Ground("limit", text, ours.id, theirs.name)
        for ours, theirs in both
        for text in theirs.limitations
        if name_key(text) not in limited
    ]
    needs = [
        Ground("requirement", text, ours.id, theirs.name)
        for ours, theirs in both
        for text in theirs.requires
        if ours.requires and name_key(text) not in needed
    ]
    return [*limits[:1], *needs[:1]]


def _is_closed(product: Product) -> bool:
    """Tell whether nothing says that a product is open source, though its pricing is known.

    A licence on file speaks for itself: what has a paid plan may be open source all the same.
    """
    return product.pricing.model not in ("open_source", "unknown") and not product.license


def _caveats_between(a: Product, b: Product) -> tuple[Caveat, ...]:
    return () if a.type == b.type else (Caveat("types"),)


def _caveats_about(
    side: Side, product: Product, rank: Rank, as_of: dt.date | None
) -> tuple[Caveat, ...]:
    found = []
    if rank.declared:
        found.append(Caveat("declared", side))
    elif rank.unknown:
        found.append(Caveat("coverage", side, rank.known_percent))
    if product.status and product.status.value != "active":
        found.append(Caveat(product.status.value, side))
    if as_of and product.released and (as_of - product.released.value).days > STALE:
        found.append(Caveat("stale", side, product.released.value))
    return tuple(found)
