"""What earlier builds found out, in ``.comparo/``: it saves time, and may be lost at any time.

Nothing in it is code. What is torn, of another version of comparo, or not as it was saved counts
for nothing.
"""

import os
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
    """Give a digest of comparo itself, as it is installed: a change in it makes all anew."""
    package = Path(__file__).parent
    return digest(*(bytes(part) for path in sorted(package.rglob("*.py")) for part in _seen(path)))


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
    body = msgspec.msgpack.encode(value)
    temporary = folder / f"{name}.{os.getpid()}.tmp"
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        temporary.write_bytes(program() + digest(body) + body)
        temporary.replace(folder / name)


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; where a FIFO stands instead, nobody waits for what it may say."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _seen(path: Path) -> Iterator[bytes]:
    found = path.stat()
    yield f"{path.name} {found.st_size} {found.st_mtime_ns}".encode()
