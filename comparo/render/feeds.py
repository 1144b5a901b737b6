"""What programs read: the data of products, sitemaps, robots.txt, llms.txt, assets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import msgspec

from comparo.render.data import brief, product_data
from comparo.render.entries import Entry
from comparo.render.metadata import Rules, SiteView
from comparo.render.searches import ProductSearches
from comparo.render.theme import Theme

SITEMAP_LIMIT = 50_000
"""How many addresses one sitemap may hold (sitemaps.org)."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A file that stands as it is: a logo, an empty ``.nojekyll``."""

    url: str
    data: bytes

    def render(self, _theme: Theme) -> bytes:
        """Give the bytes."""
        return self.data


@dataclass(frozen=True, slots=True)
class Asset:
    """``/assets/…``: a file of the theme."""

    name: str

    @property
    def url(self) -> str:
        """Give the address."""
        return f"/assets/{self.name}"

    def render(self, theme: Theme) -> bytes:
        """Give the bytes."""
        return theme.assets[self.name]


@dataclass(frozen=True, slots=True)
class ProductData:
    """``/products/<slug>/index.json``: all that is needed to compute the product's rank again."""

    entry: Entry
    searches: ProductSearches
    rules: Rules

    @property
    def url(self) -> str:
        """Give the address."""
        return f"{self.entry.url}index.json"

    def render(self, _theme: Theme) -> bytes:
        """Encode the product."""
        return _json(product_data(self.entry, self.searches, self.rules))


@dataclass(frozen=True, slots=True)
class ProductsData:
    """``/products.json``: every product in brief."""

    entries: tuple[Entry, ...]
    url: str = "/products.json"

    def render(self, _theme: Theme) -> bytes:
        """Encode the list."""
        return _json({"products": [brief(entry) for entry in self.entries]})


@dataclass(frozen=True, slots=True)
class Sitemap:
    """``/sitemap.xml``, or one of the parts that an index leads to."""

    site: SiteView
    url: str
    pages: tuple[str, ...]

    def render(self, _theme: Theme) -> bytes:
        """Write the addresses."""
        return _xml("urlset", "url", self.site, self.pages)


@dataclass(frozen=True, slots=True)
class SitemapIndex:
    """``/sitemap.xml`` of a site with more addresses than one sitemap may hold."""

    site: SiteView
    parts: tuple[str, ...]
    url: str = "/sitemap.xml"

    def render(self, _theme: Theme) -> bytes:
        """Write the addresses of the parts."""
        return _xml("sitemapindex", "sitemap", self.site, self.parts)


@dataclass(frozen=True, slots=True)
class Robots:
    """``/robots.txt``."""

    site: SiteView
    url: str = "/robots.txt"

    def render(self, _theme: Theme) -> bytes:
        """Let everyone in, and show where the sitemap is."""
        lines = ["User-agent: *", "Disallow:"]
        if self.site.base_url:
            lines += ["", f"Sitemap: {self.site.base_url}/sitemap.xml"]
        return ("\n".join(lines) + "\n").encode()


@dataclass(frozen=True, slots=True)
class LlmsText:
    """``/llms.txt``: the site in brief, for language models (llmstxt.org)."""

    site: SiteView
    entries: tuple[Entry, ...]
    url: str = "/llms.txt"

    def render(self, theme: Theme) -> bytes:
        """Write what there is and where its data stand."""
        base = f"{self.site.base_url}/" if self.site.base_url else ""
        lines = [f"# {_as_typed(self.site.title)}", ""]
        if self.site.description:
            lines += [f"> {_as_typed(self.site.description)}", ""]
        lines += [
            f"- [{theme.say('title.methodology')}]({base}methodology/)",
            f"- [{theme.say('title.products')}]({base}products.json)",
            "",
            f"## {theme.say('site.products')}",
            "",
        ]
        for entry in self.entries:
            summary = f": {_as_typed(entry.summary)}" if entry.summary else ""
            link = f"[{_as_typed(entry.name)}]({base}{entry.url[1:]}index.json)"
            lines.append(f"- {link}{summary}")
        return ("\n".join(lines) + "\n").encode()


def sitemaps(site: SiteView, urls: Sequence[str]) -> list[Sitemap | SitemapIndex]:
    """Lay out the sitemap of these addresses; without a base URL there can be none."""
    if not site.base_url:
        return []
    if len(urls) <= SITEMAP_LIMIT:
        return [Sitemap(site, "/sitemap.xml", tuple(urls))]
    parts = [
        Sitemap(site, f"/sitemap-{number}.xml", tuple(urls[start : start + SITEMAP_LIMIT]))
        for number, start in enumerate(range(0, len(urls), SITEMAP_LIMIT), 1)
    ]
    return [SitemapIndex(site, tuple(part.url for part in parts)), *parts]


def _as_typed(text: str) -> str:
    """Let a text mean what it says in Markdown."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _xml(root: str, item: str, site: SiteView, urls: Sequence[str]) -> bytes:
    lines = "".join(
        f"<{item}><loc>{escape(site.base_url + url, quote=False)}</loc></{item}>\n" for url in urls
    )
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{namespace}">\n{lines}</{root}>\n'
    ).encode()
