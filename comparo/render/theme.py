"""Find a theme, with what it extends, its words and its assets (Jinja's door)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup, escape

from comparo.cache import digest
from comparo.compare import scoring
from comparo.errors import ThemeError
from comparo.render.folders import Sources, lineage, read_assets, read_sources, read_words
from comparo.render.generating import Seen
from comparo.render.skeleton import Skeleton, cut, slots
from comparo.render.weaving import AS_FRAME, WovenEnvironment
from comparo.texts import is_address

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
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
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
    templates: Sources
    key: bytes
    fingerprints: Mapping[str, str]
    environment: WovenEnvironment = field(init=False, repr=False)
    plain: jinja2.Environment = field(init=False, repr=False)

    def __post_init__(self) -> None:
        woven = WovenEnvironment(self._one_form, **self._options)
        plain = jinja2.Environment(**self._options)  # noqa: S701 (it escapes)
        for environment in (woven, plain):
            self._furnish(environment)
        object.__setattr__(self, "environment", woven)
        object.__setattr__(self, "plain", plain)

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
        if "n" in values:
            values["n"] = number(values["n"])
        try:
            for value in values.values():
                if type(value) is Markup:
                    return escape(words).format(**values)
            return words.format_map(values)
        except (LookupError, TypeError, ValueError, AttributeError, MemoryError) as error:
            raise ThemeError(
                f'theme "{self.name}": strings.yaml: {key}: cannot be filled in: {error!r}'
            ) from error

    def knows(self, key: str) -> bool:
        """Tell whether there is a string of that key."""
        return key in self.words

    def draw(self, template: str, view: object = None, **values: object) -> str:
        """Render a template; names that it has no value for are looked up in the view."""
        try:
            return self.environment.draw(template, {**values, "view": view})
        except (ThemeError, *_MISTAKES):
            return self._draw_plainly(template, view=view, **values)

    def skeleton(self, partial: str, *names: str, **values: object) -> Skeleton:
        """Draw a partial but for the slots of these names, to be filled again and again."""
        # Two drawings that call the slots otherwise show whether anything is done to them.
        signs = ({name: name for name in names}, {name: str(n) for n, name in enumerate(names)})
        skeleton, other = (
            cut(self.draw(partial, **slots(called), **values), called) for called in signs
        )
        if skeleton is None or skeleton != other:
            path, _ = self.templates[partial]
            raise ThemeError(
                f"{path}: {', '.join(names)}: can only be put in place as they are, without"
                " filters: the partial is drawn once, and filled for each item"
            )
        return skeleton

    def _draw_plainly(self, template: str, **values: object) -> str:
        """Draw what went wrong once more, not woven, so that it fails in the file that is wrong."""
        try:
            return self.plain.get_template(template).render(**values)
        except jinja2.TemplateSyntaxError as error:
            where = f"{error.filename or error.name}:{error.lineno}"
            raise ThemeError(f"{where}: {error.message}") from error
        except jinja2.TemplateNotFound as error:
            where = _template_line(error.__traceback__)
            said = f'theme "{self.name}" has no template {error.name}'
            raise ThemeError(f"{where}: {said}" if where else said) from error
        except ThemeError as error:
            where = _template_line(error.__traceback__)
            if not where or not str(error).startswith('theme "'):  # a partial's has its place
                raise
            raise ThemeError(f"{where}: {error}") from error
        except _MISTAKES as error:
            where = _template_line(error.__traceback__) or template
            raise ThemeError(f"{where}: {error}") from error

    @property
    def _options(self) -> dict[str, Any]:
        return {
            "loader": jinja2.FunctionLoader(self._source),
            "autoescape": True,
            "undefined": jinja2.StrictUndefined,
            "trim_blocks": True,
            "lstrip_blocks": True,
            "auto_reload": False,
            "cache_size": -1,
        }

    def _furnish(self, environment: jinja2.Environment) -> None:
        """Give templates what they may call."""
        environment.context_class = Seen
        environment.globals.update(say=self.say, knows=self.knows)
        environment.tests["web_address"] = is_web_address
        environment.filters.update(
            number=number,
            day=day,
            percent=percent,
            points=whole_points,
            tenths=tenths,
            hostname=hostname,
        )

    def _source(self, template: str) -> tuple[str, str, None] | None:
        path, data = self.templates.get(template.removesuffix(AS_FRAME), ("", None))
        return None if data is None else (data.decode(), path, None)

    def _one_form(self, key: str) -> str | None:
        words = self.words.get(key)
        return words if isinstance(words, str) else None

    def fingerprint(self, asset: str) -> str:
        """Give a short digest of an asset, so that a changed one gets a new address."""
        if asset not in self.fingerprints:
            raise ThemeError(f'theme "{self.name}" has no asset {asset}')
        return self.fingerprints[asset]


def open_theme(root: Path, name: str) -> Theme:
    """Open a theme of the site, or one that ships with comparo, and the themes that it extends."""
    folders = list(lineage(root, name))
    words: dict[str, str | Mapping[str, str]] = {}
    assets: dict[str, bytes] = {}
    templates: Sources = {}
    for folder in reversed(folders):
        words.update(read_words(folder, root))
        assets.update(read_assets(folder / "assets"))
        templates.update(read_sources(folder / "templates"))
    key = digest(
        repr(words).encode("utf-8", "surrogatepass"),
        *(part for name, data in assets.items() for part in (name.encode(), data)),
        *(part for name, (_, data) in templates.items() for part in (name.encode(), data)),
    )
    short = {name: blake2b(data, digest_size=4).hexdigest() for name, data in assets.items()}
    return Theme(name, words, assets, templates, key, short)


remembered = lru_cache(maxsize=10_000, typed=True)
"""Figures, days and names come again and again."""

# Filters ---------------------------------------------------------------------------------------


@remembered
def number(value: object) -> str:
    """Show a number with thousands apart and few digits: ``21,000``, ``0.5``, ``0.0012``."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if isinstance(value, int):
        text = f"{value:,}"
    elif value and abs(value) < 0.1:
        text = f"{Decimal(f'{value:.2g}'):f}"
    else:
        text = f"{value + 0.0:,.2f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


@remembered
def day(value: dt.date) -> Markup:
    """Show a date in words, with its machine-readable form."""
    words = f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), words)


@remembered
def percent(value: float) -> str:
    """Show a share: 0.4 as ``40%``."""
    return f"{scoring.percent(value)}%"


@remembered
def whole_points(value: float) -> int:
    """Show a value from 0 to 1 in whole points, halves up."""
    return scoring.points(100 * value)


@remembered
def tenths(value: float) -> str:
    """Show a value from 0 to 1 in points, to a tenth: 0.4567 as ``45.7``."""
    return number(round(100 * value, 1))


def is_web_address(text: str) -> bool:
    """Tell whether a text is an address of the web, so that it can be a link."""
    return is_address(text) and not text.startswith("mailto:")


@remembered
def hostname(url: str) -> str:
    """Name the host that a URL leads to, without a leading ``www.``."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _template_line(traceback: TracebackType | None) -> str:
    """Find the line of a template that an error comes from: Jinja lets tracebacks name them."""
    found = ""
    while traceback:
        file: Any = traceback.tb_frame.f_code.co_filename
        if file.endswith(".html"):
            found = f"{file}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return found
