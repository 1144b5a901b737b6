"""YAML texts and front matter → values that know where they stand (PyYAML's door).

Only the C composer is used: it gives nodes, guesses nothing of what they mean and executes nothing.
What would crash or stall it is refused before it sees it.
"""

import math
import re
from itertools import chain
from typing import Any

import yaml
from yaml._yaml import CParser

from comparo.errors import Place
from comparo.files import Report
from comparo.placed import Origin
from comparo.values import Value

DEPTH = 40
"""How deep YAML may nest. Real files need six; the C composer dies of some 30,000."""

ALIASES = 100
"""How many aliases a file may hold, so that walking what they stand for stays cheap."""

# A pattern that begins with one character is searched for ten times as fast as one of several.
_DEEPER = [
    re.compile(sign) for sign in (r"\[", r"\{", r"-[ \t]+(?=[-?][ \t])", r"\?[ \t]+(?=[-?][ \t])")
]
_TAG = re.compile(r"!(?<![\w!.)]!)")
_ALIAS = re.compile(r"\*(?<![\w*.)]\*)")
"""Where a tag or an alias may begin, which is never within a word or at its end."""

_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map", "null"))


VALUES = 100_000
"""How many values a file may hold once each alias is taken for what it stands for."""


class _Composer(CParser):
    """Compose nodes without guessing what plain scalars mean."""

    def resolve(self, _kind: object, _value: object, _implicit: object) -> str:
        """Leave the meaning open."""
        return ""

    def descend_resolver(self, _node: object, _index: object) -> None:
        """Go on, whatever the way."""

    def ascend_resolver(self) -> None:
        """Go on."""


_START = yaml.Mark("", 0, 0, 0, "", 0)


def parse(text: str, file: str, report: Report, offset: int = 0) -> Value | None:
    """Compose a YAML text; report and give None where it is no YAML, or YAML made to harm.

    ``offset`` is the number of lines that stand before the text in its file.
    """
    try:
        harm = _harm(text)
        node = None if harm else _Composer(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        # What is never closed is wrong where it opens, not at the end of the file.
        unclosed = "end of stream" in str(error.problem) and error.context_mark
        mark = unclosed or error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1 + offset, mark.column + 1) if mark else Place(file)
        hint = _yaml_hint(error, text)
        report.error(place, f"is not YAML: {error.problem or error.context}", hint)
        return None
    except (yaml.YAMLError, ValueError, IndexError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        report.error(Place(file, 1 + offset, 1), f"is not YAML: {reason}")
        return None
    if harm:
        report.error(Place(file, harm[0] + offset, harm[1]), harm[2])
        return None
    if node is not None and "&" in text and not _is_bounded(node):
        message = f"its aliases stand for more than {VALUES:,} values, or for themselves"
        report.error(Place(file, 1 + offset, 1), message)
        return None
    if node is None:
        node = yaml.ScalarNode("tag:yaml.org,2002:null", "", _START)
    return Value(node, Origin(file, report, offset))


def _harm(text: str) -> tuple[int, int, str] | None:
    """Find what would crash or stall the composer: line, column and what it is; None if nothing.

    Counting is quick and clears all real files; only a text that could nest deeply, hold too many
    aliases or have a tag is walked event by event, which needs no recursion.
    """
    steps = sum(len(sign.findall(text)) for sign in _DEEPER)
    if steps <= DEPTH and len(_ALIAS.findall(text)) <= ALIASES and not _TAG.search(text):
        return None
    depth = aliases = 0
    parser = CParser(text)
    while parser.check_event():
        event: Any = parser.get_event()
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
        mark = event.start_mark
        tag = getattr(event, "tag", None)
        if depth > DEPTH:
            return mark.line + 1, mark.column + 1, f"nests deeper than {DEPTH} levels"
        if aliases > ALIASES:
            return mark.line + 1, mark.column + 1, f"holds more than {ALIASES} aliases"
        if tag and tag != "!" and tag not in _PLAIN_TAGS:
            return mark.line + 1, mark.column + 1, f"has the tag {tag}; tags are not read"
    return None


def _is_bounded(top: Any) -> bool:
    """Tell whether walking a document ends soon, with each alias taken for what it stands for."""
    sizes: dict[int, float] = {}

    def size(node: Any) -> float:
        if id(node) not in sizes:
            sizes[id(node)] = math.inf  # as long as it is not known, it holds itself
            parts = [*chain(*node.value)] if node.id == "mapping" else node.value
            larger = [size(part) for part in parts if part.id != "scalar"]
            sizes[id(node)] = 1 + len(parts) - len(larger) + sum(larger)
        return sizes[id(node)]

    return top.id == "scalar" or size(top) <= VALUES


def front_matter(text: str, file: str, report: Report) -> tuple[Value | None, str] | None:
    """Split a Markdown file into the YAML between its ``---`` lines and the body below them.

    None where the YAML cannot be read, which is then reported; a file may also do without any.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None, text
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() in ("---", "..."):
            head = parse("\n".join(lines[1:number]), file, report, offset=1)
            return None if head is None else (head, "\n".join(lines[number + 1 :]))
    report.error(Place(file, 1, 1), 'has no second "---" that ends its front matter')
    return None


def _yaml_hint(error: yaml.MarkedYAMLError, text: str) -> str:
    problem = str(error.problem)
    if "mapping values are not allowed" in problem:
        return "put quotes around a text that holds a colon"
    if "cannot start any token" in problem and error.problem_mark:
        at_tab = text.startswith("\t", error.problem_mark.index)
        return "indent with spaces, not tabs" if at_tab else "put quotes around the text"
    return ""
