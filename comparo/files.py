"""The one door through which content is read: regular files inside the site, bounded in size.

Content may come from strangers, so a link that leads out of the site, a FIFO that would block, a
device or a file of a gigabyte is refused here, by name, and nowhere else.
"""

# ruff: noqa: PTH208, PTH114, PTH116 - thousands of files are looked at, and pathlib takes its time

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeAlias

from comparo.errors import Place, Problem

TEXT_LIMIT = 1_000_000
"""Bytes of a YAML or Markdown file; a hundred times what the longest real one holds."""

Where: TypeAlias = Path | str
"""A path, as a text where thousands are gone through."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
MARKDOWN_LIMIT = 100_000
"""Bytes of a Markdown file: the time that hostile Markdown takes grows with its square."""

_QUIET = b"\t\n\r" + bytes(range(0x20, 0x7F)) + bytes(range(0x80, 0x100))
"""Bytes that are no control character, but for those of two bytes and more."""

_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"\x00\x00\xfe\xff": "UTF-32"}


@dataclass(slots=True)
class Report:
    """What was found wrong (errors) or odd (warnings); readers add to it and go on."""

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
    known: dict[str, bool] = field(default_factory=dict)
    """For each folder that was asked about, whether it lies inside: most files share theirs."""

    def place(self, path: Where, line: int = 0, column: int = 0) -> Place:
        """Name a place as the user knows it: by its path from the site's root."""
        return Place(Path(path).relative_to(self.root).as_posix(), line, column)

    def entries(self, folder: Where) -> Iterator[Path]:
        """List a folder in a fixed order, without hidden files and editors' back-ups."""
        if not self.holds(folder):
            return
        if not self.inside(folder):
            self._leads_out(folder)
            return
        try:
            names = sorted(os.listdir(folder))
        except OSError as error:
            self.report.error(self.place(folder), f"cannot be listed: {error.strerror}")
            return
        for name in names:
            if name.startswith((".", "#")) or name.endswith("~"):
                continue
            if not _speakable(name):
                self.report.error(self.place(folder), f"holds a name that is not UTF-8: {name!a}")
                continue
            path = Path(folder, name)
            if not self.inside(path):
                self._leads_out(path)
            elif self._within_reach(path):
                yield path

    def holds(self, path: Where) -> bool:
        """Tell whether anything stands there, be it a link to nowhere or out of reach."""
        try:
            os.lstat(path)
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:  # reading it will say why
            return True
        return True

    def inside(self, path: Where) -> bool:
        """Tell whether a path leads to something in the site, by whatever links.

        What is no link itself lies where its folder lies; of links, all are followed.
        """
        folder, name = os.path.split(path)
        held = self.known.get(folder)
        if held is None:
            held = folder == str(self.root) or (
                self.inside(folder)
                if folder.startswith(f"{self.root}{os.sep}")
                else self._resolves_inside(folder)
            )
            self.known[folder] = held
        if held and name not in ("", ".", "..") and not os.path.islink(path):
            return True
        return self._resolves_inside(path)

    def _resolves_inside(self, path: Where) -> bool:
        try:
            return Path(path).resolve().is_relative_to(self.root.resolve())
        except (OSError, RuntimeError):  # a loop of links
            return False

    def read(self, path: Where, limit: int = TEXT_LIMIT) -> bytes | None:
        """Read a whole file, or report why it cannot be and give None."""
        file = self._open(path, limit)
        if file is None:
            return None
        with file:
            try:
                return file.read(limit)
            except OSError as error:
                self._unreadable(path, error)
                return None

    @contextmanager
    def stream(self, path: Where, limit: int) -> Iterator[BinaryIO | None]:
        """Open a file to be read piece by piece, or report why it cannot be and give None."""
        file = self._open(path, limit)
        if file is None:
            yield None
            return
        with file:
            try:
                yield file
            except OSError as error:
                self._unreadable(path, error)

    def text(self, path: Where, limit: int = TEXT_LIMIT) -> str | None:
        """Read a UTF-8 text, with or without a byte order mark, with any line ends."""
        data = self.read(path, limit)
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
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        odd = _holds_controls(data) and _CONTROL.search(text)
        if odd:
            line = text.count("\n", 0, odd.start()) + 1
            column = odd.start() - text.rfind("\n", 0, odd.start())
            what = "is binary: it holds" if odd[0] == "\0" else "holds"
            self.report.error(
                self.place(path, line, column),
                f"{what} the control character U+{ord(odd[0]):04X}",
                "remove it",
            )
            return None
        return text

    def _open(self, path: Where, limit: int) -> BinaryIO | None:
        if not self.inside(path):
            self._leads_out(path)
            return None
        try:
            file = _open_regular(path)
        except OSError as error:
            self._unreadable(path, error)
            return None
        if file is None:
            self.report.error(self.place(path), "is not a regular file")
        elif os.fstat(file.fileno()).st_size > limit:
            file.close()
            hint = "split or shorten it"
            self.report.error(self.place(path), f"is larger than {limit:,} bytes", hint)
            return None
        return file

    def _unreadable(self, path: Where, error: OSError) -> None:
        self.report.error(self.place(path), f"cannot be read: {error.strerror}")

    def _leads_out(self, path: Where) -> None:
        self.report.error(
            self.place(path), "is a link that leads out of the site", "copy what it leads to"
        )

    def _within_reach(self, path: Where) -> bool:
        try:
            os.stat(path)
        except OSError as error:
            self._unreadable(path, error)
            return False
        return True


# Non-blocking, or a FIFO without a writer would hold the build for ever.
_READING: int = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def _open_regular(path: Where) -> BinaryIO | None:
    """Open a regular file; None where it is a folder, a device or the like."""
    handle = os.open(path, _READING)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        return None
    return open(handle, "rb")  # noqa: PTH123 (a descriptor, which the caller closes)


def _holds_controls(data: bytes) -> bool:
    """Tell quickly whether a text may hold control characters, by its bytes."""
    return bool(data.translate(None, _QUIET)) or b"\xc2" in data or b"\xef\xbf" in data


def _speakable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
