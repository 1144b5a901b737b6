"""A partial that is drawn once for the whole site, and filled for each item of a list."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

MARK = "\0"
"""Stands around a slot: no text of a theme can hold it."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A drawn text with places to fill, as Python formats it: ``%(name)s``."""

    form: str

    def fill(self, **values: str) -> str:
        """Put ready markup into the slots."""
        return self.form % values


def slots(called: Mapping[str, str]) -> dict[str, Markup]:
    """Give what to draw a partial with, so that it can be cut: what each slot is called there."""
    return {name: Markup(f"{MARK}{sign}{MARK}") for name, sign in called.items()}  # noqa: S704 (a mark, no text)


def cut(drawn: str, called: Mapping[str, str]) -> Skeleton | None:
    """Make a skeleton of a partial that was drawn with slots; None if they did not stay whole."""
    names = {sign: name for name, sign in called.items()}
    pieces = drawn.replace("%", "%%").split(MARK)
    if not {*pieces[1::2]} <= names.keys():
        return None
    return Skeleton("".join(f"%({names[p]})s" if i % 2 else p for i, p in enumerate(pieces)))
