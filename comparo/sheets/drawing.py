"""What a page in the terminal is drawn with: lines, rows, bars and axes (rich's second door)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TextIO, TypeAlias

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from comparo.errors import printable

Ink = Literal["", "a", "b", "strong", "quiet"]
"""How words look: in the colour of one of two products, weighty, or as an aside."""

INKS = {"a": "bold #2f6fce", "b": "bold #c77c00", "strong": "bold", "quiet": "dim"}
"""The site's two colours, as near as the terminal has them; both read on black and on white."""

WIDEST = 100
"""How many columns of a wide terminal are used: longer lines are no pleasure to read."""

UNBOUND = 100_000
"""The width of what is no terminal, so that each line stays one."""

WHOLE, HALF = 40, 13
"""How many columns 100 points take, where there is room: on a line of their own, and on one of two
sides."""

BARE = str.maketrans({"…": "..."} | dict(zip("━─╾╼┄│●·–—−’‘“”", "=-==.|o*---''\"\"", strict=True)))
"""What stands for the signs that some encodings do not have."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What is drawn in a row as wide as there is room, up to so many columns."""

    columns: int
    drawn: Callable[[int], Text]

    def __rich_measure__(self, _console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(1, min(self.columns, options.max_width))

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> Iterator[Text]:
        yield self.drawn(min(self.columns, options.max_width))


Part: TypeAlias = RenderableType
"""A piece of a page, from top to bottom."""

Words: TypeAlias = "str | Text"
"""Words as they are, or some with a look."""

Row: TypeAlias = "Sequence[Words | Figure]"
"""Cells that stand side by side."""


def ink(words: str, how: Ink = "") -> Text:
    """Give words a look. Nothing in them is markup, and no control reaches the terminal."""
    return Text("".join(map(_inert, words)), style=how)


def joined(*parts: Words) -> Text:
    """Set words one after another."""
    return Text.assemble(*(part if isinstance(part, Text) else ink(part) for part in parts))


def width(text: str) -> int:
    """Count the columns that a text takes: a Chinese character takes two."""
    return cell_len(text)


def title(*parts: Words) -> Part:
    """Begin a page."""
    return Padding(joined(*parts), (1, 0, 1, 0), expand=False)


def heading(words: str) -> Part:
    """Begin a section."""
    return Padding(ink(words, "strong"), (1, 0, 0, 0), expand=False)


def line(*parts: Words, above: int = 0) -> Part:
    """Say something in a line, or in as many as it needs, with blank ones above."""
    return Padding(joined(*parts), (above, 0, 0, 2), expand=False)


def items(said: Iterable[Words]) -> Part:
    """List what is said, each with a dot."""
    return rows(((ink("·", "quiet"), words) for words in said), "=<")


def rows(cells: Iterable[Row], kinds: str, *, above: int = 0) -> Part:
    """Align cells in columns.

    ``<`` is a column of words, ``=`` one of words that stay on one line, ``>`` one of numbers, and
    ``-`` one of figures, which are the first to give way where there is little room.
    """
    table = Table.grid(padding=(0, 2, 0, 0))
    for kind in kinds:
        table.add_column(
            justify="right" if kind == ">" else "left",
            overflow="fold",
            no_wrap=kind in "=>",
            min_width=1,
        )
    for row in cells:
        table.add_row(*(cell if isinstance(cell, Figure) else joined(cell) for cell in row))
    return Padding(table, (above, 0, 0, 2), expand=False)


def bar(value: float, part: float = 1.0, columns: int = WHOLE) -> Figure:
    """Draw a value, 0 to 1, as the heavy part of a line, which is itself part of a whole."""
    return Figure(columns, lambda room: _bar(value, round(part * room), "a"))


def facing(a: float | None, b: float | None) -> Figure:
    """Draw two values away from their common middle, A's to the left; what is unknown, dotted."""

    def drawn(room: int) -> Text:
        half = (room - 1) // 2
        dotted = ink("┄" * half, "quiet")
        left = dotted if a is None else _bar(a, half, "a", mirrored=True)
        right = dotted if b is None else _bar(b, half, "b")
        return joined(left, ink("│", "quiet"), right)

    return Figure(2 * HALF + 1, drawn)


def axis(low: float, value: float | None, high: float, how: Ink) -> Figure:
    """Draw a line from 0 to 100, heavy where a range is, with a dot where the value is."""

    def drawn(room: int) -> Text:
        first, last = round(low / 100 * (room - 1)), round(high / 100 * (room - 1))
        range_ = "━" * (last - first + 1) if low < high else "─"
        line = joined(
            ink("─" * first, "quiet"),
            ink(range_, how if low < high else "quiet"),
            ink("─" * (room - last - 1), "quiet"),
        )
        if value is None:
            return line
        dot = round(value / 100 * (room - 1))
        return joined(line[:dot], ink("●", how), line[dot + 1 :])

    return Figure(WHOLE, drawn)


def scale() -> Figure:
    """Name the ends of the axes above."""
    return Figure(WHOLE, lambda columns: ink("0" + "100".rjust(columns - 1), "quiet"))


def draw(parts: Iterable[Part], stream: TextIO) -> str:
    """Draw a page for where it goes: a terminal has a width and colours, all else has neither."""
    console = Console(file=stream, theme=Theme(dict(INKS)))
    if console.legacy_windows:  # which does not know the codes for colours
        console = Console(file=stream, theme=Theme(dict(INKS)), color_system=None)
    console.width = min(console.width, WIDEST) if console.is_terminal else UNBOUND
    with console.capture() as captured:
        for part in parts:
            console.print(part)
    text = "\n".join(row.rstrip() for row in captured.get().splitlines())
    try:
        text.encode(console.encoding)
    except UnicodeEncodeError:
        return text.translate(BARE)
    return text


def _bar(value: float, columns: int, how: Ink, *, mirrored: bool = False) -> Text:
    whole, half = divmod(round(2 * columns * value), 2)
    light = ink("─" * (columns - whole - half), "quiet")
    if mirrored:
        return joined(light, ink("╼" * half + "━" * whole, how))
    return joined(ink("━" * whole + "╾" * half, how), light)


def _inert(sign: str) -> str:
    """Show a control character as an escape; what parts words or joins letters is none."""
    if sign.isspace():
        return " "
    return sign if sign in "\u200c\u200d" else printable(sign)
