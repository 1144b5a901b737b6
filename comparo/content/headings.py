"""What the columns of a table of evidence are called, by us and by Google Search Console."""

import re
from collections.abc import Iterable, Mapping

from comparo.content.ledger import ColumnsError, IncompleteError

NAMES = {
    "query": ("query", "top queries"),
    "product": ("product",),
    "page": ("page", "top pages", "url", "landing page"),
    "capability": ("capability",),
    "count": ("count",),
    "clicks": ("clicks", "url clicks"),
    "date": ("date", "data date"),
    "anonymous": ("is anonymized query",),
}
"""What a row may say, and the names of the column: ours, then those of Search Console's ways out.

These are the web interface, the API, Looker Studio and the bulk export to BigQuery.
"""

COLUMNS = tuple(NAMES)

_KNOWN = frozenset(name for names in NAMES.values() for name in names)


def places_of(headings: Iterable[str], file: str = "", line: int = 0) -> Mapping[str, int]:
    """Tell where the columns that matter stand in a table; refuse one that lacks what is needed."""
    names: dict[str, int] = {}
    for place, heading in enumerate(headings):
        names.setdefault(_plain(heading), place)
    found: dict[str, int] = {}
    for column, known in NAMES.items():
        name = next((name for name in known if name in names), None)
        if name is not None:
            found[column] = names[name]
    if "query" not in found or not found.keys() & {"product", "page"}:
        if "ctr" in names or file in ("Queries.csv", "Pages.csv"):
            raise IncompleteError(
                "is a Search Console export that does not say which page answered which query",
                "export both together: by the API, Looker Studio or the bulk export to BigQuery",
                line,
            )
        raise ColumnsError("must name the columns query and product, or query and page", line=line)
    if "impressions" in names and not found.keys() & {"count", "clicks"}:
        raise IncompleteError("counts impressions, but no clicks", "export the clicks too", line)
    return found


def is_known(heading: str) -> bool:
    """Tell whether a column is one that may be read."""
    return _plain(heading) in _KNOWN


def named_twice(headings: Iterable[str]) -> str:
    """Give a heading that stands twice and may be read; of such columns the first one counts."""
    names = [name for name in map(_plain, headings) if name in _KNOWN]
    return next((name for name in names if names.count(name) > 1), "")


def _plain(heading: str) -> str:
    """Fold what differs between ways out: ``data_date`` is ``Data date``."""
    return re.sub(r"[\s_]+", " ", heading.strip().casefold())
