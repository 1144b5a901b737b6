"""One build at a time: a lock that ends with the process that holds it, however that ends."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from comparo.errors import OutputError
from comparo.output.files import disk_error

GRACE = 0.5
"""Seconds for which a process that was being born when a build was killed may yet hold its lock."""

_PAUSE = 0.05  # seconds between two looks
_HELD: set[int] = set()
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@contextmanager
def hold(folder: Path, wait: float = GRACE) -> Iterator[None]:
    """Be the only one at work, by ``folder/lock``; wait at most so many seconds for another."""
    path = folder / "lock"
    try:
        lock = _acquire(path, wait)
    except OSError as error:
        told = disk_error(error.filename or path, error)
        raise OutputError(
            f"{told}; a build keeps its lock and cache in the site's folder, wherever the output is"
        ) from error
    _HELD.add(lock)
    try:
        yield
    finally:
        _HELD.discard(lock)
        os.close(lock)


def forget(folder: Path) -> None:
    """Take the lock's file away, as the last thing done under it, and its folder if that is all."""
    with suppress(OSError):  # Windows keeps a file that is open; it is none the worse for that
        (folder / "lock").unlink()
        folder.rmdir()


def _let_go() -> None:
    """Close the locks in a process just born: they end with the one that took them, and only it."""
    while _HELD:
        os.close(_HELD.pop())


def _acquire(path: Path, wait: float) -> int:
    if path.parent.is_symlink():
        raise OutputError(f"{path.parent}: is a link; comparo writes through none: remove it")
    deadline = time.monotonic() + wait
    while (lock := _try(path)) is None:
        if time.monotonic() >= deadline:
            raise OutputError(
                f"{path}: {_holder(path)} is at work on this site; wait for it to end, or end it"
            )
        time.sleep(_PAUSE)
    return lock


def _try(path: Path) -> int | None:
    """Lock the file and write this process's id into it, or give None: someone else was first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = os.open(path, _FLAGS, 0o644)
    try:
        if _lock(lock) and _is_still(lock, path):
            os.ftruncate(lock, 0)
            os.write(lock, f"{os.getpid()}\n".encode())
            return lock
    except BaseException:
        os.close(lock)
        raise
    os.close(lock)
    return None


def _is_still(lock: int, path: Path) -> bool:
    """Say whether the locked file still bears its name: the cache may be deleted at any time."""
    return path.exists() and os.path.samestat(os.fstat(lock), path.stat())


def _holder(path: Path) -> str:
    pid = path.read_bytes()[:20].strip().decode("ascii", "replace")
    return f"another comparo (process {pid})" if pid.isdecimal() else "another comparo"


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _lock(file: int) -> bool:
        os.lseek(file, 1 << 30, os.SEEK_SET)  # a byte that nobody reads: Windows locks reading too
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        finally:
            os.lseek(file, 0, os.SEEK_SET)
        return True
else:
    import fcntl

    os.register_at_fork(after_in_child=_let_go)

    def _lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
