"""What each file of an output folder was made of, so that only what has changed is made again.

It lies in the cache, and costs time where it is lost. A file is what it was recorded to be only if
the disk says so too: who or whatever touched it, it is made and compared again.
"""

import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from comparo.cache import digest, load, save

_FIGURES = 4
"""How many numbers tell how a file stands."""


class Records:
    """The files of one output folder, by path: the key of what each was made of, and how it was.

    With them is kept what the build that left them ``said`` of itself.
    """

    def __init__(self, folder: Path, output: Path) -> None:
        self._folder = folder
        self._output = os.path.realpath(output)
        self._name = f"pages-{digest(os.fsencode(self._output))[:8].hex()}"
        self._paths: list[str] = []
        self._keys: list[bytes] = []
        self._states: list[int] = []
        self.said: object = None
        found = load(folder, self._name)
        if _sound(found):
            self._paths, self._keys, self._states, self.said = found

    def current(self, path: str, key: bytes) -> bool:
        """Tell whether a file was made of just this, and nobody has touched it since."""
        place = self._places.get(path)
        if place is None or self._keys[place] != key:
            return False
        state = self._states[_FIGURES * place : _FIGURES * (place + 1)]
        return any(state) and state == self._standing([path])

    def stand(self) -> bool:
        """Tell whether nobody has touched any of the files."""
        there = self._states[::_FIGURES]
        return all(there) and self._standing(self._paths) == self._states

    def save(self, keys: Mapping[str, bytes], said: object = None) -> None:
        """Record what every file was made of, and how it stands on the disk now."""
        paths = list(keys)
        save(self._folder, self._name, [paths, list(keys.values()), self._standing(paths), said])

    @staticmethod
    def forget(folder: Path) -> None:
        """Take all records away, of whatever output folder."""
        for path in folder.glob("pages-*"):
            with suppress(OSError):
                path.unlink()

    @cached_property
    def _places(self) -> dict[str, int]:
        return {path: place for place, path in enumerate(self._paths)}

    def _standing(self, paths: Iterable[str]) -> list[int]:
        """Give what changes whenever a file is written; zeros where there is no plain file.

        All in one loop, since there may be a hundred thousand.
        """
        figures: list[int] = []
        for path in paths:
            try:
                found = os.lstat(f"{self._output}/{path}")
            except OSError:
                figures += 0, 0, 0, 0
                continue
            if stat.S_ISREG(found.st_mode):
                figures += found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
            else:
                figures += 0, 0, 0, 0
        return figures


def _sound(found: object) -> bool:
    """Tell whether this is what records are saved as."""
    match found:
        case [list() as paths, list() as keys, list() as states, _]:
            return len(paths) == len(keys) and _FIGURES * len(paths) == len(states)
    return False
