"""Drawing pages and writing each beside its place, in this process or in several."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from comparo.output.files import discard, holds, stage
from comparo.output.staging import Staging
from comparo.parallel import run
from comparo.site import Site, open_site

Progress = Callable[[str, int, int], None]
"""Is told what is being done, and how many of how many are done."""

WORTH = 300
"""So many pages are worth the start of a second process."""

BATCH = 60
"""How many pages a process draws before it asks for more."""

_INHERITED: dict["Drawing", Site] = {}
"""The site, for processes that are born with it; others have to open it themselves."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Which site is drawn, and where to: enough to do it in another process."""

    root: Path
    output: Path
    base_url: str | None = None
    as_of: dt.date | None = None
    keep_going: bool = False
    strict: bool = False
    anew: bool = False

    def open(self, progress: Callable[[int, int], None] = lambda _done, _all: None) -> Site:
        """Open the site; raises ContentError with all that is wrong in it."""
        return open_site(
            self.root,
            base_url=self.base_url,
            as_of=self.as_of,
            keep_going=self.keep_going,
            strict=self.strict,
            progress=progress,
        )

    def __call__(self, urls: Sequence[tuple[str, str]]) -> dict[str, str]:
        """Stage the pages of these paths and URLs that are not on disk yet; give where they are."""
        site = _INHERITED.get(self) or _INHERITED.setdefault(self, self.open())
        staged: dict[str, str] = {}
        try:
            for path, url in urls:
                data = site.render(url)
                if self.anew or not holds(self.output, path, data):
                    staged[path] = stage(self.output, path, data)
        except BaseException:
            discard(staged.values())
            raise
        return staged


def draw(
    drawing: Drawing,
    site: Site,
    urls: Sequence[tuple[str, str]],
    staging: Staging,
    jobs: int,
    progress: Progress,
) -> None:
    """Stage pages, on several cores if there are many; the bytes are the same either way."""
    done = 0

    def take(staged: Mapping[str, str]) -> None:
        nonlocal done
        staging.take(staged)
        done = min(done + BATCH, len(urls))
        progress("drawing", done, len(urls))

    if jobs == 1 or len(urls) < WORTH:
        for path, url in urls:
            staging.put(path, site.render(url))
            done += 1
            progress("drawing", done, len(urls))
        return
    staging.begin()
    _INHERITED[drawing] = site
    try:
        batches = [urls[start : start + BATCH] for start in range(0, len(urls), BATCH)]
        run(drawing, batches, jobs, take)
    finally:
        del _INHERITED[drawing]
