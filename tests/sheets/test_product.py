"""A product's page in the terminal: every figure of its rank, and where each comes from."""

import io
import re

import pytest

from comparo.explain import explain_product
from comparo.sheets.drawing import draw, width
from comparo.sheets.product import product_sheet

FULL = """
name: Full
signals:
  github_stars: {value: 9999, source: https://example.org/stars, date: 2026-03-01}
  rating: 4
  last_commit: 2026-03-01
released: 2025-03-01
scores: {ecosystem: {value: 0.25, date: 2026-02-01}}
"""


def page(site, word):
    """Draw a product's page as plain text."""
    return draw(product_sheet(explain_product(site, word), site.theme), io.StringIO())


def test_the_formula_gives_the_rank(sites):
    """What the formula on the page comes to is what stands behind it, and is the rank."""
    for site in sites:
        for slug, rank in site.ranks.items():
            formula = re.search(r"^  (100 · .*) = ([\d.]+)$", page(site, slug), re.MULTILINE)

            assert bool(formula) is any(score.value is not None for score in rank.scores)
            if formula:
                worth = eval(formula[1].replace("·", "*").replace(",", ""))  # noqa: S307
                assert worth == pytest.approx(float(formula[2]), abs=0.15)
                assert rank.declared or worth == pytest.approx(rank.value, abs=0.15)


def test_the_points_add_up(sites):
    """The points of the components are together what the last line of the table says."""
    for site in sites:
        for slug in site.entries:
            table = page(site, slug).partition("points\n")[2].partition("\n\n")[0]
            points = [
                float(row[1])
                for row in re.finditer(r"\d  ([\d.]+)(?:  \S*)?$", table, re.MULTILINE)
            ]
            if points:
                *parts, whole = points
                assert sum(parts) == pytest.approx(whole, abs=0.3)


def test_every_component_is_named(sites):
    """Known or not, each component in use stands on the page with its weight."""
    for site in sites:
        for slug, rank in site.ranks.items():
            said = page(site, slug)
            for score in rank.scores:
                assert re.search(rf"^  {score.label} +{score.weight:g}\b", said, re.MULTILINE)


def test_signals_stand_with_scale_and_source(written):
    """Each measure has its raw value, its place on its scale, and a source or the lack of one."""
    said = page(written(full=FULL), "full")

    assert "GitHub stars           9,999  0.800  logarithmic from 0 to 100,000 [1]\n" in said
    assert "Rating                     4  0.750  linear from 1 to 5; no source given\n" in said
    assert "365 days old, half-life 365 days; no source given\n" in said
    assert "declared by the author; no source given, 1 February 2026\n" in said
    assert "the mean of 2 signals\n" in said
    assert "  [1]  https://example.org/stars, 1 March 2026\n" in said


def test_what_is_unknown_is_named_with_its_reach(written):
    """Unknown components have their weight, and the rank its two ends."""
    said = page(written(full=FULL, thin="name: Thin\nsignals: {github_stars: 999}\n"), "thin")

    assert "Thin is unrated: 33% of what its Rank is made of is known." in said
    assert "Quality (25), Ecosystem (10) and Freshness (15): 50 of 75 by weight." in said
    assert "rank would be 20.0, with all of it at its best 86.7." in said
    assert "It is not stated as a rank: 33% of the weight is known, and 40% would" in said


def test_a_declared_rank_stands_beside_what_the_components_give(written):
    """Nobody takes one for the other."""
    said = page(written(full=f"{FULL}rank: {{value: 12, source: A friend}}\n"), "full")

    assert "Full ranks 12/100." in said
    assert "The author of the entry declared 12 [1]\n  Its components alone would give:\n" in said
    assert "declared by the author, not computed" in said
    assert "\nWhat is unknown\n" not in said


def test_a_declared_component_sets_its_signals_aside(written):
    """They are shown, and said not to count."""
    said = page(written(full=FULL.replace("ecosystem:", "adoption:")), "full")

    assert re.search(r"^  Adoption +0\.250  declared by the author", said, re.MULTILINE)
    assert "0.800  not counted, since the value is declared [1]\n" in said


def test_a_product_of_which_nothing_is_known(written):
    """No figure is made up, and nothing stands empty."""
    said = page(written(bare="name: Bare\n"), "bare")

    assert "Bare is unrated: 0% of what its Rank is made of is known." in said
    assert "Nothing is known of its components, so they give no figure." in said
    assert "Bare is not compared with another product yet." in said
    assert "Where the values come from" not in said
    assert "Sources" not in said


def test_searches_say_how_surely_they_are_tied(sites):
    """A search that names a capability and one that only sounds like it differ; examples say so."""
    own, hard = sites

    assert "An example, not real searches: queries written after" in page(own, "posthog")
    assert re.search(
        r"funnel analysis +80  Funnels, paths and retention \(named\)\n", page(own, "posthog")
    )
    assert "An example" not in page(hard, "plenty")
    assert re.search(r"1,201  0\.770 .*; counted in the searches below\n", page(hard, "plenty"))
    assert "No search in the site’s evidence led to Bare." in page(hard, "bare")


def test_neighbours_come_with_their_reasons(sites):
    """The first few products that it is compared with stand with their rank and the reason."""
    own, _ = sites

    said = page(own, "gitea").partition("Compared with\n")[2]

    assert re.search(r"^  GitLab +Unrated  both in Git forges, \d capabilities", said, re.MULTILINE)
    assert re.search(r"^  and 2 more$", page(own, "posthog"), re.MULTILINE)


@pytest.mark.parametrize("columns", [80, 120])
def test_a_page_fits_its_terminal(sites, terminal, columns):
    """No line is wider than the terminal, however long a name or a query is."""
    for site in sites:
        for slug in site.entries:
            parts = product_sheet(explain_product(site, slug), site.theme)

            said = re.sub(r"\x1b\[[\d;]*m", "", draw(parts, terminal(columns)))

            assert max(map(width, said.splitlines())) <= columns
