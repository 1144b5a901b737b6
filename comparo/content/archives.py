"""Zip files: the files in them, read in place and no further than is reasonable.

A zip may be hostile: a few bytes of it may unpack to billions, and it may claim to hold millions of
files.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, BinaryIO

from comparo.content.ledger import TableError

LIMIT = 4_000_000_000
"""Bytes that the files of a zip may unpack to, all together."""

RATIO = 200
"""How many times its packed size a file may be; a table is 5 or 20 times as large."""

_LISTED = 2_000_000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    OverflowError,
    NotImplementedError,  # zipfile's word for a compression that it does not know
)


class Archive:
    """The ``tables`` of a zip, and the names of the ``others`` in it that are none."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            self._zip = zipfile.ZipFile(_Sparing(file))
        except _BROKEN as error:
            raise _unsound(error) from None
        members = sorted(filter(_is_meant, self._zip.infolist()), key=lambda info: info.filename)
        self.tables = [info for info in members if _is_table(info)]
        self.others = [info.filename for info in members if not _is_table(info)]
        self.left = LIMIT

    @contextmanager
    def open(self, info: zipfile.ZipInfo) -> Iterator["Member"]:
        """Open a file of it."""
        if info.flag_bits & 1:
            raise TableError("is locked with a password", "unpack it")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise TableError("is packed in an unusual way", "unpack it")
        if info.file_size > RATIO * info.compress_size + 1_000_000:
            raise TableError(f"is packed to less than 1/{RATIO} of its size", "unpack it")
        try:
            packed = self._zip.open(info)
        except _BROKEN as error:
            raise _unsound(error) from None
        with packed:
            yield Member(self, packed)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a zip, from which bytes come as from any other."""

    archive: Archive
    packed: IO[bytes]

    def read(self, size: int, /) -> bytes:
        """Give so many bytes, or as many as are left."""
        try:
            data = self.packed.read(size)
        except _BROKEN as error:
            raise _unsound(error) from None
        self.archive.left -= len(data)
        if self.archive.left < 0:
            raise TableError(f"unpacks to more than {LIMIT:,} bytes", "split it")
        return data


@dataclass(frozen=True, slots=True)
class _Sparing:
    """A file that gives no more at once than the list of a reasonable zip takes."""

    file: BinaryIO

    def read(self, size: int = -1, /) -> bytes:
        if size > _LISTED:
            raise zipfile.BadZipFile("it claims to hold too many files")
        return self.file.read(_LISTED if size < 0 else size)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()

    def seekable(self) -> bool:
        return True


def _is_meant(info: zipfile.ZipInfo) -> bool:
    """Tell a file that somebody packed from folders and from what systems leave behind."""
    name = info.filename
    return not (info.is_dir() or name.startswith("__MACOSX/") or "/." in f"/{name}")


def _is_table(info: zipfile.ZipInfo) -> bool:
    return info.filename.lower().endswith(".csv")


def _unsound(error: Exception) -> TableError:
    return TableError(f"is no sound zip: {error!s:.200}", "export it again, or unpack it")
