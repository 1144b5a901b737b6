"""Pages about products: one product, its alternatives, all of them, those of a category."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from comparo.compare.scoring import completeness
from comparo.render import sections, wording
from comparo.render.cells import Cell, signal_label
from comparo.render.entries import Entry, Link
from comparo.render.frame import Head, draw_page
from comparo.render.metadata import SiteView
from comparo.render.needs import Need
from comparo.render.searches import ProductSearches
from comparo.render.theme import Theme
from comparo.render.ways import PairLink, PairLinks


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One fact or capability of a category's products, side by side."""

    label: str
    cells: tuple[Cell, ...]


class ProductPage(NamedTuple):
    """``/products/<slug>/``."""

    site: SiteView
    entry: Entry
    comparisons: PairLinks
    searches: ProductSearches

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
            headline=wording.place(entry, theme),
            facts=sections.facts(entry, theme),
            scores=entry.rank.scores,
            searches=self.searches,
            called={c.id: c.name for c in entry.product.capabilities},
            measure_label=lambda name: signal_label(name, theme),
            completeness=completeness(entry.product),
            comparisons=self.comparisons.asked_first().links,
            about=Markup(about.html) if about else "",  # noqa: S704 (from Markdown, made safe)
            alternatives_url=f"/alternatives/{entry.slug}/",
        )


class AlternativesPage(NamedTuple):
    """``/alternatives/<slug>/``."""

    site: SiteView
    entry: Entry
    alternatives: PairLinks

    @property
    def url(self) -> str:
        """Give the address."""
        return f"/alternatives/{self.entry.slug}/"

    @property
    def noindex(self) -> bool:
        """Tell whether the page has nothing to offer to who searches."""
        return not self.alternatives.pairs

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
        values = {"entry": self.entry, "alternatives": self.alternatives.links}
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
            theme.say("title.category", label=label),
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
            having = {member.entry.slug for member in need.members}
            cells = tuple(has if e.slug in having else nothing for e in self.columns)
            rows.append(MatrixRow(need.label, cells))
        return [row for row in rows if any(cell.known for cell in row.cells)]


def best_first(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Order products by rank, the unrated last, equals by name."""
    return tuple(
        sorted(entries, key=lambda e: (not e.rank.rated, -(e.rank.value or 0), e.name, e.slug))
    )
