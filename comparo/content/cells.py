"""Cells of a table that someone else made → values that a product may hold.

The counterpart of ``values.Value``: what is wrong is noted and gives None, nothing raises.
What is allowed is what ``content/products`` accepts, so that what is imported can be read.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from comparo.errors import Place, Problem
from comparo.model import PricingModel, Status, Value
from comparo.texts import RESERVED, SLUG, UNPRINTABLE, did_you_mean, is_address, shows, slugify

LISTS = ("intents", "best_for", "limitations", "requires", "inputs", "outputs")
LINES = ("unique", "vs_alternatives", "source")

_LINK = re.compile(r"\[([^\[\]]+)\]\(https?://[^()\s]+\)")
_NUMBER = re.compile(r"[-+]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([eE][-+]?\d{1,3})?", re.ASCII)
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,15})?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d([T ].*)?", re.ASCII)


@dataclass(slots=True)
class Notes:
    """What is said of values: one by one where they were left out, by column where mended."""

    file: Place
    problems: list[Problem] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], str] = field(default_factory=dict)

    def count(self, column: str, what: str, example: str = "") -> None:
        """Note something that happens to many values of a column."""
        self.counts[column, what] += 1
        self.examples.setdefault((column, what), example)

    def all(self) -> tuple[Problem, ...]:
        """Give what was noted: problems in the order of the file, then one line for each column."""
        return (*self.problems, *self._summaries())

    def _summaries(self) -> Iterator[Problem]:
        for (column, what), count in self.counts.items():
            rows = "once" if count == 1 else f"{count:,} times"
            example = self.examples[column, what]
            yield Problem(self.file, f'column "{column}" {what}, {rows}', example)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row. In CSV (``packed``) a text may hold a list."""

    raw: object
    column: str
    place: Place
    notes: Notes
    packed: bool = False

    def refuse(self, why: str, hint: str = "") -> None:
        """Note that this value is left out."""
        self.notes.problems.append(
            Problem(self.place, f'column "{self.column}" is left out: {why}', hint)
        )

    def of(self, raw: object) -> "Cell":
        """Give a part of this cell as a cell."""
        return Cell(raw, self.column, self.place, self.notes, self.packed)

    # One value ---------------------------------------------------------------------------------

    def text(self, limit: int = 2_000) -> str | None:
        """Read one line of text, with white space folded."""
        text = self.block(limit)
        return " ".join(text.split()) if text else None

    def summary(self) -> str | None:
        """Read one line of plain text: of a Markdown link, what it says."""
        text = self.text()
        plain = _LINK.sub(r"\1", text) if text else text
        if plain != text:
            self.notes.count(self.column, "holds Markdown links, which were made plain text")
        return plain

    def block(self, limit: int = 50_000) -> str | None:
        """Read a text of any number of lines."""
        if isinstance(self.raw, dict | list):
            self.refuse(f"it must be a text, not {_kind(self.raw)}")
            return None
        text = "" if self.raw is None else str(self.raw)
        text = text.lower() if isinstance(self.raw, bool) else text
        text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        if odd := UNPRINTABLE.search(text):
            self.refuse(f"it holds the control character U+{ord(odd[0]):04X}")
            return None
        if len(text) > limit:
            self.refuse(f"it is {len(text):,} characters long; {limit:,} are allowed")
            return None
        if text and not shows(text):
            self.refuse("its characters are invisible")
            return None
        return text or None

    def number(self, low: float = -1e15, high: float = 1e15) -> float | None:
        """Read a finite number between two bounds; a whole one becomes an ``int``."""
        if (isinstance(self.raw, str) and _NUMBER.fullmatch(self.raw.strip())) or (
            isinstance(self.raw, int | float) and not isinstance(self.raw, bool)
        ):
            number = float(self.raw)
        else:
            self.refuse(f"it must be a number, not {self._shown}")
            return None
        if not low <= number <= high:  # NaN is between no bounds
            self.refuse(f"it must be from {low:g} to {high:g}, not {self._shown}")
            return None
        return int(number) if number.is_integer() else number

    def truth(self) -> bool | None:
        """Read ``true`` or ``false``, in any case."""
        truth = {"true": True, "false": False}.get(str(self.raw).strip().lower())
        if truth is None:
            self.refuse(f"it must be true or false, not {self._shown}")
        return truth

    def date(self) -> dt.date | None:
        """Read a date, such as 2026-11-22; the time of a timestamp is left out."""
        text = self.raw.strip() if isinstance(self.raw, str) else ""
        if _DATE.fullmatch(text):
            try:
                return dt.date.fromisoformat(text[:10])
            except ValueError:
                pass
        self.refuse(f"it must be a date such as 2026-11-22, not {self._shown}")
        return None

    def signal(self) -> float | dt.date | None:
        """Read what is measured: a number from 0, or a date."""
        is_date = isinstance(self.raw, str) and _DATE.fullmatch(self.raw.strip())
        return self.date() if is_date else self.number(low=0)

    def slug(self) -> str | None:
        """Read a slug, or make one of a text and note that."""
        text = self.text()
        if not text or (len(text) <= 100 and SLUG.fullmatch(text)):
            return text
        slug = slugify(text)
        if slug:
            self.notes.count(self.column, "was made a slug", f'such as {slug} of "{text:.80}"')
            return slug
        self.refuse(f"no slug can be made of {self._shown}")
        return None

    def choice(self, options: Sequence[str]) -> str | None:
        """Read one of a few words, in any case and with any of ``-``, ``_`` and a space."""
        text = self.text()
        word = re.sub(r"[\s_-]+", "_", text.lower()) if text else None
        if word and word not in options:
            allowed = ", ".join(options)
            self.refuse(f"{self._shown} is not one of {allowed}", did_you_mean(word, options))
            return None
        return word

    def status(self) -> str | None:
        """Read whether a product is alive."""
        return self.choice(get_args(Status))

    def model(self) -> str | None:
        """Read how a product is paid for."""
        return self.choice(get_args(PricingModel))

    def url(self) -> str | None:
        """Read an address of the web or of a mailbox."""
        text = self.text()
        if text and not is_address(text):
            self.refuse(f"it must be a http(s) or mailto address, not {self._shown}")
            return None
        return text

    def license(self) -> str | None:
        """Read a licence, or several."""
        return self.of(", ".join(self.texts()) if isinstance(self.raw, list) else self.raw).text()

    def price(self) -> object:
        """Read a price: a text such as ``$20/mo``, or an amount with or without its currency."""
        if isinstance(self.raw, dict):
            return self._priced(self.raw)
        if not isinstance(self.raw, str) or _NUMBER.fullmatch(self.raw.strip()):
            return self._priced({"amount": self.raw})
        text = self.text(100)
        if text and text.startswith("-"):
            self.refuse(f"a price must not be negative: {self._shown}")
            return None
        if text and text.lower() in get_args(PricingModel):
            self.refuse("it is no price but a pricing model", f"--map {self.column}=pricing.model")
            return None
        return text

    def _priced(self, given: Mapping[str, object]) -> dict[str, object] | None:
        if given.get("amount") is None:
            self.refuse("a price has no amount")
            return None
        amount = self.of(given["amount"]).number(low=0)
        currency = self.of(given.get("currency")).text(8)
        period = self.of(given.get("period")).text(40)
        price = {"amount": amount, "currency": currency, "period": period}
        return None if amount is None else {k: v for k, v in price.items() if v is not None}

    def fact(self) -> "Value | None":
        """Read a value for what it looks like: truth, number, date, list or text."""
        if isinstance(self.raw, list):
            return self.texts() or None
        if isinstance(self.raw, bool):
            return self.raw
        if isinstance(self.raw, int | float):
            return self.number()
        text = self.text()
        if self.packed and text:
            if text.lower() in ("true", "false"):
                return self.truth()
            if _PLAIN_NUMBER.fullmatch(text):
                return self.number()
        return self.date() if text and _DAY.fullmatch(text) else text

    # Several values ----------------------------------------------------------------------------

    def items(self, separators: str = "|;\n,", limit: int = 1_000) -> Iterator["Cell"]:
        """Go through a list. A text of CSV is split at the first separator that it holds."""
        raws = self.raw if isinstance(self.raw, list) else [self.raw]
        if self.packed and isinstance(self.raw, str):
            separator = next((s for s in separators if s in self.raw), "")
            raws = self.raw.split(separator) if separator else raws
        if len(raws) > limit:
            self.refuse(f"it holds {len(raws):,} items; {limit:,} are allowed")
            return
        yield from map(self.of, raws)

    def texts(self) -> tuple[str, ...]:
        """Read a list of texts, without repetitions."""
        return tuple(dict.fromkeys(filter(None, (item.text() for item in self.items()))))

    def slugs(self) -> tuple[str, ...]:
        """Read a list of slugs, without repetitions."""
        return tuple(dict.fromkeys(filter(None, (item.slug() for item in self.items()))))

    def category(self) -> "str | tuple[str, ...] | None":
        """Read one category, or several. Each gets a folder of its own in the output."""
        slugs = self.slugs()
        for slug in sorted(RESERVED.intersection(slugs)):
            self.refuse(f'"{slug}" is a name that Windows reserves', "call it otherwise")
        slugs = tuple(slug for slug in slugs if slug not in RESERVED)
        return slugs[0] if len(slugs) == 1 else slugs

    def capabilities(self) -> tuple[dict[str, object], ...]:
        """Read a list of capabilities, each an object or just a name."""
        return tuple(filter(None, (item.capability() for item in self.items("|;\n"))))

    def capability(self) -> dict[str, object] | None:
        """Read one capability; keys that it does not have in comparo are left out and counted."""
        raw = self.raw if isinstance(self.raw, dict) else {"name": self.raw}
        named = self.of(raw.get("name") or raw.get("title"))
        if isinstance(self.raw, dict) and not named.raw:
            self.refuse("a capability has no name")
        name = named.text(300)
        if not name:
            return None
        fields: dict[str, object] = {"name": name}
        for key, value in raw.items():
            cell = self.of(value)
            if key == "description":
                fields[key] = cell.block()
            elif key == "topic":
                fields[key] = cell.slug()
            elif key in LINES:
                fields[key] = cell.text()
            elif key in LISTS:
                fields[key] = cell.texts()
            elif key not in ("name", "title"):
                self.notes.count(f"{self.column}.{key}", "is not imported")
        return {key: value for key, value in fields.items() if value}

    @property
    def nested(self) -> bool:
        """Tell whether the value holds more than a list of plain values."""
        inner = self.raw if isinstance(self.raw, list) else [self.raw]
        return any(isinstance(item, dict | list) for item in inner)

    @property
    def _shown(self) -> str:
        if isinstance(self.raw, dict | list):
            return _kind(self.raw)
        text = str(self.raw).lower() if isinstance(self.raw, bool) else str(self.raw)
        return f'"{text}"' if len(text) <= 60 else f'"{text[:60]}…"'


def _kind(raw: object) -> str:
    return "a list" if isinstance(raw, list) else "an object"
