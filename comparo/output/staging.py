"""All of a build's files or none: written beside the old ones, put in their places at the end."""

# ruff: noqa: PTH105 (as in files.py)

import os
import secrets
from array import array
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from comparo.errors import OutputError
from comparo.output.files import (
    discard,
    disk_error,
    holds,
    lies_inside,
    make_folder,
    prune,
    remove,
    sweep,
    write_new,
)
from comparo.output.manifest import NAME, Manifest


class Staging:
    """The files that one process brings into the output folder.

    Each is kept by a number, for which ``path_of`` gives its path: so many paths would fill the
    memory. What is put here shows only when it is published; left without that, it never was.
    Before the first write the folder gets its ``mark``, a manifest that lists old and new files;
    there is none to get where the folder has it. Where every file is right, none is written, unless
    all are wanted ``anew``.
    """

    def __init__(
        self,
        root: Path,
        path_of: Callable[[int], str],
        mark: Manifest | None = None,
        *,
        anew: bool = False,
    ) -> None:
        self.root = root
        self.path_of = path_of
        self.anew = anew
        self._mark = mark
        self._waiting = array("I")
        self._token = secrets.token_hex(4)
        self._above = {""}
        self._folder, self._empty = "", False

    def another(self) -> Self:
        """Give one for another process, with nothing in it."""
        return type(self)(self.root, self.path_of, self._mark, anew=self.anew)

    @property
    def begun(self) -> bool:
        """Tell whether the folder is marked as one that is being written to."""
        return self._mark is None

    def begin(self) -> None:
        """Mark the folder. The manifest is long, and from then on lies on the disk."""
        if self._mark:
            self._mark.save(self.root)
            self._mark = None

    def put(self, number: int, path: str, data: bytes) -> bool:
        """Write a file beside its place, unless what stands there has these bytes; say whether."""
        if not self.begun:
            if holds(self.root, path, data) and not self.anew:
                return False
            self.begin()
        if not lies_inside(path):
            raise OutputError(f"{path!r}: would be written outside the output folder")
        self._waiting.append(number)  # before it is written: cut short, it is known by its name
        try:
            self._enter(path.rpartition("/")[0])
            if not self._empty and holds(self.root, path, data) and not self.anew:
                self._waiting.pop()
                return False
            write_new(self._beside(path, len(self._waiting) - 1), data)
        except OSError as error:
            raise disk_error(f"{self.root}/{path}", error) from error
        return True

    def publish(self) -> Iterator[tuple[int, str]]:
        """Put file after file in its place, as they came, and give the number and path of each."""
        for place, number in enumerate(self._waiting):
            path = self.path_of(number)
            try:
                os.replace(self._beside(path, place), f"{self.root}/{path}")
            except OSError as error:
                raise disk_error(f"{self.root}/{path}", error) from error
            yield number, path
        self._waiting = array("I")

    def waiting(self) -> Iterator[str]:
        """Give the paths of what was put here and not published."""
        return map(self.path_of, self._waiting)

    def discard(self) -> None:
        """Delete what was put here and not published."""
        discard(map(self._beside, self.waiting(), count()))

    def _beside(self, path: str, place: int) -> str:
        folder, slash, _ = path.rpartition("/")
        return f"{self.root}/{folder}{slash}.comparo-{self._token}{place:08x}.tmp"

    def _enter(self, folder: str) -> None:
        """Make sure that a folder is there, and know whether it is so new that it holds nothing."""
        if folder == self._folder:
            return
        above = folder.rpartition("/")[0]
        if above not in self._above:
            self._enter(above)
            self._above.add(above)
        self._empty = make_folder(f"{self.root}/{folder}") if folder else False
        self._folder = folder


class Undertaking:
    """All of a build's writing, by one process or several.

    If it comes to nothing, what was staged goes, and the output is marked as it was before, by the
    manifest ``otherwise``.
    """

    def __init__(self, staging: Staging, otherwise: Manifest) -> None:
        self.staging = staging
        self.otherwise = otherwise
        self.shared = False
        self.publishing = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        root, staging = self.staging.root, self.staging
        if error is None or not (staging.begun or self.shared):
            return
        staging.discard()
        before = Manifest.load(root)
        if self.shared:  # a process that was killed could not tidy up
            sweep(root, before.paths)
        new = before.paths - self.otherwise.paths if self.shared else staging.waiting()
        prune(root, {path.rpartition("/")[0] for path in new})
        if self.publishing:
            return  # some files are new by now, and only ``before`` lists them
        if self.otherwise.paths:
            self.otherwise.save(root)
        else:
            remove(root, [NAME])
