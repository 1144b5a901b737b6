"""The lists of a pair's page, joined from what was drawn for each of its two products."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
    """Rows of a table that belong together."""

    key: str
    label: str
    rows: tuple[Row, ...]


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
    rows = []
    for key in _in_order({*a.cells, *b.cells}, a):
        ours, theirs = a.cells.get(key, nothing), b.cells.get(key, nothing)
        if not (ours.known or theirs.known) and key not in ("rank", "pricing", "times_matched"):
            continue
        label = a.labels.get(key) or b.labels[key]
        better = "" if key == "rank" and verdict.winner is None else _better(ours, theirs)
        rows.append(Row(key, label, ours, theirs, better))
    return _grouped(rows, theme)


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


def _grouped(rows: Iterable[Row], theme: Theme) -> list[Group]:
    rows = list(rows)
    groups = (
        Group(key, theme.say(f"group.{key}"), tuple(r for r in rows if _stem(r.key) in stems))
        for key, stems in GROUPS.items()
    )
    return [group for group in groups if group.rows]


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
