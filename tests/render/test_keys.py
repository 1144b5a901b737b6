"""A page's key changes with all that the page is made of, and with nothing else."""

from dataclasses import dataclass

import pytest

from comparo.render.keys import PageKeys
from comparo.scaffold import new_site
from comparo.site import open_site

PAIR = "/compare/example-notes-vs-sample-notes/"


@pytest.fixture
def root(tmp_path):
    new_site(tmp_path)
    return tmp_path


def edit(root, path, old, new):
    """Change words of a file."""
    file = root / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_the_same_content_has_the_same_keys(root):
    """Opening a site twice makes the same keys, in whatever process."""
    first, second = open_site(root), open_site(root)

    assert {url: first.key(url) for url in first.pages} == {u: second.key(u) for u in second.pages}


def test_a_page_that_changes_has_another_key(root):
    """Of two openings of a site, all pages that differ differ in their keys."""
    before = open_site(root)
    edit(root, "content/products/sample-notes/product.yaml", "name: ", "name: New ")

    after = open_site(root)

    changed = {u for u in before.pages if before.render(u) != after.render(u)}
    assert PAIR in changed
    assert {u for u in changed if before.key(u) == after.key(u)} == set()


def test_a_line_that_only_moves_changes_no_key(root):
    """Where something is written is no part of what is said."""
    before = open_site(root)
    path = root / "content/products/sample-notes/product.yaml"
    path.write_text(f"# a comment\n{path.read_text()}")

    after = open_site(root)

    assert {u for u in before.pages if before.key(u) != after.key(u)} == set()


@dataclass(frozen=True)
class Odd:
    """A page made of something that no digest is known of."""

    value: object
    url: str = "/odd/"


def test_what_cannot_be_digested_is_refused(root):
    """A page that holds an object of an unknown kind would never be known to have changed."""
    site = open_site(root)

    with pytest.raises(TypeError, match="no digest is known"):
        PageKeys(site.theme).of(Odd(object()))
