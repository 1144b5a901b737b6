"""YAML with the line and column of every value, read as YAML 1.2 reads scalars (PyYAML's door).

Only the C composer is used: it gives nodes, and nodes know where they stand. What a value means is
decided by who asks for it, so ``NO`` is a text where a text is wanted, and nothing is executed.
A reader that meets something wrong reports it and gets None; it never raises.
"""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeVar
from urllib.parse import urlsplit

import yaml
from yaml._yaml import CParser
from yaml.resolver import BaseResolver

from comparo.content.files import Report
from comparo.errors import Place
from comparo.model import Fact

T = TypeVar("T")

DEPTH = 40
"""How deep YAML may nest. Real files need six; the C composer dies of some 30,000."""

ALIASES = 100
"""How many aliases a file may hold, so that walking what they stand for stays cheap."""

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KEY = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
"""Names that Windows gives to devices; no folder may be called so."""

UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""What no page and no terminal should be given: controls, lone surrogates, non-characters."""

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?", re.ASCII)
_ENDLESS = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d([T ].*)?", re.ASCII)
_NESTING = re.compile(r"[\[{]|[-?][ \t]+(?=[-?][ \t])")
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map", "null"))


class _Composer(CParser, BaseResolver):
    """Compose nodes without guessing what plain scalars mean."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        BaseResolver.__init__(self)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a YAML file: its node, the keys that lead to it, and where it stands."""

    node: yaml.Node
    path: str
    file: str
    report: Report
    offset: int = 0

    @property
    def place(self) -> Place:
        """Give the line and column at which the value begins."""
        mark = self.node.start_mark
        return Place(self.file, mark.line + 1 + self.offset, mark.column + 1)

    @property
    def missing(self) -> bool:
        """Tell whether nothing was written: an empty value, a blank text, ``~`` or ``null``."""
        if self._plain in ("~", "null", "Null", "NULL"):
            return True
        return self.is_scalar and not self.node.value.strip()

    @property
    def is_scalar(self) -> bool:
        """Tell whether a single value was written, neither a list nor a mapping."""
        return isinstance(self.node, yaml.ScalarNode)

    @property
    def is_list(self) -> bool:
        """Tell whether a list was written."""
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def holds_keys(self) -> bool:
        """Tell whether a mapping was written, or nothing that could not become one."""
        return isinstance(self.node, yaml.MappingNode) or self.missing

    @property
    def looks_dated(self) -> bool:
        """Tell whether a plain date was written, such as 2026-11-22."""
        return bool(_DATE.fullmatch(self._plain or ""))

    @property
    def looks_endless(self) -> bool:
        """Tell whether NaN or infinity was written, as YAML spells them."""
        return bool(_ENDLESS.fullmatch(self._plain or ""))

    def has(self, key: str) -> bool:
        """Tell whether this is a mapping with a key."""
        pairs = self.node.value if isinstance(self.node, yaml.MappingNode) else ()
        return any(key_node.value == key for key_node, _ in pairs)

    @property
    def _plain(self) -> str | None:
        """Give the text of an unquoted scalar, which may mean a number, a truth or nothing."""
        if isinstance(self.node, yaml.ScalarNode) and not self.node.style:
            return str(self.node.value)
        return None

    def error(self, message: str, hint: str = "") -> None:
        """Report that this value cannot be used."""
        self.report.error(self.place, f"{self.path}: {message}" if self.path else message, hint)

    def warn(self, message: str, hint: str = "") -> None:
        """Report that this value is hardly meant."""
        self.report.warn(self.place, f"{self.path}: {message}" if self.path else message, hint)

    # One value ---------------------------------------------------------------------------------

    def text(self, limit: int = 2_000) -> str | None:
        """Read one line of text, with white space folded."""
        text = self.block(limit)
        return " ".join(text.split()) if text else text

    def block(self, limit: int = 50_000) -> str | None:
        """Read a text of any number of lines, as it was written."""
        if not isinstance(self.node, yaml.ScalarNode):
            self.error(f"must be a text, not {_kind(self.node)}")
            return None
        if self.missing:
            return None
        text = str(self.node.value)
        odd = UNPRINTABLE.search(text)
        if odd:
            self.error(f"holds the control character U+{ord(odd[0]):04X}", "remove it")
            return None
        if len(text) > limit:
            self.error(f"is {len(text):,} characters long; {limit:,} are allowed")
            return None
        return text.strip()

    def number(self, low: float = -1e15, high: float = 1e15) -> float | None:
        """Read a finite number between two bounds; a whole one stays whole."""
        text = self._plain
        if text is None or not _NUMBER.fullmatch(text) or len(text) > 40:
            self.error(f"must be a number, not {self._shown}")
            return None
        number = float(text)
        if not (math.isfinite(number) and low <= number <= high):
            self.error(f"must be from {low:g} to {high:g}, not {text}")
            return None
        return int(text) if re.fullmatch(r"[-+]?\d+", text) else number + 0  # -0.0 shows as 0

    def whole(self, low: int, high: int) -> int | None:
        """Read a whole number between two bounds."""
        number = self.number(low, high)
        if isinstance(number, float):
            self.error(f"must be a whole number, not {self._shown}")
            return None
        return number

    def truth(self) -> bool | None:
        """Read ``true`` or ``false``."""
        truth = _truth(self._plain)
        if truth is None:
            self.error(f"must be true or false, not {self._shown}")
        return truth

    def date(self) -> dt.date | None:
        """Read a date, such as 2026-11-22; the time of a timestamp is left out."""
        text = self.node.value if isinstance(self.node, yaml.ScalarNode) else ""
        if _DATE.fullmatch(text):
            try:
                return dt.date.fromisoformat(text[:10])
            except ValueError:
                pass
        self.error(f"must be a date such as 2026-11-22, not {self._shown}")
        return None

    def slug(self) -> str | None:
        """Read a slug: lower-case letters, digits and single hyphens."""
        text = self.text()
        if text and (len(text) > 100 or not SLUG.fullmatch(text)):
            self.error(f"must be a slug such as {slugify(text) or 'a-word'!r}, not {self._shown}")
            return None
        return text

    def choice(self, options: Sequence[str]) -> str | None:
        """Read one of a few words."""
        text = self.text()
        if text and text not in options:
            self.error(
                f"{self._shown} is not one of {', '.join(options)}", did_you_mean(text, options)
            )
            return None
        return text

    def url(self) -> str | None:
        """Read an address of the web or of a mailbox."""
        text = self.text()
        if text and not is_address(text):
            self.error(f"must be a http(s) or mailto address, not {self._shown}")
            return None
        return text

    def any(self) -> "bool | float | str | dt.date | tuple[str, ...] | None":
        """Read what stands there for what it looks like: truth, number, date, list or text."""
        plain = self._plain
        if isinstance(self.node, yaml.SequenceNode):
            return self.texts() or None
        if plain is not None and _truth(plain) is not None:
            return _truth(plain)
        if self.looks_endless or (plain is not None and _NUMBER.fullmatch(plain)):
            return self.number()
        if self.looks_dated:
            return self.date()
        return self.text()

    # Several values ----------------------------------------------------------------------------

    def items(self, limit: int = 1_000) -> Iterator["Value"]:
        """Go through a list; a single value is a list of one."""
        if not isinstance(self.node, yaml.SequenceNode):
            if not self.missing:
                yield self
            return
        if len(self.node.value) > limit:
            self.error(f"holds {len(self.node.value):,} items; {limit:,} are allowed")
            return
        for number, node in enumerate(self.node.value):
            yield Value(node, f"{self.path}[{number}]", self.file, self.report, self.offset)

    def texts(self) -> tuple[str, ...]:
        """Read a list of texts, without repetitions."""
        return tuple(dict.fromkeys(filter(None, (item.text() for item in self.items()))))

    def slugs(self) -> tuple[str, ...]:
        """Read a list of slugs, without repetitions."""
        return tuple(dict.fromkeys(filter(None, (item.slug() for item in self.items()))))

    def fact(self, read: Callable[["Value"], T | None]) -> Fact[T] | None:
        """Read a value that may stand bare, or as ``{value, source, date}``."""
        if not isinstance(self.node, yaml.MappingNode):
            bare = None if self.missing else read(self)
            return None if bare is None else Fact(bare)
        fields = self.fields("value", "source", "date")
        if "value" not in fields:
            self.error("has no value", "write {value: …, source: …, date: …}")
            return None
        value = fields.read("value", read)
        source = fields.read("source", Value.text) or ""
        date = fields.read("date", Value.date)
        return None if value is None else Fact(value, source, date)

    def fields(self, *known: str) -> "Fields":
        """Read a mapping; warn of keys that nobody knows."""
        fields = Fields()
        for at_key, value in self._entries():
            key = str(at_key.node.value)
            if known and key not in known:
                at_key.warn("is not a key that comparo knows", did_you_mean(key, known))
            else:
                fields[key] = value
        return fields

    def pairs(self) -> Iterator[tuple[str, "Value"]]:
        """Go through a mapping's keys and values in the order of the file."""
        for at_key, value in self._entries():
            yield str(at_key.node.value), value

    def _entries(self) -> Iterator[tuple["Value", "Value"]]:
        """Go through a mapping; the keys come as values too, for what is wrong with them."""
        if not isinstance(self.node, yaml.MappingNode):
            if not self.missing:
                self.error(f"must be a mapping of keys to values, not {_kind(self.node)}")
            return
        seen: dict[str, int] = {}
        for key_node, node in self.node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.error("has a key that is not a text")
                continue
            key = str(key_node.value)
            shown = _cut(key)
            path = f"{self.path}.{shown}" if self.path else shown
            at_key = Value(key_node, path, self.file, self.report, self.offset)
            if key in seen:
                at_key.error(f"stands twice; the first is on line {seen[key]}", "keep one")
                continue
            seen[key] = at_key.place.line
            # A value that was left out stands after its key, often on another line: show the key.
            empty = isinstance(node, yaml.ScalarNode) and not node.value and not node.style
            at = yaml.ScalarNode(node.tag, "", key_node.start_mark) if empty else node
            yield at_key, Value(at, path, self.file, self.report, self.offset)

    @property
    def _shown(self) -> str:
        """Show the value in a message, cut to a readable length."""
        if not isinstance(self.node, yaml.ScalarNode):
            return _kind(self.node)
        return f'"{_cut(self.node.value)}"'


class Fields(dict[str, Value]):
    """The known keys of a mapping that are there."""

    def read(self, key: str, read: Callable[[Value], T | None]) -> T | None:
        """Read a key that may be missing or empty."""
        value = self.get(key)
        return None if value is None or value.missing else read(value)

    def lacks(self, key: str) -> bool:
        """Tell whether a key is missing or empty."""
        return key not in self or self[key].missing


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
    if node is None:
        node = yaml.ScalarNode("tag:yaml.org,2002:null", "", _START)
    return Value(node, "", file, report, offset)


def _harm(text: str) -> tuple[int, int, str] | None:
    """Find what would crash or stall the composer: line, column and what it is; None if nothing.

    Counting is quick and clears all real files; only a text that could nest deeply, or that holds
    aliases or tags, is walked event by event, which needs no recursion.
    """
    if len(_NESTING.findall(text)) <= DEPTH and "&" not in text and "!" not in text:
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


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Suggest the known word that an unknown one was probably meant to be; "" if none is near."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f'did you mean "{near[0]}"?' if near else ""


def slugify(text: str) -> str:
    """Make a slug of a name; "" where nothing of it can stand in one.

    >>> slugify("Baïkal & Söhne 2.0")
    'baikal-sohne-2-0'
    """
    from unicodedata import normalize  # noqa: PLC0415 (seldom needed)

    ascii_text = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", ascii_text))
    return re.sub(r"-vs(?=-)", "-versus", slug)[:80].rstrip("-")


def is_address(text: str) -> bool:
    """Tell whether a text is an http(s) or mailto URL and nothing else."""
    if re.search(r"[\s<>\"\\^`{|}\x00-\x20]", text):
        return False
    try:
        parts = urlsplit(text)
        return (parts.scheme in ("http", "https") and bool(parts.hostname)) or (
            parts.scheme == "mailto" and "@" in parts.path
        )
    except ValueError:
        return False


def _cut(text: str) -> str:
    """Cut a text to what a message has room for."""
    return text if len(text) <= 60 else f"{text[:60]}…"


def _truth(plain: str | None) -> bool | None:
    return {
        "true": True,
        "True": True,
        "TRUE": True,
        "false": False,
        "False": False,
        "FALSE": False,
    }.get(plain or "")


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a text"


def _yaml_hint(error: yaml.MarkedYAMLError, text: str) -> str:
    problem = str(error.problem)
    if "mapping values are not allowed" in problem:
        return "put quotes around a text that holds a colon"
    if "cannot start any token" in problem and error.problem_mark:
        at_tab = text.startswith("\t", error.problem_mark.index)
        return "indent with spaces, not tabs" if at_tab else "put quotes around the text"
    return ""
