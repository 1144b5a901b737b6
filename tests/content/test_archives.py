"""A zip is looked into; what is no evidence in it is refused or named, and it cannot do harm."""

import random
import struct
import zipfile
from io import BytesIO

import pytest

from comparo.content import archives
from comparo.content.ledger import EvidenceReport
from comparo.model import Search

GOOD = "query,page,clicks\na,https://example.org/products/alpha/,3\n"
QUERIES = "Top queries,Clicks,Impressions,CTR,Position\na,1,2,50%,1\n"


def packed(files, method=zipfile.ZIP_DEFLATED) -> bytes:
    """Pack files, given by their names, as programs do."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def test_an_empty_zip_is_warned_of(read, report):
    """A zip of nothing was hardly meant so."""
    assert read({"a.zip": packed({})}).searches == ()
    assert list(map(str, report.warnings)) == ["content/evidence/a.zip: is empty"]


def test_the_tables_of_a_zip_are_read(read, report):
    """Tables that say what answered a query count; what systems leave behind is passed over."""
    data = packed(
        {
            "folder/b.csv": GOOD,
            "a.CSV": "query,product\nb,beta\nc,gone\n",
            "__MACOSX/a.csv": "\0",
            ".DS_Store": "",
            "folder/": "",
        }
    )

    found = read({"a.zip": data})

    assert found.searches == (Search("b", "beta"), Search("a", "alpha", count=3))
    assert found.report == EvidenceReport(files=2, rows=3, counted=2, left_out=1)
    assert list(map(str, report.warnings)) == [
        'content/evidence/a.zip/a.CSV:3:1: is left out: there is no product "gone"'
    ]
    assert report.errors == []


def test_an_export_of_queries_and_of_pages_is_refused(read, said, report):
    """The web interface's own zip does not say which page answered which query."""
    names = ("Queries.csv", "Pages.csv", "Countries.csv", "Chart.csv")

    found = read({"a.zip": packed(dict.fromkeys(names, QUERIES))})

    assert found.searches == ()
    (error,) = said()
    assert error == (
        "content/evidence/a.zip: is a Search Console export that does not say which page answered"
        " which query (export both together: by the API, Looker Studio or the bulk export to"
        " BigQuery)"
    )
    assert report.warnings == []


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["a.txt"], "a.txt"),
        (["a.csv", "b\x1b"], "a.csv, b\\x1b"),
        (["a.csv", "b", "c", "d", "e"], "a.csv, b, c and 2 more"),
    ],
)
def test_what_is_not_read_is_named(read, report, names, shown):
    """Another zip is no evidence, and that is said."""
    read({"a.zip": packed(dict.fromkeys(names, "a,b\n1,2\n"))})

    (warning,) = report.warnings
    assert str(warning) == (
        f"content/evidence/a.zip: holds files that are not read: {shown}"
        " (evidence is .csv with the columns query and product, or query and page)"
    )
    assert report.errors == []


def test_a_table_beside_others_is_read(read, report, said):
    """What is not evidence in a zip that has some is named, not refused."""
    found = read({"a.zip": packed({"a.csv": GOOD, "Queries.csv": QUERIES})})

    assert found.searches == (Search("a", "alpha", count=3),)
    assert "holds files that are not read: Queries.csv" in str(report.warnings[0])
    assert said() == []


def locked(data: bytes) -> bytes:
    """Say of the first file of a zip that it is locked with a password."""
    at = data.index(b"PK\1\2") + 8
    return data[:at] + b"\1" + data[at + 1 :]


def crowded(data: bytes) -> bytes:
    """Say of a zip that its list of contents takes megabytes, and have them there."""
    data = bytes(3_000_000) + data
    at = data.rindex(b"PK\5\6") + 12
    return data[:at] + struct.pack("<L", 2_500_000) + data[at + 4 :]


def damaged(data: bytes) -> bytes:
    """Change a byte of what is packed in a zip that packs nothing tighter."""
    return data.replace(b",3\n", b",4\n")


ROWS = GOOD + "b,https://example.org/products/alpha/,1\n" * 100_000


@pytest.mark.parametrize(
    ("data", "said_of"),
    [
        (b"", "a.zip: is no sound zip: File is not a zip file"),
        (b"PK\3\4", "a.zip: is no sound zip: File is not a zip file"),
        (packed({"a.csv": GOOD})[:-5], "a.zip: is no sound zip: File is not a zip file"),
        (crowded(packed({"a.csv": GOOD})), "a.zip: is no sound zip: it claims to hold too many"),
        (locked(packed({"a.csv": GOOD})), "a.zip/a.csv: is locked with a password (unpack it)"),
        (packed({"a.csv": GOOD}, zipfile.ZIP_LZMA), "a.zip/a.csv: is packed in an unusual way"),
        (packed({"a.csv": GOOD}, zipfile.ZIP_BZIP2), "a.zip/a.csv: is packed in an unusual way"),
        (packed({"a.csv": ROWS}), "a.zip/a.csv: is packed to less than 1/200 of its size"),
        (damaged(packed({"a.csv": GOOD}, zipfile.ZIP_STORED)), "a.zip/a.csv: is no sound zip: Bad"),
        (packed({"a.csv": GOOD.encode() + b"\xe4"}), "a.zip/a.csv:3:1: is not UTF-8"),
    ],
    ids=[
        *["empty", "head only", "cut off", "crowded", "locked", "LZMA", "BZIP2", "bomb", "damaged"],
        "Latin-1",
    ],
)
def test_a_zip_that_cannot_be_read_is_an_error(read, said, data, said_of):
    """It is told in one line, with the name of the file in it, and what to do."""
    read({"a.zip": data})

    (error,) = said()
    assert error.startswith(f"content/evidence/{said_of}")


def test_all_of_a_zip_together_is_bounded(read, said, monkeypatch):
    """Files that share their bytes, or lie about their size, end where reason ends."""
    monkeypatch.setattr(archives, "LIMIT", 100)

    read({"a.zip": packed({"a.csv": GOOD, "b.csv": GOOD})})

    assert said() == ["content/evidence/a.zip/b.csv: unpacks to more than 100 bytes (split it)"]


def test_no_damage_does_more_than_harm_the_zip(read, report):
    """Whatever bytes are changed, there is an error or a warning, or it did not matter."""
    whole = packed({"a.csv": GOOD * 20, "b/c.csv": QUERIES}, zipfile.ZIP_DEFLATED)
    chance = random.Random(7)  # noqa: S311 (the same damage each time)

    for _ in range(500):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        report.errors.clear()
        report.warnings.clear()

        found = read({"a.zip": bytes(data)})

        assert report.errors or report.warnings or found.report.rows == 39
