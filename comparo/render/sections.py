"""The lists of a pair's page, joined from what was drawn for each of its two products."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from comparo.compare.alignment import Alignment
from comparo.model import Capability
from comparo.render.cells import FIXED, Cell, in_order
from comparo.render.entries import Entry, Fragments
from comparo.render.generating import escaped
from comparo.render.theme import Theme, number

GROUPS: Mapping[str, tuple[str, ...]] = {
    "score": ("type", "rank", "score"),
    "price": ("pricing", "starting_price"),
    "facts": FIXED[5:],
}


GROUP_OF = {stem: key for key, stems in GROUPS.items() for stem in stems}

STANDING = ("rank", "pricing", "times_matched")
"""Rows that stand in a table even if nothing is known of them."""

LISTED = 12
"""How many capabilities that only one product has are listed at once."""

SIDE_BY_SIDE = 8
"""How many cards of capabilities that both have share the rows of a grid."""


class Row(NamedTuple):
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


class Group(NamedTuple):
    """Rows of a table that belong together, with the fragments of a pair where they show one."""

    label: str
    rows: Sequence[Row]
    sides: tuple[Fragments, ...] = ()

    @property
    def drawn(self) -> Markup:
        """Give the rows of a pair's table, drawn."""
        a, b = self.sides
        forms = a.forms
        rows = []
        for row in self.rows:
            left, right = a.cells.get(row.key), b.cells.get(row.key)
            rows.append(
                (forms.same_row if row.same else forms.row).fill(
                    label=escaped(row.label),
                    a=left[row.better == "a"] if left else forms.empty,
                    b=right[row.better == "b"] if right else forms.empty,
                )
            )
        return _joined(rows)


@dataclass(frozen=True, slots=True)
class Lane:
    """Capabilities of a pair that both have, or only one: how many, the first, and the rest."""

    count: int
    first: Markup
    rest: Markup
    more: int


class Column(NamedTuple):
    """The cards of one product: the first that the other has too, and the rest."""

    matched: Markup
    rest: Markup


class Bar(NamedTuple):
    """One component in whole points for both products, None where nothing is known.

    It has one weight, or two where the products are of types that weigh it differently.
    """

    label: str
    weights: tuple[float, ...]
    a: int | None
    b: int | None

    @property
    def weight(self) -> str:
        """Give the weight, or both, as a text."""
        return " / ".join(map(number, self.weights))


def table(a: Entry, b: Entry, theme: Theme, *, ranked: bool) -> list[Group]:
    """Lay the facts of two products side by side, in groups; one ranks higher if ``ranked``."""
    ours, theirs = a.fragment, b.fragment
    nothing, left_cells, right_cells = ours.forms.nothing, a.cells, b.cells
    rows: dict[str, list[Row]] = {key: [] for key in GROUPS}
    for key, group in _rows(ours.order, theirs.order, ours.components):
        left, right = left_cells.get(key, nothing), right_cells.get(key, nothing)
        if left.known or right.known or key in STANDING:
            better = "" if key == "rank" and not ranked else _better(left, right)
            label = a.labels.get(key) or b.labels[key]
            rows[group].append(Row(key, label, left, right, better))
    return _grouped(rows, theme, (ours, theirs))


def lanes(
    alignment: Alignment,
    a: Entry,
    b: Entry,
    shown_a: Sequence[Capability],
    shown_b: Sequence[Capability],
) -> tuple[Lane, Lane, Lane]:
    """List the capabilities that both have, only A, and only B, each leading to its card."""
    near_a, near_b = {c.id for c in shown_a}, {c.id for c in shown_b}
    ours, theirs = a.fragment, b.fragment
    both = [
        ours.item(mine.id, near=mine.id in near_a)
        if mine.name == other.name
        else ours.forms.called_item.fill(
            link=ours.link(mine.id, near=mine.id in near_a),
            name=escaped(b.name),
            other=theirs.link(other.id, near=other.id in near_b),
        )
        for mine, other in alignment.both
    ]
    only_a = [ours.item(c.id, near=c.id in near_a) for c in alignment.only_a]
    only_b = [theirs.item(c.id, near=c.id in near_b) for c in alignment.only_b]
    return _lane(both, len(both)), _lane(only_a, LISTED), _lane(only_b, LISTED)


def columns(
    alignment: Alignment,
    a: Entry,
    b: Entry,
    shown_a: Sequence[Capability],
    shown_b: Sequence[Capability],
) -> tuple[Column, Column]:
    """Join the cards of both products; those that the other has too come first."""
    forth = {ours.id: theirs.id for ours, theirs in alignment.both}
    back = {theirs: ours for ours, theirs in forth.items()}
    return (
        _column(a, b, shown_a, forth, alignment.alone_a, {c.id for c in shown_b}),
        _column(b, a, shown_b, back, alignment.alone_b, {c.id for c in shown_a}),
    )


def _column(
    entry: Entry,
    other: Entry,
    shown: Sequence[Capability],
    partners: Mapping[str, str],
    lacking: Iterable[Capability],
    near: Collection[str],
) -> Column:
    forms, cards, name = entry.fragment.forms, entry.fragment.cards, escaped(other.name)
    lacked = {capability.id for capability in lacking}
    matched, alone = [], []
    for capability in shown:
        card = cards[capability.id]
        partner = partners.get(capability.id)
        if partner is None:
            form = forms.lonely_card if capability.id in lacked else forms.spare_card
            alone.append(form.fill(card=card, other=name))
        else:
            link = other.fragment.link(partner, near=partner in near)
            matched.append(forms.matched_card.fill(card=card, other=name, partner=link))
    return Column(_joined(matched[:SIDE_BY_SIDE]), _joined(matched[SIDE_BY_SIDE:] + alone))


def facts(entry: Entry, theme: Theme) -> list[Group]:
    """Lay out the facts of one product, in the groups of a pair's table."""
    rows: dict[str, list[Row]] = {key: [] for key in GROUPS}
    for key, group in _rows(entry.fragment.order, (), entry.fragment.components):
        if entry.cells[key].known or key in ("rank", "pricing"):
            rows[group].append(Row(key, entry.labels[key], entry.cells[key]))
    return _grouped(rows, theme)


def labels(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    """Give the key and label of every row that a table of several products has."""
    found: dict[str, str] = {}
    for entry in entries:
        found |= entry.labels
    return [(key, found[key]) for key in in_order(found, entries[0].fragment.components)]


def bars(a: Entry, b: Entry) -> list[Bar]:
    """Give each component's points for both, in the order of the settings."""
    weights = {score.name: score.weight for score in b.rank.scores}
    return [
        Bar(
            score.label,
            (score.weight,)
            if score.weight == weights[score.name]
            else (score.weight, weights[score.name]),
            a.fragment.points[score.name],
            b.fragment.points[score.name],
        )
        for score in a.rank.scores
    ]


def shown(alignment: Alignment, limit: int) -> tuple[list[Capability], list[Capability]]:
    """Choose the capabilities that a pair's page shows in full: those that both have come first."""
    ours = [*(mine for mine, _ in alignment.both), *alignment.only_a]
    theirs = [*(other for _, other in alignment.both), *alignment.only_b]
    return ours[:limit], theirs[:limit]


@lru_cache(maxsize=10_000)
def _rows(
    ours: tuple[str, ...], theirs: tuple[str, ...], components: tuple[str, ...]
) -> list[tuple[str, str]]:
    """Give the keys of two columns from the top down, each with the group that it belongs to."""
    keys = ours if ours == theirs else in_order({*ours, *theirs}, components)
    return [(key, GROUP_OF[key.partition(".")[0]]) for key in keys]


def _lane(items: list[str], listed: int) -> Lane:
    rest = items[listed:]
    return Lane(len(items), _joined(items[:listed]), _joined(rest), len(rest))


def _joined(drawn: Sequence[str]) -> Markup:
    return Markup("\n".join([*drawn, ""]))  # noqa: S704 (drawn by templates, which escape)


def _grouped(
    rows: Mapping[str, Sequence[Row]], theme: Theme, sides: tuple[Fragments, ...] = ()
) -> list[Group]:
    return [Group(theme.say(f"group.{key}"), own, sides) for key, own in rows.items() if own]


def _better(ours: Cell, theirs: Cell) -> str:
    if ours.figure is None or theirs.figure is None or ours.figure == theirs.figure:
        return ""
    return "a" if ours.figure > theirs.figure else "b"
