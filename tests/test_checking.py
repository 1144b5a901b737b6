"""What ``comparo check`` finds in a whole site, and that this repository's content is clean."""

import pytest

from comparo.checking import check
from comparo.scaffold import new_site
from tests.test_reference import PAGES, read, write_site

GOOD = """\
name: {name}
category: harbours
summary: Tide tables for harbours.
url: https://example.com/
license: MIT
platforms: [Web]
released: 2026-08-01
pricing: {{model: free}}
signals:
  github_stars: {{value: 900, source: "https://example.com/", date: 2026-08-21}}
  rating: {{value: 4, source: "https://example.com/", date: 2026-08-21}}
  plugins: {{value: 4, source: "https://example.com/", date: 2026-08-21}}
capabilities:
  - name: Tables
    topic: tide-tables
    description: Tables of tides for a year.
    source: https://example.com/
"""


@pytest.fixture
def write(tmp_path):
    """Give a function that adds files to a site in which nothing is wrong."""

    def write(**texts):
        for name, text in texts.items():
            path = tmp_path / "content" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return check(tmp_path)

    write(**{"site.yaml": "title: Tides\nbase_url: https://example.org/\n"})
    for name in ("Ebb", "Flow"):
        write(**{f"products/{name.lower()}/product.yaml": GOOD.format(name=name)})
    return lambda texts: write(**texts)


def said(findings):
    return [str(warning).removeprefix("content/") for warning in findings.warnings]


def test_this_repository_is_clean(own_site):
    """Nothing in the content of this repository needs to be mended."""
    findings = check(own_site)

    assert (findings.problems, findings.warnings) == ((), ())


def test_a_new_site_is_clean(tmp_path):
    """An author begins with content in which nothing needs to be mended."""
    new_site(tmp_path / "site")

    findings = check(tmp_path / "site")

    assert (findings.problems, findings.warnings) == ((), ())


def test_good_content_gives_no_finding(write):
    """A site may be sound in every respect."""
    findings = write({})

    assert (findings.products, said(findings), findings.notes) == (2, [], ())


CAUGHT = {
    "cedar-vs-mosaic": {
        ("first", 0): "gives a figure",
        ("first", 1): "guesses",
        ("first", 2): "guesses",
        ("first", 4): "gives a figure",
        **{("second", number): "looks scraped" for number in range(4)},
    },
    "harbour-vs-lantern": {("second", 0): "looks scraped"},
    "cm3leon-vs-posthog": {
        ("first", 0): "gives a figure",
        ("first", 1): "gives a figure",
        ("first", 2): "guesses",
        ("first", 4): "guesses",
        ("first", 7): "gives a figure",
        **{("second", number): "looks scraped" for number in range(4)},
    },
    "cm3leon-vs-v0": {
        ("first", 0): "gives a figure",
        ("first", 1): "gives a figure",
        ("first", 2): "guesses",
        ("first", 4): "guesses",
        ("first", 7): "gives a figure",
        ("second", 0): "gives a figure",
        ("second", 2): "guesses",
        ("second", 4): "gives a figure",
    },
}
"""By page, the capabilities of another system that are scraped, guessed or claimed."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_junk_of_another_system_is_caught(page, tmp_path):
    """All of it, each with its capability, and no capability that is sound."""
    write_site(tmp_path, read(page))

    warnings = check(tmp_path).warnings

    caught = {
        (slug, number): warning.message.partition(": ")[2]
        for warning in warnings
        for slug in ("first", "second")
        for number in range(20)
        if f"/{slug}/" in warning.place.file
        and warning.message.startswith(f"capabilities[{number}].")
    }
    assert caught.keys() == CAUGHT[page.stem].keys()
    assert {
        key: text for key, text in caught.items() if not text.startswith(CAUGHT[page.stem][key])
    } == {}


def test_thin_products_are_told_in_one_line(write):
    """All that a thin entry lacks is named, and of a fuller one what any reader misses."""
    found = said(
        write(
            {
                "products/neap/product.yaml": "name: Neap\n",
                "products/spring/product.yaml": GOOD.format(name="Spring").partition("capab")[0],
                "products/bore/product.yaml": GOOD.format(name="Bore").replace(
                    "    description: Tables of tides for a year.\n", ""
                ),
            }
        )
    )

    hint = "(add what you know: only what is said can be compared)"
    assert [line for line in found if "is thin" in line] == [
        f"products/bore/product.yaml:1:1: is thin: it has no description of capabilities {hint}",
        (
            "products/neap/product.yaml:1:1: is thin: it has no summary, url, license, platforms,"
            f" released, pricing, signals, category, capabilities {hint}"
        ),
        f"products/spring/product.yaml:1:1: is thin: it has no capabilities {hint}",
    ]
    assert "products/neap/product.yaml:1:1: is compared with nothing" in " ".join(found)


def test_pairs_of_unlike_types_are_told_at_their_line(write):
    """Whoever includes one says why in words of their own, and then it is no finding."""
    site = {
        "site.yaml": "title: T\nbase_url: https://x.org\npairs:\n  include:\n    - ebb-vs-surge\n",
        "products/surge/product.yaml": GOOD.format(name="Surge") + "type: model\n",
    }

    before = said(write(site))
    after = said(write({"comparisons/ebb-vs-surge.md": "Both tell tides.\n"}))

    assert before == [
        (
            "site.yaml:5:7: ebb-vs-surge compares unlike types, product and model"
            " (say why in content/comparisons/ebb-vs-surge.md, or take it out of pairs.include)"
        )
    ]
    assert after == []


def test_a_slip_in_a_date_is_told_alone(write):
    """What it makes look old is measured against the dates that are not doubted."""
    slip = GOOD.format(name="Ebb").replace("2026-08-21", "2062-08-21", 1)

    (found,) = said(write({"products/ebb/product.yaml": slip}))

    assert found.startswith(
        "products/ebb/product.yaml:10:17: 2062-08-21 lies long after every other date, and all"
    )


def test_a_slip_in_evidence_is_told_too(write):
    """Reading it finds the row, so that nothing looks old for it."""
    (found,) = said(write({"evidence/a.csv": "query,product,date\ntides,ebb,2062-01-01\n"}))

    assert found.startswith("evidence/a.csv:2:1: the date 2062-01-01 lies more than 180 days")


def test_old_facts_are_told(write):
    """Ages are measured against the newest date of the content."""
    old = GOOD.format(name="Ebb").replace("2026-08-21", "2024-08-21")

    (found,) = said(write({"products/ebb/product.yaml": old}))

    assert found.startswith(
        "products/ebb/product.yaml:10:17: signals.github_stars, signals.rating, signals.plugins:"
        " looked up on 2024-08-21, 730 days before the newest date here, 2026-08-21"
    )


def test_content_without_dates_has_no_ages(tmp_path):
    """Where nothing is dated, nothing is old."""
    path = tmp_path / "content/products/ebb/product.yaml"
    path.parent.mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("title: Tides\n")
    path.write_text("name: Ebb\n")

    assert "looked up" not in " ".join(said(check(tmp_path)))


def test_mistyped_words_are_told(write):
    """Categories, tags and topics keep products together only if they are one word."""
    flow = GOOD.format(name="Flow").replace(
        "category: harbours", "category: harbors\ntags: [tidal]"
    )
    more = GOOD.format(name="Neap") + "tags: [tidals]\n"
    rest = GOOD.format(name="Bore").replace("topic: tide-tables", "topic: tide-table")
    last = GOOD.format(name="Seiche") + "tags: [tidals]\n"

    found = said(
        write(
            {
                "products/flow/product.yaml": flow,
                "products/neap/product.yaml": more,
                "products/bore/product.yaml": rest,
                "products/seiche/product.yaml": last,
            }
        )
    )

    assert [line for line in found if "alone" in line] == [
        (
            'products/bore/product.yaml:14:5: topic: "tide-table" is used here alone'
            ' (did you mean "tide-tables"?)'
        ),
        (
            'products/flow/product.yaml:1:1: category: "harbors" is used here alone'
            ' (did you mean "harbours"?)'
        ),
        'products/flow/product.yaml:1:1: tags: "tidal" is used here alone (did you mean "tidals"?)',
    ]


def test_a_declared_topic_is_no_slip(write):
    """What topics.yaml names is meant."""
    rest = GOOD.format(name="Bore").replace("topic: tide-tables", "topic: tide-table")

    found = said(write({"products/bore/product.yaml": rest, "topics.yaml": "tide-table: {}\n"}))

    assert found == []


def test_products_of_one_name_are_told(write):
    """Readers could not tell them apart."""
    found = said(write({"products/ebb-2/product.yaml": GOOD.format(name="EBB")}))

    assert [line.partition(" (")[0] for line in found] == [
        'products/ebb-2/product.yaml:1:1: "EBB" is the name of ebb too'
    ]


def test_what_may_be_left_open_is_a_note(write):
    """A missing address, a price without a day and an unrated product need no mending."""
    ebb = GOOD.format(name="Ebb").partition("signals:")
    findings = write(
        {
            "site.yaml": "title: Tides\n",
            "products/ebb/product.yaml": (ebb[0] + ebb[2][ebb[2].index("capab") :]).replace(
                "{model: free}", '{model: paid, starting_price: "$4", source: "https://x.org"}'
            ),
        }
    )

    assert said(findings) == []
    assert [note.message for note in findings.notes] == [
        "is unrated: 20% of its rank is known",
        'pricing: says "$4" and not when that was looked up',
        "base_url: is not set, so there is no sitemap.xml",
    ]
