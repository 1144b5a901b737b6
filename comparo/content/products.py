"""Product folders and capability files → products."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar, cast, get_args

from comparo.content.capabilities import UP, Ids, read_capability, read_files
from comparo.content.images import read_image
from comparo.content.markdown import to_prose
from comparo.content.pricing import read_pricing
from comparo.files import MARKDOWN_LIMIT, Files, Where
from comparo.model import (
    Attribute,
    Fact,
    Image,
    Product,
    Prose,
    Settings,
    Status,
)
from comparo.model import Value as Datum
from comparo.source import parse
from comparo.texts import KEY, RESERVED, did_you_mean, slugify, wrong_slug
from comparo.values import Fields, Value

T = TypeVar("T")

KEYS = (
    "name",
    "type",
    "category",
    "tags",
    "summary",
    "url",
    "repo",
    "license",
    "platforms",
    "status",
    "released",
    "pricing",
    "rank",
    "scores",
    "signals",
    "attributes",
    "capabilities",
)
LOGOS = ("svg", "png", "webp", "jpg")


def product_folders(files: Files, folder: Path) -> dict[str, Path]:
    """Find the product folders by their slugs; names that cannot be slugs are reported."""
    found = {}
    for path in files.entries(folder):
        if not path.is_dir():
            files.report.warn(
                files.place(path),
                "is not a product folder",
                "products stand in folders of their own",
            )
        elif wrong := wrong_slug(path.name):
            files.report.error(
                files.place(path), wrong, f"call it {slugify(path.name) or 'a-slug'}"
            )
        else:
            found[path.name] = path
    return found


def read_product(files: Files, folder: Path, settings: Settings) -> Product | None:
    """Read one product folder; None where something in it is wrong, which is then reported."""
    before = len(files.report.errors)
    path = f"{folder}/product.yaml"
    if not files.holds(path):
        hint = "write one with at least a name, or remove the folder"
        files.report.error(files.place(folder), "has no product.yaml", hint)
        return None
    text = files.text(path)
    top = None if text is None else parse(text, files.place(path).file, files.report)
    if top is None:
        return None
    product = _read(files, folder, top, settings)
    return product if len(files.report.errors) == before else None


def _read(files: Files, folder: Path, top: Value, settings: Settings) -> Product:
    fields = top.fields(*KEYS)
    name = fields.read("name", partial(Value.text, limit=300))
    if fields.lacks("name") and top.holds_keys:
        top.error("name: is missing", "every product needs a name")
    names = tuple(c.name for c in settings.rank.components)
    listed = fields["capabilities"].items() if "capabilities" in fields else ()
    ids = Ids()
    capabilities = [read_capability(item, ids) for item in listed]
    capabilities += read_files(files, f"{folder}/capabilities", ids)
    return Product(
        slug=folder.name,
        name=name or folder.name,
        place=top.place,
        type=fields.read("type", Value.slug) or "product",
        categories=fields.read("category", _categories) or (),
        tags=fields.read("tags", Value.slugs) or (),
        summary=_fact(fields, "summary", Value.text),
        about=_about(files, f"{folder}/about.md"),
        logo=_logo(files, folder),
        url=_fact(fields, "url", Value.url),
        repo=_fact(fields, "repo", Value.url),
        license=_fact(fields, "license", Value.text),
        platforms=_fact(fields, "platforms", _some_texts),
        status=_fact(fields, "status", _status),
        released=_fact(fields, "released", Value.date),
        pricing=read_pricing(fields.get("pricing")),
        rank=_fact(fields, "rank", partial(Value.number, low=0, high=100)),
        scores=_facts(fields, "scores", partial(Value.number, low=0, high=1), names),
        signals=_signals(fields, settings),
        attributes=_read_attributes(fields.get("attributes"), settings.attributes),
        capabilities=tuple(filter(None, capabilities)),
    )


def _read_attributes(
    value: Value | None, declared: Mapping[str, Attribute]
) -> dict[str, Fact[Datum]]:
    readers: dict[str, Callable[[Value], Datum | None]] = {
        "number": Value.number,
        "boolean": Value.truth,
        "date": Value.date,
        "url": Value.url,
        "list": _some_texts,
        "text": Value.text,
    }
    attributes: dict[str, Fact[Datum]] = {}
    for name, entry in value.pairs() if value else ():
        if not KEY.fullmatch(name):
            entry.error("must be a word of lower-case letters, digits and underscores")
            continue
        read = readers[declared[name].kind] if name in declared else Value.any
        fact: Fact[Datum] | None = entry.fact(read)
        if fact is not None:
            attributes[name] = fact
    return attributes


def _fact(fields: Fields, key: str, read: Callable[[Value], T | None]) -> Fact[T] | None:
    return fields.read(key, lambda value: value.fact(read))


def _facts(
    fields: Fields, key: str, read: Callable[[Value], T | None], known: tuple[str, ...]
) -> dict[str, Fact[T]]:
    facts = {}
    for name, value in fields[key].pairs() if key in fields else ():
        fact = value.fact(read)
        if name not in known:
            value.warn("is used by no component of the rank", did_you_mean(name, known))
        if fact is not None:
            facts[name] = fact
    return facts


ELSEWHERE = {
    "released": "write released: … outside of signals",
    "times_matched": "it is counted in content/evidence/",
}
"""Signals that are not declared, and where they come from."""


def _signals(fields: Fields, settings: Settings) -> dict[str, Fact[float | dt.date]]:
    """Read raw measures; warn of those that their scale cannot measure."""
    kinds = {scale.signal: scale.kind for c in settings.rank.components for scale in c.scales}
    signals: dict[str, Fact[float | dt.date]] = _facts(fields, "signals", _signal, tuple(kinds))
    for name, value in fields["signals"].pairs() if signals else ():
        if name in ELSEWHERE:
            value.error("is not declared here", ELSEWHERE[name])
        elif name in signals and name in kinds:
            dated = isinstance(signals[name].value, dt.date)
            if dated != (kinds[name] == "decay"):
                given, wanted = ("date", "number") if dated else ("number", "date")
                value.warn(f"is a {given}, but its scale measures a {wanted}")
    return signals


def _signal(value: Value) -> float | dt.date | None:
    return value.date() if value.looks_dated else value.number(low=0)


def _some_texts(value: Value) -> tuple[str, ...] | None:
    return value.texts() or None


def _categories(value: Value) -> tuple[str, ...]:
    """Read categories. Each gets a folder of its own in the output."""
    slugs = value.slugs()
    for slug in sorted(RESERVED.intersection(slugs)):
        value.error(f'"{slug}" is a name that Windows reserves', "call it otherwise")
    return slugs


def _status(value: Value) -> Status | None:
    return cast("Status | None", value.choice(get_args(Status)))


def _about(files: Files, path: Where) -> Prose | None:
    text = files.text(path, MARKDOWN_LIMIT) if files.holds(path) else None
    return to_prose(text, root=UP, top=3) if text else None


def _logo(files: Files, folder: Path) -> Image | None:
    for suffix in LOGOS:
        path = f"{folder}/logo.{suffix}"
        if files.holds(path):
            return read_image(files, Path(path))
    return None
