"""Who meets whom, once, and why.

Ten thousand products must not mean fifty million scored pairs, so candidates come from an index of
what products share (categories, tags, capabilities, searches), and what many share is cut to its
best ranked members. Searches that ask for a pair itself ("gitea vs forgejo") bring the two nearer.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, islice
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
    kin: tuple[Kin, Kin] | None = field(default=None, repr=False)
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
        """Give all that decides what is said of it."""
        return self.slugs, self.reasons, self.like, self.thin

    @property
    def categories(self) -> tuple[str, ...]:
        """Give the categories that both are filed under."""
        return tuple(sorted(self.kin[0].category & self.kin[1].category)) if self.kin else ()

    @property
    def reasons(self) -> Reasons:
        """Say why the two meet."""
        if self._reasons is None:
            object.__setattr__(self, "_reasons", self._shared())
        return self._reasons or Reasons()

    def _shared(self) -> Reasons:
        if self.kin is None:
            return Reasons(asked=self.asked, chosen=self.chosen)
        a, b = self.kin
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
    found = dict(chosen)
    for a, b in _candidates(products, asked, settings):
        both = (a, b) if a < b else (b, a)
        found.setdefault(both, both)
    return tuple(
        meet(known[a], known[b], asked.get(both, 0), chosen=both in chosen)
        for both, (a, b) in sorted(found.items(), key=lambda item: item[1])
        if both not in excluded
    )


def meet(a: Kin, b: Kin, asked: int, *, chosen: bool = False) -> Pair:
    """Set any two products side by side, whether or not a site compares them."""
    return Pair(a.slug, b.slug, asked, chosen, a.type == b.type, a.bare or b.bare, (a, b))


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
                        yield from combinations(members, 2)
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
    members = _members(products)
    worth = {trait: WORTH[trait[0]] / log2(1 + len(having)) for trait, having in members.items()}
    place_of = {kin.slug: place for place, kin in enumerate(products)}
    wanted: dict[str, dict[str, float]] = defaultdict(dict)
    for (a, b), n in asked.items():
        if a in place_of and b in place_of:
            wanted[a][b] = wanted[b][a] = ASKED * log10(1 + n)
    for kin in products:
        called_for = wanted.get(kin.slug, {})
        nearness: dict[str, float] = defaultdict(float, called_for)
        for trait in kin.traits():
            value = worth[trait]
            for other in members[trait][:CROWD]:
                nearness[other] += value
        nearness.pop(kin.slug, None)
        order = sorted((-round(near, 9), place_of[slug]) for slug, near in nearness.items())
        others = (products[place] for _, place in order)
        near = (other.slug for other in others if other.slug in called_for or akin(kin, other))
        kept = list(islice(near, keep))
        for place, slug in enumerate(kept):
            if place < keep / 2 or nearness[slug] >= NEAR * nearness[kept[0]]:
                yield kin.slug, slug


def _members(products: Iterable[Kin]) -> dict[Trait, list[str]]:
    """Index products by trait, best ranked first, as they come."""
    members: dict[Trait, list[str]] = defaultdict(list)
    for kin in products:
        for trait in kin.traits():
            members[trait].append(kin.slug)
    return members
