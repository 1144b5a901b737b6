"""Product folders and capability files → products."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TypeVar, cast, get_args

from comparo.content.files import Files
from comparo.content.images import read_image
from comparo.content.markdown import to_prose
from comparo.content.source import (
    KEY,
    RESERVED,
    SLUG,
    Fields,
    Value,
    did_you_mean,
    front_matter,
    parse,
    slugify,
)
from comparo.model import (
    Attribute,
    Capability,
    Fact,
    Image,
    Price,
    Pricing,
    PricingModel,
    Product,
    Prose,
    Settings,
    Status,
)
from comparo.model import Value as Datum

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
CAPABILITY_KEYS = (
    "name",
    "description",
    "topic",
    "unique",
    "vs_alternatives",
    "intents",
    "best_for",
    "limitations",
    "requires",
    "inputs",
    "outputs",
    "source",
)
LOGOS = ("svg", "png", "webp", "jpg")

UP = "../../"
"""From a page that shows a product (``/products/<slug>/``, ``/compare/…/``) to the site's root."""


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


def wrong_slug(name: str) -> str:
    """Say why a name cannot be a product's slug; "" if it can."""
    if len(name) > 100:
        return "is longer than 100 characters"
    if not SLUG.fullmatch(name):
        return "must be of lower-case letters, digits and single hyphens"
    if "-vs-" in name:
        return 'must not hold "-vs-", which stands between two products in an address'
    if name in RESERVED:
        return "is a name that Windows reserves"
    return ""


def read_product(files: Files, folder: Path, settings: Settings) -> Product | None:
    """Read one product folder; None where something in it is wrong, which is then reported."""
    before = len(files.report.errors)
    path = folder / "product.yaml"
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
    scales = tuple(s.signal for c in settings.rank.components for s in c.scales)
    listed = fields["capabilities"].items() if "capabilities" in fields else ()
    capabilities = [read_capability(item) for item in listed]
    capabilities += _capability_files(files, folder / "capabilities")
    return Product(
        slug=folder.name,
        name=name or folder.name,
        place=top.place,
        type=fields.read("type", Value.slug) or "product",
        categories=fields.read("category", _categories) or (),
        tags=fields.read("tags", Value.slugs) or (),
        summary=fields.read("summary", Value.text) or "",
        about=_about(files, folder / "about.md"),
        logo=_logo(files, folder),
        url=_fact(fields, "url", Value.url),
        repo=_fact(fields, "repo", Value.url),
        license=_fact(fields, "license", Value.text),
        platforms=_fact(fields, "platforms", _some_texts),
        status=_fact(fields, "status", _status),
        released=_fact(fields, "released", Value.date),
        pricing=_read_pricing(fields.get("pricing")),
        rank=_fact(fields, "rank", partial(Value.number, low=0, high=100)),
        scores=_facts(fields, "scores", partial(Value.number, low=0, high=1), names),
        signals=_facts(fields, "signals", _signal, scales),
        attributes=_read_attributes(fields.get("attributes"), settings.attributes),
        capabilities=_with_ids(capability for capability in capabilities if capability),
    )


def read_capability(value: Value, description: Prose | None = None) -> Capability | None:
    """Read one capability, written in product.yaml or as the front matter of a file of its own."""
    if value.is_scalar and not value.missing:
        name = value.text(300)
        return Capability("", name) if name else None
    fields = value.fields(*CAPABILITY_KEYS)
    name = fields.read("name", partial(Value.text, limit=300))
    if fields.lacks("name") and value.holds_keys:
        value.error("has no name", "every capability needs a name")
    if not name:
        return None
    text = fields.read("description", Value.block)
    return Capability(
        id="",
        name=name,
        description=description or (to_prose(text, root=UP, top=0) if text else None),
        topic=fields.read("topic", Value.slug) or "",
        unique=fields.read("unique", Value.text) or "",
        vs_alternatives=fields.read("vs_alternatives", Value.text) or "",
        intents=fields.read("intents", Value.texts) or (),
        best_for=fields.read("best_for", Value.texts) or (),
        limitations=fields.read("limitations", Value.texts) or (),
        requires=fields.read("requires", Value.texts) or (),
        inputs=fields.read("inputs", Value.texts) or (),
        outputs=fields.read("outputs", Value.texts) or (),
        source=fields.read("source", Value.text) or "",
    )


def _capability_files(files: Files, folder: Path) -> Iterator[Capability | None]:
    for path in files.entries(folder):
        if path.suffix != ".md":
            files.report.warn(files.place(path), "is not read", "capabilities are .md files")
            continue
        text = files.text(path)
        if text is None:
            continue
        parts = front_matter(text, files.place(path).file, files.report)
        if parts is None:
            continue
        head, body = parts
        if head is None:
            hint = "begin it with --- and name: …"
            files.report.error(files.place(path, 1, 1), "has no front matter", hint)
            continue
        yield read_capability(head, to_prose(body, root=UP, top=0))


def _with_ids(capabilities: Iterable[Capability]) -> tuple[Capability, ...]:
    """Give each capability an id that is unique in its product and as stable as its name."""
    counts: dict[str, int] = {}
    found: dict[str, Capability] = {}
    for capability in capabilities:
        unique = stem = slugify(capability.name) or "capability"
        while unique in found:
            counts[stem] = counts.get(stem, 1) + 1
            unique = f"{stem}-{counts[stem]}"
        found[unique] = replace(capability, id=unique)
    return tuple(found.values())


def _read_pricing(value: Value | None) -> Pricing:
    if value is None or value.missing:
        return Pricing()
    fields = value.fields("model", "starting_price", "checked", "source")
    model = fields.read("model", partial(Value.choice, options=get_args(PricingModel)))
    return Pricing(
        model=cast("PricingModel", model or "unknown"),
        starting_price=_read_starting_price(fields.get("starting_price")),
        checked=fields.read("checked", Value.date),
        source=fields.read("source", Value.text) or "",
    )


def _read_starting_price(value: Value | None) -> Fact[Price] | None:
    """Read a price: a text, ``{amount, currency, period}``, or either as the value of a fact."""
    if value is None or value.missing:
        return None
    if value.has("value"):
        return value.fact(_price)
    price = _price(value)
    return Fact(price) if price else None


def _price(value: Value) -> Price | None:
    if value.is_scalar or value.is_list:
        text = value.text(100)
        if value.looks_endless:
            value.error(f'must be a price such as "$20/mo", not "{text}"')
        elif text and re.match(r"-\W?\d", text):
            value.error(f'must not be negative: "{text}"')
        return Price(text) if text else None
    fields = value.fields("amount", "currency", "period")
    amount = fields.read("amount", partial(Value.number, low=0))
    currency = fields.read("currency", partial(Value.text, limit=8)) or ""
    period = fields.read("period", partial(Value.text, limit=40)) or ""
    if fields.lacks("amount") and value.holds_keys:
        value.error("has no amount", "write {amount: 20, currency: USD, period: month}")
    if amount is None:
        return None
    figure = f"{amount:,.2f}".removesuffix(".00")
    if round(amount, 2) != amount:  # $0.0004 for a request is not free
        figure = f"{Decimal(str(amount)):,f}"
    sign = {"USD": "$", "EUR": "€", "GBP": "£"}.get(currency.upper())
    text = f"{sign}{figure}" if sign else f"{figure} {currency}".strip()
    short = {"month": "mo", "year": "yr"}.get(period, period)
    return Price(f"{text}/{short}" if short else text, amount, currency.upper(), period)


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


def _about(files: Files, path: Path) -> Prose | None:
    text = files.text(path) if files.holds(path) else None
    return to_prose(text, root=UP, top=3) if text else None


def _logo(files: Files, folder: Path) -> Image | None:
    for suffix in LOGOS:
        path = folder / f"logo.{suffix}"
        if files.holds(path):
            return read_image(files, path)
    return None
