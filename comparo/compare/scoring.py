"""Signals → components → rank, with its coverage and its range. Unknown is ``None``, never zero."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from comparo.compare.matching import MatchGraph
from comparo.model import Component, Fact, Product, RankSettings, Scale

EVIDENCE = "times_matched"
"""The signal that is not declared by a product but counted in the site's evidence."""


RULES = 2
"""Counts up when a formula of comparo's changes, so that two versions of a figure can be told."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One signal of a product, raw and on its scale from 0 to 1."""

    name: str
    value: float | dt.date
    scale: Scale
    normalised: float
    source: str = ""
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """One component of a rank. ``value`` is from 0 to 1, or None where nothing is known."""

    name: str
    label: str
    weight: float
    value: float | None
    declared: Fact[float] | None = None
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Rank:
    """A product's rank from 0 to 100, and how far it can be trusted.

    ``low`` and ``high`` are the rank with every unknown component at 0 and at 1; ``coverage`` is
    the known share of the weight in use; ``rated`` says whether that is enough to state a rank.
    """

    value: float | None
    low: float
    high: float
    coverage: float
    rated: bool
    declared: Fact[float] | None = None
    scores: tuple[Score, ...] = ()

    @property
    def shown(self) -> int:
        """Give the rank as a page shows it: to the nearest whole point, halves up."""
        return points(self.value or 0.0)

    @property
    def known_percent(self) -> int:
        """Give the coverage in whole percent."""
        return percent(self.coverage)

    @property
    def unknown(self) -> tuple[Score, ...]:
        """Give the components of which nothing is known, though they have a weight."""
        return tuple(score for score in self.scores if score.value is None and score.weight)


def points(value: float) -> int:
    """Round to a whole number as readers do, halves up: Python's own ``round`` goes to even.

    >>> [points(0.5), points(1.5), points(62.49999999)]
    [1, 2, 62]
    """
    return math.floor(value + 0.5 + 1e-9)


def percent(share: float) -> int:
    """Give a share, 0 to 1, in whole percent; what is not all is not 100, what is some is not 0.

    >>> [percent(0.4), percent(0.7777), percent(0.999), percent(0.001), percent(1.0)]
    [40, 78, 99, 1, 100]
    """
    return round(100 * share) if share in (0, 1) else min(99, max(1, points(100 * share)))


def score_all(
    products: Iterable[Product], graph: MatchGraph, settings: RankSettings, as_of: dt.date | None
) -> dict[str, Rank]:
    """Rank every product. A component that no product has a value for is left out of all of them.

    Ages are measured on ``as_of``, which is never the clock; without it, dates say nothing.
    """
    scored = {
        product.slug: (
            product,
            [
                _score(component, product, graph, settings, as_of)
                for component in settings.components
            ],
        )
        for product in products
    }
    in_use = {s.name for _, scores in scored.values() for s in scores if s.value is not None}
    return {
        slug: rank(
            tuple(s for s in scores if s.name in in_use), product.rank, settings.min_coverage
        )
        for slug, (product, scores) in scored.items()
    }


def rank(scores: tuple[Score, ...], declared: Fact[float] | None, min_coverage: float) -> Rank:
    """Weigh components into a rank: ``100 · Σ w·v / Σ w`` over those that are known.

    A declared rank stands as it is, and its range is itself. A component of weight 0 is shown but
    counts for nothing.
    """
    whole = sum(s.weight for s in scores)
    known = sum(s.weight for s in scores if s.value is not None)
    earned = sum(s.weight * s.value for s in scores if s.value is not None)
    coverage = known / whole if whole else 0.0
    if declared:
        value = float(declared.value)
        return Rank(value, value, value, coverage, rated=True, declared=declared, scores=scores)
    if not known:
        return Rank(None, 0.0, 100.0, 0.0, rated=False, scores=scores)
    return Rank(
        value=100 * earned / known,
        low=100 * earned / whole,
        high=100 * (earned + (whole - known)) / whole,
        coverage=coverage,
        rated=coverage >= min_coverage - 1e-9,
        scores=scores,
    )


def normalise(scale: Scale, value: float | dt.date, as_of: dt.date | None) -> float | None:
    """Put a raw measure on its scale, clamped to 0 … 1; None where the two do not fit together.

    ``log``: ``(ln(1+x) - ln(1+low)) / (ln(1+high) - ln(1+low))``, so that 0 is a value like others.
    ``linear``: ``(x - low) / (high - low)``.
    ``decay``: ``2 ** (-age / half_life)``, the age in days on ``as_of``; a later date is new.
    """
    if isinstance(value, dt.date):
        if scale.kind != "decay" or as_of is None:
            return None
        age = max(0, (as_of - value).days)
        return float(2 ** (-age / scale.half_life))
    if scale.kind == "decay":
        return None
    low, high, raw = scale.low, scale.high, float(value)
    if scale.kind == "log":
        low, high, raw = math.log1p(low), math.log1p(high), math.log1p(max(0.0, raw))
    return min(1.0, max(0.0, (raw - low) / (high - low)))


def completeness(product: Product) -> float:
    """Give the share, 0 to 1, of what an entry could say that it does. It grades the entry only."""
    said = _said(product)
    return sum(map(bool, said.values())) / len(said)


def gaps(product: Product) -> tuple[str, ...]:
    """Name what an entry could say and does not; of capabilities that are not there, no part."""
    missing = (what for what, said in _said(product).items() if not said)
    return tuple(what for what in missing if product.capabilities or " of " not in what)


def _said(product: Product) -> dict[str, object]:
    capabilities = product.capabilities
    return {
        "summary": product.summary,
        "url": product.url or product.repo,
        "license": product.license,
        "platforms": product.platforms,
        "released": product.released,
        "pricing": product.pricing.model != "unknown",
        "signals": product.signals or product.scores or product.rank,
        "category": product.categories,
        "capabilities": capabilities,
        "description of capabilities": any(c.description for c in capabilities),
        "source of capabilities": any(c.source for c in capabilities),
        "topic of capabilities": any(c.topic for c in capabilities),
    }


def _score(
    component: Component,
    product: Product,
    graph: MatchGraph,
    settings: RankSettings,
    as_of: dt.date | None,
) -> Score:
    weight = settings.weight(component, product.type)
    declared = product.scores.get(component.name)
    measures = tuple(_measures(component, _signals(product, graph), as_of))
    if declared:
        value: float | None = float(declared.value)
    elif measures:
        value = sum(m.normalised for m in measures) / len(measures)
    else:
        value = None
    return Score(component.name, component.label, weight, value, declared, measures)


def _signals(product: Product, graph: MatchGraph) -> Mapping[str, Fact[float | dt.date]]:
    """Give all that was measured of a product: declared signals, its release, and its searches."""
    signals = dict(product.signals)
    if product.released:
        signals.setdefault("released", product.released)
    matched = graph.times_matched(product.slug)
    if matched is not None:
        signals[EVIDENCE] = Fact(matched)
    return signals


def _measures(
    component: Component, signals: Mapping[str, Fact[float | dt.date]], as_of: dt.date | None
) -> Iterable[Measure]:
    for scale in component.scales:
        fact = signals.get(scale.signal)
        value = normalise(scale, fact.value, as_of) if fact else None
        if fact and value is not None:
            yield Measure(scale.signal, fact.value, scale, value, fact.source, fact.date)
