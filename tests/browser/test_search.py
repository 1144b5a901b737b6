"""The search page as readers use it: typing, filters, keys, shared addresses, and what fails."""

import gzip
import re
import unicodedata
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Route, expect

from comparo.output.files import file_of
from comparo.render.answers import met_by, named, search_data
from comparo.render.lexicon import words_of
from comparo.render.links import Pairs
from comparo.render.topics import search_pages
from comparo.site import open_site
from tests.broad import HARD, NEEDS
from tests.browser.test_pages import AXE, WIDE, opened
from tests.render.entries import entries_of, many_needs

TEXTS = [
    "Feature Flags", "  Full-Text   SEARCH! in C++", "C# & F#", "Crème brûlée", "CRE\u0300ME",
    "Straße STRASSE", "ΌΣΟΣ όσος", "ışık İstanbul", "全文検索エンジン", "C言語 2.0", "हिन्दी",
    "한국어 검색",
    "categories boxes matches classes buses series news gas", "שיתוף הערות", "ﬁle ①②", "🚀", "--",
    "",
    "a/b.c_d-e", "++x #y c++", "𠀀𠀁𠀂", "ｶﾀｶﾅ", "Ⅷ ½", "e\u0301\u0302", "x\u200by",
]  # fmt: skip
FOUND_BY = ["img onerror", "script alert", "constructor", "C++", "c#", "creme brulee", "検索"]
FOUND_BY += ["הערות", "donau"]
"""By what each of the names that are hard is looked for."""

OWN_WAY = {0x0130, *range(0x13A0, 0x13FE), *range(0xAB70, 0xABC0)}
"""Letters that browsers fold in another way than Python, in Cherokee alone."""

LOADED = """() => performance.getEntriesByType('resource')
  .map(({ name }) => name.match(/data\\/([^?]+)/)?.[1]).filter(Boolean)"""

FAILED = "The search cannot load its data. The index below works without it."
SOME = "Nothing has all of these words. With some of them:"


@pytest.fixture
def search(browser, address):
    """Open the search page of the broad site."""
    with opened(browser, f"{address}broad/search/", width=1280) as (page, trouble):
        yield page
        assert trouble == []


def labels(page):
    return page.locator("#results h2").all_inner_texts()


def ask(page, query, said):
    page.locator("#query").fill(query)
    expect(page.locator("output")).to_have_text(said)


def test_typing_finds(search):
    """What is typed so far is enough to find; a result says how often it was searched for."""
    ask(search, "quiet cal", "1 capability")

    assert labels(search) == ["Quiet calendars"]
    assert search.locator("#results .times").inner_text() == "Matched 1,234 times"
    likely = search.locator("#results .likely").inner_text()
    assert re.fullmatch(r"10 searches point to it by their words \(\d\d% alike\)", likely)
    assert search.locator(".demonstration").is_visible()
    link = search.locator("#results a").first
    assert link.get_attribute("href").endswith("products/p1/#p1--quiet-calendars")


def test_the_most_searched_comes_first(search):
    """What was searched most stands first, then what most products have."""
    ask(search, "quiet", "15 capabilities")

    assert labels(search)[0] == "Quiet calendars"


def test_plurals_meet(search):
    """Either form of a word finds the other, also while it is being typed."""
    for query in ("timed gallery", "timed galleries", "timed galleri", "TIMED Gallerie"):
        ask(search, query, "10 capabilities")
        assert labels(search)[0] == "Timed galleries"
        ask(search, "", "")


def test_what_has_some_words_is_offered(search):
    """Where nothing has all words, what has most of them is shown, and that is said."""
    ask(
        search,
        "quiet maps zebra",
        f"{SOME} 30 capabilities",
    )
    assert labels(search)[0] == "Quiet maps"

    ask(search, "zebra", "Nothing on file fits.")
    assert not search.locator("#results").is_visible()


def test_words_that_say_nothing_are_passed_over(search):
    """A question finds what it is about."""
    ask(search, "how can I do signed reports with a tool", "1 capability")

    assert labels(search) == ["Signed reports"]


@pytest.mark.parametrize("query", ["the", "how do I", "a tool for "])
def test_words_that_say_nothing_find_nothing(search, query):
    """Who types such words alone is asked for what they need."""
    ask(search, query, "Type what you need, such as what a tool should do.")

    assert not search.locator("#results").is_visible()


def test_a_product_that_is_named_comes_first(search):
    """Its needs come first, it stands first in each, and a link leads to its page."""
    ask(search, "product 29 ", "24 capabilities")

    firsts = search.locator("#results > ol > li .members li:first-child .product")
    assert set(firsts.all_inner_texts()) == {"Product 29"}
    single = search.locator("#results > ol > li").filter(has_text="Single sign-on")
    assert single.locator(".product").first.inner_text() == "Product 29"
    assert single.locator(".product").count() == 9
    direct = search.locator(".direct a")
    assert direct.all_inner_texts() == ["All about Product 29"]
    assert direct.get_attribute("href").endswith("products/p29/")


@pytest.mark.parametrize("query", ["product 1 vs product 4", "Product 4 versus Product 1"])
def test_two_products_that_are_named(search, query):
    """Their comparison is the first link, then come those to each of them."""
    search.locator("#query").fill(query)

    pair = search.locator(".direct a").first
    expect(pair).to_have_text("Product 1 vs Product 4")
    others = search.locator(".direct a").all_inner_texts()[1:]
    assert sorted(others) == ["All about Product 1", "All about Product 4"]
    search.locator("#query").press("ArrowDown")
    expect(pair).to_be_focused()
    pair.click()
    expect(search.get_by_role("heading", level=1)).to_have_text("Product 1 vs Product 4")


@pytest.mark.parametrize("query", ["wiki", "wikis for a zebra"])
def test_a_category_that_is_named_comes_first(search, query):
    """Its needs come first, its products first in each, and a link leads to its page."""
    search.locator("#query").fill(query)
    expect(search.locator(".direct a")).to_have_text(["All products in Wikis"])

    firsts = search.locator("#results > ol > li .members li:first-child .kinds")
    assert set(firsts.all_inner_texts()) == {"Wikis"}


def test_what_is_free_to_start(search):
    """One choice of price holds all that costs nothing to begin with."""
    ask(search, "single sign-on", "1 capability")

    search.locator("#price").select_option(label="Free to start")

    expect(search.locator("#results .cost")).not_to_contain_text(["Paid"])
    costs = {cost.partition(",")[0] for cost in search.locator("#results .cost").all_inner_texts()}
    assert costs == {"Free", "Open source"}


def test_a_telephone_shows_a_result_at_once(browser, address):
    """The first result is on the screen of a small telephone."""
    with opened(browser, f"{address}broad/search/?q=quiet", width=360) as (page, _):
        page.set_viewport_size({"width": 360, "height": 640})
        first = page.locator("#results .product").first
        expect(first).to_be_in_viewport()


def test_filters(search):
    """Category and price leave the products that have both; alone they list what there is."""
    ask(search, "single sign-on", "1 capability")
    assert search.locator("#results .product").count() == 8

    search.locator("#category").select_option(label="Wikis")
    expect(search.locator("#results .product").first).to_have_text("Product 1")
    assert set(search.locator("#results .kinds").all_inner_texts()) == {"Wikis"}
    search.locator("#price").select_option("paid")
    expect(search.locator("#results .product").first).to_have_text("Product 7")
    assert set(search.locator("#results .cost").all_inner_texts()) == {"Paid, $9/mo"}
    assert search.get_by_role("link", name="All 30 products").is_visible()

    search.locator("#query").fill("")
    expect(search.locator("output")).to_have_text("69 capabilities")
    assert len(labels(search)) == 20


def test_a_filter_that_nothing_fits(browser, address):
    """A category and price that no product has together are an answer, not a failure."""
    with opened(browser, f"{address}own/search/?category=wikis&price=unknown") as (page, trouble):
        expect(page.locator("output")).to_have_text("Nothing on file fits with these filters.")

        page.get_by_role("button", name="Clear the filters").click()

        expect(page.locator("output")).to_have_text("")
        assert urlsplit(page.url).query == ""
        assert not page.get_by_role("button", name="Clear the filters").is_visible()
        assert trouble == []


def test_an_address_keeps_query_and_filters(search):
    """What is typed and chosen stands in the address, and comes back with it."""
    ask(
        search,
        "single sign-on & more",
        f"{SOME} 1 capability",
    )
    search.locator("#category").select_option("wikis")
    search.locator("#price").select_option("free")
    search.wait_for_url("**price=free")
    expect(search.locator("#results .cost")).to_have_text(["Free, $9/mo"])

    search.reload()

    given = {"q": ["single sign-on & more"], "category": ["wikis"], "price": ["free"]}
    assert parse_qs(urlsplit(search.url).query) == given
    expect(search.locator("#results .product").first).to_have_text("Product 1")
    assert search.locator("#query").input_value() == "single sign-on & more"
    assert search.locator("#category").input_value() == "wikis"
    assert search.locator("#price").input_value() == "free"


def test_an_odd_address_does_no_harm(browser, address):
    """A category or price that there is not is left out; anything may be the query."""
    odd = "?q=%3Cem%3E+quiet+maps&category=none&price=__proto__"
    with opened(browser, f"{address}broad/search/{odd}") as (page, trouble):
        expect(page.locator("output")).to_have_text(f"{SOME} 30 capabilities")

        assert page.locator("#category").input_value() == ""
        assert parse_qs(urlsplit(page.url).query) == {"q": ["<em> quiet maps"]}
        assert trouble == []


def test_keys(search):
    """Slash goes to the box, arrows through the results, Escape starts anew, Enter stays."""
    focused = "document.activeElement.textContent || document.activeElement.id"
    search.keyboard.press("/")
    search.keyboard.type("quiet")
    expect(search.locator("output")).to_have_text("15 capabilities")
    search.keyboard.press("Enter")
    assert search.evaluate(focused) == "query"

    links = [
        result.locator("a").first.inner_text()
        for result in search.locator("#results > ol > li").all()
    ]
    search.keyboard.press("ArrowDown")
    assert search.evaluate(focused) == links[0]
    search.keyboard.press("ArrowDown")
    assert search.evaluate(focused) == links[1]
    search.keyboard.press("ArrowUp")
    search.keyboard.press("ArrowUp")
    assert search.evaluate(focused) == "query"
    search.keyboard.press("ArrowDown")
    search.keyboard.press("Escape")
    assert search.evaluate(focused) == "query"
    expect(search.locator("output")).to_have_text("")
    assert not search.locator("#results").is_visible()
    assert urlsplit(search.url).query == ""


def test_more(search):
    """Results come twenty at a time, and the reader goes on where the last ones ended."""
    ask(search, "thing", "240 capabilities")
    assert len(labels(search)) == 20

    search.get_by_role("button", name="More results").click()

    expect(search.locator("#results > ol > li")).to_have_count(40)
    first = search.locator("#results > ol > li").nth(20).locator("a").first
    expect(first).to_be_focused()


@pytest.mark.parametrize(
    ("query", "name"),
    list(zip(FOUND_BY, HARD, strict=True)),
)
def test_hard_names(search, query, name):
    """Any name is found, and shows as it is typed: nothing of it becomes a part of the page."""
    ask(search, query, "1 capability")

    assert labels(search) == [name]
    assert search.locator("#results :is(img, script)").count() == 0
    assert search.evaluate(WIDE) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("query", ["quiet", "donau", "single"])
def test_results_fit_and_are_accessible(browser, address, axe, query, width, scheme):
    """Results fit every window, and axe finds nothing."""
    url = f"{address}broad/search/?q={query}"
    with opened(browser, url, width=width, scheme=scheme) as (page, trouble):
        expect(page.locator("output")).not_to_be_empty()
        page.evaluate(axe)

        assert page.evaluate(WIDE) == []
        assert page.evaluate(AXE) == []
        assert trouble == []


@pytest.mark.parametrize("url", ["", "compare/p0-vs-p9/"])
@pytest.mark.parametrize("javascript", [True, False])
def test_other_pages_lead_here(browser, address, url, javascript):
    """The box on the home page and on pairs leads to the answer, or to the index."""
    with opened(browser, f"{address}broad/{url}", javascript=javascript) as (page, trouble):
        page.get_by_role("searchbox").fill("quiet maps")
        page.get_by_role("button", name="Search").click()

        page.wait_for_url(f"{address}broad/search/?q=quiet+maps*")
        if javascript:
            expect(page.locator("output")).to_have_text("1 capability")
        assert page.get_by_role("heading", name="Needs", exact=True).is_visible()
        assert trouble == []


MISSING = {"status": 404}
NO_JSON = {"body": "<!doctype html>"}
OTHER_JSON = {"body": '{"words": 7, "quiet": 7}'}


@pytest.mark.parametrize("answer", [MISSING, NO_JSON, OTHER_JSON], ids=str)
@pytest.mark.parametrize("file", ["index", "words-q*", "needs-*"])
def test_data_that_is_missing_or_wrong(browser, address, file, answer):
    """Where data cannot be read the page says so, and its index is still there."""
    with opened(browser, f"{address}broad/search/") as (page, _):
        page.route(f"**/data/{file}.json*", lambda route: route.fulfill(**answer))

        ask(page, "quiet maps", FAILED)

        assert page.get_by_role("heading", name="Quiet maps").first.is_visible()
        assert not page.locator("#results").is_visible()


def test_it_tries_again(browser, address):
    """What failed once is asked for again."""
    with opened(browser, f"{address}broad/search/") as (page, _):
        page.route("**/data/*", lambda route: route.abort())
        ask(
            page, "quiet maps", "The search cannot load its data. The index below works without it."
        )

        page.unroute("**/data/*")

        ask(page, "quiet map", "1 capability")


def test_a_late_answer_is_dropped(browser, address):
    """An answer that comes after that to a newer query does not replace it."""
    with opened(browser, f"{address}broad/search/") as (page, trouble):
        held: list[Route] = []
        page.route("**/data/words-q*", lambda route: held.append(route))  # noqa: PLW0108 (must be a function)
        page.locator("#query").fill("quiet maps")
        page.wait_for_timeout(400)
        ask(page, "timed maps", "1 capability")

        for route in held:
            route.continue_()
        page.wait_for_timeout(400)

        assert held
        assert labels(page) == ["Timed maps"]
        assert trouble == []


def test_the_browser_reads_words_as_the_index_does(search):
    """Any text gives the same words here and there, and so does any letter."""
    letters = [
        chr(code)
        for code in range(0x30000)
        if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Cc", "Co") and code not in OWN_WAY
    ]
    texts = [*TEXTS, *HARD, *NEEDS, *(f"x{letter}s {letter}" for letter in letters)]

    read = search.evaluate(
        """async (texts) => {
          const { wordsOf } = await import(document.querySelector('script[type=module]').src)
          return texts.map(wordsOf)
        }""",
        texts,
    )

    wrong = [
        (text, here, there)
        for text, here in zip(texts, read, strict=True)
        if here != (there := list(words_of(text)))
    ]
    assert wrong == []


def test_a_large_site_answers_from_little(browser, address, outputs, broad_site):
    """At 100,000 capabilities an answer takes less than 100 KB, compressed."""
    site = open_site(broad_site)
    needs, graph, vocabulary = many_needs(100_000)
    (first, *_) = search_pages(site.pages["/search/"].site, needs)
    assets = [page for url, page in site.pages.items() if url.startswith("/assets/")]
    ranked, meets = entries_of(needs), met_by(needs)
    products = [named(n, entry, meets, Pairs()) for n, entry in enumerate(ranked, 1)]
    for page in (first, *assets, *search_data(needs, graph, ranked), *products):
        path = outputs / "large" / file_of(page.url)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.render(site.theme))

    for query in (
        f"q={vocabulary[0]}",
        f"q={'+'.join(vocabulary[:6])}",
        f"q={'+'.join(vocabulary[5:11])}&price=open_source",
        f"q={'+'.join(vocabulary[900:5900:1000])}&category=category-7&price=free",
        "q=st",
        f"q=category+7+{'+'.join(vocabulary[:4])}",
        "price=paid",
    ):
        with opened(browser, f"{address}large/search/?{query}") as (page, trouble):
            expect(page.locator("#results > ol > li").first).to_be_visible()
            names = page.evaluate(LOADED)

            sizes = [
                len(gzip.compress((outputs / "large/search/data" / n).read_bytes())) for n in names
            ]
            assert sum(sizes) < 100_000
            assert trouble == []
