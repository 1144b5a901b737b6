"""Which capabilities of two products are the same one: by topic, by name, or by a topic's synonym.

Likeness of texts never decides here. What is aligned is aligned one to one, so that the counts on a
page add up: every capability stands once in *both*, *only A* or *only B*.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from comparo.model import Capability, Topic


@dataclass(frozen=True, slots=True)
class Alignment:
    """The capabilities of a pair in three lanes, each in the order of its product.

    ``alone`` are those of ``only`` that nothing of the other side comes near. A second capability
    of one name has no partner left, but the other product does not lack it.
    """

    both: tuple[tuple[Capability, Capability], ...] = ()
    only_a: tuple[Capability, ...] = ()
    only_b: tuple[Capability, ...] = ()
    alone_a: tuple[Capability, ...] = ()
    alone_b: tuple[Capability, ...] = ()


@dataclass(frozen=True, slots=True)
class Keyed:
    """A capability with the three keys it can be aligned by, strongest first; "" is no key."""

    capability: Capability
    keys: tuple[str, str, str]


class Keyring(tuple[Keyed, ...]):  # noqa: SLOT001 (what is looked up is kept)
    """The capabilities of one product with their keys."""

    @cached_property
    def capabilities(self) -> tuple[Capability, ...]:
        """Give the capabilities alone."""
        return tuple(keyed.capability for keyed in self)

    @cached_property
    def keys(self) -> "Keys":
        """Give the keys alone."""
        return Keys(keyed.keys for keyed in self)


class Keys(tuple[tuple[str, str, str], ...]):  # noqa: SLOT001
    """The keys of one product's capabilities, in their order; what has a key is looked up once."""

    @cached_property
    def places(self) -> tuple[Mapping[str, Sequence[int]], ...]:
        """Give the places of the capabilities that have a key, for each of the three strengths."""
        found: tuple[dict[str, tuple[int, ...]], ...] = ({}, {}, {})
        for place, keys in enumerate(self):
            for places, key in zip(found, keys, strict=True):
                if key:
                    places[key] = (*places.get(key, ()), place)
        return found


def normalise(text: str) -> str:
    """Fold case, Unicode form and punctuation, so that spellings of one phrase are equal.

    What ends a word as a part of its name stays (C++ is not C#), as do the marks that scripts such
    as Devanagari write vowels with. A text that holds no word is left as it is.

    >>> normalise("  Full-Text   SEARCH! in C++")
    'full text search in c++'
    """
    if text.isascii():  # nearly all are, and this is many times as fast
        folded = text.lower()
        spaced = folded.translate(_ASCII)
    else:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        spaced = "".join(c if _is_kept(c) else " " for c in folded)
    words = [word.lstrip("+#") for word in spaced.split() if any(map(str.isalnum, word))]
    return " ".join(words or folded.split())


def name_key(name: str) -> str:
    """Give the key under which two names are the same: normalised, and without plural endings.

    >>> name_key("Feature Flags") == name_key("feature-flag")
    True
    """
    return " ".join(singular_words(normalise(name)))


def singular_words(normalised: str) -> list[str]:
    """Give the words of a normalised text without their plural endings."""
    return [_singular(word) for word in normalised.split()]


def synonym_index(topics: Iterable[Topic]) -> dict[str, str]:
    """Map every name that a topic goes by to the topic's slug."""
    return {
        name_key(name): topic.slug
        for topic in topics
        for name in (topic.slug, topic.label, *topic.synonyms)
    }


def keyed(capabilities: Iterable[Capability], synonyms: Mapping[str, str]) -> Keyring:
    """Work out, once a product, by which keys each of its capabilities can be aligned."""
    found = []
    for capability in capabilities:
        name = name_key(capability.name)
        topic = capability.topic or synonyms.get(name, "")
        found.append(Keyed(capability, (capability.topic, name, topic)))
    return Keyring(found)


def partners(ours: Keys, theirs: Keys) -> dict[int, int]:
    """Pair capabilities one to one, by their places: of the same topic, else name, else synonym."""
    partner: dict[int, int] = {}
    taken: set[int] = set()
    left: Sequence[int] = range(len(ours))
    for strength, places in enumerate(theirs.places):
        if not places:
            continue
        lonely = []
        for mine in left:
            for other in places.get(ours[mine][strength], ()):
                if other not in taken:
                    partner[mine] = other
                    taken.add(other)
                    break
            else:
                lonely.append(mine)
        left = lonely
    return partner


def align(ours: Keyring, theirs: Keyring) -> Alignment:
    """Say what two products can both do, and what only one of them."""
    partner = partners(ours.keys, theirs.keys)
    taken = set(partner.values())
    mine, others = ours.capabilities, theirs.capabilities
    only_a = [place for place in range(len(mine)) if place not in partner]
    only_b = [place for place in range(len(others)) if place not in taken]
    return Alignment(
        both=tuple([(mine[a], others[b]) for a, b in sorted(partner.items())]),
        only_a=tuple([mine[place] for place in only_a]),
        only_b=tuple([others[place] for place in only_b]),
        alone_a=tuple([mine[place] for place in _alone(only_a, ours.keys, theirs.keys)]),
        alone_b=tuple([others[place] for place in _alone(only_b, theirs.keys, ours.keys)]),
    )


def _alone(only: Iterable[int], ours: Keys, theirs: Keys) -> list[int]:
    """Give the places of those that nothing of the other side comes near."""
    _, names, topics = theirs.places
    return [place for place in only if ours[place][1] not in names and ours[place][2] not in topics]


def _is_kept(character: str) -> bool:
    return character in "+#" or unicodedata.category(character)[0] in "LMN"


_ASCII = {code: " " for code in range(128) if not _is_kept(chr(code))}


@lru_cache(maxsize=100_000)
def _singular(word: str) -> str:
    """Drop an English plural ending; both forms of a word only need to meet, not to be right."""
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if len(word) > 3 and word.endswith("ie"):
        return word[:-2] + "y"
    if len(word) > 3 and word.endswith(("che", "she", "sse", "xe")):
        return word[:-1]
    return word
