"""Facts without a source, facts that have grown old, and a date that ages all others."""

import datetime as dt

import pytest

from comparo.errors import Place
from comparo.hygiene.facts import lonely_date, newest_of, stale, undated_price, unsourced
from comparo.model import Fact, Price, Pricing
from tests.compare.products import product

NEWEST = dt.date(2026, 8, 21)
FILE = "content/products/tidemark/product.yaml"
SOURCE = "https://example.com/"


def days_before(days):
    return NEWEST - dt.timedelta(days)


def messages(problems):
    return [problem.message for problem in problems]


def test_figures_without_a_source_are_told_in_one_line():
    """Rank, scores, signals, price and numbers say where they come from, or are named."""
    tidemark = product(
        "tidemark",
        rank=Fact(60, place=Place(FILE, 4, 7)),
        scores={"quality": Fact(0.5), "adoption": Fact(0.4, SOURCE)},
        signals={"github_stars": Fact(900), "last_commit": Fact(NEWEST, SOURCE)},
        attributes={"seats": Fact(5), "self_hosted": Fact(value=True), "motto": Fact("2 of 3")},
        license=Fact("MIT"),
        released=Fact(NEWEST),
        pricing=Pricing("paid", Fact(Price("$4/mo"))),
    )

    (problem,) = unsourced(tidemark)

    assert problem.place == Place(FILE, 4, 7)
    assert problem.message == (
        "rank, pricing.starting_price, scores.quality, signals.github_stars, attributes.seats:"
        " have no source"
    )


@pytest.mark.parametrize(
    "facts",
    [
        {"signals": {"github_stars": Fact(900, SOURCE)}},
        {"pricing": Pricing("paid", Fact(Price("$4/mo")), source=SOURCE)},
        {"pricing": Pricing("paid", Fact(Price("$4/mo"), SOURCE))},
        {"rank": Fact(60, "Our own test of all")},
        {},
    ],
)
def test_a_source_is_a_source(facts):
    """A price has that of its pricing, and a judgement that of whoever judged."""
    assert list(unsourced(product("tidemark", **facts))) == []


def test_one_figure_is_told_in_the_singular():
    """A message is a sentence."""
    (problem,) = unsourced(product("tidemark", signals={"users": Fact(7)}))

    assert str(problem).startswith(f"{FILE}: signals.users: has no source (write {{value: …")


def test_facts_of_last_year_are_stale():
    """A year makes a fact old, half a year a price; each is told with its age."""
    tidemark = product(
        "tidemark",
        signals={
            "github_stars": Fact(900, date=days_before(400), place=Place(FILE, 8, 3)),
            "users": Fact(50, date=days_before(366)),
            "plugins": Fact(5, date=days_before(365)),
        },
        pricing=Pricing("paid", checked=days_before(181), place=Place(FILE, 3, 3)),
    )

    facts, price = stale(tidemark, NEWEST)

    assert (facts.place, price.place) == (Place(FILE, 8, 3), Place(FILE, 3, 3))
    assert facts.message == (
        "signals.github_stars, signals.users: looked up on 2025-07-17, 400 days before the newest"
        " date here, 2026-08-21"
    )
    assert price.message.startswith("pricing: looked up on 2026-02-21, 181 days before")


@pytest.mark.parametrize(
    "pricing",
    [
        Pricing("paid", checked=days_before(180)),
        Pricing("paid", Fact(Price("$4/mo"), date=days_before(9)), checked=days_before(900)),
        Pricing("paid"),
    ],
)
def test_fresh_prices_are_not_stale(pricing):
    """The later of the two dates counts, and without any there is no age."""
    assert list(stale(product("tidemark", pricing=pricing), NEWEST)) == []


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "its status is not given"),
        ({"status": Fact("active")}, "it is said to be active"),
        ({"status": Fact("active", date=days_before(800))}, "it is said to be active"),
        ({"signals": {"last_commit": Fact(days_before(731))}}, "its status is not given"),
    ],
)
def test_a_product_that_fell_silent_is_asked_about(facts, said):
    """Two years without a sign of life call for a status."""
    tidemark = product("tidemark", released=Fact(days_before(800)), **facts)

    found = [problem for problem in stale(tidemark, NEWEST) if "released" in problem.message]

    assert messages(found) == [f"released: 2024-06-12 is long ago, and {said}"]


@pytest.mark.parametrize(
    "facts",
    [
        {"status": Fact("inactive")},
        {"status": Fact("discontinued")},
        {"status": Fact("active", date=days_before(3))},
        {"signals": {"last_commit": Fact(days_before(3)), "users": Fact(5)}},
    ],
)
def test_a_product_with_a_sign_of_life_is_not(facts):
    """A commit, a look at it, or a status that says it all will do."""
    tidemark = product("tidemark", released=Fact(days_before(800)), **facts)

    assert list(stale(tidemark, NEWEST)) == []


def test_a_price_without_a_day_is_told():
    """Nobody can know how old it is; a model alone has no figure that could have changed."""
    price = Fact(Price("$4/mo"), SOURCE)

    assert messages(undated_price(product("tidemark", pricing=Pricing("paid", price)))) == [
        'pricing: says "$4/mo" and not when that was looked up'
    ]
    assert not list(undated_price(product("tidemark", pricing=Pricing("paid"))))
    assert not list(
        undated_price(product("tidemark", pricing=Pricing("paid", price, checked=NEWEST)))
    )


USUAL = [(days_before(age), Place(f"{age}.yaml", 1, 1)) for age in (0, 1, 30, 90, 300)]


def test_a_date_far_after_all_others_is_doubted():
    """It may be a slip, and the ages of all other facts hang on it."""
    slip = dt.date(2062, 8, 21), Place("slip.yaml", 2, 3)

    assert lonely_date([*USUAL, slip, slip]) == slip
    assert newest_of([*USUAL, slip], but=slip[0]) == NEWEST


@pytest.mark.parametrize(
    "dates",
    [
        [],
        USUAL,
        [*USUAL, (NEWEST + dt.timedelta(180), None)],
        [*USUAL, *((dt.date(2062, 8, 21), Place(file)) for file in ("a.yaml", "b.yaml"))],
        [(dt.date(2020, 1, 1), None), (dt.date(2026, 1, 1), None)],
        [(NEWEST, None)] * 9,
    ],
)
def test_other_dates_are_not(dates):
    """Half a year is no slip, nor is a day on which two files were written, nor one of two."""
    assert lonely_date(dates) is None


def test_no_date_is_newest_where_there_is_none():
    """Without dates nothing has an age."""
    assert newest_of([], but=None) is None
