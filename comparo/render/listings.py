"""Every HTML page but the comparison: a product, its alternatives, lists, methodology, home."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from comparo.compare.scoring import completeness
from comparo.model import ExtraPage, PairSettings, RankSettings
from comparo.render import sections
from comparo.render.entries import Cell, Entry, Link, signal_label
from comparo.render.html import Head, draw_page
from comparo.render.metadata import SiteView
from comparo.render.pages import PairLink
from comparo.render.theme import Theme


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
class MatrixRow:
    """One fact or capability of a category's products, side by side."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """A topic and the products that meet it, each with what it calls it and the card's anchor."""

    label: str
    slug: str
    products: tuple[tuple[str, Entry, str], ...]


@dataclass(frozen=True, slots=True)
class ProductPage:
    """``/products/<slug>/``."""

    site: SiteView
    entry: Entry
    comparisons: tuple[PairLink, ...]

    @property
    def url(self) -> str:
        """Give the address."""
        return self.entry.url

    def render(self, theme: Theme) -> bytes:
        """Draw the facts, the score with its working, the capabilities and the comparisons."""
        entry = self.entry
        crumbs = (Link(theme.say("site.products"), "/products/"), *entry.categories[:1])
        description = entry.summary or theme.say("description.product", name=entry.name)
        about = entry.product.about
        return draw_page(
            theme,
            self.site,
            Head(self.url, entry.name, description, crumbs, about=(entry,)),
            "product.html",
            entry=entry,
            headline=self._headline(theme),
            facts=sections.facts(entry, theme),
            scores=entry.rank.scores,
            measure_label=lambda name: signal_label(name, theme),
            completeness=completeness(entry.product),
            comparisons=self.comparisons,
            about=Markup(about.html) if about else "",  # noqa: S704 (from Markdown, made safe)
            alternatives_url=f"/alternatives/{entry.slug}/",
        )

    def _headline(self, theme: Theme) -> str:
        rank = self.entry.rank
        if rank.rated:
            return theme.say("headline.product", name=self.entry.name, rank=rank.shown)
        return theme.say(
            "headline.unrated_one",
            name=self.entry.name,
            percent=int(100 * rank.coverage + 0.5),
            label=self.site.rank_label,
        )


@dataclass(frozen=True, slots=True)
class AlternativesPage:
    """``/alternatives/<slug>/``."""

    site: SiteView
    entry: Entry
    alternatives: tuple[PairLink, ...]

    @property
    def url(self) -> str:
        """Give the address."""
        return f"/alternatives/{self.entry.slug}/"

    @property
    def noindex(self) -> bool:
        """Tell whether the page has nothing to offer to who searches."""
        return not self.alternatives

    def render(self, theme: Theme) -> bytes:
        """Draw the list."""
        name = self.entry.name
        head = Head(
            self.url,
            theme.say("title.alternatives", name=name),
            theme.say("description.alternatives", name=name),
            (Link(theme.say("site.products"), "/products/"), Link(name, self.entry.url)),
            noindex=self.noindex,
        )
        values = {"entry": self.entry, "alternatives": self.alternatives}
        return draw_page(theme, self.site, head, "alternatives.html", **values)


@dataclass(frozen=True, slots=True)
class ProductsPage:
    """``/products/``."""

    site: SiteView
    entries: tuple[Entry, ...]
    url: str = "/products/"

    def render(self, theme: Theme) -> bytes:
        """Draw the list."""
        head = Head(self.url, theme.say("title.products"), theme.say("description.products"))
        return draw_page(theme, self.site, head, "products.html", entries=self.entries)


@dataclass(frozen=True, slots=True)
class CategoryPage:
    """``/categories/<slug>/``."""

    site: SiteView
    category: Link
    entries: tuple[Entry, ...]
    columns: tuple[Entry, ...]
    needs: tuple[Need, ...]
    comparisons: tuple[PairLink, ...]

    @property
    def url(self) -> str:
        """Give the address."""
        return self.category.url

    def render(self, theme: Theme) -> bytes:
        """Draw the ranking and the matrix of the best ranked."""
        label = self.category.label
        head = Head(
            self.url,
            label,
            theme.say("description.category", label=label),
            (Link(theme.say("site.products"), "/products/"),),
        )
        return draw_page(
            theme,
            self.site,
            head,
            "category.html",
            label=label,
            entries=self.entries,
            columns=self.columns,
            matrix=self._matrix(theme),
            comparisons=self.comparisons,
        )

    def _matrix(self, theme: Theme) -> list[MatrixRow]:
        if len(self.columns) < 2:
            return []
        nothing = Cell(theme.say("cell.none"), known=False)
        has = Cell(theme.say("cell.yes"))
        rows = [
            MatrixRow(label, tuple(entry.cells.get(key, nothing) for entry in self.columns))
            for key, label in sections.labels(self.columns)
        ]
        for need in self.needs:
            having = {entry.slug for _, entry, _ in need.products}
            cells = tuple(has if e.slug in having else nothing for e in self.columns)
            rows.append(MatrixRow(need.label, cells))
        return [row for row in rows if any(cell.known for cell in row.cells)]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """``/search/``: what people need, as an index of topics."""

    site: SiteView
    topics: tuple[Need, ...]
    rest: tuple[Link, ...]
    url: str = "/search/"

    def render(self, theme: Theme) -> bytes:
        """Draw the index."""
        head = Head(self.url, theme.say("title.search"), theme.say("description.search"))
        values = {"topics": self.topics, "rest": self.rest}
        return draw_page(theme, self.site, head, "search.html", **values)


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
    fingerprint: str
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
            fingerprint=self.fingerprint,
        )


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
        head = Head(self.url, self.site.title, self.site.description)
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
        head = Head(self.url, theme.say("title.not_found"), noindex=True)
        return draw_page(theme, self.site, head, "404.html")


def best_first(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Order products by rank, the unrated last, equals by name."""
    return tuple(
        sorted(entries, key=lambda e: (not e.rank.rated, -(e.rank.value or 0), e.name, e.slug))
    )
