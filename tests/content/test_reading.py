"""A reading goes from one process to another, or from one day to the next, and loses nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparo.content.reading import ODD, Reading, kind_of, pack, read_anew, unpack, unstamped
from comparo.content.witness import Seen
from comparo.errors import Place, Problem

TEXTS = kind_of(tuple[str, ...])

NUMBER = pack(Reading(1, b"", Seen(), kind=kind_of(int)))

ANY_TEXT = st.text(st.characters())
PROBLEMS = st.builds(
    Problem,
    st.builds(Place, st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 9)),
    ANY_TEXT,
    ANY_TEXT,
)
READINGS = st.builds(
    Reading,
    st.none() | st.lists(st.text(st.characters(exclude_categories=["Cs"]))).map(tuple),
    st.binary(),
    st.builds(
        Seen,
        st.dictionaries(st.sampled_from(["read a", "holds b"]), st.binary()),
        st.dictionaries(st.just("a"), st.just(()) | st.just((1, 2**62))),
    ),
    st.lists(PROBLEMS).map(tuple),
    st.lists(PROBLEMS).map(tuple),
    st.just(TEXTS),
)


@given(READINGS)
def test_any_reading_comes_back(reading):
    """Values and problems are as they were, even where a message quotes what no text can hold."""
    assert unpack(pack(reading), TEXTS) == reading


@given(READINGS)
def test_another_day_s_files_must_be_looked_at(reading):
    """What is kept for another day knows which files it is about, and none of their stamps."""
    kept = unstamped(reading)

    assert kept.seen.answers == reading.seen.answers
    assert kept.seen.stamps.keys() == reading.seen.stamps.keys()
    assert not any(kept.seen.stamps.values())


@pytest.mark.parametrize("data", [b"", b"\x90", b"\x91" * 100_000, NUMBER])
def test_what_was_no_reading_is_refused(data):
    """Bytes that stand for something else are not taken for anything."""
    with pytest.raises(ODD):
        unpack(data, TEXTS)


def test_a_reading_tells_what_was_looked_at_and_found(files, write, report):
    """Problems go to the reading, and to a report only when it is told."""
    path = write("a.md", "A")

    def read(files):
        files.report.warn(files.place(path, 1), "is odd")
        return files.text(path)

    reading = read_anew(files, read, b"given", None)

    assert (reading.value, reading.given) == ("A", b"given")
    assert list(reading.seen.answers) == ["read a.md"]
    assert report.warnings == []
    reading.tell(report)
    assert list(map(str, report.warnings)) == ["a.md:1: is odd"]
