"""A pair's page in the terminal: who is ahead, by which rule, and what each figure gives."""

import io
import re
from itertools import combinations

import pytest

from comparo.compare.scoring import points
from comparo.explain import explain_pair
from comparo.sheets.drawing import draw, width
from comparo.sheets.pair import pair_sheet


def page(site, a, b, stream=None):
    """Draw a pair's page, as plain text unless it is for a terminal."""
    parts = pair_sheet(explain_pair(site, a, b), site.theme, site.content.settings.pairs)
    return draw(parts, stream or io.StringIO())


def part(said, heading):
    """Give the lines of a page below a heading."""
    return said.partition(f"\n{heading}\n")[2].partition("\n\n")[0].splitlines()


def some_pairs(site):
    """Choose pairs of a site's products, on it or not."""
    return list(combinations(site.entries, 2))[::5]


def test_the_page_says_what_the_site_says(sites):
    """The headline, the grounds to choose either and what a result hangs on are the page's own."""
    own, _ = sites
    html = own.render("/compare/gitea-vs-onedev/").decode()

    said = page(own, "gitea", "onedev")

    assert "Gitea ranks higher at 97/100 vs OneDev at 91/100. The lead is likely" in said
    for sentence in (*part(said, "What it hangs on"), *part(said, "Choose OneDev if …")):
        assert sentence.strip(" ·") in html


def test_every_component_has_both_values_and_its_points(sites):
    """Each component in use stands once, and the points add up to the lead below them."""
    for site in sites:
        for a, b in some_pairs(site):
            working = explain_pair(site, a, b)
            table = part(page(site, a, b), "Component by component")[1:]

            labels = [score.label for score in working.a.rank.scores]
            assert [row[2:].partition("  ")[0] for row in table[: len(labels)]] == labels
            leads = [_lead(row) for row in table]
            if working.verdict.weighed:
                *parts, together = leads
                assert sum(parts) == pytest.approx(together, abs=0.3)
                assert together == pytest.approx(working.verdict.lead, abs=0.06)
            else:
                assert set(leads) == {0.0}


def _lead(row):
    """Read for whom a row's points are; those for B are below zero."""
    found = re.search(r"([AB]) \+([\d.]+)$", row)
    return (1 if found[1] == "A" else -1) * float(found[2]) if found else 0.0


def test_swapping_the_products_swaps_the_page(sites):
    """Ranks, grounds and lanes change sides; nothing else is said."""
    for site in sites:
        for a, b in some_pairs(site):
            forth, back = page(site, a, b), page(site, b, a)
            names = [site.entries[slug].name for slug in (a, b)]

            for name in names:
                assert part(forth, f"Choose {name} if …") == part(back, f"Choose {name} if …")
            assert part(forth, "Why this verdict") == part(back, "Why this verdict") or (
                "too close to call" in forth or "unrated" in forth.lower()
            )


def test_both_ranks_stand_on_one_axis(sites):
    """A dot is as far to the right as the rank is high; an unrated product has none."""
    own, _ = sites
    lines = re.findall(r"^  [AB]  .*?  ([─━●]{40})", page(own, "gitea", "forgejo"), re.MULTILINE)

    rank = own.ranks["gitea"]
    assert lines[0].index("●") == round(rank.value / 100 * 39)
    assert lines[1] == "━" * 40
    assert f"{points(rank.low)} to {points(rank.high)}\n" in page(own, "gitea", "forgejo")


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        ("rank: 50", "", "Unrated: a rank takes 40% of the weight to be known; it is 0% of Other."),
        ("rank: 50", "rank: 51", "Close: ranks less than 3 points apart count as even here."),
        ("rank: 80", "rank: 60", "Clear: a declared rank has no range, and is its author's word"),
        (
            "scores: {adoption: 0.9, quality: 0.9}",
            "scores: {adoption: 0.1, quality: 0.1, ecosystem: 0}",
            "Clear: the ranges do not meet. One has 75.0 at least, Other 8.3 at most.",
        ),
        (
            "scores: {adoption: 0.9, quality: 0.9}",
            "scores: {adoption: 0.8, quality: 0.8}",
            "Clear: One is behind in nothing, and what is known of one is known of the other.",
        ),
        (
            "scores: {adoption: 0.9, quality: 0.7}",
            "scores: {adoption: 0.5, quality: 0.8}",
            "Likely: Other could still reach 70.8, and One fall to 66.7; One is behind in Quality.",
        ),
        (
            "scores: {adoption: 0.9}",
            "scores: {adoption: 0.5, quality: 0.9, ecosystem: 0.1}",
            "Likely: Other could still reach 60.0, and One fall to 37.5; Quality and Ecosystem",
        ),
    ],
)
def test_the_rule_behind_a_verdict_is_said(written, one, other, rule):
    """Each kind of verdict comes with what makes it one."""
    scores = "name: Filler\ntype: filler\nscores: {ecosystem: 0.5}\n"
    site = written(
        "rank: {min_coverage: 0.4}",
        one=f"name: One\n{one}\n",
        other=f"name: Other\n{other}\n",
        filler=scores,
    )

    first = part(page(site, "one", "other"), "Why this verdict")[0]

    assert first.startswith(f"  {rule}")


def test_equal_figures_are_close_whatever_the_settings_say(written):
    """With a close call of 0 points, the same whole figure still names no winner."""
    site = written("rank: {close_call: 0}", a="name: A\nrank: 50.1\n", b="name: B\nrank: 50.4\n")

    assert "  Close: both ranks show the same whole figure.\n" in page(site, "a", "b")


def test_weights_of_two_types_stand_side_by_side(written):
    """Where types are weighed differently, both weights are shown."""
    site = written(
        "rank: {weights: {model: {adoption: 50}}}",
        a="name: A\nscores: {adoption: 1, quality: 0.5}\n",
        b="name: B\ntype: model\nscores: {adoption: 0.5, quality: 0.5}\n",
    )

    assert re.search(r"^  Adoption  25 / 50  1\.000 ", page(site, "a", "b"), re.MULTILINE)


def test_a_pair_says_why_it_is_on_the_site_or_not(sites):
    """The page's address comes with the reason, the other order is named, absence is explained."""
    own, hard = sites

    assert "The site compares them: /compare/gitea-vs-onedev/" in page(own, "gitea", "onedev")
    turned = "The site compares them in the other order: /compare/gitea-vs-onedev/"
    assert turned in page(own, "onedev", "gitea")
    assert "neither is near enough to be among the other's 12 nearest" in page(own, "gitea", "v0")
    assert "they are of different types" in page(hard, "bare", "plenty")


def test_shared_searches_have_their_interval(sites):
    """Each has its number, its share and the range of that; those for the pair come first."""
    own, _ = sites

    said = page(own, "gitea", "forgejo")

    assert "Asked 29 times, by both names" in said
    assert "An example, not real searches" in said
    assert re.search(r"^  code search +52  \S+ +62% \(48% to 74%\)$", said, re.MULTILINE)


def test_names_that_are_long_stand_above_the_axis(sites):
    """However long a name is, the axes keep their place and no name is cut."""
    own, _ = sites
    name = own.entries["cm3leon"].name

    said = page(own, "cm3leon", "v0")

    assert f"\n  A  {name}\n  B  v0\n\n  A  25/100  ─" in said


@pytest.mark.parametrize("columns", [80, 120])
def test_a_page_fits_its_terminal(sites, terminal, columns):
    """No line is wider than the terminal, however long names, capabilities and queries are."""
    for site in sites:
        for a, b in some_pairs(site):
            said = re.sub(r"\x1b\[[\d;]*m", "", page(site, a, b, terminal(columns)))

            assert max(map(width, said.splitlines())) <= columns
