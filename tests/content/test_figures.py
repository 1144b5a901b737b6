"""Counts and days are read as programs write them, and never guessed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparo.content.figures import count_in, day_in

counts = st.integers(0, 10**12)


@given(counts, st.sampled_from([",", ".", " ", "'", "’", "\u00a0", "\u202f"]))
def test_thousands_may_be_parted(count, separator):
    """Any country's way of writing a count gives the count, or nothing where it may be another."""
    written = f"{count:,}".replace(",", separator)

    ambiguous = separator == "." and 1000 <= count < 10**6 and count % 1000 == 0
    assert count_in(written) == (None if ambiguous else count)


@given(counts)
def test_whole_numbers_may_have_places(count):
    """Programs write whole numbers as 12.0, too."""
    assert count_in(f"{count}.0") == count_in(float(count)) == count_in(f" {count}\n") == count


@pytest.mark.parametrize(
    "raw",
    [
        *[
            "",
            "-1",
            "+1",
            "1.5",
            "1,5",
            "1.000",
            "999.000",
            "01,000",
            "1,00",
            "1,000.000",
            "1,000 000",
        ],
        *[
            "1e3",
            "NaN",
            "inf",
            "٣",
            "1_000",
            "9" * 16,
            None,
            [],
            -1,
            1.5,
            float("inf"),
            float("nan"),
        ],
    ],
)
def test_what_is_no_count_is_none(raw):
    """A fraction, a sign, other digits and what may be one of two numbers are no counts."""
    assert count_in(raw) is None


@given(st.dates(dt.date(1000, 1, 1)))
def test_days_may_have_a_time(day):
    """A day stands at the beginning of each timestamp."""
    ways = [str(day), f"{day:%Y%m%d}", f"{day}T23:59:59Z", f"{day} 00:00:00+02:00", f" {day} "]

    assert {day_in(way) for way in ways} == {day}


@pytest.mark.parametrize(
    "raw",
    ["", "2026", "2026-2-3", "2026-0203", "2026-02-30", "1.2.2026", "٢٠٢٦-٠١-٠١", None, 20260101],
)
def test_what_is_no_day_is_none(raw):
    """A day is written in one order only."""
    assert day_in(raw) is None
