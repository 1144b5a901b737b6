"""What people need: the capabilities of all products that are the same one, gathered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

import msgspec

from comparo.cache import digest
from comparo.compare.alignment import Keyed
from comparo.compare.matching import MatchGraph
from comparo.model import Capability, Topic
from comparo.render.cells import words_of
from comparo.render.entries import Entry
from comparo.texts import wrong_slug

MEMBERS = 8
"""How many capabilities stand with a need in a list; one that has more gets a page of its own."""


@dataclass(frozen=True, slots=True)
class Member:
    """A capability that meets a need, the product that has it, and how often it was searched.

    ``times`` counts the searches that named it, ``likely`` those that its words tie to it.
    """

    entry: Entry
    key: Keyed
    times: int = 0
    likely: int = 0
    surety: float = 0.0

    @property
    def made_of(self) -> tuple[object, ...]:
        """Give all that decides what is said of it; the entry has the capability."""
        return self.entry.key, self.capability.id, self.times, self.likely, self.surety

    @property
    def demand(self) -> float:
        """Give the number of searches for it, as far as one can tell."""
        return self.times + self.likely * self.surety

    @property
    def capability(self) -> Capability:
        """Give the capability."""
        return self.key.capability

    @property
    def url(self) -> str:
        """Give the address of the capability's card."""
        return f"{self.entry.url}#{self.entry.slug}--{self.capability.id}"


@dataclass(frozen=True)
class Need:
    """What capabilities are for, one or many of them, those of the best ranked products first.

    A topic may have ``names`` that no capability has: its label and its synonyms.
    """

    slug: str
    label: str
    members: tuple[Member, ...]
    names: tuple[str, ...] = ()

    @cached_property
    def key(self) -> bytes:
        """Give a digest of all that it is made of."""
        met = [member.made_of for member in self.members]
        return digest(msgspec.msgpack.encode((self.slug, self.label, self.names, met)))

    @property
    def breadth(self) -> int:
        """Count the products."""
        return len({member.entry.slug for member in self.members})

    @property
    def times(self) -> int:
        """Count the searches that named one of the capabilities."""
        return sum(member.times for member in self.members)

    @property
    def likely(self) -> int:
        """Count the searches that are tied to one of them by their words."""
        return sum(member.likely for member in self.members)

    @property
    def surety(self) -> float:
        """Say how sure those ties are in the mean, 0 to 1."""
        return (self.demand - self.times) / (self.likely or 1)

    @property
    def demand(self) -> float:
        """Give the number of searches for it, as far as one can tell."""
        return sum(member.demand for member in self.members)

    @property
    def url(self) -> str:
        """Give the address of its own page; "" where a list has room for all members."""
        return f"/search/{self.slug}/" if len(self.members) > MEMBERS else ""


def gather(ranked: Iterable[Entry], topics: Iterable[Topic], graph: MatchGraph) -> tuple[Need, ...]:
    """Gather capabilities by what they are aligned by: topic, else name. Labels give the order."""
    known = {topic.slug: topic for topic in topics}
    met: dict[str, list[Member]] = defaultdict(list)
    for entry in ranked:
        times = graph.capability_times(entry.slug) or {}
        likely = graph.likely_times(entry.slug)
        for key in entry.keys:
            capability, (_, name, topic) = key.capability.id, key.keys
            slug = f"topic-{topic}" if topic else _slug_of(name)
            tied = likely.get(capability, (0, 0.0))
            met[slug].append(Member(entry, key, times.get(capability, 0), *tied))
    needs = [_need(slug, tuple(members), known) for slug, members in met.items()]
    return tuple(sorted(needs, key=lambda need: (need.label.casefold(), need.slug)))


def _need(slug: str, members: tuple[Member, ...], known: Mapping[str, Topic]) -> Need:
    first = members[0]
    named = first.key.keys[2]
    if not named:
        return Need(slug, first.capability.name, members)
    topic = known.get(named) or Topic(named, words_of(named))
    return Need(slug, topic.label, members, (topic.label, *topic.synonyms))


def by_standing(needs: Iterable[Need]) -> Sequence[Need]:
    """Put first what is searched most, then what most products have."""
    return sorted(needs, key=lambda need: (-need.demand, -need.breadth))


def _slug_of(name: str) -> str:
    """Make an address of a name that may hold anything; what differs keeps apart."""
    plain = name.replace(" ", "-")
    if wrong_slug(plain):
        plain = blake2b(name.encode(), digest_size=8).hexdigest()
    return f"name-{plain}"
