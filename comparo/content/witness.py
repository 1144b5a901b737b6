"""What a reader asked of the files, so that it need not read again while the answers are the same.

The truth is what the files hold: a file that was touched is read and compared. Only one that has
not been touched for so long that its stamp would tell is not even opened.
"""

# ruff: noqa: PTH120 - thousands of files are looked at, and pathlib takes its time

import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from comparo.cache import digest
from comparo.files import TEXT_LIMIT, Files, Where

SETTLED = 2_000_000_000
"""Nanoseconds after which a change can no longer hide behind the same time: the coarsest tick."""

Stamp = tuple[int, ...]
"""What changes whenever a file or a folder is written to, its name given away, or its rights."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was asked and answered, and how what it is about was stamped; () never tells enough."""

    answers: dict[str, bytes] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)

    def at_a_glance(self, files: Files) -> bool:
        """Tell whether nothing was touched, without opening it; no need not mean that it was."""
        root = os.fspath(files.root)
        for below, stamp in self.stamps.items():
            path = f"{root}/{below}"
            if not stamp or _stamp(path) != stamp:
                return False
            folder, _, _ = below.rpartition("/")
            if folder not in self.stamps and not files.inside(f"{root}/{folder}"):
                return False
        return bool(self.stamps)

    def unstamped(self) -> "Seen":
        """Give it without stamps, so that the files will be looked at."""
        return Seen(self.answers, dict.fromkeys(self.stamps, ()))

    def again(self, files: Files) -> "Seen | None":
        """Ask all of it again: what is so now, or None where an answer is another."""
        root, since = os.fspath(files.root), time.time_ns()
        stamps = {below: _settled(f"{root}/{below}", since) for below in self.stamps}
        for question, answer in self.answers.items():
            if _answer(files, root, question) != answer:
                return None
        return Seen(self.answers, stamps)


def _answer(files: Files, root: str, question: str) -> bytes | None:
    kind, _, below = question.partition(" ")
    path = f"{root}/{below}".replace("\0", "")  # which no name holds that was kept
    match kind:
        case "holds":
            return _held(files.holds(path))
        case "read":
            return _said(files.read(path))
        case "entries":
            return _listed(list(files.entries(path)))
    return None


@dataclass(frozen=True, slots=True)
class Witness(Files):
    """Files that keep in mind what was asked of them, and what they answered."""

    seen: Seen = field(default_factory=Seen)
    since: int = field(default_factory=time.time_ns)

    def entries(self, folder: Where) -> Iterator[Path]:
        """List a folder."""
        if self.holds(folder):
            self._stamp(self._below(folder))
        found = list(Files.entries(self, folder))
        for path in filter(Path.is_symlink, found):
            self._stamp(self._below(path))  # which is none: it may lead elsewhere unchanged
        self.seen.answers[f"entries {self._below(folder)}"] = _listed(found)
        return iter(found)

    def holds(self, path: Where) -> bool:
        """Tell whether anything stands there."""
        below = self._below(path)
        self._stamp(os.path.dirname(below))
        held = Files.holds(self, path)
        self.seen.answers[f"holds {below}"] = _held(held)
        return held

    def read(self, path: Where, limit: int = TEXT_LIMIT) -> bytes | None:
        """Read a whole file."""
        below = self._below(path)
        self._stamp(below)
        data = Files.read(self, path, limit)
        self.seen.answers[f"read {below}"] = _said(data)
        return data

    @contextmanager
    def stream(self, path: Where, limit: int) -> Iterator[BinaryIO | None]:
        """Open a file to be read piece by piece; too large to be compared, only its stamp tells."""
        below = self._below(path)
        self._stamp(below)
        self.seen.answers[f"stream {below}"] = b""
        with Files.stream(self, path, limit) as file:
            yield file

    def _stamp(self, below: str) -> None:
        """Stamp what will be looked at, before it is: what changes meanwhile shows afterwards."""
        if below not in self.seen.stamps:
            self.seen.stamps[below] = _settled(f"{self.root}/{below}", self.since)

    def _below(self, path: Where) -> str:
        return os.fspath(path).removeprefix(os.fspath(self.root)).lstrip(os.sep)


def _held(held: bool) -> bytes:  # noqa: FBT001 (an answer)
    return b"+" if held else b"-"


def _said(data: bytes | None) -> bytes:
    return b"" if data is None else digest(data)


def _listed(paths: list[Path]) -> bytes:
    return digest(*(f"{path.name}{'@' * path.is_symlink()}".encode() for path in paths))


def _settled(path: str, since: int) -> Stamp:
    """Stamp what was not touched for so long that any change will show."""
    stamp = _stamp(path)
    return stamp if stamp and since - max(stamp[-2:]) >= SETTLED else ()


def _stamp(path: str) -> Stamp:
    """Stamp a plain file or a folder; a link is none, for it says nothing of what it leads to."""
    try:
        found = os.lstat(path)
    except OSError:
        return ()
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
        return ()
    size = found.st_size
    return found.st_mode, found.st_dev, found.st_ino, size, found.st_mtime_ns, found.st_ctime_ns
