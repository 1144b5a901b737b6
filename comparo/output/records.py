"""What each file of an output folder was made of, so that only what has changed is made again.

It lies in the cache, and costs time where it is lost. A file is what it was recorded to be only if
the disk says so too: who or whatever touched it, it is made and compared again.
"""

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from comparo.cache import digest, load, save


class Records:
    """The files of one output folder, by path: the key of what each was made of, and how it was."""

    def __init__(self, folder: Path, output: Path) -> None:
        self._folder = folder
        self._output = os.path.realpath(output)
        self._name = f"pages-{digest(os.fsencode(self._output))[:8].hex()}"
        found = load(folder, self._name)
        self._last: Mapping[str, list[object]] = found if isinstance(found, dict) else {}

    def current(self, path: str, key: bytes) -> bool:
        """Tell whether a file was made of just this, and nobody has touched it since."""
        recorded = self._last.get(path)
        return recorded is not None and recorded == [key, *self._state(path)]

    def save(self, keys: Mapping[str, bytes]) -> None:
        """Record what every file was made of, and how it stands on the disk now."""
        save(self._folder, self._name, {path: [k, *self._state(path)] for path, k in keys.items()})

    @staticmethod
    def forget(folder: Path) -> None:
        """Take all records away, of whatever output folder."""
        for path in folder.glob("pages-*"):
            with suppress(OSError):
                path.unlink()

    def _state(self, path: str) -> tuple[int, ...]:
        """Give what changes whenever a file is written; nothing where there is no plain file."""
        try:
            found = os.lstat(f"{self._output}/{path}")
        except OSError:
            return ()
        if not stat.S_ISREG(found.st_mode):
            return ()
        return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
