"""Draw pages and write each beside its place: in this process, or dealt out to several."""

import datetime as dt
import struct
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from comparo.errors import OutputError
from comparo.held import Held
from comparo.output.files import file_of
from comparo.output.records import KEY, RECORD, Records
from comparo.output.staging import Staging, Undertaking
from comparo.parallel import crew, start_method
from comparo.root import CACHE
from comparo.sight import Sight, look
from comparo.site import Site, open_site

Progress = Callable[[str, int, int], None]
"""Is told what is being done, and how many of how many are done."""

BATCH = 50
"""How many pages are drawn before somebody looks how far the work is."""

RUN = 500
"""How many a process draws in one go where there are very many: neighbours have much in common."""

WORTH = 500
"""How many pages are worth starting processes for."""

OPENING = 10
"""How many times as many are, if each process has to open the site itself."""

_KEY = struct.Struct(f"{KEY}s")
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
        records: Records,
        staging: Staging,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self.site = site
        self.records = records
        self.staging = staging
        self.check = check
        self.stale: Sequence[int] = ()
        self.made = bytearray()  # where there are very many pages, every byte is one too many
        self._staged = bytearray()  # the keys of the staged pages, in their order
        self._keys: dict[int, bytes] = {}

    def look(self) -> None:
        """See which pages are not on disk yet, by their numbers: all of them, if none is known."""
        pages, keys, current = self.site.pages, self.site.keys.of, self.records.current
        if self.staging.anew or not self.records.last:
            self.stale = range(len(pages))
            return
        for number in range(len(pages)):
            page = pages.at(number)
            url = page.url
            key = keys(page, url)
            if not current(file_of(url), key):
                self._keys[number] = key
        self.stale = list(self._keys)

    def draw(self, start: int, stop: int) -> int:
        """Draw some of the stale pages, and stage those that are not on disk yet; count them."""
        pages, keys, theme = self.site.pages, self.site.keys.of, self.site.theme
        for number in self.stale[start:stop]:
            self.check()
            page = pages.at(number)
            url = page.url
            path = file_of(url)
            key = self._keys.get(number) or keys(page, url)
            if self.staging.put(number, path, page.render(theme)):
                self._staged += key
            else:
                self.made += _MADE.pack(number, self.records.of(path, key))
        return stop - start

    def publish(self) -> Drawn:
        """Put in place what was staged."""
        staged = _KEY.iter_unpack(self._staged)
        for (number, path), (key,) in zip(self.staging.publish(), staged, strict=True):
            self.check()
            self.made += _MADE.pack(number, self.records.of(path, key))
        return Drawn(len(self._staged) // KEY, bytes(self.made))

    def end(self) -> None:
        """Delete what was staged and is not in place."""
        self.staging.discard()


def draw(order: Order, desk: Desk, undertaking: Undertaking, progress: Progress) -> Drawn:
    """Draw and put in place every page that is not on disk yet, or none of them."""
    desk.look()
    whole = len(desk.stale)
    worth = WORTH if start_method() == "fork" else WORTH * OPENING
    if order.jobs > 1 and whole > worth:
        return _draw_together(order, desk, undertaking, progress)
    for start, done in _batches(whole):
        desk.draw(start, done)
        progress("drawing", done, whole)
    undertaking.publishing = True
    return desk.publish()


def _draw_together(order: Order, desk: Desk, undertaking: Undertaking, progress: Progress) -> Drawn:
    """Draw pages in several processes; when all are drawn, put them in place."""
    done, whole = 0, len(desk.stale)
    others = min(order.jobs, whole // BATCH) - 1
    undertaking.shared = True
    if start_method() == "fork":
        if not undertaking.otherwise.paths:  # here is nothing yet, so something will be written
            desk.staging.begin()
        workers = crew(others, _copied, desk)
    else:
        desk.staging.begin()
        stale = array("I", desk.stale)
        workers = crew(others, _opened, order, desk.site.keys.of(desk.site.content), stale)
    with workers as crowd:
        for drawn in crowd.share("draw", desk, whole, piece=BATCH, run=RUN):
            done += drawn
            progress("drawing", done, whole)
        undertaking.publishing = True
        shares = crowd.each("publish", desk)
    return Drawn(sum(share.written for share in shares), b"".join(share.packed for share in shares))


def _copied(check: Callable[[], None], desk: Desk) -> Desk:
    """Give a worker the desk that it inherited, with nothing on it."""
    desk.check = check
    desk.staging = desk.staging.another()
    return desk


def _opened(check: Callable[[], None], order: Order, content: bytes, stale: Sequence[int]) -> Desk:
    """Give a worker a desk with a site that it opens itself, if that is still the same."""
    site = replace(order, jobs=1).open(lambda _done, _whole: check())
    if site.keys.of(site.content) != content:
        raise OutputError(f"{order.root}: was changed while it was built; build again")
    records = Records(order.root / CACHE, order.output)
    staging = Staging(order.output, site.path, anew=order.anew)
    desk = Desk(site, records, staging, check)
    desk.stale = stale
    return desk


def _batches(whole: int) -> Iterator[tuple[int, int]]:
    return ((first, min(first + BATCH, whole)) for first in range(0, whole, BATCH))
