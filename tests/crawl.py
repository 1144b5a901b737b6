"""Read a built site as its visitors and their browsers do: every page, link, id and word.

Each function takes a site and gives what is wrong with it as lines, none where all is well.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from tests.page import Element, Page, read

SAYING = re.compile("a|button|caption|dd|dt|h[1-6]|label|li|p|summary|td|th|title")
"""Elements that hold something to read."""

LINKS = ("href", "src", "action", "formaction", "data", "poster", "cite", "xlink:href")
REFERENCES = ("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "list")
IN_DATA = ("url", "item", "@id", "image", "logo")
"""Keys of JSON-LD that hold an address of the site itself; ``sameAs`` and ``@context`` do not."""

SOMEWHERE = "https://unknown.invalid/some/folder"
"""Where a site is taken to be served that does not know its base URL."""

LEFT_OVER = re.compile(
    r"\bNone\b(?! [a-z])|\b(nan|NaN|undefined|Infinity)\b|^\s*(null|True|False)\s*$"
    r"|\{\{|\}\}|\{%|%\}|\{\w+\}|<\w+ object at|Markup\(|datetime\.date\("
)
"""What a template or a program leaves behind where a figure or a word was missing."""

LITERAL = {"code", "pre", "kbd", "samp", "script"}
"""Elements in which such words may be meant."""


@dataclass(frozen=True)
class Site:
    """A built site: the folder it lies in, and its base URL if it was built with one."""

    folder: Path
    base_url: str = ""

    @property
    def base(self) -> str:
        """Give the address of the site's root, without a slash at the end."""
        return (self.base_url or SOMEWHERE).rstrip("/")

    @cached_property
    def files(self) -> frozenset[str]:
        """Give every file by its path below the folder."""
        paths = self.folder.rglob("*")
        return frozenset(p.relative_to(self.folder).as_posix() for p in paths if p.is_file())

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Give every HTML page by its path."""
        names = sorted(name for name in self.files if name.endswith(".html"))
        return {name: Page(name, read(self.folder / name)) for name in names}

    def address(self, name: str) -> str:
        """Give the address that a file is served at."""
        return f"{self.base}/{name.removesuffix('index.html')}"

    def fault(self, name: str, link: str) -> str:
        """Say what is wrong with a link to the site that stands in a file, or "" if it is sound."""
        if name == "404.html" and not self.base_url and link.startswith("/"):
            link = self.base + link  # shown at any depth, it can only guess that it is at a root
        target = urlsplit(urljoin(self.address(name), link))
        root = urlsplit(self.base)
        if (target.scheme, target.netloc) != (root.scheme, root.netloc):
            return "leads to another host"
        if not f"{target.path}/".startswith(f"{root.path}/"):
            return "leads out of the site"
        path = unquote(target.path[len(root.path) + 1 :])
        if path.endswith(".html") and path != "404.html":
            return "leads to a file, not to a page's address"
        found = path if path and not path.endswith("/") else f"{path}index.html"
        if found not in self.files:
            return f"leads to {found}, which is not there"
        if target.fragment and found in self.pages:
            ids = self.pages[found].ids
            if unquote(target.fragment) not in ids:
                return f"leads to an id that {found} does not have"
        return "" if link != "#" else "leads nowhere"


# Where links lead -------------------------------------------------------------------------------


def broken_links(site: Site) -> Iterator[str]:
    """Check that every link leads to what is there; only ``<a href>`` may leave the site."""
    for page in site.pages.values():
        for element in page.elements:
            for attribute, link in _links(element):
                outward = element.tag == "a" and re.match(r"https?://|mailto:", link)
                if outward and not link.startswith(f"{site.base}/"):
                    continue
                if wrong := site.fault(page.name, link):
                    yield f"{page.at(element)} {attribute}={link!r} {wrong}"
            if element.tag in ("base", "iframe", "object", "embed"):
                yield f"{page.at(element)} should not be there"


def broken_references(site: Site) -> Iterator[str]:
    """Check that what refers to an id on its own page finds it."""
    for page in site.pages.values():
        for element in page.elements:
            for attribute in REFERENCES:
                for name in element.attributes.get(attribute, "").split():
                    if name not in page.ids:
                        yield f"{page.at(element)} {attribute}={name!r} is no id of the page"


def broken_metadata(site: Site) -> Iterator[str]:
    """Check the addresses that pages give of themselves: canonical, OpenGraph and JSON-LD."""
    for page in site.pages.values():
        own = site.address(page.name)
        said = [("canonical", e.attributes["href"]) for e in page.all("link", rel="canonical")]
        said += [("og:url", e.attributes["content"]) for e in page.all("meta", property="og:url")]
        noindex = page.all("meta", name="robots")
        if len(said) != (0 if noindex or not site.base_url else 2):
            yield f"{page.name}: canonical and og:url belong on pages to index, only there"
        yield from (f"{page.name}: {what} is {url}" for what, url in said if url != own)
        for script in page.all("script", type="application/ld+json"):
            for key, url in _addresses(json.loads("".join(script.texts()))):
                if wrong := site.fault(page.name, url):
                    yield f"{page.at(script)} {key} {url!r} {wrong}"


def broken_feeds(site: Site) -> Iterator[str]:
    """Check the addresses in sitemaps, the feed, robots.txt, llms.txt and style sheets."""
    for name in sorted(site.files):
        path = site.folder / name
        links = []
        if name.endswith(".xml"):
            elements = list(read(path).walk())
            links = [e.text for e in elements if e.tag in ("loc", "id")]
            links += [e.attributes["href"] for e in elements if "href" in e.attributes]
            links = [link for link in links if not link.startswith(("urn:", "tag:"))]
        elif name == "robots.txt":
            links = re.findall(r"^Sitemap: (.+)", path.read_text("utf-8"), re.MULTILINE)
        elif name == "llms.txt":
            links = re.findall(r"\]\((.+?)\)", path.read_text("utf-8"))
        elif name.endswith(".css"):
            links = re.findall(r"(?:url\(|@import )\s*['\"]?([^'\")]+)", path.read_text("utf-8"))
            links = [link for link in links if not link.startswith("#")]
        for link in links:
            if wrong := site.fault(name, link):
                yield f"{name}: {link!r} {wrong}"


def left_out(site: Site) -> Iterator[str]:
    """Check that the sitemap lists just the pages to index, and that links reach each page."""
    indexed = {
        site.address(page.name)
        for page in site.pages.values()
        if not any("noindex" in e.attributes["content"] for e in page.all("meta", name="robots"))
    }
    if site.base_url:
        maps = [read(site.folder / n) for n in site.files if re.fullmatch(r"sitemap.*\.xml", n)]
        listed = [e.text for root in maps for e in root.walk() if e.tag == "loc"]
        listed = [loc for loc in listed if not loc.endswith(".xml")]
        for address, times in Counter(listed).items():
            if times > 1:
                yield f"sitemap.xml: {address} is there {times} times"
        yield from (f"sitemap.xml: {a} is missing" for a in sorted(indexed - set(listed)))
        yield from (f"sitemap.xml: {a} is not to index" for a in sorted(set(listed) - indexed))
    reached = set()
    waiting = ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in site.pages and name not in reached:
            reached.add(name)
            waiting += (_file(site, name, e.attributes) for e in site.pages[name].all("a"))
    passing = {p.name for p in site.pages.values() if p.all("meta", **{"http-equiv": "refresh"})}
    lost = site.pages.keys() - reached - passing - {"404.html"}
    yield from (f"{name}: no link leads there" for name in sorted(lost))


# What pages hold ------------------------------------------------------------------------------


def active_content(site: Site) -> Iterator[str]:
    """Check that a strict Content-Security-Policy holds: no inline script, style or handler."""
    for page in site.pages.values():
        for element in page.elements:
            for attribute, value in element.attributes.items():
                if attribute == "style" or attribute.startswith("on"):
                    yield f"{page.at(element)} has {attribute}={value!r}"
            if element.tag == "style":
                yield f"{page.at(element)} should not be there"
            data = element.attributes.get("type") in ("application/json", "application/ld+json")
            if element.tag == "script" and not data and "src" not in element.attributes:
                yield f"{page.at(element)} is inline"


def gaps(site: Site) -> Iterator[str]:
    """Check that each page has its language, title, description and heading, and no blank."""
    for page in site.pages.values():
        if not any(e.attributes.get("lang") for e in page.all("html")):
            yield f"{page.name}: has no language"
        if not any(e.text for e in page.all("title") if e.parent.tag == "head"):
            yield f"{page.name}: has no title"
        if not any(e.attributes["content"].strip() for e in page.all("meta", name="description")):
            yield f"{page.name}: has no description"
        if len(page.all("h1")) != 1:
            yield f"{page.name}: has {len(page.all('h1'))} first headings"
        for element in page.elements:
            if _inside(element, {"template"}):
                continue  # a form that a script fills
            if SAYING.fullmatch(element.tag) and not element.text and not _shows(element):
                yield f"{page.at(element)} is empty"


def repeated_ids(site: Site) -> Iterator[str]:
    """Check that no id stands twice on a page."""
    for page in site.pages.values():
        for name, times in Counter(page.ids).items():
            if times > 1 or not name or re.search(r"\s", name):
                yield f"{page.name}: id {name!r} stands {times} times"


def repeated_titles(site: Site) -> Iterator[str]:
    """Check that no two pages to index have one title or one description."""
    seen: dict[tuple[str, str], str] = {}
    for page in site.pages.values():
        said = [("title", e.text) for e in page.all("title") if e.parent.tag == "head"]
        said += [
            ("description", e.attributes["content"]) for e in page.all("meta", name="description")
        ]
        for what in [] if page.all("meta", name="robots") else said:
            if (other := seen.setdefault(what, page.name)) != page.name:
                yield f"{page.name}: has the {what[0]} of {other}: {what[1]!r}"


def left_overs(site: Site) -> Iterator[str]:
    """Check that no word of the program stands where a word for the reader belongs."""
    for page in site.pages.values():
        for element in page.elements:
            if _inside(element, LITERAL):
                continue
            said = [("", child) for child in element.inside if isinstance(child, str)]
            said += element.attributes.items()
            for attribute, text in said:
                if found := LEFT_OVER.search(text):
                    yield f"{page.at(element)} {attribute} says {found[0]!r}: {text.strip()[:99]!r}"


def _shows(element: Element) -> bool:
    return any(
        e.tag in ("img", "svg", "input") or e.attributes.get("aria-label") for e in element.walk()
    )


def _inside(element: Element, tags: set[str]) -> bool:
    above: Element | None = element
    while above and above.tag not in tags:
        above = above.parent
    return above is not None


def _links(element: Element) -> Iterator[tuple[str, str]]:
    for attribute in LINKS:
        if attribute in element.attributes:
            yield attribute, element.attributes[attribute].strip()
    for source in element.attributes.get("srcset", "").split(","):
        if source.strip():
            yield "srcset", source.split()[0]


def _file(site: Site, name: str, attributes: dict[str, str]) -> str:
    target = urljoin(site.address(name), attributes.get("href", "#"))
    path = target.partition("#")[0].partition("?")[0].removeprefix(f"{site.base}/")
    return path if path and not path.endswith("/") else f"{path}index.html"


def _addresses(data: object) -> Iterator[tuple[str, str]]:
    if isinstance(data, list):
        for value in data:
            yield from _addresses(value)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key in IN_DATA and isinstance(value, str):
                yield key, value
            yield from _addresses(value)
