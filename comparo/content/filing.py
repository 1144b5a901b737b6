"""Put capabilities under topics in files that someone wrote, and change nothing else in them.

What is new is added beside the name, and the outcome is read again: should it differ from before
in more than the topic, as where an alias repeats an item, only the author can write it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from textwrap import indent
from typing import Any, NamedTuple

from comparo.content.capabilities import Ids, read_capability
from comparo.content.writing import product_yaml, topic_yaml
from comparo.errors import Place
from comparo.files import MARKDOWN_LIMIT, TEXT_LIMIT, Files, Report
from comparo.model import Capability, Topic
from comparo.source import front_matter, parse
from comparo.values import Value

TOPICS = "content/topics.yaml"

_MARK = "\ufeff"
"""A byte order mark, with which some editors begin a file."""

_BREAK = re.compile(r"\r\n|\r|\n")


class Edit(NamedTuple):
    """What stands from ``start`` to before ``end``, in characters, and what shall stand there."""

    start: int
    end: int
    text: str


class Reading(NamedTuple):
    """A file taken apart: its capabilities, the node that lists them, all else that it says."""

    capabilities: list[Value]
    listing: Any
    others: object
    base: int = 0
    """Where its YAML begins; the marks of nodes count from there."""


def prepare(
    files: Files, capabilities: Iterable[Capability], topic: Topic, *, is_new: bool
) -> Iterator[tuple[str, str]]:
    """Give capabilities a topic, and list it where it is new: each file with its new text.

    What cannot be written without disturbing a file is reported, with what to write by hand.
    """
    by_hand = "cannot be written here without changing more than that"
    for capability in capabilities:
        place = capability.place or Place("")
        front = place.file.endswith(".md")
        old = _whole(files, place.file)
        new = old and filed(old, capability.name, topic.slug, front=front)
        if new and len(new.encode()) <= (MARKDOWN_LIMIT if front else TEXT_LIMIT):
            yield place.file, new
        else:
            message = f'the topic of "{capability.name}" {by_hand}'
            files.report.error(place, message, f"write topic: {topic.slug} below its name")
    if is_new:
        old = _whole(files, TOPICS) if files.holds(files.root / TOPICS) else ""
        new = None if old is None else listed(old, topic)
        if new and len(new.encode()) <= TEXT_LIMIT:
            yield TOPICS, new
        else:
            hint = f"write {topic.slug}: {{label: …}} among the others"
            files.report.error(Place(TOPICS), f"the topic {topic.slug} {by_hand}", hint)


def filed(text: str, name: str, topic: str, *, front: bool) -> str | None:
    """Give the first capability of a name that has no topic one; None where that is not safe.

    ``front`` says that the text is a capability's own file, which begins with its keys.
    """
    plain = _plain(text)
    before = _read(plain, front=front)
    number = _unfiled(before, name) if before else None
    if not before or number is None:
        return None
    item = before.capabilities[number]
    edits = _filing(plain[before.base :], item, before.listing, topic)
    new = _spliced(text, [Edit(at + before.base, to + before.base, put) for at, to, put in edits])
    after = _read(_plain(new), front=front)
    if not after or after.others != before.others:
        return None
    old_trees = [_tree(each.node) for each in before.capabilities]
    new_trees = [_tree(each.node) for each in after.capabilities]
    _, rest = _topic_and_rest(old_trees.pop(number))
    sound = len(after.capabilities) == len(before.capabilities) and (
        _topic_and_rest(new_trees.pop(number)) == (topic, rest)
    )
    return new if sound and new_trees == old_trees else None


def listed(text: str, topic: Topic) -> str | None:
    """Add a topic to topics.yaml: where its slug belongs if they are sorted, else as the last.

    None where that is not safe, as in a file that is written in braces.
    """
    plain = _plain(text)
    report = Report()
    top = parse(plain, "", report)
    if not top or not top.holds_keys or getattr(top.node, "flow_style", False):
        return None
    entry = topic_yaml(topic)
    new = _spliced(text, [_listing(plain, top, topic.slug, entry)])
    again, alone = parse(_plain(new), "", report), parse(entry, "", report)
    if not again or not alone or not again.has(topic.slug):
        return None
    (added,) = _tree(alone.node)
    kept = [] if top.missing else _tree(top.node)
    trees = _tree(again.node)
    is_there = any(key == added[0] for key, _ in kept)
    sound = added in trees and [pair for pair in trees if pair != added] == kept
    return new if sound and not is_there else None


# Read ------------------------------------------------------------------------------------------


def _read(plain: str, *, front: bool) -> Reading | None:
    report = Report()
    if front:
        parts = front_matter(plain, "", report)
        if not parts or not parts[0]:
            return None
        return Reading([parts[0]], None, parts[1], plain.find("\n") + 1)
    top = parse(plain, "", report)
    if not top:
        return None
    values = dict(top.pairs())
    listing = values.pop("capabilities", None)
    others = [(key, _tree(value.node)) for key, value in values.items()]
    items = list(listing.items()) if listing else []
    node = listing.node if listing and listing.is_list else None
    return None if report.errors else Reading(items, node, others)


def _unfiled(reading: Reading, name: str) -> int | None:
    """Find the first capability of a name that has no topic."""
    for number, item in enumerate(reading.capabilities):
        capability = read_capability(item, Ids())
        if capability and capability.name == name and not capability.topic:
            return number
    return None


def _tree(node: Any) -> Any:
    """Give all that a node says, and whether in quotes, but not how it is laid out."""
    if node.id == "scalar":
        return node.value, bool(node.style)
    if node.id == "sequence":
        return [_tree(item) for item in node.value]
    return [(_tree(key), _tree(value)) for key, value in node.value]


def _topic_and_rest(tree: Any) -> tuple[str, Any]:
    """Tell a capability's topic from the rest of it; a bare text is a name."""
    if isinstance(tree, tuple):
        return "", [(("name", False), tree)]
    topics = [value[0] for key, value in tree if key[0] == "topic"]
    return "".join(topics), [pair for pair in tree if pair[0][0] != "topic"]


# Edit ------------------------------------------------------------------------------------------


def _filing(plain: str, item: Value, listing: Any, topic: str) -> Iterator[Edit]:
    """Add a topic to a capability that is a bare text, in braces, or has a line for each key."""
    line = product_yaml({"topic": topic}).rstrip()
    start, end = item.node.start_mark, _end(plain, item.node)
    if item.is_scalar and (listing is None or listing.flow_style):
        yield Edit(start.index, start.index, "{name: ")
        yield Edit(end, end, f", {line}}}")
    elif item.is_scalar:
        yield Edit(start.index, start.index, "name: ")
        deeper = " " * (start.column - listing.start_mark.column)
        for found in re.finditer(r"\n(?=[^\n])", plain[start.index : end]):
            at = start.index + found.end()
            yield Edit(at, at, deeper)
        yield _line_after(plain, end, " " * start.column + line)
    else:
        pairs = {key.value: (key, value) for key, value in item.node.value if key.id == "scalar"}
        name_end = _end(plain, pairs["name"][1])
        if "topic" in pairs:
            key, value = pairs["topic"]
            slug = line.removeprefix("topic: ")
            if value.start_mark.index < value.end_mark.index:
                yield Edit(value.start_mark.index, value.end_mark.index, slug)
            else:
                colon = plain.find(":", key.end_mark.index) + 1
                yield Edit(colon, colon, f" {slug}")
        elif item.node.flow_style:
            yield Edit(name_end, name_end, f", {line}")
        else:
            yield _line_after(plain, name_end, " " * start.column + line)


def _listing(plain: str, top: Value, slug: str, entry: str) -> Edit:
    """Add an entry between the others, with a blank line where they have one."""
    if top.missing:
        begun = not plain or plain.endswith("\n")
        return Edit(len(plain), len(plain), entry if begun else f"\n{entry.rstrip()}")
    pairs = top.node.value
    keys = [key.value for key, _ in pairs]
    at = sum(key < slug for key in keys) if keys == sorted(keys) else len(keys)
    first, last = pairs[0][0].start_mark, pairs[-1][0].start_mark
    lines = indent(entry.rstrip(), " " * first.column)
    gap = "\n" if re.search(r"\n[ \t]*\n", plain[first.index : last.index]) else ""
    if at:
        end = _end(plain, pairs[at - 1][1]) or pairs[at - 1][0].end_mark.index
        return _line_after(plain, _past_remarks(plain, end, first.column), gap + lines)
    start = plain.rfind("\n", 0, first.index) + 1
    remark = re.search(r"(?<=\n\n)(?:[ \t]*#[^\n]*\n)+\Z", plain[:start])
    start = remark.start() if remark else start
    return Edit(start, start, f"{lines}\n{gap}")


def _past_remarks(plain: str, end: int, column: int) -> int:
    """Go on past the comments that stand below an entry and, being further in, belong to it."""
    remarks = re.compile(rf"[^\n]*(?:\n[ ]{{{column + 1},}}#[^\n]*)*").match(plain, end)
    return remarks.end() if remarks else end


def _line_after(plain: str, index: int, line: str) -> Edit:
    """Add a line below the one on which something stands."""
    end = plain.find("\n", index)
    end = len(plain) if end < 0 else end
    return Edit(end, end, f"\n{line}")


def _end(plain: str, node: Any) -> int:
    """Find where what a node says ends: the marks of blocks stand further on."""
    if node.id != "scalar" and not node.flow_style:
        last = node.value[-1]
        return max(_end(plain, part) for part in (last if isinstance(last, tuple) else (last,)))
    end = int(node.end_mark.index)
    if node.id == "scalar" and not node.value and not node.style:
        return len(plain[: node.start_mark.index].rstrip())
    return len(plain[:end].rstrip()) if node.id == "scalar" and node.style in ("|", ">") else end


# Texts -----------------------------------------------------------------------------------------


def _whole(files: Files, file: str) -> str | None:
    """Read a file with its line ends and all; None where it cannot be, or a link leads to it."""
    path = files.root / file
    if path.resolve() != files.root.resolve() / file or files.text(path) is None:
        return None
    data = files.read(path)
    return None if data is None else data.decode(errors="surrogateescape")


def _plain(text: str) -> str:
    """Read a text as ``Files.text`` does: without a mark, with plain line ends."""
    return _BREAK.sub("\n", text.removeprefix(_MARK))


def _spliced(text: str, edits: Iterable[Edit]) -> str:
    """Make edits of the plain text in the text as it is; new lines end as its first one does."""
    mark = _MARK if text.startswith(_MARK) else ""
    body = text.removeprefix(_MARK)
    pairs = [found.start() - n for n, found in enumerate(re.finditer("\r\n", body))]
    first = _BREAK.search(body)
    end = first[0] if first else "\n"
    out, done = [mark], 0
    for edit in sorted(edits):
        start, stop = (at + bisect_left(pairs, at) for at in edit[:2])
        out += [body[done:start], edit.text.replace("\n", end)]
        done = stop
    return "".join([*out, body[done:]])
