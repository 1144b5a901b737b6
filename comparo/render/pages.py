"""The comparison of two products: all that its page may know, and its bytes."""

from dataclasses import dataclass

from markupsafe import Markup

from comparo.compare.alignment import Alignment, align
from comparo.compare.pairing import Pair
from comparo.compare.verdict import Verdict, judge
from comparo.model import Editorial
from comparo.render import sections, wording
from comparo.render.data import comparison_data
from comparo.render.entries import Entry, Link
from comparo.render.frame import Head, draw_page
from comparo.render.metadata import SiteView, script_data
from comparo.render.searches import PairSearches
from comparo.render.theme import Theme


@dataclass(frozen=True, slots=True)
class Card:
    """As much of a product as a neighbour's page shows of it."""

    name: str
    url: str
    rank_text: str
    summary: str


@dataclass(frozen=True, slots=True)
class PairLink:
    """A way to a pair's page, as one of its two products shows it: ``other`` is the other one."""

    label: str
    url: str
    reason: str
    other: Card


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """``/compare/<a>-vs-<b>/``. It knows these and nothing else."""

    site: SiteView
    a: Entry
    b: Entry
    pair: Pair
    searches: PairSearches
    related: tuple[PairLink, ...]
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
        a, b = self.a, self.b
        alignment = align(a.keys, b.keys)
        verdict = self._judge(alignment)
        headline = wording.headline(verdict, a, b, theme)
        shown_a, shown_b = sections.shown(alignment, self.capabilities_shown)
        words = self.editorial.words if self.editorial else None
        head = Head(
            self.url,
            theme.say("title.comparison", a=a.name, b=b.name),
            headline,
            (Link(theme.say("site.products"), "/products/"),),
            about=(a, b),
            noindex=self.noindex,
        )
        return draw_page(
            theme,
            self.site,
            head,
            "comparison.html",
            a=a,
            b=b,
            headline=headline,
            surety=wording.surety(verdict, a, b, theme),
            choose_a=wording.choices(verdict.choose_a, a, b, shown_a, theme),
            choose_b=wording.choices(verdict.choose_b, b, a, shown_b, theme),
            edited_a=verdict.edited_a,
            edited_b=verdict.edited_b,
            bars=sections.bars(a, b),
            groups=sections.table(a, b, verdict, theme),
            alignment=alignment,
            lanes=sections.lanes(alignment, a, b, shown_a, shown_b, theme),
            columns=sections.columns(alignment, a, b, shown_a, shown_b, theme),
            more_a=a.capability_count - len(shown_a),
            more_b=b.capability_count - len(shown_b),
            searches=self.searches,
            verdict=verdict,
            sentences=wording.sentences(verdict, a, b, theme),
            hanging=wording.hanging(verdict, a, b, theme),
            caveats=wording.caveats(verdict, a, b, theme),
            reason=wording.reason(self.pair, theme),
            editorial=Markup(words.html) if words else "",  # noqa: S704 (from Markdown, made safe)
            related=self.related,
            data=script_data(self._data(verdict, alignment)),
        )

    def _data(self, verdict: Verdict, alignment: Alignment) -> dict[str, object]:
        return comparison_data(self.pair, verdict, alignment, self.searches, self.site.rules)

    def _judge(self, alignment: Alignment) -> Verdict:
        return judge(
            self.a.product,
            self.b.product,
            self.a.rank,
            self.b.rank,
            alignment,
            close_call=self.site.rules.close_call,
            as_of=self.site.rules.as_of,
            editorial=self.editorial,
        )


@dataclass(frozen=True, slots=True)
class TurnedPage:
    """``/compare/<b>-vs-<a>/``: the other order of a pair leads to the page of the pair."""

    site: SiteView
    pair: Pair
    label: str
    turned: str
    noindex: bool = True

    @property
    def url(self) -> str:
        """Give the address, which holds both slugs the other way round."""
        return f"/compare/{self.pair.b}-vs-{self.pair.a}/"

    def render(self, theme: Theme) -> bytes:
        """Draw a page that leads on at once."""
        head = Head(self.url, self.turned, self.label, noindex=True)
        target = pair_url(self.pair)
        return draw_page(theme, self.site, head, "turned.html", target=target, label=self.label)


def pair_url(pair: Pair) -> str:
    """Give the address of a pair's page."""
    return f"/compare/{pair.a}-vs-{pair.b}/"
