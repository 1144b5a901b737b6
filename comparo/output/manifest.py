"""Which files of an output folder are comparo's own, and whether it may write there at all.

The list lives in the output, so that it goes where the folder goes and outlives the cache. A build
saves it before its first write, old paths and new ones together, and again after its last removal:
killed at any moment, it leaves a list of everything that it wrote.
"""

import os
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from comparo.errors import OutputError
from comparo.output.files import TEMPORARY, disk_error, folders_of, lies_inside, write_atomically

NAME = ".comparo-files"
TOLERATED = frozenset(
    {".gitkeep", ".gitignore", ".git", ".DS_Store", "CNAME", ".nojekyll", "README.md", NAME}
)
"""What may stand in an output folder that comparo has not written to yet."""

_HEADER = "comparo-files 1"
_UNFINISHED = f"{_HEADER} unfinished"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files that comparo wrote, by relative POSIX path.

    One that is not ``finished`` was saved by a build that may have left temporary files to sweep.
    """

    paths: frozenset[str] = frozenset()
    finished: bool = True

    @classmethod
    def load(cls, root: Path) -> Self:
        """Read what a folder says of itself; lines that no build wrote count for nothing."""
        file = root / NAME
        try:
            data = file.read_bytes() if file.is_file() and not file.is_symlink() else b""
        except OSError as error:
            raise disk_error(file, error) from error
        text = data.decode("utf-8", "surrogateescape")
        header, *lines = text.replace("\r\n", "\n").split("\n")  # git may have turned line ends
        if header not in (_HEADER, _UNFINISHED):
            return cls(finished=False)
        return cls(frozenset(filter(lies_inside, lines)), finished=header == _HEADER)

    def save(self, root: Path) -> None:
        """Write the list, and the output folder if it is not there yet."""
        header = _HEADER if self.finished else _UNFINISHED
        try:
            root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_error(root, error) from error
        write_atomically(root, NAME, "\n".join([header, *sorted(self.paths), ""]).encode())

    def in_the_way(self, planned: AbstractSet[str]) -> set[str]:
        """Give the old files that must go before the new ones can come.

        They are those that stand where a folder belongs now, or in a folder that becomes a file.
        """
        gone = self.paths - planned
        if not gone:
            return set()
        new = planned - self.paths
        folders = set().union(*map(folders_of, new))
        return {old for old in gone if old in folders or not new.isdisjoint(folders_of(old))}


def claim(
    root: Path, manifest: Manifest, planned: AbstractSet[str], *, guarded: Sequence[Path]
) -> None:
    """Refuse an output folder where writing or deleting could cost somebody their work.

    ``guarded`` are the folders that it must not be, hold or lie in: the content and the themes.
    A site's own folder holds them, and so is refused with every folder above it.
    """
    _refuse_place(root, guarded)
    try:
        _refuse_contents(root, manifest, planned)
    except OSError as error:
        raise disk_error(root, error) from error


def _refuse_place(root: Path, guarded: Sequence[Path]) -> None:
    place = _real(root)
    home = _real(Path(os.path.expanduser("~")))  # noqa: PTH111 - Path.home() raises if there is none
    if place == place.parent:
        raise _unfit(root, "it is the root of the file system")
    if home.is_relative_to(place):
        raise _unfit(root, "it is your home folder, or holds it")
    for folder in guarded:
        for kept in (_real(folder), _real(folder.parent) / folder.name):  # a link, and its target
            if place == kept:
                raise _unfit(root, f"it is {folder}")
            if kept.is_relative_to(place):
                raise _unfit(root, f"it holds {folder}")
            if place.is_relative_to(kept):
                raise _unfit(root, f"it lies in {folder}")


def _refuse_contents(root: Path, manifest: Manifest, planned: AbstractSet[str]) -> None:
    if root.is_symlink():
        raise _unfit(root, "it is a link")
    if not root.exists():
        return
    if not root.is_dir():
        raise _unfit(root, "it is a file")
    names = {entry.name for entry in root.iterdir()}
    strange = {name for name in names - TOLERATED if not TEMPORARY.fullmatch(name)}
    if not manifest.paths and (strange := {n for n in strange if not _is_hollow(root / n)}):
        raise OutputError(
            f"{root}: holds {min(strange)!r}, which comparo did not write; choose an empty folder"
            " with --output, or empty this one yourself"
        )
    tops = {name.casefold() for name in names}
    new = planned - manifest.paths
    going = manifest.in_the_way(planned)
    _refuse_foreign(
        root,
        {path for path in new if path.partition("/")[0].casefold() in tops},
        going.union(*map(folders_of, going)),
    )


def _is_hollow(path: Path) -> bool:
    """Tell whether a folder holds nothing but such folders, as when files are deleted meanwhile."""
    if path.is_symlink() or not path.is_dir():
        return False
    return all(TEMPORARY.fullmatch(found.name) or _is_hollow(found) for found in path.iterdir())


def _refuse_foreign(root: Path, new: set[str], going: set[str]) -> None:
    """Refuse to replace what stands where new files belong and was not written by comparo."""
    for path in sorted(new.union(*map(folders_of, new)) - going):
        there = root / path
        expected = there.is_file() and path == ".nojekyll" if path in new else there.is_dir()
        if os.path.lexists(there) and (there.is_symlink() or not expected):
            raise OutputError(
                f"{there}: comparo did not write this and would replace it; move it away and build"
                " again"
            )


def _unfit(root: Path, reason: str) -> OutputError:
    return OutputError(
        f"{root}: cannot be the output folder: {reason}; choose a folder for comparo alone, such as"
        " output"
    )


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))  # Path.resolve() raises on a circle of links
