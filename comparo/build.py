"""Write the pages of a site that are not on disk yet, and take away those that went."""

import datetime as dt
import time
from dataclasses import dataclass, field
from pathlib import Path

from comparo.content.ledger import EvidenceReport
from comparo.drawing import CACHE, Desk, Order, Progress, draw
from comparo.errors import OutputError, Problem
from comparo.output.files import file_of, remove, sweep
from comparo.output.lock import forget, hold
from comparo.output.manifest import NAME as MANIFEST
from comparo.output.manifest import Manifest, claim
from comparo.output.names import unportable
from comparo.output.records import Records
from comparo.output.staging import Staging, Undertaking
from comparo.parallel import searching_seldom
from comparo.site import Site

GRACE = 0.5
"""Seconds for which a process that was being born when a build was killed may yet hold its lock."""


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
    jobs: int = 1,
    progress: Progress = lambda _what, _done, _all: None,
) -> Report:
    """Bring an output folder up to date with a site's content and theme.

    Files that are as they should be are left alone, unless all are wanted ``anew``. Many pages are
    drawn by up to so many processes (``jobs``); the files are the same, whatever the number.
    """
    start = time.perf_counter()
    order = Order(root, output, base_url, as_of, keep_going, strict, anew, jobs)
    with hold(root / CACHE, wait=GRACE), searching_seldom():
        site = order.open(lambda done, whole: progress("reading", done, whole))
        written, removed = _write(site, order, progress)
    return Report(
        products=len(site.content.products),
        pairs=len(site.pairs),
        written=written,
        unchanged=len(site.pages) - written,
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
    Records.forget(root / CACHE)
    forget(root / CACHE)
    return len(last.paths)


def _write(site: Site, order: Order, progress: Progress) -> tuple[int, int]:
    """Draw what has changed beside its place, then put all in place; give how many did and went."""
    root, output = order.root, order.output
    records = Records(root / CACHE, output)
    urls = sorted(site.pages)
    paths = [*map(file_of, urls)]
    last, now = Manifest.load(output), Manifest(frozenset(paths))
    if now.paths != records.last.keys() and (faults := unportable(now.paths)):
        raise OutputError("\n".join(faults))
    claim(output, last, now.paths, guarded=_guarded(root))
    sweep(output, () if last.finished else last.paths | now.paths)
    gone = last.paths - now.paths
    # Killed at any moment, the output lists all that comparo wrote there: the next build mends it.
    both = Manifest(last.paths | now.paths if gone else now.paths, finished=False)
    staging = Staging(output, both, anew=order.anew)
    with Undertaking(staging, otherwise=last) as undertaking:
        remove(output, last.in_the_way(now.paths))
        drawn = draw(order, Desk(site, urls, records, staging), undertaking, progress)
        if gone:
            staging.begin()
    remove(output, gone)
    if drawn.written or last != now:
        now.save(output)
    if drawn.packed or gone:
        made, known = drawn.records(), records.last
        records.save({path: made.get(n) or known[path] for n, path in enumerate(paths)})
    return drawn.written, len(gone)


def _guarded(root: Path) -> tuple[Path, ...]:
    return root / "content", root / "themes", root / CACHE
