"""From files to "a pure function from URL to bytes"."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from comparo.compare.alignment import keyed, synonym_index
from comparo.compare.matching import MatchGraph, match
from comparo.compare.pairing import Pair, pair_up
from comparo.compare.scoring import Rank, score_all
from comparo.content.ledger import EvidenceReport
from comparo.content.loading import Progress, load_content, newest_date
from comparo.errors import ContentError, Problem, UsageError
from comparo.model import Content
from comparo.render.entries import Entry, draw_entries
from comparo.render.frame import Page
from comparo.render.keys import Keys
from comparo.render.layout import lay_out
from comparo.render.theme import Theme, open_theme
from comparo.texts import is_home


@dataclass(frozen=True, slots=True)
class Site:
    """A site that is read, compared and laid out: every page by its URL."""

    pages: Mapping[str, Page]
    theme: Theme
    keys: Keys
    content: Content
    ranks: Mapping[str, Rank]
    pairs: tuple[Pair, ...]
    graph: MatchGraph
    entries: Mapping[str, Entry]
    as_of: dt.date | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    evidence: EvidenceReport = field(default_factory=EvidenceReport)

    def key(self, url: str) -> bytes:
        """Give a digest of all that a page is made of: while it is the same, so is the page."""
        return self.keys.of(self.pages[url])

    def render(self, url: str) -> bytes:
        """Give the bytes of one page. Nothing but the content and the theme decides them."""
        return self.pages[url].render(self.theme)


def open_site(
    root: Path,
    *,
    base_url: str | None = None,
    as_of: dt.date | None = None,
    keep_going: bool = False,
    strict: bool = False,
    progress: Progress = lambda _done, _all: None,
) -> Site:
    """Read, compare and lay out every page; write nothing.

    Raises ContentError with all that is wrong, unless ``keep_going`` leaves it out. ``strict``
    takes warnings for errors.
    """
    loaded = load_content(root, progress, as_of=as_of)
    problems = sorted((*loaded.problems, *loaded.warnings)) if strict else loaded.problems
    if problems and not keep_going:
        raise ContentError(*problems, warnings=() if strict else loaded.warnings)
    content = loaded.content
    if base_url is not None:
        settings = replace(content.settings, base_url=_home(base_url))
        content = replace(content, settings=settings)
    as_of = as_of or newest_date(content)

    synonyms = synonym_index(content.topics)
    keys = {product.slug: keyed(product.capabilities, synonyms) for product in content.products}
    graph = match(content.searches, content.products, keys, content.topics)
    ranks = score_all(content.products, graph, content.settings.rank, as_of)
    pairs = pair_up(
        content.products, ranks, graph, keys, content.settings.pairs, content.editorials
    )

    theme = open_theme(root, content.settings.theme)
    entries = draw_entries(content.products, ranks, keys, graph, content.settings, theme)
    pages = lay_out(content, pairs, graph, entries, theme, as_of)
    return Site(
        {page.url: page for page in pages},
        theme,
        Keys(theme),
        content,
        ranks,
        pairs,
        graph,
        entries,
        as_of,
        problems=tuple(problems),
        warnings=() if strict else loaded.warnings,
        evidence=loaded.evidence,
    )


def _home(base_url: str) -> str:
    if base_url and not is_home(base_url):
        raise UsageError(
            f"--base-url {base_url}: must be the http(s) address of the home page, such as"
            " https://example.org/tools"
        )
    return base_url.rstrip("/")
