"""Which capability a search is about: the one it names, else the one its words point to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from comparo.compare.alignment import Keyed, name_key
from comparo.model import Product, Topic

LEAST = 0.5
"""How much a query and a name of a capability must have in common for the two to be tied."""

_SAID = (
    "a alternative an and app are as at best by can cheap compare comparison do does download for"
    " free from how i in is it my of on online open opensource or own review self hosted selfhosted"
    " software source that the this to tool top use using versus vs what where which with without"
    " you your"
)
SILENT = frozenset(name_key(_SAID).split())
"""Words that say nothing of what is searched for: those of grammar, and those of every product."""


NEGATIONS = frozenset(["no", "non", "not", "without"])
"""A query with one of these may ask for what a capability is not."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A capability that a search is about, how often it was searched so, and how sure the tie is.

    ``surety`` is 1 where the evidence names the capability, or the query is one of its names;
    below that, how much the query and the nearest of its names have in common.
    """

    capability: str
    n: int
    surety: float


@dataclass(frozen=True, slots=True)
class _Terms:
    """What a product's capabilities are called, in words that can point to one of them.

    ``called`` has "" for what two are called; ``phrases`` each name's capability and weight, and
    ``index`` the places there of the names that hold a word.
    """

    own: frozenset[str]
    called: Mapping[str, str]
    phrases: Sequence[tuple[str, float]]
    index: Mapping[str, Sequence[int]]
    weights: Mapping[str, float]


class Tying:
    """Ties the searches of products to their capabilities, topic by topic."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._topics = {
            topic.slug: (topic.slug.replace("-", " "), topic.label, *topic.synonyms)
            for topic in topics
        }

    def ties(
        self,
        product: Product,
        keys: Iterable[Keyed],
        queries: Mapping[str, int],
        named: Mapping[tuple[str, str], int],
    ) -> dict[str, tuple[Tie, ...]]:
        """Tie the queries that a product answered; ``named`` are those with a capability.

        What names a capability that the product does not have names none.
        """
        known = {capability.id for capability in product.capabilities}
        found: dict[str, dict[tuple[str, float], int]] = {}
        left = dict(queries)
        for (query, capability), n in named.items():
            if capability not in known:
                continue
            found.setdefault(query, {})[capability, 1.0] = n
            left[query] = left.get(query, n) - n
        terms = _terms(product, keys, self._topics)
        for query, n in left.items():
            tie = _tie(query, terms) if n > 0 else None
            if tie:
                ties = found.setdefault(query, {})
                ties[tie] = ties.get(tie, 0) + n
        return {
            query: tuple(
                Tie(capability, n, surety) for (capability, surety), n in sorted(ties.items())
            )
            for query, ties in found.items()
        }


def _terms(
    product: Product, keys: Iterable[Keyed], topics: Mapping[str, tuple[str, ...]]
) -> _Terms:
    """Gather the names of a product's capabilities; its own name says nothing here."""
    own = telling_words(product.name)
    called: dict[str, set[str]] = {}
    phrases: dict[str, tuple[frozenset[str], ...]] = {}
    counts: dict[str, int] = {}
    for key in keys:
        capability, topic = key.capability, key.keys[2]
        names = (
            capability.name,
            *topics.get(topic, (topic.replace("-", " "),) if topic else ()),
            *capability.intents,
        )
        for name in names:
            called.setdefault(name_key(name), set()).add(capability.id)
        phrases[capability.id] = tuple(telling_words(name) - own for name in names)
        for word in frozenset().union(*phrases[capability.id]):
            counts[word] = counts.get(word, 0) + 1
    index: dict[str, list[int]] = {}
    listed = [(capability, phrase) for capability, own_ in phrases.items() for phrase in own_]
    for place, (_, phrase) in enumerate(listed):
        for word in phrase:
            index.setdefault(word, []).append(place)
    weights = {word: 1 / log2(1 + n) for word, n in counts.items()}
    return _Terms(
        own,
        {name: next(iter(ids)) if len(ids) == 1 else "" for name, ids in called.items()},
        [(capability, sum(weights[w] for w in sorted(phrase))) for capability, phrase in listed],
        index,
        weights,
    )


def _tie(query: str, terms: _Terms) -> tuple[str, float] | None:
    """Find the capability that a query names, else the one with the name most like it.

    What two capabilities are called names neither, and what a query excludes is not what it is for.

    How sure that is comes with it: Dice's coefficient ``2 · w(q ∩ name) / (w(q) + w(name))`` of
    their telling words (L. R. Dice, 1945), where a word weighs ``1 / log2(1 + c)`` if c of the
    product's capabilities hold it, and 1 if none does. A query that two capabilities fit equally
    well is tied to neither.
    """
    named = terms.called.get(name_key(query))
    if named is not None:
        return (named, 1.0) if named else None
    if not NEGATIONS.isdisjoint(query.split()):
        return None
    asked = sorted(telling_words(query) - terms.own)
    whole = sum(terms.weights.get(word, 1.0) for word in asked)
    shared: dict[int, float] = {}
    for word in asked:
        for place in terms.index.get(word, ()):
            shared[place] = shared.get(place, 0.0) + terms.weights[word]
    best: dict[str, float] = {}
    for place, weight in shared.items():
        capability, size = terms.phrases[place]
        best[capability] = max(best.get(capability, 0.0), 2 * weight / (whole + size))
    fits = sorted(((likeness, capability) for capability, likeness in best.items()), reverse=True)
    if not fits or fits[0][0] < LEAST or (len(fits) > 1 and fits[1][0] > fits[0][0] - 1e-9):
        return None
    surety, capability = fits[0]
    # Words are never proof: what holds all of them is still not named.
    return capability, min(surety, 0.99)


def telling_words(text: str) -> frozenset[str]:
    """Give the words of a text that say what it is about, without their plural endings."""
    return frozenset(name_key(text).split()) - SILENT
