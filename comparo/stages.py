"""What the stages of a work made last time, so that only what changed is made again.

Every stage is a function of what it is given. So where that is the same as last time, its result
is, too, and it is the very same object: later stages see so at a glance.

The same is less than equal here: to Python 1, 1.0 and True are equal, but a page shows them apart.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


class Stages:
    """The results of the last time, by stage."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[Any, Any]] = {}

    def made(self, stage: str, given: Given, make: Callable[[], Made]) -> Made:
        """Give what a stage made of the same, or have it made."""
        last = self._made.get(stage)
        if last is None or not same(last[0], given):
            last = self._made[stage] = given, make()
        result: Made = last[1]
        return result

    def again(self, stage: str, made: Made) -> Made:
        """Give what is the same as this and was there last time, if anything."""
        return self.made(stage, made, lambda: made)

    def each(
        self, stage: str, given: Mapping[str, Given], make: Callable[[str], Made]
    ) -> dict[str, Made]:
        """Do so for each product by itself."""
        before, results = self._made.get(stage, ({}, {}))
        made: dict[str, Made] = {
            slug: results[slug] if slug in before and same(before[slug], each) else make(slug)
            for slug, each in given.items()
        }
        self._made[stage] = given, made
        return made


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are of one make through and through."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(map(same, one.values(), other.values()))
    if is_dataclass(one):
        names = [field.name for field in fields(one) if field.compare]
        return all(same(getattr(one, name), getattr(other, name)) for name in names)
    return bool(one == other)
