"""URL → file; the one place that writes below an output folder or deletes there.

Plain ``os`` calls: a site is tens of thousands of small files, and ``pathlib`` halves the speed.
"""

# ruff: noqa: PTH102, PTH105, PTH106, PTH108, PTH110, PTH120, PTH123, PTH208

import errno
import os
import re
import secrets
import shutil
import stat
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from comparo.errors import OutputError

TEMPORARY = re.compile(r"\.comparo-[0-9a-f]{16}\.tmp")
"""How a file is called while it is being written; no other file of anybody's is."""

REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.ENOENT: "the folder is gone",
}

_PLAIN = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*", re.ASCII)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\\:]")
_NO_PART = frozenset({"", ".", "..", ".git"})
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def file_of(url: str) -> str:
    """Give the file of a page, relative to the output folder.

    >>> [file_of("/"), file_of("/compare/a-vs-b/"), file_of("/robots.txt")]
    ['index.html', 'compare/a-vs-b/index.html', 'robots.txt']
    """
    path = url.removeprefix("/")
    return path if path and not path.endswith("/") else f"{path}index.html"


def folders_of(path: str) -> list[str]:
    """Give the folders that a relative path runs through, outermost first."""
    parts = path.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]


def lies_inside(path: str) -> bool:
    """Say whether a relative path can only mean a file below the output, whatever the system."""
    if _PLAIN.fullmatch(path):  # nearly all are: each part begins with a letter or a digit
        return True
    return not _UNSAFE.search(path) and _NO_PART.isdisjoint(path.casefold().split("/"))


def disk_error(path: Path | str, error: OSError) -> OutputError:
    """Say in one line what the disk refused, and where."""
    return OutputError(f"{path}: {REASONS.get(error.errno or 0) or error.strerror or error}")


def write_atomically(root: Path, path: str, data: bytes) -> bool:
    """Make a file hold these bytes, all of them or what it held before; say whether it had to."""
    if lies_inside(path) and holds(root, path, data):
        return False
    temporary = stage(root, path, data)
    try:
        publish(root, path, temporary)
    except OutputError:
        discard([temporary])
        raise
    return True


def replace_together(root: Path, files: Mapping[str, bytes]) -> None:
    """Write several files of an author: none is put in its place before all are written beside.

    A file that is replaced keeps its permissions.
    """
    staged: dict[str, str] = {}
    try:
        for path, data in files.items():
            staged[path] = stage(root, path, data)
            if os.path.exists(f"{root}/{path}"):
                shutil.copymode(f"{root}/{path}", staged[path])
        for path, temporary in staged.items():
            publish(root, path, temporary)
    except OSError as error:
        discard(staged.values())
        raise disk_error(root, error) from error
    except BaseException:
        discard(staged.values())
        raise


def stage(root: Path, path: str, data: bytes) -> str:
    """Write a file beside its place and give where.

    Folders below ``root`` are made, ``root`` is not: where it vanished, so did what was written
    before, and to go on would leave half a site. Nothing is ever written through a link.
    """
    if not lies_inside(path):
        raise OutputError(f"{path!r}: would be written outside the output folder")
    target = f"{root}/{path}"
    try:
        for folder in folders_of(path):
            make_folder(f"{root}/{folder}")
        temporary = f"{os.path.dirname(target)}/.comparo-{secrets.token_hex(8)}.tmp"
        write_new(temporary, data)
    except OSError as error:
        with suppress(OutputError):
            prune(root, [path.rpartition("/")[0]])
        raise disk_error(target, error) from error
    return temporary


def publish(root: Path, path: str, temporary: str) -> None:
    """Put a staged file in its place, in one step."""
    try:
        os.replace(temporary, f"{root}/{path}")
    except OSError as error:
        raise disk_error(f"{root}/{path}", error) from error


def discard(temporaries: Iterable[str]) -> None:
    """Delete staged files that shall not be put in place; one that is gone is no trouble."""
    for temporary in temporaries:
        with suppress(OSError):  # what stays is swept by the next build
            os.unlink(temporary)


def remove(root: Path, paths: Iterable[str]) -> None:
    """Delete these files, then the folders that are empty without them, never ``root`` itself.

    Links, folders and what lies behind a link stay. So does a file that is spelled in another way:
    where case does not count, ``Logo.png`` may by now be the ``logo.png`` that belongs.
    """
    gone: dict[str, set[str]] = defaultdict(set)
    for path in filter(lies_inside, paths):
        folder, _, name = path.rpartition("/")
        gone[folder].add(name)
    _unlink(root, gone, lambda folder, name: name in gone[folder])
    prune(root, gone)


def prune(root: Path, folders: Iterable[str]) -> None:
    """Delete these folders and those that hold them where they are empty, never ``root`` itself."""
    steps = {step for folder in folders for step in folders_of(f"{folder}/")} - {""}
    try:
        for folder in sorted(_real(root, steps), key=len, reverse=True):
            if not os.listdir(f"{root}/{folder}"):
                os.rmdir(f"{root}/{folder}")
    except OSError as error:
        raise disk_error(error.filename or root, error) from error


def sweep(root: Path, paths: Iterable[str]) -> None:
    """Delete what a killed build left half written in ``root`` and beside these files."""
    try:
        there = set(os.listdir(root))
    except FileNotFoundError:
        return
    except OSError as error:
        raise disk_error(root, error) from error
    near = (path for path in paths if path.partition("/")[0] in there)
    folders = {"", *(path.rpartition("/")[0] for path in filter(lies_inside, near))}
    _unlink(root, sorted(folders), lambda _folder, name: TEMPORARY.fullmatch(name))


def make_folder(folder: str) -> bool:
    """Make a folder, or see that it is one and no link; say whether it had to be made."""
    try:
        os.mkdir(folder)
    except FileExistsError:  # as mostly, or another worker was quicker
        mode = os.lstat(folder).st_mode
        if not stat.S_ISDIR(mode):
            raise OutputError(
                f"{folder}: {_kind(mode)} stands where a folder belongs; move it away and build"
                " again"
            ) from None
        return False
    return True


def holds(root: Path, path: str, data: bytes) -> bool:
    """Say whether a file has these bytes already; refuse what is no plain file."""
    target = f"{root}/{path}"
    try:
        found = os.lstat(target)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise disk_error(target, error) from error
    if not stat.S_ISREG(found.st_mode):
        raise OutputError(
            f"{target}: {_kind(found.st_mode)} stands where a file belongs;"
            " move it away and build again"
        )
    if found.st_size != len(data):
        return False
    try:
        with open(target, "rb", buffering=0) as file:
            return file.read() == data
    except OSError as error:
        raise disk_error(target, error) from error


def write_new(path: str, data: bytes) -> None:
    """Write a file that nobody has written yet; if that fails, there is none.

    No fsync: it guards against a failing machine, not a failing build, and disks make it dear.
    """
    try:
        file = os.open(path, _NEW, 0o666)
        try:
            written = os.write(file, data)
            while written < len(data):  # as on a disk that is getting full
                written += os.write(file, data[written:])
        finally:
            os.close(file)
    except BaseException:
        discard([path])
        raise


def _unlink(root: Path, folders: Iterable[str], meant: Callable[[str, str], object]) -> None:
    """Delete the plain files that are meant, by folder and name, in folders that are no links."""
    try:
        for folder in _real(root, folders):
            with os.scandir(f"{root}/{folder}" if folder else root) as entries:
                named = [entry for entry in entries if meant(folder, entry.name)]
            for entry in named:
                if entry.is_file(follow_symlinks=False):
                    os.unlink(entry.path)
    except OSError as error:
        raise disk_error(error.filename or root, error) from error


def _real(root: Path, folders: Iterable[str]) -> Iterator[str]:
    """Give those of some folders that are there, without a link on the way."""
    known: dict[str, bool] = {"": _is_folder(str(root))}
    for folder in folders:
        if folder not in known:
            for step in folders_of(f"{folder}/"):
                above = step.rpartition("/")[0]
                if step not in known:
                    known[step] = known[above] and _is_folder(f"{root}/{step}")
        if known[folder]:
            yield folder


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "a link"
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a file" if stat.S_ISREG(mode) else "a special file"
