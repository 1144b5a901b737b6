"""How pages in the terminal put figures, dates and scales into words."""

import datetime as dt
from collections.abc import Sequence

from markupsafe import Markup

from comparo.compare.scoring import Measure, Rank, points
from comparo.render.theme import Theme, day, number


def plain(sentence: str) -> str:
    """Give a theme's sentence as text: a date in it brings the markup that a browser reads."""
    return sentence.striptags() if isinstance(sentence, Markup) else sentence


def shown(value: float | dt.date) -> str:
    """Show a raw measure."""
    return day(value).striptags() if isinstance(value, dt.date) else number(value)


def trimmed(value: float) -> str:
    """Show a value from 0 to 1 as it stands in a formula: ``0.952``, ``0.5``, ``1``."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def scaled(measure: Measure, as_of: dt.date | None) -> str:
    """Say by which scale a measure becomes a value from 0 to 1."""
    scale = measure.scale
    if isinstance(measure.value, dt.date):
        age = max(0, (as_of - measure.value).days) if as_of else 0
        days = f"{age:,} day{'' if age == 1 else 's'}"
        return f"{days} old, half-life {number(scale.half_life)} days"
    kind = "logarithmic" if scale.kind == "log" else "linear"
    return f"{kind} from {number(scale.low)} to {number(scale.high)}"


def reach(rank: Rank, theme: Theme) -> str:
    """Say how far a rank could move with what is unknown, as the site's pages do."""
    ends = {"low": points(rank.low), "high": points(rank.high)}
    if rank.declared:
        return theme.say("score.declared")
    if not rank.rated:
        return theme.say("score.unrated", **ends)
    return theme.say("score.range", **ends) if rank.unknown else theme.say("score.exact")


def listed(names: Sequence[str]) -> str:
    """List names as a sentence does.

    >>> listed(["one", "two", "three"])
    'one, two and three'
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def ends(rank: Rank, theme: Theme) -> str:
    """Say in short how far a rank could move."""
    if rank.declared:
        return theme.say("component.declared")
    return f"{points(rank.low)} to {points(rank.high)}" if rank.unknown else ""
