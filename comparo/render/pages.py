"""The comparison of two products: all that its page may know, and its bytes."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from comparo.compare.alignment import Alignment, align
from comparo.compare.matching import SharedIntent
from comparo.compare.pairing import Pair
from comparo.compare.verdict import Verdict, judge
from comparo.model import Editorial
from comparo.render import sections, wording
from comparo.render.entries import Entry, Link
from comparo.render.frame import Head, draw_page
from comparo.render.metadata import SiteView, script_data
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
    intents: tuple[SharedIntent, ...]
    related: tuple[PairLink, ...]
    close_call: float
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
            choose_a=wording.choices(verdict.choose_a, a, shown_a, theme),
            choose_b=wording.choices(verdict.choose_b, b, shown_b, theme),
            edited_a=verdict.edited_a,
            edited_b=verdict.edited_b,
            bars=sections.bars(a, b),
            groups=sections.table(a, b, verdict, theme),
            alignment=alignment,
            shown_a=shown_a,
            shown_b=shown_b,
            more_a=a.capability_count - len(shown_a),
            more_b=b.capability_count - len(shown_b),
            intents=self.intents,
            verdict=verdict,
            sentences=wording.sentences(verdict, a, b, theme),
            working=verdict.weighed,
            caveats=wording.caveats(verdict, a, b, theme),
            reason=wording.reason(self.pair, theme),
            editorial=Markup(words.html) if words else "",  # noqa: S704 (from Markdown, made safe)
            related=self.related,
            data=script_data(comparison_data(self.pair, verdict, alignment, self.intents)),
        )

    def _judge(self, alignment: Alignment) -> Verdict:
        return judge(
            self.a.product,
            self.b.product,
            self.a.rank,
            self.b.rank,
            alignment,
            close_call=self.close_call,
            as_of=self.site.as_of,
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


def comparison_data(
    pair: Pair, verdict: Verdict, alignment: Alignment, intents: tuple[SharedIntent, ...]
) -> dict[str, object]:
    """Give what a program needs to check a pair's page."""
    return {
        "a": pair.a,
        "b": pair.b,
        "reasons": {
            "categories": pair.reasons.categories,
            "tags": pair.reasons.tags,
            "capabilities": pair.reasons.capabilities,
            "searches": pair.reasons.searches,
            "chosen": pair.reasons.chosen,
        },
        "verdict": {
            "kind": verdict.kind,
            "winner": verdict.winner,
            "margin": rounded(verdict.margin),
            "points": {d.name: rounded(d.points) for d in verdict.weighed},
        },
        "alignment": {
            "both": [[ours.id, theirs.id] for ours, theirs in alignment.both],
            "only_a": [capability.id for capability in alignment.only_a],
            "only_b": [capability.id for capability in alignment.only_b],
        },
        "shared_intents": [{"query": i.query, "a": i.a, "b": i.b} for i in intents],
    }


def rounded(figure: float | None) -> float | None:
    """Give a figure as data shows it: to six digits, and never as minus zero."""
    return None if figure is None else round(figure, 6) + 0.0


def iso(day: date | None) -> str | None:
    """Give a date as data shows it."""
    return day.isoformat() if day else None
