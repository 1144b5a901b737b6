"""What pages in the terminal are drawn with: aligned, inert, and as wide as there is room."""

import io
import re

import pytest

from comparo.sheets.drawing import axis, bar, draw, facing, heading, ink, items, line, rows, width

CODES = re.compile(r"\x1b\[[0-9;]*m")

PROSE = "Words of a sentence that is longer than a narrow line has room for, and then some more."


def plain(*parts):
    """Draw for what is no terminal."""
    return draw(parts, io.StringIO())


def test_what_is_no_terminal_gets_each_sentence_in_a_line(monkeypatch):
    """Whatever COLUMNS says, nothing is wrapped, coloured or padded."""
    monkeypatch.setenv("COLUMNS", "20")

    said = plain(heading("Heading"), line(ink(PROSE, "a")), rows([(PROSE, ink(PROSE, "b"))], "<<"))

    assert said.splitlines() == ["", "Heading", f"  {PROSE}", f"  {PROSE}  {PROSE}"]


@pytest.mark.parametrize(("columns", "used"), [(50, 50), (80, 80), (240, 100)])
def test_a_terminal_is_used_as_far_as_lines_are_pleasant(terminal, columns, used):
    """Lines end at the edge of the terminal, and long before that of a very wide one."""
    said = CODES.sub("", draw([line(PROSE * 5), items([PROSE * 5])], terminal(columns)))

    assert used - 12 < max(map(width, said.splitlines())) <= used


def test_colours_are_for_terminals_that_want_them(terminal, monkeypatch):
    """The two products have their colours, unless NO_COLOR is set."""
    part = line(ink("A", "a"), " ", ink("B", "b"))
    stream = terminal(80)

    coloured = draw([part], stream)
    monkeypatch.setenv("NO_COLOR", "1")
    bare = draw([part], stream)

    assert len(set(CODES.findall(coloured))) == 3
    assert "38;" not in bare
    assert CODES.sub("", bare) == "  A B"


@pytest.mark.parametrize("text", ["[bold]x[/bold]", "[/x]", ":smile:", "\\[x]", "[link=file:///]"])
def test_nothing_is_markup(text):
    """Content shows as it was typed."""
    assert plain(line(text), rows([(text,)], "<")) == f"  {text}\n  {text}"


@pytest.mark.parametrize("sign", ["\x1b[31m", "\x07", "\x9b2J", "\u202e", "\u2066", "\x00"])
def test_no_control_reaches_the_terminal(terminal, sign):
    """What would move, colour or turn the text of a terminal is shown as an escape."""
    said = CODES.sub("", draw([line(f"a{sign}b")], terminal(80)))

    assert all(char.isprintable() for char in said)
    assert said == f"  a{sign.encode('unicode_escape').decode()}b"


def test_space_is_a_space():
    """A line's end in a name is none on the page, and a space that does not break is one too."""
    assert plain(line("a\nb\xa0c\u2028d")) == "  a b c d"


def test_wide_characters_align():
    """A Chinese character takes two columns, a combining mark none."""
    said = plain(rows([("笔记应用", "1"), ("ébc", "22"), ("e\u0301bc", "333")], "<>"))

    ends = {width(row) for row in said.splitlines()}
    assert ends == {2 + 8 + 2 + 3}


@pytest.mark.parametrize(
    ("value", "drawn"),
    [(0, "────────"), (0.5, "━━━━────"), (0.56, "━━━━╾───"), (1, "━━━━━━━━")],
)
def test_a_bar_is_heavy_as_far_as_the_value_goes(value, drawn):
    """Half columns count, and without colours the two parts differ too."""
    assert plain(rows([(bar(value, columns=8),)], "-")) == f"  {drawn}"


def test_bars_of_parts_make_up_the_whole():
    """Lines of all parts together are as long as the whole."""
    said = plain(rows([(bar(0.5, part),) for part in (0.5, 0.25, 0.25)], "-"))

    assert [len(row.strip()) for row in said.splitlines()] == [20, 10, 10]


def test_values_face_each_other():
    """A grows to the left and B to the right; what is unknown is dotted and not empty."""
    said = plain(rows([(facing(1, 0.5),), (facing(0.5, 1),), (facing(None, 0),)], "-"))

    first, second, third = said.splitlines()
    assert second == f"  {first.strip()[::-1].translate(str.maketrans('╾╼', '╼╾'))}"
    assert third.strip() == "┄" * 13 + "│" + "─" * 13


@pytest.mark.parametrize(
    ("low", "value", "high", "drawn"),
    [
        (0, None, 100, "━" * 40),
        (50, 50, 50, "─" * 20 + "●" + "─" * 19),
        (0, 0, 0, "●" + "─" * 39),
        (0, 100, 100, "━" * 39 + "●"),
        (25, 50, 75, "─" * 10 + "━" * 10 + "●" + "━" * 9 + "─" * 10),
    ],
)
def test_an_axis_shows_the_range_and_the_value(low, value, high, drawn):
    """The range is heavy, the value a dot, and an exact rank is a dot alone."""
    assert plain(rows([(axis(low, value, high, "a"),)], "-")) == f"  {drawn}"


def test_lines_give_way_before_words_do(terminal):
    """In a narrow terminal lines become shorter; numbers are never cut."""
    row = ("Component", "1,234.5", axis(20, 60, 80, "a"), "no data")

    for columns in (42, 50, 80):
        said = CODES.sub("", draw([rows([row], "<>->")], terminal(columns)))

        assert said.count("\n") == 0
        assert "1,234.5" in said
        assert said.endswith("no data")


def test_an_encoding_without_lines_gets_others():
    """Where a terminal cannot write the signs, plain ones stand for them."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")

    said = draw([items(["“one” …"]), rows([(axis(0, 50, 100, "a"),)], "-")], stream)

    assert said.splitlines() == ['  *  "one" ...', f"  {'=' * 20}o{'=' * 19}"]
