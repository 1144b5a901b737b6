"""Parquet → rows of evidence (DuckDB's door; the extra ``comparo[parquet]`` installs it).

The file may be hostile, so DuckDB gets that one file, a part of the memory and nothing else: no
network, no extensions, no other file.
"""

import re
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from comparo.content.headings import COLUMNS, places_of
from comparo.content.ledger import TableError
from comparo.content.tables import Rows

ROWS = 100_000_000
"""Rows of a file; a few bytes of it may stand for billions."""

_CELL = 10_000
"""Characters of a cell that are read; what a row needs is far shorter."""

_SETTINGS: dict[str, Any] = {
    "threads": 1,
    "memory_limit": "512MB",
    "temp_directory": "",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_TABLE = "read_parquet(?, hive_partitioning = false, binary_as_string = true)"


def parquet_rows(path: Path) -> Rows:
    """Read a file's rows, which are counted from 1."""
    try:
        import duckdb
    except ImportError:
        raise TableError("needs DuckDB to be read", "pip install 'comparo[parquet]'") from None
    name = path.resolve().as_posix()
    try:
        with duckdb.connect(":memory:", config=_SETTINGS) as connection:
            yield from _rows(connection, name)
    except (duckdb.Error, UnicodeError) as error:
        first = str(error).partition("\n")[0].replace(name, path.name)
        raise TableError(f"is no Parquet that can be read: {first:.200}") from None


def _rows(connection: Any, name: str) -> Rows:
    # A name is a pattern to DuckDB: what is special in it stands in brackets.
    pattern = re.sub(r"([\[*?])", r"[\1]", name)
    connection.execute(f"SET allowed_paths = [{_text(name)}, {_text(pattern)}]")
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    described = connection.execute(f"DESCRIBE FROM {_TABLE}", [pattern]).fetchall()
    places = places_of(str(column[0]) for column in described)
    cells = (_cell(*described[places[c]][:2]) if c in places else "NULL" for c in COLUMNS)
    query = f"SELECT {', '.join(cells)} FROM {_TABLE}"  # noqa: S608 (names of columns are quoted)
    some_rows = partial(connection.execute(query, [pattern]).fetchmany, 1_000)
    for number, row in enumerate(chain.from_iterable(iter(some_rows, [])), 1):
        if number > ROWS:
            raise TableError(f"holds more than {ROWS:,} rows", "split it")
        yield number, row


def _cell(name: str, kind: str) -> str:
    """Write what is read of a column: a number as such, anything else as text."""
    quoted = '"' + name.replace('"', '""') + '"'
    if kind.startswith(("DECIMAL", "DOUBLE", "FLOAT", "HUGEINT", "UHUGEINT")):
        return f"CAST({quoted} AS DOUBLE)"
    return f"left(CAST({quoted} AS VARCHAR), {_CELL})"


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
