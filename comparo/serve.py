"""Answer for each address of a site as its files are now; no page is written."""

import datetime as dt
import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from pathlib import Path
from threading import Event
from urllib.parse import unquote, urlsplit

from comparo.errors import ComparoError, ContentError, Problem, ThemeError
from comparo.files import Files, Report
from comparo.held import Held
from comparo.loopback import TYPES, Answer
from comparo.output.files import file_of
from comparo.parallel import LostError
from comparo.problems import page, panel, problems_of
from comparo.root import CACHE
from comparo.site import Site, open_site

MISSING = "/404.html"
"""The page that stands for what is not there."""

SHIPPED = tuple(parent / "themes" for parent in Path(__file__).parents[:2])
"""Where the themes are that come with comparo: in its package, or beside it in a checkout."""

_BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opened:
    """What was found when a site was opened."""

    products: int
    pairs: int
    seconds: float
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """A site that is sound, and what was found wrong since."""

    site: Site | None = None
    problems: tuple[Problem, ...] = ()


class Preview:
    """A site as it was when last sound. What is wrong with it since stands above its pages."""

    def __init__(
        self,
        root: Path,
        *,
        base_url: str | None = None,
        as_of: dt.date | None = None,
        jobs: int = 1,
    ) -> None:
        """Show the site in a folder; up to so many processes read it the first time (``jobs``)."""
        self.root = root
        self.base_url = base_url
        self.as_of = as_of
        self._jobs = jobs
        self._held = Held(root / CACHE)
        self._shown = _Shown()
        self._ready = Event()

    def refresh(self) -> Opened:
        """Take the files as they are now: all of them, or if they are unsound, none."""
        start = time.perf_counter()
        try:
            site = self._open()
        except (ContentError, ThemeError) as error:
            self._show(replace(self._shown, problems=self._problems_of(error)))
            raise
        self._show(_Shown(site))
        seconds = time.perf_counter() - start
        self._held.content.save()  # which the next start has read already, and the next build
        return Opened(len(site.content.products), len(site.pairs), seconds, site.warnings)

    def answer(self, path: str) -> Answer:
        """Answer for an address as a host does that has the site's files, and no others."""
        self._ready.wait()
        shown = self._shown  # one for the whole answer: it may be replaced at any time
        site = shown.site
        if site is None:
            return self._broken(shown.problems)
        base = unquote(urlsplit(site.content.settings.base_url).path).rstrip("/")
        if base and path in {"/", base}:
            return Answer(status=HTTPStatus.FOUND, location=f"{base}/")
        below = path.removeprefix(base)
        if path.startswith(f"{base}/"):
            whole = below.endswith("/index.html")
            url = below.removesuffix("index.html") if whole else below
            if url in site.pages:
                return self._page(site, url, shown.problems)
            if f"{below}/" in site.pages:
                return Answer(status=HTTPStatus.MOVED_PERMANENTLY, location=f"{path}/")
        return self._page(site, MISSING, shown.problems, HTTPStatus.NOT_FOUND)

    def _open(self) -> Site:
        """Open the site; with help only the first time, for a process that answers has threads."""
        open_ = partial(
            open_site, self.root, base_url=self.base_url, as_of=self.as_of, held=self._held
        )
        if not self._ready.is_set():
            with suppress(LostError):  # for want of memory, perhaps
                return open_(jobs=self._jobs)
        return open_()

    def _page(
        self,
        site: Site,
        url: str,
        problems: tuple[Problem, ...],
        status: HTTPStatus = HTTPStatus.OK,
    ) -> Answer:
        """Render a page; where the site is unsound by now, the problems stand above it."""
        try:
            answer = Answer(site.render(url), file_of(url), status)
        except ThemeError as error:
            return self._broken(self._problems_of(error))
        if not problems or answer.type != TYPES["html"]:
            return answer
        body = _BODY.search(answer.data)
        top = body.end() if body else 0
        data = answer.data[:top] + panel(problems, self._text_of) + answer.data[top:]
        return replace(answer, data=data, status=HTTPStatus.INTERNAL_SERVER_ERROR)

    def _broken(self, problems: tuple[Problem, ...]) -> Answer:
        return Answer(page(problems, self._text_of), status=HTTPStatus.INTERNAL_SERVER_ERROR)

    def _problems_of(self, error: ComparoError) -> tuple[Problem, ...]:
        """Give what is wrong, with paths from the site's folder on."""
        if not isinstance(error, ContentError):
            error = ThemeError(str(error).replace(f"{self.root}{os.sep}", ""))
        return problems_of(error)

    def _text_of(self, file: str) -> str | None:
        """Read what a site is made of, or a theme that came with comparo, and nothing else."""
        path = self.root / file
        for folder in (self.root / "content", self.root / "themes", *SHIPPED):
            if path.is_relative_to(folder):
                return Files(folder, Report()).text(path)
        return None

    def _show(self, shown: _Shown) -> None:
        self._shown = shown
        self._ready.set()
