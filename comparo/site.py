"""From files to "a pure function from URL to bytes"."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from comparo.compare.alignment import Keyring, keyed, synonym_index
from comparo.compare.kinship import by_standing, kin_of
from comparo.compare.matching import MatchGraph, match
from comparo.compare.pairing import Pair, pair_up
from comparo.compare.scoring import Rank, score_all
from comparo.content.catalogue import Progress
from comparo.content.ledger import EvidenceReport
from comparo.content.loading import load_content, newest_date
from comparo.errors import ContentError, Problem, UsageError
from comparo.held import Held
from comparo.model import Content, Product
from comparo.render.entries import Entry
from comparo.render.forms import Forms
from comparo.render.keys import PageKeys
from comparo.render.layout import Layout
from comparo.render.links import Pairs
from comparo.render.metadata import SiteView, site_view
from comparo.render.shelves import Pages
from comparo.render.theme import Theme, open_theme
from comparo.texts import is_home


@dataclass(frozen=True, slots=True)
class Site:
    """A site that is read, compared and laid out: every page by its URL."""

    pages: Pages
    theme: Theme
    keys: PageKeys
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
    held: Held | None = None,
    jobs: int = 1,
) -> Site:
    """Read, compare and lay out every page; write nothing.

    What is ``held`` from the last time is made again only where it changed. Raises ContentError
    with all that is wrong, unless ``keep_going`` leaves it out. ``strict`` takes warnings for
    errors. Up to so many processes read (``jobs``).
    """
    held = held or Held()
    loaded = load_content(root, progress, as_of=as_of, memory=held.content, jobs=jobs)
    problems = sorted((*loaded.problems, *loaded.warnings)) if strict else loaded.problems
    if problems and not keep_going:
        raise ContentError(*problems, warnings=() if strict else loaded.warnings)
    content = loaded.content
    if base_url is not None:
        settings = replace(content.settings, base_url=_home(base_url))
        content = replace(content, settings=settings)
    as_of = as_of or newest_date(content)

    keys, graph = _matched(content, held)
    ranks = _ranked(content, graph, as_of, held)
    pairs = _paired(content, keys, graph, ranks, held)

    opened = open_theme(root, content.settings.theme)
    theme = held.made("theme", (opened.name, opened.key), lambda: opened)
    seen = site_view(content, as_of, evidence=graph.has_evidence)
    view = held.made("view", (theme, seen), lambda: seen)  # it keeps what the theme drew of it
    entries = _entered(content, keys, graph, ranks, theme, view, held)
    return Site(
        Layout(content, pairs, graph, entries, theme, view, held).pages(),
        theme,
        held.made("page keys", theme, lambda: PageKeys(theme, kept=held.lasting)),
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


def _matched(content: Content, held: Held) -> tuple[dict[str, Keyring], MatchGraph]:
    """Work out what capabilities are aligned by, and what searches they answered."""
    products = {product.slug: product for product in content.products}
    synonyms = held.made("synonyms", content.topics, lambda: synonym_index(content.topics))
    keys = held.each(
        "keys",
        {slug: (product.capabilities, synonyms) for slug, product in products.items()},
        lambda slug: keyed(products[slug].capabilities, synonyms),
    )
    called = held.each("called", products, lambda slug: _called(products[slug]))
    graph = held.made(
        "graph",
        (content.searches, content.topics, called),
        lambda: match(content.searches, content.products, keys, content.topics),
    )
    return keys, graph


def _called(product: Product) -> tuple[object, ...]:
    """Give all that a search can name of a product."""
    return product.name, [(c.id, c.name, c.topic, c.intents) for c in product.capabilities]


def _ranked(
    content: Content, graph: MatchGraph, as_of: dt.date | None, held: Held
) -> dict[str, Rank]:
    measured = [(p.slug, p.type, p.rank, p.scores, p.signals, p.released) for p in content.products]
    return held.made(
        "ranks",
        (measured, graph, content.settings.rank, as_of),
        lambda: score_all(content.products, graph, content.settings.rank, as_of),
    )


def _paired(
    content: Content,
    keys: Mapping[str, Keyring],
    graph: MatchGraph,
    ranks: Mapping[str, Rank],
    held: Held,
) -> Pairs:
    products = {product.slug: product for product in content.products}
    queries = held.made(
        "queries", (graph, [*keys]), lambda: {s: frozenset(graph.intents_of(s)) for s in keys}
    )
    kin = held.each(
        "kin",
        {slug: (product, keys[slug], queries[slug]) for slug, product in products.items()},
        lambda slug: kin_of(products[slug], keys[slug], queries[slug]),
    )
    given = (
        by_standing(kin.values(), ranks),
        graph.times_asked,
        content.settings.pairs,
        [(editorial.a, editorial.b) for editorial in content.editorials],
    )
    return held.made("pairs", given, lambda: Pairs(pair_up(*given)))


def _entered(
    content: Content,
    keys: Mapping[str, Keyring],
    graph: MatchGraph,
    ranks: Mapping[str, Rank],
    theme: Theme,
    view: SiteView,
    held: Held,
) -> dict[str, Entry]:
    """See each product as pages do."""
    forms = Forms(theme, content.settings)
    forms = held.made("forms", (theme, forms.settled, view), lambda: forms)
    counts = held.made("counts", (graph, [*keys]), lambda: {s: graph.counts(s) for s in keys})
    given = {p.slug: (p, ranks[p.slug], keys[p.slug], counts[p.slug]) for p in content.products}
    shown = {slug: (*each, forms) for slug, each in given.items()}
    return held.each("entries", shown, lambda slug: Entry(*shown[slug]))


def _home(base_url: str) -> str:
    if base_url and not is_home(base_url):
        raise UsageError(
            f"--base-url {base_url}: must be the http(s) address of the home page, such as"
            " https://example.org/tools"
        )
    return base_url.rstrip("/")
