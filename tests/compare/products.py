"""Products, capabilities and ranks to compare: made by hand, and drawn by Hypothesis."""

import datetime as dt
from dataclasses import replace

from hypothesis import strategies as st

from comparo.compare.scoring import Score, rank
from comparo.errors import Place
from comparo.model import Capability, Fact, Price, Pricing, Product

TODAY = dt.date(2026, 3, 1)

NAMES = (
    "Feature flags",
    "feature-flag",
    "Surveys",
    "Survey",
    "Split testing",
    "A/B testing",
    "REST APIs",
    "C++",
    "C#",
    "🚀",
)
"""Names that meet in all the ways that names can meet, and some that must not."""


def product(slug, **facts):
    """Make a product of which nothing is known but what is given."""
    return Product(slug, slug.title(), Place(f"content/products/{slug}/product.yaml"), **facts)


def capability(name, **facts):
    """Make a capability whose id is its name."""
    return Capability(name, name, **facts)


def costing(model):
    """Make a product of which only the pricing is known."""
    return product("x", pricing=Pricing(model))


def scores(**values):
    """Make components of equal weight."""
    return tuple(Score(name, name.title(), 1.0, value) for name, value in values.items())


def ranked(*, declared=None, min_coverage=0.0, **values):
    """Make a rank of components of equal weight."""
    fact = None if declared is None else Fact(declared)
    return rank(scores(**values), fact, min_coverage)


weights = st.floats(0.01, 100) | st.integers(0, 100).map(float)
known = st.floats(0, 1) | st.sampled_from([0.0, 0.5, 1.0])
figures = st.none() | known


@st.composite
def score_lists(draw, values=figures, size=5):
    """Draw components with any weights, some of them of 0."""
    drawn = draw(st.lists(st.tuples(weights, values), max_size=size))
    return tuple(Score(f"c{i}", f"C {i}", *pair) for i, pair in enumerate(drawn))


@st.composite
def rank_pairs(draw, values=figures, *, declared=True):
    """Draw the ranks of two products of one type."""
    ours = draw(score_lists(values))
    theirs = tuple(replace(score, value=draw(values)) for score in ours)
    facts = st.none() | st.floats(0, 100).map(Fact) if declared else st.none()
    least = draw(st.sampled_from([0.0, 0.4]))
    return tuple(rank(each, draw(facts), least) for each in (ours, theirs))


def several(*texts, size=2):
    """Draw some of a few texts, each at most once."""
    return st.lists(st.sampled_from(texts), max_size=size, unique=True).map(tuple)


@st.composite
def capability_lists(draw, size=6):
    """Draw capabilities that share names and topics often, each with an id of its own."""
    drawn = draw(
        st.lists(
            st.builds(
                Capability,
                id=st.just(""),
                name=st.sampled_from(NAMES),
                topic=st.sampled_from(["", "", "flags", "experiments"]),
                best_for=several("Small teams", "small teams", "Banks"),
                limitations=several("One seat", "one seats", "No export"),
                requires=several("PostgreSQL", "postgresql", "Docker"),
            ),
            max_size=size,
        )
    )
    return tuple(replace(each, id=f"{i}-{each.name}") for i, each in enumerate(drawn))


def facts_of(values):
    """Draw a fact, or none."""
    return st.none() | values.map(Fact)


prices = st.sampled_from(
    [
        Price("from $9"),
        Price("$5/mo", 5, "USD", "month"),
        Price("$20/mo", 20, "USD", "month"),
        Price("€20/mo", 20, "EUR", "month"),
    ]
)


@st.composite
def product_facts(draw, slug):
    """Draw a product with all that a verdict reads."""
    return product(
        slug,
        type=draw(st.sampled_from(["product", "library"])),
        pricing=Pricing(
            draw(
                st.sampled_from(["free", "freemium", "open_source", "paid", "contact", "unknown"])
            ),
            draw(facts_of(prices)),
        ),
        license=draw(facts_of(st.sampled_from(["MIT", "mit", "Apache-2.0"]))),
        platforms=draw(facts_of(several("Linux", "linux", "macOS", "Windows", size=3))),
        status=draw(facts_of(st.sampled_from(["active", "inactive", "discontinued"]))),
        released=draw(facts_of(st.dates(dt.date(2020, 1, 1), TODAY))),
        capabilities=draw(capability_lists()),
    )
