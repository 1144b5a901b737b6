"""All of a site's content, or all that is wrong with it, in one go."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import msgspec

from comparo.cache import digest
from comparo.content.catalogue import Progress, read_products
from comparo.content.evidence import Evidence, read_evidence
from comparo.content.ledger import EvidenceReport
from comparo.content.memory import Memory
from comparo.content.pages import read_editorials, read_pages
from comparo.content.products import product_folders
from comparo.content.reading import kind_of
from comparo.content.settings import UNREAD, read_settings, read_topics
from comparo.errors import ContentError, Place, Problem
from comparo.files import Files, Report
from comparo.model import Content, Topic

TOPICS = kind_of(tuple[Topic, ...])


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
    memory: Memory | None = None,
    jobs: int = 1,
) -> Loaded:
    """Read everything under ``content/`` of a site, as it was ``as_of`` a day.

    What a ``memory`` holds is read again only where it changed; else it is the very same object.
    Many products are read by up to so many processes (``jobs``).
    Raises ContentError where not even the settings can be read; else what is broken is left out of
    the content and stands in ``problems``, for the caller to decide.
    """
    report, memory = Report(), memory or Memory()
    files, folder = Files(root, report), root / "content"
    memory.begin()
    folders = (
        memory.remember(files, "products", partial(product_folders, folder=folder / "products"))
        or {}
    )
    read = partial(read_settings, path=folder / "site.yaml", slugs=folders)
    settings = memory.remember(files, "site.yaml", read, digest(*map(str.encode, folders)))
    products = read_products(files, folders, settings or UNREAD, memory, progress, jobs)
    if not folders:
        report.warn(
            files.place(folder / "products"), "holds no product", "comparo new SLUG makes one"
        )
    topics = partial(read_topics, path=folder / "topics.yaml")
    content = Content(
        settings=settings or UNREAD,
        products=products,
        topics=memory.remember(files, "topics.yaml", topics, kind=TOPICS) or (),
        editorials=tuple(read_editorials(files, folder / "comparisons", folders, memory)),
        pages=tuple(read_pages(files, folder / "pages", memory)),
    )
    evidence = _read_evidence(files, folder / "evidence", folders, content, memory, as_of)
    if settings is None:
        raise ContentError(*sorted(report.errors))
    return Loaded(
        replace(content, searches=evidence.searches),
        tuple(sorted(report.errors)),
        tuple(sorted(report.warnings)),
        evidence.report,
    )


def _read_evidence(
    files: Files,
    folder: Path,
    slugs: Iterable[str],
    content: Content,
    memory: Memory,
    as_of: dt.date | None,
) -> Evidence:
    """Read the evidence, unless nothing changed that its rows are read by."""
    products = dict.fromkeys(slugs) | {product.slug: product for product in content.products}
    known = [(slug, p and [c.name for c in p.capabilities]) for slug, p in products.items()]
    settings, newest = content.settings, newest_date(content)
    by = (known, settings.base_url, settings.evidence, as_of, newest)
    read = partial(
        read_evidence,
        folder=folder,
        products=products,
        settings=settings,
        as_of=as_of,
        newest=newest,
    )
    given = digest(msgspec.msgpack.encode(by))
    return memory.remember(files, "evidence", read, given) or Evidence((), EvidenceReport())


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
