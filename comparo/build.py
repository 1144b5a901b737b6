"""Write the pages of a site that are not on disk yet, and take away those that went."""

import datetime as dt
import time
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path

from comparo.content.memory import Memory
from comparo.drawing import Desk, Order, Progress, draw
from comparo.errors import OutputError
from comparo.held import Held
from comparo.output.files import file_of, remove, sweep
from comparo.output.lock import forget, hold
from comparo.output.manifest import NAME as MANIFEST
from comparo.output.manifest import Manifest, claim
from comparo.output.names import unportable
from comparo.output.records import Records
from comparo.output.staging import Staging, Undertaking
from comparo.parallel import searching_seldom
from comparo.root import CACHE, guarded
from comparo.sight import Sight
from comparo.site import Site
from comparo.standing import Report, told


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
    seen: Sight | None = None,
    progress: Progress = lambda _what, _done, _all: None,
    held: Held | None = None,
) -> Report:
    """Bring an output folder up to date with a site's content and theme.

    Files that are as they should be are left alone, unless all are wanted ``anew``. Many pages are
    drawn by up to so many processes (``jobs``); the files are the same, whatever the number. Who
    has just ``seen`` the site saves it being looked at once more, and who builds again and again
    hands over what is ``held`` of the last time.
    """
    start = time.perf_counter()
    order = Order(root, output, base_url, as_of, keep_going, strict, anew, jobs)
    if held is None:
        seen = seen or order.look()
    with hold(root / CACHE), searching_seldom():
        held = held or Held(None if anew else root / CACHE)
        try:
            site = order.open(lambda done, whole: progress("reading", done, whole), held)
        finally:
            held.content.save()
        records = Records(root / CACHE, output)
        written, removed, made = _write(site, order, records, progress)
        report = Report(
            products=len(site.content.products),
            pairs=len(site.pairs),
            written=written,
            unchanged=len(site.pages) - written,
            removed=removed,
            seconds=0,
            problems=site.problems,
            warnings=site.warnings,
            evidence=site.evidence,
        )
        said = told(report, seen, records) if seen and seen == order.look() else None
        if made is not records.last or said != records.said:
            records.save(made, said)
    return replace(report, seconds=time.perf_counter() - start)


def clean(root: Path, output: Path) -> int:
    """Remove from the output what comparo wrote, and the cache; give the number of files."""
    with hold(root / CACHE):
        last = Manifest.load(output)
        claim(output, last, set(), guarded=guarded(root))
        sweep(output, last.paths)
        remove(output, last.paths)
        if last.paths:
            remove(output, [MANIFEST])
    Records.forget(root / CACHE)
    Memory.forget(root / CACHE)
    forget(root / CACHE)
    return len(last.paths)


def _write(
    site: Site, order: Order, records: Records, progress: Progress
) -> tuple[int, int, Mapping[str, bytes]]:
    """Draw what has changed beside its place, then put all in place.

    Give how many did, how many went, and the records of all that are there now.
    """
    output, last = order.output, Manifest.load(order.output)
    staging, gone, first = _staging(site, order, records, last)
    with Undertaking(staging, otherwise=last) as undertaking:
        remove(output, first)
        drawn = draw(order, Desk(site, records, staging), undertaking, progress)
        if gone:
            staging.begin()
    remove(output, gone)
    paths = [*map(file_of, site.pages)]
    now = Manifest(frozenset(paths))
    if drawn.written or last != now:
        now.save(output)
    made, known = drawn.records(), records.last
    if made or gone:
        known = {path: made.get(n) or known[path] for n, path in enumerate(paths)}
    return drawn.written, len(gone), known


def _staging(
    site: Site, order: Order, records: Records, last: Manifest
) -> tuple[Staging, AbstractSet[str], AbstractSet[str]]:
    """Say where to put files, which old ones go, and which of these have to go first."""
    output, now = order.output, frozenset(map(file_of, site.pages))
    if now != records.last.keys() and (faults := unportable(now)):
        raise OutputError("\n".join(faults))
    claim(output, last, now, guarded=guarded(order.root))
    sweep(output, () if last.finished else last.paths | now)
    gone = last.paths - now
    # Killed at any moment, the output lists all that comparo wrote there: the next build mends it.
    both = Manifest(last.paths | now if gone else now, finished=False)
    return Staging(output, both, anew=order.anew), gone, last.in_the_way(now)
