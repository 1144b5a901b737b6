"""Every kind of page as readers meet it: on a telephone and a desk, in light and dark."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

CONTENT = Path(__file__).parents[2] / "content"

OWN = [
    "",
    "products/",
    "products/posthog/",
    "products/cm3leon/",
    "compare/cm3leon-vs-posthog/",
    "compare/gitea-vs-gitlab/",
    "categories/web-analytics/",
    "alternatives/posthog/",
    "methodology/",
    "search/",
    "404.html",
    *(f"{path.stem}/" for path in sorted((CONTENT / "pages").glob("*.md"))),
]
HARD = [
    "",
    "products/",
    "products/bare/",
    "products/long-name/",
    "products/plenty/",
    "products/right-to-left/",
    "compare/plenty-vs-right-to-left/",
    "compare/long-name-vs-bare/",
    "compare/long-name-vs-plenty/",
    "categories/notes/",
    "alternatives/plenty/",
    "methodology/",
    "search/",
    "about/",
]
BROAD = ["search/", "search/topics/2/", "search/name-single-sign-on/"]
SITES = {"own": OWN, "hard": HARD, "broad": BROAD}
PAGES = [f"{site}/{url}" for site, urls in SITES.items() for url in urls]

WIDE = """() => {
  const room = document.documentElement.clientWidth
  const wide = (e) => e.getBoundingClientRect().right > room + 0.5
  const scrolls = (e) => getComputedStyle(e).overflowX !== 'visible'
  return document.documentElement.scrollWidth <= room ? [] : [
    `${document.documentElement.scrollWidth} px in a window of ${room} px`,
    ...[...document.body.querySelectorAll('*')]
      .filter((e) => wide(e) && !wide(e.parentElement) && !scrolls(e.parentElement))
      .map((e) => e.outerHTML.slice(0, 100)),
  ]
}"""

AXE = """() => axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}).then((found) => found.violations.flatMap((rule) => rule.nodes.map(
  (node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`,
)))"""

DEAD = """() => [...document.querySelectorAll('button, select, textarea, input')]
  .filter((e) => e.checkVisibility() && !e.closest('form[action]'))
  .filter((e) => e.type !== 'checkbox')  // a style sheet can answer it
  .map((e) => e.outerHTML)"""

HIDDEN = """() => [...document.querySelectorAll('h1, h2, h3, h4, p, table, li, dl')]
  .filter((e) => !e.checkVisibility() && !e.closest('details:not([open]), [hidden]'))
  .map((e) => e.outerHTML.slice(0, 200))"""

PAINTED = """() => getComputedStyle(document.documentElement).backgroundColor
  + getComputedStyle(document.body).backgroundColor"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("url", PAGES)
def test_page(browser, address, axe, url, width, scheme):
    """A page fits its window, asks no other host, breaks no policy, and axe finds nothing."""
    with opened(browser, address + url, width=width, scheme=scheme) as (page, trouble):
        page.evaluate(axe)

        assert page.evaluate(WIDE) == []
        assert page.evaluate(AXE) == []
        assert trouble == []


@pytest.mark.parametrize("url", PAGES)
def test_page_without_javascript(browser, address, url):
    """Without scripts a page shows all that it has, fits, and has no control that is dead."""
    with opened(browser, address + url, javascript=False) as (page, trouble):
        assert page.evaluate(WIDE) == []
        assert page.evaluate(DEAD) == []
        assert page.evaluate(HIDDEN) == []
        assert page.locator("h1").is_visible()
        assert trouble == []


def test_dark_is_dark(browser, address):
    """The colours follow what the reader's system asks for."""
    with opened(browser, f"{address}own/", scheme="light") as (page, _):
        light = page.evaluate(PAINTED)

    with opened(browser, f"{address}own/", scheme="dark") as (page, _):
        assert page.evaluate(PAINTED) != light


def test_every_kind_of_page_is_looked_at(outputs):
    """A kind of page that comparo learns to make is added to the lists above."""
    made = {page.relative_to(outputs).as_posix() for page in outputs.rglob("*.html")}
    looked_at = {url if url.endswith(".html") else f"{url}index.html" for url in PAGES}

    assert {kind(name) for name in made} - {kind(name) for name in looked_at} == set()


def kind(name: str) -> str:
    """Tell pages that differ by their slug alone to be of one kind."""
    parts = name.split("/")[1:]
    return "/".join(("*" if place == 1 and len(parts) > 2 else p) for place, p in enumerate(parts))


def failed(request: Request) -> list[str]:
    """Say that a request failed, unless the browser itself gave it up for the next page."""
    given_up = request.failure == "net::ERR_ABORTED"
    return [] if given_up else [f"failed: {request.url} ({request.failure})"]


@contextmanager
def opened(
    browser: Browser,
    url: str,
    *,
    width: int = 360,
    scheme: str = "light",
    javascript: bool = True,
) -> Iterator[tuple[Page, list[str]]]:
    """Open a page; give it with all that went wrong on the way."""
    trouble: list[str] = []
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        java_script_enabled=javascript,
    )
    page = context.new_page()
    page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("requestfailed", lambda request: trouble.extend(failed(request)))
    page.on("response", lambda r: trouble.append(f"{r.status}: {r.url}") if r.status >= 400 else 0)
    host = "/".join(url.split("/")[:3])
    page.on("request", lambda r: None if r.url.startswith(f"{host}/") else trouble.append(r.url))
    page.goto(url)
    yield page, trouble
    context.close()
