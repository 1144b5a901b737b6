"""Themes made up by chance, of all that templates can be put together from, and their pages."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

import jinja2

from comparo.render.theme import Theme

WORDS = {
    "plain": "Words & more",
    "place": "Hello {name}!",
    "twice": "{name} <and> {name}",
    "odd": "{name!s}",
    "braces": "{{literal}} {name}",
    "count": {"one": "{n} thing of {name}", "other": "{n} things of {name}"},
}


@dataclass(frozen=True, eq=False)
class Thing:
    """A product or a site, as templates see it, and as what was drawn of it is kept by it."""

    name: str
    title: str
    url: str
    tags: tuple[str, ...]
    number: int
    drawn: dict[tuple[object, ...], str] = field(default_factory=dict)


def theme_of(**templates: str) -> Theme:
    """Make a theme of templates."""
    sources = {f"{name}.html": (f"{name}.html", t.encode()) for name, t in templates.items()}
    return Theme("own", WORDS, {}, sources, b"", {})


def plain(theme: Theme) -> jinja2.Environment:
    """Give an environment of Jinja's own that draws the same templates."""
    environment = jinja2.Environment(
        loader=jinja2.DictLoader({name: t.decode() for name, (_, t) in theme.templates.items()}),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(say=theme.say, knows=theme.knows)
    environment.filters["number"] = theme.environment.filters["number"]
    return environment


# Pages -----------------------------------------------------------------------------------------

WAYS = {depth: lambda target, depth=depth: "../" * depth + target[1:] for depth in range(3)}
ASSETS = {depth: lambda name, depth=depth: "../" * depth + f"assets/{name}" for depth in range(3)}


def things(site: str) -> list[Thing]:
    """Make a site and its three products, which other sites have, too, in their own way."""
    return [
        Thing(f"<{name}>", f"{site} {name}", f"/{name}/", (site, *name), number)
        for number, name in enumerate(("site", "one", "two", "three"))
    ]


def pages(chance: Random) -> list[dict[str, object]]:
    """Give what pages of two sites know: which site, its two products, how deep it stands."""
    sites = things("Here"), things("There")
    chosen = [tuple(map(chance.randrange, (2, 4, 4, 3))) for _ in range(5)]
    return [
        {
            "site": sites[s][0],
            "a": sites[s][a],
            "b": sites[s][b],
            "entry": sites[s][b],
            "product": sites[s][a],
            "others": sites[s][1:],
            "page": Thing(f"page {s}{a}{b}{depth}", "<title>", "/", (), a),
            "to": WAYS[depth],
            "asset": ASSETS[depth],
            "n": a + b,
            "which": "part2.html",
            "x": "x of the page",
            "side": f"side {b}",
            "word": "word",
        }
        for s, a, b, depth in chosen
    ]


# Templates -------------------------------------------------------------------------------------

NAMES = ("x", "side", "word", "range", "dict")
OWNERS = ("a", "b", "entry", "product", "site")
PARTS = ("part1", "part2", "part3")

SAID = (
    'say("plain")',
    'say("place", name=FACT)',
    'say("twice", name=FACT)',
    'say("odd", name=TEXT)',
    'say("braces", name=FACT)',
    'say("count", n=OWNER.number, name=FACT)',
    'say("pl" ~ "ace", name=FACT|upper)',
)
VALUES = (
    *("FACT", "FACT", "FACT", "TEXT", "SAID", "SAID", "n", "page.name"),
    *("to(OWNER.url)", 'to("/list/")', 'to("/" ~ a.name)', 'asset("style.css")'),
    *('OWNER.tags|join("; ")', "OWNER['title']", "others|map(attribute='name')|join"),
    *("(VALUE) ~ (VALUE)", "((VALUE) if TEST else (VALUE))", "(VALUE)|string|upper"),
    *("(VALUE)|string|length", "(VALUE)|default('none')|e"),
)
TESTS = ("OWNER.number > 1", "OWNER == b", "FACT is number", "a is defined", "rival is defined")
BITS = (
    *("{{ VALUE }}", "{{ VALUE }}", "<b>{{ VALUE }}</b>\n", "<hr>", "\n", "{{ range }}{{ dict }}"),
    *("{{ FACT }}|{{ FACT }}|{{ FACT }}|{{ FACT }}", "{{ OWNER.name }} {{ SAID }} {{ VALUE }}"),
    "<i>{{ a.name }}{{ a.url }}{{ a.title }}{{ site.title }}{{ to(a.url) }}</i>",
    "<i>{{ site.name }}{{ site.url }}{{ to('/x/') }}{{ asset('style.css') }}{{ SAID }}</i>",
    *("{% set NAME = VALUE %}", "{% set NAMED = OWNER %}"),
    '{% include "PART.html" %}',
    '{% include "PART.html" ignore missing %}',
    "{% include which %}",
    *("BODY", "{% if TEST %}BODY{% else %}BODY{% endif %}", "{% if TEST %}BODY{% endif %}"),
    '{% for side, entry in (("a", a), ("b", b)) %}BODY{% endfor %}',
    "{% for NAME, NAMED in ((TEXT, OWNER), (TEXT, OWNER)) %}BODY{% endfor %}",
    "{% for NAMED in (OWNER, OWNER) %}BODY{% endfor %}",
    "{% for NAMED in others %}BODY{% endfor %}",
    "{% for NAME in OWNER.tags %}BODY{{ loop.index }}{% endfor %}",
    "{% with NAME = VALUE %}BODY{% endwith %}",
    "{% filter upper %}BODY{% endfilter %}",
    "{% set x %}BODY{% endset %}{{ x }}",
    "{% macro m(x, class=2) %}BODY{{ x }}{{ class }}{% endmacro %}{{ m(VALUE, class=TEXT) }}",
)
HOLES = re.compile("FACT|TEXT|OWNER|SAID|VALUE|TEST|PART|BODY|NAMED|NAME")


@dataclass(frozen=True)
class Author:
    """Writes templates by chance.

    ``hiding`` says whether names that mean the same on all pages may come to mean something else:
    a partial that is only found when a page is drawn cannot be told of it, nor a page by its frame.
    """

    chance: Random
    hiding: bool

    def theme(self) -> Theme:
        """Write a theme with a page, perhaps with frames around it, and three parts to include."""
        made = {part: self.written("BODY", PARTS[n + 1 :], 1) for n, part in enumerate(PARTS)}
        levels = self.chance.choice((("page",), ("page", "base"), ("page", "mid", "base")))
        for level, above in zip(levels, (*levels[1:], ""), strict=True):
            before = self.chance.choice(("", "", "", "{% set x = 1 %}", "text", "\n"))
            extends = f'{before}{{% extends "{above}.html" %}}' if above else ""
            writer = self if level == "page" else replace(self, hiding=False)
            made[level] = extends + writer.written(self.blocks(above) if levels[1:] else "BODY")
        return theme_of(**made)

    def blocks(self, above: str) -> str:
        """Give the form of a template with blocks, which may say what those above say, and nest."""
        form = ""
        for name in self.chance.sample(("head", "main", "foot"), self.chance.randint(1, 3)):
            inside = "BODY"
            if above and self.chance.random() < 0.2:
                inside += "{{ super() }}"
            if name == "main" and self.chance.random() < 0.5:
                inside += "{% block inner %}BODY{% endblock %}"
            block = f"{{% block {name} %}}{inside}{{% endblock %}}"
            if not above and self.chance.random() < 0.3:
                block = f"{{% if TEST %}}{block}{{% endif %}}"
            form += f"{block}{{{{ VALUE }}}}" if above else f"{block}BODY"
        return form

    def written(self, form: str, parts: Sequence[str] = PARTS, depth: int = 3) -> str:
        """Fill a form's holes; it includes nothing but these parts, and does not nest deeper."""
        holes: dict[str, Callable[[], str]] = {
            "FACT": lambda: f"{one(OWNERS)}.{one(('name', 'title', 'url', 'number'))}",
            "TEXT": lambda: one(("x", "side", "word", '"<literal>"', "3")),
            "OWNER": lambda: one((*OWNERS, "a", "b", "others[0]")),
            "NAMED": lambda: one(OWNERS if self.hiding else OWNERS[:-1]),
            "NAME": lambda: one(NAMES if self.hiding else NAMES[:-2]),
            "PART": lambda: one(parts),
            "SAID": lambda: inner(one(SAID)),
            "VALUE": lambda: inner(one(VALUES if depth > 0 else VALUES[:6])),
            "TEST": lambda: inner(one(TESTS)),
            "BODY": lambda: "".join(inner(one(bits)) for _ in range(self.chance.randint(1, 4))),
        }
        one = self.chance.choice
        bits = [bit for bit in BITS if self._fits(bit, parts, depth)]

        def inner(form: str) -> str:
            return self.written(form, parts, depth - 1)

        return HOLES.sub(lambda hole: holes[hole[0]](), form)

    def _fits(self, bit: str, parts: Sequence[str], depth: int) -> bool:
        if "include" in bit:
            late = "which" in bit or "missing" in bit
            return bool(parts) and not (late and (self.hiding or parts != PARTS))
        return depth > 0 or "BODY" not in bit
