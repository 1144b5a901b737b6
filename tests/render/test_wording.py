"""What pages say in words: who is ahead, what it hangs on, and where every figure comes from."""

import re
from html import unescape

import pytest

from comparo.scaffold import new_site
from comparo.site import open_site

SETTINGS = """
title: Tools
rank:
  components:
    adoption: {weight: 50}
    quality: {weight: 50}
    ecosystem: false
    match: false
    freshness: false
"""


@pytest.fixture
def write(tmp_path):
    """Give a function that writes a file of a site without products, and opens the site."""
    new_site(tmp_path)
    for path in sorted((tmp_path / "content/products").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()

    def write_(path, text):
        target = tmp_path / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
        return tmp_path

    write_("site.yaml", SETTINGS)
    return write_


@pytest.fixture
def two(write):
    """Give a function that writes two products of one category and gives their page's words."""

    def two_(a, b, *more):
        write("products/alpha/product.yaml", f"name: Alpha\ncategory: tools\n{a}\n")
        root = write("products/beta/product.yaml", f"name: Beta\ncategory: tools\n{b}\n")
        for path, text in more:
            write(path, text)
        return words(open_site(root), "/compare/alpha-vs-beta/")

    return two_


def words(site, url):
    """Give what a page says, without its markup."""
    html = re.sub(r"<(script|title).*?</\1>", "", site.render(url).decode(), flags=re.DOTALL)
    text = re.sub(r"</?(?:small|b|a|time)\b[^>]*>", "", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def scored(adoption=None, quality=None):
    """Write declared scores."""
    scores = {"adoption": adoption, "quality": quality}
    return f"scores: {{{', '.join(f'{k}: {v}' for k, v in scores.items() if v is not None)}}}"


def test_a_page_names_the_shift_that_reverses_its_result(two):
    """From where, to where, how much, and who would then be ahead."""
    page = two(scored(0.9, 0.3), scored(0.4, 0.6))

    assert (
        "Moving 12.5% of the weight that counts for both from Adoption to Quality would make"
        in page
    )
    assert "anything more would put Beta ahead" in page
    assert "Alpha is ahead in 62.5% and Beta in 37.5%" in page


def test_a_page_says_if_no_shift_reverses_its_result(two):
    """Who is behind in everything is put ahead by no weight, and wins no weighting."""
    page = two(scored(0.9, 0.6), scored(0.4, 0.3))

    assert "No shift of weight from one component to another would put Beta ahead." in page
    assert "Alpha is ahead in 100% and Beta in 0%" in page


def test_a_page_says_if_a_lead_rests_on_what_one_alone_is_known_for(two):
    """Over what is known of both, who ranks lower may lead."""
    page = two(scored(0.4, 1), scored(0.5))

    assert "Alpha ranks higher at 70/100 vs Beta at 50/100." in page
    assert "Over what is known of both, Alpha is not ahead: Beta leads there by 10 points." in page


def test_equal_figures_are_never_higher(two):
    """Two products with the same values are too close to call, by any weighting."""
    page = two(scored(0.5, 0.5), scored(0.5, 0.5))

    assert "Alpha at 50/100 and Beta at 50/100 are too close to call." in page
    assert "equal in every component known of both, so no weighting puts either ahead" in page
    assert "higher" not in page


def test_an_unrated_pair_says_nothing_of_weights(two):
    """Without two ranks nothing is said of what would reverse them."""
    page = two(scored(0.5, 0.5), "summary: Unknown")

    assert "Beta cannot be ranked against Alpha" in page
    assert "weighting" not in page


def test_the_better_buy_is_said_to_be_one(two):
    """Who ranks lower, costs less and does something of what the other does."""
    capability = "capabilities: [Feature flags]\npricing: {model: "

    page = two(
        f"{scored(0.9, 0.9)}\n{capability}paid, starting_price: $20/mo}}",
        f"{capability}free}}\n{scored(0.3, 0.3)}",
    )

    assert "Beta ranks lower but costs less (Free against $20/mo)" in page


def test_a_product_without_a_price_is_unknown(two):
    """What is not known is not paid, and is nobody's reason."""
    page = two(f"{scored(0.9, 0.9)}\npricing: {{model: free}}", scored(0.3, 0.3))

    assert "Pricing Free Unknown" in page
    assert "Paid" not in page
    assert "you want to start without paying" not in page


def test_limits_and_needs_of_one_are_reasons_for_the_other(two):
    """Whoever cannot live with a limit reads whose it is, and in which capability."""
    flags = "capabilities: [{{name: Flags, topic: flags, requires: [{}], limitations: [{}]}}]"

    page = two(flags.format("Docker", ""), flags.format("Kafka", "Ten rules"))

    assert "a limit of Beta matters to you, in “Flags”: Ten rules" in page
    assert "you would rather do without what Beta needs for “Flags”: Kafka" in page
    assert "you would rather do without what Alpha needs for “Flags”: Docker" in page


FIGURES = """
rank: 40
released: 2026-01-01
pricing: {model: paid, starting_price: {amount: 5, currency: EUR}}
signals: {github_stars: 12}
attributes: {seats: 3, languages: [Go]}
"""


def test_a_figure_without_a_source_says_so(two):
    """Ranks, prices, dates and numbers are only as good as where they come from; texts say so."""
    page = two(FIGURES, scored(0.5, 0.5))

    assert "40/100 declared, no source given" in page
    assert "€5 no source given" in page
    assert "1 January 2026 no source given" in page
    assert "12 no source given" in page
    assert "3 no source given" in page
    assert "Go no source given" not in page


def test_a_figure_with_a_source_leads_to_it(two):
    """Where a source is given, the figure has a footnote instead."""
    page = two(
        "signals: {github_stars: {value: 12, source: https://example.org/stars, date: 2026-01-01}}",
        scored(0.5, 0.5),
    )

    assert "GitHub stars 12 1" in page
    assert "https://example.org/stars , 1 January 2026" in page.replace("stars,", "stars ,")


EVIDENCE = """query,product,capability,count
Feature flags,alpha,,30
feature FLAGS,beta,,10
alpha vs beta,alpha,,5
gradual rollout of flags,alpha,,2
"""
FLAGS = "capabilities: [{name: Feature flags, intents: [gradual rollout]}]"


def test_searches_stand_on_the_page_of_a_pair(two):
    """With n, each one's share and its range, and what asked for the pair itself."""
    page = two(FLAGS, FLAGS, ("evidence/rows.csv", EVIDENCE))

    assert "feature flags n = 40" in page
    assert "30 75% (60% to 86%)" in page
    assert "10 25% (14% to 40%)" in page
    assert "Asked 5 times, by both names" in page
    assert "met in 1 search, asked for 5 times" in page


def test_searches_stand_on_the_page_of_a_product(two, write):
    """With what they are about: named, or by their words and how surely."""
    two(FLAGS, FLAGS, ("evidence/rows.csv", EVIDENCE))

    page = words(open_site(write("site.yaml", SETTINGS)), "/products/alpha/")

    assert "feature flags 30 Feature flags named" in page
    assert re.search(r"gradual rollout of flags 2 Feature flags by its words, \d\d% alike", page)
    assert "alpha vs beta 5 no capability in particular" in page
    assert re.search(
        r"Matched 30 times 2 searches point to it by their words \(\d\d% alike\)", page
    )


def test_a_demonstration_says_so_wherever_it_is_shown(two, write):
    """Searches that are an example are called one on every page with a figure of theirs."""
    two(FLAGS, FLAGS, ("evidence/rows.csv", EVIDENCE))
    root = write("site.yaml", SETTINGS + "evidence: {demonstration: made for this test.}\n")

    site = open_site(root)

    pages = ("/", "/methodology/", "/products/alpha/", "/alternatives/alpha/")
    for url in (*pages, "/compare/alpha-vs-beta/"):
        assert "An example, not real searches: made for this test." in words(site, url)
    assert "Times Matched 37 example 10 example" in words(site, "/compare/alpha-vs-beta/")


def test_without_evidence_nobody_speaks_of_searches(two, write):
    """A site without evidence claims none, and has no figure that rests on it."""
    page = two(FLAGS, FLAGS)

    site = open_site(write("site.yaml", SETTINGS + "evidence: {demonstration: nothing.}\n"))

    assert "Times Matched no data no data" in page
    assert "Answered by both" not in page
    assert "An example" not in words(site, "/products/alpha/")
    assert "makes no statement about them" in words(site, "/methodology/")
