"""Everything that is wrong or thin in a site's content."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from comparo.content.ledger import EvidenceReport
from comparo.errors import Place, Problem
from comparo.site import Site, open_site


@dataclass(frozen=True, slots=True)
class Findings:
    """What there is to mend: problems stop a build, warnings do not."""

    products: int
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    evidence: EvidenceReport


def check(root: Path) -> Findings:
    """Read and compare a site as a build does, and say what its author could do better."""
    site = open_site(root, keep_going=True)
    warnings = sorted((*site.warnings, *_thin(site)))
    products = len(site.content.products)
    return Findings(products, site.problems, tuple(warnings), site.evidence)


def _thin(site: Site) -> Iterator[Problem]:
    """Find what a reader will miss."""
    settings = site.content.settings
    if not settings.base_url:
        place = Place("content/site.yaml", 1, 1)
        hint = "add base_url: https://…, or build with --base-url"
        yield Problem(place, "base_url: is not set, so there is no sitemap.xml", hint)
    names: dict[str, str] = {}
    for product in site.content.products:
        first = names.setdefault(product.name.casefold(), product.slug)
        if first != product.slug:
            message = f'"{product.name}" is the name of {first} too'
            yield Problem(product.place, message, "readers cannot tell them apart")
    met = {slug for pair in site.pairs for slug in pair.slugs}
    for product in site.content.products:
        place, rank = product.place, site.ranks[product.slug]
        if not product.summary:
            yield Problem(place, "summary: is missing", "say in one sentence what it is")
        if not product.capabilities:
            yield Problem(place, "capabilities: there are none", "say what it can do")
        if not rank.rated:
            known = f"{rank.known_percent}% of its rank is known"
            unknown = ", ".join(score.name for score in rank.unknown)
            hint = f"add signals or scores for {unknown}" if unknown else ""
            yield Problem(place, f"is unrated: {known}", hint)
        if product.slug not in met:
            hint = "give it the type and a category of products like it, or pair it in site.yaml"
            yield Problem(place, "is compared with nothing", hint)
