"""Product folders out of someone else's table: what ``comparo import`` does.

Every row is read and judged before the first file is written. Nothing that an author wrote is
replaced unless asked for, and then only the lines that change.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from comparo.content.cells import Notes
from comparo.content.columns import Columns, open_columns
from comparo.content.rows import Row, is_csv, read_rows
from comparo.content.settings import read_settings
from comparo.content.updating import updated
from comparo.content.writing import product_yaml
from comparo.errors import ContentError, Place, Problem, UsageError
from comparo.files import TEXT_LIMIT, Files, Report
from comparo.model import Settings
from comparo.output.files import write_atomically
from comparo.source import parse
from comparo.texts import slugify, wrong_slug
from comparo.values import Value


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, by slug; which rows it left out, and what it left out of others."""

    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    skipped: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A product as a row tells it; ``chosen`` where the row gives its slug too."""

    place: Place
    slug: str
    chosen: bool
    fields: Mapping[str, object]

    @property
    def name(self) -> str:
        """Give the product's name."""
        return str(self.fields["name"])


@dataclass(frozen=True, slots=True)
class Change:
    """A product.yaml that is to be written."""

    slug: str
    path: Path
    text: str
    is_new: bool


def import_file(
    root: Path,
    file: Path,
    *,
    columns: Mapping[str, str] | None = None,
    attributes: bool = False,
    update: bool = False,
) -> Imported:
    """Make product folders of a file's rows.

    ``columns`` says which field a column is read into, ``attributes`` that columns without a field
    become attributes, ``update`` that products which are there already get what the rows say.
    """
    products = root / "content" / "products"
    if not products.resolve().is_relative_to(root.resolve()):
        raise UsageError(f"{products}: is a link that leads out of the site")
    meanings = open_columns(columns or {}, _settings(root, products), attributes=attributes)
    notes, skipped = Notes(Place(file.as_posix())), list[Problem]()
    drafts = list(_drafts(file, meanings, notes, skipped))
    meanings.check()

    changes, unchanged = list[Change](), list[str]()
    for draft in drafts:
        outcome = _change(root, products / draft.slug, draft, notes, update=update)
        if isinstance(outcome, Problem):
            skipped.append(outcome)
        elif outcome:
            changes.append(outcome)
        else:
            unchanged.append(draft.slug)

    for change in changes:
        write_atomically(root, change.path.relative_to(root).as_posix(), change.text.encode())
    return Imported(
        created=tuple(change.slug for change in changes if change.is_new),
        updated=tuple(change.slug for change in changes if not change.is_new),
        unchanged=tuple(unchanged),
        skipped=tuple(skipped),
        notes=notes.all(),
    )


def _settings(root: Path, products: Path) -> Settings:
    """Read the site's settings: they name its signals, and the kinds of its attributes."""
    site = Files(root, Report())
    slugs = [path.name for path in site.entries(products)]
    settings = read_settings(site, root / "content" / "site.yaml", slugs)
    if settings is None:
        raise ContentError(*sorted(site.report.errors))
    return settings


# Judge -----------------------------------------------------------------------------------------


def _drafts(file: Path, columns: Columns, notes: Notes, skipped: list[Problem]) -> Iterator[Draft]:
    """Go through the products that the rows tell of, each with a slug of its own."""
    lines: dict[tuple[str, str], int] = {}
    taken: dict[str, int] = {}
    for row in read_rows(file):
        draft = _draft(row, columns, notes, packed=is_csv(file)) if isinstance(row, Row) else row
        if isinstance(draft, Problem):
            skipped.append(draft)
            continue
        told = draft.slug, draft.name.casefold()
        if told in lines:
            skipped.append(_left_out(draft.place, f'"{draft.name}" repeats line {lines[told]}'))
            continue
        lines[told] = draft.place.line
        slug = draft.slug
        while slug in taken:
            taken[draft.slug] += 1
            slug = f"{draft.slug[:90].rstrip('-')}-{taken[draft.slug]}"
        taken[slug] = 1
        yield replace(draft, slug=slug)


def _draft(row: Row, columns: Columns, notes: Notes, *, packed: bool) -> Draft | Problem:
    """Make a product of a row, or say why it cannot be one."""
    cells = columns.cells(row, notes, packed=packed)
    if "name" not in cells:
        return _left_out(row.place, "it has no name")
    why = Notes(notes.file)
    name = replace(cells.pop("name"), notes=why).text(limit=300)
    if not name:
        return replace(why.problems[0], hint="and its row with it")
    given = cells.pop("slug").text() if "slug" in cells else None
    slug = given if given and not wrong_slug(given) else slugify(given or name)
    if given and slug and slug != given:
        notes.count("slug", "was made a slug", f'such as {slug} of "{given:.80}"')
    if wrong := wrong_slug(slug):
        why_not = f'its slug "{slug}" {wrong}' if slug else f'no slug can be made of "{name}"'
        return _left_out(row.place, why_not, "give it one in a column called slug")
    fields: dict[str, object] = {"name": name}
    for target, cell in cells.items():
        value = columns.read(target, cell)
        if value is not None:
            _put(fields, target, value)
    return Draft(row.place, slug, bool(given), fields)


def _put(fields: dict[str, Any], target: str, value: object) -> None:
    """Put a value under its field; ``signals.github_stars`` stands in a mapping of its own."""
    group, dot, key = target.partition(".")
    if dot:
        fields.setdefault(group, {})[key] = value
    else:
        fields[target] = value


def _change(
    root: Path, folder: Path, draft: Draft, notes: Notes, *, update: bool
) -> Change | Problem | None:
    """Say what has to be written for a product; None where its file says all that already."""
    path = folder / "product.yaml"
    outcome: Change | Problem | None
    if folder.is_symlink() or path.is_symlink() or (folder.exists() and not folder.is_dir()):
        return _left_out(draft.place, f"{draft.slug} is a link or a file there, not a folder")
    try:
        there = path.exists()
    except OSError as error:
        return _left_out(draft.place, f"{draft.slug} cannot be read: {error.strerror}")
    if there:
        outcome = _revision(Files(root, Report()), path, draft, notes, update=update)
    else:
        outcome = Change(draft.slug, path, product_yaml(draft.fields), is_new=True)
    if isinstance(outcome, Change) and len(outcome.text.encode()) > TEXT_LIMIT:
        return _left_out(draft.place, f"its product.yaml would be over {TEXT_LIMIT:,} bytes")
    return outcome


def _revision(
    files: Files, path: Path, draft: Draft, notes: Notes, *, update: bool
) -> Change | Problem | None:
    file, report = files.place(path).file, files.report
    old = files.text(path)
    top = None if old is None else parse(old, file, report)
    name = top.fields().read("name", Value.text) if top else None
    new = None if old is None else updated(old, draft.fields, file, report)
    if new is None:
        return _left_out(draft.place, "what is there cannot be read", str(report.errors[0]))
    if name and name.casefold() != draft.name.casefold() and not draft.chosen:
        hint = "give the row another one in a column called slug"
        return _left_out(draft.place, f'"{name}" has the slug {draft.slug}', hint)
    if new == old:
        return None
    if not update:
        return _left_out(draft.place, f"{draft.slug} is there already", "--update merges the two")
    notes.problems += report.warnings
    return Change(draft.slug, path, new, is_new=False)


def _left_out(place: Place, why: str, hint: str = "") -> Problem:
    return Problem(place, f"is left out: {why}", hint)
