"""How alike what two capabilities say is, from 0 to 1: what ``comparo suggest`` goes by.

A text is a vector of its words without their endings. A word that stands there n times weighs
(1 + ln n) · idf, and idf is 1 + ln((N + 1) / (d + 1)) for a word that d of N texts hold (Salton and
Buckley, "Term-weighting approaches in automatic text retrieval", 1988, smoothed). Each word of a
name weighs once more, by its first four letters alone, so that *auto* comes near *automatic* (four
letters do best in McNamee and Mayfield, "Character n-gram tokenization", 2004).

Likeness is the cosine of two vectors to the power of 1 + 2 / w, where w counts the words of the
shorter text: the less is said, the more of it has to agree.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import fsum, log, sqrt

from comparo.compare.alignment import name_key

FILLERS = frozenset(
    name_key(
        "a all allow also an and any are as at available based be but by can capability do each "
        "enable etc every feature for from functionality get has have how http https com www if in "
        "include including into is it its like made make may more multiple no not of offer on "
        "option or other over provide so such support supported supporting than that the their "
        "them they this through to up use used using various via was well when where which who "
        "will with within without you your"
    ).split()
)
"""Words that tell nothing of what a product can do."""

ENDINGS = ("ing", "ed", "ion", "er", "or", "e")

SLACK = 0.7
"""How much of what makes a pair alike may stay out of the index: more is less to look up there, but
more pairs to weigh in full. Any value finds the same pairs; this one finds them soonest."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is compared: the name of a capability, and all else that it says."""

    name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Vector:
    """A text as the weights of its parts, of length 1, and how many different words it has."""

    weights: Mapping[str, float]
    words: int

    def least_cosine(self, least: float) -> float:
        """Give the cosine below which no other text can be so alike."""
        return float(least ** (1 / (1 + 2 / self.words))) - 1e-9


def vectors(said: Sequence[Said]) -> tuple[Vector, ...]:
    """Weigh texts by their words; what a word is worth depends on all of them."""
    names = [_words(each.name) or name_key(each.name).split() or [""] for each in said]
    counts = [Counter(name + _words(each.text)) for name, each in zip(names, said, strict=True)]
    holding = Counter(chain.from_iterable(counts))
    worth = {word: 1 + log((len(said) + 1) / (n + 1)) for word, n in holding.items()}
    return tuple(_vector(*each, worth) for each in zip(names, counts, strict=True))


def likeness(a: Vector, b: Vector) -> float:
    """Say how alike two texts are, from 0 (they share nothing) to 1 (their words are the same)."""
    if a == b:
        return 1.0
    fewer, more = sorted((a.weights, b.weights), key=len)
    cosine = min(fsum(weight * more.get(part, 0.0) for part, weight in fewer.items()), 1.0)
    return float(cosine ** (1 + 2 / min(a.words, b.words)))


def alike(
    texts: Sequence[Vector], least: float, among: int | None = None
) -> dict[tuple[int, int], float]:
    """Find the pairs that share a part and are at least so alike; ``among`` the first, if told.

    Of each text only so many parts are indexed, rarest first, that the others cannot make a pair
    alike by themselves (Bayardo, Ma and Srikant, "Scaling up all pairs similarity search", 2007).
    """
    common = Counter(chain.from_iterable(text.weights for text in texts))
    index: dict[str, list[tuple[int, float]]] = defaultdict(list)
    left_out: list[float] = []
    found = {}
    for j, text in enumerate(texts):
        bar = text.least_cosine(least)
        shared: dict[int, float] = defaultdict(float)
        for part, weight in text.weights.items():
            for i, other in index.get(part, ()):
                shared[i] += weight * other
        for i, seen in shared.items():
            if seen + left_out[i] >= bar and (like := likeness(texts[i], text)) >= least:
                found[i, j] = like
        if among is None or j < among:
            left = 1.0
            for part in sorted(text.weights, key=lambda part: (common[part], part)):
                if left < (SLACK * bar) ** 2:
                    break
                index[part].append((j, text.weights[part]))
                left -= text.weights[part] ** 2
            left_out.append(sqrt(max(left, 0.0)))
    return found


def _words(text: str) -> list[str]:
    return [_stem(word) for word in name_key(text).split() if word not in FILLERS]


def _stem(word: str) -> str:
    """Drop an English ending: forms of a word only need to meet, as in ``name_key``."""
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if len(word) > len(stem) > 2:
            return stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "ls" else stem
    return word


def _vector(name: Sequence[str], count: Counter[str], worth: Mapping[str, float]) -> Vector:
    weights = {word: (1 + log(n)) * worth[word] for word, n in count.items()}
    for word in dict.fromkeys(name):
        start = f"{word[:4]}…"
        weights[start] = weights.get(start, 0.0) + worth[word]
    length = sqrt(fsum(weight * weight for weight in weights.values()))
    return Vector({part: weight / length for part, weight in weights.items()}, len(count))
