"""What ``content/writing`` writes, ``source`` reads back: every text stays what it was."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from comparo.content.writing import product_yaml, topic_yaml
from comparo.files import Report
from comparo.model import Topic
from comparo.source import parse
from comparo.values import Value

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t"))
TRICKY = st.text(" a0-:#\n'\"|>{[&*!%@`?,~.eE+\x85\u2028😀é", max_size=120)
LONG = st.text("ab  -:#", min_size=80, max_size=400)

MISLEADING = (
    *("NO", "yes", "true", "null", "~", ".inf", "010", "0x1F", "1_000", "1e5", ".5", "12.", "+1"),
    *("1:30", "2024-01-31", "2024-01-31 10:00", "- x", "a: b", "#x", "@x", "=1+1", "=", "<<"),
    *("`code`", "%x", "*x", "&x", "!x", "? x", "|", ">", "{}", "[]", "'", '"', "---", "..."),
)


def read(fields):
    report = Report()
    top = parse(product_yaml(fields), "product.yaml", report)
    assert top is not None
    assert report.errors == []
    return dict(top.pairs())


@given(TEXTS | TRICKY | LONG)
@example("1e5")
@example("a\u2028b")
def test_any_text_comes_back(text):
    """A text is the same after it was written and read, wherever in a product it stands."""
    fields = read({"name": text, "tags": [text], "capabilities": [{"description": text}]})

    tag = next(fields["tags"].items())
    capability = next(fields["capabilities"].items())
    description = dict(capability.pairs())["description"]
    assert [value.node.value for value in (fields["name"], tag, description)] == [text] * 3


@pytest.mark.parametrize("text", MISLEADING)
def test_texts_stay_texts(text):
    """A text that looks like a number, a date, a truth or nothing is read as the text it is."""
    value = read({"attributes": {"key": text}})["attributes"]

    assert dict(value.pairs())["key"].any() == text


@pytest.mark.parametrize(
    "value", [0, 21_000, -3, 0.5, 1e-7, 1e15, True, False, dt.date(2026, 11, 22), ("a", "b")]
)
def test_values_keep_their_kind(value):
    """A number, a truth, a date or a list is read as what it was."""
    attributes = read({"attributes": {"key": value}})["attributes"]

    read_back = Value.any(dict(attributes.pairs())["key"])
    assert (read_back, type(read_back)) == (value, type(value))


def test_keys_stand_in_the_order_of_the_contract():
    """However the fields come, a file reads like every other product's."""
    text = product_yaml(
        {
            "capabilities": [{"description": "Sends mail.", "name": "Mail"}, "Calendar"],
            "pricing": {"starting_price": "$5", "model": "paid"},
            "tags": ("mail", "calendar"),
            "name": "Tømmer 😀",
        }
    )

    assert text == (
        "name: Tømmer 😀\n"
        "tags:\n"
        "  - mail\n"
        "  - calendar\n"
        "pricing:\n"
        "  model: paid\n"
        "  starting_price: $5\n"
        "capabilities:\n"
        "  - name: Mail\n"
        "    description: Sends mail.\n"
        "  - Calendar\n"
    )


def test_long_texts_are_folded():
    """A long text takes several lines, as an author would write it."""
    text = product_yaml({"name": "x", "summary": "words and " * 15 + "end"})

    assert text.startswith("name: x\nsummary: >-\n  words and ")
    assert max(map(len, text.splitlines())) < 120


def test_what_stands_twice_is_written_twice():
    """No anchors and aliases, even where two fields are one object."""
    shared = ["a"]

    assert product_yaml({"tags": shared, "platforms": shared}) == (
        "tags:\n  - a\nplatforms:\n  - a\n"
    )


NAMES = (TEXTS | TRICKY | LONG).map(lambda text: " ".join(text.split())).filter(str.isprintable)


@given(NAMES.filter(bool), st.lists(NAMES.filter(bool), max_size=20, unique=True))
@example("null", ["a, b", "[c]", "d: e", "# f", "~x", "1e5"])
def test_any_topic_comes_back(label, synonyms):
    """A topic is read as it was written, whatever it is called."""
    topic = Topic("null", label, tuple(synonyms))

    report = Report()
    top = parse(topic_yaml(topic), "topics.yaml", report)

    ((slug, value),) = top.pairs()
    fields = value.fields("label", "synonyms")
    assert report.errors == []
    assert slug == "null"
    assert fields["label"].text() == label
    assert fields["synonyms"].texts() == topic.synonyms if synonyms else "synonyms" not in fields
