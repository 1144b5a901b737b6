"""A partial that is drawn once for the whole site, and filled for each item of a list."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

MARK = "\0"
"""Stands around the name of a slot: no text of a theme can hold it."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A drawn text with places to fill: at ``slots``, ``pieces`` hold the name of a slot."""

    pieces: tuple[str, ...]
    slots: tuple[tuple[int, str], ...]

    def fill(self, **values: str) -> str:
        """Put ready markup into the slots."""
        pieces = list(self.pieces)
        for place, name in self.slots:
            pieces[place] = values[name]
        return "".join(pieces)


def slots(names: Iterable[str]) -> dict[str, Markup]:
    """Give what to draw a partial with, so that it can be cut."""
    return {name: Markup(f"{MARK}{name}{MARK}") for name in names}  # noqa: S704 (a mark, no text)


def cut(drawn: str) -> Skeleton:
    """Cut a drawn partial where its slots are."""
    pieces = tuple(drawn.split(MARK))
    return Skeleton(pieces, tuple((i, name) for i, name in enumerate(pieces) if i % 2))
