"""The frame that every HTML page stands in: its head, and how it refers to the rest of the site."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from comparo.render.entries import Entry, Link
from comparo.render.metadata import PageView, SiteView, script_data, web_page
from comparo.render.theme import Theme


class Page(Protocol):
    """One address of the site and what is there. A page may know its own fields and the theme."""

    @property
    def url(self) -> str:
        """Give the page's address from the site's root, such as ``/products/v0/``."""

    def render(self, theme: Theme) -> bytes:
        """Give the page's bytes: the same fields and theme, the same bytes."""


@dataclass(frozen=True, slots=True)
class Head:
    """What differs from page to page in the frame around it."""

    url: str
    title: str
    description: str = ""
    breadcrumb: Sequence[Link] = ()
    about: Sequence[Entry] = ()
    noindex: bool = False


def draw_page(theme: Theme, site: SiteView, head: Head, template: str, **values: object) -> bytes:
    """Draw a page with its frame. Its links lead on from where it stands: a site can be moved."""
    to = _absolute(site) if head.url == "/404.html" else _relative(head.url)
    home = Link(theme.say("title.home"), "/")
    breadcrumb = (home, *head.breadcrumb, Link(head.title)) if head.url != "/" else ()
    said = web_page(site, head.url, head.title, head.description, breadcrumb, head.about)
    page = PageView(
        url=head.url,
        title=head.title,
        description=head.description,
        canonical=site.base_url + head.url if site.base_url and not head.noindex else "",
        noindex=head.noindex,
        json_ld=script_data(said),
        breadcrumb=breadcrumb,
    )

    def asset(name: str) -> str:
        return f"{to('/assets/' + name)}?v={theme.fingerprint(name)}"

    return theme.draw(template, site=site, page=page, to=to, asset=asset, **values).encode()


def _relative(url: str) -> Callable[[str], str]:
    up = "../" * (url.count("/") - 1)
    return lambda target: (up + target[1:]) or "./"


def _absolute(site: SiteView) -> Callable[[str], str]:
    """Lead from the site's root: the page for what is missing is shown at any depth."""
    base = urlsplit(site.base_url).path.rstrip("/")
    return lambda target: base + target
