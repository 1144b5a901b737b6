"""Problems as HTML, each with the lines of the file that it is about.

No theme and no template has a part in it: they may be what is broken.
"""

import re
from collections.abc import Callable, Sequence
from html import escape

from comparo.errors import ComparoError, ContentError, Place, Problem

TextOf = Callable[[str], str | None]
"""Gives what a file says; None where there is nothing to be shown."""

SHOWN = 20
"""How many problems are shown; who mends them will see the rest."""

AROUND = 3
"""How many lines are shown above and below one that is wrong."""

WIDTH = 160
"""How many characters of a line are shown."""

_PLACED = re.compile(r"(?s)(?P<file>.+?):(?P<line>\d+)(:(?P<column>\d+))?: (?P<message>.+)")

_PAGE = """\
<!doctype html>
<html lang="en" data-broken>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
</head>
<body>
<main>
{panel}</main>
</body>
</html>
"""

_PANEL = """\
<link rel="stylesheet" href="/.comparo/problems.css">
<section class="comparo-problems" aria-labelledby="comparo-problems">
<h1 id="comparo-problems">{title}</h1>
<ol>
{items}
</ol>
<p>{closing}</p>
</section>
"""


def problems_of(error: ComparoError) -> tuple[Problem, ...]:
    """Give the problems that an error tells of, with their places where it names them."""
    if isinstance(error, ContentError):
        return error.problems
    text = str(error)
    placed = [_PLACED.fullmatch(line) for line in text.splitlines()]
    found = placed if all(placed) else [_PLACED.fullmatch(text)]
    return tuple(
        Problem(Place(m["file"], int(m["line"]), int(m["column"] or 0)), m["message"])
        if m
        else Problem(Place(""), text)
        for m in found
    )


def page(problems: Sequence[Problem], text_of: TextOf) -> bytes:
    """Make a page of problems."""
    title, made = escape(_title(problems)), panel(problems, text_of)
    return _PAGE.format(title=title, panel=made.decode()).encode()


def panel(problems: Sequence[Problem], text_of: TextOf) -> bytes:
    """Make the part of a page that shows problems."""
    items = "\n".join(f"<li>{_item(problem, text_of)}</li>" for problem in problems[:SHOWN])
    closing = "This page shows itself anew as soon as a file is saved."
    if len(problems) > SHOWN:
        closing = f"… and {len(problems) - SHOWN:,} more. {closing}"
    return _PANEL.format(title=escape(_title(problems)), items=items, closing=closing).encode()


def _title(problems: Sequence[Problem]) -> str:
    return "One thing to mend" if len(problems) == 1 else f"{len(problems):,} things to mend"


def _item(problem: Problem, text_of: TextOf) -> str:
    text = escape(str(problem).removeprefix(": "))
    place = problem.place
    said = text_of(place.file) if place.line else None
    lines = said.removesuffix("\n").split("\n") if said else []
    if not lines:
        return f"<p>{text}</p>"
    wrong = min(place.line, len(lines))  # what is missing is missing after the last line
    numbers = range(max(1, wrong - AROUND), min(len(lines), wrong + AROUND) + 1)
    excerpt = "\n".join(_line(n, lines[n - 1], marked=n == wrong) for n in numbers)
    return f"<p>{text}</p>\n<pre>{excerpt}</pre>"


def _line(number: int, line: str, *, marked: bool) -> str:
    cut = line if len(line) <= WIDTH else f"{line[:WIDTH]}…"
    shown = f"{number:>5}  {escape(cut)}"
    return f"<mark>{shown}</mark>" if marked else shown
