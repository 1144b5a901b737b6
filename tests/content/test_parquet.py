"""Parquet says the same as CSV, and a hostile file gets nothing but an error."""

import datetime as dt
import random
import sys

import duckdb
import pytest

from comparo.content.ledger import EvidenceReport
from comparo.model import Search


@pytest.fixture
def parquet(files):
    """Give a function that writes what SQL gives as a file of evidence, and gives its bytes."""

    def write(name: str, sql: str) -> bytes:
        path = files.root / "content/evidence" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with duckdb.connect() as connection:
            connection.sql(sql).write_parquet(str(path))
        return path.read_bytes()

    return write


def test_columns_of_any_type_are_read(read, report, parquet):
    """Numbers, days and truths are read by their type, texts as CSV is."""
    parquet(
        "a.parquet",
        "SELECT 'a  b' AS query, 'alpha' AS product, 'c++' AS capability, 3::UTINYINT AS count,"
        " DATE '2026-01-31' AS date UNION ALL SELECT 'c', 'beta', NULL, NULL, NULL",
    )
    parquet(
        "b.parquet",
        "SELECT NULL AS query, 'https://example.org/products/beta/' AS url, 5.000::DECIMAL(9,3) AS"
        " clicks, TIMESTAMPTZ '2026-02-01 12:00:00Z' AS data_date, true AS is_anonymized_query",
    )
    parquet("c.parquet", "SELECT 'c'::BLOB AS Query, 'beta' AS Product, '2' AS Count, 9 AS x")

    found = read({})

    assert found.searches == (
        Search("a b", "alpha", "c", 3, dt.date(2026, 1, 31)),
        Search("c", "beta", count=3),
        Search("", "beta", count=5, date=dt.date(2026, 2, 1)),
    )
    assert found.report == EvidenceReport(files=3, rows=4, counted=4)
    assert (report.errors, report.warnings) == ([], [])


def test_bad_rows_are_told_with_their_number(read, report, parquet):
    """The first row is number 1, and the order is that of the file."""
    parquet(
        "a.parquet",
        "SELECT CASE n WHEN 4321 THEN '' ELSE 'a' END AS query, CASE n WHEN 7 THEN 'gone' ELSE"
        " 'alpha' END AS product FROM range(1, 10001) AS r(n)",
    )

    found = read({})

    assert found.searches == (Search("a", "alpha", count=9_998),)
    assert list(map(str, report.warnings)) == [
        'content/evidence/a.parquet:7:1: is left out: there is no product "gone"',
        "content/evidence/a.parquet:4321:1: is left out: it has no query",
    ]


def test_a_window_looks_into_parquet(read, parquet):
    """The newest day of all rows ends the window."""
    parquet(
        "a.parquet",
        "SELECT 'q' || n AS query, 'alpha' AS product, DATE '2026-01-01' + n::INTEGER AS date"
        " FROM range(10) AS r(n)",
    )

    found = read({}, window=2)

    assert [search.query for search in found.searches] == ["q8", "q9"]
    assert found.report.outside_window == 8


@pytest.mark.parametrize(
    "name", ["[a]*?", "it's", 'a"b', "a;b", "**", "{a,b}", "product=beta", "ü\n"]
)
def test_a_name_is_no_pattern(read, parquet, report, name):
    """Only the file itself is read, however it is called."""
    data = parquet("a.parquet", "SELECT 'a' AS query, 'alpha' AS product")

    found = read({f"x/{name}/a.parquet": "", f"{name}.parquet": data})

    assert found.searches == (Search("a", "alpha", count=2),)
    assert report.errors == []


def test_a_link_within_the_site_is_followed(read, files, parquet):
    """Two names for one file are read twice."""
    parquet("a.parquet", "SELECT 'a' AS query, 'alpha' AS product")
    (files.root / "content/evidence/b.parquet").symlink_to("a.parquet")

    assert read({}).searches == (Search("a", "alpha", count=2),)


@pytest.mark.parametrize(
    ("sql", "said_of"),
    [
        ("SELECT 'a' AS query", "must name the columns query and product, or query and page"),
        ("SELECT 'a' AS query, 1 AS ctr", "is a Search Console export that does not say which"),
    ],
)
def test_other_columns_are_refused(read, said, parquet, sql, said_of):
    """What holds no evidence is an error, as in CSV."""
    parquet("a.parquet", sql)

    read({})

    assert said()[0].startswith(f"content/evidence/a.parquet: {said_of}")


def test_rows_are_bounded(read, said, parquet, monkeypatch):
    """A file that says one row a billion times is left where reason ends."""
    monkeypatch.setattr("comparo.content.parquet.ROWS", 99)
    parquet("a.parquet", "SELECT 'a' AS query, 'alpha' AS product FROM range(100)")

    read({})

    assert said() == ["content/evidence/a.parquet: holds more than 99 rows (split it)"]


def test_without_duckdb_the_way_to_install_it_is_told(read, said, monkeypatch):
    """Parquet is an extra; what is missing is one line."""
    monkeypatch.setitem(sys.modules, "duckdb", None)

    read({"a.parquet": "", "b.csv": "query,product\na,alpha\n"})

    assert said() == [
        "content/evidence/a.parquet: needs DuckDB to be read (pip install 'comparo[parquet]')"
    ]


@pytest.mark.parametrize(
    "data", [b"", b"query,product\n", b"PAR1", b"PAR1\0\0\0\0\xff\xff\xff\xff\0PAR1"]
)
def test_what_is_no_parquet_is_an_error(read, said, data):
    """It is one line that names the file as the user knows it."""
    read({"a.parquet": data})

    (error,) = said()
    assert error.startswith("content/evidence/a.parquet: is no Parquet that can be read: ")
    assert str(sys.path[0]) not in error or not sys.path[0]


def test_no_damage_does_more_than_harm_the_file(read, report, parquet):
    """Whatever bytes are changed, there is an error or a warning, or it did not matter."""
    whole = parquet(
        "a.parquet", "SELECT 'q' || n AS query, 'alpha' AS product FROM range(9) AS r(n)"
    )
    chance = random.Random(7)  # noqa: S311 (the same damage each time)

    for _ in range(200):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        report.errors.clear()
        report.warnings.clear()

        found = read({"a.parquet": bytes(data)})

        assert report.errors or report.warnings or found.report.counted >= 9
        assert all("\n" not in str(problem) for problem in report.errors)
