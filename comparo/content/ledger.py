"""What became of each row of evidence: counted, passed over, or left out, and why."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from comparo.errors import Place
from comparo.files import Report

SHOWN = 20
"""How many rows of a file are named that are left out; then they are only counted."""

UNDATED = "it has no date"


class RowError(ValueError):
    """Why a row is left out: the kind, under which it is counted, and the words for this one."""

    def __init__(self, kind: str, said: str = "") -> None:
        super().__init__(said or kind)
        self.kind = kind


class TableError(ValueError):
    """Why a file is read no further, from which line on (0: it is not read at all)."""

    def __init__(self, message: str, hint: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.line = line


class ColumnsError(TableError):
    """A table whose columns are not those of evidence."""


class IncompleteError(ColumnsError):
    """A table of Search Console's that lacks what would make it evidence."""


@dataclass(slots=True)
class Ledger:
    """The rows of one file. Each stands in one of the sums, so that none vanishes unseen."""

    place: Place
    report: Report
    rows: int = 0
    without_click: int = 0
    outside_window: int = 0
    other_pages: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    noted: int = 0
    undated_from: int = 0

    def warn(self, line: int, message: str, hint: str = "") -> None:
        """Warn of something that a line says."""
        self.report.warn(self.at(line), message, hint)

    def leave_out(self, line: int, error: RowError) -> None:
        """Note a row that does not count although it should."""
        self.faults[error.kind] += 1
        if error.kind == UNDATED:
            self.undated_from = self.undated_from or line
            return
        self.noted += 1
        if self.noted <= SHOWN:
            self.warn(line, f"is left out: {error}")

    def lose(self, line: int, error: RowError, lines: int = 1) -> None:
        """Note lines of which no row could be made."""
        self.rows += lines
        self.faults[error.kind] += lines - 1
        self.leave_out(line, error)

    def refuse(self, error: TableError) -> None:
        """Note that nothing of the file, or nothing more of it, can be read."""
        place = self.at(error.line) if error.line else self.place
        self.report.error(place, error.message, error.hint)

    def close(self) -> None:
        """Sum up what was not named one by one."""
        undated = self.faults[UNDATED]
        if undated:
            rows = "row has" if undated == 1 else "rows have"
            message = f"from here, {undated:,} {rows} no date and cannot be counted"
            self.warn(self.undated_from, message, "evidence.window asks for dates")
        if self.noted > SHOWN:
            reasons = ", ".join(f"{kind} ({n:,})" for kind, n in self.faults.most_common())
            left_out = self.faults.total()
            message = f"{left_out:,} of {self.rows:,} rows are left out: {reasons}"
            self.report.warn(self.place, message)

    @property
    def counted(self) -> int:
        """Give the number of rows that count: all that stand in no other sum."""
        passed_over = self.without_click + self.outside_window + self.other_pages
        return self.rows - passed_over - self.faults.total()

    def at(self, line: int) -> Place:
        """Give the place of a line."""
        return replace(self.place, line=line, column=1)


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """How many rows of evidence there are, and what became of them.

    Rows ``without_click``, of days outside of the ``window``, or that led to ``other_pages`` of the
    site are as they should be; those that are ``left_out`` are not.
    """

    files: int = 0
    rows: int = 0
    counted: int = 0
    without_click: int = 0
    outside_window: int = 0
    other_pages: int = 0
    left_out: int = 0
    window: tuple[dt.date, dt.date] | None = None


def sum_up(
    ledgers: Sequence[Ledger], window: tuple[dt.date, dt.date] | None = None
) -> EvidenceReport:
    """Add up what became of the rows of all files."""
    return EvidenceReport(
        files=len(ledgers),
        rows=sum(ledger.rows for ledger in ledgers),
        counted=sum(ledger.counted for ledger in ledgers),
        without_click=sum(ledger.without_click for ledger in ledgers),
        outside_window=sum(ledger.outside_window for ledger in ledgers),
        other_pages=sum(ledger.other_pages for ledger in ledgers),
        left_out=sum(ledger.faults.total() for ledger in ledgers),
        window=window,
    )
