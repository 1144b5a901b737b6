"""What programs read of a product and of a pair: enough to compute every figure again.

The keys are stable, figures are unrounded to six digits, and what is unknown is null.
"""

from datetime import date

from comparo.compare.alignment import Alignment
from comparo.compare.pairing import Pair
from comparo.compare.scoring import Measure, Score
from comparo.compare.verdict import Verdict
from comparo.compare.weighing import Flip, Share
from comparo.model import Capability, Product
from comparo.render.entries import Entry
from comparo.render.metadata import Rules
from comparo.render.searches import PairSearches, ProductSearches


def comparison_data(
    pair: Pair,
    verdict: Verdict,
    alignment: Alignment,
    searches: PairSearches,
    rules: Rules,
) -> dict[str, object]:
    """Give a pair as data: why it is there, the verdict, what is aligned, and its searches."""
    return {
        "a": pair.a,
        "b": pair.b,
        "reasons": {
            "categories": pair.reasons.categories,
            "tags": pair.reasons.tags,
            "capabilities": pair.reasons.capabilities,
            "searches": pair.reasons.searches,
            "asked": pair.reasons.asked,
            "chosen": pair.reasons.chosen,
        },
        "rules": _rules(rules),
        "verdict": {
            "kind": verdict.kind,
            "winner": verdict.winner,
            "margin": rounded(verdict.margin),
            "points": {part.name: rounded(part.points) for part in verdict.weighed},
            "flip": _flip(verdict.flip),
            "share": _share(verdict.share),
            "better_buy": verdict.better_buy,
        },
        "alignment": {
            "both": [[ours.id, theirs.id] for ours, theirs in alignment.both],
            "only_a": [capability.id for capability in alignment.only_a],
            "only_b": [capability.id for capability in alignment.only_b],
        },
        "shared_intents": [{"query": i.query, "a": i.a, "b": i.b} for i in searches.shared],
        "shared_total": {
            "intents": searches.count,
            "a": searches.total.a if searches.total else 0,
            "b": searches.total.b if searches.total else 0,
        },
        "asked": [{"query": query, "n": n} for query, n in searches.asked],
    }


def product_data(entry: Entry, searches: ProductSearches, rules: Rules) -> dict[str, object]:
    """Give a product as data: its facts, and all that is needed to compute its rank again."""
    product = entry.product
    evidence = entry.times_matched is not None
    return {
        **brief(entry),
        "rules": _rules(rules),
        "repo": product.repo.value if product.repo else None,
        "license": product.license.value if product.license else None,
        "platforms": product.platforms.value if product.platforms else None,
        "status": product.status.value if product.status else None,
        "components": {score.name: _component(score) for score in entry.rank.scores},
        "times_matched": entry.times_matched,
        "capabilities": [
            {
                **_capability(capability),
                "times_matched": entry.times.get(capability.id, 0) if evidence else None,
                "likely_matched": _likely(entry.likely.get(capability.id)),
            }
            for capability in product.capabilities
        ],
        "searches": [
            {
                "query": search.query,
                "n": search.n,
                "capabilities": [
                    {"id": tie.capability, "n": tie.n, "surety": rounded(tie.surety)}
                    for tie in search.ties
                ],
            }
            for search in searches.answered
        ],
        "attributes": {
            name: {
                "value": _plain(fact.value),
                "source": fact.source or None,
                "date": iso(fact.date),
            }
            for name, fact in product.attributes.items()
        },
    }


def brief(entry: Entry) -> dict[str, object]:
    """Give what a list of products says of each."""
    product, rank = entry.product, entry.rank
    return {
        "slug": product.slug,
        "name": product.name,
        "type": product.type,
        "categories": product.categories,
        "tags": product.tags,
        "summary": entry.summary or None,
        "url": product.url.value if product.url else None,
        "pricing": _pricing(product),
        "released": iso(product.released.value) if product.released else None,
        "rank": {
            "value": rounded(rank.value),
            "low": rounded(rank.low),
            "high": rounded(rank.high),
            "coverage": rounded(rank.coverage),
            "declared": rank.declared is not None,
            "rated": rank.rated,
        },
    }


def _pricing(product: Product) -> dict[str, object]:
    pricing = product.pricing
    price = pricing.starting_price
    return {
        "model": pricing.model,
        "starting_price": price.value.text if price else None,
        "amount": price.value.amount if price else None,
        "currency": (price.value.currency or None) if price else None,
        "period": (price.value.period or None) if price else None,
        "checked": iso(pricing.checked),
        "source": pricing.source or None,
    }


def _component(score: Score) -> dict[str, object]:
    return {
        "weight": score.weight,
        "value": rounded(score.value),
        "declared": score.declared is not None,
        "signals": [_measure(measure) for measure in score.measures],
    }


def _measure(measure: Measure) -> dict[str, object]:
    scale = measure.scale
    bounds: dict[str, object] = (
        {"half_life": scale.half_life}
        if scale.kind == "decay"
        else {"low": scale.low, "high": scale.high}
    )
    return {
        "name": measure.name,
        "value": _plain(measure.value),
        "scale": {"kind": scale.kind, **bounds},
        "normalised": rounded(measure.normalised),
        "source": measure.source or None,
        "date": iso(measure.date),
    }


def _capability(capability: Capability) -> dict[str, object]:
    return {
        "id": capability.id,
        "name": capability.name,
        "topic": capability.topic or None,
        "description": capability.description.markdown if capability.description else None,
        "unique": capability.unique or None,
        "vs_alternatives": capability.vs_alternatives or None,
        "intents": capability.intents,
        "best_for": capability.best_for,
        "limitations": capability.limitations,
        "requires": capability.requires,
        "inputs": capability.inputs,
        "outputs": capability.outputs,
        "source": capability.source or None,
    }


def _likely(tied: tuple[int, float] | None) -> dict[str, object] | None:
    return {"n": tied[0], "surety": rounded(tied[1])} if tied else None


def _rules(rules: Rules) -> dict[str, object]:
    return {
        "version": rules.version,
        "close_call": rules.close_call,
        "min_coverage": rules.min_coverage,
        "as_of": iso(rules.as_of),
        "demonstration": rules.demonstration or None,
    }


def _flip(flip: Flip | None) -> dict[str, object] | None:
    if flip is None:
        return None
    return {"from": flip.source.name, "to": flip.target.name, "shift": rounded(flip.shift)}


def _share(share: Share | None) -> dict[str, object] | None:
    return {"a": rounded(share.a), "b": rounded(share.b)} if share else None


def _plain(value: object) -> object:
    return iso(value) if isinstance(value, date) else value


def rounded(figure: float | None) -> float | None:
    """Give a figure as data shows it: to six digits, and never as minus zero."""
    return None if figure is None else round(figure, 6) + 0.0


def iso(day: date | None) -> str | None:
    """Give a date as data shows it."""
    return day.isoformat() if day else None
