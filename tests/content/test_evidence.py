"""Rows say which search was answered by what; what says nothing is left out, and said."""

import csv
import datetime as dt
import io
import json
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comparo.content.ledger import EvidenceReport
from comparo.model import Search

HEAD = "query,product,capability,count,date"
JSON_LINES = """
{"query": "a b", "product": "alpha", "capability": "Share things", "count": 3, "date": "2026-01-31"}

{"query": "c", "product": "beta", "count": null, "x": []}"""
ROW = "a b,alpha,Share things,3,2026-01-31"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", f'{HEAD}\n"a  b",alpha,Share things,3,2026-01-31\n,,,,\n\nc,beta,,,\n'),
        ("a.csv", f"Date,x, {HEAD[:-5]}\r\n2026-01-31,9,{ROW[:-11]}\r\n,,c,beta\r\n"),
        ("a.csv", f"{HEAD}\r{ROW}\rc,beta"),
        ("a.csv", f"{HEAD}\n{ROW}\nc,beta\n".replace(",", ";")),
        ("a.CSV", f"{HEAD}\n{ROW}\nc,beta,,,,,\n".replace(",", "\t")),
        ("a.csv", f'\ufeff"{HEAD[:5]}"{HEAD[5:]}\n{ROW}\nc,beta'),
        ("a.csv", f"{HEAD}\n{ROW}\nc,beta".encode("utf-16")),
        ("a.csv", f"{HEAD},'x;y;z;1;2;3'\n{ROW}\nc,beta".replace(",", ";").replace("'", '"')),
        ("a.csv", f'{HEAD.replace(",", ";")};"a,b,c,d,e,f,g"\n{ROW.replace(",", ";")}\nc;beta\n'),
        ("a.csv", f"\n\r\n,,,,\n{HEAD}\n{ROW}\nc,beta\n"),
        ("a.csv", f"sep=;\r\n{HEAD}\r\n{ROW}\r\nc,beta\r\n".replace(",", ";")),
        ("a.csv", f'\ufeff"sep=|"\n\n{HEAD}\n{ROW}\nc,beta\n'.replace(",", "|")),
        ("a.jsonl", JSON_LINES),
        ("a.jsonl", JSON_LINES.replace("\n", "\r\n")),
        ("a.jsonl", f"\ufeff{JSON_LINES}".encode("utf-16-be")),
    ],
    ids=[
        "CSV",
        "CRLF",
        "CR",
        "semicolons",
        "tabs",
        "BOM",
        "UTF-16",
        "quoted semicolons",
        "quoted commas",
        "blank lines above",
        "sep",
        "sep and BOM",
        "JSON Lines",
        "CRLF JSON",
        "UTF-16-BE",
    ],
)
def test_rows_are_read_as_programs_save_them(read, report, name, data):
    """CSV as spreadsheets write it and JSON Lines say the same."""
    found = read({name: data})

    assert found.searches == (
        Search("a b", "alpha", "share-things", 3, dt.date(2026, 1, 31)),
        Search("c", "beta"),
    )
    assert found.report == EvidenceReport(files=1, rows=2, counted=2)
    assert (report.errors, report.warnings) == ([], [])


def test_a_search_of_many_rows_is_one(read):
    """Counts of one search are summed, over all files; its day is the newest one."""
    rows = "a  b,alpha,2,2026-01-02\na b,alpha,3,2026-01-03\na b,beta,,\n A b,alpha,1,2026-01-01\n"

    found = read(
        {
            "b.csv": f"query,product,count,date\n{rows}",
            "a.jsonl": '{"query": "a b ", "product": "alpha"}',
        }
    )

    assert found.searches == (
        Search("a b", "alpha", count=6, date=dt.date(2026, 1, 3)),
        Search("A b", "alpha", count=1, date=dt.date(2026, 1, 1)),
        Search("a b", "beta"),
    )


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("a.csv", ",alpha,1,", "it has no query"),
        ("a.csv", "a,,1,", "it names no product"),
        ("a.csv", "a,alhpa,1,", 'there is no product "alhpa", did you mean "alpha"?'),
        ("a.csv", "a,../alpha,1,", 'there is no product "../alpha"'),
        ("a.csv", "a,alpha,0,", "a count must be a whole number from 1, not 0"),
        ("a.csv", "a,alpha,1.5,", "a count must be a whole number from 1, not 1.5"),
        ("a.csv", "a,alpha,-3,", "a count must be a whole number from 1, not -3"),
        ("a.csv", "a,alpha,NaN,", "a count must be a whole number from 1, not NaN"),
        ("a.csv", "a,alpha,1000000000001,", "a count must be a whole number from 1, not 1000"),
        ("a.csv", f"a,alpha,{'9' * 5000},", "a count must be a whole number from 1, not 9999"),
        ("a.csv", "a,alpha,1,2026-02-30", 'a date must be written as 2026-11-22, not "2026-02-30"'),
        ("a.csv", "a,alpha,1,1.2.26", 'a date must be written as 2026-11-22, not "1.2.26"'),
        ("a.csv", "a,alpha,1,2026-01-01,x", "it has 5 cells; the first line names 4"),
        ("a.csv", f"{'a' * 501},alpha,1,", "its query is longer than 500 characters"),
        ("a.csv", f"{'a' * 200_000},alpha,1,", "it is not CSV: field larger than field limit"),
        ("a.csv", "a," * 700_000, "it is not CSV: field larger than field limit"),
        ("a.csv", "a\x1b[2J,alpha,1,", "its query holds a control character"),
        ("a.csv", "a\0,alpha,1,", "its query holds a control character"),
        ("a.csv", '"a"b,alpha,1,', "it is not CSV: ',' expected after '\"'"),
        ("a.jsonl", '{"query": "a"}', "it must name the columns query and product, or query and"),
        ("a.jsonl", '{"query": "a", "product": null}', "it names no product"),
        ("a.jsonl", '{"query": " ", "product": "alpha"}', "it has no query"),
        ("a.jsonl", '{"query": 1, "product": "alpha"}', "its query must be a text, not 1"),
        ("a.jsonl", '{"query": "a", "product": 7}', 'there is no product "7"'),
        ("a.jsonl", '{"query": ["a"], "product": "alpha"}', "it holds a list or an object where"),
        ("a.jsonl", '{"query": "a", "product": "alpha", "count": NaN}', "it is not JSON: JSON is"),
        ("a.jsonl", '{"query": "a", "product": "alpha", "count": true}', "a count must be a whole"),
        ("a.jsonl", '{"query": "a", "product": "alpha", "count": 1e400}', "it is not JSON: Number"),
        ("a.jsonl", '{"query": "a", "product": "alpha", "count": 1e300}', "a count must be"),
        ("a.jsonl", f'{{"query": "a", "product": "alpha", "count": {"9" * 99}}}', "a count must"),
        ("a.jsonl", '{"query": "a", "product": "alpha", "date": 20260101}', "a date must be"),
        (
            "a.jsonl",
            '{"query": "\\ud800", "product": "alpha"}',
            "it is not JSON: JSON is malformed",
        ),
        ("a.jsonl", '{"query": "\\u0007", "product": "alpha"}', "its query holds a control"),
        ("a.jsonl", "[" * 100_000, "it is not JSON: Expected `object`, got `array`"),
        ("a.jsonl", '{"x": ' * 100_000, "it is not JSON: "),
        ("a.jsonl", f'{{"query": "{"a" * 1_000_000}"}}', "it is not JSON: is longer than"),
        ("a.jsonl", "query,product", "it is not JSON: JSON is malformed"),
    ],
)
def test_a_row_that_says_nothing_is_left_out(read, report, name, line, said):
    """One bad row costs itself: it is warned of with its line, and the rows around it count."""
    good = "b,beta,2,"
    head = "query,product,count,date\n"
    if name == "a.jsonl":
        good, head = '{"query": "b", "product": "beta", "count": 2}', "\n"

    found = read({name: f"{head}{good}\n{line}\n{good}\n"})

    assert found.searches == (Search("b", "beta", count=4),)
    assert found.report == EvidenceReport(files=1, rows=3, counted=2, left_out=1)
    (warning,) = report.warnings
    assert str(warning).startswith(f"content/evidence/{name}:3:1: is left out: {said}")
    assert report.errors == []


def test_a_quote_that_is_not_closed_is_found_where_it_opens(read, report):
    """What it swallows is lost, and the line to mend is named, with the number of lines."""
    found = read({"a.csv": 'query,product\na,alpha\n"b,alpha\nc,alpha\n'})

    assert [search.query for search in found.searches] == ["a"]
    assert found.report == EvidenceReport(files=1, rows=3, counted=1, left_out=2)
    assert str(report.warnings[0]) == (
        "content/evidence/a.csv:3:1: is left out: it is not CSV: unexpected end of data; a quote"
        " may not be closed, and 2 lines are lost"
    )


def test_what_a_quote_swallows_is_bounded(read, report):
    """A quote that is not closed costs a hundred thousand characters, not the rest of the file."""
    rows = "".join(f"b{n},alpha\n" for n in range(50_000))

    found = read({"a.csv": f'query,product\n"a,alpha\n{rows}'})

    assert found.report.rows == 50_001
    assert found.report.counted == len(found.searches) > 30_000
    assert "a.csv:2:1: is left out: it is not CSV: field larger" in str(report.warnings[0])


def test_rows_that_a_pair_of_quotes_swallows_are_named(read, report):
    """Nobody searches for several lines: the line to mend is where the query begins."""
    rows = 'a,alpha\n"b,alpha\r\nc,alpha\n",alpha\nd,alpha\n'

    found = read({"a.csv": f"query,product\n{rows}"})

    assert [search.query for search in found.searches] == ["a", "d"]
    assert found.report == EvidenceReport(files=1, rows=3, counted=2, left_out=1)
    assert list(map(str, report.warnings)) == [
        (
            "content/evidence/a.csv:3:1: is left out: "
            "its query runs over 3 lines: is a quote missing or too many?"
        )
    ]


def test_cells_may_hold_line_breaks(read, report):
    """The lines of a warning are those of the file, not of the table."""
    found = read({"a.csv": 'query,product,x\na,alpha,"\n\n"\n"c\u2028d",gone\n'})

    assert [search.query for search in found.searches] == ["a"]
    assert str(report.warnings[0]).startswith("content/evidence/a.csv:5:1:")


def test_of_many_bad_rows_some_are_named_and_all_are_counted(read, report):
    """A file of strangers says so in 21 lines; the reasons stand in order of their number."""
    rows = "".join(f"a,alpha{n}\n" for n in range(20_000)) + ",beta\n" * 30 + "a,beta\n"

    found = read({"a.csv": f"query,product\n{rows}"})

    *_, last, total = map(str, report.warnings)
    assert found.report == EvidenceReport(files=1, rows=20_031, counted=1, left_out=20_030)
    assert len(report.warnings) == 21
    assert last == (
        'content/evidence/a.csv:21:1: is left out: there is no product "alpha19",'
        ' did you mean "alpha"?'
    )
    assert total == (
        "content/evidence/a.csv: 20,030 of 20,031 rows are left out:"
        " there is no such product (20,000), it has no query (30)"
    )


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (
            "a.csv",
            "clicks,page\n1,2\n",
            "a.csv:1:1: must name the columns query and product, or query and page",
        ),
        (
            "a.csv",
            '"query',
            "a.csv:1:1: must name the columns query and product, or query and page",
        ),
        ("a.csv", "ä,b".encode("latin-1"), "a.csv:1:1: is not UTF-8 (save it as UTF-8)"),
        ("a.csv", "query,product\n\nä".encode("latin-1"), "a.csv:3:1: is not UTF-8 (save it as"),
        ("a.csv", b"\xff\xfea", "a.csv: is not UTF-8 (save it as UTF-8)"),
        ("a.jsonl", b'\n{"query": "\xe4"}', "a.jsonl:2:1: is not UTF-8 (save it as UTF-8)"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error(read, said, name, data, message):
    """A file that gives nothing at all is more than a row left out."""
    assert read({name: data}).searches == ()
    (error,) = said()
    assert error.startswith(f"content/evidence/{message}")


@pytest.mark.parametrize("data", ["", "\ufeff"])
def test_an_empty_file_says_nothing(read, report, data):
    """No rows are no error."""
    assert read({"a.jsonl": data}).searches == ()
    assert (report.errors, report.warnings) == ([], [])


@pytest.mark.parametrize("data", ["", "\ufeff", "\n\n", "sep=;\n"])
def test_an_empty_table_is_warned_of(read, report, data):
    """A table without even a first line was hardly meant so."""
    assert read({"a.csv": data}).searches == ()
    assert list(map(str, report.warnings)) == ["content/evidence/a.csv: is empty"]
    assert report.errors == []


def test_a_column_that_is_named_twice_is_told(read, report):
    """The first one of a table counts; a row of JSON that contradicts itself does not."""
    found = read(
        {
            "a.csv": "query,x,x,product,Query\na,,,alpha,z\n",
            "a.jsonl": '{"query": "b", "product": "alpha", "product": "beta"}\n'
            '{"query": "\\": c", "product": "beta", "x": {"query": 1}, "x": '
            "2}\n",
        }
    )

    assert found.searches == (Search("a", "alpha"), Search('": c', "beta"))
    assert list(map(str, report.warnings)) == [
        (
            'content/evidence/a.csv:1:1: names the column "query" twice'
            " (the first one is read; take the other away)"
        ),
        'content/evidence/a.jsonl:1:1: is left out: it names "product" twice',
    ]


def test_other_files_are_warned_of(read, report):
    """What is no evidence is not read, and that is said."""
    read({"a.xlsx": ""})

    assert str(report.warnings[0]) == (
        "content/evidence/a.xlsx: is not read (evidence is .csv, .jsonl, .parquet, .zip)"
    )


def test_a_product_that_cannot_be_read_is_not_called_missing(read, report):
    """Its rows count for when it is mended, and its capabilities are not called unknown."""
    found = read({"a.csv": "query,product,capability\na,gamma,Share\n"})

    assert found.searches == (Search("a", "gamma"),)
    assert report.warnings == []


@pytest.mark.parametrize("above", ["", "\n\n", "sep=,\n", "sep=,\r\n\r\n", ",,\n"])
def test_lines_above_the_table_are_counted(read, report, above):
    """A warning names the line of the file."""
    lines = above.count("\n")

    read({"a.csv": f"{above}query,product\na,gone\n", "b.csv": f"{above}query\n"})

    assert str(report.warnings[0]).startswith(f"content/evidence/a.csv:{lines + 2}:1:")
    assert str(report.errors[0]).startswith(f"content/evidence/b.csv:{lines + 1}:1:")


# Capabilities ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["share-things", "Share Things", "share  things", "Share-things!"])
def test_a_capability_goes_by_its_id_or_name(read, report, name):
    """Case, spaces and punctuation do not count."""
    found = read({"a.csv": f"query,product,capability\na,alpha,{name}\n"})

    assert found.searches == (Search("a", "alpha", "share-things"),)
    assert report.warnings == []


def test_an_unknown_capability_is_said_once(read, report):
    """Its rows count for the product."""
    rows = "a,alpha,Share thing\nb,alpha,Share thing\nc,alpha,C#\nd,alpha,c++\n"

    found = read({"a.csv": f"query,product,capability\n{rows}"})

    assert [search.capability for search in found.searches] == ["", "", "", "c"]
    assert list(map(str, report.warnings)) == [
        (
            'content/evidence/a.csv:2:1: there is no capability "Share thing" of alpha; such rows'
            ' count without it (did you mean "Share Things"?)'
        ),
        (
            'content/evidence/a.csv:4:1: there is no capability "C#" of alpha;'
            " such rows count without it"
        ),
    ]


def test_of_many_unknown_capabilities_some_are_named(read, report):
    """The last warning says that there are more."""
    rows = "".join(f"a,alpha,{n} {'x' * 400}\n" for n in range(100))

    found = read({"a.csv": f"query,product,capability\n{rows}"})

    assert found.searches == (Search("a", "alpha", count=100),)
    assert len(report.warnings) == 21
    assert str(report.warnings[-1]) == (
        "content/evidence/a.csv:22:1: further capabilities are not known; their rows count without"
        " them"
    )


# The window --------------------------------------------------------------------------------------

DATED = """query,product,date
a,alpha,2026-01-01
b,alpha,2026-01-09
c,alpha,2026-01-10
d,alpha,2026-01-11
"""


@pytest.mark.parametrize(
    ("days", "queries", "since"),
    [
        ({}, "cd", dt.date(2026, 1, 10)),
        ({"newest": dt.date(2025, 1, 1)}, "cd", dt.date(2026, 1, 10)),
        ({"newest": dt.date(2026, 1, 12)}, "d", dt.date(2026, 1, 11)),
        ({"newest": dt.date(2027, 1, 1)}, "", dt.date(2026, 12, 31)),
        (
            {"as_of": dt.date(2026, 1, 10), "newest": dt.date(2026, 1, 12)},
            "bc",
            dt.date(2026, 1, 9),
        ),
        ({"as_of": dt.date(1, 1, 2)}, "", dt.date.min),
    ],
    ids=["newest row", "older content", "newer content", "much newer", "as of", "long ago"],
)
def test_a_window_ends_on_the_newest_day(read, report, days, queries, since):
    """The days up to the one that ages are measured from count; other rows are no mistakes."""
    found = read({"a.csv": DATED}, window=2, **days)

    assert "".join(search.query for search in found.searches) == queries
    assert found.report.window[0] == since
    assert found.report.counted + found.report.outside_window == found.report.rows == 4
    assert report.warnings == []


def test_rows_that_do_not_count_do_not_move_the_window(read, report):
    """The newest day is that of a row that counts, as it is for the ages on all pages."""
    rows = (
        "a,stranger,1,2026-03-01\nb,alpha,0,2026-03-02\nc,alpha,x,2026-03-03\n,alpha,1,2026-03-04\n"
    )

    rows += "d,alpha,1,2026-01-05\ne,alpha,1,2026-99-99\n"

    found = read({"a.csv": f"query,product,clicks,date\n{rows}"}, window=30)

    assert found.searches == (Search("d", "alpha", date=dt.date(2026, 1, 5)),)
    assert found.report.window == (dt.date(2025, 12, 7), dt.date(2026, 1, 5))
    assert (found.report.without_click, found.report.left_out) == (1, 4)
    assert len(report.warnings) == 4


def test_bad_rows_are_told_although_none_counts(read, report):
    """Where no row gives the window an end, rows are not outside of it but wrong."""
    found = read({"a.csv": "query,product,date\na,stranger,2026-01-01\nb,alpha,\n"}, window=9)

    assert found.report == EvidenceReport(files=1, rows=2, left_out=2)
    assert len(report.warnings) == 2


def test_rows_without_a_date_are_outside_of_any_window(read, report):
    """They are left out, and their number is told once a file."""
    rows = "a,alpha,2026-01-01\nb,alpha,\nc,alpha, \n"

    found = read(
        {"a.csv": f"query,product,date\n{rows}", "b.csv": "query,product\na,alpha\n"}, window=9
    )

    assert [search.query for search in found.searches] == ["a"]
    assert found.report.left_out == 3
    assert list(map(str, report.warnings)) == [
        (
            "content/evidence/a.csv:3:1: from here, 2 rows have no date and cannot be counted"
            " (evidence.window asks for dates)"
        ),
        (
            "content/evidence/b.csv:2:1: from here, 1 row has no date and cannot be counted"
            " (evidence.window asks for dates)"
        ),
    ]


def test_mistakes_are_told_once_with_a_window(read, report, said):
    """Looking for the newest day first says nothing of its own."""
    read({"a.csv": "query,product,date\na,stranger,2026-01-01\n", "b.csv": "x", "c": ""}, window=9)

    assert len(report.warnings) == 2
    assert len(said()) == 1


# A slip of the pen -------------------------------------------------------------------------------

SLIP = DATED.replace("b,alpha,2026-01-09", "b,alpha,2206-01-09") + "b,alpha,2026-01-02\n"


def test_a_mistyped_date_counts_for_nothing(read, report):
    """A day long after all others is not the day of its search, which counts all the same."""
    found = read({"a.csv": SLIP, "b.csv": "query,product,date\ne,beta,2206-01-09\n"})

    assert [(search.query, search.count, search.date) for search in found.searches] == [
        ("a", 1, dt.date(2026, 1, 1)),
        ("b", 2, dt.date(2026, 1, 2)),
        ("c", 1, dt.date(2026, 1, 10)),
        ("d", 1, dt.date(2026, 1, 11)),
        ("e", 1, None),
    ]
    assert list(map(str, report.warnings)) == [
        (
            "content/evidence/a.csv:3:1: the date 2206-01-09 lies more than 180 days after all"
            " others (rows of that day count without it: is it mistyped?)"
        )
    ]


@pytest.mark.parametrize("newest", [None, dt.date(2026, 1, 3)])
def test_a_mistyped_date_moves_no_window(read, report, newest):
    """The window ends on the newest day that can be trusted; the row is left out."""
    found = read({"a.csv": SLIP}, window=2, newest=newest)

    assert [search.query for search in found.searches] == ["c", "d"]
    assert found.report.window == (dt.date(2026, 1, 10), dt.date(2026, 1, 11))
    assert (found.report.outside_window, found.report.left_out) == (2, 1)
    assert list(map(str, report.warnings)) == [
        (
            "content/evidence/a.csv:3:1: is left out:"
            " its date, 2206-01-09, lies more than 180 days after all others"
        )
    ]


@pytest.mark.parametrize(
    ("rows", "newest"),
    [
        ("a,alpha,2026-07-01\nb,alpha,2026-01-02\n", None),
        ("a,alpha,2026-07-01\nb,alpha,2025-01-01\n", dt.date(2026, 1, 2)),
        ("a,alpha,2206-01-01\n", None),
        ("a,alpha,2206-01-01\nb,alpha,2026-01-01\n", dt.date(2206, 1, 1)),
    ],
    ids=["180 days", "newer content", "no other date", "content of that day"],
)
def test_a_date_that_others_are_near_is_trusted(read, report, rows, newest):
    """Half a year without a search is nothing odd, nor is a date that is alone in the content."""
    found = read({"a.csv": f"query,product,date\n{rows}"}, newest=newest)

    assert found.searches[0].date
    assert report.warnings == []


# Many rows ---------------------------------------------------------------------------------------

cells = st.fixed_dictionaries(
    {},
    optional={
        "query": st.sampled_from(["a", "b b", " b  b", "", "x" * 501, 'q"u,o\nte', "é\r\n"]),
        "product": st.sampled_from(["alpha", "beta", "stranger", ""]),
        "capability": st.sampled_from(["", "c++", "none"]),
        "count": st.sampled_from(["", "1", "7", "0", "x"]),
        "date": st.sampled_from(["", "2026-01-01", "2026-01-02", "soon"]),
    },
)
rows = st.lists(cells, max_size=30)


def counts(row) -> bool:
    """Say of a row what the guide says, as simply as possible."""
    words = " ".join(row.get("query", "").split())
    return (
        0 < len(words) <= 500
        and "\n" not in row["query"]
        and row.get("product") in ("alpha", "beta")
        and row.get("count", "") not in ("0", "x")
        and row.get("date") != "soon"
    )


@given(rows)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_totals_are_those_of_a_plain_count(read, report, given):
    """However rows are mixed, CSV and JSON Lines give the very sums, and every row is somewhere."""
    report.warnings.clear()
    totals = Counter()
    for row in filter(counts, given):
        totals[row["product"]] += int(row.get("count") or 1)

    for name, data in (("a.csv", as_csv(given)), ("a.jsonl", as_json_lines(given))):
        found = read({"a.csv": "", "a.jsonl": "", name: data})

        summed = Counter()
        for search in found.searches:
            summed[search.product] += search.count
        assert summed == totals
        assert found.report.counted == sum(map(counts, given))
        assert found.report.left_out == found.report.rows - found.report.counted
    assert report.errors == []


def as_csv(given) -> str:
    """Write a table with all columns; a row without any cell is a blank line."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, ["query", "product", "capability", "count", "date"])
    writer.writeheader()
    writer.writerows(given)
    return stream.getvalue()


def as_json_lines(given) -> str:
    """Write an object a line; each names its own columns only."""
    return "".join(f"{json.dumps(row)}\n" for row in given)


ODD = st.sampled_from(
    [
        b'"',
        b",",
        b"\n",
        b"\r",
        b"\0",
        b"a",
        b"1",
        b"\xc3\xa4",
        b"\xe4",
        b"\x85",
        b"{",
        b"[",
        b":",
        b"}",
    ]
)


@given(st.lists(ODD).map(b"".join) | st.binary())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(read, report, odd):
    """Whatever stands in a file, there is a sum, and each row is somewhere in it."""
    report.errors.clear()
    report.warnings.clear()

    found = read({"a.csv": b"query,product,date\n" + odd, "a.jsonl": odd, "a.zip": odd}, window=9)

    assert found.report.rows == found.report.counted + found.report.left_out
    assert report.errors


def test_beyond_a_number_of_searches_only_sums_are_kept(read, report, monkeypatch):
    """Memory is bounded, sums stay exact, and one warning says what was not kept."""
    monkeypatch.setattr("comparo.content.tally.INTENTS", 5_000)
    monkeypatch.setattr("comparo.content.evidence.INTENTS", 5_000)
    rows = "".join(f"{n},alpha,2\n" for n in range(5_010))

    found = read(
        {"a.csv": f"query,product,count\n{rows}", "b.csv": "query,product\n7,alpha\nx,beta\n"}
    )

    assert len(found.searches) == 5_002
    assert found.searches[7] == Search("7", "alpha", count=3)
    assert found.searches[5_000:] == (Search("", "alpha", count=20), Search("", "beta"))
    (warning,) = report.warnings
    assert str(warning) == (
        "content/evidence: holds more than 5,000 different searches"
        " (21 searches are counted, but their words are not kept)"
    )
