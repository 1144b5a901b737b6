"""Who meets whom, once, and why.

Ten thousand products must not mean fifty million scored pairs, so candidates come from an index of
what products share (categories, tags, capabilities, searches), and what many share is cut to its
best ranked members. Searches that ask for a pair itself ("gitea vs forgejo") bring the two nearer.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from math import log2, log10
from typing import NamedTuple

from comparo.compare.alignment import Keyring, partners
from comparo.compare.matching import MatchGraph
from comparo.compare.scoring import Rank
from comparo.model import Editorial, PairSettings, Product

CROWD = 96
"""Of a trait that more products share than this, only the best ranked are anybody's candidates."""

WORTH = {"capability": 3.0, "category": 3.0, "search": 2.0, "tag": 1.0}
"""How much a shared trait of each kind says that two products are alternatives to each other."""

ASKED = 3.0
"""How near it brings two products to be asked for together nine times; ninety-nine: twice that."""

NEAR = 0.5
"""The second half of a product's places goes to those at least this part as near as the nearest."""

CATCH_ALL = frozenset(["general", "misc", "miscellaneous", "other", "others", "uncategorized"])
"""Categories and tags that say nothing of what is in them."""

Trait = tuple[str, str]
"""A kind (of ``WORTH``) and a name: what products can share."""


class Traits(NamedTuple):
    """What a product may share with others, by kind."""

    category: frozenset[str]
    tag: frozenset[str]
    capability: frozenset[str]
    search: frozenset[str]

    def listed(self) -> list[Trait]:
        """Give each with its kind, in a fixed order: sums of floats depend on it."""
        return [
            (kind, name) for kind, names in sorted(self._asdict().items()) for name in sorted(names)
        ]


@dataclass(frozen=True, slots=True)
class Reasons:
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
    search engine to send readers to it.
    """

    a: str
    b: str
    reasons: Reasons
    like: bool = True
    thin: bool = False

    @property
    def slugs(self) -> tuple[str, str]:
        """Give both slugs in the order of the page."""
        return self.a, self.b


def pair_up(
    products: Sequence[Product],
    ranks: Mapping[str, Rank],
    graph: MatchGraph,
    keys: Mapping[str, Keyring],
    settings: PairSettings,
    editorials: Iterable[Editorial] = (),
) -> tuple[Pair, ...]:
    """Choose a site's pairs, sorted by slugs; a chosen one keeps the order it is written in."""
    by_slug = {product.slug: product for product in products}
    traits = {p.slug: _traits(p, keys[p.slug], graph) for p in products}
    excluded = {(min(pair), max(pair)) for pair in settings.exclude}

    chosen: dict[tuple[str, str], tuple[str, str]] = {}
    for a, b in (*settings.include, *(sorted((e.a, e.b)) for e in editorials)):
        if a in by_slug and b in by_slug:
            chosen.setdefault((min(a, b), max(a, b)), (a, b))
    found = dict(chosen)
    asked = {pair: sum(queries.values()) for pair, queries in graph.asked.items()}
    for a, b in _candidates(products, ranks, traits, asked, settings):
        both = (a, b) if a < b else (b, a)
        found.setdefault(both, both)

    bare = {product.slug for product in products if _is_bare(product)}
    return tuple(
        _pair(
            by_slug[a],
            by_slug[b],
            traits,
            keys,
            asked=asked.get(both, 0),
            chosen=both in chosen,
            thin=a in bare or b in bare,
        )
        for both, (a, b) in sorted(found.items(), key=lambda item: item[1])
        if both not in excluded
    )


def meet(a: Product, b: Product, graph: MatchGraph, keys: Mapping[str, Keyring]) -> Pair:
    """Say what any two products share, whether or not a site compares them."""
    traits = {product.slug: _traits(product, keys[product.slug], graph) for product in (a, b)}
    asked = sum(n for _, n in graph.asking(a.slug, b.slug))
    thin = _is_bare(a) or _is_bare(b)
    return _pair(a, b, traits, keys, asked=asked, chosen=False, thin=thin)


def _candidates(
    products: Sequence[Product],
    ranks: Mapping[str, Rank],
    traits: Mapping[str, Traits],
    asked: Mapping[tuple[str, str], int],
    settings: PairSettings,
) -> Iterator[tuple[str, str]]:
    by_type: dict[str, list[str]] = defaultdict(list)
    for product in sorted(products, key=lambda p: _standing(p.slug, ranks)):
        by_type[product.type].append(product.slug)
    for slugs in by_type.values():
        match settings.strategy:
            case "all":
                yield from combinations(slugs, 2)
            case "category":
                for members in _members(slugs, traits, "category").values():
                    yield from combinations(members, 2)
            case "related":
                yield from _nearest(slugs, traits, asked, settings.per_product)
            case "listed":
                return


def _nearest(
    slugs: Sequence[str],
    traits: Mapping[str, Traits],
    asked: Mapping[tuple[str, str], int],
    keep: int,
) -> Iterator[tuple[str, str]]:
    """Pair each product with those it shares most with; among equals, with the best ranked.

    A shared trait counts for ``1 / log2(1 + n)`` where n products have it (after Adamic and Adar,
    "Friends and neighbors on the Web", 2003), so that a rare capability outweighs a tag that half
    the site carries, and a product that shares nothing changes nothing. Being asked for together n
    times adds ``ASKED · log10(1 + n)``.
    """
    members = _members(slugs, traits)
    worth = {trait: WORTH[trait[0]] / log2(1 + len(having)) for trait, having in members.items()}
    standing = {slug: place for place, slug in enumerate(slugs)}
    wanted: dict[str, dict[str, float]] = defaultdict(dict)
    for (a, b), n in asked.items():
        if a in standing and b in standing:
            wanted[a][b] = wanted[b][a] = ASKED * log10(1 + n)
    for slug in slugs:
        ours, called_for = traits[slug], wanted.get(slug, {})
        nearness: dict[str, float] = defaultdict(float, called_for)
        for trait in ours.listed():
            value = worth[trait]
            for other in members[trait][:CROWD]:
                nearness[other] += value
        nearness.pop(slug, None)
        order = sorted((-round(near, 9), standing[other]) for other, near in nearness.items())
        others = (slugs[place] for _, place in order)
        akin = (o for o in others if o in called_for or _akin(ours, traits[o]))
        kept = list(islice(akin, keep))
        for place, other in enumerate(kept):
            if place < keep / 2 or nearness[other] >= NEAR * nearness[kept[0]]:
                yield slug, other


def _akin(ours: Traits, theirs: Traits) -> bool:
    """Tell whether a reader might hesitate between two products.

    A shared category says so. Where both are filed, but under different categories, a tag says
    nothing ("self-hosted"), nor does a capability or a search that everybody shares: half of what
    one of them does or answers, and two at least, must be the other's too.
    """
    if not ours.category.isdisjoint(theirs.category):
        return True
    if not (ours.category and theirs.category):
        return not all(mine.isdisjoint(other) for mine, other in zip(ours, theirs, strict=True))
    return _half(ours.capability, theirs.capability) or _half(ours.search, theirs.search)


def _half(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Tell whether half of one set, and two at least, are the other's too."""
    if ours.isdisjoint(theirs):
        return False
    return len(ours & theirs) >= max(2, min(len(ours), len(theirs)) / 2)


def _members(
    slugs: Iterable[str], traits: Mapping[str, Traits], kind: str = ""
) -> dict[Trait, list[str]]:
    """Index products by trait, best ranked first, as ``slugs`` are."""
    members: dict[Trait, list[str]] = defaultdict(list)
    for slug in slugs:
        for trait in traits[slug].listed():
            if not kind or trait[0] == kind:
                members[trait].append(slug)
    return members


def _traits(product: Product, keys: Keyring, graph: MatchGraph) -> Traits:
    return Traits(
        category=frozenset(product.categories) - CATCH_ALL,
        tag=frozenset(product.tags) - CATCH_ALL,
        capability=frozenset(
            f"topic {k.keys[2]}" if k.keys[2] else f"name {k.keys[1]}" for k in keys
        ),
        search=frozenset(graph.by_product.get(product.slug, ())),
    )


def _pair(
    a: Product,
    b: Product,
    traits: Mapping[str, Traits],
    keys: Mapping[str, Keyring],
    *,
    asked: int,
    chosen: bool,
    thin: bool,
) -> Pair:
    ours, theirs = traits[a.slug], traits[b.slug]
    reasons = Reasons(
        categories=tuple(sorted(ours.category & theirs.category)),
        tags=tuple(sorted(ours.tag & theirs.tag)),
        capabilities=len(partners(keys[a.slug], keys[b.slug])),
        searches=len(ours.search & theirs.search),
        asked=asked,
        chosen=chosen,
    )
    return Pair(a.slug, b.slug, reasons, like=a.type == b.type, thin=thin)


def _is_bare(product: Product) -> bool:
    """Tell whether an entry says too little to compare: neither a capability nor three facts."""
    facts = (
        product.license,
        product.platforms,
        product.released,
        product.status,
        product.rank,
        product.pricing.model != "unknown",
        *product.signals,
        *product.scores,
        *product.attributes,
    )
    return not product.capabilities and sum(map(bool, facts)) < 3


def _standing(slug: str, ranks: Mapping[str, Rank]) -> tuple[bool, float, str]:
    rank = ranks[slug]
    return not rank.rated, -(rank.value or 0.0), slug
