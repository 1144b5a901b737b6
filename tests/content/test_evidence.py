"""Rows say which search was answered by which product; what says nothing is left out, and said."""

import datetime as dt

import pytest

from comparo.content.evidence import read_evidence
from comparo.model import RankSettings, Search, Settings

PRODUCTS = {"alpha": None, "beta": None}


@pytest.fixture
def searches(files, write):
    """Give a function that writes a file of evidence and reads it."""

    def read(name, data):
        write(f"content/evidence/{name}", data)
        folder = files.root / "content" / "evidence"
        return list(
            read_evidence(files, folder, PRODUCTS, Settings("T", RankSettings("R", ()))).searches
        )

    return read


HEAD = "query,product,capability,count,date"
JSON_LINES = """
{"query": "a b", "product": "alpha", "capability": "Share", "count": 3, "date": "2026-01-31"}

{"query": "c", "product": "beta", "count": null, "x": []}"""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", f'{HEAD}\n"a  b",alpha,Share,3,2026-01-31\n,,,,\nc,beta,,,\n'),
        ("a.csv", f"Date,x, {HEAD[:-5]}\r\n2026-01-31,9,a b,alpha,Share,3\r\n,,c,beta\r\n"),
        ("a.csv", f"{HEAD}\na b,alpha,Share,3,2026-01-31\nc,beta\n".replace(",", ";")),
        ("a.csv", f"{HEAD}\na b,alpha,Share,3,2026-01-31\nc,beta\n".replace(",", "\t")),
        ("a.csv", f'\ufeff"{HEAD[:5]}"{HEAD[5:]}\na b,alpha,Share,3,2026-01-31\nc,beta'),
        ("a.csv", f"{HEAD}\na b,alpha,Share,3,2026-01-31\nc,beta".encode("utf-16")),
        ("a.jsonl", JSON_LINES),
    ],
    ids=["CSV", "CRLF", "semicolons", "tabs", "BOM", "UTF-16", "JSON Lines"],
)
def test_rows_are_read_as_programs_save_them(searches, report, name, data):
    """CSV as spreadsheets write it and JSON Lines say the same."""
    assert searches(name, data) == [
        Search("a b", "alpha", "Share", 3, dt.date(2026, 1, 31)),
        Search("c", "beta"),
    ]
    assert (report.errors, report.warnings) == ([], [])


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("a.csv", ",alpha,1,", "Object missing required field `query`"),
        ("a.csv", "a,alhpa,1,", 'there is no product "alhpa", did you mean "alpha"?'),
        ("a.csv", "a,../alpha,1,", 'there is no product "../alpha"'),
        ("a.csv", "a,alpha,0,", "a count must be from 1, not 0"),
        ("a.csv", "a,alpha,1.5,", "Expected `int"),
        ("a.csv", "a,alpha,NaN,", "Expected `int"),
        ("a.csv", "a,alpha,1,2026-02-30", "Invalid RFC3339 encoded date"),
        ("a.csv", f"{'a' * 501},alpha,1,", "its query is longer than 500 characters"),
        ("a.csv", f"{'a' * 200_000},alpha,1,", "field larger than field limit"),
        ("a.csv", "a\x1b[2J,alpha,1,", "its query holds a control character"),
        ("a.csv", "a\0,alpha,1,", "its query holds a control character"),
        ("a.csv", '"a"b,alpha,1,', "',' expected after '\"'"),
        ("a.jsonl", '{"query": "a"}', "Object missing required field `product`"),
        ("a.jsonl", '{"query": " ", "product": "alpha"}', "it has no query"),
        ("a.jsonl", '{"query": 1, "product": "alpha"}', "Expected `str`, got `int`"),
        ("a.jsonl", '{"query": "a", "product": "alpha", "count": NaN}', "JSON is malformed"),
        ("a.jsonl", '{"query": "a", "product": "alpha", "count": true}', "Expected `int"),
        ("a.jsonl", '{"query": "\\ud800", "product": "alpha"}', "JSON is malformed"),
        (
            "a.jsonl",
            '{"query": "\\u0007", "product": "alpha"}',
            "its query holds a control character",
        ),
        ("a.jsonl", "[" * 100_000, "Expected `object`, got `array`"),
        ("a.jsonl", '{"x": ' * 100_000, ""),
        ("a.jsonl", "query,product", "JSON is malformed"),
    ],
)
def test_a_row_that_says_nothing_is_left_out(searches, report, name, line, said):
    """One bad row costs itself: it is warned of with its line, and the rows around it count."""
    good = "b,beta,2,"
    head = "query,product,count,date\n"
    if name == "a.jsonl":
        good, head = '{"query": "b", "product": "beta", "count": 2}', "\n"

    found = searches(name, f"{head}{good}\n{line}\n{good}\n")

    assert found == [Search("b", "beta", count=2)] * 2
    (warning,) = report.warnings
    assert str(warning).startswith("content/evidence/a")
    assert f":3:1: is left out: {said}" in str(warning)
    assert report.errors == []


def test_a_quote_that_is_not_closed_is_found_where_it_opens(searches, report):
    """What it swallows is lost, and the line to mend is named."""
    found = searches("a.csv", 'query,product\na,alpha\n"b,alpha\nc,alpha\n')

    assert [search.query for search in found] == ["a"]
    assert "a.csv:3:1: is left out: unexpected end of data" in str(report.warnings[0])


def test_cells_may_hold_line_breaks(searches, report):
    """The lines of a warning are those of the file, not of the table."""
    found = searches("a.csv", 'query,product\n"a\nb",alpha\nc,gone\n')

    assert [search.query for search in found] == ["a b"]
    assert str(report.warnings[0]).startswith("content/evidence/a.csv:4:1:")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (
            "a.csv",
            "clicks,page\n1,2\n",
            "a.csv:1:1: its first line must name the columns query and product",
        ),
        ("a.csv", "ä,b".encode("latin-1"), "a.csv: is not UTF-8 (save it as UTF-8)"),
        ("a.csv", b"\xff\xfea", "a.csv: is not UTF-8 (save it as UTF-8)"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error(searches, said, name, data, message):
    """A file that gives nothing at all is more than a row left out."""
    assert searches(name, data) == []
    assert said() == [f"content/evidence/{message}"]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_an_empty_file_says_nothing(searches, report, name):
    """No rows are no error."""
    assert searches(name, "") == []
    assert (report.errors, report.warnings) == ([], [])


def test_other_files_are_warned_of(searches, report):
    """What is no evidence is not read, and that is said."""
    searches("a.xlsx", "")

    assert "content/evidence/a.xlsx: is not read" in str(report.warnings[0])


def test_many_unknown_products_take_no_longer(searches, report):
    """A suggestion compares a name with all others; a file of strangers gets only so many."""
    searches("a.csv", "query,product\n" + "".join(f"a,alpha{n}\n" for n in range(20_000)))

    assert len(report.warnings) == 20_000
    assert "did you mean" in str(report.warnings[0])
    assert "did you mean" not in str(report.warnings[-1])
