"""Values of a file with their places, read as what is wanted there.

What a value means is decided by who asks for it, so ``NO`` is a text where a text is wanted. A
reader that meets something wrong reports it and gives None; it never raises.
"""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from comparo.errors import Place
from comparo.files import Report
from comparo.model import Fact
from comparo.texts import SLUG, UNPRINTABLE, cut, did_you_mean, is_address, shows, slugify, truth_in

T = TypeVar("T")

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?", re.ASCII)
_NOTHING = ("~", "null", "Null", "NULL")
_ENDLESS = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d([T ].*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where values come from: their file, who is told of problems, and the lines before the YAML."""

    file: str
    report: Report
    offset: int = 0


class Value(msgspec.Struct, frozen=True):
    """One value of a file: its node, and the key (or the number in a list) that leads to it.

    Nodes are the YAML library's; a node's ``id`` is scalar, sequence or mapping. A site has many
    thousands of values and few problems, so where one stands is worked out when it is asked for;
    and a struct is made five times as fast as a dataclass.
    """

    node: Any
    origin: Origin
    above: "Value | None" = None
    key: Any = None

    @property
    def report(self) -> Report:
        """Give who is told of problems."""
        return self.origin.report

    @property
    def place(self) -> Place:
        """Give the line and column at which the value begins."""
        node, key, origin = self.node, self.key, self.origin
        # A value that was left out stands after its key, often on another line: show the key.
        empty = node.id == "scalar" and not node.value and not node.style
        at = (key if empty and hasattr(key, "start_mark") else node).start_mark
        return Place(origin.file, at.line + 1 + origin.offset, at.column + 1)

    @property
    def path(self) -> str:
        """Give the keys that lead to the value, as ``pricing.starting_price`` or ``tags[2]``."""
        if self.above is None:
            return ""
        above = self.above.path
        if isinstance(self.key, int):
            return f"{above}[{self.key}]"
        shown = cut(str(self.key.value))
        return f"{above}.{shown}" if above else shown

    @property
    def missing(self) -> bool:
        """Tell whether nothing was written: an empty value, a blank text, ``~`` or ``null``."""
        node = self.node
        if node.id != "scalar":
            return False
        return not node.value.strip() or (not node.style and node.value in _NOTHING)

    @property
    def is_scalar(self) -> bool:
        """Tell whether a single value was written, neither a list nor a mapping."""
        return bool(self.node.id == "scalar")

    @property
    def is_list(self) -> bool:
        """Tell whether a list was written."""
        return bool(self.node.id == "sequence")

    @property
    def holds_keys(self) -> bool:
        """Tell whether a mapping was written, or nothing that could not become one."""
        return self.node.id == "mapping" or self.missing

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
        pairs = self.node.value if self.node.id == "mapping" else ()
        return any(key_node.value == key for key_node, _ in pairs)

    @property
    def _plain(self) -> str | None:
        """Give the text of an unquoted scalar, which may mean a number, a truth or nothing."""
        if self.is_scalar and not self.node.style:
            return str(self.node.value)
        return None

    def error(self, message: str, hint: str = "") -> None:
        """Report that this value cannot be used."""
        self.report.error(self.place, self._told(message), hint)

    def warn(self, message: str, hint: str = "") -> None:
        """Report that this value is hardly meant."""
        self.report.warn(self.place, self._told(message), hint)

    def _told(self, message: str) -> str:
        path = self.path
        return f"{path}: {message}" if path else message

    def text(self, limit: int = 2_000) -> str | None:
        """Read one line of text, with white space folded."""
        text = self.block(limit)
        if not text or (text.isprintable() and "  " not in text):  # where a space is a space
            return text
        return " ".join(text.split())

    def block(self, limit: int = 50_000) -> str | None:
        """Read a text of any number of lines, as it was written."""
        if self.missing:
            return None
        if not self.is_scalar:
            self.error(f"must be a text, not {self._kind}")
            return None
        text = str(self.node.value)
        if not text.isprintable():  # as most are, and shown, for they are not blank
            if odd := UNPRINTABLE.search(text):
                self.error(f"holds the control character U+{ord(odd[0]):04X}", "remove it")
                return None
            if not shows(text):
                self.error("shows nothing: its characters are invisible")
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
        if not isinstance(number, float):
            return number
        self.error(f"must be a whole number, not {self._shown}")
        return None

    def truth(self) -> bool | None:
        """Read ``true`` or ``false``."""
        truth = truth_in(self._plain)
        if truth is None:
            self.error(f"must be true or false, not {self._shown}")
        return truth

    def date(self) -> dt.date | None:
        """Read a date, such as 2026-11-22; the time of a timestamp is left out."""
        text = self.node.value if self.is_scalar else ""
        if _DATE.fullmatch(text):
            with suppress(ValueError):
                return dt.date.fromisoformat(text[:10])
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
            hint = did_you_mean(text, options)
            self.error(f"{self._shown} is not one of {', '.join(options)}", hint)
            return None
        return text

    def url(self) -> str | None:
        """Read an address of the web or of a mailbox."""
        text = self.text()
        if not text or is_address(text):
            return text
        self.error(f"must be a http(s) or mailto address, not {self._shown}")
        return None

    def any(self) -> "bool | float | str | dt.date | tuple[str, ...] | None":
        """Read what stands there for what it looks like: truth, number, date, list or text."""
        plain = self._plain
        if self.is_list:
            return self.texts() or None
        if (truth := truth_in(plain)) is not None:
            return truth
        if self.looks_endless or (plain is not None and _NUMBER.fullmatch(plain)):
            return self.number()
        if self.looks_dated:
            return self.date()
        return self.text()

    def items(self, limit: int = 1_000) -> Iterator["Value"]:
        """Go through a list; a single value is a list of one."""
        if not self.is_list:
            if not self.missing:
                yield self
            return
        if len(self.node.value) > limit:
            self.error(f"holds {len(self.node.value):,} items; {limit:,} are allowed")
            return
        for number, node in enumerate(self.node.value):
            yield Value(node, self.origin, self, number)

    def texts(self) -> tuple[str, ...]:
        """Read a list of texts, without repetitions."""
        return tuple(dict.fromkeys(filter(None, (item.text() for item in self.items()))))

    def slugs(self) -> tuple[str, ...]:
        """Read a list of slugs, without repetitions."""
        return tuple(dict.fromkeys(filter(None, (item.slug() for item in self.items()))))

    def fact(self, read: Callable[["Value"], T | None]) -> Fact[T] | None:
        """Read a value that may stand bare, or as ``{value, source, date}``."""
        if self.node.id != "mapping":
            bare = None if self.missing else read(self)
            return None if bare is None else Fact(bare, place=self.place)
        fields = self.fields("value", "source", "date")
        if "value" not in fields:
            self.error("has no value", "write {value: …, source: …, date: …}")
            return None
        value = fields.read("value", read)
        source = fields.read("source", Value.text) or ""
        date = fields.read("date", Value.date)
        return None if value is None else Fact(value, source, date, self.place)

    def fields(self, *known: str) -> "Fields":
        """Read a mapping; warn of keys that nobody knows."""
        fields = Fields()
        for key, value in self.pairs():
            if not known or key in known:
                fields[key] = value
            elif key.isdecimal():
                value._key.error("is not a key", "write a number without a comma in it")
            else:
                value._key.warn("is not a key that comparo knows", did_you_mean(key, known))
        return fields

    def pairs(self) -> Iterator[tuple[str, "Value"]]:
        """Go through a mapping's keys and values in the order of the file."""
        if self.node.id != "mapping":
            if not self.missing:
                self.error(f"must be a mapping of keys to values, not {self._kind}")
            return
        seen: dict[str, Value] = {}
        for key_node, node in self.node.value:
            key = str(key_node.value)
            if key_node.id != "scalar" or (not key.isprintable() and UNPRINTABLE.search(key)):
                self.error("has a key that is not a text")
                continue
            value = Value(node, self.origin, self, key_node)
            first = seen.setdefault(key, value)
            if first is value:
                yield key, value
            else:
                line = first._key.place.line
                value._key.error(f"stands twice; the first is on line {line}", "keep one")

    @property
    def _key(self) -> "Value":
        """Give the key as a value, for what is wrong with it."""
        return Value(self.key, self.origin, self.above, self.key)

    @property
    def _kind(self) -> str:
        return {"mapping": "a mapping", "sequence": "a list"}.get(self.node.id, "a text")

    @property
    def _shown(self) -> str:
        """Show the value in a message, cut to a readable length."""
        return f'"{cut(self.node.value)}"' if self.is_scalar else self._kind


class Fields(dict[str, Value]):
    """The known keys of a mapping that are there."""

    def read(self, key: str, read: Callable[[Value], T | None]) -> T | None:
        """Read a key that may be missing or empty."""
        value = self.get(key)
        return None if value is None or value.missing else read(value)

    def lacks(self, key: str) -> bool:
        """Tell whether a key is missing or empty."""
        return key not in self or self[key].missing
