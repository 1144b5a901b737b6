"""Draw pages and write each beside its place: in this process, or dealt out to several."""

import datetime as dt
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from comparo.errors import OutputError
from comparo.held import Held
from comparo.output.files import file_of
from comparo.output.manifest import Manifest
from comparo.output.records import RECORD, Records
from comparo.output.staging import Staging, Undertaking
from comparo.parallel import crew, start_method
from comparo.root import CACHE
from comparo.sight import Sight, look
from comparo.site import Site, open_site

Progress = Callable[[str, int, int], None]
"""Is told what is being done, and how many of how many are done."""

BATCH = 50
"""How many pages are drawn before the next are asked for."""

WORTH = 500
"""How many pages are worth starting processes for."""

OPENING = 10
"""How many times as many are, if each process has to open the site itself."""

LOOK = 0.05
"""What it costs to see that a page need not be drawn, in pages drawn."""

_STAGED = struct.Struct("<I16s")  # a page's number and key
_MADE = struct.Struct(f"<I{RECORD}s")  # a page's number and record


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built, in so few words that another process can be told."""

    root: Path
    output: Path
    base_url: str | None = None
    as_of: dt.date | None = None
    keep_going: bool = False
    strict: bool = False
    anew: bool = False
    jobs: int = 1

    def open(self, progress: Callable[[int, int], None], held: Held | None = None) -> Site:
        """Open the site, with what is held of the last time."""
        return open_site(
            self.root,
            base_url=self.base_url,
            as_of=self.as_of,
            keep_going=self.keep_going,
            strict=self.strict,
            progress=progress,
            held=held,
            jobs=self.jobs,
        )

    def look(self) -> Sight | None:
        """Look at what decides the pages."""
        return look(
            self.root,
            self.output,
            base_url=self.base_url,
            as_of=self.as_of,
            keep_going=self.keep_going,
            strict=self.strict,
        )


@dataclass(frozen=True, slots=True)
class Drawn:
    """How many files were written, and the records of all pages that were drawn, packed."""

    written: int
    packed: bytes

    def records(self) -> Mapping[int, bytes]:
        """Give the records by the pages' numbers."""
        return dict(_MADE.iter_unpack(self.packed))


class Desk:
    """Where one process draws its share of the pages, and keeps them till all are drawn."""

    def __init__(
        self,
        site: Site,
        urls: Sequence[str],
        records: Records,
        staging: Staging,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self.site = site
        self.urls = urls
        self.records = records
        self.staging = staging
        self.check = check
        self.made = bytearray()  # where there are very many pages, every byte is one too many
        self._staged = bytearray()

    def draw(self, start: int, stop: int) -> int:
        """Draw those of these pages that are not on disk yet, and stage them; give how many."""
        drawn = 0
        for number in range(start, stop):
            self.check()
            url = self.urls[number]
            path, key = file_of(url), self.site.key(url)
            if self.staging.anew or not self.records.current(path, key):
                drawn += 1
                if self.staging.put(path, self.site.render(url)):
                    self._staged += _STAGED.pack(number, key)
                else:
                    self.made += _MADE.pack(number, self.records.of(path, key))
        return drawn

    def publish(self) -> Drawn:
        """Put in place what was staged."""
        staged = _STAGED.iter_unpack(self._staged)
        for path, (number, key) in zip(self.staging.publish(), staged, strict=True):
            self.check()
            self.made += _MADE.pack(number, self.records.of(path, key))
        return Drawn(len(self._staged) // _STAGED.size, bytes(self.made))

    def end(self) -> None:
        """Delete what was staged and is not in place."""
        self.staging.discard()


def draw(order: Order, desk: Desk, undertaking: Undertaking, progress: Progress) -> Drawn:
    """Draw and put in place every page that is not on disk yet, or none of them.

    The first pages are drawn here. If many more are likely to follow, they are dealt out.
    """
    whole, drawn = len(desk.urls), 0
    worth = WORTH if start_method() == "fork" else WORTH * OPENING
    for start, done in _batches(0, whole):
        drawn += desk.draw(start, done)
        progress("drawing", done, whole)
        if order.jobs > 1 and (whole - done) * (drawn / done + LOOK) > worth:
            return _draw_together(order, desk, undertaking, done, progress)
    undertaking.publishing = True
    return desk.publish()


def _draw_together(
    order: Order, desk: Desk, undertaking: Undertaking, done: int, progress: Progress
) -> Drawn:
    """Draw the pages that are left in several processes; when all are drawn, put them in place."""
    whole = len(desk.urls)
    batches = list(_batches(done, whole))
    number = min(order.jobs, len(batches))
    undertaking.shared = True
    if start_method() == "fork":
        workers = crew(number, _copied, desk)
    else:
        desk.staging.begin()
        workers = crew(number, _opened, order, desk.site.keys.of(desk.site.content))
    with workers as crowd:
        for _drawn in crowd.deal("draw", batches):
            done = min(done + BATCH, whole)
            progress("drawing", done, whole)
        undertaking.publishing = True
        shares = [desk.publish(), *crowd.each("publish")]
    return Drawn(sum(share.written for share in shares), b"".join(share.packed for share in shares))


def _copied(check: Callable[[], None], desk: Desk) -> Desk:
    """Give a worker a desk like one that it inherited, with nothing on it."""
    staging = desk.staging
    own = Staging(staging.root, staging.before, anew=staging.anew, begun=staging.begun)
    return Desk(desk.site, desk.urls, desk.records, own, check)


def _opened(check: Callable[[], None], order: Order, content: bytes) -> Desk:
    """Give a worker a desk with a site that it opens itself, if that is still the same."""
    site = replace(order, jobs=1).open(lambda _done, _whole: check())
    if site.keys.of(site.content) != content:
        raise OutputError(f"{order.root}: was changed while it was built; build again")
    records = Records(order.root / CACHE, order.output)
    staging = Staging(order.output, Manifest(), anew=order.anew, begun=True)
    return Desk(site, sorted(site.pages), records, staging, check)


def _batches(start: int, stop: int) -> Iterator[tuple[int, int]]:
    return ((first, min(first + BATCH, stop)) for first in range(start, stop, BATCH))
