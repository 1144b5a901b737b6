"""A page's address says which product, or which two, it is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparo.content.addresses import slugs_in
from comparo.content.ledger import RowError

HOME = "https://example.org/tools"


@pytest.mark.parametrize(
    ("address", "slugs"),
    [
        (f"{HOME}/products/a/", ("a",)),
        (f"{HOME}/products/a", ("a",)),
        (f"{HOME}/products/a/index.html?utm_source=x#prices", ("a",)),
        (f"{HOME}/alternatives/a/", ("a",)),
        (f"{HOME}/compare/a-vs-b/", ("a", "b")),
        (f"{HOME}/compare/b-vs-a/", ("a", "b")),
        ("http://www.example.org/de/old/products/a/", ("a",)),
        ("HTTPS://EXAMPLE.ORG:443//products//a//", ("a",)),
        ("/tools/products/a/?x", ("a",)),
        (f"{HOME}/", ()),
        (HOME, ()),
        (f"{HOME}/products/", ()),
        (f"{HOME}/compare/", ()),
        (f"{HOME}/compare/index.html", ()),
        (f"{HOME}/categories/notes/", ()),
        (f"{HOME}/search/?q=products/a", ()),
        (f"{HOME}/products/a/more/", ()),
    ],
)
def test_addresses_name_products(address, slugs):
    """The last two steps of the path count, whatever stands before and behind them."""
    assert slugs_in(address, HOME) == slugs


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://example.com/products/a/", "its page is one of example.com; the site's base_url"),
        ("https://example.org.evil.com/products/a/", "its page is one of example.org.evil.com; "),
        ("products/a/", 'its page is no address: "products/a/"'),
        ("//example.com/products/a/", "its page is one of example.com"),
        ("", 'its page is no address: ""'),
        ("android-app://org.example/products/a", "its page is no address"),
        ("https://[::1/products/a", "its page is no address"),
        (f"{HOME}/products/a/?{'x' * 2_000}", "its page is no address"),
        (f"{HOME}/compare/a-vs-a/", '"a-vs-a" names no pair'),
        (f"{HOME}/compare/a-vs-b-vs-c/", '"a-vs-b-vs-c" names no pair'),
        (f"{HOME}/compare/a/", '"a" names no pair'),
    ],
)
def test_other_addresses_are_refused(address, said):
    """Another host's page is no evidence, nor is what is no address."""
    with pytest.raises(RowError) as refused:
        slugs_in(address, HOME)

    assert str(refused.value).startswith(said)


def test_without_a_base_url_any_host_will_do():
    """A site that does not know its own address takes the word of the export."""
    assert slugs_in("http://localhost:8000/products/a/", "") == ("a",)


@given(
    st.text() | st.text("/:.?#[]ahtps-v").map("https://e.org/".__add__), st.sampled_from(["", HOME])
)
def test_any_text_is_read_or_refused(address, home):
    """Nothing but a refusal comes of an odd address."""
    try:
        slugs = slugs_in(address, home)
    except RowError:
        return

    assert len(slugs) <= 2
    assert slugs == tuple(sorted(set(slugs)))
