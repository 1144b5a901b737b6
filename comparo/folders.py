"""What changed in folders since they were last looked at, by the files and nothing else."""

# ruff: noqa: PTH116, PTH118, PTH123 - thousands of files are looked at, and pathlib takes its time

import os
import stat
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

YOUNG = 2_000_000_000
"""Nanoseconds in which a file may change again under the same time: the coarsest clock's tick."""

DIGESTED = 1_000_000
"""Bytes of a young file that are read, to tell it from another of the same time and size."""

Stamp = tuple[int, ...]
"""By what an entry of a folder is known: kind and id, and of a file its size and times."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Some folders with all below them, and the folders ``inside`` that links in them lead to.

    A link is not followed to what lies in ``never`` or holds it: there write those who look.
    """

    folders: tuple[Path, ...]
    inside: Path
    never: tuple[Path, ...] = ()

    def follows(self, target: Path) -> bool:
        """Tell whether a link to that folder is followed."""
        return target.is_relative_to(self.inside) and not any(
            target.is_relative_to(other) or other.is_relative_to(target) for other in self.never
        )


@dataclass(slots=True)
class View:
    """Folders as they were when last looked at: the entries of each by name."""

    scope: Scope
    seen: dict[str, dict[str, Stamp]] = field(default_factory=dict)
    young: dict[str, bytes] = field(default_factory=dict)
    linked: set[str] = field(default_factory=set)

    def roots(self) -> dict[str, int]:
        """Give the topmost folders that are there, with their ids."""
        found = {}
        for folder in (*map(os.path.realpath, self.scope.folders), *self.linked):
            with suppress(OSError):
                found[folder] = os.stat(folder).st_ino
        return found

    def look(self, folders: Iterable[str] | None = None) -> set[str]:
        """Look at these folders, or at all, and at what is new in them; give the changed paths."""
        todo = [*self.roots(), *self.seen] if folders is None else list(folders)
        linked, changed = set(self.linked), set()
        while todo:
            folder = todo.pop()
            before, now = self.seen.pop(folder, {}), _entries(folder)
            if now is not None:
                self.seen[folder] = now
            for name in before.keys() | (now or {}).keys():
                path, old, new = os.path.join(folder, name), before.get(name), (now or {}).get(name)
                if self._has_new_bytes(path, new) or old != new:
                    changed.add(path)
                if old != new:
                    todo += self._leads_to(path, old, new)
        new_links = self.linked - linked
        return changed | self.look(new_links) if new_links else changed

    def near(self, paths: Iterable[str]) -> set[str]:
        """Give the known folders that these paths are, or lie in."""
        return {f for path in paths for f in (path, os.path.split(path)[0]) if f in self.seen}

    def _has_new_bytes(self, path: str, stamp: Stamp | None) -> bool:
        """Tell whether a file has other bytes under the same stamp, as long as that may be."""
        young = stamp and stat.S_ISREG(stamp[0]) and abs(time.time_ns() - stamp[3]) < YOUNG
        if not (young or path in self.young):
            return False
        before, now = self.young.pop(path, None), _digest(path)
        if young:
            self.young[path] = now
        return before is not None and before != now

    def _leads_to(self, path: str, *stamps: Stamp | None) -> list[str]:
        """Give the folder to look at as well, if an entry that changed is or was one."""
        kinds = {stat.S_IFMT(stamp[0]) for stamp in stamps if stamp}
        if stat.S_IFLNK in kinds:
            target = os.path.realpath(path)
            if self.scope.follows(Path(target)):
                self.linked.add(target)
        return [path] if stat.S_IFDIR in kinds else []


def _entries(folder: str) -> dict[str, Stamp] | None:
    """List a folder but for names that no reader takes; None where it is gone or closed to us."""
    try:
        with os.scandir(folder) as entries:
            return {
                entry.name: _stamp(entry)
                for entry in entries
                if not entry.name.startswith((".", "#")) and not entry.name.endswith("~")
            }
    except OSError:
        return None


def _stamp(entry: os.DirEntry[str]) -> Stamp:
    try:
        found = entry.stat()
        if stat.S_ISDIR(found.st_mode):
            itself = entry.stat(follow_symlinks=False)
            return itself.st_mode, itself.st_ino, found.st_ino
    except OSError:  # a link to nowhere, or gone by now
        return (0,)
    return found.st_mode, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _digest(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return blake2b(file.read(DIGESTED)).digest()
    except OSError:
        return b""
