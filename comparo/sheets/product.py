"""A product's rank with its working, as a page in the terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from comparo.compare.scoring import EVIDENCE, Measure
from comparo.compare.tying import Tie
from comparo.explain import ProductWorking
from comparo.model import Fact
from comparo.render import wording
from comparo.render.cells import signal_label
from comparo.render.theme import Theme, number, percent
from comparo.sheets import words
from comparo.sheets.drawing import (
    Part,
    Row,
    Words,
    axis,
    bar,
    heading,
    ink,
    joined,
    line,
    rows,
    title,
)

SEARCHES, OTHERS = 8, 6
"""How many searches, and how many of the products it is compared with, are shown."""

Footnotes = dict[str, int]
"""The sources of a page's figures, each with its number."""


def product_sheet(working: ProductWorking, theme: Theme) -> Iterator[Part]:
    """Draw the page, from the rank down to what it rests on."""
    entry, rank = working.entry, working.entry.rank
    notes: Footnotes = {}
    yield title(ink(entry.name, "strong"), "  ", ink(entry.type, "quiet"))
    coverage = theme.say("product.coverage", percent=percent(rank.coverage))
    # Of what is unrated, the sentence says the coverage itself.
    yield line(wording.place(entry, theme), f" {coverage}" if rank.rated else "")
    stated = rank.value if rank.rated else None
    drawn = axis(rank.low, stated, rank.high, "a")
    yield rows([("0", drawn, "100")], "=-=", above=1)
    yield line(ink(words.reach(rank, theme), "quiet"))

    yield heading("How the rank is made")
    yield from _formula(working, notes, theme)
    if working.terms:
        yield rows(_terms(working, theme), "<>>>-", above=1)
    values = list(_values(working, notes, theme))
    if values:
        yield heading("Where the values come from")
        yield rows(values, "<>><")
    if rank.unknown:
        yield heading("What is unknown")
        yield from _unknown(working, theme)
    if entry.times_matched is not None:
        yield heading(theme.say("searches.of", name=entry.name))
        yield from _searches(working, theme)
    yield heading("Compared with")
    yield from _others(working, theme)
    if notes:
        yield heading("Sources")
        yield rows(
            ((ink(f"[{n}]", "quiet"), ink(source, "quiet")) for source, n in notes.items()), "=<"
        )
    complete = theme.say("product.completeness", percent=percent(working.completeness))
    as_of = working.rules.as_of
    dated = f"{theme.say('site.as_of', date=words.shown(as_of))} " if as_of else ""
    yield line(ink(f"{dated}{complete}", "quiet"), above=1)


def _formula(working: ProductWorking, notes: Footnotes, theme: Theme) -> Iterator[Part]:
    rank = working.entry.rank
    if rank.declared:
        note = _note(rank.declared, notes, theme)
        yield line(f"The author of the entry declared {number(rank.declared.value)}", note)
    if working.computed is None:
        yield line("Nothing is known of its components, so they give no figure.")
        return
    if rank.declared:
        yield line("Its components alone would give:")
    parts = [
        f"{number(term.score.weight)}·{words.trimmed(term.score.value)}"
        for term in working.terms
        if term.score.value is not None and term.score.weight
    ]
    sums = f"({' + '.join(parts)})" if len(parts) > 1 else parts[0]
    yield line(
        f"100 · {sums} / {number(working.known)} = ", ink(f"{working.computed:.1f}", "strong")
    )
    if not rank.rated:
        least = percent(working.rules.min_coverage)
        yield line(
            f"It is not stated as a rank: {percent(rank.coverage)} of the weight is known, and"
            f" {least} would have to be."
        )


def _terms(working: ProductWorking, theme: Theme) -> Iterator[Row]:
    yield "", *(ink(name, "quiet") for name in ("weight", "value", "points")), ""
    for term in working.terms:
        score, weight = term.score, number(term.score.weight)
        if score.value is None or term.points is None:
            yield score.label, weight, ink(theme.say("component.no_data"), "quiet"), "", ""
        else:
            drawn = bar(score.value, score.weight / working.known)
            yield score.label, weight, f"{score.value:.3f}", f"{term.points:.1f}", drawn
    if working.computed is not None:
        known, computed = number(working.known), f"{working.computed:.1f}"
        yield theme.say("working.sum"), known, "", ink(computed, "strong"), ""


def _values(working: ProductWorking, notes: Footnotes, theme: Theme) -> Iterator[Row]:
    for term in working.terms:
        score = term.score
        if score.declared:
            how: Words = joined(theme.say("product.declared"), _note(score.declared, notes, theme))
            yield score.label, "", f"{score.declared.value:.3f}", how
        elif score.value is not None:
            n = len(score.measures)
            yield score.label, "", "", f"the mean of {n} signals" if n > 1 else ""
        for measure in score.measures:
            how = words.scaled(measure, working.rules.as_of)
            if score.declared:
                how = theme.say("product.set_aside")
            yield (
                f"  {signal_label(measure.name, theme)}",
                words.shown(measure.value),
                f"{measure.normalised:.3f}",
                joined(how, _note(measure, notes, theme)),
            )


def _unknown(working: ProductWorking, theme: Theme) -> Iterator[Part]:
    rank = working.entry.rank
    names = words.listed([f"{score.label} ({number(score.weight)})" for score in rank.unknown])
    missing = number(working.whole - working.known)
    yield line(f"{names}: {missing} of {number(working.whole)} by weight.")
    yield line(theme.say("site.unknowns"))
    if not rank.declared:
        yield line(
            f"With all of it at its worst the rank would be {rank.low:.1f}, with all of it at its"
            f" best {rank.high:.1f}."
        )


def _searches(working: ProductWorking, theme: Theme) -> Iterator[Part]:
    entry, searches = working.entry, working.searches
    if working.rules.demonstration:
        yield line(theme.say("searches.demonstration", text=working.rules.demonstration))
    if not entry.times_matched:
        yield line(theme.say("searches.none", name=entry.name))
        return
    yield line(f"{theme.say('row.times_matched')}: {number(entry.times_matched)}")
    names = {capability.id: capability.name for capability in entry.product.capabilities}
    shown = searches.answered[:SEARCHES]
    yield rows(
        (
            (
                search.query,
                number(search.n),
                words.listed([_tied(tie, names, theme) for tie in search.ties])
                or ink(theme.say("searches.nothing"), "quiet"),
            )
            for search in shown
        ),
        "<><",
        above=1,
    )
    rest = searches.more + sum(search.n for search in searches.answered[SEARCHES:])
    if rest:
        yield line(ink(theme.say("searches.rest", n=rest), "quiet"))


def _tied(tie: Tie, names: Mapping[str, str], theme: Theme) -> str:
    if tie.surety == 1:
        how = theme.say("searches.named")
    else:
        how = theme.say("searches.by_words", percent=percent(tie.surety))
    return f"{names[tie.capability]} ({how})"


def _others(working: ProductWorking, theme: Theme) -> Iterator[Part]:
    if not working.met:
        yield line(theme.say("product.no_comparisons", name=working.entry.name))
        return
    yield rows(
        (
            (other.name, other.rank_text, ink(wording.reason(pair, theme), "quiet"))
            for other, pair in working.met[:OTHERS]
        ),
        "<><",
    )
    if len(working.met) > OTHERS:
        yield line(ink(f"and {len(working.met) - OTHERS:,} more", "quiet"))


def _note(fact: Fact[Any] | Measure, notes: Footnotes, theme: Theme) -> Words:
    """Point to the source of a figure, or say that it has none."""
    when = f", {words.shown(fact.date)}" if fact.date else ""
    if isinstance(fact, Measure) and fact.name == EVIDENCE:
        return ink(f"; {theme.say('product.counted')}", "quiet")
    if not fact.source:
        return ink(f"; {theme.say('cell.unsourced')}{when}", "quiet")
    return ink(f" [{notes.setdefault(f'{fact.source}{when}', len(notes) + 1)}]", "quiet")
