"""``/search/data/``: what the browser asks for to answer a search, in small files."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby

import msgspec

from comparo.compare.matching import MatchGraph
from comparo.compare.tying import SILENT
from comparo.render.entries import Entry
from comparo.render.frame import Page
from comparo.render.lexicon import (
    NARROW,
    WIDEST,
    Shard,
    filters,
    index,
    index_names,
    shards,
    steps,
)
from comparo.render.links import Pairs
from comparo.render.needs import MEMBERS, Member, Need, by_standing
from comparo.render.theme import Theme

RECORDS = 8
"""How many needs a file describes: results lie apart, so each of them may take a file."""


@dataclass(frozen=True, slots=True)
class Words:
    """``/search/data/words-….json``: the needs that words lead to, by the words' first letters.

    ``names-….json`` has in the same way the products that words name.
    """

    shard: Shard
    kind: str = "words"

    @property
    def url(self) -> str:
        """Give the address."""
        return f"/search/data/{self.kind}-{self.shard.name}.json"

    def render(self, _theme: Theme) -> bytes:
        """Encode the lists."""
        return msgspec.json.encode(self.shard.lists)


@dataclass(frozen=True, slots=True)
class Filter:
    """``/search/data/filter-….json``: the needs that a price, or "any", and a category leave."""

    category: str
    price: str
    steps: Sequence[int]

    @property
    def url(self) -> str:
        """Give the address."""
        category = f"-{self.category}" if self.category else ""
        return f"/search/data/filter-{self.price}{category}.json"

    def render(self, _theme: Theme) -> bytes:
        """Encode the list."""
        return msgspec.json.encode(self.steps)


@dataclass(frozen=True, slots=True)
class Records:
    """``/search/data/needs-….json``: what a result says of each of a few needs."""

    number: int
    needs: Sequence[Need]

    @property
    def url(self) -> str:
        """Give the address."""
        return f"/search/data/needs-{self.number}.json"

    def render(self, _theme: Theme) -> bytes:
        """Encode the needs."""
        return msgspec.json.encode([_record(need) for need in self.needs])


@dataclass(frozen=True, slots=True)
class Named:
    """``/search/data/product-….json``: a product, the needs that it meets, and pairs it is in."""

    number: int
    entry: Entry
    meets: Mapping[int, Member]
    pairs: Sequence[str]

    @property
    def url(self) -> str:
        """Give the address."""
        return self.at(self.number)

    @staticmethod
    def at(number: int) -> str:
        """Give the address of the product of that number."""
        return f"/search/data/product-{number}.json"

    def render(self, _theme: Theme) -> bytes:
        """Encode what a result says of it, with a capability for each need."""
        said = {
            **_facts(self.entry),
            "meets": {number: _capability(member) for number, member in self.meets.items()},
            "pairs": self.pairs,
        }
        return msgspec.json.encode(said)


@dataclass(frozen=True, slots=True)
class Contents:
    """``/search/data/index.json``: which of these files there are, and how to read them.

    ``edition`` changes when the needs are numbered anew.
    """

    edition: str
    words: Sequence[str]
    filters: Mapping[str, Sequence[str]]
    names: Sequence[str] = ()
    url: str = "/search/data/index.json"

    def render(self, _theme: Theme) -> bytes:
        """Encode the names."""
        said = {
            "edition": self.edition,
            "records": RECORDS,
            "silent": sorted(SILENT),
            "words": self.words,
            "names": self.names,
            "filters": self.filters,
        }
        return msgspec.json.encode(said)


def search_data(
    needs: Iterable[Need], graph: MatchGraph, ranked: Sequence[Entry]
) -> Iterator[Page]:
    """Give the files that the search page asks for; the best needs have the lowest numbers."""
    ordered = by_standing(needs)
    cut = list(shards(index(ordered, graph)))
    names = list(shards(index_names(entry.name for entry in ranked), NARROW))
    kinds = [
        Filter(category, price or "any", steps(numbers, WIDEST))
        for (category, price), numbers in sorted(filters(ordered).items())
    ]
    yield Contents(
        blake2b("\n".join(need.slug for need in ordered).encode(), digest_size=4).hexdigest(),
        sorted(shard.prefix for shard in cut),
        {
            category: [filter_.price for filter_ in group]
            for category, group in groupby(kinds, key=lambda filter_: filter_.category)
        },
        sorted(shard.prefix for shard in names),
    )
    yield from map(Words, cut)
    yield from (Words(shard, "names") for shard in names)
    yield from kinds
    for number, start in enumerate(range(0, len(ordered), RECORDS)):
        yield Records(number, ordered[start : start + RECORDS])


def met_by(needs: Iterable[Need]) -> Mapping[str, Mapping[int, Member]]:
    """Give the needs that each product meets, by their numbers, and what it has for each."""
    meets: dict[str, dict[int, Member]] = defaultdict(dict)
    for number, need in enumerate(by_standing(needs), 1):
        for member in need.members:
            meets[member.entry.slug].setdefault(number, member)
    return meets


def named(
    number: int, entry: Entry, meets: Mapping[str, Mapping[int, Member]], pairs: Pairs
) -> Named:
    """Give the file of a product: by its number, the best ranked has 1, and ``met_by``."""
    listed = [f"{pair.a}-vs-{pair.b}" for pair in pairs.listed.get(entry.slug, ())]
    return Named(number, entry, meets.get(entry.slug, {}), listed)


def _record(need: Need) -> dict[str, object]:
    """Say of a need what fits into a list; what is not known, or is nothing, is left out."""
    said: dict[str, object] = {"label": need.label}
    if need.times:
        said["times"] = need.times
    if need.likely:
        said |= {"likely": need.likely, "surety": round(need.surety, 2)}
    if need.url:
        said |= {"page": need.url[1:], "products": need.breadth}
    said["members"] = [_member(member) for member in _varied(need.members)]
    return said


def _member(member: Member) -> dict[str, object]:
    return {**_facts(member.entry), **_capability(member)}


def _capability(member: Member) -> dict[str, str]:
    return {"capability": member.capability.name, "id": member.capability.id}


def _facts(entry: Entry) -> dict[str, object]:
    return {
        "product": entry.name,
        "slug": entry.slug,
        "categories": entry.product.categories,
        "pricing": entry.product.pricing.model,
        "price": entry.price,
        "rank": entry.rank_text,
    }


def _varied(members: Sequence[Member]) -> list[Member]:
    """Choose the members to show, the most searched first: one of each category and price, others.

    So that who filters results seldom meets a need of which no member is left to be shown.
    """
    members = sorted(members, key=lambda member: -member.demand)
    if len(members) <= MEMBERS:
        return members
    firsts: dict[tuple[object, ...], int] = {}
    for place, member in enumerate(members):
        product = member.entry.product
        firsts.setdefault((product.categories, product.pricing.model), place)
    places = [*firsts.values(), *range(len(members))]
    return [members[place] for place in sorted(list(dict.fromkeys(places))[:MEMBERS])]
