"""Words that one product alone is filed under, one letter away from a word that several share."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

LETTERS = 5
"""Shorter words are often one letter apart and mean different things: crm and cms."""


def misspelt(used: Sequence[str], known: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """Pair each word that is used once with a word that it was meant to be.

    That is one used more than once, or a ``known`` one, which somebody declared.
    """
    counts = Counter(used)
    common = {word for word, count in counts.items() if count > 1}.union(known)
    index: Mapping[str, list[str]] = _by_what_is_left(common)
    for word in sorted(counts.keys() - common):
        near = {
            other for left in _left(word) for other in index.get(left, ()) if _near(word, other)
        }
        if near:
            yield word, min(near, key=lambda other: (-counts[other], other))


def _by_what_is_left(words: set[str]) -> dict[str, list[str]]:
    """Index words by themselves less one letter: words one edit apart meet there."""
    index: dict[str, list[str]] = {}
    for word in words:
        for left in _left(word):
            index.setdefault(left, []).append(word)
    return index


def _left(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _near(word: str, other: str) -> bool:
    """Tell whether one letter too many, too few, wrong or in the wrong place parts two words.

    >>> _near("analytics", "anlaytics"), _near("python-2", "python-3")
    (True, False)
    """
    start = 0
    while word[start : start + 1] == other[start : start + 1] != "":
        start += 1
    end = 0
    while end < min(len(word), len(other)) - start and word[-1 - end] == other[-1 - end]:
        end += 1
    ours, theirs = word[start : len(word) - end], other[start : len(other) - end]
    if min(len(word), len(other)) < LETTERS or any(map(str.isdigit, ours + theirs)):
        return False
    return max(len(ours), len(theirs)) == 1 or (len(ours) == 2 and ours == theirs[::-1])
