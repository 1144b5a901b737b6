"""The one door through which content is read: regular files inside the site, bounded in size.

Content may come from strangers, so a link that leads out of the site, a FIFO that would block, a
device or a file of a gigabyte is refused here, by name, and nowhere else.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from comparo.errors import Place, Problem

TEXT_LIMIT = 1_000_000
"""Bytes of a YAML or Markdown file; a hundred times what the longest real one holds."""

_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"\x00\x00\xfe\xff": "UTF-32"}


@dataclass(slots=True)
class Report:
    """What was found wrong (errors) or odd (warnings) while reading; readers add to it and go on."""

    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def error(self, place: Place, message: str, hint: str = "") -> None:
        """Note something that makes the content unusable."""
        self.errors.append(Problem(place, message, hint))

    def warn(self, place: Place, message: str, hint: str = "") -> None:
        """Note something that works but is hardly meant."""
        self.warnings.append(Problem(place, message, hint))


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one site. Every path given to it lies under ``root``."""

    root: Path
    report: Report

    def place(self, path: Path, line: int = 0, column: int = 0) -> Place:
        """Name a place as the user knows it: by its path from the site's root."""
        return Place(path.relative_to(self.root).as_posix(), line, column)

    def entries(self, folder: Path) -> Iterator[Path]:
        """List a folder in a fixed order, without hidden files and editors' back-ups."""
        try:
            names = sorted(os.listdir(folder))
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            self.report.error(self.place(folder), f"cannot be listed: {error.strerror}")
            return
        for name in names:
            if name.startswith((".", "#")) or name.endswith("~"):
                continue
            if not _speakable(name):
                self.report.error(self.place(folder), f"holds a name that is not UTF-8: {name!a}")
                continue
            path = folder / name
            if self._inside(path):
                yield path
            else:
                self.report.error(
                    self.place(path),
                    "is a link that leads out of the site",
                    "copy what it leads to",
                )

    def read(self, path: Path, limit: int = TEXT_LIMIT) -> bytes | None:
        """Read a whole file, or report why it cannot be and give None."""
        if not self._inside(path):
            self.report.error(self.place(path), "is a link that leads out of the site")
            return None
        try:
            # Non-blocking, or a FIFO without a writer would hold the build for ever.
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
        except OSError as error:
            self.report.error(self.place(path), f"cannot be read: {error.strerror}")
            return None
        with open(handle, "rb") as file:  # noqa: PTH123 (a descriptor, not a path)
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                self.report.error(self.place(path), "is not a regular file")
                return None
            data = file.read(limit + 1)
        if len(data) > limit:
            self.report.error(
                self.place(path), f"is larger than {limit:,} bytes", "split or shorten it"
            )
            return None
        return data

    def text(self, path: Path) -> str | None:
        """Read a UTF-8 text, with or without a byte order mark, with any line ends."""
        data = self.read(path)
        if data is None:
            return None
        for mark, encoding in _MARKS.items():
            if data.startswith(mark):
                self.report.error(self.place(path), f"is {encoding}", "save it as UTF-8")
                return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            column = error.start - data.rfind(b"\n", 0, error.start)
            self.report.error(
                self.place(path, line, column), "is not UTF-8", "save it with the encoding UTF-8"
            )
            return None
        if "\0" in text:
            line = text.count("\n", 0, text.index("\0")) + 1
            self.report.error(self.place(path, line, 1), "is binary: it holds a NUL character")
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _inside(self, path: Path) -> bool:
        try:
            return path.resolve().is_relative_to(self.root.resolve())
        except (OSError, RuntimeError):  # a loop of links
            return False


_BINARY: int = getattr(os, "O_BINARY", 0)


def _speakable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
