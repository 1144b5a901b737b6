"""A preview in a browser: pages reload after a save, and show what is wrong until it is mended."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.test_serve import edit, site, start, write_theme

__all__ = ["site", "start"]  # fixtures

PATIENCE = 30_000
"""Milliseconds until a test gives up; no test measures time."""

PAGE = "products/example-notes/"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a browser of its own to each test."""
    context = browser.new_context(viewport={"width": 800, "height": 400})
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield context
    context.close()


@pytest.fixture
def url(start) -> str:
    """Serve the site."""
    return start("--port", "0")[1]


def lengthen(site: Path) -> None:
    """Make a page long enough to be scrolled."""
    text = "".join(f"<p>Line {number}</p>" for number in range(200))
    write_theme(
        site,
        "product.html",
        f'{{% extends "base.html" %}}{{% block main %}}<h1>'
        f"{{{{ entry.name }}}}</h1>{text}{{% endblock %}}",
    )


def test_a_save_reloads_the_page_and_keeps_its_place(site, context, url):
    """After a save the page is new, and the reader is where they were."""
    lengthen(site)
    page = context.new_page()
    page.goto(f"{url}{PAGE}")
    expect(page.get_by_text("Line 150")).to_have_count(1)
    page.evaluate("scrollTo(0, 1234)")

    edit(site, "name: Example Notes", "name: Renamed Notes")

    expect(page.get_by_role("heading", name="Renamed Notes")).to_have_count(1)
    page.wait_for_function("scrollY === 1234")


def test_broken_content_shows_above_the_page_until_it_is_mended(site, context, url, axe):
    """The page says what is wrong, is accessible, breaks no policy, and mends itself."""
    page = context.new_page()
    page.goto(f"{url}{PAGE}")

    edit(site, "name: Example Notes", "name: Example Notes\nrank: 101")

    problems = page.get_by_role("region", name="One thing to mend")
    expect(problems).to_contain_text("product.yaml:5:7: rank: must be from 0 to 100, not 101")
    expect(problems.locator("mark")).to_have_text(re.compile("5 +rank: 101"))
    expect(page.get_by_role("heading", name="Example Notes").first).to_be_visible()
    page.evaluate(axe)
    found = page.evaluate("axe.run('.comparo-problems').then((r) => r.violations.map((v) => v.id))")
    assert found == []

    edit(site, "\nrank: 101", "")

    expect(problems).to_have_count(0)


def test_a_broken_template_shows_until_it_is_mended(site, context, url, axe):
    """A page that cannot be drawn is a page of what is wrong; mended, its place is kept."""
    lengthen(site)
    template = site / "themes/own/templates/product.html"
    sound = template.read_text()
    page = context.new_page()
    page.goto(f"{url}{PAGE}")
    expect(page.get_by_text("Line 150")).to_have_count(1)
    page.evaluate("scrollTo(0, 1234)")

    template.write_text("{{ nothing }}")

    expect(page).to_have_title("One thing to mend")
    expect(page.locator("mark")).to_have_text(re.compile("1 +{{ nothing }}"))
    page.evaluate(axe)
    assert page.evaluate("axe.run().then((r) => r.violations.map((v) => v.id))") == []

    template.write_text(sound)

    expect(page.get_by_text("Line 150")).to_have_count(1)
    page.wait_for_function("scrollY === 1234")


def test_many_tabs_reload(site, context, url):
    """More tabs than a browser has connections all show the change, and still load pages."""
    pages = [context.new_page() for _ in range(10)]
    for page in pages:
        page.goto(f"{url}{PAGE}")

    for name in ("Renamed Notes", "Named Again"):
        edit(site, "name: Renamed Notes", "name: Example Notes")
        edit(site, "name: Example Notes", f"name: {name}")
        for page in pages:
            expect(page.get_by_role("heading", name=name).first).to_be_visible()

    pages[0].goto(f"{url}products/")
    expect(pages[0]).to_have_title(re.compile("All products"))


def test_a_strict_policy_lets_the_reload_through(site, context, url):
    """A page that allows itself nothing but its own scripts reloads as well."""
    policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
    write_theme(
        site,
        "product.html",
        f'<html><head><meta http-equiv="Content-Security-Policy" content="{policy}"></head>'
        "<body><h1>{{ entry.name }}</h1></body></html>",
    )
    trouble = []
    page = context.new_page()
    page.goto(f"{url}{PAGE}")
    expect(page.locator("meta[http-equiv]")).to_have_count(1)
    page.on("console", lambda said: trouble.append(said.text) if "Policy" in said.text else None)

    edit(site, "name: Example Notes", "name: Renamed Notes")

    expect(page.get_by_role("heading", name="Renamed Notes")).to_be_visible()
    assert trouble == []


def test_a_page_that_was_left_open_meets_the_next_preview(site, context, start):
    """When comparo is started anew at the same port, open pages go on with it."""
    process, url, _ = start("--port", "0")
    page = context.new_page()
    page.goto(f"{url}{PAGE}")
    process.terminate()
    process.wait()

    edit(site, "name: Example Notes", "name: Renamed Notes")
    start("--port", url.rstrip("/").rpartition(":")[2])

    expect(page.get_by_role("heading", name="Renamed Notes").first).to_be_visible()
