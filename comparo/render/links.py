"""Ways to the pages of pairs, as each of the two products leads there."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from comparo.compare.pairing import Pair
from comparo.render.entries import Entry
from comparo.render.theme import Theme
from comparo.render.ways import RELATED, Card, PairLink, PairLinks
from comparo.render.wording import PairWords
from comparo.stages import Stages


class Pairs(tuple[Pair, ...]):  # noqa: SLOT001 (what is looked up is kept)
    """The pairs of a site, and those of each product and category."""

    @cached_property
    def of_product(self) -> Mapping[str, list[Pair]]:
        """Give the pairs of each product that is in any."""
        found: dict[str, list[Pair]] = defaultdict(list)
        for pair in self:
            found[pair.a].append(pair)
            found[pair.b].append(pair)
        return found

    @cached_property
    def of_category(self) -> Mapping[str, Sequence[Pair]]:
        """Give the pairs of which both products are filed under a category."""
        found: dict[str, list[Pair]] = defaultdict(list)
        for pair in self:
            for slug in pair.categories:
                found[slug].append(pair)
        return found

    @cached_property
    def listed(self) -> Mapping[str, Sequence[Pair]]:
        """List each at whichever of the two is in fewer, so that no list grows with the site."""
        often = Counter(slug for pair in self for slug in pair.slugs)
        found: dict[str, list[Pair]] = defaultdict(list)
        for pair in self:
            a, b = pair.slugs
            found[b if often[b] < often[a] else a].append(pair)
        return found


class Links:
    """The pairs of each product, and the links to them."""

    def __init__(self, pairs: Pairs, ranked: Sequence[Entry], theme: Theme, stages: Stages) -> None:
        self._pairs = pairs
        self._ranked = ranked
        self._words = stages.made("words of pairs", theme, lambda: PairWords(theme))
        self._stages = stages
        self._of: dict[str, PairLinks] = {}
        self._related: dict[str, PairLinks] = {}

    def link(self, pair: Pair) -> PairLink:
        """Lead to a pair from nowhere in particular."""
        a, b = self._cards[pair.a], self._cards[pair.b]
        return PairLink(pair, a.name, b.name, b, self._words)

    def of(self, slug: str) -> PairLinks:
        """Give the ways to the pairs of a product, to those with the best ranked ones first."""
        if slug not in self._of:
            met, cards = self._met.of(slug), self._cards
            others = tuple([cards[pair.other(slug)] for pair in met])
            given = slug, cards[slug], met, others, self._words
            self._of[slug] = self._stages.made(f"links {slug}", given, lambda: PairLinks(*given))
        return self._of[slug]

    def related(self, slug: str) -> PairLinks:
        """Give the first pairs of a product, those that searches ask for before others."""
        if slug not in self._related:
            first = self.of(slug).asked_first(RELATED + 1)
            given = first, self._words
            self._related[slug] = self._stages.made(f"related {slug}", given, lambda: first)
        return self._related[slug]

    @cached_property
    def _met(self) -> "Met":
        order = [entry.slug for entry in self._ranked]
        return self._stages.made("met", (self._pairs, order), lambda: Met(self._pairs, order))

    @cached_property
    def _cards(self) -> Mapping[str, Card]:
        cards = {entry.slug: _card(entry) for entry in self._ranked}
        return self._stages.each("cards", cards, lambda slug: cards[slug])


class Met:
    """The pairs of each product, those with the best ranked products first."""

    def __init__(self, pairs: Pairs, order: Sequence[str]) -> None:
        self._pairs = pairs
        self._place = {slug: place for place, slug in enumerate(order)}
        self._of: dict[str, tuple[Pair, ...]] = {}

    def of(self, slug: str) -> tuple[Pair, ...]:
        """Give the pairs of a product. To sort them all takes its time where there are many."""
        if slug not in self._of:
            met = self._pairs.of_product.get(slug, ())
            self._of[slug] = tuple(sorted(met, key=lambda pair: self._place[pair.other(slug)]))
        return self._of[slug]


def _card(entry: Entry) -> Card:
    return Card(entry.name, entry.url, entry.rank_text, entry.summary)
