"""A partial that is drawn once for the whole site, and filled for each item of a list."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

MARK = "\0"
"""Stands around the name of a slot: no text of a theme can hold it."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A drawn text with places to fill, as Python formats it: ``%(name)s``."""

    form: str

    def fill(self, **values: str) -> str:
        """Put ready markup into the slots."""
        return self.form % values


def slots(names: Iterable[str]) -> dict[str, Markup]:
    """Give what to draw a partial with, so that it can be cut."""
    return {name: Markup(f"{MARK}{name}{MARK}") for name in names}  # noqa: S704 (a mark, no text)


def cut(drawn: str) -> Skeleton:
    """Make a skeleton of a partial that was drawn with slots."""
    pieces = drawn.replace("%", "%%").split(MARK)
    return Skeleton("".join(f"%({p})s" if i % 2 else p for i, p in enumerate(pieces)))
