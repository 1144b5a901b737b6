"""Why a verdict is of its kind, and why a site has no page of two products."""

from collections.abc import Iterator

from comparo.explain import PairWorking
from comparo.model import PairSettings
from comparo.render.entries import Entry
from comparo.render.theme import number, percent
from comparo.sheets.words import listed


def rule(working: PairWorking) -> str:
    """Say which rule makes the verdict what it is."""
    rules, verdict = working.rules, working.verdict
    if verdict.kind == "unrated":
        thin = [entry for entry in (working.a, working.b) if not entry.rank.rated]
        known = listed([f"{percent(entry.rank.coverage)} of {entry.name}" for entry in thin])
        return (
            f"a rank takes {percent(rules.min_coverage)} of the weight to be known; it is {known}."
        )
    if verdict.kind == "close":
        if (verdict.margin or 0.0) < rules.close_call:
            return f"ranks less than {number(rules.close_call)} points apart count as even here."
        return "both ranks show the same whole figure."
    first, second = working.a, working.b
    if verdict.winner == "b":
        first, second = second, first
    if verdict.settled:
        return _settled(first, second)
    if verdict.kind == "clear":
        return f"{first.name} is behind in nothing, and what is known of one is known of the other."
    return _likely(first, second)


def absence(working: PairWorking, settings: PairSettings) -> str:
    """Say why the site does not compare the two."""
    match working.absence:
        case "excluded":
            return "its settings exclude the pair."
        case "listed":
            return "it compares only the pairs that its settings list."
        case "types":
            return "they are of different types, and its settings do not list the pair."
        case "category":
            return "they share no category."
        case _:
            return f"neither is near enough to be among the other's {settings.per_product} nearest."


def _settled(first: Entry, second: Entry) -> str:
    ends = (
        f"{first.name} has {first.rank.low:.1f} at least, {second.name} {second.rank.high:.1f} at"
        " most."
    )
    if first.rank.declared or second.rank.declared:
        return f"a declared rank has no range, and is its author's word. {ends}"
    return f"the ranges do not meet. {ends}"


def _likely(first: Entry, second: Entry) -> str:
    why = listed([*_against(first, second)])
    return (
        f"{second.name} could still reach {second.rank.high:.1f}, and {first.name} fall to"
        f" {first.rank.low:.1f}; {why}."
    )


def _against(first: Entry, second: Entry) -> Iterator[str]:
    """Say what keeps a lead from being clear: what is less, and what cannot be compared."""
    both = [
        (ours.label, ours.value, other.value if other.weight else None)
        for ours, other in zip(first.rank.scores, second.rank.scores, strict=True)
        if ours.weight
    ]
    less = [
        name
        for name, ours, other in both
        if ours is not None and other is not None and ours < other
    ]
    if less:
        yield f"{first.name} is behind in {listed(less)}"
    one_sided = [name for name, ours, other in both if (ours is None) != (other is None)]
    if one_sided:
        yield f"{listed(one_sided)} {'counts' if len(one_sided) == 1 else 'count'} for only one"
