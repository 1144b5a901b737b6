"""A topic goes into a file that someone wrote, and every other byte of it stays."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparo.content.capabilities import Ids, read_capability
from comparo.content.filing import filed, listed, prepare
from comparo.errors import Place
from comparo.files import Report
from comparo.model import Capability, Topic
from comparo.source import front_matter, parse

SLUG = "zz-topic"

ITEMS = (
    "  - NAME",
    "  - NAME  # as they say",
    "  - 'NAME'",
    "  - NAME\n\n\n    wrapped  # twice",
    '  -   "NAME\n      wrapped"',
    "  - >-\n    NAME\n     in\n\n    many lines\n",
    "  - name: NAME",
    "  - name: NAME  # as they say\n    # below\n    unique: x",
    '  -   "name":   "NAME"\n      intents: [a, "b, c"]  # all',
    "  - unique: |\n      one\n\n      two\n    name:\tNAME",
    "  - name: >-\n      NAME\n\n    # and\n    best_for:\n    - a\n    -   b",
    "  - name: NAME\n      wrapped\n    description: >+\n      Kept.\n\n",
    "  -\n    name: NAME\n    topic:   # to be found",
    "  - {name: NAME, unique: x}",
    "  - { unique: 'x',\n      name: \"NAME\" # here\n    }",
    "  - &kNUM\n    name: NAME",
    "  - ? name\n    : NAME\n    ? unique\n    : x",
    "  - name: &nNUM NAME\n    unique: *nNUM",
    '  - unique: "\U0001f600 \u2028      x\u0085      y"\n    name: NAME',
)
"""Capabilities as authors may write them."""

HEADS = ("name: P\ncapabilities:\n", "# mine\n---\nname:\t'P'\ncapabilities: # all\n\n")
TAILS = ("", "\n", "\n\n# the end\n", "\nsummary: >-\n  One\n  two.\n", "\n...\n")


@st.composite
def files(draw):
    """Draw a product.yaml with a few odd capabilities, and the name of one of them."""
    items = draw(st.lists(st.sampled_from(ITEMS), min_size=1, max_size=4))
    between = draw(st.sampled_from(["\n", "\n\n", "\n  # next\n", "\n# next\n\n"]))
    listed = [
        item.replace("NAME", f"N{number} x").replace("NUM", str(number))
        for number, item in enumerate(items)
    ]
    text = draw(st.sampled_from(HEADS)) + between.join(listed) + draw(st.sampled_from(TAILS))
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))
    return draw(st.sampled_from(["", "\ufeff"])) + text, draw(st.integers(0, len(items) - 1))


def capabilities(text):
    """Read the capabilities of a product.yaml, without their places."""
    plain = re.sub("\r\n|\r", "\n", text.removeprefix("\ufeff"))
    top = parse(plain, "product.yaml", report := Report())
    items = [read_capability(item, Ids()) for item in dict(top.pairs())["capabilities"].items()]
    assert report.errors == []
    return items


def without(text):
    """Take away what was added for a topic."""
    text = re.sub(rf"(\r\n|\r|\n) *topic: {SLUG}(?=[\r\n]|\Z)", "", text)
    return text.replace(f", topic: {SLUG}", "").replace(f" {SLUG}", "").replace(SLUG, "~")


@given(files())
def test_every_other_byte_stays(drawn):
    """Comments, order, quotes, line ends and blanks stay, however oddly they are laid out."""
    text, number = drawn
    old = capabilities(text)

    new = filed(text, old[number].name, SLUG, front=False)

    assert new is not None
    assert [each.topic for each in capabilities(new)] == [
        SLUG if n == number else each.topic for n, each in enumerate(old)
    ]
    assert [each.name for each in capabilities(new)] == [each.name for each in old]
    # A bare text has become a mapping: its first line says so, and the others stand further in.
    before, after = re.split(r"[\r\n]+", text), re.split(r"[\r\n]+", without(new))
    changed = [(ours, theirs) for ours, theirs in zip(before, after, strict=True) if ours != theirs]
    assert all(theirs.replace("name: ", "").split() == ours.split() for ours, theirs in changed)
    if changed:
        assert "name: " not in changed[0][0]
    else:
        assert without(new) == text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- A", "- name: A\n  topic: t"),
        ("[A, 'B']", "[{name: A, topic: t}, 'B']"),
        ("A", "{name: A, topic: t}"),
        ("{name: A}", "{name: A, topic: t}"),
        ("\n  name: A\n  unique: b", "\n  name: A\n  topic: t\n  unique: b"),
        ("\n- name: A\n  topic: ''", "\n- name: A\n  topic: t"),
        ("\n- topic: ~ # none\n  name: A", "\n- topic: t # none\n  name: A"),
        ("\n- &a A\n- *a", "\n- name: &a A\n  topic: t\n- *a"),
        ("\n- name: &n B\n- name: A\n- *n", "\n- name: &n B\n- name: A\n  topic: t\n- *n"),
        ("\n- A\n- A", "\n- name: A\n  topic: t\n- A"),
        ("\n- {name: A, topic: b}\n- A", "\n- {name: A, topic: b}\n- name: A\n  topic: t"),
    ],
)
def test_layouts(old, new):
    """A capability may be a bare text, in braces, or alone without a list."""
    head = "capabilities:\n" if old.startswith("-") else "capabilities: "

    assert filed(head + old, "A", "t", front=False) == head + new


def test_a_slug_that_yaml_takes_for_nothing():
    """A topic called null is in quotes."""
    assert filed("capabilities: [A]", "A", "null", front=False) == (
        "capabilities: [{name: A, topic: 'null'}]"
    )


@pytest.mark.parametrize(
    "text",
    [
        "capabilities:\n- &a\n  name: A\n- *a\n",
        "capabilities: A, b",
        "capabilities: A [b",
        "capabilities:\n- B\n",
        "capabilities:\n- name: A\n  topic: t\n",
        "capabilities: [",
        "- A",
        "",
        "capabilities:\n- name: B\n- &a {name: A}\n- *a\n",
        "capabilities:\n- |+\n  A\n\n\n- B\n",
    ],
)
def test_what_is_not_safe_is_refused(text):
    """Where more than the topic would change, or no such capability is there, nothing is given."""
    for name in ("A", "A, b", "A [b"):
        assert filed(text, name, "t", front=False) is None


@pytest.mark.parametrize("text", ["", "A", "---\nname: A", "---\n[\n---\n", "---\n- A\n---\n"])
def test_a_file_without_keys(text):
    """Where no capability can be read, none gets a topic."""
    assert filed(text, "A", "t", front=True) is None


FRONTS = (
    "name: NAME",
    "name: 'NAME' # so\nunique: |\n  x",
    "{name: NAME}",
    "unique: y\nname: NAME",
)


@given(
    st.sampled_from(FRONTS),
    st.sampled_from(["", "\n", "\nText.\n\n---\nname: x\n", "\n\n# Not YAML: [\n"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "\ufeff"]),
)
def test_capability_files(front, body, end, mark):
    """In a file of its own a capability gets its topic between the --- lines."""
    text = mark + f"---\n{front.replace('NAME', 'A b')}\n---{body}".replace("\n", end)

    new = filed(text, "A b", SLUG, front=True)

    assert without(new) == text
    plain = re.sub("\r\n|\r", "\n", new.removeprefix("\ufeff"))
    head, rest = front_matter(plain, "a.md", Report())
    assert read_capability(head, Ids()).topic == SLUG
    assert rest == body.removeprefix("\n")


# topics.yaml -----------------------------------------------------------------------------------

ENTRIES = (
    "SLUG:\n  label: A label\n  synonyms: [a, 'b, c']\n",
    "SLUG: {label: A label}  # short\n",
    "SLUG:\n    label: >-\n      A\n      label\n    # more to come\n",
    "SLUG:\n",
    "# About this one\n'SLUG':\n  synonyms:\n  - a\n  - b  # so\n",
)


@st.composite
def topic_files(draw):
    """Draw a topics.yaml, with the slugs in it."""
    slugs = draw(st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=5))
    if draw(st.booleans()):
        slugs = sorted(slugs)
    entries = [draw(st.sampled_from(ENTRIES)).replace("SLUG", slug) for slug in slugs]
    text = draw(st.sampled_from(["", "# Topics\n\n", "# Topics\n", "---\n"]))
    text += draw(st.sampled_from(["", "\n"])).join(entries) + draw(st.sampled_from(["", "# end\n"]))
    text = text.removesuffix("\n") if draw(st.booleans()) else text
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))), slugs


@given(topic_files(), st.sampled_from(["da", "0", "zz", "null"]))
def test_topics_are_listed_and_every_other_line_stays(drawn, slug):
    """A new topic comes in one piece, where its slug belongs if they are sorted, else last."""
    text, slugs = drawn

    new = listed(text, Topic(slug, "Its label: so", ("one", "two, three")))

    old_lines, lines = text.splitlines(), new.splitlines()
    start = next(n for n, line in enumerate(lines) if slug in line)
    added = lines[start : start + 3]
    rest = [line for line in lines[:start] + lines[start + 3 :] if line]
    assert [line.strip() for line in added[1:]] == [
        "label: 'Its label: so'",
        "synonyms: [one, 'two, three']",
    ]
    assert rest == [line for line in old_lines if line]
    assert new.endswith(("\n", "\r\n")) == (text.endswith("\n") or not text)
    keys = [key for key, _ in parse(new.replace("\r\n", "\n"), "", Report()).pairs()]
    assert keys == (sorted([*slugs, slug]) if slugs == sorted(slugs) else [*slugs, slug])


@pytest.mark.parametrize(
    "text", ["{}", "{a: {label: A}}", "a: [", "- a", "new:\n  label: N\n", "a", "~"]
)
def test_a_list_of_topics_that_is_not_safe(text):
    """Braces, what is no YAML and a slug that is there already are for the author."""
    assert listed(text, Topic("new", "New")) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a:\n\nc:\n", "a:\n\nb:\n  label: B\n\nc:\n"),
        ("# all\n\n# on c\nc:\n", "# all\n\nb:\n  label: B\n# on c\nc:\n"),
        ("# all\nc:\n", "# all\nb:\n  label: B\nc:\n"),
        ("  a:\n    label: A\n  # of a\n", "  a:\n    label: A\n  b:\n    label: B\n  # of a\n"),
        (
            "a:\n  label: A\n  # of a\n# of c\nc:\n",
            "a:\n  label: A\n  # of a\nb:\n  label: B\n# of c\nc:\n",
        ),
    ],
)
def test_where_a_topic_is_listed(old, new):
    """Blank lines are as between the others, and comments stay with what they are about."""
    assert listed(old, Topic("b", "B")) == new


# Files -----------------------------------------------------------------------------------------


def test_a_link_is_left_to_its_author(files, write, said):
    """What is a link stays one: the topic has to be written where it leads."""
    there = write("content/products/a/real.yaml", "name: P\ncapabilities: [A]\n")
    there.with_name("product.yaml").symlink_to(there)
    place = Place("content/products/a/product.yaml", 2, 16)

    drafts = [*prepare(files, [Capability("a", "A", place=place)], Topic("t", "T"), is_new=False)]

    assert drafts == []
    assert said() == [
        (
            'content/products/a/product.yaml:2:16: the topic of "A" cannot be written here without'
            " changing more than that (write topic: t below its name)"
        )
    ]


def test_a_file_that_would_grow_too_large(files, write, said):
    """No file is written that could not be read again."""
    write("a.md", "---\nname: A\n---\n" + "x" * 99_980)
    write("content/topics.yaml", "{}")
    capability = Capability("a", "A", place=Place("a.md", 2, 1))

    drafts = [*prepare(files, [capability], Topic("t", "T"), is_new=True)]

    assert drafts == []
    assert [line.partition(": ")[0] for line in said()] == ["a.md:2:1", "content/topics.yaml"]
