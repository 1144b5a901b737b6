"""Intents → capabilities → products, with counts: what people searched for and what answered it.

An intent is a normalised query: spellings of it are one, the order of its words stays.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import NamedTuple

from comparo.compare.alignment import Keyring, name_key, normalise
from comparo.compare.tying import SILENT, Tie, Tying
from comparo.model import Product, Search, Topic

Z = 1.959963984540054
"""How many standard errors 95 % of a normal distribution lie within."""

BETWEEN = (" vs ", " versus ")
"""What stands between two products in a query that asks for their comparison."""


@dataclass(frozen=True, slots=True)
class SharedIntent:
    """A search that both products of a pair answered, with each one's count."""

    query: str
    a: int
    b: int

    @property
    def n(self) -> int:
        """Give how often either answered it."""
        return self.a + self.b

    @property
    def share(self) -> float:
        """Give A's part of the answers, 0 to 1."""
        return self.a / self.n

    @property
    def interval(self) -> tuple[float, float]:
        """Give the range in which A's share lies with 95 % confidence."""
        return wilson(self.a, self.n)


class Counts(NamedTuple):
    """How often a product answered a search, and each of its capabilities.

    ``matched`` is None where the site has no evidence; ``named`` counts searches that named a
    capability, ``likely`` those that their words tie to it, with how sure that is.
    """

    matched: int | None = None
    named: Mapping[str, int] = {}
    likely: Mapping[str, tuple[int, float]] = {}


@dataclass(frozen=True, slots=True)
class MatchGraph:
    """Counts of searches by intent, product and capability; empty where a site has no evidence.

    ``rest`` counts searches whose words were not kept, ``asked`` those that ask for a pair itself
    (its slugs in alphabetical order).
    """

    has_evidence: bool = False
    by_product: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    rest: Mapping[str, int] = field(default_factory=dict)
    ties: Mapping[str, Mapping[str, tuple[Tie, ...]]] = field(default_factory=dict)
    asked: Mapping[tuple[str, str], Mapping[str, int]] = field(default_factory=dict)

    def times_matched(self, slug: str) -> int | None:
        """Give how often a product answered a search; None where the site has no evidence."""
        if not self.has_evidence:
            return None
        return sum(self.by_product.get(slug, {}).values()) + self.rest.get(slug, 0)

    @property
    def times_asked(self) -> Mapping[tuple[str, str], int]:
        """Give how often each pair was asked for."""
        return {pair: sum(queries.values()) for pair, queries in self.asked.items()}

    def intents_of(self, slug: str) -> Iterable[str]:
        """Give the searches that a product answered, in no order."""
        return self.by_product.get(slug, ())

    def counts(self, slug: str) -> Counts:
        """Count what a product answered."""
        named = self.capability_times(slug) or {}
        return Counts(self.times_matched(slug), named, self.likely_times(slug))

    def intents(self, slug: str) -> list[tuple[str, int]]:
        """Give the searches that a product answered, most frequent first."""
        return _most_frequent(self.by_product.get(slug, {}))

    def capability_times(self, slug: str) -> Mapping[str, int] | None:
        """Give how often each capability answered a search that named it, None without evidence."""
        if not self.has_evidence:
            return None
        return {capability: n for capability, (n, _) in self._tied(slug, sure=True).items()}

    def likely_times(self, slug: str) -> Mapping[str, tuple[int, float]]:
        """Give how often each capability is tied to searches by their words, and how surely."""
        return self._tied(slug, sure=False)

    def shared(self, a: str, b: str) -> tuple[SharedIntent, ...]:
        """Give the searches that both products answered, most frequent first."""
        ours, theirs = self.by_product.get(a, {}), self.by_product.get(b, {})
        met = [SharedIntent(q, n, theirs[q]) for q, n in ours.items() if q in theirs]
        return tuple(sorted(met, key=lambda intent: (-intent.n, intent.query)))

    def asking(self, a: str, b: str) -> tuple[tuple[str, int], ...]:
        """Give the searches that ask for a pair itself, most frequent first."""
        return tuple(_most_frequent(self.asked.get((min(a, b), max(a, b)), {})))

    def _tied(self, slug: str, *, sure: bool) -> dict[str, tuple[int, float]]:
        """Add up the ties of each capability; the surety of several is their mean."""
        found: dict[str, tuple[int, float]] = {}
        for ties in self.ties.get(slug, {}).values():
            for tie in ties:
                if (tie.surety == 1) == sure:
                    n, weight = found.get(tie.capability, (0, 0.0))
                    found[tie.capability] = n + tie.n, weight + tie.n * tie.surety
        return {capability: (n, weight / n) for capability, (n, weight) in found.items()}


def match(
    searches: Iterable[Search],
    products: Sequence[Product] = (),
    keys: Mapping[str, Keyring] | None = None,
    topics: Iterable[Topic] = (),
) -> MatchGraph:
    """Count searches by intent, tie them to capabilities, and find those that ask for a pair."""
    by_product: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rest: dict[str, int] = defaultdict(int)
    asked: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    named: dict[str, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    names = _names(products)
    sought: set[str] = set()
    found = False
    for search in searches:
        found = True
        query = normalise(search.query) if search.query else ""
        pair = (search.product, search.other) if search.other else _asked_for(query, names)
        if pair and not search.other:
            sought.add(query)
        if pair:
            asked[min(pair), max(pair)][query] += search.count
        if search.other:
            continue
        if query:
            by_product[search.product][query] += search.count
        else:
            rest[search.product] += search.count
        if search.capability:
            named[search.product][query, search.capability] += search.count
    tying = Tying(topics)
    return MatchGraph(
        found,
        {slug: dict(queries) for slug, queries in by_product.items()},
        dict(rest),
        {
            product.slug: tying.ties(
                product,
                (keys or {}).get(product.slug, ()),
                {q: n for q, n in by_product[product.slug].items() if q not in sought},
                named[product.slug],
            )
            for product in products
            if product.slug in by_product or product.slug in named
        },
        {pair: dict(queries) for pair, queries in asked.items()},
    )


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Give the 95 % interval of a share that was seen as ``part`` of ``whole``.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927:
    unlike the textbook's interval it stays within 0 to 1 and holds for few cases.

    >>> [round(end, 3) for end in wilson(8, 10)]
    [0.49, 0.943]
    """
    share, spread = part / whole, Z * Z / whole
    middle = (share + spread / 2) / (1 + spread)
    reach = Z / (1 + spread) * sqrt(share * (1 - share) / whole + spread / (4 * whole))
    low = middle - reach if part else 0.0
    return low, middle + reach if part < whole else 1.0


def _names(products: Iterable[Product]) -> Mapping[str, str]:
    """Index products by the names that a query may call them; what two are called names nobody."""
    owners: dict[str, set[str]] = defaultdict(set)
    for product in products:
        for name in (normalise(product.name), product.slug.replace("-", " ")):
            owners[name].add(product.slug)
    return {name: min(slugs) for name, slugs in owners.items() if len(slugs) == 1}


def _asked_for(query: str, names: Mapping[str, str]) -> tuple[str, str] | None:
    """Find the two products that a query sets against each other, as in "gitea vs forgejo".

    Around the names stand at most words that say nothing of what is searched for, and numbers.
    """
    for word in BETWEEN:
        before, between, after = query.partition(word)
        if between:
            ours, theirs = before.split(), after.split()
            starts = ((ours[:i], ours[i:]) for i in range(len(ours)))
            ends = ((theirs[i:], theirs[:i]) for i in range(len(theirs), 0, -1))
            a, b = _named(starts, names), _named(ends, names)
            return (a, b) if a and b and a != b else None
    return None


def _named(
    splits: Iterable[tuple[Sequence[str], Sequence[str]]], names: Mapping[str, str]
) -> str | None:
    """Give the product that one half of a split names, if the other half says nothing."""
    for rest, name in splits:
        slug = names.get(" ".join(name))
        if slug and all(w.isdecimal() or name_key(w) in SILENT for w in rest):
            return slug
    return None


def _most_frequent(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
