"""Rows of evidence → searches: how often each query was answered, and by what.

Millions of rows may come, so each is looked up rather than read: what a cell means is worked out
once. Only so many queries are kept in words, the rest is counted, and all sums are exact.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar
from unicodedata import normalize

from comparo.content.addresses import slugs_in
from comparo.content.counts import ALONE_DAYS, NEVER, Answer, Count, newest_but_slip
from comparo.content.figures import count_in, day_in
from comparo.content.headings import COLUMNS
from comparo.content.ledger import SHOWN, UNDATED, Ledger, RowError
from comparo.content.tables import Row
from comparo.model import Product, Search
from comparo.texts import UNPRINTABLE, cut, did_you_mean

if TYPE_CHECKING:
    from comparo.errors import Place

QUERY_LIMIT = 500
"""Characters of a query; what is longer is no search but something pasted."""

INTENTS = 500_000
"""How many different searches are kept in words."""

HINTS = 50
"""For how many unknown names a known one is suggested: comparing with all takes its time."""

COUNT_LIMIT = 10**12

_DATE = COLUMNS.index("date")
_REMEMBERED = 100_000
_SHORT = 300

K = TypeVar("K")
V = TypeVar("V")


_ELSEWHERE = Answer(())


class Tally:
    """What rows come to, for the products of a site. ``known`` holds None for a broken one."""

    def __init__(
        self,
        known: Mapping[str, Product | None],
        home: str,
        window: tuple[dt.date, dt.date] | None = None,
        slip: dt.date | None = None,
    ) -> None:
        self.known = known
        self.home = home
        self.window = window
        self.slip = slip
        self.newest = NEVER
        self.newest_at: Place | None = None
        self._second = NEVER
        self._kept = 0
        self._answers: dict[tuple[tuple[str, ...], str], Answer] = {}
        self._cells: dict[tuple[object, object, object], Answer] = {}
        self._numbers: dict[tuple[object, object], int] = {}
        self._days: dict[object, dt.date] = {} if window else {None: NEVER, "": NEVER}
        self._hints: dict[str, str] = {}
        self._names: dict[str, Mapping[str, str]] = {}
        self._unknown: set[tuple[tuple[str, ...], str]] = set()

    # What was counted ------------------------------------------------------------------------

    def searches(self) -> Iterator[Search]:
        """Give the searches in the order in which they were first met, answer by answer."""
        for answer in self._answers.values():
            yield from answer.searches()

    @property
    def only_counted(self) -> int:
        """Give how many searches were not kept in words because there were too many of them."""
        return sum(answer.beyond.number for answer in self._answers.values())

    def take_back(self, day: dt.date) -> None:
        """Let what was counted on a day count without it; no day is newer."""
        for count in self._counts():
            if count.newest == day:
                count.newest = count.before

    def newest_but_slip(self, rest: dt.date) -> tuple[dt.date, dt.date | None]:
        """Give the newest day that can be trusted, and the newer one that is a slip of the pen."""
        return newest_but_slip(self._counts(), rest)

    def _counts(self) -> Iterator[Count]:
        for answer in self._answers.values():
            yield from (*answer.counts.values(), answer.anonymous, answer.beyond)

    # Counting --------------------------------------------------------------------------------

    def add(self, rows: Iterable[tuple[int, Row]], ledger: Ledger) -> None:
        """Count rows. Millions go through here, so that it only looks up what was read before."""
        days, numbers, cells = self._days, self._numbers, self._cells
        since, until = self.window or (dt.date.min, dt.date.max)
        for line, row in rows:
            ledger.rows += 1
            query, product, page, capability, count, clicks, date, anonymous = row
            try:
                day = days.get(date) or self._day(date)
                if not since <= day <= until:
                    ledger.outside_window += 1
                    continue
                number = numbers.get((count, clicks))
                if number is None:
                    number = self._number(count, clicks)
                if not number:
                    ledger.without_click += 1
                    continue
                answer = cells.get((product, page, capability))
                if answer is None:
                    answer = self._answer(product, page, capability, ledger, line)
                if answer is _ELSEWHERE:
                    ledger.other_pages += 1
                    continue
                known = answer.counts.get(query) or self._count(answer, query, anonymous)
            except RowError as fault:
                ledger.leave_out(line, fault)
                continue
            known.number += number
            if known.before < day != known.newest:
                late = day > known.newest
                known.before, known.newest = (known.newest, day) if late else (day, known.newest)
                if day > self.newest:
                    self.newest, self.newest_at = day, ledger.at(line)

    def look(self, rows: Iterable[tuple[int, Row]], ledger: Ledger) -> None:
        """Find only the two newest days on which a row counts."""
        for line, row in rows:
            try:
                day = self._days.get(row[_DATE]) or self._day(row[_DATE])
            except RowError:
                continue
            if day > self._second and day != self.newest:
                counted, second = ledger.counted, min(day, self.newest)
                self.add([(line, row)], ledger)
                self._second = second if ledger.counted > counted else self._second

    # Reading, once a spelling ----------------------------------------------------------------

    def _day(self, date: object) -> dt.date:
        if date is None or (isinstance(date, str) and not date.strip()):
            if self.window:
                raise RowError(UNDATED)
            return NEVER
        day = day_in(date)
        if day is None:
            said = f'a date must be written as 2026-11-22, not "{cut(str(date))}"'
            raise RowError("its date is none", said)
        if day == self.slip:
            said = f"its date, {day}, lies more than {ALONE_DAYS} days after all others"
            raise RowError("its date lies long after all others", said)
        return _remember(self._days, date, day)

    def _number(self, count: object, clicks: object) -> int:
        """Read how often; clicks may be 0, as a page is shown more often than visited."""
        given = clicks if count in (None, "") else count
        number = 1 if given in (None, "") else count_in(given)
        if number is None or number > COUNT_LIMIT or not (number or given is clicks):
            said = f"a count must be a whole number from 1, not {cut(str(given))}"
            raise RowError("its count is none", said)
        return _remember(self._numbers, (count, clicks), number)

    def _answer(
        self, product: object, page: object, capability: object, ledger: Ledger, line: int
    ) -> Answer:
        given = [str(cell or "").strip() for cell in (product, page, capability)]
        slugs = self._slugs(given[0], given[1])
        answer = _ELSEWHERE
        if slugs:
            key = slugs, self._capability(slugs, " ".join(given[2].split()), ledger, line)
            answer = self._answers.get(key) or self._answers.setdefault(key, Answer(*key))
        return _remember(self._cells, (product, page, capability), answer)

    def _slugs(self, product: str, page: str) -> tuple[str, ...]:
        if not product and not page:
            raise RowError("it names no product")
        slugs = (product,) if product else slugs_in(page, self.home)
        for slug in slugs:
            if slug not in self.known:
                if len(self._hints) < HINTS and slug not in self._hints:
                    self._hints[slug] = did_you_mean(slug[:100], sorted(self.known))
                hint = self._hints.get(slug)
                said = f'there is no product "{slug:.100}"' + (f", {hint}" if hint else "")
                raise RowError("there is no such product", said)
        return slugs

    def _capability(self, slugs: tuple[str, ...], name: str, ledger: Ledger, line: int) -> str:
        """Find a capability by its id or name; one that is not known is none, and said once."""
        product = self.known[slugs[0]]
        if not name or not product:
            return ""
        if product.slug not in self._names:
            self._names[product.slug] = _names(product)
        names = self._names[product.slug] if len(slugs) == 1 else {}
        found = names.get(name) or names.get(_plain(name), "")
        unknown = slugs, name[:_SHORT]
        if not found and unknown not in self._unknown and len(self._unknown) <= SHOWN:
            self._unknown.add(unknown)
            owner = " and ".join(slugs)
            message = f'there is no capability "{cut(name)}" of {owner}; such rows count without it'
            hint = did_you_mean(unknown[1], [c.name for c in product.capabilities if names])
            if len(self._unknown) > SHOWN:
                message = "further capabilities are not known; their rows count without them"
                hint = ""
            ledger.warn(line, message, hint)
        return found

    def _count(self, answer: Answer, query: object, anonymous: object) -> Count:
        if query is not None and not isinstance(query, str):
            raise RowError("its query is no text", f"its query must be a text, not {query}")
        words = " ".join(query.split()) if query else ""
        if not words:
            if str(anonymous).lower() in ("true", "1"):
                return answer.anonymous
            raise RowError("it has no query")
        ends = len(re.findall(r"\r\n?|\n", query)) if query else 0
        if ends:
            said = f"its query runs over {ends + 1:,} lines: is a quote missing or too many?"
            raise RowError("its query runs over several lines", said)
        if len(words) > QUERY_LIMIT:
            raise RowError(f"its query is longer than {QUERY_LIMIT} characters")
        if UNPRINTABLE.search(words):
            raise RowError("its query holds a control character")
        if words in answer.counts:
            return answer.counts[words]
        if self._kept >= INTENTS:
            return answer.beyond
        self._kept += 1
        return answer.counts.setdefault(words, Count())


def _names(product: Product) -> Mapping[str, str]:
    """Map what each capability may be called to its id; of two with one name, the first has it."""
    ways = (lambda c: c.id, lambda c: c.name, lambda c: _plain(c.name))
    names: dict[str, str] = {}
    for called in ways:
        for capability in product.capabilities:
            names.setdefault(called(capability), capability.id)
    return names


def _plain(name: str) -> str:
    """Fold case and punctuation; what ends a word as a part of its name stays: C++ is not C#."""
    return " ".join(re.findall(r"[\w+#]+", normalize("NFKC", name).casefold()))


def _remember(memory: dict[K, V], key: K, value: V) -> V:
    if len(memory) < _REMEMBERED and len(str(key)) <= _SHORT:
        memory[key] = value
    return value
