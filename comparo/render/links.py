"""Ways to the pages of pairs, as each of the two products leads there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from comparo.compare.pairing import Pair, Reasons
from comparo.render import wording
from comparo.render.entries import Entry
from comparo.render.pages import Card, PairLink, pair_url, turned_url
from comparo.render.theme import Theme

RELATED = 3
"""How many more comparisons of each product a pair's page leads to."""


class Pairs(tuple[Pair, ...]):  # noqa: SLOT001 (what is looked up is kept)
    """The pairs of a site, by address and by product."""

    @cached_property
    def by_url(self) -> Mapping[str, Pair]:
        """Give each pair by the address of its page."""
        return {pair_url(pair): pair for pair in self}

    @cached_property
    def by_turned_url(self) -> Mapping[str, Pair]:
        """Give each pair by the address of the page that leads there."""
        return {turned_url(pair): pair for pair in self}

    @cached_property
    def of_product(self) -> Mapping[str, list[Pair]]:
        """Give the pairs of each product that is in any."""
        found: dict[str, list[Pair]] = defaultdict(list)
        for pair in self:
            found[pair.a].append(pair)
            found[pair.b].append(pair)
        return found


class Links:
    """The pairs of each product, and the links to them."""

    def __init__(self, pairs: Pairs, ranked: Sequence[Entry], theme: Theme) -> None:
        self._pairs = pairs
        self._ranked = ranked
        self._theme = theme
        self._related: dict[str, list[tuple[Pair, PairLink]]] = {}
        self._reasons: dict[tuple[Reasons, bool], str] = {}

    def related(self, slug: str, but: Pair) -> list[PairLink]:
        """Give the first further pairs of a product, those that searches ask for before others."""
        if slug not in self._related:
            first = self.asked_first(slug)[: RELATED + 1]
            self._related[slug] = [(pair, self.link(pair, slug)) for pair in first]
        return [link for pair, link in self._related[slug] if pair is not but][:RELATED]

    def link(self, pair: Pair, slug: str) -> PairLink:
        """Lead to a pair, as seen from one of its two products."""
        names = {"a": self._entries[pair.a].name, "b": self._entries[pair.b].name}
        label = self._theme.say("title.comparison", **names)
        why = pair.reasons, pair.like
        if why not in self._reasons:
            self._reasons[why] = wording.reason(pair, self._theme)
        other = self._cards[pair.b if slug == pair.a else pair.a]
        return PairLink(label, pair_url(pair), self._reasons[why], other)

    def met(self, slug: str) -> list[Pair]:
        """Give the pairs of a product, those with the best ranked products first."""
        return sorted(
            self._pairs.of_product.get(slug, ()),
            key=lambda pair: self._places[pair.b if slug == pair.a else pair.a],
        )

    def asked_first(self, slug: str) -> list[Pair]:
        """Give the pairs of a product, first those that searches ask for."""
        return sorted(self.met(slug), key=lambda pair: -pair.asked)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {entry.slug: place for place, entry in enumerate(self._ranked)}

    @cached_property
    def _cards(self) -> Mapping[str, Card]:
        return {
            slug: Card(entry.name, entry.url, entry.rank_text, entry.summary)
            for slug, entry in self._entries.items()
        }

    @cached_property
    def _entries(self) -> Mapping[str, Entry]:
        return {entry.slug: entry for entry in self._ranked}
