"""Counts and days as programs and spreadsheets write them."""

import datetime as dt
import re

_COUNT = re.compile(r"([0-9]{1,15})(\.0{1,2}|\.0{4,15})?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([,.'’ \u00a0\u202f])[0-9]{3}(\1[0-9]{3}){0,3}")
_DAY = re.compile(r"([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})([T ].{0,30})?")


def count_in(raw: object) -> int | None:
    """Read a count; None where there is none, or where it may be one of two.

    >>> count_in("1234"), count_in("1,234"), count_in("12.0"), count_in(12.0)
    (1234, 1234, 12, 12)
    >>> count_in("1.5"), count_in("-3"), count_in("1.000")  # a thousand, or one to three places?
    (None, None, None)
    """
    if isinstance(raw, float):
        return int(raw) if 0 <= raw < 1e15 and raw.is_integer() else None
    if isinstance(raw, int):
        return raw if 0 <= raw < 10**15 else None
    text = raw.strip() if isinstance(raw, str) else ""
    plain = _COUNT.fullmatch(text)
    if plain:
        return int(plain[1])
    grouped = _GROUPED.fullmatch(text)
    if not grouped or (grouped[1] == "." and len(text) < 8 and text.endswith(".000")):
        return None
    return int(text.replace(grouped[1], ""))


def day_in(raw: object) -> dt.date | None:
    """Read a day; the time of a timestamp is left out.

    >>> day_in("2026-01-31T12:00:00Z") == day_in("20260131") == day_in(" 2026-01-31 ")
    True
    >>> day_in("31.1.2026") is day_in("2026-02-30") is None
    True
    """
    found = _DAY.fullmatch(raw.strip()) if isinstance(raw, str) else None
    try:
        return dt.date(int(found[1]), int(found[3]), int(found[4])) if found else None
    except ValueError:
        return None
