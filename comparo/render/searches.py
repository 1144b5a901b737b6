"""What people searched for, as pages show it: the most frequent, and the sums of all."""

from dataclasses import dataclass

from comparo.compare.matching import MatchGraph, SharedIntent
from comparo.compare.tying import Tie
from comparo.model import Product

SHOWN = 50
"""How many shared searches a pair's page lists; its sums are over all of them."""

LISTED = 20
"""How many searches of one product, or for a pair itself, a page lists."""


@dataclass(frozen=True, slots=True)
class PairSearches:
    """The searches that both products of a pair answered, and those that asked for the pair.

    ``total`` adds up all ``count`` shared searches, of which the most frequent are in ``shared``;
    ``times`` does so for those that asked.
    """

    shared: tuple[SharedIntent, ...] = ()
    count: int = 0
    total: SharedIntent | None = None
    asked: tuple[tuple[str, int], ...] = ()
    times: int = 0

    @property
    def found(self) -> bool:
        """Tell whether there is anything to show."""
        return bool(self.shared or self.asked)


@dataclass(frozen=True, slots=True)
class Answered:
    """A search that a product answered ``n`` times, and the capabilities that it is about."""

    query: str
    n: int
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class ProductSearches:
    """The searches that a product answered most, and how many further ones it answered."""

    answered: tuple[Answered, ...] = ()
    more: int = 0


NONE = PairSearches()
"""What no search tells of any pair."""


def pair_searches(graph: MatchGraph, a: str, b: str) -> PairSearches:
    """Gather the searches of a pair."""
    if not graph.has_evidence:
        return NONE
    shared, asked = graph.shared(a, b), graph.asking(a, b)
    total = SharedIntent("", sum(i.a for i in shared), sum(i.b for i in shared))
    return PairSearches(
        shared[:SHOWN],
        len(shared),
        total if shared else None,
        asked[:LISTED],
        sum(n for _, n in asked),
    )


def product_searches(graph: MatchGraph, product: Product) -> ProductSearches:
    """Gather the searches of a product."""
    intents, ties = graph.intents(product.slug), graph.ties.get(product.slug, {})
    return ProductSearches(
        tuple(Answered(query, n, ties.get(query, ())) for query, n in intents[:LISTED]),
        sum(n for _, n in intents[LISTED:]) + graph.rest.get(product.slug, 0),
    )
