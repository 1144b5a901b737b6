"""A product is the same after it was bytes: each value, each place, and each kind of number."""

from dataclasses import asdict
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparo.content.loading import load_content
from comparo.content.recall import decode, encode
from comparo.errors import Place
from comparo.model import (
    Capability,
    Fact,
    Image,
    Price,
    Pricing,
    PricingModel,
    Product,
    Prose,
    Status,
)
from tests.hard import write_hard_site

REPOSITORY = Path(__file__).parents[2]

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
NUMBERS = st.integers(-(10**15), 10**15) | st.floats(allow_nan=False)
DATES = st.dates()
VALUES = st.booleans() | NUMBERS | DATES | TEXT | DATES.map(str) | TEXTS
PLACES = st.builds(Place, TEXT, st.integers(0, 99), st.integers(0, 99))
PROSE = st.builds(Prose, TEXT, TEXT)
MAYBE = st.none()


def facts(values):
    """Make facts of such values."""
    return st.builds(Fact, values, TEXT, MAYBE | DATES, MAYBE | PLACES)


def named(values):
    """Make facts of such values by name."""
    return st.dictionaries(TEXT, facts(values), max_size=4)


CAPABILITIES = st.builds(
    Capability,
    *(TEXT, TEXT, MAYBE | PROSE, TEXT, TEXT, TEXT),
    *(TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXT, MAYBE | PLACES),
)
PRICINGS = st.builds(
    Pricing,
    st.sampled_from(get_args(PricingModel)),
    MAYBE | facts(st.builds(Price, TEXT, MAYBE | NUMBERS, TEXT, TEXT)),
    MAYBE | DATES,
    TEXT,
    MAYBE | PLACES,
)
PRODUCTS = st.builds(
    Product,
    *(TEXT, TEXT, PLACES, TEXT, TEXTS, TEXTS, MAYBE | facts(TEXT), MAYBE | PROSE),
    MAYBE | st.builds(Image, TEXT, TEXT, st.binary(max_size=20)),
    *(MAYBE | facts(values) for values in (TEXT, TEXT, TEXT, TEXTS)),
    MAYBE | facts(st.sampled_from(get_args(Status))),
    MAYBE | facts(DATES),
    PRICINGS,
    MAYBE | facts(NUMBERS),
    *(named(values) for values in (NUMBERS, NUMBERS | DATES, VALUES)),
    st.lists(CAPABILITIES, max_size=2).map(tuple),
)


def in_full(product):
    """Show all of a product, with what its own words leave out and in the order that it has."""
    return repr(asdict(product))


@given(PRODUCTS)
def test_any_product_comes_back(product):
    """What comes back is what went in; 5 is not 5.0, a date no text, and a place where it was."""
    back = decode(encode(product))

    assert back == product
    assert in_full(back) == in_full(product)


@pytest.mark.parametrize("write", [None, write_hard_site], ids=["own", "hard"])
def test_products_of_sites_come_back(write, tmp_path):
    """Nothing that a reader makes of a real file gets lost."""
    if write:
        write(tmp_path)
    products = load_content(tmp_path if write else REPOSITORY).content.products

    back = [decode(encode(product)) for product in products]

    assert back
    assert list(map(in_full, back)) == list(map(in_full, products))
