"""What a page says of itself to browsers, search engines and programs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import blake2b

import msgspec
from markupsafe import Markup

from comparo.cache import digest
from comparo.compare.scoring import RULES
from comparo.model import Content, Settings
from comparo.render.entries import Drawn, Entry, Link


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides the figures of a site; ``version`` changes whenever any of it does.

    Figures that rest on searches are an example where ``demonstration`` says of what.
    """

    version: str
    close_call: float
    min_coverage: float
    as_of: date | None
    demonstration: str = ""


@dataclass(frozen=True)
class SiteView:
    """What every page knows of its site."""

    title: str
    description: str
    language: str
    rank_label: str
    base_url: str
    rules: Rules
    pages: tuple[Link, ...]
    drawn: Drawn = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def key(self) -> bytes:
        """Give a digest of all that it says."""
        return digest(repr(self).encode("utf-8", "surrogatepass"))


def site_view(content: Content, as_of: date | None, *, evidence: bool) -> SiteView:
    """See a site as its pages do."""
    settings = content.settings
    return SiteView(
        title=settings.title,
        description=settings.description,
        language=settings.language,
        rank_label=settings.rank.label,
        base_url=settings.base_url,
        rules=rules_in_force(settings, as_of, evidence=evidence),
        pages=tuple(Link(page.title, f"/{page.slug}/") for page in content.pages),
    )


def rules_in_force(settings: Settings, as_of: date | None, *, evidence: bool) -> Rules:
    """Say what decides the figures of a site, under a version that changes with it."""
    decisive = (RULES, settings.rank, settings.pairs, settings.evidence)
    return Rules(
        version=blake2b(repr(decisive).encode(), digest_size=4).hexdigest(),
        close_call=settings.rank.close_call,
        min_coverage=settings.rank.min_coverage,
        as_of=as_of,
        demonstration=settings.evidence.demonstration if evidence else "",
    )


def script_data(value: object) -> Markup:
    """Encode JSON so that nothing in it can end the script block that it stands in."""
    text = msgspec.json.encode(value).decode()
    for odd in "<>&\u2028\u2029":
        text = text.replace(odd, f"\\u{ord(odd):04x}")
    return Markup(text)  # noqa: S704 (every character that means something to HTML is escaped)


def web_page(
    site: SiteView,
    url: str,
    title: str,
    description: str,
    breadcrumb: Sequence[Link],
    about: Sequence[Entry] = (),
) -> dict[str, object]:
    """Describe a page in the words of schema.org; it says no more than what is visible."""
    said: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": title,
        "inLanguage": site.language,
        **_address("url", site, url),
    }
    if description:
        said["description"] = description
    if len(breadcrumb) > 1:
        said["breadcrumb"] = {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": place,
                    "name": link.label,
                    **_address("item", site, link.url or url),
                }
                for place, link in enumerate(breadcrumb, 1)
            ],
        }
    if about:
        said["about"] = [_thing(entry, site) for entry in about]
    return said


def _address(key: str, site: SiteView, url: str) -> dict[str, str]:
    """Give a whole address; none where the site does not know its own."""
    return {key: site.base_url + url} if site.base_url else {}


def _thing(entry: Entry, site: SiteView) -> dict[str, object]:
    thing: dict[str, object] = {
        "@type": "Thing",
        "name": entry.name,
        **_address("url", site, entry.url),
    }
    if entry.summary:
        thing["description"] = entry.summary
    if entry.product.url:
        thing["sameAs"] = entry.product.url.value
    return thing
