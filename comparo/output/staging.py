"""All of a build's files or none: written beside the old ones, put in their places at the end."""

from pathlib import Path
from types import TracebackType
from typing import Self

from comparo.output.files import discard, holds, prune, publish, remove, stage, sweep
from comparo.output.manifest import NAME, Manifest


class Staging:
    """A build's files on their way into the output folder.

    What is put here shows only when it is published; left without that, it never was. Before the
    first write the folder is marked with the manifest ``before``, which lists old and new files,
    and after a failure with ``otherwise`` again. Where every file is right, none is written,
    unless all are wanted ``anew``.
    """

    def __init__(
        self, root: Path, *, before: Manifest, otherwise: Manifest, anew: bool = False
    ) -> None:
        self.root = root
        self.anew = anew
        self.before = before
        self.otherwise = otherwise
        self.waiting: dict[str, str] = {}
        self.latest = ""
        self.begun = False
        self.published = False

    def __enter__(self) -> Self:
        return self

    def begin(self) -> None:
        """Mark the folder as one that is being written to."""
        if not self.begun:
            self.before.save(self.root)
            self.begun = True

    def put(self, path: str, data: bytes) -> None:
        """Write a file beside its place, unless what stands there already has these bytes."""
        if not holds(self.root, path, data) or self.anew:
            self.begin()
            self.latest = path
            self.waiting[path] = stage(self.root, path, data)

    def publish(self) -> int:
        """Put every file in its place; give their number."""
        number = len(self.waiting)
        self.published = True
        for path in list(self.waiting):
            publish(self.root, path, self.waiting[path])
            del self.waiting[path]
        return number

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is None or not self.begun:
            return
        discard(self.waiting.values())
        sweep(self.root, [self.latest])  # cut short, its file may be there and not be waiting yet
        prune(self.root, {path.rpartition("/")[0] for path in (*self.waiting, self.latest)})
        if self.published:
            return  # some files are new by now, and only ``before`` lists them
        if self.otherwise.paths:
            self.otherwise.save(self.root)
        else:
            remove(self.root, [NAME])
