"""What stands where a text or a name should is found, and a text about such things is not."""

import pytest

from comparo.hygiene.placeholders import misnomers, placeholders


@pytest.mark.parametrize(
    "text",
    [
        "undefined",
        "Loading",
        "Menu Close",
        "404 Not Found",
        "Error 404",
        "502 Bad Gateway",
        "Information not available.",
        "No description provided",
        "Lorem ipsum …",
        "Cookie settings",
        "{{ product.name }}",
        "{{ product.name }} sorts boats by length.",
    ],
)
def test_placeholders_are_found(text):
    """An error page, filler or an unfilled template tells nothing of a product."""
    assert placeholders(text) != ()


@pytest.mark.parametrize(
    "text",
    [
        "Finds undefined variables",
        "Shows a page of its own for 404 Not Found",
        "Lorem ipsum generator",
        "Cookie settings can be changed by each visitor",
        "Replaces {{ user.name }} in mails",
        "{{ mustache }} templates",
        "Says so where information is not available",
        "",
    ],
)
def test_texts_about_them_are_not(text):
    """A product may deal with all of that."""
    assert placeholders(text) == ()


@pytest.mark.parametrize(
    "name",
    ["Undefined", "Home", "{{ name }}", "Pricing | Others", "Tide tables | Tidemark"],
)
def test_names_of_pages_are_found(name):
    """Nothing that a product does is called so, whatever is said of it."""
    assert misnomers(name, "Tidemark", described=True) == (name,)


@pytest.mark.parametrize("name", ["Table of contents", "Sign in", "On this page"])
def test_a_button_is_a_name_where_it_is_described(name):
    """Without a description, it was scraped along."""
    assert misnomers(name, "Tidemark", described=False) == (name,)
    assert misnomers(name, "Tidemark", described=True) == ()


@pytest.mark.parametrize(
    "name",
    ["Search", "Pricing", "Home Assistant", "Read | write", "Import - export", "Tidemark Sync"],
)
def test_names_of_capabilities_are_not(name):
    """One word may be all there is to say."""
    assert misnomers(name, "Tidemark", described=False) == ()
