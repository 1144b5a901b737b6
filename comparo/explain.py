"""A rank or a verdict with all of its working: what ``comparo explain`` shows."""

from dataclasses import dataclass, replace
from typing import Literal

from comparo.compare.alignment import Alignment, align
from comparo.compare.kinship import kin_of
from comparo.compare.pairing import Pair, meet
from comparo.compare.scoring import Score, completeness
from comparo.compare.verdict import Verdict, judge
from comparo.errors import UsageError, printable
from comparo.render.data import comparison_data, product_data
from comparo.render.entries import Entry
from comparo.render.listings import best_first
from comparo.render.metadata import Rules, rules_in_force
from comparo.render.searches import PairSearches, ProductSearches, pair_searches, product_searches
from comparo.render.ways import pair_url
from comparo.site import Site
from comparo.texts import did_you_mean

Absence = Literal["excluded", "listed", "types", "category", "far"]
"""Why a site has no page for two products."""


@dataclass(frozen=True, slots=True)
class Term:
    """A component of a rank; ``points`` is what it gives of 100, None where nothing is known."""

    score: Score
    points: float | None


@dataclass(frozen=True, slots=True)
class ProductWorking:
    """A product's rank and what it is made of.

    ``known`` and ``whole`` are the weight that is known and in use, ``computed`` is what the
    components give, even where a rank is declared; ``met`` are its pairs on the site.
    """

    entry: Entry
    terms: tuple[Term, ...]
    known: float
    whole: float
    computed: float | None
    completeness: float
    searches: ProductSearches
    met: tuple[tuple[Entry, Pair], ...]
    rules: Rules

    def data(self) -> dict[str, object]:
        """Give the site's own data of the product, and what they leave out."""
        return {
            "product": product_data(self.entry, self.searches, self.rules),
            "completeness": round(self.completeness, 6),
            "comparisons": [
                {"slug": other.slug, "page": pair_url(pair)} for other, pair in self.met
            ],
        }


@dataclass(frozen=True, slots=True)
class PairWorking:
    """Two products in the order they were asked for, and what decides between them.

    ``page`` is the address of their page; where the site has none, ``absence`` says why.
    """

    a: Entry
    b: Entry
    pair: Pair
    alignment: Alignment
    verdict: Verdict
    searches: tuple[ProductSearches, ProductSearches, PairSearches]
    page: str
    absence: Absence | None
    rules: Rules

    @property
    def turned(self) -> bool:
        """Tell whether the site has the two in the other order."""
        return bool(self.page) and self.page != pair_url(self.pair)

    def data(self) -> dict[str, object]:
        """Give the site's own data of both products and of the pair, and where its page is."""
        ours, theirs, shared = self.searches
        return {
            "a": product_data(self.a, ours, self.rules),
            "b": product_data(self.b, theirs, self.rules),
            "comparison": comparison_data(
                self.pair, self.verdict, self.alignment, shared, self.rules
            ),
            "page": self.page or None,
        }


def explain_product(site: Site, word: str) -> ProductWorking:
    """Work out a product's rank once more, step by step; ``word`` is its slug or its name."""
    entry = site.entries[_find(site, word)]
    scores = entry.rank.scores
    known = sum(score.weight for score in scores if score.value is not None)
    terms = tuple(Term(score, _points(score, known)) for score in scores)
    return ProductWorking(
        entry=entry,
        terms=terms,
        known=known,
        whole=sum(score.weight for score in scores),
        computed=sum(term.points or 0.0 for term in terms) if known else None,
        completeness=completeness(entry.product),
        searches=product_searches(site.graph, entry.product),
        met=_met(site, entry.slug),
        rules=_rules(site),
    )


def explain_pair(site: Site, one: str, other: str) -> PairWorking:
    """Compare any two products, in the order given, whether or not the site has a page of them."""
    a, b = (site.entries[_find(site, word)] for word in (one, other))
    if a is b:
        raise UsageError(f'"{a.slug}" is one product; name two to compare them')
    rules = _rules(site)
    on_site = next((pair for pair in site.pairs if {*pair.slugs} == {a.slug, b.slug}), None)
    kin = [kin_of(e.product, e.keys, site.graph.intents_of(e.slug)) for e in (a, b)]
    times = sum(n for _, n in site.graph.asking(a.slug, b.slug))
    pair = replace(on_site or meet(kin[0], kin[1], times), a=a.slug, b=b.slug)
    alignment = align(a.keys, b.keys)
    return PairWorking(
        a=a,
        b=b,
        pair=pair,
        alignment=alignment,
        verdict=judge(
            a.product,
            b.product,
            a.rank,
            b.rank,
            alignment,
            close_call=rules.close_call,
            as_of=rules.as_of,
            editorial=site.content.words().get(pair.slugs),
        ),
        searches=(
            product_searches(site.graph, a.product),
            product_searches(site.graph, b.product),
            pair_searches(site.graph, a.slug, b.slug),
        ),
        page=pair_url(on_site) if on_site else "",
        absence=None if on_site else _absence(site, pair),
        rules=rules,
    )


def _find(site: Site, word: str) -> str:
    """Find the slug of the product that is meant by a slug or a name."""
    if word in site.entries:
        return word
    wanted = word.casefold()
    called = sorted(e.slug for e in site.entries.values() if e.name.casefold() == wanted)
    if len(called) > 1:
        raise UsageError(f'several products are called "{printable(word)}": {", ".join(called)}')
    if not called:
        names = (entry.name for entry in site.entries.values())
        hint = did_you_mean(word, [*site.entries, *names])
        raise UsageError(printable(f'there is no product "{word}"{hint and f" ({hint})"}'))
    return called[0]


def _rules(site: Site) -> Rules:
    return rules_in_force(site.content.settings, site.as_of, evidence=site.graph.has_evidence)


def _points(score: Score, known: float) -> float | None:
    return None if score.value is None or not known else 100 * score.weight * score.value / known


def _met(site: Site, slug: str) -> tuple[tuple[Entry, Pair], ...]:
    """Give a product's pairs in the order of its page: what searches ask for, then by rank."""
    met = {other: pair for pair in site.pairs if slug in pair.slugs for other in pair.slugs}
    met.pop(slug, None)
    ranked = [(other, met[other.slug]) for other in best_first([site.entries[o] for o in met])]
    return tuple(sorted(ranked, key=lambda pair: -pair[1].reasons.asked))


def _absence(site: Site, pair: Pair) -> Absence:
    settings = site.content.settings.pairs
    if {*pair.slugs} in map(set, settings.exclude):
        return "excluded"
    if settings.strategy == "listed":
        return "listed"
    if not pair.like:
        return "types"
    return "category" if settings.strategy == "category" else "far"
