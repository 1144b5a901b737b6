"""How the pages in the terminal put figures, dates and scales into words."""

import datetime as dt
from collections.abc import Iterable

from markupsafe import Markup

from comparo.compare.scoring import Rank, points
from comparo.model import Fact, Scale
from comparo.render.theme import Theme, day, number


def plain(text: str) -> str:
    """Take a theme's sentence out of its markup, which only a browser could read."""
    return Markup(text).striptags() if isinstance(text, Markup) else text


def shown(value: float | dt.date) -> str:
    """Show a raw measure."""
    return day(value).striptags() if isinstance(value, dt.date) else number(value)


def share(value: float) -> str:
    """Show a value from 0 to 1 with as many digits as a rank needs to be computed again."""
    return f"{value:.3f}"


def scaled(scale: Scale) -> str:
    """Say by which scale a measure becomes a value from 0 to 1."""
    if scale.kind == "decay":
        return f"halves every {number(scale.half_life)} days"
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


def listed(names: Iterable[str]) -> str:
    """List names as a sentence does: ``one, two and three``."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
