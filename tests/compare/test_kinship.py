"""Who is an alternative to whom, by what products share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparo.compare.alignment import keyed, synonym_index
from comparo.compare.kinship import akin, by_standing, kin_of
from comparo.compare.scoring import Rank
from comparo.model import Fact, Pricing
from tests.compare.products import capability, product, product_facts


def kin(slug="x", *, queries=(), **facts):
    """See a product as pairing does."""
    made = product(slug, **facts)
    return kin_of(made, keyed(made.capabilities, synonym_index(())), queries)


def test_what_two_products_can_share():
    """Its categories, tags, searches and capabilities are a product's traits, in a fixed order."""
    one = kin(
        categories=("wikis", "notes"),
        tags=("small",),
        capabilities=(capability("Surveys"), capability("Flags", topic="flags")),
        queries=["b", "a"],
    )

    assert one.traits() == [
        ("capability", "name survey"),
        ("capability", "topic flags"),
        ("category", "notes"),
        ("category", "wikis"),
        ("search", "a"),
        ("search", "b"),
        ("tag", "small"),
    ]


def test_a_catch_all_says_nothing():
    """That two products are filed under "other" does not make them alternatives."""
    ours, theirs = (kin(slug, categories=("other",), tags=("misc",)) for slug in "ab")

    assert (ours.category, ours.tag) == (frozenset(), frozenset())
    assert not akin(ours, theirs)


def having(*names):
    return tuple(map(capability, names))


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ({"categories": ("notes",)}, {"categories": ("notes", "wikis")}, True),
        ({"categories": ("notes",)}, {"categories": ("wikis",)}, False),
        (
            {"categories": ("notes",), "tags": ("t",)},
            {"categories": ("wikis",), "tags": ("t",)},
            False,
        ),
        ({"categories": ("notes",), "tags": ("t",)}, {"tags": ("t",)}, True),
        ({"tags": ("t",)}, {"tags": ("u",)}, False),
        ({"capabilities": having("A")}, {"capabilities": having("a")}, True),
        ({"queries": ["q"]}, {"queries": ["q", "r"]}, True),
        (
            {"categories": ("n",), "capabilities": having("A", "B")},
            {"categories": ("w",), "capabilities": having("A", "B", "C", "D", "E")},
            True,
        ),
        (
            {"categories": ("n",), "capabilities": having("A", "C", "D")},
            {"categories": ("w",), "capabilities": having("A", "E", "F")},
            False,
        ),
        ({"categories": ("n",), "queries": ["q"]}, {"categories": ("w",), "queries": ["q"]}, False),
        (
            {"categories": ("n",), "queries": ["q", "r"]},
            {"categories": ("w",), "queries": ["q", "r"]},
            True,
        ),
    ],
)
def test_whom_a_reader_might_hesitate_between(ours, theirs, expected):
    """A category is enough; without one a tag, a capability or a search is; else half of them."""
    assert akin(kin("a", **ours), kin("b", **theirs)) is expected


@given(product_facts("a"), product_facts("b"))
def test_kin_are_so_to_each_other(ours, theirs):
    """It does not matter who is asked."""
    a, b = (kin_of(each, keyed(each.capabilities, {}), ()) for each in (ours, theirs))

    assert akin(a, b) == akin(b, a)


@given(st.lists(st.tuples(st.booleans(), st.none() | st.sampled_from([0.0, 5.0, 7.5])), max_size=6))
def test_the_best_ranked_stand_first(ranks):
    """Rated before unrated, then by rank, then by slug, in whatever order they come."""
    given_ranks = {
        f"p{n}": Rank(value, 0.0, 100.0, 1.0, rated=rated and value is not None)
        for n, (rated, value) in enumerate(ranks)
    }
    everyone = [kin(slug) for slug in given_ranks]

    first = by_standing(everyone, given_ranks)

    assert first == by_standing(reversed(everyone), given_ranks)
    values = [given_ranks[one.slug].value or 0.0 for one in first if given_ranks[one.slug].rated]
    assert values == sorted(values, reverse=True)
    assert [given_ranks[one.slug].rated for one in first] == sorted(
        (rank.rated for rank in given_ranks.values()), reverse=True
    )


@pytest.mark.parametrize(
    ("facts", "bare"),
    [
        ({}, True),
        ({"license": Fact("MIT"), "pricing": Pricing("free")}, True),
        ({"license": Fact("MIT"), "pricing": Pricing("free"), "status": Fact("active")}, False),
        ({"capabilities": having("A")}, False),
    ],
)
def test_of_whom_too_little_is_known(facts, bare):
    """Three facts, or one capability, are enough to compare."""
    assert kin(**facts).bare is bare
