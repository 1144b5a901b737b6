"""Rows of a table that someone else made: CSV, JSON Lines, or one array of JSON.

The file is read as a stream and its lines are bounded. What cannot be read is a problem with its
line, and the rows around it are read all the same.
"""

import codecs
import csv
import itertools
import json
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from comparo.errors import Place, Problem, UsageError

LINE_LIMIT = 4_000_000
"""Characters of one line; a hundred times what the longest real one holds."""

ARRAY_LIMIT = 64_000_000
"""Characters of a JSON array, which unlike JSON Lines is held as a whole."""

Found = Iterator["Row | Problem"]

_NOT_TEXT = re.compile("[\ud800-\udfff]")
_CSV_LIMIT = 131_072
_SPACE = re.compile(r"[ \t\r\n]*")


@dataclass(frozen=True, slots=True)
class Row:
    """Where a row begins, and what it says by column."""

    place: Place
    cells: Mapping[str, object]


def is_csv(file: Path) -> bool:
    """Tell whether all that a file's cells can hold is text."""
    return file.suffix.lower() in (".csv", ".tsv")


def read_rows(file: Path) -> Found:
    """Read a table row by row."""
    readers = {".csv": _csv, ".tsv": _csv, ".jsonl": _lines, ".ndjson": _lines, ".json": _array}
    read = readers.get(file.suffix.lower())
    if not read:
        raise UsageError(f"{file}: must be .csv, .tsv, .jsonl, .ndjson or .json")
    place = Place(file.as_posix())
    try:
        with _open(file, "" if is_csv(file) else "\n") as stream:
            yield from read(stream, place)
    except UnicodeError as error:
        yield Problem(place, f"is not what its byte order mark says: {error}", "save it as UTF-8")
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error


def _open(file: Path, newline: str) -> TextIO:
    """Open a regular file; bytes that are not UTF-8 come as surrogates, to be found in a row."""
    # Non-blocking, or a FIFO without a writer would hold the command for ever.
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UsageError(f"{file}: is not a regular file")
    wide = os.read(handle, 2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    os.lseek(handle, 0, os.SEEK_SET)
    encoding, errors = ("utf-16", "strict") if wide else ("utf-8-sig", "surrogateescape")
    return open(handle, encoding=encoding, errors=errors, newline=newline)  # noqa: PTH123 (a descriptor)


def _bounded(stream: TextIO) -> Iterator[str | None]:
    """Go through lines; None stands for one that is too long."""
    while line := stream.readline(LINE_LIMIT):
        if len(line) < LINE_LIMIT or line.endswith("\n"):
            yield line
            continue
        while line and not line.endswith("\n"):
            line = stream.readline(LINE_LIMIT)
        yield None


# CSV -------------------------------------------------------------------------------------------


def _csv(stream: TextIO, file: Place) -> Found:
    # A cell over csv's own limit makes it refuse the line, without ever holding it.
    lines = (line or "x" * (_CSV_LIMIT + 1) + "\n" for line in _bounded(stream))
    first = next(lines, "")
    reader = csv.reader(itertools.chain([first], lines), delimiter=_delimiter(first), strict=True)
    header: list[str] = []
    while True:
        before = reader.line_num
        place = Place(file.file, before + 1, 1)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if reader.line_num > before + 1:
                hint = "a quote that opens there may not be closed; nothing below it was read"
                yield Problem(place, f"is not CSV: {error}", hint)
                return
            yield Problem(place, f"is not CSV: {error}")
            continue
        if not header:
            header = [cell.strip() for cell in cells]
            yield from _doubles(header, place)
        elif any(cell.strip() for cell in cells):
            yield _csv_row(header, cells, place)


def _delimiter(line: str) -> str:
    """Tell what separates the columns: whichever is most frequent outside quotes."""
    bare = re.sub(r'"[^"]*"', "", line)
    return max(",;\t", key=bare.count)


def _doubles(header: list[str], place: Place) -> Iterator[Problem]:
    seen: set[str] = set()
    for column in header:
        if column not in seen:
            seen.add(column)
        elif column:
            yield Problem(place, f'column "{column}" stands twice', "the first one is read")


def _csv_row(header: list[str], cells: list[str], place: Place) -> Row | Problem:
    if len(cells) < len(header) or any(cell.strip() for cell in cells[len(header) :]):
        return Problem(place, f"has {len(cells)} cells; the first line names {len(header)}")
    if any(map(_NOT_TEXT.search, cells)):
        return Problem(place, "is not UTF-8", "save the file as UTF-8")
    found: dict[str, object] = {}
    for column, cell in zip(header, cells, strict=False):
        if column:
            found.setdefault(column, cell)
    return Row(place, found)


# JSON ------------------------------------------------------------------------------------------


def _lines(stream: TextIO, file: Place) -> Found:
    json_rows = _Json()
    for number, line in enumerate(_bounded(stream), 1):
        place = Place(file.file, number, 1)
        if line is None:
            yield Problem(place, f"is longer than {LINE_LIMIT:,} characters")
        elif _NOT_TEXT.search(line):
            yield Problem(place, "is not UTF-8", "save the file as UTF-8")
        elif text := line.strip():
            row, end = json_rows.read(text, 0, place, number)
            if 0 <= end < len(text):
                row = Problem(Place(file.file, number, end + 1), "holds more than one value")
            yield row


def _array(stream: TextIO, file: Place) -> Found:
    text = stream.read(ARRAY_LIMIT + 1)
    if len(text) > ARRAY_LIMIT:
        yield Problem(file, f"is longer than {ARRAY_LIMIT:,} characters", "write it as JSON Lines")
        return
    if _NOT_TEXT.search(text):
        yield Problem(file, "is not UTF-8", "save it as UTF-8")
        return
    if not text.lstrip().startswith("["):
        yield Problem(file, "is not an array", "JSON Lines are read from a file named .jsonl")
        return
    json_rows, line, counted = _Json(), 1, 0
    at = _past_space(text, text.index("[") + 1)
    while not text.startswith("]", at):
        line, counted = line + text.count("\n", counted, at), at
        row, at = json_rows.read(text, at, Place(file.file, line, 1))
        yield row
        if at < 0:
            return
        at = _past_space(text, at)
        if text.startswith(",", at):
            at = _past_space(text, at + 1)
        elif not text.startswith("]", at):
            line += text.count("\n", counted, at)
            yield Problem(Place(file.file, line, 1), "is not JSON: the array does not go on or end")
            return


def _past_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


class _Json:
    """A decoder that tells of what JSON does not allow where Python's lets it pass."""

    def __init__(self) -> None:
        self.odd = ""
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self._pairs, parse_constant=self._constant, parse_int=_whole
        )

    def read(self, text: str, start: int, place: Place, line: int = 1) -> tuple[Row | Problem, int]:
        """Read the value at a position, and tell where it ends (-1: it does not).

        ``line`` is the number of the text's first line in its file.
        """
        self.odd = ""
        try:
            value, end = self.decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            wrong = Place(place.file, line + error.lineno - 1, error.colno)
            return Problem(wrong, f"is not JSON: {error.msg}"), -1
        except RecursionError:
            return Problem(place, "nests too deeply"), -1
        if self.odd:
            return Problem(place, self.odd), end
        if not isinstance(value, dict):
            return Problem(place, "is not an object", 'write {"name": …}'), end
        return Row(place, value), end

    def _pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
            self.odd = f'has the key "{twice:.60}" twice'
        return found

    def _constant(self, name: str) -> None:
        self.odd = f"holds {name}, which is not JSON"


def _whole(digits: str) -> float:
    """Read a whole number; Python refuses those of thousands of digits, and nobody means them."""
    return int(digits) if len(digits) <= 40 else float(digits)
