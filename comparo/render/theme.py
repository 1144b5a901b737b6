"""Find a theme, with what it extends, its words and its assets (Jinja's door)."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup, escape

from comparo.compare import scoring
from comparo.errors import ContentError, ThemeError
from comparo.files import Files, Report
from comparo.source import parse
from comparo.texts import is_address
from comparo.values import Value

Words = Mapping[str, "str | Mapping[str, str]"]
"""Strings by dotted key; one that counts has the forms ``one`` and ``other``."""

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


_MISTAKES = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a template that is wrong can raise while it is drawn."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, ready to draw: templates, words and assets, laid over those it extends."""

    name: str
    words: Words
    assets: Mapping[str, bytes]
    environment: jinja2.Environment = field(repr=False)

    def say(self, key: str, **values: object) -> str:
        """Give a string of ``strings.yaml`` with its places filled in.

        ``n`` chooses between the forms of a string that counts. Where a value is markup so is the
        result, with everything else in it escaped.
        """
        words = self.words.get(key)
        if words is None:
            raise ThemeError(f'theme "{self.name}": strings.yaml has no "{key}"')
        if not isinstance(words, str):
            words = words["one" if values.get("n") == 1 else "other"]
        values = {k: number(v) if k == "n" else v for k, v in values.items()}
        try:
            if any(isinstance(value, Markup) for value in values.values()):
                return escape(words).format(**values)
            return words.format(**values)
        except (LookupError, TypeError, ValueError, AttributeError, MemoryError) as error:
            raise ThemeError(
                f'theme "{self.name}": strings.yaml: {key}: cannot be filled in: {error!r}'
            ) from error

    def knows(self, key: str) -> bool:
        """Tell whether there is a string of that key."""
        return key in self.words

    def draw(self, template: str, **values: object) -> str:
        """Render a template."""
        try:
            return self.environment.get_template(template).render(**values)
        except jinja2.TemplateSyntaxError as error:
            where = f"{error.filename or error.name}:{error.lineno}"
            raise ThemeError(f"{where}: {error.message}") from error
        except jinja2.TemplateNotFound as error:
            raise ThemeError(f'theme "{self.name}" has no template {error.name}') from error
        except _MISTAKES as error:
            where = _template_line(error.__traceback__) or template
            raise ThemeError(f"{where}: {error}") from error

    def fingerprint(self, asset: str) -> str:
        """Give a short digest of an asset, so that a changed one gets a new address."""
        if asset not in self.assets:
            raise ThemeError(f'theme "{self.name}" has no asset {asset}')
        return blake2b(self.assets[asset], digest_size=4).hexdigest()


def open_theme(root: Path, name: str) -> Theme:
    """Open a theme of the site, or one that ships with comparo, and the themes that it extends."""
    folders = list(_lineage(root, name))
    words: dict[str, str | Mapping[str, str]] = {}
    assets: dict[str, bytes] = {}
    for folder in reversed(folders):
        words.update(_words(folder, root))
        assets.update(_assets(folder / "assets"))
    environment = jinja2.Environment(
        loader=_templates(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    theme = Theme(name, words, assets, environment)
    environment.globals.update(say=theme.say, knows=theme.knows)
    environment.tests["web_address"] = is_web_address
    environment.filters.update(
        number=number, day=day, percent=percent, points=whole_points, hostname=hostname
    )
    return theme


# Filters ---------------------------------------------------------------------------------------


def number(value: object) -> str:
    """Show a number with thousands apart and few digits: ``21,000``, ``0.5``, ``0.0012``."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if isinstance(value, int):
        text = f"{value:,}"
    elif value and abs(value) < 0.1:
        text = f"{Decimal(f'{value:.2g}'):f}"
    else:
        text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def day(value: dt.date) -> Markup:
    """Show a date in words, with its machine-readable form."""
    words = f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), words)


def percent(value: float) -> str:
    """Show a share: 0.4 as ``40%``."""
    return f"{scoring.percent(value)}%"


def whole_points(value: float) -> int:
    """Show a value from 0 to 1 in whole points, halves up."""
    return scoring.points(100 * value)


def is_web_address(text: str) -> bool:
    """Tell whether a text is an address of the web, so that it can be a link."""
    return is_address(text) and not text.startswith("mailto:")


def hostname(url: str) -> str:
    """Name the host that a URL leads to, without a leading ``www.``."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


# Finding and reading ---------------------------------------------------------------------------


def _lineage(root: Path, name: str) -> Iterator[Path]:
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


def _words(folder: Path, root: Path) -> dict[str, str | Mapping[str, str]]:
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


def _assets(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
            try:
                yield name, path.read_bytes()
            except OSError as error:
                raise ThemeError(f"{path}: cannot be read: {error.strerror}") from error


def _templates(folders: Sequence[Path]) -> jinja2.BaseLoader:
    """Read the templates now: a site that is open does not change under who looks at it."""
    files = {
        name: (data, str(folder / "templates" / name))
        for folder in reversed(folders)
        for name, data in _assets(folder / "templates")
    }

    def load(name: str) -> tuple[str, str, None] | None:
        if name not in files:
            return None
        data, path = files[name]
        return data.decode(), path, None

    return jinja2.FunctionLoader(load)


def _template_line(traceback: TracebackType | None) -> str:
    """Find the line of a template that an error comes from: Jinja lets tracebacks name them."""
    found = ""
    while traceback:
        file: Any = traceback.tb_frame.f_code.co_filename
        if file.endswith(".html"):
            found = f"{file}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return found
