"""``/search/``: what people need, to be searched, or browsed as an index of topics."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comparo.model import Pricing
from comparo.render.entries import Link, category_link
from comparo.render.frame import Head, draw_page
from comparo.render.lexicon import STARTING
from comparo.render.metadata import SiteView
from comparo.render.needs import MEMBERS, Need
from comparo.render.theme import Theme

PER_PAGE = 200
"""How many needs a page of the index lists, and how many that one product alone meets."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """``/search/``: the search, and the first page of the index.

    ``alone`` are needs that one product meets, of which there are ``more`` than it lists.
    """

    site: SiteView
    needs: tuple[Need, ...]
    parts: tuple[Link, ...]
    alone: tuple[Need, ...]
    more: int
    categories: tuple[tuple[str, str], ...]
    prices: tuple[str, ...]
    searched: bool
    url: str = "/search/"

    def render(self, theme: Theme) -> bytes:
        """Draw the search and the index."""
        head = Head(self.url, theme.say("title.search"), theme.say("description.search"))
        return draw_page(
            theme,
            self.site,
            head,
            "search.html",
            needs=self.needs,
            parts=self.parts,
            members=MEMBERS,
            alone=self.alone,
            more=self.more,
            categories=self.categories,
            prices=self.prices,
            searched=self.searched,
        )


@dataclass(frozen=True, slots=True)
class TopicsPage:
    """``/search/topics/2/``, and so on: a further page of the index."""

    site: SiteView
    number: int
    needs: tuple[Need, ...]
    parts: tuple[Link, ...]

    @property
    def url(self) -> str:
        """Give the address."""
        return _part_url(self.number)

    def render(self, theme: Theme) -> bytes:
        """Draw a part of the index."""
        first, last = self.needs[0].label, self.needs[-1].label
        head = Head(
            self.url,
            theme.say("title.topics", number=self.number, first=first, last=last),
            theme.say("description.topics", number=self.number, first=first, last=last),
            (Link(theme.say("title.search"), "/search/"),),
        )
        values = {"needs": self.needs, "parts": self.parts, "members": MEMBERS}
        return draw_page(theme, self.site, head, "topics.html", **values)


@dataclass(frozen=True, slots=True)
class NeedPage:
    """``/search/<need>/``: everything that meets a need which many products meet."""

    site: SiteView
    need: Need

    @property
    def url(self) -> str:
        """Give the address."""
        return self.need.url

    def render(self, theme: Theme) -> bytes:
        """Draw the list."""
        said = {"label": self.need.label, "products": self.need.breadth}
        head = Head(
            self.url,
            theme.say("title.need", **said),
            theme.say("description.need", **said),
            (Link(theme.say("title.search"), "/search/"),),
        )
        return draw_page(theme, self.site, head, "need.html", need=self.need)


def search_pages(
    site: SiteView, needs: Sequence[Need]
) -> Iterator[SearchPage | TopicsPage | NeedPage]:
    """Give the pages of the index, and one for each need that has too many members for it."""
    shared = tuple(need for need in needs if need.breadth > 1)
    alone = tuple(need for need in needs if need.breadth == 1)
    cuts = [shared[start : start + PER_PAGE] for start in range(0, len(shared), PER_PAGE)]
    parts = tuple(
        Link(f"{_first_word(cut[0])} – {_first_word(cut[-1])}", _part_url(number))
        for number, cut in enumerate(cuts, 1)
    )
    products = {m.entry.slug: m.entry.product for need in needs for m in need.members}.values()
    yield SearchPage(
        site,
        shared[:PER_PAGE],
        parts,
        alone[:PER_PAGE],
        len(alone[PER_PAGE:]),
        tuple(
            (slug, category_link(slug).label)
            for slug in sorted({slug for product in products for slug in product.categories})
        ),
        _prices([product.pricing for product in products]),
        any(need.demand for need in needs),
    )
    for number, cut in enumerate(cuts[1:], 2):
        yield TopicsPage(site, number, cut, parts)
    for need in needs:
        if need.url:
            yield NeedPage(site, need)


def _prices(pricings: Sequence[Pricing]) -> tuple[str, ...]:
    """Give the prices to choose from, first what holds all that one can begin with for nothing."""
    starting = {pricing.model for pricing in pricings if pricing.starts_free}
    first = (STARTING,) if len(starting) > 1 else ()
    return (*first, *sorted({pricing.model for pricing in pricings}))


def _part_url(number: int) -> str:
    return "/search/" if number == 1 else f"/search/topics/{number}/"


def _first_word(need: Need) -> str:
    return need.label.partition(" ")[0]
