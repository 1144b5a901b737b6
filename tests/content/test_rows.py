"""Reading tables that others made: a bad line costs itself, and no file a traceback."""

import os

import pytest

from comparo.content import rows as module
from comparo.content.rows import Row, read_rows
from comparo.errors import UsageError

UNCLOSED = (
    ":4:1: is not CSV: unexpected end of data"
    " (a quote that opens there may not be closed; nothing below it was read)"
)


@pytest.fixture
def table(tmp_path):
    """Give a function that reads a table: rows as (line, cells), problems as their texts."""

    def read(data, name="rows.csv"):
        file = tmp_path / name
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        return [
            (found.place.line, dict(found.cells))
            if isinstance(found, Row)
            else str(found).removeprefix(file.as_posix())
            for found in read_rows(file)
        ]

    return read


# CSV -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_of_any_program(table, separator, end, encoding):
    """Separators, line ends and encodings are found out; quoted cells hold any of them."""
    lines = ["name,note", 'Ä,"a, b; c\nd ""e"""', "", ",", "B,\u2028x"]
    text = end.join(line.replace(",", separator, 1) for line in lines)

    assert table(text.encode(encoding)) == [
        (2, {"name": "Ä", "note": 'a, b; c\nd "e"'}),
        (6, {"name": "B", "note": "\u2028x"}),
    ]


def test_ragged_rows_are_left_out(table):
    """A row of too few or too many cells cannot be told apart; empty ones at its end do no harm."""
    assert table("name,note\nA\nB,1,2\nC,1,, \nD,2\n") == [
        ":2:1: has 1 cells; the first line names 2",
        ":3:1: has 3 cells; the first line names 2",
        (4, {"name": "C", "note": "1"}),
        (5, {"name": "D", "note": "2"}),
    ]


def test_columns_that_stand_twice(table):
    """The first of two columns of one name is read; a column without a name is not."""
    assert table("name,a,a,,\nA,1,2,3,4\n") == [
        ':1:1: column "a" stands twice (the first one is read)',
        (2, {"name": "A", "a": "1"}),
    ]


def test_wrong_quotes(table):
    """A wrong quote costs its line; one that is never closed costs what is below, and is told."""
    assert table('name,note\nA,"x"y\nB,1\nC,"open\nD,2\n') == [
        ":2:1: is not CSV: ',' expected after '\"'",
        (3, {"name": "B", "note": "1"}),
        UNCLOSED,
    ]


def test_cells_have_a_limit(table, monkeypatch):
    """A giant cell or line costs its row, and is never held."""
    monkeypatch.setattr(module, "LINE_LIMIT", 200_000)
    giants = f"A,{'x' * 131_073}\nB,{'y,' * 300_000}\nC,1\n"

    assert table(f"name,note\n{giants}") == [
        ":2:1: is not CSV: field larger than field limit (131072)",
        ":3:1: is not CSV: field larger than field limit (131072)",
        (4, {"name": "C", "note": "1"}),
    ]


def test_bytes_that_are_no_text(table):
    """A line of another encoding is left out; the lines around it are read."""
    assert table(b"name\nA\nB\xe4r\nC\n") == [
        (2, {"name": "A"}),
        ":3:1: is not UTF-8 (save the file as UTF-8)",
        (4, {"name": "C"}),
    ]
    (problem,) = table(b"\xff\xfen\x00a\x00m\x00e\x00\n\x00\x00\xd8x\x00")
    assert problem.startswith(": is not what its byte order mark says: ")


@pytest.mark.parametrize("text", ["", "name\n", "\n\n"])
def test_csv_without_rows(table, text):
    """An empty table has no rows, and that is no problem."""
    assert table(text) == []


# JSON ------------------------------------------------------------------------------------------


def test_json_lines(table):
    """Each line is an object; blank lines are none, and U+2028 ends no line."""
    text = '\ufeff{"name": "A"}\r\n\n{"name": "B\u2028b", "tags": ["x"]}'

    assert table(text, "rows.ndjson") == [
        (1, {"name": "A"}),
        (3, {"name": "B\u2028b", "tags": ["x"]}),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b'{"name": ', ":1:9: is not JSON: Expecting value"),
        (b'{"name": "A"} {"name": "B"}', ":1:14: holds more than one value"),
        (b'["A"]', ':1:1: is not an object (write {"name": …})'),
        (b'{"a": 1, "b": {"a": 2, "a": 3}}', ':1:1: has the key "a" twice'),
        (b'{"a": NaN}', ":1:1: holds NaN, which is not JSON"),
        (b'{"a": -Infinity}', ":1:1: holds -Infinity, which is not JSON"),
        (b'{"a": ' + b"[" * 100_000, ":1:1: nests too deeply"),
        (b'{"a": "\xe4"}', ":1:1: is not UTF-8 (save the file as UTF-8)"),
    ],
)
def test_bad_lines_are_left_out(table, line, problem):
    """What is no object of JSON is named with its line and reason, and the next line is read."""
    assert table(line + b'\n{"name": "A"}', "rows.jsonl") == [problem, (2, {"name": "A"})]


def test_lines_have_a_limit(table, monkeypatch):
    """A line without an end is passed over."""
    monkeypatch.setattr(module, "LINE_LIMIT", 50)

    assert table(f'{{"a": "{"x" * 500}"}}\n{{"name": "A"}}\n', "rows.jsonl") == [
        ":1:1: is longer than 50 characters",
        (2, {"name": "A"}),
    ]


def test_giant_numbers(table):
    """A number of thousands of digits has no value that anyone meant, and does not raise."""
    ((_, cells),) = table(f'{{"a": {"9" * 5000}, "b": {"9" * 30}}}', "rows.jsonl")

    assert cells == {"a": float("inf"), "b": int("9" * 30)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[]", []),
        (' [ {"name": "A"},\n\n {"name": "B"} ]\n', [(1, {"name": "A"}), (3, {"name": "B"})]),
        ("[1,\n{}]", [':1:1: is not an object (write {"name": …})', (2, {})]),
        ('[{},\n{"a": }]', [(1, {}), ":2:7: is not JSON: Expecting value"]),
        ("[{}\n{}]", [(1, {}), ":2:1: is not JSON: the array does not go on or end"]),
        ("[{}", [(1, {}), ":1:1: is not JSON: the array does not go on or end"]),
        ("[", [":1:2: is not JSON: Expecting value"]),
        ("{}", [": is not an array (JSON Lines are read from a file named .jsonl)"]),
        (b'["\xe4"]', [": is not UTF-8 (save it as UTF-8)"]),
        ("[" + " " * 100, [": is longer than 100 characters (write it as JSON Lines)"]),
    ],
)
def test_arrays(table, monkeypatch, text, found):
    """An array is read value by value, each with its line, as far as it is JSON."""
    monkeypatch.setattr(module, "ARRAY_LIMIT", 100)

    assert table(text, "rows.json") == found


# Files -----------------------------------------------------------------------------------------


def test_unknown_kinds_are_refused(table):
    """The name says what a file is."""
    with pytest.raises(UsageError, match=r"must be \.csv, \.tsv, \.jsonl, \.ndjson or \.json"):
        table("", "rows.xlsx")


def test_files_that_are_none(tmp_path):
    """A missing file, a folder and a FIFO are refused in one line, and none of them blocks."""
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "fifo.csv")

    for name, why in [
        ("missing.csv", "cannot be read: No such file"),
        ("folder.csv", "is not a regular file"),
        ("fifo.csv", "is not a regular file"),
    ]:
        with pytest.raises(UsageError, match=why):
            list(read_rows(tmp_path / name))
