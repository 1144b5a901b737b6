"""A woven template says what the same one says unwoven."""

import shutil
from pathlib import Path

import pytest

from comparo.errors import ThemeError
from comparo.render.theme import open_theme
from comparo.site import open_site
from tests import edits
from tests.render.templates import plain, theme_of

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


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("{% for i in (1, 2) %}{{ i }}{% endfor %}", "12"),
        ("{% for s, t in (('a', x), ('b', y)) %}{{ s }}{{ t }}{% endfor %}", "axby"),
        ("{% for x, y in ((y, x),) %}{{ x }}{{ y }}{% endfor %}", "yx"),
        (
            "{% for i in (1, 2) %}{% for i in (i, 3) %}{{ i }}{% endfor %}{{ i }} {% endfor %}",
            "131 232 ",
        ),
        ("{% for i in (1, 2) %}{% set x = i %}{{ x }}{% endfor %}{{ x }}", "12x"),
        ("{% for i in (1, 2) %}{% set i = 3 %}{{ i }}{% endfor %}", "33"),
        (
            "{% for i in (x, y) %}{% for x in (1, 2) %}{{ i }}{{ x }}{% endfor %}{% endfor %}",
            "x1x2y1y2",
        ),
        ("{% for i in (1, 2) %}{{ loop.index }}{% endfor %}", "12"),
        ("{% for i in (1, 2) if i > 1 %}{{ i }}{% endfor %}", "2"),
        ("{% for i in () %}{{ i }}{% else %}none{% endfor %}", "none"),
        (
            "{% for i in (1, 2) %}{% macro m() %}{{ i }}{{ i }}{% endmacro %}{{ m() }}{% endfor %}",
            "1122",
        ),
        ("{% for x in ('p', 'q') %}{% include 'part.html' %}{% endfor %}{{ x }}", "pqx"),
        ("{% for x in ('p', 'q') %}{% include 'part.html' ignore missing %}{% endfor %}", "pq"),
        ("{% for x in ('p', 'q') %}{% include which %}{% endfor %}", "pq"),
        (
            "{% for x in ('p', 'q') %}{% import 'm.html' as o with context %}{{o.m()}}{% endfor %}",
            "pq",
        ),
    ],
)
def test_what_is_written_out_for_each(page, expected):
    """A loop over a few things named on the spot says in each round what it would say as a loop."""
    theme = theme_of(page=page, part="{{ x }}", m="{% macro m() %}{{ x }}{% endmacro %}")
    values = {"x": "x", "y": "y", "which": "part.html"}

    assert plain(theme).get_template("page.html").render(values) == expected
    assert theme.draw("page.html", **values) == expected


def test_a_macro_may_be_called_as_what_says_words():
    """An author who calls something ``say`` hears that."""
    page = "{% macro say(key) %}own {{ key }}{% endmacro %}{{ say('plain') }}"

    assert theme_of(page=page).draw("page.html") == "own plain"


def test_every_page_is_drawn_woven(hard_site):
    """The default theme needs no other, slower try, and says what it says to plain Jinja."""
    assert_woven(hard_site)


def test_the_theme_of_the_benchmark_is_drawn_woven(tmp_path):
    """What is measured is what themes get."""
    edits.write_small_site(tmp_path)
    edits.put_setting(tmp_path, "theme", "bench")
    shutil.copytree(Path(__file__).parents[1] / "bench/theme", tmp_path / "themes/bench")

    assert_woven(tmp_path)


def assert_woven(root):
    """Draw all pages of a site in both ways."""
    site, plainly = open_site(root), open_site(root)
    object.__setattr__(plainly.theme, "environment", plainly.theme.plain)

    pages = {url: site.render(url) for url in site.pages}

    assert not site.theme.plain.cache
    assert {url: plainly.render(url) for url in plainly.pages} == pages


def test_an_include_without_context_stays_in_its_place():
    """What is included without the page's names is drawn where it stands."""
    theme = theme_of(
        page='{% extends "frame.html" %}{% block main %}A{% include "part.html" without context %}'
        "{% endblock %}",
        frame="<{% block main %}{% endblock %}>",
        part="Q",
    )

    assert theme.draw("page.html") == "<AQ>"


def test_words_stand_as_they_are_where_nothing_is_escaped():
    """Where an author turns escaping off, words are not escaped either."""
    theme = theme_of(page='{% autoescape false %}{{ say("plain") }}{% endautoescape %}')

    assert theme.draw("page.html") == "Words & more"


def test_a_namespace_that_a_loop_writes_to_is_the_one_it_runs_over():
    """A loop over things named on the spot may write to them."""
    page = (
        "{% set x = namespace(v=0) %}{% set n = namespace(v=1) %}"
        "{% for x in (n, n) %}{% set x.v = 5 %}{% endfor %}{{ x.v }}{{ n.v }}"
    )

    assert theme_of(page=page).draw("page.html") == "05"


@pytest.mark.parametrize(
    "page",
    [
        "{% for i in (1, 2) if i %}" * 21 + "{{ 1 }}" + "{% endfor %}" * 21,
        "{{ cycler().next() }}",
        "{{ range(99999999999)|list }}",
        "{{ 10 ** 99999 }}",
    ],
)
def test_what_python_cannot_draw_is_the_themes_mistake(page):
    """Whatever a template makes Python stumble over is told with the template's name."""
    with pytest.raises(ThemeError, match=r"page\.html"):
        theme_of(page=page).draw("page.html")


def test_who_asks_for_a_template_that_is_not_there_is_named():
    """The message says which line includes what is missing."""
    theme = theme_of(page="\n{% include 'none.html' %}")

    with pytest.raises(ThemeError, match=r'^page\.html:2: theme "own" has no template none\.html$'):
        theme.draw("page.html")


def test_who_asks_for_words_that_are_not_there_is_named():
    """The message says which line says what strings.yaml does not have."""
    theme = theme_of(page="\n{{ say('none.at_all') }}")

    with pytest.raises(ThemeError, match=r'^page\.html:2: theme "own": strings\.yaml has no "none'):
        theme.draw("page.html")
