"""``comparo import``: a table becomes product folders that comparo reads without a word."""

import json
import os
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comparo.content.loading import load_content
from comparo.errors import ContentError, OutputError, UsageError
from comparo.importing import import_file

MAIL = {
    "name": "Baïkal Mail",
    "type": "self-hosted software",
    "category": "Mail & Calendars",
    "labels": ["IMAP", "imap", "Team Inbox"],
    "description": "Sends and  sorts mail.",
    "homepage": "https://baikal.example/",
    "github": "https://github.example/baikal/mail",
    "licence": ["MIT", "Apache-2.0"],
    "platforms": ["Docker", "C++"],
    "status": "Active",
    "last_release": "2026-01-31T10:00:00Z",
    "pricing": "Open Source",
    "price": 19.0,
    "stars": 1200,
    "Last Commit": "2026-02-01",
    "language": "Go",
    "features": [
        "Shared inbox",
        {
            "title": "Rules",
            "description": "Sorts\nmail.",
            "topic": "Mail Rules",
            "unique": "Rules in a\nsentence.",
            "best_for": "teams",
        },
    ],
}


@pytest.fixture
def root(tmp_path):
    """Give a site that has settings and no product yet."""
    folder = tmp_path / "site"
    (folder / "content").mkdir(parents=True)
    (folder / "content" / "site.yaml").write_text("title: Mail compared\n")
    return folder


@pytest.fixture
def imported(root, tmp_path):
    """Give a function that imports rows, or a text, and reads what came of it."""

    def run(rows, name="rows.jsonl", **options):
        file = tmp_path / name
        text = rows if isinstance(rows, str) else "\n".join(map(json.dumps, rows))
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return import_file(root, file, **options)

    return run


def products(root):
    """Read the products of a site that has nothing to complain of."""
    loaded = load_content(root)
    assert [str(problem) for problem in loaded.problems] == []
    return {product.slug: product for product in loaded.content.products}


def said(problems):
    """Give what was said, without the folder that the file stands in."""
    return [str(problem).rpartition("/rows.")[2] for problem in problems]


def product_file(root, slug):
    return root / "content" / "products" / slug / "product.yaml"


# What columns mean -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["\ud7fc", "\U00018d09", "\u2060"])
def test_a_name_that_shows_nothing_is_no_name(root, imported, name):
    """What reading would refuse as invisible is not written in the first place."""
    outcome = imported([{"name": name, "url": "https://example.org/"}])

    assert outcome.created == ()
    assert len(outcome.skipped) == 1
    assert products(root) == {}


def test_columns_map_by_themselves(root, imported):
    """Well-known columns and their synonyms need no ``--map``."""
    outcome = imported([MAIL])

    assert outcome.created == ("baikal-mail",)
    assert outcome.skipped == ()
    assert product_file(root, "baikal-mail").read_text() == (
        "name: Baïkal Mail\n"
        "type: self-hosted-software\n"
        "category: mail-calendars\n"
        "tags:\n  - imap\n  - team-inbox\n"
        "summary: Sends and sorts mail.\n"
        "url: https://baikal.example/\n"
        "repo: https://github.example/baikal/mail\n"
        "license: MIT, Apache-2.0\n"
        "platforms:\n  - Docker\n  - C++\n"
        "status: active\n"
        "released: 2026-01-31\n"
        "pricing:\n  model: open_source\n  starting_price:\n    amount: 19\n"
        "signals:\n  github_stars: 1200\n  last_commit: 2026-02-01\n"
        "attributes:\n  languages:\n    - Go\n"
        "capabilities:\n"
        "  - name: Shared inbox\n"
        "  - name: Rules\n"
        "    description: |-\n      Sorts\n      mail.\n"
        "    topic: mail-rules\n"
        "    unique: Rules in a sentence.\n"
        "    best_for:\n      - teams\n"
    )
    products(root)


def test_mended_values_are_told_once_a_column(imported):
    """What was made a slug is said in one line, with how often and an example."""
    outcome = imported([{"name": "A", "type": "Web App"}, {"name": "B", "type": "Web App"}])

    assert said(outcome.notes) == [
        'jsonl: column "type" was made a slug, 2 times (such as web-app of "Web App")'
    ]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (19.0, "19"),
        ("19.50", "19.50"),
        ("$19/mo", "$19/mo"),
        ("On request", "On request"),
        ({"amount": 19, "currency": "EUR", "period": "month", "note": "x"}, "€19/mo"),
    ],
)
def test_prices(root, imported, given, shown):
    """A price is an amount, with its currency where that is given, or a text."""
    imported([{"name": "A", "starting_price": given}])

    price = products(root)["a"].pricing.starting_price
    assert price is not None
    assert price.value.text == shown


def test_keys_of_capabilities_that_comparo_has_not(imported):
    """What a capability says beyond the contract is left out, and told once."""
    outcome = imported([{"name": "A", "features": [{"name": "x", "icon": "i"}] * 2}])

    assert said(outcome.notes) == ['jsonl: column "features.icon" is not imported, 2 times']


def test_given_columns_win(root, imported):
    """``--map`` says what a column is, in any field, and ``-`` leaves one out."""
    columns = {
        "Product Title": "name",
        "stars": "-",
        "Installs": "signals.users",
        "adopted": "scores.adoption",
        "tier": "pricing",
        "host": "attributes.self_hosted",
    }
    row = {"product-title": "A", "name": "not this", "stars": 5, "installs": 70, "adopted": 0.5}

    outcome = imported([row | {"tier": "paid", "host": True}], columns=columns)

    product = products(root)["a"]
    assert product.name == "A"
    assert {name: fact.value for name, fact in product.signals.items()} == {"users": 70}
    assert product.scores["adoption"].value == 0.5
    assert product.pricing.model == "paid"
    assert product.attributes["self_hosted"].value is True
    assert said(outcome.notes) == [
        'jsonl: column "name" is not imported where name is read from product-title, once'
    ]


def test_columns_named_as_fields(root, imported):
    """A column that is called as a field is that field, and an object holds several."""
    row = {"name": "A", "signals.plugins": 3, "pricing": {"model": "free"}, "signals": {"users": 2}}

    imported([row])

    product = products(root)["a"]
    assert product.pricing.model == "free"
    assert {name: fact.value for name, fact in product.signals.items()} == {
        "plugins": 3,
        "users": 2,
    }


def test_the_sites_own_signals_are_known(root, imported):
    """A signal that site.yaml ranks by needs no ``--map`` either."""
    (root / "content" / "site.yaml").write_text(
        "title: T\nrank: {components: {adoption: {signals: {monks: {high: 9}}}}}\n"
    )

    imported([{"name": "A", "monks": 4}])

    assert products(root)["a"].signals["monks"].value == 4


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"a": "github_stars"}, 'no field "github_stars" (did you mean "signals.github_stars"?)'),
        ({"a": "sumary"}, 'there is no field "sumary" (did you mean "summary"?)'),
        ({"a": "scores."}, 'there is no field "scores."'),
        ({"nme": "name"}, 'the file has no column "nme" (did you mean "name"?)'),
    ],
)
def test_wrong_maps_are_refused(root, imported, columns, message):
    """A field or a column that is not there ends the command before anything is written."""
    with pytest.raises(UsageError) as error:
        imported([{"name": "A", "a": 1}], columns=columns)

    assert message in str(error.value)
    assert not (root / "content" / "products").exists()


def test_other_columns_are_left_out_and_told(root, imported):
    """Without ``--attributes`` a column that means nothing is named once, with its count."""
    outcome = imported([{"name": "A", "seats": 5, "extra": {"a": 1}}, {"name": "B", "seats": 6}])

    assert products(root)["a"].attributes == {}
    assert said(outcome.notes) == [
        'jsonl: column "seats" is not imported, 2 times (--attributes reads it, or --map seats=…)',
        'jsonl: column "extra" is not imported, as it holds objects, once',
    ]


def test_other_columns_become_attributes(root, imported):
    """With ``--attributes`` they are kept for what they look like; objects are left out."""
    row = {"name": "A", "Free Seats": 5, "EU hosting": True, "regions": ["eu", "us"], "code": "07"}

    outcome = imported([row | {"x": [{}]}], attributes=True)

    attributes = {name: fact.value for name, fact in products(root)["a"].attributes.items()}
    assert attributes == {
        "free_seats": 5,
        "eu_hosting": True,
        "regions": ("eu", "us"),
        "code": "07",
    }
    assert said(outcome.notes) == ['jsonl: column "x" is not imported, as it holds objects, once']


def test_attributes_have_the_kind_that_the_site_says(root, imported):
    """An attribute that site.yaml declares is read as that, so that the site can read it too."""
    (root / "content" / "site.yaml").write_text(
        "title: T\nattributes: {ports: {kind: list}, seats: {kind: number}, code: {kind: text}}\n"
    )

    outcome = imported("name,ports,seats,code\nA,80;443,many,007\n", "rows.csv", attributes=True)

    attributes = {name: fact.value for name, fact in products(root)["a"].attributes.items()}
    assert attributes == {"ports": ("80", "443"), "code": "007"}
    assert said(outcome.notes) == [
        'csv:2:1: column "seats" is left out: it must be a number, not "many"'
    ]


def test_texts_of_csv_are_read_for_what_they_look_like(root, imported):
    """CSV knows only texts: numbers, truths, dates and lists are found in them; the rest stays."""
    imported(
        "name;tags;capabilities;stars;a;b;c;d;e\n"
        "A;Mail, Team Chat;Sends, sorts|Searches;12;true;-4.50;2026-01-31;010;=1+1\n",
        "rows.csv",
        attributes=True,
    )

    product = products(root)["a"]
    assert product.tags == ("mail", "team-chat")
    assert [c.name for c in product.capabilities] == ["Sends, sorts", "Searches"]
    assert product.signals["github_stars"].value == 12
    values = {name: fact.value for name, fact in product.attributes.items()}
    assert values.pop("c").isoformat() == "2026-01-31"
    assert values == {"a": True, "b": -4.5, "d": "010", "e": "=1+1"}


# What is left out ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"url": "javascript:alert(1)"}, 'http(s) or mailto address, not "javascript:alert(1)"'),
        ({"url": ["https://a.example"]}, "it must be a text, not a list"),
        ({"released": "next week"}, 'a date such as 2026-11-22, not "next week"'),
        ({"released": "2026-02-31"}, 'a date such as 2026-11-22, not "2026-02-31"'),
        ({"summary": "a\x1b[2Jb"}, "it holds the control character U+001B"),
        ({"summary": "\ud800"}, "it holds the control character U+D800"),
        ({"summary": "x" * 2001}, "it is 2,001 characters long; 2,000 are allowed"),
        ({"summary": {"en": "Hi"}}, "it must be a text, not an object"),
        ({"status": "activ"}, 'not one of active, inactive, discontinued (did you mean "active"?)'),
        ({"pricing": "gratis"}, '"gratis" is not one of free, freemium, open_source'),
        ({"price": "-$5"}, 'a price must not be negative: "-$5"'),
        ({"price": {"currency": "USD"}}, "a price has no amount"),
        ({"license": ["x" * 1999, "y"]}, "it is 2,002 characters long"),
        ({"features": ["", {"name": "x" * 301}]}, "it is 301 characters long; 300 are allowed"),
        ({"price": -5}, 'it must be from 0 to 1e+15, not "-5"'),
        ({"rank": 101}, 'it must be from 0 to 100, not "101"'),
        ({"rank": "y" * 99}, f'it must be a number, not "{"y" * 60}…"'),
        ({"stars": True}, 'it must be a number, not "true"'),
        ({"stars": {"github": 5}}, "it must be a number, not an object"),
        ({"stars": int("9" * 400)}, "it must be from 0 to 1e+15"),
        ({"last_commit": "2026-13-01"}, "it must be a date"),
        ({"tags": ["日本"]}, 'no slug can be made of "日本"'),
        ({"tags": ["x"] * 1001}, "it holds 1,001 items; 1,000 are allowed"),
        ({"category": ["aux"]}, '"aux" is a name that Windows reserves (call it otherwise)'),
        ({"capabilities": [{"topic": "x"}]}, "a capability has no name"),
        ({"attributes.open": "maybe"}, 'it must be true or false, not "maybe"'),
    ],
)
def test_values_that_cannot_stand_are_left_out(root, imported, cells, why):
    """A wrong value costs that value, not its row; the line, the column and the reason are told."""
    (root / "content" / "site.yaml").write_text("title: T\nattributes: {open: {kind: boolean}}\n")

    outcome = imported([{"name": "A"} | cells])

    assert outcome.created == ("a",)
    assert product_file(root, "a").read_text() == "name: A\n"
    (note,) = outcome.notes
    assert (
        str(note).partition("rows.jsonl")[2].startswith(f':1:1: column "{next(iter(cells))}" is ')
    )
    assert why in str(note)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"url": "https://a.example"}, "is left out: it has no name"),
        ({"name": " "}, "is left out: it has no name"),
        ({"name": "x" * 301}, "it is 301 characters long; 300 are allowed (and its row with it)"),
        ({"name": "日本"}, 'no slug can be made of "日本" (give it one in a column called slug)'),
        ({"name": "CON"}, 'its slug "con" is a name that Windows reserves'),
    ],
)
def test_rows_that_are_no_product_are_left_out(root, imported, row, why):
    """Without a name, or a slug that can be a folder, there is no product; its row is named."""
    outcome = imported([row, {"name": "B"}])

    assert list(products(root)) == ["b"]
    (problem,) = outcome.skipped
    assert str(problem).partition("rows.jsonl")[2].startswith(":1:1: ")
    assert why in str(problem)


def test_slugs_are_mended(imported):
    """Slugs come from the slug column, else the name; what cannot stand in one is replaced."""
    rows = [
        {"name": "Alpha", "slug": "first"},
        {"name": "Cat -vs- vs Dog"},
        {"name": "Beta", "slug": "Beta One"},
    ]

    outcome = imported(rows)

    assert outcome.created == ("first", "cat-versus-versus-dog", "beta-one")
    assert said(outcome.notes) == [
        'jsonl: column "slug" was made a slug, once (such as beta-one of "Beta One")'
    ]


def test_one_slug_for_two_products(root, imported):
    """Other names get a number; the same name again is a repetition."""
    names = ["C", "C++", "c", "C#", "C++", "C 2"]

    outcome = imported([{"name": name} for name in names])

    assert {slug: product.name for slug, product in products(root).items()} == {
        "c": "C",
        "c-2": "C++",
        "c-2-2": "C 2",
        "c-3": "C#",
    }
    assert said(outcome.skipped) == [
        'jsonl:3:1: is left out: "c" repeats line 1',
        'jsonl:5:1: is left out: "C++" repeats line 2',
    ]


def test_a_product_has_a_limit(root, imported):
    """A row that would make a file that comparo refuses to read is left out."""
    features = [{"name": "x", "description": "y" * 50_000}] * 21

    outcome = imported([{"name": "A", "features": features}])

    assert said(outcome.skipped) == [
        "jsonl:1:1: is left out: its product.yaml would be over 1,000,000 bytes"
    ]
    assert not (root / "content" / "products").exists()


CELLS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=40)
    | st.sampled_from(
        ["https://a.example/", "2026-01-31", "10", "$5", "free", "a,b|c", "mailto:x"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "amount", "topic", "users", "model"]), inner)
    ),
    max_leaves=5,
)
COLUMNS = (
    *("slug", "type", "category", "tags", "summary", "url", "license", "platforms", "status"),
    *("released", "pricing", "price", "pricing.checked", "rank", "scores.quality", "stars"),
    *("signals", "attributes", "last_commit", "language", "features", "seats", "ports", "When"),
)


@given(
    st.dictionaries(st.sampled_from(COLUMNS), CELLS),
    st.text(max_size=20) | CELLS,
    st.booleans(),
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=150,
)
def test_whatever_is_imported_can_be_read(tmp_path_factory, row, name, packed):
    """Of any row, only such things are written as comparo reads without an error."""
    root = tmp_path_factory.mktemp("site")
    (root / "content").mkdir()
    (root / "content" / "site.yaml").write_text(
        "title: T\nattributes: {ports: {kind: list}, when: {kind: date}}\n"
    )
    file = root / "rows.jsonl"
    file.write_text(json.dumps({"name": name} | row))
    if packed:
        file = root / "rows.csv"
        texts = [str(cell).replace('"', "").replace("\r", "") for cell in (name, *row.values())]
        cells = ",".join(f'"{text}"' for text in texts)
        file.write_bytes((",".join(("name", *row)) + "\n" + cells).encode(errors="replace"))

    outcome = import_file(root, file, attributes=True)

    assert list(products(root)) == list(outcome.created)
    again = import_file(root, file, attributes=True)
    assert again.unchanged == outcome.created
    assert import_file(root, file, attributes=True, update=True).updated == ()


# What is there already -------------------------------------------------------------------------


def test_what_is_there_stays(root, imported):
    """Without ``--update`` no product that is there is changed, and that is said."""
    imported([{"name": "A", "stars": 1}])
    before = product_file(root, "a").read_bytes()

    outcome = imported([{"name": "A", "stars": 2}])

    assert said(outcome.skipped) == [
        "jsonl:1:1: is left out: a is there already (--update merges the two)"
    ]
    assert product_file(root, "a").read_bytes() == before


def test_the_same_rows_again_touch_nothing(root, imported):
    """What says all that the rows say is unchanged, with and without ``--update``."""
    (slug,) = imported([MAIL]).created
    os.utime(product_file(root, slug), (1, 1))

    outcomes = imported([MAIL]), imported([MAIL], update=True)

    assert [outcome.unchanged for outcome in outcomes] == [(slug,), (slug,)]
    assert [outcome.skipped for outcome in outcomes] == [(), ()]
    assert product_file(root, slug).stat().st_mtime == 1


def test_update_replaces_what_was_imported_and_keeps_the_rest(root, imported):
    """``--update`` writes what the rows say over the file; all else stays, comments too."""
    file = product_file(root, "a")
    file.parent.mkdir(parents=True)
    file.write_text("# mine\nname: A\nsignals:\n  github_stars: 1  # old\n  users: 9\nrank: 50\n")

    outcome = imported([{"name": "A", "stars": 2, "type": "app"}, {"name": "B"}], update=True)

    assert (outcome.created, outcome.updated) == (("b",), ("a",))
    assert file.read_text() == (
        "# mine\nname: A\ntype: app\nsignals:\n  github_stars: 2  # old\n  users: 9\nrank: 50\n"
    )


def test_lost_comments_are_told(root, imported):
    """A comment that stood in what is replaced cannot be kept; the file and line are named."""
    file = product_file(root, "a")
    file.parent.mkdir(parents=True)
    file.write_text("name: A\ntags:\n  - x\n  # why\n  - y\n")

    outcome = imported([{"name": "A", "tags": ["z"]}], update=True)

    (note,) = map(str, outcome.notes)
    assert note.startswith("content/products/a/product.yaml:3:3: tags: was replaced, and with it")


def test_another_product_of_that_slug_is_not_overwritten(imported):
    """C++ and C have one slug: an update does not make the one into the other."""
    imported([{"name": "C"}])

    by_name = imported([{"name": "C++"}], update=True)
    by_slug = imported([{"name": "C++", "slug": "c"}], update=True)

    (problem,) = said(by_name.skipped)
    assert problem.startswith('jsonl:1:1: is left out: "C" has the slug c (give the row another')
    assert by_slug.updated == ("c",)


def test_what_cannot_be_read_is_not_replaced(root, imported):
    """A file that is unsound is for its author to mend; a folder without one gets one."""
    product_file(root, "a").parent.mkdir(parents=True)
    product_file(root, "a").write_text("name: [\n")
    product_file(root, "b").parent.mkdir(parents=True)

    outcome = imported([{"name": "A"}, {"name": "B"}], update=True)

    assert outcome.created == ("b",)
    (problem,) = outcome.skipped
    assert "what is there cannot be read (content/products/a/product.yaml:" in str(problem)


def test_links_and_files_are_not_written_through(root, imported, tmp_path):
    """Where a link or a file has a product's name, that product is left out."""
    folder = root / "content" / "products"
    folder.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (folder / "a").symlink_to(tmp_path / "elsewhere")
    (folder / "b").write_text("notes")

    outcome = imported([{"name": "A"}, {"name": "B"}], update=True)

    assert said(outcome.skipped) == [
        "jsonl:1:1: is left out: a is a link or a file there, not a folder",
        "jsonl:2:1: is left out: b is a link or a file there, not a folder",
    ]
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_products_out_of_the_site_are_refused(root, imported, tmp_path):
    """Nothing is written where content/products is a link that leads out of the site."""
    (tmp_path / "elsewhere").mkdir()
    (root / "content" / "products").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(UsageError, match="leads out of the site"):
        imported([{"name": "A"}])


def test_a_site_that_cannot_be_read_is_not_imported_into(root, imported):
    """Without its settings nobody knows what the site's attributes are."""
    (root / "content" / "site.yaml").unlink()

    with pytest.raises(ContentError, match=r"content/site\.yaml"):
        imported([{"name": "A"}])


def test_a_disk_that_refuses_is_told(root, imported):
    """A write that fails is one clear line, and leaves no half file."""
    (root / "content" / "products").write_text("a file where a folder should be")

    with pytest.raises(OutputError, match="content/products"):
        imported([{"name": "A"}])


def test_thousands_of_rows_take_seconds(imported):
    """Time grows with the rows; repeated slugs do not make it worse."""
    start = time.monotonic()

    outcome = imported([{"name": f"A{'+' * n}"} for n in range(250)] + [{"name": "B"}] * 2_000)

    assert len(outcome.created) == 251
    assert time.monotonic() - start < 10


def test_links_in_a_summary_become_what_they_say(root, imported):
    """A summary is plain text, so of a Markdown link its words stay, and a note says so."""
    done = imported([{"name": "A", "summary": "For [Nextcloud](https://nextcloud.com/) [1]."}])

    assert products(root)["a"].summary.value == "For Nextcloud [1]."
    assert "Markdown links" in str(done.notes[0])


def test_a_price_that_is_a_pricing_model_is_told(imported):
    """A column called price may hold models; the note says how to read it as such."""
    done = imported([{"name": "A", "price": "Free"}])

    assert "--map price=pricing.model" in str(done.notes[0])
