"""What templates are compiled to says what Jinja's own code says."""

import re
from random import Random

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from comparo.errors import ThemeError
from comparo.render.generating import KNOWN, Texts, escaped
from tests.render.templates import Author, pages, plain, theme_of


def drawn(page, **values):
    """Draw a template as pages are drawn, and do not try another way."""
    return theme_of(page=page).environment.get_template("page.html").render(values)


@given(st.integers(0, 2**32), st.booleans())
def test_whatever_plain_jinja_draws_is_drawn_so(seed, hiding):
    """One page after another, of two sites, several products and depths: each says its own."""
    chance = Random(seed)  # noqa: S311 (any templates will do)
    theme = Author(chance, hiding).theme()
    template = plain(theme).get_template("page.html")

    for values in pages(chance):
        try:
            wanted = template.render(values)
        except jinja2.UndefinedError:  # what is wrong need not be drawn
            continue
        assert theme.draw("page.html", **values) == wanted


@pytest.mark.parametrize("name", ["class", "from", "lambda", "x"])
def test_macros_take_any_name(name):
    """An argument may be called as HTML calls it, even if Python means something else by it."""
    page = f"{{% macro m({name}='-') %}}<{{{{ {name} }}}}>{{% endmacro %}}{{{{ m({name}='a') }}}}"

    assert drawn(page) == "<a>"


def test_attributes_may_be_called_like_words_of_python():
    """What Python cannot write is asked for as Jinja does."""
    thing = type("Thing", (), {"class": "c", "name": "n"})()

    assert drawn("{{ thing.class }} {{ thing.name }}", thing=thing) == "c n"


def test_a_view_is_asked_for_nothing_but_what_is_named():
    """A page's values are worked out when a template names them, and values come before them."""
    asked = []

    class View:
        @property
        def dear(self):
            asked.append("dear")
            return "worked out"

        @property
        def cheap(self):
            asked.append("cheap")
            return "<seen>"

    template = theme_of(page="{{ cheap }}{{ given }}").environment.get_template("page.html")

    assert template.render(given=1, view=View()) == "&lt;seen&gt;1"
    assert asked == ["cheap"]
    assert template.render(given=1, cheap=2, view=View()) == "21"


def test_a_partial_and_a_frame_see_the_view():
    """Whatever is laid around a page or included in it can ask for the same."""
    view = type("View", (), {"said": "here"})()
    theme = theme_of(
        page='{% extends "base.html" %}{% block m %}{% include "part.html" %}{% endblock %}',
        base="{{ said }}{% block m %}{% endblock %}",
        part="{{ said }}",
    )

    assert theme.draw("page.html", view) == "herehere"


def test_what_no_view_has_is_an_error():
    """A name that is nowhere is told with file and line."""
    view = type("View", (), {"said": "here"})()

    with pytest.raises(ThemeError, match=re.escape("page.html:2: 'unsaid' is undefined")):
        theme_of(page="{{ said }}\n{{ unsaid }}").draw("page.html", view)


def test_escaping_tells_values_apart_that_are_equal():
    """What is remembered of one value is not said of another of its kind."""
    assert [escaped(value) for value in (1, True, 1.0, "1")] == ["1", "True", "1.0", "1"]
    assert [escaped(value) for value in (0.0, -0.0, (1,), (True,))] == [
        "0.0",
        "-0.0",
        "(1,)",
        "(True,)",
    ]
    assert [escaped(value) for value in ("<", Markup("<"), "<")] == ["&lt;", "<", "&lt;"]


def test_texts_are_escaped_once_and_forgotten_in_the_end():
    """However many there are, they do not fill the memory."""
    texts = Texts()

    said = [texts[text] for text in ("a<b", "plain", "a<b")]

    assert said == ["a&lt;b", "plain", "a&lt;b"]
    assert [texts[f"{n}&"] for n in range(KNOWN)] == [f"{n}&amp;" for n in range(KNOWN)]
    assert len(texts) < KNOWN
    assert texts["a<b"] == "a&lt;b"


@pytest.mark.parametrize(
    "page",
    [
        "{% autoescape false %}{% include 'part.html' %}{% endautoescape %}",
        "{% macro m() %}<&>{% endmacro %}{% autoescape false %}{{ m()|e }}{% endautoescape %}",
        "{% from 'kit.html' import say, other as knows %}{{ say('plain') }}{{ knows('plain') }}",
        "{% import 'kit.html' as site %}{{ site.say('plain') }}",
    ],
)
def test_what_is_escaped_and_what_is_imported_stays_so(page):
    """A part that is included escapes by itself, and a name that is imported means what it says."""
    theme = theme_of(
        page=page,
        part="{{ name }}",
        kit="{% macro say(x) %}own {{ x }}{% endmacro %}{% macro other(x) %}other{% endmacro %}",
    )

    drawn = theme.environment.get_template("page.html").render(name="<&>", site="site")

    assert drawn == plain(theme).get_template("page.html").render(name="<&>", site="site")


def test_there_is_no_filter_that_nobody_made():
    """What is used inside has no name that an author could take for one."""
    with pytest.raises(ThemeError, match="No filter named 'once'"):
        theme_of(page="{{ 1|once }}").draw("page.html")
