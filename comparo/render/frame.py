"""The frame that every HTML page stands in: its head, and how it refers to the rest of the site."""

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

from markupsafe import Markup

from comparo.errors import ThemeError
from comparo.render.entries import Entry, Link
from comparo.render.metadata import SiteView, script_data, web_page
from comparo.render.theme import Theme


class Page(Protocol):
    """One address of the site and what is there. A page may know its own fields and the theme."""

    @property
    def url(self) -> str:
        """Give the page's address from the site's root, such as ``/products/v0/``."""

    def render(self, theme: Theme) -> bytes:
        """Give the page's bytes: the same fields and theme, the same bytes."""


class Head(NamedTuple):
    """What differs from page to page in the frame around it."""

    url: str
    title: str
    description: str = ""
    breadcrumb: Sequence[Link] = ()
    about: Sequence[Entry] = ()
    noindex: bool = False


class PageView:
    """What a page's frame says. What no template asks for is not worked out."""

    image = ""

    def __init__(self, theme: Theme, site: SiteView, head: Head) -> None:
        self._theme = theme
        self._site = site
        self._head = head
        self.url = head.url
        self.title = head.title
        self.description = head.description
        self.noindex = head.noindex

    @property
    def canonical(self) -> str:
        """Give the whole address by which the page is to be known; "" if by none."""
        known = self._site.base_url and not self.noindex
        return self._site.base_url + self.url if known else ""

    @cached_property
    def breadcrumb(self) -> tuple[Link, ...]:
        """Give the way from the home page to this one."""
        if self.url == "/":
            return ()
        return Link(self._theme.say("title.home"), "/"), *self._head.breadcrumb, Link(self.title)

    @cached_property
    def json_ld(self) -> Markup:
        """Describe the page in the words of schema.org."""
        said = (self.url, self.title, self.description, self.breadcrumb, self._head.about)
        return script_data(web_page(self._site, *said))


def draw_page(
    theme: Theme,
    site: SiteView,
    head: Head,
    template: str,
    view: object = None,
    **values: object,
) -> bytes:
    """Draw a page with its frame. Its links lead on from where it stands: a site can be moved.

    Templates see the ``values``, and what a ``view`` gives when it is asked for it.
    """
    depth = head.url.count("/") - 1
    to = _absolute(site.base_url) if head.url == "/404.html" else _relative(depth)
    page = PageView(theme, site, head)
    asset = _assets(theme.fingerprint, to)
    drawn = theme.draw(template, view, site=site, page=page, to=to, asset=asset, **values)
    try:
        return drawn.encode()
    except UnicodeEncodeError as error:
        raise ThemeError(f"{template}: {error}") from error


@lru_cache  # what is drawn once for all pages of a depth goes by it
def _relative(depth: int) -> Callable[[str], str]:
    up = "../" * depth
    return lambda target: (up + target[1:]) or "./"


@lru_cache
def _assets(fingerprint: Callable[[str], str], to: Callable[[str], str]) -> Callable[[str], str]:
    return lambda name: f"{to('/assets/' + name)}?v={fingerprint(name)}"


@lru_cache
def _absolute(base_url: str) -> Callable[[str], str]:
    """Lead from the site's root: the page for what is missing is shown at any depth."""
    base = urlsplit(base_url).path.rstrip("/")
    return lambda target: base + target
