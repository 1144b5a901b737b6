"""What tables say of a product, cell by cell, and the sources that its figures lead to."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from comparo.compare.scoring import Rank, Score
from comparo.model import Fact, Price, Product, Settings
from comparo.render.theme import Theme, day, is_web_address, number, whole_points

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

Sources = Mapping[tuple[str, dt.date | None], "Source"]
"""A product's sources by their text and date."""


@dataclass(frozen=True, slots=True)
class Source:
    """A footnote of a product: where figures come from, and when."""

    number: int
    text: str
    href: str
    date: dt.date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One product's value in a table: ``figure`` where more is better, ``mark`` a word for it."""

    html: str
    known: bool = True
    notes: tuple[int, ...] = ()
    figure: int | None = None
    mark: str = ""


def rows(
    product: Product,
    rank: Rank,
    matched: int | None,
    settings: Settings,
    sources: Sources,
    theme: Theme,
) -> Iterator[tuple[str, str, Cell]]:
    """Go through all that a table says of a product, as key, label and cell."""
    say = theme.say

    def cell(fact: Fact[object] | None) -> Cell:
        return (
            Cell(
                _shown(fact.value, theme), notes=_notes(fact, sources), mark=_unsourced(fact, theme)
            )
            if fact
            else _unknown(say("cell.none"))
        )

    yield "type", say("row.type"), Cell(title_case(product.type))
    yield "rank", settings.rank.label, _rank_cell(rank, sources, theme)
    for score in rank.scores:
        yield f"score.{score.name}", score.label, _score_cell(score, sources, theme)
    pricing = product.pricing
    looked_up = _notes(Fact(0, pricing.source, pricing.checked), sources)
    known = pricing.model != "unknown"
    yield "pricing", say("row.pricing"), Cell(say(f"pricing.{pricing.model}"), known, looked_up)
    price = priced(product)
    if price:
        mark = _unsourced(price, theme)
        shown = Cell(price.value.text, notes=_notes(price, sources), mark=mark)
        yield "starting_price", say("row.starting_price"), shown
    count = len(product.capabilities)
    yield "capabilities", say("row.capabilities"), Cell(say("capabilities.count", n=count))
    example = say("cell.demonstration") if settings.evidence.demonstration else ""
    times = Cell(number(matched or 0), mark=example)
    nothing = _unknown(say("component.no_data"))
    yield "times_matched", say("row.times_matched"), nothing if matched is None else times
    yield "license", say("row.license"), cell(product.license)
    yield "platforms", say("row.platforms"), cell(product.platforms)
    if product.status:
        status = Cell(say(f"status.{product.status.value}"), notes=_notes(product.status, sources))
        yield "status", say("row.status"), status
    yield "released", say("row.released"), cell(product.released)
    for name, signal in product.signals.items():
        yield f"signal.{name}", signal_label(name, theme), cell(signal)
    for name, attribute in product.attributes.items():
        declared = settings.attributes.get(name)
        yield f"attribute.{name}", declared.label if declared else words_of(name), cell(attribute)


def in_order(keys: Iterable[str], components: Sequence[str]) -> tuple[str, ...]:
    """Order the rows of a table, components as the settings have them."""

    def place(key: str) -> tuple[int, int, str]:
        stem, _, name = key.partition(".")
        return FIXED.index(stem), components.index(name) if stem == "score" else 0, name

    return tuple(sorted(keys, key=place))


def sources_of(product: Product) -> dict[tuple[str, dt.date | None], Source]:
    """Give the sources of a product's figures, numbered in the order of its tables."""
    pricing = product.pricing
    facts = (
        product.rank,
        *product.scores.values(),
        Fact(0, pricing.source, pricing.checked),
        priced(product),
        product.license,
        product.platforms,
        product.status,
        product.released,
        *product.signals.values(),
        *product.attributes.values(),
    )
    found: dict[tuple[str, dt.date | None], Source] = {}
    for fact in facts:
        if fact and (fact.source or fact.date):
            key = fact.source, fact.date
            href = fact.source if is_web_address(fact.source) else ""
            found.setdefault(key, Source(len(found) + 1, fact.source, href, fact.date))
    return found


def priced(product: Product) -> Fact[Price] | None:
    """Give the starting price; where it has no source and day of its own, it has the pricing's."""
    price, pricing = product.pricing.starting_price, product.pricing
    if price is None:
        return None
    return replace(price, source=price.source or pricing.source, date=price.date or pricing.checked)


def words_of(slug: str) -> str:
    """Turn a slug into words, as a heading begins: ``web-analytics`` → ``Web analytics``."""
    words = slug.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def title_case(slug: str) -> str:
    """Turn a slug into Title Case: ``web-app`` → ``Web App``."""
    return " ".join(word[:1].upper() + word[1:] for word in slug.split("-"))


def signal_label(name: str, theme: Theme) -> str:
    """Name a signal in the theme's words, or by its own."""
    return theme.say(f"signal.{name}") if theme.knows(f"signal.{name}") else words_of(name)


def rank_text(rank: Rank, theme: Theme) -> str:
    """Show a rank as ``62/100``, or say that there is none."""
    return f"{rank.shown}/100" if rank.rated else theme.say("rank.unrated")


def _rank_cell(rank: Rank, sources: Sources, theme: Theme) -> Cell:
    if not rank.rated:
        return _unknown(theme.say("rank.unrated"))
    return Cell(
        rank_text(rank, theme),
        notes=_notes(rank.declared, sources),
        figure=rank.shown,
        mark=_declared(rank.declared, theme),
    )


def _score_cell(score: Score, sources: Sources, theme: Theme) -> Cell:
    if score.value is None:
        return _unknown(theme.say("component.no_data"))
    facts = (
        [score.declared]
        if score.declared
        else [Fact(m.value, m.source, m.date) for m in score.measures]
    )
    notes = dict.fromkeys(n for fact in facts for n in _notes(fact, sources))
    points = whole_points(score.value)
    mark = _declared(score.declared, theme)
    return Cell(number(points), notes=tuple(notes), figure=points, mark=mark)


def _declared(fact: Fact[float] | None, theme: Theme) -> str:
    """Mark a figure that an author declared, and one for which they name no source."""
    if fact is None:
        return ""
    unsourced = _unsourced(fact, theme)
    declared = theme.say("component.declared")
    return f"{declared}, {unsourced}" if unsourced else declared


def _unsourced(fact: Fact[object], theme: Theme) -> str:
    """Mark a figure without a source: a number, a price or a date is only as good as that."""
    figure = isinstance(fact.value, float | int | dt.date | Price)
    if fact.source or not figure or isinstance(fact.value, bool):
        return ""
    return theme.say("cell.unsourced")


def _unknown(text: str) -> Cell:
    return Cell(text, known=False)


def _shown(value: object, theme: Theme) -> str:
    """Show a fact of any kind; never as ``None`` or ``True``."""
    if isinstance(value, bool):
        return theme.say("cell.yes" if value else "cell.no")
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or theme.say("cell.none")
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, str) and is_web_address(value):
        return Markup('<a href="{0}" rel="nofollow noopener">{0}</a>').format(value)
    return number(value)


def _notes(fact: Fact[object] | None, sources: Sources) -> tuple[int, ...]:
    source = sources.get((fact.source, fact.date)) if fact else None
    return (source.number,) if source else ()
