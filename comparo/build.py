"""Write the pages of a site that are not on disk yet, and take away those that went."""

import datetime as dt
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from comparo.errors import OutputError
from comparo.output.files import file_of, remove, sweep
from comparo.output.lock import forget, hold
from comparo.output.manifest import NAME as MANIFEST
from comparo.output.manifest import Manifest, claim
from comparo.output.names import unportable
from comparo.output.records import Records
from comparo.output.staging import Staging
from comparo.root import CACHE, guarded
from comparo.sight import Sight, look
from comparo.site import Site, open_site
from comparo.standing import Report, told

Progress = Callable[[str, int, int], None]
"""Is told what is being done, and how many of how many are done."""


def build(
    root: Path,
    output: Path,
    *,
    base_url: str | None = None,
    as_of: dt.date | None = None,
    keep_going: bool = False,
    strict: bool = False,
    anew: bool = False,
    seen: Sight | None = None,
    progress: Progress = lambda _what, _done, _all: None,
) -> Report:
    """Bring an output folder up to date with a site's content and theme.

    Files that are as they should be are left alone, unless all are wanted ``anew``. Who has just
    ``seen`` the site saves it being looked at once more.
    """
    start = time.perf_counter()
    sight = partial(
        look,
        root,
        output,
        base_url=base_url,
        as_of=as_of,
        keep_going=keep_going,
        strict=strict,
    )
    seen = seen or sight()
    with hold(root / CACHE):
        site = open_site(
            root,
            base_url=base_url,
            as_of=as_of,
            keep_going=keep_going,
            strict=strict,
            progress=lambda done, whole: progress("reading", done, whole),
        )
        urls = {file_of(url): url for url in site.pages}
        records = Records(root / CACHE, output)
        written, removed, made_of = _write(site, urls, root, output, records, progress, anew=anew)
        report = Report(
            products=len(site.content.products),
            pairs=len(site.pairs),
            written=written,
            unchanged=len(urls) - written,
            removed=removed,
            seconds=0,
            problems=site.problems,
            warnings=site.warnings,
            evidence=site.evidence,
        )
        said = told(report, seen) if seen and seen == sight() else None
        records.save({**made_of, MANIFEST: b""}, said)
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
    forget(root / CACHE)
    return len(last.paths)


def _write(
    site: Site,
    urls: Mapping[str, str],
    root: Path,
    output: Path,
    records: Records,
    progress: Progress,
    *,
    anew: bool,
) -> tuple[int, int, Mapping[str, bytes]]:
    """Draw what has changed beside its place, then put all in place.

    Give how many did and how many went, and the key of what each file was made of.
    """
    faults = unportable(urls)
    if faults:
        raise OutputError("\n".join(faults))
    last, now = Manifest.load(output), Manifest(frozenset(urls))
    claim(output, last, now.paths, guarded=guarded(root))
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
    return written, len(gone), made_of
