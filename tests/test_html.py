"""Every page of a built site is whole, and nothing in it runs."""

import pytest

from tests import crawl
from tests.crawl import Site

LAWS = (
    crawl.active_content,
    crawl.gaps,
    crawl.repeated_ids,
    crawl.repeated_titles,
    crawl.left_overs,
)
SITES = ("own, with base URL", "hard, with base URL", "broad, with base URL")
HEAD = (
    '<!doctype html><html lang="en"><head><title>T</title>'
    '<meta name="description" content="D"></head>'
)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("name", SITES)
def test_pages_are_whole(built, name, law):
    """No page has a gap, a word left over, an id twice, or a script or style of its own."""
    assert list(law(built[name]))[:20] == []


@pytest.mark.parametrize(
    ("law", "page", "wrong"),
    [
        (crawl.active_content, '<p style="color: red">x</p>', "has style="),
        (crawl.active_content, '<p onclick="x()">x</p>', "has onclick="),
        (crawl.active_content, "<style>p {}</style>", "should not be there"),
        (crawl.active_content, "<script>x()</script>", "is inline"),
        (crawl.active_content, '<script type="module">x()</script>', "is inline"),
        (crawl.gaps, "<h1>Two</h1>", "has 2 first headings"),
        (crawl.gaps, "<table><tr><td> </td></tr></table>", "<td> is empty"),
        (crawl.gaps, '<a href="/"><b></b></a>', "<a> is empty"),
        (crawl.repeated_ids, '<p id="a">x</p><p id="a">y</p>', "'a' stands 2 times"),
        (crawl.left_overs, "<p>Price: None</p>", "says 'None'"),
        (crawl.left_overs, "<p>nan/100</p>", "says 'nan'"),
        (crawl.left_overs, '<p title="undefined">x</p>', "says 'undefined'"),
        (crawl.left_overs, "<p>{{ name }}</p>", "says '{{'"),
        (crawl.left_overs, "<p>A vs {b}</p>", "says '{b}'"),
    ],
)
def test_a_fault_is_found(tmp_path, law, page, wrong):
    """The crawler sees each kind of fault, once."""
    body = f"<h1>Banana</h1><p>An undefinedness; <code>None</code></p>{page}"
    (tmp_path / "index.html").write_text(f"{HEAD}<body>{body}</body></html>")

    (found,) = law(Site(tmp_path))

    assert wrong in found


def test_missing_parts_are_found(tmp_path):
    """A page without language, title, description and heading lacks four things."""
    (tmp_path / "index.html").write_text("<!doctype html><html><body><p>Hi</p></body></html>")

    found = list(crawl.gaps(Site(tmp_path)))

    assert found == [
        "index.html: has no language",
        "index.html: has no title",
        "index.html: has no description",
        "index.html: has 0 first headings",
    ]
