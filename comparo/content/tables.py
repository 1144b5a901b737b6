"""Tables of evidence as streams of rows: CSV and JSON Lines, however long they are.

A row is what stands in each of ``COLUMNS``, as it is written; None where there is no such column.
A line that is no row is left out, and the lines around it are read all the same.
"""

import codecs
import csv
import io
import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from types import NoneType
from typing import Any, Protocol

import msgspec

from comparo.content.headings import COLUMNS, is_known, named_twice, places_of
from comparo.content.ledger import Ledger, RowError, TableError

LINE_LIMIT = 1_000_000
"""Characters of a line."""

Row = tuple[Any, ...]
Rows = Iterator[tuple[int, Row]]
"""Rows, each with the line that it begins on."""

_TOO_LONG = "x" * 131_073 + "\n"
"""Stands for a line that is too long: a cell that csv does not take, and no JSON."""

_SAID = re.compile(r'"?sep=([,;\t|])"?[,;\t]*[\r\n]*', re.IGNORECASE)
"""What spreadsheets write above a table to say what separates its columns."""

_BLANK = ' \t\r\n,;"'
"""What a line without any cell is made of."""

_PIECE = 1 << 19
"""Bytes that are read at once: less than a line may have, so that only a first one is too long."""

_SHAPES = 1_000
_PLAIN = frozenset((str, int, float, NoneType))


class Stream(Protocol):
    """What bytes come from, piece by piece."""

    def read(self, size: int, /) -> bytes:
        """Give so many bytes, or as many as are left."""


# CSV -------------------------------------------------------------------------------------------


class CsvTable:
    """Comma-, semicolon- or tab-separated values; refused where they cannot be evidence."""

    def __init__(self, stream: Stream, name: str) -> None:
        lines = read_lines(stream, "")
        above, first, said = 0, next(lines, ""), None
        while first and (not first.strip(_BLANK) or (not said and _SAID.fullmatch(first))):
            said = said or _SAID.fullmatch(first)
            above, first = above + 1, next(lines, "")
        self.reader = csv.reader(
            itertools.chain(itertools.repeat("\n", above), [first], lines),
            delimiter=said[1] if said else _delimiter(first),
            strict=True,
        )
        try:
            header = next(filter(None, self.reader), [])
        except csv.Error:
            header = []
        self.width = len(header)
        self.line = above + 1 if first else 0
        self.twice = named_twice(header)
        self.places = places_of(header, name, self.line) if first else {}

    def rows(self, ledger: Ledger) -> Rows:
        """Give the rows below the first line."""
        if not self.line:
            ledger.report.warn(ledger.place, "is empty")
        if self.twice:
            message = f'names the column "{self.twice}" twice'
            ledger.warn(self.line, message, "the first one is read; take the other away")
        pick = itemgetter(*(self.places.get(column, -1) for column in COLUMNS))
        absent: Any = None
        for line, cells in self._cells(ledger):
            missing = self.width - len(cells)
            if missing < 0 and any(cells[missing:]):
                said = f"it has {len(cells)} cells; the first line names {self.width}"
                ledger.lose(line, RowError("it has more cells than the first line", said))
                continue
            row = [*cells[: self.width], *[""] * missing] if missing else cells
            row.append(absent)
            yield line, pick(row)

    def _cells(self, ledger: Ledger) -> Iterator[tuple[int, list[str]]]:
        """Go through the rows that hold anything; after one that is broken, go on below it."""
        reader = self.reader
        while True:
            before = reader.line_num
            try:
                for cells in reader:
                    if any(cells):
                        yield before + 1, cells
                    before = reader.line_num
            except csv.Error as error:
                lines = reader.line_num - before
                said = f"it is not CSV: {error}"
                if lines > 1:
                    said += f"; a quote may not be closed, and {lines:,} lines are lost"
                ledger.lose(before + 1, RowError("it is not CSV", said), lines)
            else:
                return


def _delimiter(line: str) -> str:
    """Tell what separates the columns: spreadsheets choose by the country that they are used in."""

    def names(delimiter: str) -> tuple[int, int]:
        try:
            cells = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            return 0, 0
        return sum(map(is_known, cells)), len(cells)

    return max(",;\t", key=names)


# JSON Lines ------------------------------------------------------------------------------------


def json_rows(stream: Stream, ledger: Ledger) -> Rows:
    """Read one object a line."""
    decode = msgspec.json.Decoder(dict[str, Any]).decode
    picks: dict[tuple[str, ...], Callable[[dict[str, Any]], Row]] = {}
    for line, text in enumerate(read_lines(stream, "\n"), 1):
        try:
            cells = decode(text)
            if text.count('":') > len(cells):
                _refuse_double(text)
            names = tuple(cells)
            pick = picks.get(names) or _json_pick(names)
            if len(picks) < _SHAPES:
                picks[names] = pick
            cells[""] = None
            row = pick(cells)
            if not _PLAIN.issuperset(map(type, row)):
                row = tuple(map(_plain, row))
        except (msgspec.MsgspecError, RecursionError) as error:
            if not text.isspace():
                said = f"is longer than {LINE_LIMIT:,} characters" if text == _TOO_LONG else error
                ledger.lose(line, RowError("it is not JSON", f"it is not JSON: {said}"))
        except RowError as fault:
            ledger.lose(line, fault)
        else:
            yield line, row


def _refuse_double(text: str) -> None:
    """Refuse an object that says one thing twice; which of the two is meant, nobody knows."""
    # The whole object is read last, after those in it.
    pairs: list[list[tuple[str, Any]]] = []
    json.loads(text, object_pairs_hook=pairs.append, parse_int=str)
    twice = named_twice(key for key, _ in pairs[-1])
    if twice:
        raise RowError("it names a column twice", f'it names "{twice}" twice')


def _json_pick(names: tuple[str, ...]) -> Callable[[dict[str, Any]], Row]:
    """Say how a row is made of an object with these keys; what is missing stands under ""."""
    try:
        places = places_of(names)
    except TableError as refusal:
        raise RowError(f"it {refusal}") from None
    return itemgetter(*(names[places[c]] if c in places else "" for c in COLUMNS))


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        raise RowError("it holds a list or an object where a text should be")
    return value


# Lines -----------------------------------------------------------------------------------------


def read_lines(stream: Stream, newline: str) -> Iterator[str]:
    """Give a text's lines, which end as ``io.StringIO`` knows it, without holding the text."""
    return itertools.chain.from_iterable(_blocks(stream, newline))


def _blocks(stream: Stream, newline: str) -> Iterator[Iterable[str]]:
    """Give many lines at a time, so that each costs next to nothing."""
    data = stream.read(_PIECE)
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    decoder = codecs.getincrementaldecoder("utf-16" if wide else "utf-8-sig")()
    rest, number = "", 1
    while True:
        try:
            text = rest + decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            line = 0 if wide else number + error.object.count(b"\n", 0, error.start)
            raise TableError("is not UTF-8", "save it as UTF-8", line) from None
        end = _last_end(text, newline) if data else len(text)
        if end:
            block = io.StringIO(text[:end], newline)
            first = block.readline()
            yield (first if len(first) <= LINE_LIMIT else _TOO_LONG,)
            yield block
            number += text.count("\n", 0, end)
        if not data:
            return
        rest = text[end:][: LINE_LIMIT + 1]  # enough to know that a line is too long
        data = stream.read(_PIECE)


def _last_end(text: str, newline: str) -> int:
    """Find where a text's last whole line ends; a carriage return at its end may be half an end."""
    return max(text.rfind("\n"), -1 if newline else text.rfind("\r", 0, -1)) + 1
