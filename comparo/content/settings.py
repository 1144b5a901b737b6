"""``site.yaml`` and ``topics.yaml``, with every default filled in."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from math import log1p
from pathlib import Path
from typing import cast, get_args

from comparo.errors import Place
from comparo.files import Files
from comparo.model import (
    Attribute,
    AttributeKind,
    Component,
    EvidenceSettings,
    PairSettings,
    RankSettings,
    Scale,
    ScaleKind,
    Settings,
    Strategy,
    Topic,
)
from comparo.source import parse
from comparo.texts import KEY, SLUG, did_you_mean, is_home
from comparo.values import Fields, Value

COMPONENTS = (
    Component(
        "adoption",
        "Adoption",
        25,
        (
            Scale("github_stars", "log", 0, 100_000),
            Scale("monthly_downloads", "log", 0, 10_000_000),
            Scale("docker_pulls", "log", 0, 1_000_000_000),
            Scale("users", "log", 0, 10_000_000),
        ),
    ),
    Component(
        "quality",
        "Quality",
        25,
        (
            Scale("rating", "linear", 1, 5),
            Scale("test_coverage", "linear", 0, 100),
            Scale("openssf_scorecard", "linear", 0, 10),
        ),
    ),
    Component(
        "ecosystem",
        "Ecosystem",
        10,
        (
            Scale("integrations", "log", 0, 1_000),
            Scale("plugins", "log", 0, 10_000),
            Scale("contributors", "log", 0, 2_000),
        ),
    ),
    Component("match", "Match Graph", 25, (Scale("times_matched", "log", 0, 10_000),)),
    Component(
        "freshness",
        "Freshness",
        15,
        (Scale("released", "decay", half_life=365), Scale("last_commit", "decay", half_life=180)),
    ),
)
"""What a rank is made of unless ``site.yaml`` says otherwise."""

UNREAD = Settings("", RankSettings("Rank", COMPONENTS))
"""What holds while the rest of a site is read whose ``site.yaml`` cannot be."""

KEYS = (
    "title",
    "base_url",
    "description",
    "language",
    "theme",
    "rank",
    "pairs",
    "evidence",
    "capabilities_shown",
    "attributes",
)


def read_settings(files: Files, path: Path, slugs: Collection[str]) -> Settings | None:
    """Read ``site.yaml``; None where it cannot be read. ``slugs`` are the products it may name."""
    text = files.text(path)
    top = None if text is None else parse(text, files.place(path).file, files.report)
    if top is None:
        return None
    fields = top.fields(*KEYS)
    title = fields.read("title", Value.text)
    if fields.lacks("title") and top.holds_keys:
        top.error("title: is missing", "give the site a name: title: …")
    settings = Settings(
        title=title or "",
        base_url=fields.read("base_url", _base_url) or "",
        description=fields.read("description", Value.text) or "",
        language=fields.read("language", _language) or "en",
        theme=fields.read("theme", Value.slug) or "default",
        rank=_read_rank(fields.get("rank")),
        pairs=_read_pairs(fields.get("pairs"), slugs),
        evidence=_read_evidence(fields.get("evidence")),
        capabilities_shown=fields.read("capabilities_shown", partial(Value.whole, low=1, high=1000))
        or 8,
        attributes=_read_attributes(fields.get("attributes")),
    )
    return settings if title else None


def read_topics(files: Files, path: Path) -> tuple[Topic, ...]:
    """Read ``topics.yaml``: a slug for each topic, with its label and what else it is called."""
    text = files.text(path) if files.holds(path) else None
    top = None if text is None else parse(text, files.place(path).file, files.report)
    topics = []
    meant: dict[str, str] = {}
    for slug, value in top.pairs() if top else ():
        if not SLUG.fullmatch(slug):
            value.error("is not a slug", "use lower-case letters, digits and hyphens")
            continue
        fields = value.fields("label", "synonyms")
        label = fields.read("label", Value.text) or slug.replace("-", " ").capitalize()
        synonyms = fields.read("synonyms", Value.texts) or ()
        topics.append(Topic(slug, label, synonyms))
        for name in (label, *synonyms):
            other = meant.setdefault(name.casefold(), slug)
            if other != slug:
                value.warn(f'"{name}" is a name of {other} too', "keep it in one of them")
    return tuple(topics)


def _base_url(value: Value) -> str | None:
    url = value.text()
    if url and not is_home(url):
        value.error("must be the http(s) address under which the site's home page will stand")
        return None
    return url.rstrip("/") if url else None


def _language(value: Value) -> str | None:
    text = value.text()
    if text and not all(part.isascii() and part.isalnum() for part in text.split("-")):
        value.error(f'must be a language tag such as "en" or "pt-BR", not "{text}"')
        return None
    return text


def _read_rank(value: Value | None) -> RankSettings:
    if value is None:
        return RankSettings("Rank", COMPONENTS)
    fields = value.fields("label", "components", "weights", "close_call", "min_coverage")
    components = _read_components(fields.get("components"))
    close_call = fields.read("close_call", partial(Value.number, low=0, high=100))
    min_coverage = fields.read("min_coverage", partial(Value.number, low=0, high=1))
    return RankSettings(
        label=fields.read("label", Value.text) or "Rank",
        components=components,
        weights=_read_weights(fields.get("weights"), [c.name for c in components]),
        close_call=3.0 if close_call is None else float(close_call),
        min_coverage=0.4 if min_coverage is None else float(min_coverage),
    )


def _read_components(value: Value | None) -> tuple[Component, ...]:
    """Lay the author's components over the default ones; ``name: false`` leaves one out."""
    components = {component.name: component for component in COMPONENTS}
    for name, entry in value.pairs() if value else ():
        if not KEY.fullmatch(name):
            entry.error("must be a word of lower-case letters, digits and underscores")
        elif entry.node.value in ("false", "False"):
            components.pop(name, None)
        else:
            default = Component(name, name.replace("_", " ").capitalize(), 0)
            components[name] = _read_component(entry, components.get(name, default))
    return tuple(components.values())


def _read_component(value: Value, default: Component) -> Component:
    fields = value.fields("label", "weight", "signals")
    weight = fields.read("weight", partial(Value.number, low=0, high=1e6))
    scales = default.scales
    if "signals" in fields:
        read = [_read_scale(name, entry) for name, entry in fields["signals"].pairs()]
        scales = tuple(scale for scale in read if scale)
    return replace(
        default,
        label=fields.read("label", Value.text) or default.label,
        weight=default.weight if weight is None else float(weight),
        scales=scales,
    )


def _read_scale(name: str, value: Value) -> Scale | None:
    before = len(value.report.errors)
    fields = value.fields("scale", "low", "high", "half_life")
    kind = fields.read("scale", partial(Value.choice, options=get_args(ScaleKind))) or "log"
    low = fields.read("low", partial(Value.number, low=0 if kind == "log" else -1e15)) or 0
    high = fields.read("high", Value.number)
    half_life = fields.read("half_life", partial(Value.number, low=0.01, high=1e6))
    if len(value.report.errors) > before:
        return None
    if kind == "decay" and half_life is None:
        value.error("has no half_life", "a decay needs the days after which a date is worth half")
        return None
    flat = high is None or high <= low or (kind == "log" and log1p(high) <= log1p(low))
    if kind != "decay" and flat:
        value.error("needs a high above its low", "write {scale: log, low: 0, high: 100000}")
        return None
    return Scale(name, cast("ScaleKind", kind), float(low), float(high or 0), float(half_life or 0))


def _read_weights(value: Value | None, names: list[str]) -> Mapping[str, Mapping[str, float]]:
    weights: dict[str, dict[str, float]] = {}
    for product_type, entry in value.pairs() if value else ():
        weights[product_type] = {}
        for name, weight in entry.fields(*names).items():
            number = weight.number(0, 1e6)
            if number is not None:
                weights[product_type][name] = float(number)
    return weights


def _read_pairs(value: Value | None, slugs: Collection[str]) -> PairSettings:
    if value is None:
        return PairSettings()
    fields = value.fields("strategy", "per_product", "include", "exclude")
    strategy = fields.read("strategy", partial(Value.choice, options=get_args(Strategy)))
    found = tuple(_read_slug_pairs(fields.get("include"), slugs))
    include = tuple(pair for pair, _ in found)
    _warn_of_both(fields.get("exclude"), include)
    return PairSettings(
        strategy=cast("Strategy", strategy or "related"),
        per_product=fields.read("per_product", partial(Value.whole, low=1, high=10_000)) or 12,
        include=include,
        exclude=tuple(pair for pair, _ in _read_slug_pairs(fields.get("exclude"), slugs)),
        places=dict(found),
    )


def _warn_of_both(value: Value | None, include: Collection[tuple[str, str]]) -> None:
    """Warn of pairs that are excluded although they are asked for."""
    wanted = set(map(frozenset, include))
    for item in value.items() if value and not value.missing else ():
        pair = item.texts() if item.is_list else (item.text() or "").split("-vs-")
        if frozenset(pair) in wanted:
            item.warn("is in pairs.include too", "exclude wins; remove it from one of them")


def _read_slug_pairs(
    value: Value | None, slugs: Collection[str]
) -> Iterator[tuple[tuple[str, str], Place]]:
    """Read pairs of products, each written as ``a-vs-b`` or as ``[a, b]``, with their places."""
    for item in value.items(limit=1_000_000) if value else ():
        pair: Sequence[str] = ()
        if item.is_scalar:
            pair = (item.text() or "").split("-vs-")
        elif item.is_list:
            pair = item.texts()
        if len(pair) != 2 or pair[0] == pair[1]:
            item.error("must name two products", "write a-vs-b or [a, b]")
            continue
        for slug in pair:
            if slug not in slugs:
                item.error(f'there is no product "{slug}"', did_you_mean(slug, sorted(slugs)))
        yield (pair[0], pair[1]), item.place


def _read_evidence(value: Value | None) -> EvidenceSettings:
    if value is None:
        return EvidenceSettings()
    fields = value.fields("window", "demonstration")
    return EvidenceSettings(
        window=fields.read("window", partial(Value.whole, low=1, high=100_000)),
        demonstration=fields.read("demonstration", Value.text) or "",
    )


def _read_attributes(value: Value | None) -> Mapping[str, Attribute]:
    attributes = {}
    kinds = get_args(AttributeKind)
    for name, entry in value.pairs() if value else ():
        if not KEY.fullmatch(name):
            entry.error("must be a word of lower-case letters, digits and underscores")
            continue
        fields: Fields = entry.fields("label", "kind")
        kind = fields.read("kind", partial(Value.choice, options=kinds)) or "text"
        label = fields.read("label", Value.text) or name.replace("_", " ").capitalize()
        attributes[name] = Attribute(name, label, cast("AttributeKind", kind))
    return attributes
