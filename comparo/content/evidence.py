"""What people searched for and what answered it: rows of CSV and JSON Lines → searches."""

import codecs
import csv
import datetime as dt
import io
from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec

from comparo.files import Files
from comparo.model import Search
from comparo.texts import UNPRINTABLE, did_you_mean

LIMIT = 50_000_000
"""Bytes of one file of evidence."""

QUERY_LIMIT = 500
"""Characters of a query; what is longer is no search but something pasted."""

HINTS = 50
"""For how many unknown products a known one is suggested: comparing with all takes its time."""

COLUMNS = ("query", "product", "capability", "count", "date")


class Row(msgspec.Struct, frozen=True):
    """A row as it is written; CSV gives texts, JSON Lines may give a number for the count."""

    query: str
    product: str
    capability: str | None = None
    count: int | None = None
    date: dt.date | None = None


def read_searches(files: Files, folder: Path, slugs: Collection[str]) -> Iterator[Search]:
    """Read all evidence; a row that says nothing usable is left out, with a warning."""
    hints: dict[str, str] = {}
    for path in files.entries(folder):
        if path.suffix not in (".csv", ".jsonl"):
            files.report.warn(files.place(path), "is not read", "evidence is .csv or .jsonl")
            continue
        text = _text(files, path)
        if not text:
            continue
        if path.suffix == ".csv" and not {"query", "product"} <= set(_header(text)):
            files.report.error(
                files.place(path, 1, 1), "its first line must name the columns query and product"
            )
            continue
        rows = _csv_rows if path.suffix == ".csv" else _json_rows
        for line, row in rows(text):
            search = row if isinstance(row, str) else _search(row, slugs, hints)
            if isinstance(search, Search):
                yield search
            else:
                files.report.warn(files.place(path, line, 1), f"is left out: {search}")


def _text(files: Files, path: Path) -> str | None:
    """Read a file as spreadsheets save it: as UTF-8 or UTF-16, with a byte order mark."""
    data = files.read(path, LIMIT)
    if data is None:
        return None
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        files.report.error(files.place(path), "is not UTF-8", "save it as UTF-8")
        return None


def _search(row: Row, slugs: Collection[str], hints: dict[str, str]) -> Search | str:
    """Make a search of a row, or say what is wrong with it."""
    query = " ".join(row.query.split())
    if not query:
        return "it has no query"
    if len(query) > QUERY_LIMIT:
        return f"its query is longer than {QUERY_LIMIT} characters"
    if UNPRINTABLE.search(query):
        return "its query holds a control character"
    if row.product not in slugs:
        if len(hints) < HINTS and row.product not in hints:
            hints[row.product] = did_you_mean(row.product[:100], sorted(slugs))
        hint = hints.get(row.product)
        return f'there is no product "{row.product:.100}"' + (f", {hint}" if hint else "")
    count = 1 if row.count is None else row.count
    if not 0 < count <= 10**12:
        return f"a count must be from 1, not {count}"
    return Search(query, row.product, row.capability or "", count, row.date)


def _json_rows(text: str) -> Iterator[tuple[int, Row | str]]:
    decode = msgspec.json.Decoder(Row).decode
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, decode(line)
            except (msgspec.MsgspecError, RecursionError) as error:
                yield number, str(error)


def _header(text: str) -> list[str]:
    """Read the names of a table's columns."""
    first = io.StringIO(text, newline="").readline()
    return [name.strip(' "\r\n').lower() for name in first.split(_delimiter(first))]


def _delimiter(line: str) -> str:
    """Tell what separates the columns: spreadsheets choose by the country that they are used in."""
    return max(",;\t", key=line.count)


def _csv_rows(text: str) -> Iterator[tuple[int, Row | str]]:
    header = _header(text)
    stream = io.StringIO(text, newline="")
    reader = csv.reader(stream, delimiter=_delimiter(stream.readline()), strict=True)
    while True:
        line = reader.line_num + 2
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, str(error)
            continue
        named = {k: v for k, v in zip(header, cells, strict=False) if k in COLUMNS and v.strip()}
        if named:
            try:
                yield line, msgspec.convert(named, Row, strict=False)
            except msgspec.ValidationError as error:
                yield line, str(error)
