"""Pages lie on shelves, by address, and none is made before it is asked for."""

import pytest

from comparo.render.shelves import Pages, Shelf


@pytest.fixture
def made():
    """Give what was made, to be written down by those who make it."""
    return []


@pytest.fixture
def pages(made):
    """Give two shelves of pages, of which each says what it is about."""

    def shelf(*names):
        def gather():
            made.append("gathered")
            return names

        def make(name):
            made.append(name)
            return f"page {name}"

        return Shelf(gather, "/{}/".format, make)

    return Pages(shelf("a", "b"), shelf("c"))


def test_all_addresses_are_known(pages):
    """They stand in the order of the shelves."""
    assert list(pages) == ["/a/", "/b/", "/c/"]
    assert len(pages) == 3
    assert "/d/" not in pages


def test_a_page_is_made_when_it_is_asked_for(pages, made):
    """A shelf on which it does not lie is not looked through after it."""
    assert made == []

    page = pages["/b/"]

    assert page == "page b"
    assert made == ["gathered", "b"]


def test_what_pages_are_about_is_gathered_once(pages, made):
    """A page that is asked for twice is made twice."""
    assert pages["/c/"] == pages["/c/"]

    assert made == ["gathered", "gathered", "c", "c"]


def test_an_address_that_is_not_there(pages):
    """It is missing as in any mapping."""
    assert pages.get("/d/") is None
    with pytest.raises(KeyError, match="/d/"):
        pages["/d/"]


def test_pages_are_counted_from_the_first_shelf_on():
    """A number gives the page whose address comes at that place."""
    shelves = (Shelf(lambda n=names: n, "/{}/".format, str.upper) for names in ("ab", "", "c"))

    pages = Pages(*shelves)

    assert [pages.at(number) for number in range(3)] == ["A", "B", "C"]
    assert [pages[url] for url in pages] == ["A", "B", "C"]
    with pytest.raises(IndexError):
        pages.at(3)
