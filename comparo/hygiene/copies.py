"""Texts that say the same thing twice: near-duplicates among a product's capabilities."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

ALIKE = 0.8
"""Two texts are near-duplicates when they share this part of their shingles (Jaccard)."""

WORDS = 6
"""Shorter texts are too short to be copies: "Works offline" may be true of many things."""

_WORD = re.compile(r"\w+")
Shingle = tuple[str, ...]


def shingles(text: str) -> frozenset[Shingle]:
    """Give each three words of a text that stand in a row; none of a text too short to copy."""
    words = _WORD.findall(text.casefold())
    if len(words) < WORDS:
        return frozenset()
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def repeats(text: str, other: str) -> bool:
    """Tell whether a text says nothing but what stands in the other one too."""
    ours = shingles(text)
    return bool(ours) and len(ours & shingles(other)) >= ALIKE * len(ours)


def near_duplicates(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pair each text that is nearly an earlier one with that one, by their numbers.

    Two sets that are so alike share one of the rarest few of either, so only those are indexed
    (prefix filtering, after Chaudhuri et al., "A Primitive Operator for Similarity Joins", 2006).
    """
    sets = [shingles(text) for text in texts]
    spread = Counter(shingle for found in sets for shingle in found)
    index: dict[Shingle, list[int]] = {}
    for number, found in enumerate(sets):
        rarest = sorted(found, key=lambda shingle: (spread[shingle], shingle))
        few = rarest[: len(found) - math.ceil(ALIKE * len(found)) + 1]
        earlier = sorted({other for shingle in few for other in index.get(shingle, ())})
        twin = next((other for other in earlier if _alike(found, sets[other])), None)
        if twin is not None:
            yield number, twin
            continue
        for shingle in few:
            index.setdefault(shingle, []).append(number)


def _alike(ours: frozenset[Shingle], theirs: frozenset[Shingle]) -> bool:
    shared = len(ours & theirs)
    return shared >= ALIKE * (len(ours) + len(theirs) - shared)
