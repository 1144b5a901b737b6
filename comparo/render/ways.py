"""Ways to the page of a pair: its address, and the links that lead there."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import msgspec

from comparo.cache import digest
from comparo.compare.pairing import Pair
from comparo.render import wording
from comparo.render.entries import Drawn

RELATED = 3
"""How many more comparisons of each product a pair's page leads to."""


class Card(NamedTuple):
    """As much of a product as a neighbour's page shows of it."""

    name: str
    url: str
    rank_text: str
    summary: str


@dataclass(frozen=True, slots=True)
class PairLink:
    """A way to a pair's page, as one of its two products shows it: ``other`` is the other one.

    ``a`` and ``b`` are the products' names. What it says is put into words when it is shown, and
    what is ``drawn`` of it is kept: every page of a product leads to the same few pairs.
    """

    pair: Pair
    a: str
    b: str
    other: Card
    words: wording.PairWords = field(repr=False, compare=False)
    drawn: Drawn = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def url(self) -> str:
        """Give the address of the pair's page."""
        return pair_url(self.pair)

    @property
    def label(self) -> str:
        """Name the pair."""
        return self.words.label(self.a, self.b)

    @property
    def reason(self) -> str:
        """Say why the two are compared."""
        return self.words.reason(self.pair)

    @property
    def made_of(self) -> tuple[object, ...]:
        """Give all that decides what it says."""
        return self.pair.slugs, self.pair.reasons, self.pair.like, self.a, self.b, self.other


@dataclass(frozen=True)
class PairLinks:
    """Ways to pairs of one product: its slug and card, the pairs, and the card of each other one.

    There are many of them, so a link is made only when it is shown.
    """

    slug: str
    own: Card
    pairs: tuple[Pair, ...]
    others: tuple[Card, ...]
    words: wording.PairWords = field(repr=False, compare=False)

    @cached_property
    def key(self) -> bytes:
        """Give a digest of all that they say."""
        made_of = [(pair.slugs, pair.reasons, pair.like) for pair in self.pairs]
        return digest(msgspec.msgpack.encode((self.own, made_of, self.others)))

    @property
    def links(self) -> tuple[PairLink, ...]:
        """Give the links."""
        return tuple(map(self._link, self.pairs, self.others))

    def asked_first(self, number: int | None = None) -> "PairLinks":
        """Put those that searches ask for before the others; give all, or the first few."""
        met = sorted(zip(self.pairs, self.others, strict=True), key=lambda pair: -pair[0].asked)
        pairs, others = zip(*met[:number], strict=True) if met else ((), ())
        return replace(self, pairs=pairs, others=others)

    def but(self, pair: Pair) -> tuple[PairLink, ...]:
        """Give so many as a pair's own page shows, and not the way to itself."""
        return tuple([link for link in self._kept if link.pair.slugs != pair.slugs][:RELATED])

    @cached_property
    def _kept(self) -> tuple[PairLink, ...]:
        return self.links

    def _link(self, pair: Pair, other: Card) -> PairLink:
        a, b = (self.own, other) if pair.a == self.slug else (other, self.own)
        return PairLink(pair, a.name, b.name, other, self.words)


def pair_url(pair: Pair) -> str:
    """Give the address of a pair's page."""
    return f"/compare/{pair.a}-vs-{pair.b}/"


def turned_url(pair: Pair) -> str:
    """Give the address of the same pair the other way round."""
    return f"/compare/{pair.b}-vs-{pair.a}/"
