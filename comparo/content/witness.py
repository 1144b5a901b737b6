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
from comparo.files import TEXT_LIMIT, Files, Report

SETTLED = 2_000_000_000
"""Nanoseconds after which a change can no longer hide behind the same time: the coarsest tick."""

Stamp = tuple[int, ...]
"""What changes whenever a file or a folder is written to, its name given away, or its rights."""


@dataclass(frozen=True, slots=True)
class Testimony:
    """What was asked and answered, and how what it is about was stamped; () never tells enough."""

    answers: dict[str, bytes] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)

    def at_a_glance(self, files: Files) -> bool:
        """Tell whether nothing was touched, without opening it; no need not mean that it was."""
        root = files.root
        return bool(self.stamps) and all(
            stamp
            and files.inside(os.path.dirname(path := f"{root}/{below}"))
            and _stamp(path) == stamp
            for below, stamp in self.stamps.items()
        )

    def again(self, files: Files) -> "Testimony | None":
        """Ask all of it again: what is so now, or None where an answer is another."""
        witness = Witness(files.root, Report())
        ask = {"entries": witness.entries, "holds": witness.holds, "read": witness.read}
        for question, answer in self.answers.items():
            kind, _, below = question.partition(" ")
            if kind not in ask or "\0" in below:
                return None
            ask[kind](Path(f"{files.root}/{below}"))
            if witness.seen.answers[question] != answer:
                return None
        return witness.seen


@dataclass(frozen=True, slots=True)
class Witness(Files):
    """Files that keep in mind what was asked of them, and what they answered."""

    seen: Testimony = field(default_factory=Testimony)
    since: int = field(default_factory=time.time_ns)

    def entries(self, folder: Path) -> Iterator[Path]:
        """List a folder."""
        if self.holds(folder):
            self._stamp(folder)
        found = list(Files.entries(self, folder))
        if any(path.is_symlink() for path in found):
            self.seen.stamps[self._below(folder)] = ()
        self._answer("entries", folder, digest(*(path.name.encode() for path in found)))
        return iter(found)

    def holds(self, path: Path) -> bool:
        """Tell whether anything stands there."""
        self._stamp(path.parent)
        held = Files.holds(self, path)
        self._answer("holds", path, b"+" if held else b"-")
        return held

    def read(self, path: Path, limit: int = TEXT_LIMIT) -> bytes | None:
        """Read a whole file."""
        self._stamp(path)
        data = Files.read(self, path, limit)
        self._answer("read", path, b"" if data is None else digest(data))
        return data

    @contextmanager
    def stream(self, path: Path, limit: int) -> Iterator[BinaryIO | None]:
        """Open a file to be read piece by piece; too large to be compared, only its stamp tells."""
        self._stamp(path)
        self._answer("stream", path, b"")
        with Files.stream(self, path, limit) as file:
            yield file

    def _answer(self, kind: str, path: Path, answer: bytes) -> None:
        self.seen.answers[f"{kind} {self._below(path)}"] = answer

    def _stamp(self, path: Path) -> None:
        """Stamp what will be looked at, before it is: what changes meanwhile shows afterwards."""
        below = self._below(path)
        if below not in self.seen.stamps:
            stamp = _stamp(os.fspath(path))
            young = stamp and self.since - max(stamp[-2:]) < SETTLED
            self.seen.stamps[below] = () if young else stamp

    def _below(self, path: Path) -> str:
        return os.fspath(path).removeprefix(os.fspath(self.root)).lstrip(os.sep)


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
