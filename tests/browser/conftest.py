"""A browser, and the sites served from a folder of a host under a strict policy."""

import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, sync_playwright

from comparo.build import build

UNDER = "/some/folder/"
"""Where on its host each site is served, before the site's name."""

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
)


class Host(SimpleHTTPRequestHandler):
    """A host as sites are put on: it serves below one folder, with a strict policy."""

    disable_nagle_algorithm = True  # else each answer waits for the network

    def translate_path(self, path):
        """Find the file of an address; outside the site's folder there is none."""
        below = path.removeprefix(UNDER)
        return "" if below == path else super().translate_path(f"/{below}")

    def end_headers(self):
        """Add the policy to every answer."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_args):
        """Say nothing."""


@pytest.fixture(scope="session")
def outputs(own_site, hard_site, broad_site, tmp_path_factory) -> Path:
    """Give a folder with the sites, built for where ``address`` serves them."""
    folder = tmp_path_factory.mktemp("outputs")
    for name, root in (("own", own_site), ("hard", hard_site), ("broad", broad_site)):
        (folder / name).mkdir()
        build(root, folder / name, base_url=f"https://example.org{UNDER}{name}")
    return folder


@pytest.fixture(scope="session")
def address(outputs) -> Iterator[str]:
    """Serve the sites; give the address that their names are added to."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(outputs))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}{UNDER}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium."""
    chromium = shutil.which("chromium")
    assert chromium, "chromium is not installed (.ci/browser installs it)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """Give the folder of the checkers that npm installs."""
    folder = Path(__file__).parents[2] / ".ci" / "node" / "node_modules"
    assert folder.is_dir(), "the checkers are not installed (.ci/browser installs them)"
    return folder


@pytest.fixture(scope="session")
def axe(node_modules) -> str:
    """Give the script that checks a page's accessibility."""
    return (node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
