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
        (f"{HOME}/compare/a-vs-b/", ("a", "b")),
        (f"{HOME}/compare/b-vs-a/", ("a", "b")),
        ("http://www.example.org/tools/products/a/", ("a",)),
        ("http://example.org:80/tools/products/a/", ("a",)),
        ("HTTPS://EXAMPLE.ORG:443/tools/products/a", ("a",)),
        ("/tools/products/a/?x", ("a",)),
        (f"{HOME}/", ()),
        (HOME, ()),
        (f"{HOME}/products/", ()),
        (f"{HOME}/compare/", ()),
        (f"{HOME}/compare/index.html", ()),
        (f"{HOME}/categories/notes/", ()),
        (f"{HOME}/search/?q=products/a", ()),
        (f"{HOME}/products/a/more/", ()),
        (f"{HOME}/products/a/products/b/", ()),
        (f"{HOME}/products/index.html", ()),
        (f"{HOME}//products/a/", ()),
        (f"{HOME}/products//a/", ()),
        (f"{HOME}/products/aindex.html", ("aindex.html",)),
        (f"{HOME}/shop/products/a", ()),
        (f"{HOME}shed/products/a", ()),
        (f"{HOME}/alternatives/a/", ()),
        ("https://example.org/shop/products/a", ()),
        ("https://example.org/products/a/", ()),
        ("/products/a/", ()),
    ],
)
@pytest.mark.parametrize("home", [HOME, f"{HOME}/"])
def test_addresses_name_products(address, slugs, home):
    """A page is the site's where its path begins with that of the site, and goes on as its own."""
    assert slugs_in(address, home) == slugs


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://example.com/products/a/", "its page is one of example.com; the site's base_url"),
        ("https://example.org:8000/tools/products/a/", "its page is one of example.org:8000; the"),
        (f"{HOME}/products/a\n/", "its page is no address"),
        ("https://example.org:x/tools/products/a", "its page is no address"),
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


@pytest.mark.parametrize(
    ("path", "slugs"),
    [
        ("products/a/", ("a",)),
        ("de/old/compare/a-vs-b", ("a", "b")),
        ("products/a/products/b/", ()),
        ("alternatives/a/", ()),
        ("products/", ()),
        ("", ()),
    ],
)
def test_without_a_base_url_any_host_and_folder_will_do(path, slugs):
    """A site that does not know its own address takes the word of the export."""
    assert slugs_in(f"http://localhost:8000/{path}", "") == slugs


def test_a_site_may_have_a_host_of_its_own():
    """Its pages then stand at the top."""
    assert slugs_in("https://example.org/products/a/", "https://example.org") == ("a",)
    assert slugs_in("https://example.org/x/products/a/", "https://example.org") == ()


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
