"""Write the pages of a site that are not on disk yet, and take away those that went."""

import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from comparo.content.ledger import EvidenceReport
from comparo.drawing import Drawing, Progress, draw
from comparo.errors import OutputError, Problem
from comparo.output.files import file_of, remove, sweep
from comparo.output.lock import forget, hold
from comparo.output.manifest import NAME as MANIFEST
from comparo.output.manifest import Manifest, claim
from comparo.output.names import unportable
from comparo.output.records import Records
from comparo.output.staging import Staging
from comparo.parallel import cores
from comparo.site import Site

CACHE = ".comparo"
"""The folder beside ``content/`` that holds what comparo may lose at any time."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    products: int
    pairs: int
    written: int
    unchanged: int
    removed: int
    seconds: float
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    evidence: EvidenceReport = field(default_factory=EvidenceReport)

    @property
    def total(self) -> int:
        """Give the number of files that the site now has."""
        return self.written + self.unchanged


def build(
    root: Path,
    output: Path,
    *,
    base_url: str | None = None,
    as_of: dt.date | None = None,
    keep_going: bool = False,
    strict: bool = False,
    anew: bool = False,
    jobs: int | None = None,
    progress: Progress = lambda _what, _done, _all: None,
) -> Report:
    """Bring an output folder up to date with a site's content and theme.

    Files that are as they should be are left alone, unless all are wanted ``anew``. ``jobs`` is the
    number of processes, by default one for each core.
    """
    start = time.perf_counter()
    drawing = Drawing(root, output, base_url, as_of, keep_going, strict, anew)
    with hold(root / CACHE):
        site = drawing.open(lambda done, whole: progress("reading", done, whole))
        urls = {file_of(url): url for url in site.pages}
        written, removed = _write(drawing, site, urls, jobs or cores(), progress)
    return Report(
        products=len(site.content.products),
        pairs=len(site.pairs),
        written=written,
        unchanged=len(urls) - written,
        removed=removed,
        seconds=time.perf_counter() - start,
        problems=site.problems,
        warnings=site.warnings,
        evidence=site.evidence,
    )


def clean(root: Path, output: Path) -> int:
    """Remove from the output what comparo wrote, and the cache; give the number of files."""
    with hold(root / CACHE):
        last = Manifest.load(output)
        claim(output, last, set(), guarded=_guarded(root))
        sweep(output, last.paths)
        remove(output, last.paths)
        if last.paths:
            remove(output, [MANIFEST])
    forget(root / CACHE)
    return len(last.paths)


def _write(
    drawing: Drawing, site: Site, urls: Mapping[str, str], jobs: int, progress: Progress
) -> tuple[int, int]:
    """Draw what has changed beside its place, then put all in place; give how many did and went."""
    root, output, anew = drawing.root, drawing.output, drawing.anew
    records = Records(root / CACHE, output)
    faults = unportable(urls)
    if faults:
        raise OutputError("\n".join(faults))
    last, now = Manifest.load(output), Manifest(frozenset(urls))
    claim(output, last, now.paths, guarded=_guarded(root))
    sweep(output, () if last.finished else last.paths | now.paths)
    gone = last.paths - now.paths
    made_of = {path: site.key(url) for path, url in urls.items()}
    stale = [
        (path, url)
        for path, url in urls.items()
        if anew or not records.current(path, made_of[path])
    ]
    # Killed at any moment, the output lists all that comparo wrote there: the next build mends it.
    both = Manifest(last.paths | now.paths, finished=False)
    with Staging(output, before=both, otherwise=last, anew=anew) as staging:
        remove(output, last.in_the_way(now.paths))
        draw(drawing, site, stale, staging, jobs, progress)
        if gone:
            staging.begin()
        written = staging.publish()
    remove(output, gone)
    now.save(output)
    records.save(made_of)
    return written, len(gone)


def _guarded(root: Path) -> tuple[Path, ...]:
    return root / "content", root / "themes", root / CACHE
