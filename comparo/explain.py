"""A rank or a verdict with all of its working: what ``comparo explain`` shows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from comparo.compare.alignment import Alignment, align
from comparo.compare.matching import SharedIntent
from comparo.compare.pairing import Pair, meet
from comparo.compare.scoring import Score, completeness
from comparo.compare.tying import Tie
from comparo.compare.verdict import Verdict, judge
from comparo.errors import UsageError
from comparo.model import Scale
from comparo.render.entries import Entry
from comparo.render.listings import best_first
from comparo.render.pages import comparison_data, pair_url
from comparo.site import Site
from comparo.texts import did_you_mean, slugify

Absence = Literal["excluded", "listed", "types", "categories", "far"]
"""Why a site has no page for two products."""


@dataclass(frozen=True, slots=True)
class Term:
    """A component of a rank; ``points`` is what it gives of 100, None where it does not count."""

    score: Score
    scales: Mapping[str, Scale]
    points: float | None


@dataclass(frozen=True, slots=True)
class Answered:
    """A search that a product answered ``n`` times, and the capabilities that it is tied to."""

    query: str
    n: int
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class ProductWorking:
    """A product's rank and what it is made of.

    ``known`` and ``whole`` are the weights known and in use, ``computed`` is what the components
    give, whether or not a rank is declared; ``met`` are the pairs on the site, the best first.
    """

    entry: Entry
    terms: tuple[Term, ...]
    known: float
    whole: float
    computed: float | None
    completeness: float
    searches: tuple[Answered, ...]
    met: tuple[tuple[Entry, Pair], ...]
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PairWorking:
    """Two products in the order they were asked for, and what decides between them.

    ``page`` is the address of their page, "" where the site has none, with ``absence`` for why.
    """

    a: Entry
    b: Entry
    pair: Pair
    alignment: Alignment
    verdict: Verdict
    intents: tuple[SharedIntent, ...]
    asking: tuple[tuple[str, int], ...]
    page: str
    absence: Absence | None
    data: Mapping[str, object]

    @property
    def turned(self) -> bool:
        """Tell whether the site has the two in the other order."""
        return bool(self.page) and self.page != pair_url(self.pair)


def find(site: Site, word: str) -> str:
    """Find the slug of the product that is meant by a slug or a name."""
    if word in site.entries:
        return word
    wanted = word.casefold()
    called = [slug for slug, entry in site.entries.items() if entry.name.casefold() == wanted]
    if len(called) > 1:
        raise UsageError(f'several products are called "{word}": {", ".join(sorted(called))}')
    if not called:
        hint = did_you_mean(slugify(word) or word, sorted(site.entries))
        raise UsageError(f'there is no product "{word}"' + (f" ({hint})" if hint else ""))
    return called[0]


def explain_product(site: Site, word: str) -> ProductWorking:
    """Work out a product's rank once more, step by step."""
    entry = site.entries[find(site, word)]
    scores = entry.rank.scores
    counted = [(score.weight, score.value) for score in scores if score.value is not None]
    known = sum(weight for weight, _ in counted)
    scales = {
        component.name: {scale.signal: scale for scale in component.scales}
        for component in site.content.settings.rank.components
    }
    ties = site.graph.ties.get(entry.slug, {})
    return ProductWorking(
        entry=entry,
        terms=tuple(
            Term(score, scales[score.name], _points(score, known)) for score in scores
        ),
        known=known,
        whole=sum(score.weight for score in scores),
        computed=100 * sum(weight * value for weight, value in counted) / known if known else None,
        completeness=completeness(entry.product),
        searches=tuple(
            Answered(query, n, ties.get(query, ())) for query, n in site.graph.intents(entry.slug)
        ),
        met=_met(site, entry.slug),
        data=_data(site, entry),
    )


def explain_pair(site: Site, one: str, other: str) -> PairWorking:
    """Compare any two products, in the order given, whether or not the site has a page of them."""
    a, b = (site.entries[find(site, word)] for word in (one, other))
    if a is b:
        raise UsageError(f'"{one}" and "{other}" are one product: name two to compare them')
    settings = site.content.settings
    on_site = next((p for p in site.pairs if {p.a, p.b} == {a.slug, b.slug}), None)
    pair = on_site or meet(
        a.product, b.product, site.graph, {a.slug: a.keys, b.slug: b.keys}
    )
    pair = replace(pair, a=a.slug, b=b.slug)
    words = {(e.a, e.b): e for each in site.content.editorials for e in (each, each.turned())}
    alignment = align(a.keys, b.keys)
    verdict = judge(
        a.product,
        b.product,
        a.rank,
        b.rank,
        alignment,
        close_call=settings.rank.close_call,
        as_of=site.as_of,
        editorial=words.get(pair.slugs),
    )
    intents = site.graph.shared(a.slug, b.slug)
    return PairWorking(
        a=a,
        b=b,
        pair=pair,
        alignment=alignment,
        verdict=verdict,
        intents=intents,
        asking=site.graph.asking(a.slug, b.slug),
        page=pair_url(on_site) if on_site else "",
        absence=None if on_site else _absence(site, pair),
        data=comparison_data(pair, verdict, alignment, intents),
    )


def product_result(working: ProductWorking) -> dict[str, object]:
    """Give a product's working as data: the site's own JSON of it, and what that leaves out."""
    return {
        "product": working.data,
        "completeness": round(working.completeness, 6),
        "searches": [
            {
                "query": search.query,
                "n": search.n,
                "ties": [
                    {"capability": tie.capability, "n": tie.n, "surety": round(tie.surety, 6)}
                    for tie in search.ties
                ],
            }
            for search in working.searches
        ],
        "comparisons": [
            {"slug": other.slug, "page": pair_url(pair)} for other, pair in working.met
        ],
    }


def pair_result(working: PairWorking, site: Site) -> dict[str, object]:
    """Give a pair's working as data: the JSON of both products, and that of the pair's page."""
    return {
        "a": _data(site, working.a),
        "b": _data(site, working.b),
        "comparison": working.data,
        "page": working.page or None,
    }


def _data(site: Site, entry: Entry) -> Mapping[str, object]:
    data: Mapping[str, object] = json.loads(site.render(f"{entry.url}index.json"))
    return data


def _points(score: Score, known: float) -> float | None:
    return None if score.value is None or not known else 100 * score.weight * score.value / known


def _met(site: Site, slug: str) -> tuple[tuple[Entry, Pair], ...]:
    others = {(set(pair.slugs) - {slug}).pop(): pair for pair in site.pairs if slug in pair.slugs}
    ranked = best_first([site.entries[other] for other in others])
    return tuple((other, others[other.slug]) for other in ranked)


def _absence(site: Site, pair: Pair) -> Absence:
    settings = site.content.settings.pairs
    if {*pair.slugs} in map(set, settings.exclude):
        return "excluded"
    if settings.strategy == "listed":
        return "listed"
    if not pair.like:
        return "types"
    return "categories" if settings.strategy == "category" else "far"
