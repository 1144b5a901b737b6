"""What the columns of a table mean: which field of a product each one is read into."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from comparo.content.cells import Cell, Notes
from comparo.content.rows import Row
from comparo.errors import UsageError
from comparo.model import Settings
from comparo.texts import KEY, did_you_mean, slugify

Read = Callable[[Cell], object]

FIELDS: Mapping[str, Read] = {
    "name": Cell.text,
    "slug": Cell.text,
    "type": Cell.slug,
    "category": Cell.category,
    "tags": Cell.slugs,
    "summary": Cell.summary,
    "url": Cell.url,
    "repo": Cell.url,
    "license": Cell.license,
    "platforms": Cell.texts,
    "status": Cell.status,
    "released": Cell.date,
    "pricing.model": Cell.model,
    "pricing.starting_price": Cell.price,
    "pricing.checked": Cell.date,
    "pricing.source": Cell.text,
    "rank": partial(Cell.number, low=0, high=100),
    "capabilities": Cell.capabilities,
}
GROUPS: Mapping[str, Read] = {
    "scores": partial(Cell.number, low=0, high=1),
    "signals": Cell.signal,
    "attributes": Cell.fact,
}
"""Fields with keys of the author's choice, as in ``signals.github_stars``."""

KINDS: Mapping[str, Read] = {
    "text": Cell.text,
    "number": Cell.number,
    "boolean": Cell.truth,
    "list": Cell.texts,
    "date": Cell.date,
    "url": Cell.url,
}

SYNONYMS = {
    "name": ("title", "product"),
    "category": ("categories",),
    "tags": ("labels", "keywords"),
    "summary": ("description", "tagline"),
    "url": ("website", "homepage", "link"),
    "repo": ("repository", "source_code", "gh_link", "github"),
    "license": ("licence",),
    "platforms": ("platform",),
    "released": ("last_release", "release_date", "latest_release"),
    "pricing.model": ("pricing", "pricing_model"),
    "pricing.starting_price": ("starting_price", "price"),
    "capabilities": ("features",),
    "signals.github_stars": ("stars", "stargazers", "stargazers_count"),
    "attributes.languages": ("languages", "language"),
}
"""Names of columns, besides a field's own, that say what is meant; the first that is there wins."""

LEFT_OUT = "-"
"""What a column is mapped to that shall not be read."""


Meaning = tuple[int, str]
"""The field that a column is read into ("": none), after how sure that is: the lowest is read."""


@dataclass(slots=True)
class Columns:
    """How the columns of one file are read. It learns which ones the file has."""

    given: Mapping[str, Meaning]
    known: Mapping[str, Meaning]
    kinds: Mapping[str, Read]
    attributes: bool
    seen: dict[str, Meaning] = field(default_factory=dict)

    def cells(self, row: Row, notes: Notes, *, packed: bool) -> dict[str, Cell]:
        """Find the cell that says each field; what no field is read from is noted."""
        found: dict[str, tuple[int, Cell]] = {}
        for column, raw in _flat(row.cells):
            sure, target = self.seen.get(column) or self._learn(column)
            if target == LEFT_OUT or raw is None or raw in ("", [], {}):
                continue
            cell = Cell(raw, column, row.place, notes, packed)
            if sure == _UNSURE and cell.nested:
                notes.count(column, "is not imported, as it holds objects")
            elif not target:
                notes.count(column, "is not imported", self._advice(column))
            elif target not in found or sure < found[target][0]:
                self._note_second(found.get(target), column, target, notes)
                found[target] = sure, cell
            else:
                self._note_second((sure, cell), found[target][1].column, target, notes)
        return {target: cell for target, (_, cell) in found.items()}

    def read(self, target: str, cell: Cell) -> object:
        """Read a cell into its field; None where it says nothing that can stand there."""
        group, _, key = target.partition(".")
        if target in FIELDS:
            value = FIELDS[target](cell)
        elif group == "attributes" and key in self.kinds:
            value = self.kinds[key](cell)
        else:
            value = GROUPS[group](cell)
        return None if value in ("", ()) else value

    def check(self) -> None:
        """Raise UsageError where a column was mapped that the file does not have."""
        names = {_plain(column): column for column in self.seen}
        for column in self.given:
            if names and column not in names:
                raise UsageError(_unknown("the file has no column", column, list(names.values())))

    def _learn(self, column: str) -> Meaning:
        name = _plain(column)
        meaning = self.given.get(name) or self.known.get(name)
        if not meaning and _is_field(name):
            meaning = (1, name)
        if not meaning and self.attributes and slugify(column):
            meaning = (_UNSURE, f"attributes.{slugify(column).replace('-', '_')}")
        return self.seen.setdefault(column, meaning or (_UNSURE, ""))

    def _advice(self, column: str) -> str:
        return "" if self.attributes else f"--attributes reads it, or --map {column}=…"

    @staticmethod
    def _note_second(
        second: tuple[int, Cell] | None, first: str, target: str, notes: Notes
    ) -> None:
        if second:
            why = f"is not imported where {target} is read from {first}"
            notes.count(second[1].column, why)


_UNSURE = 99


def open_columns(given: Mapping[str, str], settings: Settings, *, attributes: bool) -> Columns:
    """Say how columns are read: as ``given``, else by their names, which have synonyms."""
    known = {name: (1, name) for name in FIELDS}
    for component in settings.rank.components:
        for scale in component.scales:
            known.setdefault(scale.signal, (1, f"signals.{scale.signal}"))
    for target, names in SYNONYMS.items():
        for sure, name in enumerate(names, 2):
            known.setdefault(name, (sure, target))
    mapped = {}
    for column, name in given.items():
        target = "pricing.model" if _plain(name) == "pricing" else _plain(name)
        if target != LEFT_OUT and not _is_field(target):
            fields = [*FIELDS, *(target for _, target in known.values())]
            raise UsageError(_unknown("there is no field", name, fields))
        mapped[_plain(column)] = (0, target)
    kinds = {name: KINDS[attribute.kind] for name, attribute in settings.attributes.items()}
    return Columns(mapped, known, {"languages": Cell.texts} | kinds, attributes)


def _flat(cells: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Go through a row's columns; those of ``{"pricing": {"model": …}}`` are ``pricing.model``."""
    for column, raw in cells.items():
        if isinstance(raw, dict) and (column in GROUPS or column == "pricing"):
            yield from ((f"{column}.{key}", value) for key, value in raw.items())
        else:
            yield column, raw.strip() if isinstance(raw, str) else raw


def _plain(column: str) -> str:
    """Name a column as the table of names does: ``GitHub-Stars`` is ``github_stars``."""
    return re.sub(r"(?<=.)[\s_-]+(?=.)", "_", column.strip().casefold())


def _is_field(name: str) -> bool:
    group, _, key = name.partition(".")
    return name in FIELDS or (group in GROUPS and bool(KEY.fullmatch(key)))


def _unknown(what: str, word: str, known: list[str]) -> str:
    hint = did_you_mean(word, known)
    return f'--map: {what} "{word}"' + (f" ({hint})" if hint else "")
