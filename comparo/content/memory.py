"""All that was read of a site: a text is parsed once, until it changes.

From one build of a watch to the next it is kept as it is; between runs, what can be bytes lies in
``.comparo/``. Each time the files are looked at anew, and nothing broken is kept.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec

from comparo.cache import load, save
from comparo.content.reading import ODD, Kind, Reading, pack, read_anew, unpack, unstamped
from comparo.files import Files, Report

T = TypeVar("T")

NAME = "content"
"""What the file in ``.comparo/`` is called."""


WORTH = 16
"""How many times longer it takes to parse a product than to write what it was parsed to."""


class Memory:
    """What was read, by name, in this round (of looking through a site) and in the last one."""

    def __init__(self, folder: Path | None = None) -> None:
        """Give what lies in a folder, as far as it is sound; without one, nothing is kept there."""
        self._folder = folder
        self._packed = _load(folder) if folder else {}
        self._stored = {*self._packed}
        self._last: Mapping[str, Reading[Any]] = {}
        self._now: dict[str, Reading[Any]] = {}

    def begin(self) -> None:
        """Begin a round: what the last one did not ask for, or found broken, is forgotten."""
        self._last, self._now = self._sound(), {}

    def remember(
        self,
        files: Files,
        name: str,
        read: Callable[[Files], T | None],
        given: bytes = b"",
        kind: Kind[T] | None = None,
    ) -> T | None:
        """Give what is read under a name, with its problems; read it only where that changed.

        It may depend on nothing but the files that it looks at and what ``given`` stands for.
        Without a ``kind`` it is kept for this run only.
        """
        if not self.knows(files, name, given, kind):
            self._learn(name, read_anew(files, read, given, kind))
        reading = self._now[name]
        reading.tell(files.report)
        return cast("T | None", reading.value)

    def knows(
        self, files: Files, name: str, given: bytes = b"", kind: Kind[Any] | None = None
    ) -> bool:
        """Tell whether what was read under a name still holds."""
        if name in self._now:
            return True
        reading = self._last.get(name) or self._unpack(name, kind)
        if reading is None or reading.given != given:
            return False
        if not reading.seen.at_a_glance(files):
            seen = reading.seen.again(Files(files.root, Report(), files.known))
            if seen is None:
                return False
            reading = replace(reading, seen=seen)
        self._now[name] = reading
        return True

    def learn(self, name: str, data: bytes, kind: Kind[Any]) -> None:
        """Take over what another process has read in this round."""
        self._learn(name, unpack(data, kind))
        self._packed[name] = data

    def save(self) -> None:
        """Keep in the folder what this round asked for.

        All of it is written in one go; as long as that would take longer than to parse anew what
        changed, it is put off.
        """
        kept = {name: each for name, each in self._sound().items() if each.kind}
        changed = len(kept.keys() ^ self._stored)
        if self._folder and changed * WORTH > len(kept):
            packed = self._packed
            save(self._folder, NAME, {n: packed.get(n) or pack(each) for n, each in kept.items()})
            self._stored = {*kept}
        self._packed = {}  # which takes as much room as what it was unpacked to

    @staticmethod
    def forget(folder: Path) -> None:
        """Take away what lies in a folder."""
        with suppress(OSError):
            (folder / NAME).unlink(missing_ok=True)

    def _learn(self, name: str, reading: Reading[Any]) -> None:
        self._now[name] = reading
        self._packed.pop(name, None)
        self._stored.discard(name)

    def _sound(self) -> dict[str, Reading[Any]]:
        return {name: reading for name, reading in self._now.items() if not reading.errors}

    def _unpack(self, name: str, kind: Kind[Any] | None) -> Reading[Any] | None:
        with suppress(*ODD):
            return unstamped(unpack(self._packed[name], kind)) if kind else None
        return None


def _load(folder: Path) -> dict[str, bytes]:
    with suppress(*ODD):
        return msgspec.convert(load(folder, NAME), dict[str, bytes])
    return {}
