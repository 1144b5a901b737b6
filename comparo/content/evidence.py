"""What people searched for and what answered it: rows of CSV and JSON Lines → searches."""

import csv
import datetime as dt
import io
from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec

from comparo.content.files import Files
from comparo.content.source import did_you_mean
from comparo.model import Search

LIMIT = 50_000_000
"""Bytes of one file of evidence."""

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
    for path in files.entries(folder):
        if path.suffix not in (".csv", ".jsonl"):
            files.report.warn(files.place(path), "is not read", "evidence is .csv or .jsonl")
            continue
        data = files.read(path, LIMIT)
        try:
            text = None if data is None else data.decode("utf-8-sig")
        except UnicodeDecodeError:
            files.report.error(files.place(path), "is not UTF-8", "save it as UTF-8")
            continue
        rows = _csv_rows if path.suffix == ".csv" else _json_rows
        for line, row in rows(text) if text else ():
            search = row if isinstance(row, str) else _search(row, slugs)
            if isinstance(search, Search):
                yield search
            else:
                files.report.warn(files.place(path, line, 1), f"is left out: {search}")


def _search(row: Row, slugs: Collection[str]) -> Search | str:
    """Make a search of a row, or say what is wrong with it."""
    query = " ".join(row.query.split())
    if not query:
        return "it has no query"
    if row.product not in slugs:
        hint = did_you_mean(row.product, sorted(slugs))
        return f'there is no product "{row.product}"' + (f", {hint}" if hint else "")
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


def _csv_rows(text: str) -> Iterator[tuple[int, Row | str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, str(error)
            return
        if not header:
            header = [cell.strip().lower() for cell in cells]
            if not {"query", "product"} <= set(header):
                yield 1, "its first line must name the columns query and product"
                return
        elif any(cells):
            named = {
                k: v for k, v in zip(header, cells, strict=False) if k in COLUMNS and v.strip()
            }
            try:
                yield reader.line_num, msgspec.convert(named, Row, strict=False)
            except msgspec.ValidationError as error:
                yield reader.line_num, str(error)
