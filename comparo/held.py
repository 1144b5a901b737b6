"""What a site was made of when it was last opened, so that only what changed is made again.

Every stage of opening a site is a function of what it is given. So where that is the same as last
time, its result is, too, and it is the very same object: later stages see so at a glance.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from comparo.content.memory import Memory

Given = TypeVar("Given")
Made = TypeVar("Made")


class Held:
    """The results of the last opening, by stage; what was read is in ``content``."""

    def __init__(self, folder: Path | None = None) -> None:
        """Begin with what lies in the cache, if it is named."""
        self.content = Memory(folder)
        self._made: dict[str, tuple[Any, Any]] = {}

    def made(self, stage: str, given: Given, make: Callable[[], Made]) -> Made:
        """Give what a stage made of the same, or have it made."""
        last = self._made.get(stage)
        if last is None or last[0] != given:
            last = self._made[stage] = given, make()
        result: Made = last[1]
        return result

    def each(
        self, stage: str, given: Mapping[str, Given], make: Callable[[str], Made]
    ) -> dict[str, Made]:
        """Do so for each product by itself."""
        before, results = self._made.get(stage, ({}, {}))
        made: dict[str, Made] = {
            slug: results[slug] if slug in before and before[slug] == each else make(slug)
            for slug, each in given.items()
        }
        self._made[stage] = given, made
        return made
