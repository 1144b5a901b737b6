"""Values of a file with their places, read as what is wanted there.

What a value means is decided by who asks for it, so ``NO`` is a text where a text is wanted. A
reader that meets something wrong reports it and gives None; it never raises.
"""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TypeVar

from comparo.model import Fact
from comparo.placed import NOTHING, Placed
from comparo.texts import SLUG, UNPRINTABLE, cut, did_you_mean, is_address, shows, slugify, truth_in

T = TypeVar("T")

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?", re.ASCII)
_WHOLE = re.compile(r"[-+]?\d+")
_ENDLESS = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d([T ].*)?", re.ASCII)


class Value(Placed, frozen=True):
    """One value of a file, which is read as what is wanted."""

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

    def text(self, limit: int = 2_000) -> str | None:
        """Read one line of text, with white space folded."""
        text = self.block(limit)
        if not text or (text.isprintable() and "  " not in text):  # where a space is a space
            return text
        return " ".join(text.split())

    def block(self, limit: int = 50_000) -> str | None:
        """Read a text of any number of lines, as it was written."""
        node = self.node
        if node.id != "scalar":
            self.error(f"must be a text, not {self._kind}")
            return None
        text: str = node.value
        bare = text.strip()
        if not bare or (bare in NOTHING and not node.style):
            return None
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
        return bare

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
        return int(text) if _WHOLE.fullmatch(text) else number + 0  # -0.0 shows as 0

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
                value.own_key.error("is not a key", "write a number without a comma in it")
            else:
                value.own_key.warn("is not a key that comparo knows", did_you_mean(key, known))
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
                line = first.own_key.place.line
                value.own_key.error(f"stands twice; the first is on line {line}", "keep one")

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
