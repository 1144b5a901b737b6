"""What makes two products alternatives to each other: what they share, and what they are."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from comparo.compare.alignment import Keyring, Keys
from comparo.compare.scoring import Rank
from comparo.model import Product

CATCH_ALL = frozenset(["general", "misc", "miscellaneous", "other", "others", "uncategorized"])
"""Categories and tags that say nothing of what is in them."""

Trait = tuple[str, str]
"""A kind and a name: what products can share."""


class Kin(NamedTuple):
    """All that pairing knows of a product: its type, its traits by kind, its capabilities' keys.

    Of one that is ``bare`` too little is known for its pages to help anyone.
    """

    slug: str
    type: str
    category: frozenset[str]
    tag: frozenset[str]
    capability: frozenset[str]
    search: frozenset[str]
    keys: Keys
    bare: bool

    def traits(self) -> list[Trait]:
        """Give its traits in a fixed order: sums of floats depend on it."""
        kinds = ("capability", "category", "search", "tag")
        return [(kind, name) for kind in kinds for name in sorted(getattr(self, kind))]


def kin_of(product: Product, keys: Keyring, queries: Iterable[str]) -> Kin:
    """See a product as pairing does; ``queries`` are the searches that it answered."""
    return Kin(
        product.slug,
        product.type,
        category=frozenset(product.categories) - CATCH_ALL,
        tag=frozenset(product.tags) - CATCH_ALL,
        capability=frozenset(
            f"topic {topic}" if topic else f"name {name}" for _, name, topic in keys.keys
        ),
        search=frozenset(queries),
        keys=keys.keys,
        bare=_is_bare(product),
    )


def by_standing(kin: Iterable[Kin], ranks: Mapping[str, Rank]) -> tuple[Kin, ...]:
    """Put the best ranked first."""

    def standing(one: Kin) -> tuple[bool, float, str]:
        rank = ranks[one.slug]
        return not rank.rated, -(rank.value or 0.0), one.slug

    return tuple(sorted(kin, key=standing))


def akin(ours: Kin, theirs: Kin) -> bool:
    """Tell whether a reader might hesitate between two products.

    A shared category says so. Where both are filed, but under different categories, a tag says
    nothing ("self-hosted"), nor does a capability or a search that everybody shares: half of what
    one of them does or answers, and two at least, must be the other's too.
    """
    if not ours.category.isdisjoint(theirs.category):
        return True
    if not (ours.category and theirs.category):
        shared = (ours.tag & theirs.tag, ours.capability & theirs.capability)
        return any(shared) or not ours.search.isdisjoint(theirs.search)
    return _half(ours.capability, theirs.capability) or _half(ours.search, theirs.search)


def _half(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Tell whether half of one set, and two at least, are the other's too."""
    if ours.isdisjoint(theirs):
        return False
    return len(ours & theirs) >= max(2, min(len(ours), len(theirs)) / 2)


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
