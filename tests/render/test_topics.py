"""The search page and its index: all needs can be reached, and no page is boundless."""

import gzip
import re

import pytest

from comparo.render.needs import MEMBERS
from comparo.render.pages import TurnedPage
from comparo.render.topics import PER_PAGE, search_pages
from comparo.site import open_site
from tests.broad import NEEDS, PRODUCTS
from tests.render.entries import needs_of, product


@pytest.fixture(scope="module")
def site(broad_site):
    return open_site(broad_site)


def needs_on(html):
    return re.findall(r'<li id="(?:name|topic)-[^"]+">\s*<h3>(?:<a [^>]+>)?([^<]+)', html)


def test_the_index_is_cut_into_pages(site):
    """Every shared need stands on one page of the index, in order, at most so many on each."""
    first, second = (site.render(url).decode() for url in ("/search/", "/search/topics/2/"))

    listed = [label.strip() for label in needs_on(first) + needs_on(second)]
    assert listed == sorted([*NEEDS, "Single sign-on"])
    assert len(needs_on(first)) == PER_PAGE
    assert "/search/topics/3/" not in site.pages


def test_parts_lead_to_each_other(site):
    """Each part of the index leads to the others, and says which one it is."""
    first, second = (site.render(url).decode() for url in ("/search/", "/search/topics/2/"))

    assert '<a rel="next" href="../search/topics/2/">' in first
    assert 'rel="prev"' not in first
    assert '<a rel="prev" href="../../../search/">' in second
    assert 'rel="next"' not in second
    assert 'href="../../../search/topics/2/" aria-current="page">Signed – Timed</a>' in second


def test_a_need_that_many_meet_leads_to_its_page(site):
    """A list names the first who meet it; its page names all."""
    index = site.render("/search/topics/2/").decode()
    page = site.render("/search/name-single-sign-on/").decode()

    (need,) = re.findall(r'<li id="name-single-sign-on">.*?</ul>', index, re.DOTALL)
    assert need.count("#p") == MEMBERS
    assert f'<a href="../../../search/name-single-sign-on/">All {PRODUCTS} products</a>' in need
    assert page.count("--single-sign-on") == PRODUCTS
    assert '<a href="../../search/?q=Single%20sign-on">' in page


def test_what_one_product_has_is_bounded(site):
    """The first are listed, and how many more there are is said."""
    html = site.render("/search/").decode()

    rest = html[html.index('<section id="rest">') :]
    alone = 8 * PRODUCTS + 9
    assert rest.count("<li><a href=") >= PER_PAGE
    assert f"{alone - PER_PAGE} more are on their products’ pages." in rest


def test_no_needs_no_search(site):
    """A site without capabilities offers nothing to type into."""
    (page,) = search_pages(site.pages["/search/"].site, ())

    html = page.render(site.theme).decode()

    assert "No capabilities are on file yet." in html
    assert "<form" not in html
    assert "search.js" not in html


def test_pages_stay_few_and_small(site):
    """At thousands of needs, a page lists no more, and there are as many as it takes."""
    products = [product(f"p{n}", *(f"Thing {i}" for i in range(n % 2, 3000, 2))) for n in range(4)]
    needs, _ = needs_of(products)

    pages = list(search_pages(site.pages["/search/"].site, needs))

    assert len(pages) == 3000 / PER_PAGE
    assert max(len(page.render(site.theme)) for page in pages) < 150_000


def test_the_home_page_and_every_pair_lead_here(site):
    """A box on each of them sends what is typed to the search page."""
    pages = [
        url
        for url in site.pages
        if url.startswith("/compare/") and not isinstance(site.pages[url], TurnedPage)
    ]

    for url in ("/", *pages):
        html = site.render(url).decode()
        up = "../" * (url.count("/") - 1)
        assert f'<form class="search" action="{up}search/" role="search">' in html
    assert len(pages) == len(site.pairs)


def test_scripts_are_small(site):
    """All that readers load to search stays small."""
    script = site.render("/assets/search.js")

    assert len(gzip.compress(script)) < 6_500
