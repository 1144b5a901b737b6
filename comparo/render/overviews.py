"""Pages about the whole site: home, methodology, written pages, 404."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from comparo.compare.pairing import Pair
from comparo.compare.scoring import Rank
from comparo.model import EvidenceSettings, ExtraPage, PairSettings, RankSettings
from comparo.render.entries import Entry
from comparo.render.frame import Head, draw_page
from comparo.render.metadata import SiteView
from comparo.render.theme import Theme
from comparo.render.ways import PairLink

FEATURED = 12
"""How many comparisons the home page shows."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a site knows."""

    products: int
    pairs: int
    capabilities: int
    searches: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A category as the home page shows it."""

    label: str
    url: str
    count: int
    top: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    """``/``."""

    site: SiteView
    counts: Counts
    categories: tuple[Listed, ...]
    top: tuple[Entry, ...]
    newest: tuple[tuple[Entry, date], ...]
    comparisons: tuple[PairLink, ...]
    url: str = "/"

    def render(self, theme: Theme) -> bytes:
        """Draw what the site compares."""
        counts = self.counts
        brief = theme.say("description.home", products=counts.products, pairs=counts.pairs)
        head = Head(self.url, self.site.title, self.site.description or brief)
        return draw_page(
            theme,
            self.site,
            head,
            "home.html",
            counts=self.counts,
            categories=self.categories,
            top=self.top,
            newest=self.newest,
            comparisons=self.comparisons,
        )


@dataclass(frozen=True, slots=True)
class MethodologyPage:
    """``/methodology/``: how figures are made, from the settings in force."""

    site: SiteView
    rank: RankSettings
    pairs: PairSettings
    in_use: frozenset[str]
    types: tuple[tuple[str, str], ...]
    counts: Counts
    has_evidence: bool
    evidence: EvidenceSettings
    url: str = "/methodology/"

    def render(self, theme: Theme) -> bytes:
        """Draw the formula, the components with their weights and scales, and the rules."""
        components = sorted(self.rank.components, key=lambda c: c.name not in self.in_use)
        head = Head(self.url, theme.say("title.methodology"), theme.say("description.methodology"))
        return draw_page(
            theme,
            self.site,
            head,
            "methodology.html",
            rank=self.rank,
            components=components,
            in_use=self.in_use,
            types=[
                (label, [self.rank.weight(c, name) for c in components])
                for name, label in self.types
            ],
            pairs=self.pairs,
            counts=self.counts,
            has_evidence=self.has_evidence,
            evidence=self.evidence,
        )


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A page that an editor wrote, such as ``/about/``."""

    site: SiteView
    page: ExtraPage

    @property
    def url(self) -> str:
        """Give the address."""
        return f"/{self.page.slug}/"

    def render(self, theme: Theme) -> bytes:
        """Draw the words in the site's frame."""
        body = Markup(self.page.body.html)  # noqa: S704 (from Markdown, made safe)
        head = Head(self.url, self.page.title, self.page.description)
        return draw_page(theme, self.site, head, "page.html", body=body)


@dataclass(frozen=True, slots=True)
class NotFoundPage:
    """``/404.html``: what a host shows for an address that is none."""

    site: SiteView
    url: str = "/404.html"
    noindex: bool = True

    def render(self, theme: Theme) -> bytes:
        """Draw the page."""
        head = Head(
            self.url, theme.say("title.not_found"), theme.say("not_found.text"), noindex=True
        )
        return draw_page(theme, self.site, head, "404.html")


def newest(ranked: Iterable[Entry]) -> tuple[tuple[Entry, date], ...]:
    """Give the products that were released last."""
    dated = [(entry, entry.product.released.value) for entry in ranked if entry.product.released]
    return tuple(sorted(dated, key=lambda pair: pair[1], reverse=True)[:10])


def featured(pairs: Iterable[Pair], known: Mapping[str, Rank]) -> Iterator[Pair]:
    """Choose pairs for the home page: those asked for, like with like, the best ranked first."""

    def standing(pair: Pair) -> tuple[int, bool, float]:
        ranks = [known[slug] for slug in pair.slugs]
        worth = sum(r.value or 0 for r in ranks if r.rated)
        return -pair.asked, not pair.categories, -worth

    seen: dict[str, int] = defaultdict(int)
    chosen = 0
    for pair in sorted(pairs, key=standing):
        if chosen < FEATURED and max(seen[pair.a], seen[pair.b]) < 2:
            chosen += 1
            seen[pair.a] += 1
            seen[pair.b] += 1
            yield pair
