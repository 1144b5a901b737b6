"""The folders of a theme and of those it extends: found, and read."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from comparo.errors import ContentError, ThemeError
from comparo.files import Files, Report
from comparo.source import parse
from comparo.values import Value

Sources = dict[str, tuple[str, bytes]]
"""Templates by name, each with its path and what it says."""


def lineage(root: Path, name: str) -> Iterator[Path]:
    """Go from a theme to what it extends, and so on."""
    seen: list[str] = []
    while name:
        if name in seen:
            raise ThemeError(f"themes extend each other in a circle: {' → '.join([*seen, name])}")
        seen.append(name)
        folder = _find(root, name)
        yield folder
        with _reading(folder / "theme.yaml", root) as top:
            fields = top.fields("name", "extends", "description", "author", "version")
            name = fields.read("extends", Value.slug) or ""


def _find(root: Path, name: str) -> Path:
    package = Path(__file__).parent.parent
    places = [root / "themes", package / "themes", package.parent / "themes"]
    try:
        for place in places:
            if (place / name / "theme.yaml").is_file():
                return place / name
        known = sorted({p.parent.name for place in places for p in place.glob("*/theme.yaml")})
    except OSError as error:
        raise ThemeError(f"{error.filename}: cannot be read: {error.strerror}") from error
    raise ThemeError(f'there is no theme "{name}" (there are: {", ".join(known)})')


@contextmanager
def _reading(path: Path, root: Path) -> Iterator[Value]:
    """Give what a file of the theme says; raise with all that is wrong in it at the end."""
    report = Report()
    text = Files(path.parent, report).text(path)
    name = str(path.relative_to(root) if path.is_relative_to(root) else path)
    top = None if text is None else parse(text, name, report)
    if top:
        yield top
    if report.errors:
        raise ThemeError(str(ContentError(*dict.fromkeys(report.errors))))


def read_words(folder: Path, root: Path) -> dict[str, str | Mapping[str, str]]:
    """Read a theme's strings, by dotted key."""
    path = folder / "strings.yaml"
    if not path.exists():
        return {}
    with _reading(path, root) as top:
        return dict(_flatten(top, ""))


def _flatten(value: Value, prefix: str) -> Iterator[tuple[str, "str | Mapping[str, str]"]]:
    for key, entry in value.pairs():
        if entry.is_scalar or entry.is_list:
            yield prefix + key, entry.block() or ""
            continue
        forms = dict(entry.pairs())
        if forms.keys() == {"one", "other"}:
            yield prefix + key, {form: text.block() or "" for form, text in forms.items()}
        else:
            yield from _flatten(entry, f"{prefix}{key}.")


def read_assets(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Read a theme's assets, each with its path."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
            try:
                yield name, path.read_bytes()
            except OSError as error:
                raise ThemeError(f"{path}: cannot be read: {error.strerror}") from error


def read_sources(folder: Path) -> Sources:
    """Read a theme's templates: one that is open stays what it was, whatever is saved meanwhile."""
    return {name: (str(folder / name), data) for name, data in read_assets(folder)}
