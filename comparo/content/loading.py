"""All of a site's content, or all that is wrong with it, in one go."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from comparo.content.evidence import read_evidence
from comparo.content.ledger import EvidenceReport
from comparo.content.pages import read_editorials, read_pages
from comparo.content.products import product_folders, read_product
from comparo.content.settings import UNREAD, read_settings, read_topics
from comparo.errors import ContentError, Place, Problem
from comparo.files import Files, Report
from comparo.model import Content

Progress = Callable[[int, int], None]
"""Is told how many of how many are done."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What could be read, what could not (and is left out), and what looks odd."""

    content: Content
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    evidence: EvidenceReport = field(default_factory=EvidenceReport)


def load_content(
    root: Path,
    progress: Progress = lambda _done, _all: None,
    *,
    as_of: dt.date | None = None,
) -> Loaded:
    """Read everything under ``content/`` of a site, as it was ``as_of`` a day.

    Raises ContentError where not even the settings can be read; else what is broken is left out of
    the content and stands in ``problems``, for the caller to decide.
    """
    report = Report()
    folder = root / "content"
    files = Files(root, report)
    folders = product_folders(files, folder / "products")
    settings = read_settings(files, folder / "site.yaml", folders)

    products = []
    for done, path in enumerate(folders.values(), 1):
        product = read_product(files, path, settings or UNREAD)
        if product:
            products.append(product)
        progress(done, len(folders))
    if not folders:
        report.warn(
            files.place(folder / "products"), "holds no product", "comparo new SLUG makes one"
        )

    content = Content(
        settings=settings or UNREAD,
        products=tuple(products),
        topics=read_topics(files, folder / "topics.yaml"),
        editorials=tuple(read_editorials(files, folder / "comparisons", folders)),
        pages=tuple(read_pages(files, folder / "pages")),
    )
    evidence = read_evidence(
        files,
        folder / "evidence",
        dict.fromkeys(folders) | {product.slug: product for product in products},
        content.settings,
        as_of=as_of,
        newest=newest_date(content),
    )
    if settings is None:
        raise ContentError(*sorted(report.errors))
    return Loaded(
        replace(content, searches=evidence.searches),
        tuple(sorted(report.errors)),
        tuple(sorted(report.warnings)),
        evidence.report,
    )


def newest_date(content: Content) -> dt.date | None:
    """Give the newest date that the content knows: ages are measured from it, not from today."""
    return max((date for date, _ in dates_of(content)), default=None)


def dates_of(content: Content) -> Iterator[tuple[dt.date, Place | None]]:
    """Go through the days on which something was measured, released or looked up, with the places.

    A date that is an attribute (an end of support, say) tells nothing of when this was written.
    """
    for product in content.products:
        for key, fact in product.facts():
            if fact.date:
                yield fact.date, fact.place
            if isinstance(fact.value, dt.date) and not key.startswith("attributes."):
                yield fact.value, fact.place
        if product.pricing.checked:
            yield product.pricing.checked, product.pricing.place
    for search in content.searches:
        if search.date:
            yield search.date, None
