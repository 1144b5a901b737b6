"""What each file of an output folder was made of, so that only what has changed is made again.

It lies in the cache, and costs time where it is lost. A file is what it was recorded to be only if
the disk says so too: who or whatever touched it, it is made and compared again.
"""

import os
import struct
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from comparo.cache import digest, load, save

KEY = 16
"""How many bytes the key of a page has."""

_LAYOUT = struct.Struct(f"<{KEY}sIQQQQ")

RECORD = _LAYOUT.size
"""How many bytes the record of a file takes."""

_LOW = 2**64 - 1  # some file systems number their files with more bits, or know later days


class Records:
    """The files of one output folder, by path: the key of what each was made of, and how it was.

    With them is kept what the build that left them ``said`` of itself.
    """

    def __init__(self, folder: Path, output: Path) -> None:
        self._folder = folder
        self._output = os.path.realpath(output)
        self._name = f"pages-{digest(os.fsencode(self._output))[:8].hex()}"
        found = load(folder, self._name)
        self.last: Mapping[str, bytes] = {}
        self.said: object = None
        match found:
            case [dict() as last, said]:
                self.last, self.said = last, said

    def current(self, path: str, key: bytes) -> bool:
        """Tell whether a file was made of just this, and nobody has touched it since."""
        recorded = self.last.get(path, b"")
        return recorded.startswith(key) and recorded == self.of(path, key)

    def of(self, path: str, key: bytes) -> bytes:
        """Give the record of a file that was made of this, as it stands; none if it does not."""
        try:
            found = os.lstat(f"{self._output}/{path}")
        except OSError:
            return b""
        # Whatever writes to the file, or puts something else in its place, changes one of these.
        return _LAYOUT.pack(
            key,
            found.st_mode,
            found.st_size,
            found.st_mtime_ns & _LOW,
            found.st_ctime_ns & _LOW,
            found.st_ino & _LOW,
        )

    def stand(self) -> bool:
        """Tell whether nobody has touched any of the files."""
        tops = {path.partition("/")[0] for path in self.last}
        if any(Path(self._output, top).is_symlink() for top in tops):
            return False
        return all(self.of(path, last[:KEY]) == last for path, last in self.last.items())

    def save(self, records: Mapping[str, bytes], said: object = None) -> None:
        """Record what every file was made of, and how it stood on the disk."""
        save(self._folder, self._name, [records, said])

    @staticmethod
    def forget(folder: Path) -> None:
        """Take all records away, of whatever output folder."""
        for path in folder.glob("pages-*"):
            with suppress(OSError):
                path.unlink()
