"""Tables are read as streams: what is long costs time, never memory."""

import tracemalloc
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparo.content import tables
from comparo.content.ledger import Ledger
from comparo.content.tables import CsvTable, json_rows, read_lines
from comparo.errors import Place
from comparo.files import Report


class Long:
    """A file that says one thing many times and is never in memory as a whole."""

    def __init__(self, head: str, text: str, times: int) -> None:
        self.pieces = iter([(head + text).encode(), *[text.encode()] * (times - 1)])

    def read(self, size: int, /) -> bytes:
        """Give the next piece, whatever its size."""
        assert size > 0
        return next(self.pieces, b"")


@pytest.fixture
def ledger() -> Ledger:
    """Give a ledger in which nothing stands yet."""
    return Ledger(Place("a"), Report())


MANY = 1_000
CSV = f"a,alpha,{'x' * 900}\n"
JSON = f'{{"query": "a", "product": "alpha", "x": "{"x" * 900}"}}\n'


@pytest.mark.parametrize(
    ("kind", "head", "text", "counted", "lost"),
    [
        ("csv", "query,product,x\n", CSV * 40, 40 * MANY, 0),
        ("csv", "query,product,x\n", "x" * 40_000, 0, 1),
        ("csv", 'query,product,x\na,alpha,"\n', CSV * 40, 40 * MANY - 145, 146),
        ("json", "", JSON * 40, 40 * MANY, 0),
        ("json", "", "x" * 40_000, 0, 1),
    ],
    ids=["CSV", "a long line", "an open quote", "JSON Lines", "a long line of JSON"],
)
def test_memory_does_not_grow_with_the_file(ledger, kind, head, text, counted, lost):
    """Of forty megabytes a few are held at a time, be they rows or one line."""
    stream = Long(head, text, MANY)
    tracemalloc.start()

    rows = json_rows(stream, ledger) if kind == "json" else CsvTable(stream, "").rows(ledger)
    number = sum(1 for _ in rows)

    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (number, ledger.rows) == (counted, lost)
    assert most < 15_000_000


class Pieces:
    """A file that is read in pieces of a few bytes."""

    def __init__(self, data: bytes, size: int) -> None:
        self.file, self.size = BytesIO(data), size

    def read(self, size: int, /) -> bytes:
        """Give the next few bytes."""
        return self.file.read(min(size, self.size))


texts = st.text(st.sampled_from('a,"ä€😀\u2028\u0085\r\n') | st.characters(codec="utf-8"))


@given(texts, st.integers(2, 6), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_lines_do_not_depend_on_where_pieces_end(text, size, encoding):
    """However a text is cut into pieces, its lines are those of the whole."""
    data = text.removeprefix("\ufeff").encode(encoding)

    for newline in ("", "\n"):
        lines = list(read_lines(Pieces(data, size), newline))

        assert "".join(lines) == text.removeprefix("\ufeff")
        assert all(line.endswith(("\n", "\r")) for line in lines[:-1])
        assert all(line.count("\n") <= 1 for line in lines)
        assert lines == list(read_lines(BytesIO(data), newline))


def test_only_lines_that_are_too_long_are_replaced(monkeypatch, ledger):
    """A line is too long by its own length, wherever it lies in the pieces that are read."""
    monkeypatch.setattr(tables, "LINE_LIMIT", 50)
    monkeypatch.setattr(tables, "_PIECE", 40)
    lines = [f'{{"query": "{"q" * n}", "product": "alpha"}}\n' for n in (1, 17, 18, 19, 90, 1, 16)]
    stream = BytesIO("".join(lines).encode())

    found = [line for line, _ in json_rows(stream, ledger)]

    assert found == [n for n, line in enumerate(lines, 1) if len(line) <= 50]
    assert ledger.rows == len(lines) - len(found)
