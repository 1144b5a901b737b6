"""What people searched for and what answered it: the files of ``content/evidence/`` → searches."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from comparo.content.archives import Archive
from comparo.content.counts import ALONE_DAYS, NEVER
from comparo.content.ledger import (
    ColumnsError,
    EvidenceReport,
    IncompleteError,
    Ledger,
    TableError,
    sum_up,
)
from comparo.content.parquet import parquet_rows
from comparo.content.tables import CsvTable, Rows, json_rows
from comparo.content.tally import INTENTS, Tally
from comparo.errors import Place
from comparo.files import Files, Report
from comparo.model import Product, Search, Settings
from comparo.texts import cut

LIMIT = 4_000_000_000
"""Bytes of one file of evidence."""

KINDS = (".csv", ".jsonl", ".parquet", ".zip")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The searches that count, and what became of each row."""

    searches: tuple[Search, ...]
    report: EvidenceReport


def read_evidence(
    files: Files,
    folder: Path,
    products: Mapping[str, Product | None],
    settings: Settings,
    *,
    as_of: dt.date | None = None,
    newest: dt.date | None = None,
) -> Evidence:
    """Read all evidence; a row that says nothing usable is left out, with a warning.

    ``products`` holds None for one that is there but cannot be read. A window ends ``as_of`` a day,
    or else on the ``newest`` day of the content, which may be one of the evidence itself.
    """
    home, days, window, slip = settings.base_url, settings.evidence.window, None, None
    rest = newest or NEVER
    if days:
        until = as_of
        if not until:
            last, slip = _newest_day(files, folder, products, home, rest)
            until = max(rest, last)
        window = dt.date.fromordinal(max(1, until.toordinal() - days + 1)), until
    # What is newer than the newest day does not count for a reason of its own, which is told.
    tally = Tally(products, home, window and (window[0], as_of or dt.date.max), slip)
    reading = _Reading(files, tally.add)
    reading.read(folder)
    if tally.only_counted:
        message = f"holds more than {INTENTS:,} different searches"
        hint = f"{tally.only_counted:,} searches are counted, but their words are not kept"
        files.report.warn(files.place(folder), message, hint)
    if not window:
        _doubt(tally, rest, files.report)
    known = window if window and window[1] > NEVER else None
    return Evidence(tuple(tally.searches()), sum_up(reading.ledgers, known))


def _newest_day(
    files: Files,
    folder: Path,
    products: Mapping[str, Product | None],
    home: str,
    rest: dt.date,
) -> tuple[dt.date, dt.date | None]:
    """Look for the newest day of a row that counts, and for a slip, and say nothing."""
    tally = Tally(products, home)
    _Reading(Files(files.root, Report()), tally.look).read(folder)
    return tally.newest_but_slip(rest)


def _doubt(tally: Tally, rest: dt.date, report: Report) -> None:
    """Let rows whose date is a slip count without it, and say so where the first of them stands."""
    _, slip = tally.newest_but_slip(rest)
    if slip and tally.newest_at:
        tally.take_back(slip)
        message = f"the date {slip} lies more than {ALONE_DAYS} days after all others"
        hint = "rows of that day count without it: is it mistyped?"
        report.warn(tally.newest_at, message, hint)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Going through a folder's tables, doing one thing with the rows of each."""

    files: Files
    take: Callable[[Rows, Ledger], None]
    ledgers: list[Ledger] = field(default_factory=list)
    """Those of the tables that were read."""

    def read(self, folder: Path) -> None:
        for path in self.files.entries(folder):
            if path.suffix.lower() not in KINDS:
                hint = f"evidence is {', '.join(KINDS)}"
                self.files.report.warn(self.files.place(path), "is not read", hint)
                continue
            with self.files.stream(path, LIMIT) as stream:
                if stream:
                    self._read_file(path, stream)

    def _read_file(self, path: Path, file: BinaryIO) -> None:
        place = self.files.place(path)
        match path.suffix.lower():
            case ".csv":
                self._take(place, lambda ledger: CsvTable(file, path.name).rows(ledger))
            case ".jsonl":
                self._take(place, lambda ledger: json_rows(file, ledger))
            case ".parquet":
                self._take(place, lambda _: parquet_rows(path))
            case _:
                self._read_zip(place, file)

    def _take(self, place: Place, rows: Callable[[Ledger], Rows]) -> None:
        ledger = Ledger(place, self.files.report)
        self.ledgers.append(ledger)
        try:
            self.take(rows(ledger), ledger)
        except TableError as error:
            ledger.refuse(error)
        ledger.close()

    def _read_zip(self, place: Place, file: BinaryIO) -> None:
        """Read the tables of a zip; where none is evidence, say what is missing or not read."""
        before = len(self.ledgers)
        incomplete: TableError | None = None
        unread = []
        try:
            archive = Archive(file)
        except TableError as error:
            self._refuse(place, error)
            return
        for table in archive.tables:
            inside = Place(f"{place.file}/{table.filename}")
            try:
                with archive.open(table) as member:
                    name = PurePosixPath(table.filename).name
                    self._take(inside, CsvTable(member, name).rows)
            except ColumnsError as error:
                unread.append(table.filename)
                incomplete = error if isinstance(error, IncompleteError) else incomplete
            except TableError as error:
                self._refuse(inside, error)
        unread = sorted(unread + archive.others)
        if not archive.tables and not unread:
            self.files.report.warn(place, "is empty")
        if incomplete and len(self.ledgers) == before:
            self._refuse(place, TableError(incomplete.message, incomplete.hint))
        elif unread:
            names = ", ".join(map(cut, unread[:3]))
            more = f" and {len(unread) - 3:,} more" if len(unread) > 3 else ""
            message = f"holds files that are not read: {names}{more}"
            hint = "evidence is .csv with the columns query and product, or query and page"
            self.files.report.warn(place, message, hint)

    def _refuse(self, place: Place, error: TableError) -> None:
        Ledger(place, self.files.report).refuse(error)
