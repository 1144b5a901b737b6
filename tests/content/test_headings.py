"""Google Search Console's exports are read as they come, whichever way they came."""

import datetime as dt
import json

import pytest

from comparo.content.ledger import EvidenceReport
from comparo.model import Search

HOME = "https://example.org/tools"
PAGES = f"{HOME}/compare/beta-vs-alpha/", f"{HOME}/products/alpha/", f"{HOME}/"

LOOKER = f"""Query,Landing Page,Url Clicks,Impressions,URL CTR,Average Position
a or b,{PAGES[0]},"1,200",9000,13%,1.5
a,{PAGES[1]},2,10,20%,3
a,{PAGES[1]}?utm=x,0,5,0%,4
tools,{PAGES[2]},7,10,70%,1
"""
API = f"""query;page;clicks;impressions;ctr;position
a or b;{PAGES[0]};1200.0;9000.0;0.13;1.5
a;{PAGES[1]};2.0;10.0;0.2;3.0
a;{PAGES[1]};0.0;5.0;0.0;4.0
tools;{PAGES[2]};7.0;10.0;0.7;1.0
"""
SHEET = f"""Top queries\tTop pages\tClicks\tImpressions\tCTR\tPosition
a or b\t{PAGES[0]}\t1200\t9000\t13%\t1.5
a\t{PAGES[1]}\t2\t10\t20%\t3
a\t{PAGES[1]}\t0\t5\t0%\t4
tools\t{PAGES[2]}\t7\t10\t70%\t1
"""


@pytest.mark.parametrize("table", [LOOKER, API, SHEET])
def test_a_table_of_queries_and_pages_is_evidence(read, report, table):
    """The page names the product or the pair; clicks are counted; other pages are told apart."""
    found = read({"a.csv": table}, home=HOME)

    assert found.searches == (
        Search("a or b", "alpha", count=1200, other="beta"),
        Search("a", "alpha", count=2),
    )
    assert found.report == EvidenceReport(
        files=1, rows=4, counted=2, without_click=1, other_pages=1
    )
    assert (report.errors, report.warnings) == ([], [])


BULK = {
    "data_date": "2026-01-31",
    "site_url": "sc-domain:example.org",
    "url": PAGES[1],
    "query": "a",
    "is_anonymized_query": False,
    "country": "deu",
    "search_type": "WEB",
    "device": "MOBILE",
    "impressions": "4",
    "clicks": "3",
    "sum_position": "11",
}


def test_the_bulk_export_is_evidence(read, report):
    """BigQuery writes numbers as texts; searches that it does not name count without words."""
    rows = [
        BULK,
        {**BULK, "query": None, "is_anonymized_query": True, "clicks": "40"},
        {**BULK, "query": "", "is_anonymized_query": True, "clicks": 2, "data_date": "2026-02-01"},
        {**BULK, "query": None},
    ]

    found = read({"a.jsonl": "\n".join(map(json.dumps, rows))}, home=HOME)

    assert found.searches == (
        Search("a", "alpha", count=3, date=dt.date(2026, 1, 31)),
        Search("", "alpha", count=42, date=dt.date(2026, 2, 1)),
    )
    (warning,) = report.warnings
    assert str(warning) == "content/evidence/a.jsonl:4:1: is left out: it has no query"


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (f"{HOME}/products/gone/", 'there is no product "gone"'),
        (f"{HOME}/compare/alpha-vs-gone/", 'there is no product "gone"'),
        ("https://example.com/products/alpha/", "its page is one of example.com"),
        ("products", 'its page is no address: "products"'),
        ("", "it names no product"),
    ],
)
def test_pages_that_are_not_the_site_s_are_left_out(read, report, page, said):
    """A page that names no product of the site is a bad row."""
    found = read({"a.csv": f"query,page,clicks\na,{page},1\n"}, home=HOME)

    assert found.searches == ()
    assert str(report.warnings[0]).startswith(f"content/evidence/a.csv:2:1: is left out: {said}")


def test_a_product_is_clearer_than_a_page(read):
    """Where a row names its product, its page may be any."""
    found = read(
        {"a.csv": "query,product,url\na,alpha,https://elsewhere.org/\nb,beta,\n"}, home=HOME
    )

    assert found.searches == (Search("a", "alpha"), Search("b", "beta"))


def test_a_pair_has_no_capability(read, report):
    """The column is said to be passed over."""
    found = read(
        {"a.csv": f"query,page,capability,clicks\na,{PAGES[0]},Share Things,1\n"}, home=HOME
    )

    assert found.searches == (Search("a", "alpha", other="beta"),)
    assert str(report.warnings[0]) == (
        'content/evidence/a.csv:2:1: there is no capability "Share Things" of alpha and beta;'
        " such rows count without it"
    )


WHICH = "is a Search Console export that does not say which page answered which query"
HINT = "(export both together: by the API, Looker Studio or the bulk export to BigQuery)"
QUERIES = "Top queries,Clicks,Impressions,CTR,Position\na,1,2,50%,1\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Queries.csv", QUERIES),
        ("a.csv", QUERIES.replace("queries", "pages")),
        ("a.csv", "Häufigste Suchanfragen;Klicks;Impressionen;CTR;Position\na;1;2;50 %;1\n"),
        ("Queries.csv", "Requêtes,Clics\n"),
        ("Pages.csv", "Strony,Kliknięcia\n"),
    ],
)
def test_queries_without_pages_are_refused(read, said, name, data):
    """What the web interface exports does not say which page answered a query, so nothing can."""
    read({name: data})

    assert said() == [f"content/evidence/{name}:1:1: {WHICH} {HINT}"]


def test_impressions_are_no_answers(read, said):
    """A page that was shown and not visited did not answer."""
    read({"a.csv": f"query,page,impressions\na,{PAGES[1]},9\n"})

    assert said() == [
        "content/evidence/a.csv:1:1: counts impressions, but no clicks (export the clicks too)"
    ]
