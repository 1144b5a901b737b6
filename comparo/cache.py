"""What earlier builds found out, in ``.comparo/``: it saves time, and may be lost at any time.

Nothing in it is code. What is torn, of another version of comparo, or not as it was saved counts
for nothing.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

LIMIT = 500_000_000
"""Bytes of one file of the cache; what is larger was not written by comparo."""


def digest(*parts: bytes) -> bytes:
    """Give a short name for some bytes that no others have."""
    return blake2b(msgspec.msgpack.encode(parts), digest_size=16).digest()


@cache
def program() -> bytes:
    """Give a digest of comparo and of what it is installed with: a change in it makes all anew."""
    installed = (
        entry.name
        for folder in sys.path
        if folder.endswith("-packages")
        for entry in _entries(folder)
        if entry.name.endswith(".dist-info")
    )
    own = sorted(_sources(str(Path(__file__).parent)))
    return digest(*map(os.fsencode, (sys.version, *sorted(installed), *own)))


def load(folder: Path, name: str) -> Any:
    """Give what was saved under a name, or None."""
    try:
        with open(folder / name, "rb", opener=_without_waiting) as file:
            data = file.read(LIMIT)
    except OSError:
        return None
    head, body = data[:32], data[32:]
    if head != program() + digest(body):
        return None
    with suppress(msgspec.MsgspecError, RecursionError):
        return msgspec.msgpack.decode(body)
    return None


def save(folder: Path, name: str, value: object) -> None:
    """Keep a value of numbers, texts, bytes, lists and mappings; where it cannot be, it is not."""
    temporary = folder / f"{name}.{os.getpid()}.tmp"
    with suppress(OSError, OverflowError, UnicodeError):
        body = msgspec.msgpack.encode(value)
        folder.mkdir(exist_ok=True)
        temporary.write_bytes(program() + digest(body) + body)
        temporary.replace(folder / name)


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; where a FIFO stands instead, nobody waits for what it may say."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _sources(folder: str) -> Iterator[str]:
    """Give the modules below a folder, each as it stands."""
    for entry in _entries(folder):
        if entry.name.endswith(".py"):
            found = entry.stat()
            yield f"{entry.path} {found.st_size} {found.st_mtime_ns}"
        elif entry.is_dir():
            yield from _sources(entry.path)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []
