"""Write the pages of a site that are not on disk yet, and take away those that went."""

import datetime as dt
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from comparo.content.ledger import EvidenceReport
from comparo.content.memory import Memory
from comparo.errors import OutputError, Problem
from comparo.held import Held
from comparo.output.files import file_of, remove, sweep
from comparo.output.lock import forget, hold
from comparo.output.manifest import NAME as MANIFEST
from comparo.output.manifest import Manifest, claim
from comparo.output.names import unportable
from comparo.output.records import Records
from comparo.output.staging import Staging
from comparo.site import Site, open_site

Progress = Callable[[str, int, int], None]
"""Is told what is being done, and how many of how many are done."""

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
    progress: Progress = lambda _what, _done, _all: None,
    held: Held | None = None,
) -> Report:
    """Bring an output folder up to date with a site's content and theme.

    Files that are as they should be are left alone, unless all are wanted ``anew``. Who builds
    again and again hands over what it has ``held``; else there is what the cache holds.
    """
    start = time.perf_counter()
    with hold(root / CACHE):
        held = held or Held(None if anew else root / CACHE)
        try:
            site = open_site(
                root,
                base_url=base_url,
                as_of=as_of,
                keep_going=keep_going,
                strict=strict,
                progress=lambda done, whole: progress("reading", done, whole),
                held=held,
            )
        finally:
            held.content.save()
        urls = {file_of(url): url for url in site.pages}
        written, removed = _write(site, urls, root, output, progress, anew=anew)
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
    Records.forget(root / CACHE)
    Memory.forget(root / CACHE)
    forget(root / CACHE)
    return len(last.paths)


def _write(
    site: Site,
    urls: Mapping[str, str],
    root: Path,
    output: Path,
    progress: Progress,
    *,
    anew: bool,
) -> tuple[int, int]:
    """Draw what has changed beside its place, then put all in place; give how many did and went."""
    records = Records(root / CACHE, output)
    faults = unportable(urls)
    if faults:
        raise OutputError("\n".join(faults))
    last, now = Manifest.load(output), Manifest(frozenset(urls))
    claim(output, last, now.paths, guarded=_guarded(root))
    sweep(output, () if last.finished else last.paths | now.paths)
    gone = last.paths - now.paths
    made_of = {path: site.key(url) for path, url in urls.items()}
    # Killed at any moment, the output lists all that comparo wrote there: the next build mends it.
    both = Manifest(last.paths | now.paths, finished=False)
    with Staging(output, before=both, otherwise=last, anew=anew) as staging:
        remove(output, last.in_the_way(now.paths))
        for done, (path, url) in enumerate(urls.items(), 1):
            if anew or not records.current(path, made_of[path]):
                staging.put(path, site.render(url))
            progress("drawing", done, len(urls))
        if gone:
            staging.begin()
        written = staging.publish()
    remove(output, gone)
    now.save(output)
    records.save(made_of)
    return written, len(gone)


def _guarded(root: Path) -> tuple[Path, ...]:
    return root / "content", root / "themes", root / CACHE
