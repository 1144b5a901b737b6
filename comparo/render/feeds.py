"""What programs read: the data of products, sitemaps, robots.txt, llms.txt, assets."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

import msgspec

from comparo.compare.scoring import Score
from comparo.model import Capability, Product
from comparo.render.entries import Entry
from comparo.render.metadata import SiteView
from comparo.render.pages import iso, rounded
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
    capability_times: Mapping[str, int] | None

    @property
    def url(self) -> str:
        """Give the address."""
        return f"{self.entry.url}index.json"

    def render(self, _theme: Theme) -> bytes:
        """Encode the product."""
        return _json(product_data(self.entry, self.capability_times))


@dataclass(frozen=True, slots=True)
class ProductsData:
    """``/products.json``: every product in brief."""

    entries: tuple[Entry, ...]
    url: str = "/products.json"

    def render(self, _theme: Theme) -> bytes:
        """Encode the list."""
        return _json({"products": [_brief(entry) for entry in self.entries]})


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


def product_data(entry: Entry, capability_times: Mapping[str, int] | None) -> dict[str, object]:
    """Give a product as data. The keys are stable; unknown is null."""
    product = entry.product
    return {
        **_brief(entry),
        "repo": product.repo.value if product.repo else None,
        "license": product.license.value if product.license else None,
        "platforms": product.platforms.value if product.platforms else None,
        "status": product.status.value if product.status else None,
        "components": {score.name: _component(score) for score in entry.rank.scores},
        "times_matched": entry.times_matched,
        "capabilities": [
            _capability(capability, capability_times) for capability in product.capabilities
        ],
        "attributes": {
            name: {
                "value": _plain(fact.value),
                "source": fact.source or None,
                "date": iso(fact.date),
            }
            for name, fact in product.attributes.items()
        },
    }


def _brief(entry: Entry) -> dict[str, object]:
    product, rank = entry.product, entry.rank
    return {
        "slug": product.slug,
        "name": product.name,
        "type": product.type,
        "categories": product.categories,
        "tags": product.tags,
        "summary": entry.summary or None,
        "url": product.url.value if product.url else None,
        "pricing": _pricing(product),
        "released": iso(product.released.value) if product.released else None,
        "rank": {
            "value": rounded(rank.value),
            "low": rounded(rank.low),
            "high": rounded(rank.high),
            "coverage": rounded(rank.coverage),
            "declared": rank.declared is not None,
            "rated": rank.rated,
        },
    }


def _pricing(product: Product) -> dict[str, object]:
    pricing = product.pricing
    price = pricing.starting_price
    return {
        "model": pricing.model,
        "starting_price": price.value.text if price else None,
        "amount": price.value.amount if price else None,
        "currency": (price.value.currency or None) if price else None,
        "period": (price.value.period or None) if price else None,
        "checked": iso(pricing.checked),
        "source": pricing.source or None,
    }


def _component(score: Score) -> dict[str, object]:
    return {
        "weight": score.weight,
        "value": rounded(score.value),
        "declared": score.declared is not None,
        "signals": [
            {
                "name": measure.name,
                "value": _plain(measure.value),
                "normalised": rounded(measure.normalised),
                "source": measure.source or None,
                "date": iso(measure.date),
            }
            for measure in score.measures
        ],
    }


def _capability(capability: Capability, times: Mapping[str, int] | None) -> dict[str, object]:
    return {
        "id": capability.id,
        "name": capability.name,
        "topic": capability.topic or None,
        "description": capability.description.markdown if capability.description else None,
        "unique": capability.unique or None,
        "vs_alternatives": capability.vs_alternatives or None,
        "intents": capability.intents,
        "best_for": capability.best_for,
        "limitations": capability.limitations,
        "requires": capability.requires,
        "inputs": capability.inputs,
        "outputs": capability.outputs,
        "source": capability.source or None,
        "times_matched": None if times is None else times.get(capability.id, 0),
    }


def _plain(value: object) -> object:
    return iso(value) if isinstance(value, date) else value


def _as_typed(text: str) -> str:
    """Let a text mean what it says in Markdown."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _xml(root: str, item: str, site: SiteView, urls: Sequence[str]) -> bytes:
    lines = "".join(f"<{item}><loc>{escape(site.base_url + url)}</loc></{item}>\n" for url in urls)
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{namespace}">\n{lines}</{root}>\n'
    ).encode()
