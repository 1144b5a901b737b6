"""How often a product was the answer to each search, and when last."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from comparo.model import Search

NEVER = dt.date.min
"""Stands for the day of what has none, so that any day is newer."""

ALONE_DAYS = 180
"""A date so much later than all others is a slip of the pen."""


@dataclass(slots=True)
class Count:
    """How often, when last, and when last before that day."""

    number: int = 0
    newest: dt.date = NEVER
    before: dt.date = NEVER


@dataclass(slots=True)
class Answer:
    """What answered searches: a product, one of its capabilities, or the page of a pair."""

    slugs: tuple[str, ...]
    capability: str = ""
    counts: dict[str, Count] = field(default_factory=dict)
    anonymous: Count = field(default_factory=Count)
    beyond: Count = field(default_factory=Count)

    def searches(self) -> Iterator[Search]:
        """Give what was counted; what was not kept in words is one search without any."""
        wordless = Count(
            self.anonymous.number + self.beyond.number,
            max(self.anonymous.newest, self.beyond.newest),
        )
        product, other = (*self.slugs, "")[:2]
        for query, count in (*self.counts.items(), ("", wordless)):
            if count.number:
                day = None if count.newest == NEVER else count.newest
                yield Search(query, product, self.capability, count.number, day, other)


def newest_but_slip(counts: Iterable[Count], rest: dt.date) -> tuple[dt.date, dt.date | None]:
    """Give the newest day that can be trusted, and the newer one that is a slip of the pen.

    A slip lies long after all other days, those of the ``rest`` of the content among them; where
    there are no others, nobody can tell.
    """
    days = {day for count in counts for day in (count.newest, count.before)}
    newest = max(days, default=NEVER)
    before = max(days - {newest} | {rest})
    if before == NEVER or (newest - before).days <= ALONE_DAYS:
        return newest, None
    return before, newest
