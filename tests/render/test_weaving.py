"""A woven template says what the same one says unwoven."""

import pytest

from comparo.errors import ThemeError
from comparo.render.theme import open_theme

STRINGS = """
plain: "Words & more"
place: "Hello {name}!"
twice: "{name} and {name}"
odd: "{name!r}"
count: {one: "{n} thing", other: "{n} things"}
braces: "{{literal}} {name}"
"""


@pytest.fixture
def draw(tmp_path):
    """Give a function that draws templates of a theme made of these files."""

    def draw_(page, **partials):
        templates = tmp_path / "themes/own/templates"
        templates.mkdir(parents=True)
        (tmp_path / "themes/own/theme.yaml").write_text("name: Own\n")
        (tmp_path / "themes/own/strings.yaml").write_text(STRINGS)
        for name, text in {"page": page, **partials}.items():
            (templates / f"{name}.html").write_text(text)
        theme = open_theme(tmp_path, "own")
        return theme.draw("page.html", name="<A>", n=2, items=[1, 2], value={"key": "k"})

    return draw_


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('{{ say("plain") }}', "Words &amp; more"),
        ('{{ say("place", name=name) }}', "Hello &lt;A&gt;!"),
        ('{{ say("twice", name=name) }}', "&lt;A&gt; and &lt;A&gt;"),
        ('{{ say("odd", name=name) }}', "&#39;&lt;A&gt;&#39;"),
        ('{{ say("count", n=n) }}', "2 things"),
        ('{{ say("braces", name=name) }}', "{literal} &lt;A&gt;"),
        ('<a title="{{ say("plain") }}">', '<a title="Words &amp; more">'),
        ('{% set said = say("plain") %}{{ said|length }}', "12"),
        ("{{ value.key }}", "k"),
        ('{{ value["key"] }}', "k"),
        ("{{ items|map('string')|join(',') }}", "1,2"),
        ("{% for i in items %}{{ loop.index }}{{ loop.last }} {% endfor %}", "1False 2True "),
        ("{% macro m(x, y=2) %}{{ x }}{{ y }}{% endmacro %}{{ m(1) }}{{ m(1, y=3) }}", "1213"),
        ("{{ name.lower() }}", "&lt;a&gt;"),
    ],
)
def test_what_a_template_says(draw, page, expected):
    """Words, places, counts, attributes, items, loops and macros come out as Jinja has them."""
    assert draw(page) == expected


def test_a_partial_sees_what_stands_around_it(draw):
    """What is included knows the loop's names, and what it sets stays its own."""
    page = "{% set x = 0 %}{% for i in items %}{% include 'part.html' %}{% endfor %}{{ x }}"

    assert draw(page, part="{% set x = i * 2 %}{{ x }},") == "2,4,0"


def test_a_partial_may_include_itself(draw):
    """A partial that draws a tree ends where the tree does."""
    part = "{% if n %}{{ n }}{% set n = n - 1 %}{% include 'part.html' %}{% endif %}"

    assert draw("{% include 'part.html' %}", part=part) == "21"


def test_blocks_are_laid_over_each_other(draw):
    """Extending goes on as it did."""
    page = '{% extends "frame.html" %}{% block main %}in {{ super() }}{% endblock %}'

    assert draw(page, frame="<{% block main %}frame{% endblock %}>") == "<in frame>"


@pytest.mark.parametrize(
    ("page", "part", "message"),
    [
        ("{% include 'part.html' %}", "\n{{ missing }}", "part.html:2: 'missing' is undefined"),
        ("{% include 'part.html' %}", "\n{% if %}", "part.html:2: "),
        ("{% include 'none.html' %}", "", "has no template none.html"),
        ('\n\n{{ say("nothing") }}', "", 'strings.yaml has no "nothing"'),
        ("\n{{ value.none.more }}", "", "page.html:2: "),
    ],
)
def test_what_is_wrong_is_found_where_it_is_written(draw, page, part, message):
    """An error names the partial and its line, not the page that it was woven into."""
    with pytest.raises(ThemeError, match=r"(?s).*") as caught:
        draw(page, part=part)

    assert message in str(caught.value)
