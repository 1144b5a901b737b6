"""All that decides what a build writes, in one look: the files, by path and bytes, and the options.

Nothing of it is understood, so this is a hundred times as quick as reading it.
"""

# ruff: noqa: PTH100, PTH110, PTH114 - thousands of files are read, and pathlib takes its time

import datetime as dt
import os
import stat
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from comparo.cache import program

LIMIT = 1_000_000_000
"""Bytes of all files; of more it is not quicker to tell that nothing changed than to build."""

PIECE = 1_000_000

# Should a file be replaced by a link or a FIFO just now: neither followed nor waited for.
_READING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_READING |= getattr(os, "O_BINARY", 0)


class OddError(OSError):
    """A link, a device or too many bytes: whoever reads the site is to judge that."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a look gave: a digest of what a build makes its pages of, and one of the files' times.

    The first alone tells whether another build would write the same. Together they tell whether
    nothing was written, not even for a moment, between two looks.
    """

    made_of: bytes
    stamps: bytes


def look(
    root: Path,
    output: Path,
    *,
    base_url: str | None = None,
    as_of: dt.date | None = None,
    keep_going: bool = False,
    strict: bool = False,
) -> Sight | None:
    """Look at a site and at the themes that come with comparo; None where anything is odd."""
    looking = _Looking(LIMIT)
    places = os.path.realpath(root), os.path.abspath(output)
    asked = *places, base_url, as_of and as_of.isoformat(), keep_going, strict
    looking.note(program(), repr(asked).encode("utf-8", "surrogatepass"))
    package = Path(__file__).parent
    shipped = package / "themes", package.parent / "themes"
    try:
        for folder in dict.fromkeys((root / "content", root / "themes", *shipped)):
            looking.take_in(str(folder))
    except OSError:
        return None
    return Sight(looking.made_of.digest(), looking.stamps.digest())


@dataclass(slots=True)
class _Looking:
    left: int
    made_of: blake2b = field(default_factory=lambda: blake2b(digest_size=16))
    stamps: blake2b = field(default_factory=lambda: blake2b(digest_size=16))

    def take_in(self, top: str) -> None:
        """Take in what is in a folder, which need not be there; hidden names nobody reads."""
        self.note(os.fsencode(top))
        if os.path.islink(top):
            raise OddError
        todo = [top] if os.path.exists(top) else []
        while todo:
            with os.scandir(todo.pop()) as entries:
                found = sorted((e.path, e) for e in entries if not e.name.startswith("."))
            for path, entry in found:
                state = entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(state.st_mode):
                    self.note(os.fsencode(path), b"folder")
                    todo.append(path)
                elif stat.S_ISREG(state.st_mode):
                    self.note(os.fsencode(path), b"file")
                    self.read(path, state)
                else:
                    raise OddError

    def note(self, *parts: bytes) -> None:
        """Take in some bytes, so that they cannot be mistaken for others in other parts."""
        for part in parts:
            self.made_of.update(b"%d:%b" % (len(part), part))

    def read(self, path: str, state: os.stat_result) -> None:
        """Take in a file's bytes, and its times."""
        times = state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns
        self.stamps.update(b"%d %d %d %d " % times)
        self.made_of.update(b"%d:" % state.st_size)
        self.left -= state.st_size
        if self.left < 0:
            raise OddError
        file = os.open(path, _READING)
        try:
            read = 0
            while piece := os.read(file, PIECE):
                read += len(piece)
                self.made_of.update(piece)
                if read > state.st_size:
                    break
        finally:
            os.close(file)
        if read != state.st_size:  # it is being written
            raise OddError
