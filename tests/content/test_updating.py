"""Laying facts over a product.yaml: what changes is replaced, the rest stays as it was written."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparo.content.updating import updated
from comparo.content.writing import product_yaml
from comparo.files import Report

WRITTEN = """\
# Kept by hand.
name: Harbour  # the product, not the company
type: web-app

# Where it is filed
category: mail
pricing: {model: free, source: https://harbour.example/pricing}
signals:
  github_stars:
    value: 900
    source: https://github.example/harbour
  # asked by mail
  users: 40
attributes:
  self_hosted: yes please
capabilities:
  - name: Shared inbox
    topic: inbox
    description: >-
      One inbox
      for a team.
  - Rules
# the end
"""


def lay(text, fields):
    report = Report()
    return updated(text, fields, "product.yaml", report), report


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Harbour"},
        {"category": ("mail",), "type": "web-app"},
        {"signals": {"github_stars": 900, "users": 40}},
        {"pricing": {"model": "free"}},
        {"capabilities": ({"name": "Shared inbox"}, {"name": "Rules"})},
    ],
)
def test_nothing_new_changes_nothing(fields):
    """A file that says all of it already stays byte for byte, however that is written there."""
    text, report = lay(WRITTEN, fields)

    assert text == WRITTEN
    assert report.warnings == []


@pytest.mark.parametrize(
    ("fields", "before", "after"),
    [
        ({"name": "Haven"}, "name: Harbour  #", "name: Haven  #"),
        ({"type": "app"}, "type: web-app\n", "type: app\n"),
        ({"signals": {"users": 41}}, "users: 40", "users: 41"),
        (
            {"signals": {"last_commit": dt.date(2026, 1, 31)}},
            "  users: 40\n",
            "  users: 40\n  last_commit: 2026-01-31\n",
        ),
        (
            {"signals": {"github_stars": 901}},
            "github_stars:\n    value: 900\n    source: https://github.example/harbour\n",
            "github_stars: 901\n",
        ),
        (
            {"tags": ("a", "b")},
            "category: mail\n",
            "category: mail\ntags:\n  - a\n  - b\n",
        ),
        (
            {"pricing": {"model": "paid"}},
            "pricing: {model: free, source: https://harbour.example/pricing}\n",
            "pricing:\n  model: paid\n  source: https://harbour.example/pricing\n",
        ),
        (
            {"capabilities": ({"name": "Shared inbox", "description": "New."},)},
            WRITTEN[WRITTEN.index("    topic:") : WRITTEN.index("# the end")],
            "    description: New.\n    topic: inbox\n",
        ),
    ],
)
def test_only_what_changes_is_replaced(fields, before, after):
    """Comments, order and further keys stay; a capability keeps what only its author said."""
    text, report = lay(WRITTEN, fields)

    assert text == WRITTEN.replace(before, after)
    assert report.warnings == []


WORDS = st.text("ab #:-'\n0", max_size=12).map(str.strip).filter(bool)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "name": WORDS,
        "tags": st.lists(WORDS, max_size=3),
        "signals": st.dictionaries(st.sampled_from("abc"), st.integers(0, 99)),
        "pricing": st.dictionaries(st.sampled_from(["model", "source"]), WORDS),
        "capabilities": st.lists(st.fixed_dictionaries({"name": WORDS}), max_size=2),
    },
)


@given(FIELDS, FIELDS)
def test_an_update_says_what_is_new_and_is_done_once(old, new):
    """Whatever was written and whatever is laid over it, a second time changes nothing."""
    written = "# mine\n" + product_yaml(old).replace("\nsignals:", "\n# measured\nsignals:")

    text, report = lay(written, new)

    assert report.errors == []
    assert lay(text, new)[0] == text
    assert ("# measured" in text) == ("# measured" in written)


def test_lost_comments_are_told():
    """A comment inside of what is replaced cannot stay, and is said to be lost."""
    text, report = lay("name: x\ntags:\n  - a\n  # why\n  - b#1\n", {"tags": ("c",)})

    assert text == "name: x\ntags:\n  - c\n"
    assert list(map(str, report.warnings)) == [
        "product.yaml:3:3: tags: was replaced, and with it the comment that stood there"
    ]


@pytest.mark.parametrize(
    ("old", "new", "warned"),
    [
        ("", "name: x\n", False),
        ("{name: y, type: z}", "name: x\ntype: z\n", False),
        ("{name: y, type: z}  # mine\n", "name: x\ntype: z\n", True),
        ("name: y", "name: x\n", False),
        ("---\nname: y\n...\n", "---\nname: x\n...\n", False),
        ("type: z\n", "name: x\ntype: z\n", False),
        ("? name\n: y\n# note\n", "  name: x\n# note\n", False),
        ("name: &a y\ntype: *a\n", "name: x\ntype: y\n", False),
    ],
)
def test_unusual_layouts(old, new, warned):
    """Where lines cannot be replaced one by one, the file is written anew and says the same."""
    text, report = lay(old, {"name": "x"})

    assert text == new
    assert bool(report.warnings) == warned


@pytest.mark.parametrize("text", ["name: [", "- name", "7", "name: x\nname: y\n", "rank: 1e400"])
def test_what_cannot_be_read_is_reported(text):
    """A file that is unsound already is for its author to mend."""
    outcome, report = lay(text, {"type": "app"})

    assert outcome is None
    assert report.errors
