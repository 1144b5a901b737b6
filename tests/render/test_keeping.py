"""What names one product alone, or the site alone, is drawn once; nothing leaks to other pages."""

import pytest

from tests.render.templates import ASSETS, WAYS, Thing, plain, theme_of, things

FACTS = "{{ OF.name }}, {{ OF.title }}, {{ OF.url }}, {{ OF.number }}"
"""So much of one product that it is worth keeping."""


class Counted(Thing):
    """A product that counts how often it is asked for its address."""

    asked = 0

    @property
    def address(self) -> str:
        """Give the address, and count."""
        type(self).asked += 1
        return self.url


def drawn(page, *values):
    """Draw a template for one page after another, and see that each is as Jinja has it."""
    theme = theme_of(page=page)
    template = theme.environment.get_template("page.html")
    wanted = plain(theme).get_template("page.html")
    found = [template.render(each) for each in values]
    assert found == [wanted.render(each) for each in values]
    return found


def of(name):
    return FACTS.replace("OF", name)


@pytest.mark.parametrize("owner", ["a", "b", "link", "site"])
def test_what_names_one_owner_is_drawn_once(owner):
    """On the second page that shows the same product, or of the same site, it is looked up."""
    template = theme_of(page=f"{of(owner)} {{{{ {owner}.address }}}}").environment
    shown = Counted("<n>", "t", "/u/", (), 1)
    Counted.asked = 0

    pages = [template.get_template("page.html").render({owner: shown}) for _ in range(3)]

    assert pages == ["&lt;n&gt;, t, /u/, 1 /u/"] * 3
    assert Counted.asked == 1


@pytest.mark.parametrize(("name", "times"), [("entry", 1), ("product", 1), ("other", 6)])
def test_lists_of_products_draw_each_once(name, times):
    """Where a list calls its products by such a name, the next list looks them up."""
    page = f"{{% for {name} in many %}}{of(name)} {{{{ {name}.address }}}}{{% endfor %}}"
    template = theme_of(page=page).environment.get_template("page.html")
    shown = Counted("<n>", "t", "/u/", (), 1)
    Counted.asked = 0

    pages = [template.render(many=[shown] * 2) for _ in range(3)]

    assert pages == ["&lt;n&gt;, t, /u/, 1 /u/" * 2] * 3
    assert Counted.asked == times


@pytest.mark.parametrize("owner", ["entry", "product"])
def test_what_a_page_is_about_is_not_kept(owner):
    """No other page will say it."""
    template = theme_of(page=of(owner)).environment.get_template("page.html")
    shown = Thing("<n>", "t", "/u/", (), 1)

    assert template.render({owner: shown}) == "&lt;n&gt;, t, /u/, 1"
    assert shown.drawn == {}


def test_the_same_of_both_products_is_kept_once():
    """Whatever texts stand around it, what is said of one place is said of the other."""
    template = theme_of(page=f"one {of('a')} two {of('b')} three").environment
    shown = Thing("<n>", "t", "/u/", (), 1)

    page = template.get_template("page.html").render(a=shown, b=shown)

    assert page == "one &lt;n&gt;, t, /u/, 1 two &lt;n&gt;, t, /u/, 1 three"
    assert len(shown.drawn) == 1


def test_texts_are_no_names():
    """What stands in a text as a name does in the template is told apart."""
    _, one, two, _ = things("Here")
    page = f"{of('a')}<i name='a'></i>{{{{ a.url }}}}{of('b')}<i name='b'></i>{{{{ b.url }}}}"

    found = drawn(page, {"a": one, "b": two}, {"a": two, "b": one})

    assert [text.count("name='a'") for text in found] == [1, 1]


def test_each_product_says_its_own():
    """What is kept of one product is not said of another, nor of the same one on another site."""
    here, there = things("Here"), things("There")
    order = [here[1], here[2], there[1], here[1], there[2]]

    found = drawn(of("a") + of("b"), *({"a": a, "b": b} for a in order for b in order))

    assert len(set(found)) == 16


def test_ways_lead_on_from_where_a_page_stands():
    """The same product leads on from each depth in its own way."""
    a = things("Here")[1]
    page = of("a") + "{{ to(a.url) }} {{ asset('style.css') }} {{ to('/list/') }}"

    found = drawn(page, *({"a": a, "to": WAYS[d], "asset": ASSETS[d]} for d in (0, 1, 2, 1, 0)))

    assert found[:2] == found[:2:-1][:2]
    assert len(set(found)) == 3


@pytest.mark.parametrize("name", ["range", "dict", "site", "to", "x"])
def test_a_name_that_a_template_sets_is_its_own(name):
    """Where a loop calls something as all pages call something else, each round says its own."""
    values = {"a": things("Here")[1], "many": ["one", "two"], "site": things("Here")[0]}

    (found,) = drawn(f"{{% for {name} in many %}}{of('a')}{{{{ {name} }}}}{{% endfor %}}", values)

    assert "1one" in found
    assert "1two" in found


def test_an_owner_may_be_another_one():
    """A name that is set to another product says that one's facts, and they are its own."""
    _, one, two, _ = things("Here")
    page = f"{{% set a = b if n else a %}}{of('a')}"

    found = drawn(page, *({"a": one, "b": two, "n": n} for n in (0, 1, 0)))

    assert found[0] == found[2] != found[1]


@pytest.mark.parametrize("given", [{}, {"b": "text"}, {"b": None}])
def test_what_is_no_product_keeps_nothing(given):
    """A name that is not there, or means a plain value, is drawn each time."""
    page = (
        "{% if b is defined %}{{ b }}{{ b|upper }}{{ b|lower }}{{ b|length if b }}{% else %}none"
        "{{ b is defined }}{{ b is defined }}{{ b is defined }}{% endif %}"
    )

    drawn(page, given, given)


def test_what_depends_on_more_is_drawn_anew():
    """A second product, the page, or a loop's round next to a product's facts says its own."""
    _, one, two, three = things("Here")
    page = (
        f"{{% for t in (1, 2) %}}{of('a')}{{{{ t }}}}{{{{ page }}}}{{% if b.number > 2 %}}"
        f"{of('a')}{{% endif %}}{{{{ a.name ~ b.name }}}}{{% endfor %}}"
    )

    found = drawn(page, *({"a": one, "b": b, "page": p} for b in (two, three) for p in "pq"))

    assert len(set(found)) == 4
