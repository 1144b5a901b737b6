"""A product is what its folder says, in any of the notations that the contract allows."""

import datetime as dt
from dataclasses import replace

import pytest

from comparo.content.products import product_folders, read_product
from comparo.content.settings import UNREAD
from comparo.model import Attribute, Fact, Price
from comparo.texts import wrong_slug

DECLARED = {
    kind: Attribute(kind, kind, kind)
    for kind in ("text", "number", "boolean", "list", "date", "url")
}


@pytest.fixture
def product(files, write):
    """Give a function that reads a product of a few files."""

    def read(text, settings=UNREAD, **others):
        path = write("content/products/thing/product.yaml", text)
        for name, data in others.items():
            write(f"content/products/thing/{name.replace('__', '/')}.md", data)
        return read_product(files, path.parent, settings)

    return read


def test_a_name_is_enough(product, report):
    """What nobody said is unknown, and none of it is a guess."""
    found = product("name: Thing")

    assert (found.slug, found.name, found.type) == ("thing", "Thing", "product")
    assert str(found.place) == "content/products/thing/product.yaml:1:1"
    assert (found.pricing.model, found.rank, found.capabilities) == ("unknown", None, ())
    assert (report.errors, report.warnings) == ([], [])


def test_everything_can_be_said(product, report):
    """Each key of the contract is read as it is written."""
    found = product(
        """
name: Thing
type: web-app
category: [notes, tasks, notes]
tags: open-source
summary: |
  Does
  things.
url: https://thing.org
repo: {value: https://thing.org/git, source: their site, date: 2026-01-01}
license: MIT
platforms: [Linux, macOS]
status: active
released: 2026-01-31
rank: 50
scores: {adoption: 0.8, quality: {value: 1, source: me}}
signals: {github_stars: 21000, last_commit: 2026-01-30}
capabilities: [Search, {name: Share, topic: sharing, intents: to share, limitations: [ten, ten]}]
""",
        about="## Words\n",
    )

    assert (found.categories, found.tags) == (("notes", "tasks"), ("open-source",))
    assert found.summary == Fact("Does things.")
    assert found.repo == Fact("https://thing.org/git", "their site", dt.date(2026, 1, 1))
    assert found.platforms == Fact(("Linux", "macOS"))
    assert (found.released, found.rank) == (Fact(dt.date(2026, 1, 31)), Fact(50))
    assert found.scores == {"adoption": Fact(0.8), "quality": Fact(1, "me")}
    assert found.signals["last_commit"] == Fact(dt.date(2026, 1, 30))
    assert [c.name for c in found.capabilities] == ["Search", "Share"]
    assert (found.capabilities[1].intents, found.capabilities[1].limitations) == (
        ("to share",),
        ("ten",),
    )
    assert found.about.html == "<h3>Words</h3>\n"
    assert (report.errors, report.warnings) == ([], [])


@pytest.mark.parametrize(
    ("written", "price"),
    [
        ("$20/mo", Price("$20/mo")),
        ("20", Price("20")),
        ("{amount: 20, currency: usd, period: month}", Price("$20/mo", 20, "USD", "month")),
        ("{amount: 0}", Price("0", 0)),
        (
            "{amount: 1234.5, currency: EUR, period: year}",
            Price("€1,234.50/yr", 1234.5, "EUR", "year"),
        ),
        (
            "{amount: 0.0004, currency: USD, period: request}",
            Price("$0.0004/request", 0.0004, "USD", "request"),
        ),
        ("{amount: 20.0, currency: CHF}", Price("20 CHF", 20.0, "CHF")),
        ("{value: $20}", Price("$20")),
        ("{value: {amount: 20, currency: GBP}}", Price("£20", 20, "GBP")),
    ],
)
def test_prices_have_several_forms(product, report, written, price):
    """A price is a text, or an amount that is shown as people write it."""
    found = product(f"name: Thing\npricing:\n  model: paid\n  starting_price: {written}")

    assert found.pricing.starting_price == Fact(price)
    assert report.errors == []


@pytest.mark.parametrize("written", ["", "~", '""', "{value: ~, source: x}"])
def test_no_price_is_none(product, report, written):
    """What was left empty is unknown."""
    found = product(f"name: Thing\npricing:\n  starting_price: {written}")

    assert found.pricing.starting_price is None
    assert report.errors == []


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("text", "010", "010"),
        ("text", "{value: NO, source: x}", "NO"),
        ("number", "010", 10),
        ("boolean", "true", True),
        ("list", "a", ("a",)),
        ("list", "[1, 2]", ("1", "2")),
        ("date", "2026-01-31", dt.date(2026, 1, 31)),
        ("url", "https://x.org", "https://x.org"),
        ("undeclared", "[]", None),
        ("undeclared", '""', None),
    ],
)
def test_attributes_are_of_their_declared_kind(product, report, kind, written, value):
    """What an attribute may hold is declared in site.yaml; what says nothing is left out."""
    found = product(
        f"name: Thing\nattributes:\n  {kind}: {written}", replace(UNREAD, attributes=DECLARED)
    )

    fact = found.attributes.get(kind)
    assert (fact and fact.value) == value
    assert report.errors == []


@pytest.mark.parametrize(
    ("kind", "written", "said"),
    [
        ("number", "many", 'must be a number, not "many"'),
        ("boolean", "yes", 'must be true or false, not "yes"'),
        ("date", "soon", 'must be a date such as 2026-11-22, not "soon"'),
        ("url", "javascript:alert(1)", "must be a http(s) or mailto address"),
        ("text", "[a]", "must be a text, not a list"),
        ("list", "[[a]]", "must be a text, not a list"),
        ("number", "{value: many, source: x}", 'must be a number, not "many"'),
    ],
)
def test_attributes_of_another_kind_are_refused(product, report, kind, written, said):
    """A value that is not of its attribute's kind is one error."""
    found = product(
        f"name: Thing\nattributes:\n  {kind}: {written}", replace(UNREAD, attributes=DECLARED)
    )

    assert found is None
    (problem,) = report.errors
    assert f"attributes.{kind}" in str(problem)
    assert said in str(problem)


def test_capabilities_may_have_files_of_their_own(product, report):
    """A file's front matter is the capability, its body the description; both kinds go together."""
    found = product(
        "name: Thing\ncapabilities: [Search]",
        capabilities__b="---\nname: Share\ntopic: sharing\n---\n# How\n\nWith *all*.\n",
        capabilities__a="---\nname: Export\ndescription: To **files**.\n---\n",
    )

    assert [c.name for c in found.capabilities] == ["Search", "Export", "Share"]
    assert found.capabilities[1].description.html == "<p>To <strong>files</strong>.</p>\n"
    assert found.capabilities[2].description.html == "<p>How</p>\n<p>With <em>all</em>.</p>\n"
    assert report.errors == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Words.", "a.md:1:1: has no front matter (begin it with --- and name: …)"),
        ("---\n---\nWords.", "a.md:2:1: has no name (every capability needs a name)"),
        ("---\ntopic: x\n---\n", "a.md:2:1: has no name (every capability needs a name)"),
        ("---\nname: [x]\n---\n", "a.md:2:7: name: must be a text, not a list"),
        ("---\nname: x\n", 'a.md:1:1: has no second "---"'),
        ("---\nname: x: y\n---\n", "a.md:2:8: is not YAML"),
        ("---\n- name\n---\n", "a.md:2:1: must be a mapping of keys to values, not a list"),
    ],
)
def test_broken_capability_files_are_one_error(product, report, text, said):
    """A capability file that says no capability is an error with its line."""
    assert product("name: Thing", capabilities__a=text) is None

    (problem,) = report.errors
    assert str(problem).startswith(f"content/products/thing/capabilities/{said}")


def test_ids_are_unique_in_a_product(product):
    """Two capabilities never get one id, whatever they are called."""
    names = "[Share, Share, Share 2, share, 日本, 語, 'capability', 'Share!']"

    found = product(f"name: Thing\ncapabilities: {names}")

    ids = [c.id for c in found.capabilities]
    assert len(set(ids)) == len(ids)
    assert ids[:3] == ["share", "share-2", "share-2-2"]
    assert ids[4] == "capability"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("type: Web App", "type: must be a slug such as 'web-app'"),
        ("category: con", 'category: "con" is a name that Windows reserves'),
        ("category: [a, ../b]", "category[1]: must be a slug such as 'b'"),
        ("status: dead", 'status: "dead" is not one of active, inactive, discontinued'),
        ("rank: 101", "rank: must be from 0 to 100, not 101"),
        ("rank: .nan", 'rank: must be a number, not ".nan"'),
        ("scores: {adoption: 1.1}", "scores.adoption: must be from 0 to 1, not 1.1"),
        ("scores: 5", "scores: must be a mapping of keys to values, not a text"),
        ("signals: {github_stars: -1}", "signals.github_stars: must be from 0"),
        ("signals: {github_stars: 1e300}", "signals.github_stars: must be from 0"),
        ("signals: {github_stars: true}", 'signals.github_stars: must be a number, not "true"'),
        ("signals: {last_commit: 2026-02-30}", "signals.last_commit: must be a date"),
        ("signals: {users: [1]}", "signals.users: must be a number, not a list"),
        ("pricing: free", "pricing: must be a mapping of keys to values, not a text"),
        ("pricing: {starting_price: -5}", 'starting_price: must not be negative: "-5"'),
        ("pricing: {starting_price: [1]}", "starting_price: must be a text, not a list"),
        ("pricing: {starting_price: {currency: USD}}", "starting_price: has no amount"),
        ("pricing: {starting_price: {amount: x}}", "starting_price.amount: must be a number"),
        ("pricing: {starting_price: {amount: 1, amount: 2}}", "amount: stands twice"),
        ("pricing: {starting_price: {value: {currency: USD}}}", "value: has no amount"),
        ("pricing: {starting_price: .nan}", "starting_price: must be a price such as"),
        ("pricing: {starting_price: -.inf}", "starting_price: must be a price such as"),
        ("attributes: {seats: .nan}", 'attributes.seats: must be a number, not ".nan"'),
        ("attributes: {Seats: 1}", "attributes.Seats: must be a word of lower-case letters"),
        ("attributes: {seats: {min: 1}}", "attributes.seats: has no value"),
        ("capabilities: [{topic: x}]", "capabilities[0]: has no name"),
        ("capabilities: [~]", "capabilities[0]: has no name"),
        ("capabilities: [[a]]", "capabilities[0]: must be a mapping of keys to values"),
        ("capabilities: [{name: x, topic: A B}]", "capabilities[0].topic: must be a slug"),
        ("name: y", "name: stands twice; the first is on line 1"),
    ],
)
def test_what_is_wrong_is_said_once(product, report, line, said):
    """A product with an error is none, and the error is said once, with its line."""
    assert product(f"name: Thing\n{line}\n") is None

    (problem,) = report.errors
    assert str(problem).startswith("content/products/thing/product.yaml:2:")
    assert said in str(problem)


@pytest.mark.parametrize("name", ["", "~", '""', "'  '"])
def test_a_product_needs_a_name(product, said, name):
    """An empty name is a missing one."""
    assert product(f"summary: x\nname: {name}") is None
    assert said() == [
        "content/products/thing/product.yaml:1:1: name: is missing (every product needs a name)"
    ]


def test_all_errors_are_said(product, report):
    """One run tells of everything, in every file of the product."""
    product("rank: 101\nstatus: x\n", about="\0", capabilities__a="x")

    assert len(report.errors) == 5


def test_unknown_keys_are_warned_of_and_the_rest_is_read(product, report):
    """A slip of the pen costs one key, not the product."""
    found = product(
        "name: Thing\nsumary: x\nsignals: {github_starz: 5}\ncapabilities: [{name: x, topc: y}]"
    )

    assert found.name == "Thing"
    assert [warning.hint for warning in report.warnings] == [
        'did you mean "summary"?',
        'did you mean "topic"?',
        'did you mean "github_stars"?',
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Thing", "(call it thing)"),
        ("thing_one", "must be of lower-case letters, digits and single hyphens"),
        ("thing--one", "(call it thing-one)"),
        ("größe", "(call it groe)"),
        ("日本", "(call it a-slug)"),
        ("a-vs-b", 'must not hold "-vs-"'),
        ("con", "is a name that Windows reserves"),
        ("lpt9", "is a name that Windows reserves"),
        ("x" * 101, "is longer than 100 characters"),
        ("a b", "(call it a-b)"),
        ("a.b", "must be of lower-case letters"),
    ],
)
def test_folders_are_named_by_slugs(files, write, said, report, name):
    """A name that cannot be an address everywhere is refused, and a better one suggested."""
    write(f"content/products/{name}/product.yaml", "name: Thing")

    assert product_folders(files, files.root / "content" / "products") == {}
    (problem,) = report.errors
    assert str(problem).startswith(f"content/products/{name}: ")
    assert said in str(problem)


@pytest.mark.parametrize("name", ["x", "vs", "a-vs", "vs-b", "0", "console", "com10", "x" * 100])
def test_most_words_are_slugs(name):
    """What only resembles a name that is refused is fine."""
    assert wrong_slug(name) == ""


def test_files_among_the_folders_are_warned_of(files, write, report):
    """A file beside the product folders is not read, and that is said."""
    write("content/products/thing.yaml", "name: Thing")

    assert product_folders(files, files.root / "content" / "products") == {}
    assert "content/products/thing.yaml: is not a product folder" in str(report.warnings[0])


def test_a_folder_without_a_product_is_an_error(files, write, said):
    """An empty folder is a product that somebody forgot to write."""
    folder = write("content/products/thing/notes.txt", "").parent

    assert read_product(files, folder, UNREAD) is None
    (error,) = said()
    assert error.startswith("content/products/thing: has no product.yaml (write one")


def test_a_comma_in_a_number_is_an_error(product, said):
    """YAML ends a value at a comma; what is left must not be published as the figure."""
    product("name: A\nsignals: {github_stars: {value: 5,100}}")

    (line,) = said()
    assert ":2:35: signals.github_stars.100: is not a key (write a number without a comma" in line
