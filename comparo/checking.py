"""Everything that is wrong or thin in a site's content."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from comparo.compare.scoring import completeness, gaps
from comparo.content.ledger import EvidenceReport
from comparo.content.loading import dates_of
from comparo.errors import Place, Problem
from comparo.hygiene.capabilities import unsound_capabilities, unsound_summary
from comparo.hygiene.facts import lonely_date, newest_of, stale, undated_price, unsourced
from comparo.hygiene.spelling import misspelt
from comparo.model import Product
from comparo.site import Site, open_site

SETTINGS = Place("content/site.yaml", 1, 1)

ESSENTIAL = {"summary", "capabilities", "description of capabilities"}
"""What a reader misses in any entry."""

HALF = 0.5
"""Of an entry that says less than this of what it could, all gaps are told."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What there is to mend: problems stop a build, warnings do not.

    Notes are true of sound content too: nothing needs to be mended, but an author may want to know.
    """

    products: int
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    evidence: EvidenceReport


def check(root: Path) -> Findings:
    """Read and compare a site as a build does, and say what its author could do better."""
    site = open_site(root, keep_going=True)
    found = (_single, _old, _namesakes, _misspelt, _unlike)
    warnings = (*site.warnings, *(problem for find in found for problem in find(site)))
    return Findings(
        len(site.content.products),
        site.problems,
        tuple(sorted(warnings)),
        tuple(sorted(_notes(site))),
        site.evidence,
    )


def _single(site: Site) -> Iterator[Problem]:
    """Find what is wrong with single products."""
    met = {slug for pair in site.pairs for slug in pair.slugs}
    for product in site.content.products:
        yield from _thin(product)
        yield from unsound_summary(product)
        yield from unsound_capabilities(product)
        yield from unsourced(product)
        if product.slug not in met:
            hint = "give it the type and a category of products like it, or pair it in site.yaml"
            yield Problem(product.place, "is compared with nothing", hint)


def _thin(product: Product) -> Iterator[Problem]:
    """Find what a reader will miss in an entry, in one line."""
    missing = _missing(product)
    if missing:
        hint = "add what you know: only what is said can be compared"
        yield Problem(product.place, f"is thin: it has no {', '.join(missing)}", hint)


def _missing(product: Product) -> tuple[str, ...]:
    missing = gaps(product)
    much = completeness(product) < HALF
    return tuple(gap for gap in missing if much or gap in ESSENTIAL)


def _old(site: Site) -> Iterator[Problem]:
    """Find what was looked up long ago, measured against the newest date that is not doubted."""
    dates = tuple(dates_of(site.content))
    lonely = lonely_date(dates)
    if lonely:
        date, place = lonely
        message = f"{date} lies long after every other date, and all ages are measured against it"
        hint = "mend it if it is a slip; else look the other facts up again"
        yield Problem(place or Place("content/evidence"), message, hint)
    newest = newest_of(dates, but=lonely[0] if lonely else None)
    if newest:
        for product in site.content.products:
            yield from stale(product, newest)


def _namesakes(site: Site) -> Iterator[Problem]:
    """Find products of one name."""
    names: dict[str, str] = {}
    for product in site.content.products:
        first = names.setdefault(product.name.casefold(), product.slug)
        if first != product.slug:
            message = f'"{product.name}" is the name of {first} too'
            yield Problem(product.place, message, "readers cannot tell them apart")


def _misspelt(site: Site) -> Iterator[Problem]:
    """Find words that keep a product or a capability apart from its like by one letter."""
    products = site.content.products
    categories = {word: p.place for p in products for word in p.categories}
    tags = {word: p.place for p in products for word in p.tags}
    listed = [(c.topic, c.place or p.place) for p in products for c in p.capabilities if c.topic]
    declared = [topic.slug for topic in site.content.topics]
    for key, used, places, known in (
        ("category", [word for p in products for word in p.categories], categories, ()),
        ("tags", [word for p in products for word in p.tags], tags, ()),
        ("topic", [topic for topic, _ in listed], dict(listed), declared),
    ):
        for word, meant in misspelt(used, known):
            hint = f'did you mean "{meant}"?'
            yield Problem(places[word], f'{key}: "{word}" is used here alone', hint)


def _unlike(site: Site) -> Iterator[Problem]:
    """Find pairs of two types for which no words of an editor say why they meet."""
    content = site.content
    types = {product.slug: product.type for product in content.products}
    edited = {frozenset((editorial.a, editorial.b)) for editorial in content.editorials}
    for pair in site.pairs:
        if not pair.like and frozenset(pair.slugs) not in edited:
            place = content.settings.pairs.places.get(pair.slugs, SETTINGS)
            name = f"{pair.a}-vs-{pair.b}"
            message = f"{name} compares unlike types, {types[pair.a]} and {types[pair.b]}"
            hint = f"say why in content/comparisons/{name}.md, or take it out of pairs.include"
            yield Problem(place, message, hint)


def _notes(site: Site) -> Iterator[Problem]:
    """Find what sound content may leave open."""
    if not site.content.settings.base_url:
        hint = "add base_url: https://…, or build with --base-url"
        yield Problem(SETTINGS, "base_url: is not set, so there is no sitemap.xml", hint)
    for product in site.content.products:
        yield from undated_price(product)
        rank = site.ranks[product.slug]
        if not rank.rated and "signals" not in _missing(product):
            known = f"{rank.known_percent}% of its rank is known"
            unknown = ", ".join(score.name for score in rank.unknown)
            hint = f"add signals or scores for {unknown}" if unknown else ""
            yield Problem(product.place, f"is unrated: {known}", hint)
