"""A product's rank with its working, as a page in the terminal."""

import datetime as dt
from collections.abc import Iterator

from comparo.compare.scoring import EVIDENCE, Measure
from comparo.explain import ProductWorking, Term
from comparo.render import wording
from comparo.render.cells import signal_label
from comparo.render.theme import Theme, number, percent
from comparo.sheets import words
from comparo.sheets.drawing import Part, Text, Words, axis, bar, heading, ink, line, points, rows
from comparo.sheets.drawing import joined, title
from comparo.site import Site

BAR, AXIS = 30, 40
"""How many columns of a bar and of an axis stand for 100 points."""

SEARCHES, OTHERS = 8, 6
"""How many searches, and how many of the products it is compared with, are shown."""


class Sources:
    """The footnotes of a page: where figures come from, and when."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, dt.date | None], int] = {}

    def note(self, source: str, date: dt.date | None) -> str:
        """Give the mark of a footnote, or say that there is no source."""
        if not source:
            return f"no source given{f', {words.shown(date)}' if date else ''}"
        return f"[{self._numbers.setdefault((source, date), len(self._numbers) + 1)}]"

    def rows(self) -> Iterator[tuple[Words, Words]]:
        """Give each footnote with its mark."""
        for (source, date), place in self._numbers.items():
            when = f", {words.shown(date)}" if date else ""
            yield ink(f"[{place}]", "quiet"), ink(f"{source}{when}", "quiet")


def product_sheet(working: ProductWorking, site: Site) -> Iterator[Part]:
    """Draw the page, from the rank down to what it rests on."""
    entry, theme = working.entry, site.theme
    rank = entry.rank
    sources = Sources()
    yield title(ink(entry.name, "strong"), entry.type)
    yield line(wording.standing(entry, theme))
    stated = rank.value if rank.rated else None
    drawn = axis(rank.low, stated, rank.high, AXIS, "a")
    yield rows([("0", drawn, "100", words.reach(rank, theme))], "===<", above=1)

    yield heading("How the rank is made")
    yield from _formula(working, site, sources)
    if working.terms:
        yield rows(_terms(working, theme), "<>>>=", above=1)
        yield heading("Where the values come from")
        yield rows(_values(working, site, sources), "<>><")
    yield from _unknown(working)
    yield from _searches(working, site)
    yield from _others(working, theme)
    footnotes = list(sources.rows())
    if footnotes:
        yield heading("Sources")
        yield rows(footnotes, "=<")
    yield line(
        ink(theme.say("product.completeness", percent=percent(working.completeness)), "quiet"),
        above=1,
    )


def _formula(working: ProductWorking, site: Site, sources: Sources) -> Iterator[Part]:
    rank = working.entry.rank
    if rank.declared:
        note = sources.note(rank.declared.source, rank.declared.date)
        yield line(f"{number(rank.declared.value)} was declared by the author ", ink(note, "quiet"))
    if working.computed is None:
        yield line("Nothing is known of its components, so they give no figure.")
        return
    terms = [term for term in working.terms if term.points is not None and term.score.weight]
    sums = " + ".join(f"{number(t.score.weight)}·{t.score.value:.3f}" for t in terms)
    formula = f"100 · ({sums}) / {number(working.known)} = "
    yield line(formula, ink(f"{working.computed:.1f}", "strong"))
    if rank.declared:
        yield line(ink("is what the components give; a declared rank stands as it is.", "quiet"))
    elif not rank.rated:
        least = percent(site.content.settings.rank.min_coverage)
        yield line(
            f"This is not stated as a rank: {percent(rank.coverage)} of the weight is known,"
            f" and {least} would have to be."
        )


def _terms(working: ProductWorking, theme: Theme) -> Iterator[tuple[Words, ...]]:
    yield "", *(ink(name, "quiet") for name in ("weight", "value", "points")), ""
    for term in working.terms:
        score = term.score
        weight = number(score.weight)
        if score.value is None or term.points is None:
            nothing = ink(theme.say("component.no_data"), "quiet")
            yield score.label, weight, nothing, "", ""
        else:
            cells = round(BAR * score.weight / working.known)
            drawn = bar(score.value, cells)
            yield score.label, weight, f"{score.value:.3f}", f"{term.points:.1f}", drawn
    if working.computed is not None:
        total = ink(number(working.known), "strong"), "", ink(f"{working.computed:.1f}", "strong")
        yield "known", *total, ""


def _values(working: ProductWorking, site: Site, sources: Sources) -> Iterator[tuple[Words, ...]]:
    for term in working.terms:
        score = term.score
        if score.declared:
            note = sources.note(score.declared.source, score.declared.date)
            yield (
                score.label,
                "",
                words.share(score.declared.value),
                joined(site.theme.say("product.declared"), " ", ink(note, "quiet")),
            )
        elif score.value is not None:
            n = len(score.measures)
            yield score.label, "", "", f"the mean of {n} signals" if n > 1 else ""
        for measure in score.measures:
            yield _measure(measure, term, site, sources)


def _measure(
    measure: Measure, term: Term, site: Site, sources: Sources
) -> tuple[Words, Words, Words, Words]:
    how = words.scaled(term.scales[measure.name])
    if term.score.declared:
        how = site.theme.say("product.set_aside")
    if measure.name == EVIDENCE:
        note = "counted in the site’s evidence"
    else:
        note = sources.note(measure.source, measure.date)
    return (
        f"  {signal_label(measure.name, site.theme)}",
        words.shown(measure.value),
        words.share(measure.normalised),
        joined(how, "  ", ink(note, "quiet")),
    )


def _unknown(working: ProductWorking) -> Iterator[Part]:
    rank = working.entry.rank
    if not rank.unknown:
        return
    yield heading("What is unknown")
    names = words.listed(f"{s.label} ({number(s.weight)})" for s in rank.unknown)
    yield line(
        f"{names}: {number(working.whole - working.known)} of {number(working.whole)} weight."
        " It is left out of the sum and never counted as zero."
    )
    if not rank.declared:
        yield line(
            f"With all of it at its worst the rank would be {rank.low:.1f}, at its best"
            f" {rank.high:.1f}."
        )


def _searches(working: ProductWorking, site: Site) -> Iterator[Part]:
    times = working.entry.times_matched
    if times is None:
        return
    yield heading("Searches")
    if demonstration := site.content.settings.evidence.demonstration:
        yield line(demonstration)
    if not times:
        yield line("No search in the site’s evidence matched it.")
        return
    yield line(f"Matched {number(times)} times, by {number(len(working.searches))} searches.")
    names = {c.id: c.name for c in working.entry.product.capabilities}
    shown = working.searches[:SEARCHES]
    yield rows(
        (
            (
                search.query,
                number(search.n),
                ", ".join(
                    names[tie.capability]
                    + ("" if tie.surety == 1 else f" ({percent(tie.surety)} sure)")
                    for tie in search.ties
                )
                or ink("tied to no capability", "quiet"),
            )
            for search in shown
        ),
        "<><",
        above=1,
    )
    if more := len(working.searches) - len(shown):
        yield line(ink(f"and {number(more)} more", "quiet"))


def _others(working: ProductWorking, theme: Theme) -> Iterator[Part]:
    yield heading("Compared with")
    if not working.met:
        yield line(theme.say("product.no_comparisons", name=working.entry.name))
        return
    shown = working.met[:OTHERS]
    yield rows(
        (
            (other.name, other.rank_text, ink(wording.reason(pair, theme), "quiet"))
            for other, pair in shown
        ),
        "<><",
    )
    if more := len(working.met) - len(shown):
        yield line(ink(f"and {number(more)} more", "quiet"))
