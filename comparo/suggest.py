"""Topics for capabilities that look alike: what ``comparo suggest`` proposes, and what it writes.

Nothing on a page rests on likeness. An author reads a proposal, and what they accept becomes a
topic in the files, where it is a fact like others.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, count
from math import fsum
from pathlib import Path
from textwrap import shorten

from comparo.compare.alignment import name_key, synonym_index
from comparo.compare.grouping import gather
from comparo.compare.likeness import Said, alike, vectors
from comparo.content.filing import prepare
from comparo.content.loading import load_content
from comparo.embeddings import near
from comparo.errors import ContentError, Problem
from comparo.files import Files, Report
from comparo.model import Capability, Content, Product, Topic
from comparo.output.files import replace_together
from comparo.texts import slugify

LIKE = 0.35
"""How alike capabilities must be to be proposed. With the topics of this repository's own content
taken away, all of 15 proposals are right from here on; from 0.3 on, 25 of 28."""

SHOWN = 240
"""How many characters of a capability's text are shown."""

FEW = 3
"""How many capabilities that have a topic already are shown."""

Pairs = dict[tuple[int, int], float]
Find = Callable[[Sequence[Said], float, int], Pairs]
"""Finds the pairs of texts that are at least so alike; one of each pair is among the first."""


@dataclass(frozen=True, slots=True)
class Member:
    """A capability, and the product that has it."""

    product: Product
    capability: Capability

    @property
    def text(self) -> str:
        """Give what the capability says besides its name, as far as it tells what it does."""
        description = self.capability.description
        parts = (description.markdown if description else "", self.capability.unique)
        return " ".join(filter(None, (*parts, *self.capability.intents)))

    @property
    def said(self) -> Said:
        """Give what is compared."""
        return Said(self.capability.name, self.text)

    def lines(self) -> list[str]:
        """Say what it is, where it stands and what it says, a line each."""
        place = self.capability.place or self.product.place
        topic = f"has the topic {self.capability.topic}" if self.capability.topic else ""
        return [
            f"{self.product.name}: {self.capability.name}",
            f"{place.file}:{place.line}",
            *filter(None, (topic, shorten(self.text, SHOWN, placeholder=" …"))),
        ]

    def as_data(self) -> dict[str, object]:
        """Give the same to programs."""
        place = self.capability.place or self.product.place
        return {
            "product": self.product.slug,
            "id": self.capability.id,
            "name": self.capability.name,
            "topic": self.capability.topic or None,
            "text": self.text,
            "file": place.file,
            "line": place.line,
            "column": place.column,
        }


@dataclass(frozen=True, slots=True)
class Proposal:
    """A topic for ``members``, which have none; ``anchors`` have it already."""

    topic: Topic
    is_new: bool
    likeness: float
    members: tuple[Member, ...]
    anchors: tuple[Member, ...] = ()

    @property
    def heading(self) -> str:
        """Say in one line what is proposed."""
        kind = "a new topic" if self.is_new else "a topic that is there"
        return f'{self.topic.slug}: {kind}, "{self.topic.label}", {self.likeness:.0%} alike'

    def texts(self) -> list[list[str]]:
        """Give what is to be compared: each member, and some of those that have the topic."""
        blocks = [member.lines() for member in (*self.members, *self.anchors[:FEW])]
        if more := len(self.anchors[FEW:]):
            blocks.append([f"and {more:,} more with the topic"])
        return blocks

    def as_data(self) -> dict[str, object]:
        """Give all of it to programs."""
        return {
            "topic": self.topic.slug,
            "label": self.topic.label,
            "synonyms": list(self.topic.synonyms),
            "new": self.is_new,
            "likeness": round(self.likeness, 6),
            "capabilities": [member.as_data() for member in self.members],
            "anchors": [member.as_data() for member in self.anchors],
        }

    @property
    def is_far(self) -> bool:
        """Tell whether no two of its products are of one type, so that few pages would gain."""
        types = [member.product.type for member in (*self.members, *self.anchors)]
        return len(set(types)) == len(types)

    @property
    def is_needed(self) -> bool:
        """Tell whether it brings together what does not meet by name."""
        members = (*self.members, *self.anchors)
        return len({name_key(member.capability.name) for member in members}) > 1


def suggest(root: Path, least: float = LIKE, *, meaning: bool = False) -> tuple[Proposal, ...]:
    """Read a site and propose topics, the likeliest first; by ``meaning`` as well as by words.

    Raises ContentError where the content is unsound.
    """
    loaded = load_content(root)
    if loaded.problems:
        raise ContentError(*loaded.problems, warnings=loaded.warnings)
    return propose(loaded.content, least, by_meaning if meaning else by_words)


def by_words(said: Sequence[Said], least: float, among: int) -> Pairs:
    """Find texts that are alike by their words."""
    return alike(vectors(said), least, among)


def by_meaning(said: Sequence[Said], least: float, among: int) -> Pairs:
    """Find texts that are alike by their words or, as a language model has it, in meaning."""
    found = near([f"{each.name}. {each.name}. {each.text}" for each in said], least, among)
    for pair, like in by_words(said, least, among).items():
        found[pair] = max(like, found.get(pair, 0.0))
    return found


# Propose ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Thing:
    """Capabilities that are one already where products are compared: by name, or by a topic."""

    name: str
    members: tuple[Member, ...]
    topic: Topic | None = None

    def says(self) -> list[Said]:
        """Give the texts that it is known by: a topic has several."""
        if not self.topic:
            return [Said(self.name, " ".join(member.text for member in self.members))]
        names = [Said(name) for name in (self.topic.label, *self.topic.synonyms)]
        return names + [member.said for member in self.members]


def propose(content: Content, least: float, find: Find = by_words) -> tuple[Proposal, ...]:
    """Propose topics for capabilities that have none, are alike and do not meet by their names."""
    topics = _topics(content)
    fresh, known = _things(content, topics)
    things = (*fresh, *known)
    links, nearness = _compare(things, len(fresh), least, find)
    owners = [{member.product.slug for member in thing.members} for thing in things]
    taken = {name_key(thing.name) for thing in fresh} | {*synonym_index(topics.values())}
    found = []
    for group in gather(links, owners, range(len(fresh), len(things))):
        if topic := things[group[0]].topic:
            ranked, pairs = [*group[1:]], [(n, group[0]) for n in group[1:]]
            held = sorted(things[group[0]].members, key=lambda each: -nearness.get(each.said, 0.0))
        else:
            ranked, pairs, held = (
                _ranked(group, links, things),
                [*combinations(sorted(group), 2)],
                [],
            )
            topic = _new_topic([things[n].name for n in ranked], topics, taken)
        proposal = Proposal(
            topic,
            is_new=topic.slug not in topics,
            likeness=fsum(links[pair] for pair in pairs) / len(pairs),
            members=tuple(member for n in ranked for member in things[n].members),
            anchors=tuple(held),
        )
        topics.setdefault(topic.slug, topic)
        if proposal.is_needed:
            found.append(proposal)
    return tuple(sorted(found, key=lambda each: (each.is_far, -each.likeness, each.topic.slug)))


def _compare(
    things: Sequence[_Thing], fresh: int, least: float, find: Find
) -> tuple[Pairs, dict[Said, float]]:
    """Say how alike things are that are, by their nearest texts; and how near a text ever comes."""
    said = [(number, each) for number, thing in enumerate(things) for each in thing.says()]
    links: Pairs = {}
    nearness: dict[Said, float] = {}
    for (i, j), like in find([each for _, each in said], least, fresh).items():
        pair = (said[i][0], said[j][0])
        links[pair] = max(like, links.get(pair, 0.0))
        nearness[said[j][1]] = max(like, nearness.get(said[j][1], 0.0))
    return links, nearness


def _topics(content: Content) -> dict[str, Topic]:
    """Give the topics that are declared, and those that capabilities just use."""
    topics = {topic.slug: topic for topic in content.topics}
    for product in content.products:
        for slug in (capability.topic for capability in product.capabilities):
            if slug and slug not in topics:
                topics[slug] = Topic(slug, slug.replace("-", " ").capitalize())
    return topics


def _things(
    content: Content, topics: Mapping[str, Topic]
) -> tuple[tuple[_Thing, ...], tuple[_Thing, ...]]:
    """Sort capabilities: those without a topic by name, one of each product; others by topic."""
    synonyms = synonym_index(content.topics)
    named: dict[str, dict[str, Member]] = defaultdict(dict)
    anchors: dict[str, list[Member]] = {slug: [] for slug in topics}
    for product in content.products:
        for capability in product.capabilities:
            member, name = Member(product, capability), name_key(capability.name)
            if topic := capability.topic or synonyms.get(name):
                anchors[topic].append(member)
            else:
                named[name].setdefault(product.slug, member)
    fresh = []
    for members in map(dict.values, named.values()):
        spellings = Counter(member.capability.name for member in members)
        fresh.append(_Thing(spellings.most_common(1)[0][0], tuple(members)))
    known = (
        _Thing(topics[slug].label, tuple(each), topics[slug]) for slug, each in anchors.items()
    )
    return tuple(fresh), tuple(known)


def _ranked(group: Sequence[int], links: Pairs, things: Sequence[_Thing]) -> list[int]:
    """Put the most central first: the nearest to the others, then the commonest and shortest."""

    def rank(n: int) -> tuple[float, int, int, str]:
        near_to = fsum(links[min(n, m), max(n, m)] for m in group if m != n)
        return -near_to, -len(things[n].members), len(things[n].name), things[n].name

    return sorted(group, key=rank)


def _new_topic(names: Sequence[str], slugs: Collection[str], taken: Collection[str]) -> Topic:
    """Name a topic after the first of its names whose slug means nothing else yet."""
    stem = slugify(names[0]) or "topic"
    choices = chain(((slugify(n), n) for n in names), ((f"{stem}-{n}", names[0]) for n in count(2)))
    own = set(map(name_key, names))
    slug, label = next(
        (slug, name)
        for slug, name in choices
        if slug and slug not in slugs and (name_key(slug) in own or name_key(slug) not in taken)
    )
    return Topic(slug, label, tuple(name for name in names if name != label))


# Accept ----------------------------------------------------------------------------------------


def accept(root: Path, proposal: Proposal) -> tuple[Problem, ...]:
    """Write a proposal into the content, or nothing of it: then say what to write by hand."""
    files = Files(root, Report())
    topic, capabilities = proposal.topic, [member.capability for member in proposal.members]
    texts = dict(prepare(files, capabilities, topic, is_new=proposal.is_new))
    if not files.report.errors:
        replace_together(root, {file: text.encode() for file, text in texts.items()})
    return tuple(files.report.errors)
