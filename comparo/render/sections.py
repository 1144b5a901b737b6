"""The lists of a pair's page, joined from what was drawn for each of its two products."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from comparo.compare.alignment import Alignment
from comparo.compare.verdict import Verdict
from comparo.model import Capability
from comparo.render.cells import Cell
from comparo.render.entries import Entry
from comparo.render.theme import Theme, whole_points

FIXED = (
    "type",
    "rank",
    "score",
    "pricing",
    "starting_price",
    "capabilities",
    "times_matched",
    "license",
    "platforms",
    "status",
    "released",
    "signal",
    "attribute",
)
"""The order of a table's rows, by the part of their key before the dot."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "score": ("type", "rank", "score"),
    "price": ("pricing", "starting_price"),
    "facts": FIXED[5:],
}


GROUP_OF = {stem: key for key, stems in GROUPS.items() for stem in stems}

LISTED = 12
"""How many capabilities that only one product has are listed at once."""

SIDE_BY_SIDE = 8
"""How many cards of capabilities that both have share the rows of a grid."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a table says of both products; ``better`` names the side with the higher figure."""

    key: str
    label: str
    a: Cell
    b: Cell | None = None
    better: str = ""

    @property
    def same(self) -> bool:
        """Tell whether both products have the same value."""
        return self.b is not None and self.a.html == self.b.html


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of a table that belong together; of a pair's table, they are ``drawn`` too."""

    label: str
    rows: tuple[Row, ...]
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """Capabilities of a pair that both have, or only one: how many, the first, and the rest."""

    count: int
    first: Markup
    rest: Markup
    more: int


@dataclass(frozen=True, slots=True)
class Column:
    """The cards of one product: the first that the other has too, and the rest."""

    matched: Markup
    rest: Markup


@dataclass(frozen=True, slots=True)
class Bar:
    """One component in whole points for both products, None where nothing is known.

    It has one weight, or two where the products are of types that weigh it differently.
    """

    label: str
    weights: tuple[float, ...]
    a: int | None
    b: int | None


def table(a: Entry, b: Entry, verdict: Verdict, theme: Theme) -> list[Group]:
    """Lay the facts of two products side by side, in groups."""
    nothing = Cell(theme.say("cell.none"), known=False)
    empty = theme.skeleton("_cell.html", cell=nothing, slug="", better=False).fill()
    rows = []
    for key in _in_order({*a.cells, *b.cells}, a):
        ours, theirs = a.cells.get(key, nothing), b.cells.get(key, nothing)
        if not (ours.known or theirs.known) and key not in ("rank", "pricing", "times_matched"):
            continue
        better = "" if key == "rank" and verdict.winner is None else _better(ours, theirs)
        rows.append(Row(key, a.labels.get(key) or b.labels[key], ours, theirs, better))

    def drawn(row: Row) -> str:
        left, right = a.fragment.cells.get(row.key), b.fragment.cells.get(row.key)
        return theme.skeleton("_row.html", "label", "a", "b", same=row.same).fill(
            label=escape(row.label),
            a=left[row.better == "a"] if left else empty,
            b=right[row.better == "b"] if right else empty,
        )

    return [replace(g, drawn=_joined(map(drawn, g.rows))) for g in _grouped(rows, theme)]


def lanes(
    alignment: Alignment,
    a: Entry,
    b: Entry,
    shown_a: Sequence[Capability],
    shown_b: Sequence[Capability],
    theme: Theme,
) -> tuple[Lane, Lane, Lane]:
    """List the capabilities that both have, only A, and only B, each leading to its card."""
    near_a, near_b = {c.id for c in shown_a}, {c.id for c in shown_b}
    one = theme.skeleton("_lane_item.html", "link", called=False)
    two = theme.skeleton("_lane_item.html", "link", "name", "other", called=True)
    both = [
        (one if ours.name == theirs.name else two).fill(
            link=a.fragment.link(ours.id, near=ours.id in near_a),
            name=escape(b.name),
            other=b.fragment.link(theirs.id, near=theirs.id in near_b),
        )
        for ours, theirs in alignment.both
    ]
    only_a, only_b = (
        [one.fill(link=entry.fragment.link(c.id, near=c.id in near)) for c in only]
        for entry, only, near in (
            (a, alignment.only_a, near_a),
            (b, alignment.only_b, near_b),
        )
    )
    return _lane(both, len(both)), _lane(only_a, LISTED), _lane(only_b, LISTED)


def columns(
    alignment: Alignment,
    a: Entry,
    b: Entry,
    shown_a: Sequence[Capability],
    shown_b: Sequence[Capability],
    theme: Theme,
) -> tuple[Column, Column]:
    """Join the cards of both products; those that the other has too come first."""
    forth = {ours.id: theirs.id for ours, theirs in alignment.both}
    back = {theirs: ours for ours, theirs in forth.items()}
    return (
        _column(a, b, shown_a, forth, alignment.alone_a, {c.id for c in shown_b}, theme),
        _column(b, a, shown_b, back, alignment.alone_b, {c.id for c in shown_a}, theme),
    )


def _column(
    entry: Entry,
    other: Entry,
    shown: Sequence[Capability],
    partners: Mapping[str, str],
    lacking: Iterable[Capability],
    near: Collection[str],
    theme: Theme,
) -> Column:
    too = theme.skeleton("_card.html", "card", "other", "partner", matched=True)
    only = theme.skeleton("_card.html", "card", "other", matched=False, alone=True)
    beside = theme.skeleton("_card.html", "card", "other", matched=False, alone=False)
    name, cards = escape(other.name), entry.fragment.cards
    lacked = {capability.id for capability in lacking}
    matched, alone = [], []
    for capability in shown:
        partner = partners.get(capability.id)
        if partner is None:
            form = only if capability.id in lacked else beside
            alone.append(form.fill(card=cards[capability.id], other=name))
        else:
            link = other.fragment.link(partner, near=partner in near)
            matched.append(too.fill(card=cards[capability.id], other=name, partner=link))
    return Column(_joined(matched[:SIDE_BY_SIDE]), _joined(matched[SIDE_BY_SIDE:] + alone))


def facts(entry: Entry, theme: Theme) -> list[Group]:
    """Lay out the facts of one product, in the groups of a pair's table."""
    rows = [
        Row(key, entry.labels[key], entry.cells[key])
        for key in _in_order(entry.cells, entry)
        if entry.cells[key].known or key in ("rank", "pricing")
    ]
    return _grouped(rows, theme)


def labels(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    """Give the key and label of every row that a table of several products has."""
    found: dict[str, str] = {}
    for entry in entries:
        found |= entry.labels
    return [(key, found[key]) for key in _in_order(found, entries[0])]


def bars(a: Entry, b: Entry) -> list[Bar]:
    """Give each component's points for both, in the order of the settings."""
    theirs = {score.name: score for score in b.rank.scores}
    return [
        Bar(
            score.label,
            tuple(dict.fromkeys((score.weight, theirs[score.name].weight))),
            None if score.value is None else whole_points(score.value),
            None if (other := theirs[score.name].value) is None else whole_points(other),
        )
        for score in a.rank.scores
    ]


def shown(alignment: Alignment, limit: int) -> tuple[list[Capability], list[Capability]]:
    """Choose the capabilities that a pair's page shows in full: those that both have come first."""
    ours = [*(mine for mine, _ in alignment.both), *alignment.only_a]
    theirs = [*(other for _, other in alignment.both), *alignment.only_b]
    return ours[:limit], theirs[:limit]


def _lane(items: list[str], listed: int) -> Lane:
    rest = items[listed:]
    return Lane(len(items), _joined(items[:listed]), _joined(rest), len(rest))


def _joined(drawn: Iterable[str]) -> Markup:
    return Markup("".join(f"{item}\n" for item in drawn))  # noqa: S704 (drawn by templates, which escape)


def _grouped(rows: Iterable[Row], theme: Theme) -> list[Group]:
    found: dict[str, list[Row]] = {key: [] for key in GROUPS}
    for row in rows:
        found[GROUP_OF[_stem(row.key)]].append(row)
    return [Group(theme.say(f"group.{key}"), tuple(group)) for key, group in found.items() if group]


def _stem(key: str) -> str:
    return key.partition(".")[0]


def _in_order(keys: Iterable[str], entry: Entry) -> list[str]:
    """Order rows the same way whichever product comes first: all have the same components."""
    components = [score.name for score in entry.rank.scores]

    def place(key: str) -> tuple[int, int, str]:
        stem, _, name = key.partition(".")
        return FIXED.index(stem), components.index(name) if stem == "score" else 0, name

    return sorted(keys, key=place)


def _better(ours: Cell, theirs: Cell) -> str:
    if ours.figure is None or theirs.figure is None or ours.figure == theirs.figure:
        return ""
    return "a" if ours.figure > theirs.figure else "b"
