"""The verdict between two products with its working, as a page in the terminal."""

from collections.abc import Container, Iterable, Iterator

from comparo.compare.grounds import Ground
from comparo.compare.matching import SharedIntent
from comparo.compare.scoring import Score
from comparo.explain import PairWorking
from comparo.model import PairSettings
from comparo.render import wording
from comparo.render.entries import Entry
from comparo.render.theme import Theme, number, whole_points
from comparo.sheets import reasons, words
from comparo.sheets.drawing import (
    HALF,
    Ink,
    Part,
    Row,
    Words,
    axis,
    bar,
    facing,
    heading,
    ink,
    items,
    joined,
    line,
    rows,
    scale,
    title,
    width,
)

NAME = 24
"""How many columns a name may take beside an axis."""

SEARCHES = 8
"""How many shared searches are shown."""


def pair_sheet(working: PairWorking, theme: Theme, settings: PairSettings) -> Iterator[Part]:
    """Draw the page, from who is ahead down to why the two meet."""
    a, b, verdict = working.a, working.b, working.verdict
    headline = wording.headline(verdict, a, b, theme)
    surety = wording.surety(verdict, a, b, theme)
    yield title(joined(ink(a.name, "a"), " vs ", ink(b.name, "b")))
    yield line(headline, " " if surety else "", surety)
    yield from _ranks(working, theme)

    yield heading("Why this verdict")
    yield line(ink(f"{verdict.kind.capitalize()}: ", "strong"), reasons.rule(working))
    for sentence in wording.sentences(verdict, a, b, theme)[1:]:
        if sentence not in (headline, surety):
            yield line(sentence)
    yield heading("Component by component")
    yield rows(_components(working, theme), "<>>->>")
    if verdict.weighed:
        yield line(ink(theme.say("working.basis"), "quiet"), above=1)
    yield heading(theme.say("working.hanging"))
    if verdict.winner is None:
        yield line("No lead is called, so there is none to reverse.")
    elif verdict.declared:
        yield line("A declared rank does not come from weights, so none could reverse the result.")
    yield from map(line, wording.hanging(verdict, a, b, theme))
    yield from _choices(verdict.choose_a, a, b, theme, edited=verdict.edited_a)
    yield from _choices(verdict.choose_b, b, a, theme, edited=verdict.edited_b)
    caveats = wording.caveats(verdict, a, b, theme)
    if caveats:
        yield heading(theme.say("caveats.heading"))
        yield items(map(words.plain, caveats))
    yield heading(theme.say("cards.short"))
    yield from _lanes(working, theme)
    yield from _searches(working, theme)
    yield heading("Why these two")
    yield from _meeting(working, theme, settings)


def _ranks(working: PairWorking, theme: Theme) -> Iterator[Part]:
    """Draw both ranks on one axis; names that are too long to stand beside it stand above."""
    sides: tuple[tuple[Words, Ink, Entry], ...] = (
        (ink("A", "a"), "a", working.a),
        (ink("B", "b"), "b", working.b),
    )
    beside = all(width(entry.name) <= NAME for _, _, entry in sides)
    if not beside:
        yield rows(((letter, entry.name) for letter, _, entry in sides), "=<", above=1)
    drawn: list[Row] = []
    for letter, side, entry in sides:
        rank = entry.rank
        name = [entry.name] if beside else []
        line = axis(rank.low, rank.value if rank.rated else None, rank.high, side)
        drawn.append((letter, *name, entry.rank_text, line, words.ends(rank, theme)))
    drawn.append((*("" for _ in drawn[0][:-2]), scale(), ""))
    yield rows(drawn, "=<>-=" if beside else "=>-=", above=1)


def _components(working: PairWorking, theme: Theme) -> Iterator[Row]:
    verdict = working.verdict
    points = {part.name: part.points for part in verdict.weighed}
    a, b = ink("A", "a"), ink("B", "b")
    yield "", ink("weight", "quiet"), a, "", b, ink("points", "quiet")
    for ours, theirs in zip(working.a.rank.scores, working.b.rank.scores, strict=True):
        yield (
            ours.label,
            _weight(ours.weight, theirs.weight),
            _value(ours, theme),
            facing(ours.value, theirs.value),
            _value(theirs, theme),
            _lead(points.get(ours.name), theme),
        )
    if verdict.weighed:
        weight = _weight(*(_sum(entry, points) for entry in (working.a, working.b)))
        mean_a, mean_b = (f"{mean:.1f}" for mean in verdict.means)
        yield theme.say("working.sum"), weight, mean_a, "", mean_b, _lead(verdict.lead, theme)


def _sum(entry: Entry, names: Container[str]) -> float:
    return sum(score.weight for score in entry.rank.scores if score.name in names)


def _weight(ours: float, theirs: float) -> str:
    return number(ours) if ours == theirs else f"{number(ours)} / {number(theirs)}"


def _value(score: Score, theme: Theme) -> Words:
    if score.value is None:
        return ink(theme.say("component.no_data"), "quiet")
    return f"{score.value:.3f}"


def _lead(points: float | None, theme: Theme) -> Words:
    """Say for whom points are."""
    if points is None:
        return ink(theme.say("cell.none"), "quiet")
    if not round(points, 1):
        return theme.say("working.even")
    side: Ink = "a" if points > 0 else "b"
    return joined(ink(side.upper(), side), f" +{abs(points):.1f}")


def _choices(
    grounds: Iterable[Ground], entry: Entry, other: Entry, theme: Theme, *, edited: bool
) -> Iterator[Part]:
    yield heading(theme.say("pair.choose", name=entry.name))
    said = [link.label for link in wording.choices(grounds, entry, other, (), theme)]
    if said:
        yield items(said)
    else:
        yield line(ink(theme.say("pair.choose_none", name=entry.name), "quiet"))
    if edited:
        yield line(ink(theme.say("pair.edited"), "quiet"))


def _lanes(working: PairWorking, theme: Theme) -> Iterator[Part]:
    alignment = working.alignment
    both = [
        ours.name
        if ours.name == theirs.name
        else f"{ours.name} ({theme.say('lanes.called', name=working.b.name)} {theirs.name})"
        for ours, theirs in alignment.both
    ]
    yield from _lane(theme.say("lanes.both"), both, theme)
    for entry, only in ((working.a, alignment.only_a), (working.b, alignment.only_b)):
        names = [capability.name for capability in only]
        yield from _lane(theme.say("lanes.only", name=entry.name), names, theme)


def _lane(label: str, names: list[str], theme: Theme) -> Iterator[Part]:
    yield line(label, "  ", ink(number(len(names)), "quiet"))
    yield rows([("  ", "; ".join(names) or ink(theme.say("lanes.none"), "quiet"))], "=<")


def _searches(working: PairWorking, theme: Theme) -> Iterator[Part]:
    searches = working.searches[2]
    if not searches.found:
        return
    yield heading(theme.say("searches.heading"))
    if working.rules.demonstration:
        yield line(theme.say("searches.demonstration", text=working.rules.demonstration))
    if searches.asked:
        yield line(theme.say("searches.asked_intro", n=searches.times))
        yield rows((("", query, number(n)) for query, n in searches.asked[:SEARCHES]), "=<>")
    if searches.total:
        shown = [(intent.query, intent) for intent in searches.shared[:SEARCHES]]
        if searches.count > 1:
            total = theme.say("searches.total", n=searches.count)
            shown.insert(0, (total, searches.total))
        yield line(ink(theme.say("searches.intro"), "quiet"), above=1)
        head = ink(theme.say("searches.both"), "quiet"), ink("n", "quiet"), "", ink("A", "a")
        intents = (_intent(label, intent, theme) for label, intent in shown)
        yield rows([head, *intents], "<>-=", above=1)
        if searches.count > SEARCHES:
            more = theme.say("searches.more", n=searches.count - SEARCHES)
            yield line(ink(more, "quiet"))


def _intent(label: str, intent: SharedIntent, theme: Theme) -> Row:
    low, high = map(whole_points, intent.interval)
    share = theme.say("searches.share", share=whole_points(intent.share), low=low, high=high)
    return label, number(intent.n), bar(intent.share, columns=HALF), share


def _meeting(working: PairWorking, theme: Theme, settings: PairSettings) -> Iterator[Part]:
    reason = wording.reason(working.pair, theme)
    if working.page:
        order = " in the other order" if working.turned else ""
        yield line(f"{reason[:1].upper()}{reason[1:]}.")
        yield line(f"The site compares them{order}: ", ink(working.page, "quiet"))
    else:
        yield line(f"The site has no page of the two: {reasons.absence(working, settings)}")
        yield line(f"What they share: {reason}.")
