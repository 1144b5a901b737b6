"""A day is trusted where another is near, before or after it."""

import datetime as dt

import pytest

from comparo.content.counts import NEVER, Count, newest_but_slip

DAY = dt.date(2026, 1, 1)
FAR = dt.date(2206, 1, 1)


@pytest.mark.parametrize(
    ("counts", "rest", "found"),
    [
        ([Count(1, FAR), Count(1, DAY)], NEVER, (DAY, FAR)),
        ([Count(2, FAR, DAY)], NEVER, (DAY, FAR)),
        ([Count(1, FAR)], DAY, (DAY, FAR)),
        ([Count(1, FAR), Count(1, DAY)], FAR, (FAR, None)),
        ([Count(1, DAY)], FAR, (DAY, None)),
        ([Count(1, FAR)], NEVER, (FAR, None)),
        ([], DAY, (NEVER, None)),
        ([], NEVER, (NEVER, None)),
    ],
)
def test_a_day_long_after_all_others_is_a_slip(counts, rest, found):
    """The others are those of the evidence and the newest one of the rest of the content."""
    assert newest_but_slip(counts, rest) == found
