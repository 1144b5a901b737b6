"""All of a product that is the same on each of its pages, drawn once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup, escape

from comparo.cache import digest
from comparo.compare.alignment import Keyring
from comparo.compare.matching import Counts
from comparo.compare.scoring import Rank
from comparo.model import Product
from comparo.render.cells import (
    Cell,
    Source,
    in_order,
    rank_text,
    rows,
    sources_of,
    title_case,
    words_of,
)
from comparo.render.forms import Forms
from comparo.render.theme import whole_points

FROM_A_PAIR = "../../"
"""The way from a pair's page to the root of the site, as from every page that shows its parts."""


Drawn = dict[tuple[object, ...], str]
"""What was drawn once for its owner: by the place in a template, and how a page leads on."""


class Link(NamedTuple):
    """A text that may lead to an address of the site; ``url`` is "" where it leads nowhere."""

    label: str
    url: str = ""
    note: str = ""


class Fragments:
    """The parts of a product that are the same wherever they stand, drawn when first asked for."""

    def __init__(self, entry: "Entry") -> None:
        self._entry = entry
        self._theme = entry.forms.theme
        self.forms = entry.forms

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Give the keys of its column of a table from the top down."""
        return in_order(self._entry.cells, self.components)

    @cached_property
    def components(self) -> tuple[str, ...]:
        """Give the names of the rank's components; all products have the same."""
        return tuple(score.name for score in self._entry.rank.scores)

    @cached_property
    def points(self) -> Mapping[str, int | None]:
        """Give each component in whole points, None where nothing is known."""
        scores = self._entry.rank.scores
        return {s.name: None if s.value is None else whole_points(s.value) for s in scores}

    @cached_property
    def cells(self) -> Mapping[str, tuple[str, str]]:
        """Give its column of a table by key, each cell without and with a word for the better."""
        return {key: self._column(cell) for key, cell in self._entry.cells.items()}

    @cached_property
    def cards(self) -> Mapping[str, Markup]:
        """Give the cards of its capabilities by id."""
        times, likely = self._entry.times, self._entry.likely
        return {
            capability.id: Markup(  # noqa: S704 (drawn by a template, which escapes)
                self._theme.draw(
                    "_capability.html",
                    entry_slug=self._entry.slug,
                    capability=capability,
                    times_matched=times.get(capability.id, 0),
                    likely=likely.get(capability.id),
                )
            )
            for capability in self._entry.product.capabilities
        }

    @cached_property
    def near(self) -> Mapping[str, str]:
        """Give links to its cards on the same page, by id."""
        return self._links("")

    @cached_property
    def far(self) -> Mapping[str, str]:
        """Give links to its cards on the product's page, by id."""
        return self._links(f"{FROM_A_PAIR}{self._entry.url[1:]}")

    @cached_property
    def near_items(self) -> Mapping[str, str]:
        """Give the mentions of its capabilities in a lane that lead to the same page, by id."""
        return {key: self.forms.item.fill(link=link) for key, link in self.near.items()}

    @cached_property
    def far_items(self) -> Mapping[str, str]:
        """Give those that lead to the product's page."""
        return {key: self.forms.item.fill(link=link) for key, link in self.far.items()}

    def capability(self, capability_id: str) -> Markup:
        """Give the ready card of a capability."""
        return self.cards[capability_id]

    def link(self, capability_id: str, *, near: bool) -> str:
        """Give the ready link to a card: near, if it stands on the same page."""
        return (self.near if near else self.far)[capability_id]

    def item(self, capability_id: str, *, near: bool) -> str:
        """Give the ready mention of a capability in a lane."""
        return (self.near_items if near else self.far_items)[capability_id]

    def _links(self, url: str) -> Mapping[str, str]:
        return {
            c.id: self.forms.link.fill(
                url=url, anchor=f"{self._entry.slug}--{c.id}", name=escape(c.name)
            )
            for c in self._entry.product.capabilities
        }

    def _column(self, cell: Cell) -> tuple[str, str]:
        slug = self._entry.slug
        plain = self._theme.draw("_cell.html", cell=cell, slug=slug, better=False)
        if cell.figure is None:
            return plain, plain
        return plain, self._theme.draw("_cell.html", cell=cell, slug=slug, better=True)


@dataclass(frozen=True)
class Entry:
    """A product as pages see it. What follows from its facts is worked out when it is asked for."""

    product: Product
    rank: Rank
    keys: Keyring
    counts: Counts
    forms: Forms = field(repr=False, compare=False)
    drawn: Drawn = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def times_matched(self) -> int | None:
        """Count the searches that it answered; None where the site has no evidence."""
        return self.counts.matched

    @property
    def times(self) -> Mapping[str, int]:
        """Count those that named a capability, by its id."""
        return self.counts.named

    @property
    def likely(self) -> Mapping[str, tuple[int, float]]:
        """Count those that are tied to a capability by their words, and say how surely."""
        return self.counts.likely

    @cached_property
    def key(self) -> bytes:
        """Give a digest of all that the entry is made of."""
        said = self.product, self.rank, [k.keys for k in self.keys]
        counted = *self.counts, self.forms.settled
        logo = self.product.logo.data if self.product.logo else b""
        return digest(repr((said, counted)).encode("utf-8", "surrogatepass"), logo)

    @cached_property
    def fragment(self) -> Fragments:
        """Give the parts that are drawn of it."""
        return Fragments(self)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Give the sources of its figures."""
        return tuple(self._sources.values())

    @cached_property
    def cells(self) -> Mapping[str, Cell]:
        """Give what tables say of it, by the key of the row."""
        return {key: cell for key, _, cell in self._rows}

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Give the labels of these rows."""
        return {key: label for key, label, _ in self._rows}

    @cached_property
    def categories(self) -> tuple[Link, ...]:
        """Give the ways to its categories."""
        return tuple(map(category_link, self.product.categories))

    @cached_property
    def rank_text(self) -> str:
        """Give its rank in words."""
        return rank_text(self.rank, self.forms.theme)

    @property
    def type(self) -> str:
        """Give the product's type in words."""
        return title_case(self.product.type)

    @property
    def pricing(self) -> str:
        """Give its pricing in words."""
        return self.forms.theme.say(f"pricing.{self.product.pricing.model}")

    @cached_property
    def _sources(self) -> Mapping[tuple[str, date | None], Source]:
        return sources_of(self.product)

    @cached_property
    def _rows(self) -> list[tuple[str, str, Cell]]:
        forms = self.forms
        said = rows(
            self.product,
            self.rank,
            self.times_matched,
            forms.settings,
            self._sources,
            forms.theme,
        )
        return list(said)

    @property
    def slug(self) -> str:
        """Give the product's id in addresses."""
        return self.product.slug

    @property
    def name(self) -> str:
        """Give the product's name."""
        return self.product.name

    @property
    def url(self) -> str:
        """Give the address of the product's page."""
        return f"/products/{self.product.slug}/"

    @property
    def logo(self) -> str:
        """Give the address of the product's logo; "" if it has none."""
        return f"{self.url}logo.{self.product.logo.suffix}" if self.product.logo else ""

    @property
    def initials(self) -> str:
        """Give one or two letters to stand where a logo is missing."""
        words = [w for w in self.product.name.split() if w[0].isalnum()] or [self.product.name]
        return "".join(word[0] for word in words[:2]).upper()

    @property
    def summary(self) -> str:
        """Give the sentence that says what the product is; may be ""."""
        return self.product.summary.value if self.product.summary else ""

    @property
    def tags(self) -> tuple[str, ...]:
        """Give the product's tags as words."""
        return tuple(tag.replace("-", " ") for tag in self.product.tags)

    @property
    def price(self) -> str:
        """Give the starting price; "" if none is known."""
        price = self.product.pricing.starting_price
        return price.value.text if price else ""

    @property
    def cost(self) -> str:
        """Give the starting price of what costs from the start, if it is known, else the model."""
        starts_free = self.product.pricing.starts_free
        return self.pricing if starts_free or not self.price else self.price

    @property
    def capability_count(self) -> int:
        """Give the number of capabilities."""
        return len(self.product.capabilities)


def category_link(slug: str) -> Link:
    """Lead to a category's page."""
    return Link(words_of(slug), f"/categories/{slug}/")
