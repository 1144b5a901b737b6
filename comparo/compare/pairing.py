"""Who meets whom, once, and why.

Ten thousand products must not mean fifty million scored pairs, so candidates come from an index of
what products share (categories, tags, capabilities, searches), and what many share is cut to its
best ranked members. Searches that ask for a pair itself ("gitea vs forgejo") bring the two nearer.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, islice, takewhile
from math import log2, log10
from typing import NamedTuple

from comparo.compare.alignment import partners
from comparo.compare.kinship import Kin, Trait, akin
from comparo.model import PairSettings

CROWD = 96
"""Of a trait that more products share than this, only the best ranked are anybody's candidates."""

WORTH = {"capability": 3.0, "category": 3.0, "search": 2.0, "tag": 1.0}
"""How much a shared trait of each kind says that two products are alternatives to each other."""

ASKED = 3.0
"""How near it brings two products to be asked for together nine times; ninety-nine: twice that."""

NEAR = 0.5
"""The second half of a product's places goes to those at least this part as near as the nearest."""


DIGITS = 9
"""Nearness has so many digits after the point; the rest is noise that must decide nothing."""


class Reasons(NamedTuple):
    """Why a pair exists: what the two share, how often searches asked for it, or an author did."""

    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    capabilities: int = 0
    searches: int = 0
    asked: int = 0
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two products that meet on a page, in the order of its URL.

    ``like`` says whether they are of one type; ``thin`` that the page is of too little help for a
    search engine to send readers to it. What they share is worked out when it is asked for.
    """

    a: str
    b: str
    asked: int = 0
    chosen: bool = False
    like: bool = True
    thin: bool = False
    ours: Kin | None = field(default=None, repr=False)
    theirs: Kin | None = field(default=None, repr=False)
    _reasons: Reasons | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def slugs(self) -> tuple[str, str]:
        """Give both slugs in the order of the page."""
        return self.a, self.b

    def other(self, slug: str) -> str:
        """Give the slug of the product that one of the two meets."""
        return self.b if slug == self.a else self.a

    @property
    def made_of(self) -> tuple[object, ...]:
        """Give all that decides what is said of it, besides the products and their searches."""
        return self.a, self.b, self.asked, self.chosen, self.like, self.thin

    @property
    def categories(self) -> tuple[str, ...]:
        """Give the categories that both are filed under."""
        if not (self.ours and self.theirs):
            return ()
        return tuple(sorted(self.ours.category & self.theirs.category))

    @property
    def reasons(self) -> Reasons:
        """Say why the two meet."""
        if self._reasons is None:
            object.__setattr__(self, "_reasons", self._shared())
        return self._reasons or Reasons()

    def _shared(self) -> Reasons:
        a, b = self.ours, self.theirs
        if not (a and b):
            return Reasons(asked=self.asked, chosen=self.chosen)
        return _once(
            categories=self.categories,
            tags=tuple(sorted(a.tag & b.tag)),
            capabilities=len(partners(a.keys, b.keys)),
            searches=len(a.search & b.search),
            asked=self.asked,
            chosen=self.chosen,
        )


_once = lru_cache(maxsize=50_000)(Reasons)
"""Very many pairs meet for the very same reasons."""


def pair_up(
    products: Sequence[Kin],
    asked: Mapping[tuple[str, str], int],
    settings: PairSettings,
    written: Iterable[tuple[str, str]] = (),
) -> tuple[Pair, ...]:
    """Choose a site's pairs, sorted by slugs; a chosen one keeps the order it is written in.

    ``products`` are the best ranked first, ``asked`` counts the searches for a pair (its slugs in
    alphabetical order), and of the pairs ``written`` there are an editor's words.
    """
    known = {kin.slug: kin for kin in products}
    excluded = {(min(pair), max(pair)) for pair in settings.exclude}
    chosen: dict[tuple[str, str], tuple[str, str]] = {}
    for a, b in (*settings.include, *map(sorted, written)):
        if a in known and b in known:
            chosen.setdefault((min(a, b), max(a, b)), (a, b))
    found: dict[str, set[str]] = {slug: set() for slug in sorted(known)}
    for a, b in _candidates(products, asked, settings):
        if a < b:
            found[a].add(b)
        else:
            found[b].add(a)
    for (first, second), (a, b) in chosen.items():
        found[first].discard(second)
        found[a].add(b)
    pairs = []
    for a, others in found.items():
        for b in sorted(others):
            both = (a, b) if a < b else (b, a)
            if both not in excluded:
                times = asked.get(both, 0)
                pairs.append(meet(known[a], known[b], times, chosen=both in chosen))
    return tuple(pairs)


def meet(a: Kin, b: Kin, asked: int, *, chosen: bool = False) -> Pair:
    """Set any two products side by side, whether or not a site compares them."""
    return Pair(a.slug, b.slug, asked, chosen, a.type == b.type, a.bare or b.bare, a, b)


def _candidates(
    products: Iterable[Kin], asked: Mapping[tuple[str, str], int], settings: PairSettings
) -> Iterator[tuple[str, str]]:
    by_type: dict[str, list[Kin]] = defaultdict(list)
    for kin in products:
        by_type[kin.type].append(kin)
    for alike in by_type.values():
        match settings.strategy:
            case "all":
                yield from combinations([kin.slug for kin in alike], 2)
            case "category":
                for (kind, _), members in _members(alike).items():
                    if kind == "category":
                        yield from combinations([alike[place].slug for place in members], 2)
            case "related":
                yield from _nearest(alike, asked, settings.per_product)
            case "listed":
                return


def _nearest(
    products: Sequence[Kin], asked: Mapping[tuple[str, str], int], keep: int
) -> Iterator[tuple[str, str]]:
    """Pair each product with those it shares most with; among equals, with the best ranked.

    A shared trait counts for ``1 / log2(1 + n)`` where n products have it (after Adamic and Adar,
    "Friends and neighbors on the Web", 2003), so that a rare capability outweighs a tag that half
    the site carries, and a product that shares nothing changes nothing. Being asked for together n
    times adds ``ASKED · log10(1 + n)``.
    """
    shared = _Shared(products)
    wanted = _wanted(products, asked)
    for place, kin in enumerate(products):
        called_for = wanted.get(place, {})
        nearness = shared.nearness(kin, called_for)
        nearness.pop(place, None)
        order = sorted(nearness, key=nearness.__getitem__, reverse=True)
        near = (o for o in order if o in called_for or akin(kin, products[o]))
        for other in _kept(near, nearness, keep):
            yield kin.slug, products[other].slug


def _kept(near: Iterator[int], nearness: Mapping[int, float], keep: int) -> Sequence[int]:
    """Give those that a product keeps, by their places; they come the nearest first."""
    kept = [*islice(near, keep)]
    if len(kept) <= keep / 2:
        return kept
    least = nearness[kept[-1]] - 2 * 10**-DIGITS  # who is as near, but for the noise, has a chance
    kept += takewhile(lambda place: nearness[place] >= least, near)
    rounded = {near: round(near, DIGITS) for near in {nearness[place] for place in kept}}
    kept.sort()
    kept.sort(key=lambda place: rounded[nearness[place]], reverse=True)
    least = NEAR * nearness[kept[0]]
    return [p for n, p in enumerate(kept[:keep]) if n < keep / 2 or nearness[p] >= least]


class _Shared:
    """What products share, all of them named by their places."""

    def __init__(self, products: Sequence[Kin]) -> None:
        members = _members(products)
        self._worth = {t: WORTH[t[0]] / log2(1 + len(having)) for t, having in members.items()}
        self._crowds = {t: frozenset(having[:CROWD]) for t, having in members.items()}
        self._crowded = {
            t: frozenset(having)
            for t, having in members.items()
            if len(having) > CROWD and t[0] != "tag"
        }
        self._unfiled = frozenset(place for place, kin in enumerate(products) if not kin.category)

    def nearness(self, kin: Kin, called_for: Mapping[int, float]) -> dict[int, float]:
        """Add up what a product shares with each other, itself among them.

        To one that is filed a tag brings nobody near who is filed elsewhere and shares no more, for
        the two are not akin. To pass these many over is most of what makes this quick.
        """
        nearness: dict[int, float] = defaultdict(float, called_for)
        traits = kin.traits()
        more = [self._crowded[trait] for trait in traits if trait in self._crowded]
        for trait in traits:  # tags are the last
            value, crowd = self._worth[trait], self._crowds[trait]
            if trait[0] == "tag" and kin.category:
                crowd = crowd.intersection(nearness).union(
                    *map(crowd.intersection, (self._unfiled, *more))
                )
            for place in crowd:
                nearness[place] += value
        return nearness


def _wanted(
    products: Iterable[Kin], asked: Mapping[tuple[str, str], int]
) -> Mapping[int, Mapping[int, float]]:
    """Say how near it brings products, by their places, that searches ask for them together."""
    place_of = {kin.slug: place for place, kin in enumerate(products)}
    wanted: dict[int, dict[int, float]] = defaultdict(dict)
    for (a, b), n in asked.items():
        if a in place_of and b in place_of:
            one, other = place_of[a], place_of[b]
            wanted[one][other] = wanted[other][one] = ASKED * log10(1 + n)
    return wanted


def _members(products: Iterable[Kin]) -> dict[Trait, list[int]]:
    """Index the places of products by trait, best ranked first, as they come."""
    members: dict[Trait, list[int]] = defaultdict(list)
    for place, kin in enumerate(products):
        for trait in kin.traits():
            members[trait].append(place)
    return members
