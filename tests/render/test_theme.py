"""Themes: how they are found, what they extend, and what they say."""

import datetime as dt
import re
from pathlib import Path

import pytest
from markupsafe import Markup

from comparo.errors import ThemeError
from comparo.render.theme import day, hostname, number, open_theme, percent, whole_points

DEFAULT = Path(__file__).parent.parent.parent / "themes/default"


@pytest.fixture
def theme(tmp_path):
    """Give a function that opens a theme of these files, which extends the default one."""

    def make(**files):
        folder = tmp_path / "themes/own"
        files = {"theme.yaml": "name: own\nextends: default\n"} | files
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return open_theme(tmp_path, "own")

    return make


def test_the_default_theme_needs_no_file(tmp_path):
    """A site without themes has the one that ships with comparo."""
    theme = open_theme(tmp_path, "default")

    assert theme.say("title.comparison", a="A", b="B") == "A vs B"


def test_a_theme_overrides_what_it_holds(theme):
    """One string, one template, one asset: the rest is the default theme's."""
    own = theme(
        **{
            "strings.yaml": "rank: {unrated: Not rated}\n",
            "templates/page.html": "mine {{ say('cell.no') }}",
            "assets/style.css": "mine",
        }
    )

    assert own.say("rank.unrated") == "Not rated"
    assert own.say("pricing.freemium") == "Free tier"
    assert own.draw("page.html") == "mine No"
    assert own.assets["style.css"] == b"mine"
    assert "icon.svg" in own.assets


def test_a_theme_that_is_not_there_is_named(tmp_path):
    """The message says which themes there are."""
    with pytest.raises(ThemeError, match=r'there is no theme "drak" \(there are: default\)'):
        open_theme(tmp_path, "drak")


def test_themes_do_not_extend_each_other(theme):
    """A circle is told as one."""
    with pytest.raises(ThemeError, match="circle: own → own"):
        theme(**{"theme.yaml": "name: own\nextends: own\n"})


@pytest.mark.parametrize(
    ("strings", "message"),
    [
        ("a: [", r"^themes/own/strings.yaml:2:1: is not YAML"),
        ("a: {b: [1]}", r"^themes/own/strings.yaml:1:8: a.b: must be a text, not a list$"),
        ("a: 1\na: 2", r"^themes/own/strings.yaml:2:1: a: stands twice"),
    ],
)
def test_wrong_strings_are_told_with_their_place(theme, strings, message):
    """A mistake in strings.yaml names file and line, like one in content."""
    with pytest.raises(ThemeError, match=message):
        theme(**{"strings.yaml": strings})


def test_strings_count(theme):
    """A string with forms chooses by n, and shows n with its thousands apart."""
    own = theme(**{"strings.yaml": "a: {one: '{n} thing', other: '{n} things'}\n"})

    said = [own.say("a", n=n) for n in (0, 1, 2, 21000)]
    assert said == ["0 things", "1 thing", "2 things", "21,000 things"]


def test_markup_in_a_string_escapes_the_rest(theme):
    """A value that is markup stays so; words and other values around it are escaped."""
    own = theme(**{"strings.yaml": "a: '<{x}> & {y}'\n"})

    said = own.say("a", x=Markup("<b>1</b>"), y="<i>")

    assert said == Markup("&lt;<b>1</b>&gt; &amp; &lt;i&gt;")


def test_content_is_escaped_in_every_template(theme):
    """Escaping does not depend on a template's name."""
    own = theme(**{"templates/odd.txt": "{{ x }}", "templates/odd.html.j2": "{{ x }}"})

    assert own.draw("odd.txt", x="<b>") == own.draw("odd.html.j2", x="<b>") == "&lt;b&gt;"


def test_filters():
    """Figures, dates, shares and hosts as pages show them."""
    assert [number(n) for n in (0, 21000, 0.5, 1234.567, -3, 0.00123, 1e-9)] == [
        "0",
        "21,000",
        "0.5",
        "1,234.57",
        "−3",
        "0.0012",
        "0.000000001",
    ]
    assert day(dt.date(2026, 8, 1)) == '<time datetime="2026-08-01">1 August 2026</time>'
    assert (percent(0.4), whole_points(0.995), whole_points(0.005)) == ("40%", 100, 1)
    assert hostname("https://www.example.org/a") == "example.org"


def test_every_word_of_the_default_theme_is_said():
    """What no template and no code says is not kept."""
    theme = open_theme(Path("/nowhere"), "default")
    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in (DEFAULT / "templates", DEFAULT.parent.parent / "comparo")
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".html", ".py")
    )
    said = set(re.findall(r"""["']([a-z_]+\.[a-z_]+)["']""", code))
    # A key may be put together: "pricing." ~ model, f"caveat.{kind}".
    made = tuple(
        {*re.findall(r'"([a-z]+\.[a-z_]*)"\s*~', code), *re.findall(r'f"([a-z]+\.)\{', code)}
    )

    assert [key for key in theme.words if key not in said and not key.startswith(made)] == []


def test_no_template_holds_words():
    """Everything that a reader is told stands in strings.yaml."""
    found = []
    for path in sorted((DEFAULT / "templates").glob("*.html")):
        text = re.sub(
            r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", path.read_text(), flags=re.DOTALL
        )
        found += [(path.name, word) for word in re.findall(r"[A-Za-z]{3,}", text)]

    assert found == []
