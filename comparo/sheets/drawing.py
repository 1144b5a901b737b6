"""What a page in the terminal is drawn with: lines, rows, bars and axes (rich's second door)."""

from collections.abc import Iterable, Sequence
from typing import Literal, TextIO, TypeAlias

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from comparo.errors import printable

Part: TypeAlias = RenderableType
"""A piece of a page, from top to bottom."""

Words: TypeAlias = "str | Text"
"""Plain words, or some with a style."""

Ink = Literal["", "a", "b", "strong", "quiet"]
"""How words look: in the colour of one of two products, weighty, or as an aside."""

INKS = {"a": "bold #2f6fce", "b": "bold #c77c00", "strong": "bold", "quiet": "dim"}
"""The site's two colours, as far as the terminal has them; both read on black and on white."""

WIDEST = 100
"""How many columns of a wide terminal are used: longer lines are no pleasure to read."""

UNBOUND = 100_000
"""The width of what is no terminal: there each line stays one."""

BARE = str.maketrans("━─╾╼┄│●·–—−×→…’‘“”≈Σ", "=-==.|o*---x>.''\"\"~S")  # noqa: RUF003
"""What stands for the signs that some encodings do not have."""


def ink(words: object, how: Ink = "") -> Text:
    """Give words a look. Nothing in them is markup, and nothing reaches the terminal as control."""
    return Text("".join(map(_inert, str(words))), style=how)


def joined(*parts: Words) -> Text:
    """Set words one after another."""
    return Text.assemble(*(part if isinstance(part, Text) else ink(part) for part in parts))


def title(words: Text, note: str) -> Part:
    """Begin a page."""
    return line(words, "  ", ink(note, "quiet"), above=1)


def heading(words: str) -> Part:
    """Begin a section."""
    return Padding(ink(words, "strong"), (1, 0, 0, 0), expand=False)


def line(*parts: Words, above: int = 0) -> Part:
    """Say something in a line, or in as many as it needs; ``above`` it, leave lines blank."""
    return Padding(joined(*parts), (above, 0, 0, 2), expand=False)


def points(items: Iterable[Words]) -> Part:
    """List some items, each with a dot."""
    return rows(((ink("·", "quiet"), item) for item in items), "=<")


def rows(cells: Iterable[Sequence[Words]], sides: str, *, above: int = 0) -> Part:
    """Align cells in columns: ``<`` to the left, ``>`` to the right; ``=`` is ``<`` in one line."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for side in sides:
        if side == "<":
            table.add_column(overflow="fold")
        else:
            table.add_column(justify="right" if side == ">" else "left", no_wrap=True)
    for row in cells:
        table.add_row(*map(joined, row))
    return Padding(table, (above, 0, 0, 2), expand=False)


def bar(share: float, cells: int, how: Ink = "a") -> Text:
    """Draw a share, 0 to 1, as the heavy part of a light line."""
    whole, half = divmod(round(2 * cells * share), 2)
    heavy = "━" * whole + "╾" * half
    return joined(ink(heavy, how), ink("─" * (cells - len(heavy)), "quiet"))


def facing(a: float | None, b: float | None, cells: int) -> Text:
    """Draw two shares away from their common middle, A's to the left; the unknown is dotted."""
    dotted = ink("┄" * cells, "quiet")
    left = dotted if a is None else bar(a, cells, "a")
    right = dotted if b is None else bar(b, cells, "b")
    return joined(_mirrored(left), ink("│", "quiet"), right)


def axis(low: float, value: float | None, high: float, cells: int, how: Ink) -> Text:
    """Draw a line from 0 to 100: a range on it is heavy, and a dot is the value."""
    first, last = (round(end / 100 * (cells - 1)) for end in (low, high))
    signs = ["━" if first <= place <= last and low < high else "─" for place in range(cells)]
    drawn = joined(*(ink(sign, how if sign == "━" else "quiet") for sign in signs))
    if value is None:
        return drawn
    place = round(value / 100 * (cells - 1))
    return joined(drawn[:place], ink("●", how), drawn[place + 1 :])


def draw(parts: Iterable[Part], stream: TextIO) -> str:
    """Draw a page for where it goes: a terminal has a width and colours, all else has neither."""
    console = Console(file=stream, theme=Theme(dict(INKS)))
    if console.legacy_windows:
        console = Console(file=stream, theme=Theme(dict(INKS)), color_system=None)
    console.width = min(console.width, WIDEST) if console.is_terminal else UNBOUND
    with console.capture() as captured:
        for part in parts:
            console.print(part)
    text = "\n".join(row.rstrip() for row in captured.get().splitlines())
    try:
        text.encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, AttributeError):
        return text.translate(BARE)
    return text


def _mirrored(line: Text) -> Text:
    turned = [line[place] for place in range(len(line) - 1, -1, -1)]
    return joined(*(ink("╼", "a") if each.plain == "╾" else each for each in turned))


def _inert(sign: str) -> str:
    """Show a control character as an escape; what joins letters or parts words is none."""
    if sign.isspace():
        return " "
    return sign if sign in "\u200c\u200d" else printable(sign)
