"""Ways to the pages of pairs, as each of the two products leads there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from comparo.compare.pairing import Pair
from comparo.held import Held
from comparo.render.entries import Entry
from comparo.render.pages import RELATED, Card, PairLink, Related, pair_url, turned_url
from comparo.render.theme import Theme


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

    def __init__(self, pairs: Pairs, ranked: Sequence[Entry], theme: Theme, held: Held) -> None:
        self._pairs = pairs
        self._ranked = ranked
        self._theme = theme
        self._held = held

    def link(self, pair: Pair, slug: str) -> PairLink:
        """Lead to a pair, as seen from one of its two products."""
        other = self._cards[pair.b if slug == pair.a else pair.a]
        a, b = self._cards[pair.a], self._cards[pair.b]
        return PairLink(pair, a.name, b.name, other, self._theme)

    @cached_property
    def related(self) -> Mapping[str, Related]:
        """Give the first pairs of each product, those that searches ask for before others."""
        links = {
            entry.slug: tuple(
                self.link(pair, entry.slug) for pair in self.asked_first(entry.slug)[: RELATED + 1]
            )
            for entry in self._ranked
        }
        return self._held.each("related", links, lambda slug: Related(links[slug]))

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
        return {e.slug: Card(e.name, e.url, e.rank_text, e.summary) for e in self._ranked}
