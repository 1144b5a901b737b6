"""All of a build's files or none: written beside the old ones, put in their places at the end."""

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from comparo.output.files import discard, disk_error, prune, stage


class Staging:
    """A build's files on their way into the output folder.

    What is put here shows only when it is published; left without that, it never was.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.waiting: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def put(self, path: str, data: bytes) -> None:
        """Write a file beside its place, unless what stands there already has these bytes."""
        temporary = stage(self.root, path, data)
        if temporary:
            self.waiting[path] = temporary

    def publish(self) -> int:
        """Put every file in its place; give their number."""
        number = len(self.waiting)
        for path in list(self.waiting):
            try:
                os.replace(self.waiting[path], f"{self.root}/{path}")  # noqa: PTH105 (as in files)
            except OSError as error:
                raise disk_error(f"{self.root}/{path}", error) from error
            del self.waiting[path]
        return number

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        discard(self.waiting.values())
        prune(self.root, {path.rpartition("/")[0] for path in self.waiting})
