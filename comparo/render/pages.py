"""The comparison of two products: all that its page may know, and its bytes."""

from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup

from comparo.compare.alignment import Alignment, align
from comparo.compare.pairing import Pair
from comparo.compare.verdict import Standing, Verdict, judge, stand
from comparo.model import Capability, Editorial
from comparo.render import sections, wording
from comparo.render.data import comparison_data
from comparo.render.entries import Entry, Link
from comparo.render.frame import Head, draw_page
from comparo.render.metadata import SiteView, script_data
from comparo.render.searches import PairSearches
from comparo.render.theme import Theme
from comparo.render.ways import PairLink, PairLinks, pair_url, turned_url


class ComparisonPage(NamedTuple):
    """``/compare/<a>-vs-<b>/``. It knows these and nothing else."""

    site: SiteView
    a: Entry
    b: Entry
    pair: Pair
    searches: PairSearches
    related_a: PairLinks
    related_b: PairLinks
    capabilities_shown: int
    editorial: Editorial | None = None

    @property
    def url(self) -> str:
        """Give the address, which holds both slugs."""
        return pair_url(self.pair)

    @property
    def noindex(self) -> bool:
        """Tell whether search engines should pass the page over."""
        return self.pair.thin or not self.pair.like

    def render(self, theme: Theme) -> bytes:
        """Compare, judge and draw the two products."""
        view = Comparison(self, theme)
        head = Head(
            self.url,
            theme.say("title.comparison", a=self.a.name, b=self.b.name),
            view.headline,
            (Link(theme.say("site.products"), "/products/"),),
            about=(self.a, self.b),
            noindex=self.noindex,
        )
        values = {"a": self.a, "b": self.b, "searches": self.searches}
        return draw_page(theme, self.site, head, "comparison.html", view, **values)


class Comparison:
    """What the page of a pair can show. What its template does not ask for is not worked out."""

    def __init__(self, page: ComparisonPage, theme: Theme) -> None:
        self._page = page
        self._theme = theme
        self._sides = page.a, page.b

    @cached_property
    def alignment(self) -> Alignment:
        """Give the capabilities that both have, and only one."""
        a, b = self._sides
        return align(a.keys, b.keys)

    @cached_property
    def headline(self) -> str:
        """Say in one sentence who ranks higher."""
        return wording.headline(self._standing, *self._sides, self._theme)

    @cached_property
    def verdict(self) -> Verdict:
        """Give all that can be said of who is ahead."""
        a, b = self._sides
        rules = self._page.site.rules
        return judge(
            a.product,
            b.product,
            a.rank,
            b.rank,
            self.alignment,
            close_call=rules.close_call,
            as_of=rules.as_of,
            editorial=self._page.editorial,
        )

    @cached_property
    def surety(self) -> str:
        """Say how sure a lead is."""
        return wording.surety(self.verdict, *self._sides, self._theme)

    @cached_property
    def sentences(self) -> list[str]:
        """Say the verdict in full."""
        return wording.sentences(self.verdict, *self._sides, self._theme)

    @cached_property
    def hanging(self) -> list[str]:
        """Say how far the result hangs on the weights."""
        return wording.hanging(self.verdict, *self._sides, self._theme)

    @cached_property
    def caveats(self) -> list[str]:
        """Say what weakens the verdict."""
        return wording.caveats(self.verdict, *self._sides, self._theme)

    @cached_property
    def choose_a(self) -> list[Link]:
        """Say whom the first product suits."""
        a, b = self._sides
        return wording.choices(self.verdict.choose_a, a, b, self._shown[0], self._theme)

    @cached_property
    def choose_b(self) -> list[Link]:
        """Say whom the second product suits."""
        a, b = self._sides
        return wording.choices(self.verdict.choose_b, b, a, self._shown[1], self._theme)

    @property
    def edited_a(self) -> bool:
        """Tell whether an editor wrote the first list."""
        return self.verdict.edited_a

    @property
    def edited_b(self) -> bool:
        """Tell whether an editor wrote the second list."""
        return self.verdict.edited_b

    @cached_property
    def bars(self) -> list[sections.Bar]:
        """Give the components of both ranks."""
        return sections.bars(*self._sides)

    @cached_property
    def groups(self) -> list[sections.Group]:
        """Give the rows of the table, in groups."""
        ranked = self._standing.winner is not None
        return sections.table(*self._sides, self._theme, ranked=ranked)

    @cached_property
    def lanes(self) -> tuple[sections.Lane, sections.Lane, sections.Lane]:
        """List the capabilities of both and of each."""
        return sections.lanes(self.alignment, *self._sides, *self._shown)

    @cached_property
    def columns(self) -> tuple[sections.Column, sections.Column]:
        """Join the cards of both."""
        return sections.columns(self.alignment, *self._sides, *self._shown)

    @property
    def more_a(self) -> int:
        """Count the capabilities of the first product that its own page alone shows."""
        return self._sides[0].capability_count - len(self._shown[0])

    @property
    def more_b(self) -> int:
        """Count those of the second."""
        return self._sides[1].capability_count - len(self._shown[1])

    @property
    def related(self) -> tuple[PairLink, ...]:
        """Lead to the next comparisons of both."""
        page = self._page
        return (*page.related_a.but(page.pair), *page.related_b.but(page.pair))

    @cached_property
    def reason(self) -> str:
        """Say why the two are compared."""
        return wording.reason(self._page.pair, self._theme)

    @property
    def editorial(self) -> Markup:
        """Give what an editor wrote of the pair."""
        words = self._page.editorial.words if self._page.editorial else None
        return Markup(words.html if words else "")  # noqa: S704 (from Markdown, made safe)

    @property
    def data(self) -> Markup:
        """Give the pair as data for programs."""
        page = self._page
        return script_data(
            comparison_data(page.pair, self.verdict, self.alignment, page.searches, page.site.rules)
        )

    @cached_property
    def _standing(self) -> Standing:
        a, b = self._sides
        return stand(a.rank, b.rank, self._page.site.rules.close_call)

    @cached_property
    def _shown(self) -> tuple[list[Capability], list[Capability]]:
        return sections.shown(self.alignment, self._page.capabilities_shown)


class TurnedPage(NamedTuple):
    """``/compare/<b>-vs-<a>/``: the other order of a pair leads to the page of the pair.

    ``a`` and ``b`` are the names of the products, in the order of the pair.
    """

    site: SiteView
    pair: Pair
    a: str
    b: str
    noindex: bool = True

    @property
    def url(self) -> str:
        """Give the address, which holds both slugs the other way round."""
        return turned_url(self.pair)

    def render(self, theme: Theme) -> bytes:
        """Draw a page that leads on at once."""
        label = theme.say("title.comparison", a=self.a, b=self.b)
        turned = theme.say("title.comparison", a=self.b, b=self.a)
        head = Head(self.url, turned, label, noindex=True)
        target = pair_url(self.pair)
        return draw_page(theme, self.site, head, "turned.html", target=target, label=label)
