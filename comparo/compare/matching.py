"""Intents → capabilities → products, with counts: what people searched for and what answered it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from comparo.compare.alignment import normalise
from comparo.model import Search


@dataclass(frozen=True, slots=True)
class SharedIntent:
    """A search that both products of a pair answered, with each one's count."""

    query: str
    a: int
    b: int


@dataclass(frozen=True, slots=True)
class MatchGraph:
    """Counts of searches by intent, product and capability; empty where a site has no evidence."""

    has_evidence: bool = False
    by_product: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    by_capability: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def times_matched(self, slug: str) -> int | None:
        """Give how often a product answered a search; None where the site has no evidence."""
        if not self.has_evidence:
            return None
        return sum(self.by_product.get(slug, {}).values())

    def capability_times(self, slug: str) -> Mapping[str, int] | None:
        """Give how often each capability of a product answered a search, None without evidence."""
        if not self.has_evidence:
            return None
        return self.by_capability.get(slug, {})

    def shared(self, a: str, b: str) -> tuple[SharedIntent, ...]:
        """Give the searches that both products answered, most frequent first."""
        ours, theirs = self.by_product.get(a, {}), self.by_product.get(b, {})
        met = [SharedIntent(q, n, theirs[q]) for q, n in ours.items() if q in theirs]
        return tuple(sorted(met, key=lambda intent: (-intent.a - intent.b, intent.query)))


def match(searches: Iterable[Search]) -> MatchGraph:
    """Count searches by intent, so that spellings of one query are one intent."""
    by_product: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    by_capability: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    found = False
    for search in searches:
        found = True
        by_product[search.product][normalise(search.query)] += search.count
        if search.capability:
            by_capability[search.product][search.capability] += search.count
    return MatchGraph(
        found,
        {slug: dict(queries) for slug, queries in by_product.items()},
        {slug: dict(capabilities) for slug, capabilities in by_capability.items()},
    )
