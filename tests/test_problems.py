"""Problems as HTML: what a reader sees of them, and that nothing in them is markup."""

import pytest

from comparo.errors import ContentError, Place, Problem, ThemeError
from comparo.problems import page, panel, problems_of

TEXT = "".join(f"line {number}\n" for number in range(1, 21))


def problem(line: int = 10, message: str = "is wrong") -> Problem:
    return Problem(Place("content/a.yaml", line, 5), message, "write it so")


def test_a_problem_shows_its_lines():
    """The line that is wrong is marked, and stands among those around it."""
    made = panel([problem()], lambda _: TEXT).decode()

    assert "<p>content/a.yaml:10:5: is wrong (write it so)</p>" in made
    assert "<mark>   10  line 10</mark>" in made
    assert "    7  line 7\n" in made
    assert "   13  line 13</pre>" in made
    assert "line 6" not in made
    assert "line 14" not in made


@pytest.mark.parametrize(("line", "shown"), [(1, 1), (20, 20), (21, 20)])
def test_the_first_and_the_last_line_can_be_wrong(line, shown):
    """At the ends of a file there are fewer lines around; after its end, something is missing."""
    made = panel([problem(line)], lambda _: TEXT).decode()

    assert f"line {shown}</mark>" in made


@pytest.mark.parametrize(("line", "text"), [(0, TEXT), (1, None), (3, "")])
def test_a_problem_may_have_no_lines(line, text):
    """A file that is gone, not text, or wrong as a whole has no line to show."""
    made = panel([problem(line)], lambda _: text).decode()

    assert "is wrong (write it so)</p>" in made
    assert "<pre>" not in made


def test_nothing_in_it_is_markup():
    """What stands in files and messages shows as typed."""
    hostile = '<script>alert("1")</script>&amp;'

    made = page([problem(1, hostile)], lambda _: hostile).decode()

    assert "<script" not in made
    assert made.count("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;") == 2


def test_control_characters_are_escaped():
    """What a terminal would replay is shown as what it is."""
    assert b"\x1b" not in panel([problem(0, "a\x1b[31m")], lambda _: None)


def test_a_long_line_is_cut():
    """A line of a megabyte does not become one of a page."""
    made = panel([problem(1)], lambda _: "x" * 1_000_000)

    assert len(made) < 2_000


def test_of_many_problems_some_are_shown():
    """The others are counted."""
    made = page([problem(n) for n in range(1, 1001)], lambda _: TEXT).decode()

    assert made.count("<li>") == 20
    assert "… and 980 more." in made
    assert "<title>1,000 things to mend</title>" in made


def test_content_errors_are_problems_already():
    """Each one keeps its place and its hint."""
    assert problems_of(ContentError(problem(), problem(3))) == (problem(), problem(3))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "themes/own/templates/home.html:3: 'x' is undefined",
            [Problem(Place("themes/own/templates/home.html", 3), "'x' is undefined")],
        ),
        (
            "a.yaml:1:2: is wrong\nb.yaml:3:4: as well",
            [Problem(Place("a.yaml", 1, 2), "is wrong"), Problem(Place("b.yaml", 3, 4), "as well")],
        ),
        ("a.html:1: one\ntwo", [Problem(Place("a.html", 1), "one\ntwo")]),
        ('there is no theme "x"', [Problem(Place(""), 'there is no theme "x"')]),
    ],
)
def test_other_errors_name_places_in_their_text(text, expected):
    """A place at the beginning of a line is taken for one."""
    assert problems_of(ThemeError(text)) == tuple(expected)


def test_what_has_no_place_is_told_all_the_same():
    """A text alone is a problem as well."""
    assert b"<p>there is no theme</p>" in panel(problems_of(ThemeError("there is no theme")), str)
