"""Every link of a built site leads somewhere, wherever the site is served."""

import os
import re
import shutil
import subprocess
import sys
from functools import partial
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urljoin

import pytest

from tests import crawl
from tests.crawl import Site

LAWS = (
    crawl.broken_links,
    crawl.broken_references,
    crawl.broken_metadata,
    crawl.broken_feeds,
    crawl.left_out,
)
NAMES = ("own", "hard", "broad")
SITES = tuple(f"{name}, {how} base URL" for name in NAMES for how in ("no", "with"))
PAGE = "<!doctype html><html lang=en><title>T</title><body><h1>H</h1>{}</body></html>"


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("name", SITES)
def test_links_lead_somewhere(built, name, law):
    """No link, reference or address of a site is broken, leads out of it or to another host."""
    assert list(law(built[name]))[:20] == []


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ('<a href="missing/">m</a>', "which is not there"),
        ('<a href="/">root</a>', "leads out of the site"),
        ('<a href="../../">up</a>', "leads out of the site"),
        ('<a href="other/#nothing">id</a>', "leads to an id that other/index.html does not have"),
        ('<a href="other/index.html">file</a>', "leads to a file"),
        ('<a href="#">none</a>', "leads nowhere"),
        ('<a href="javascript:x()">run</a>', "leads to another host"),
        ('<a href="http:other/">odd</a>', "leads to another host"),
        ('<img src="https://example.org/x.png">', "leads to another host"),
        ('<img srcset="//example.org/x.png 2x">', "leads to another host"),
        ('<link rel="stylesheet" href="https://example.org/x.css">', "leads to another host"),
        ('<form action="https://example.org/"></form>', "leads to another host"),
        ('<svg><image xlink:href="https://example.org/x"/></svg>', "leads to another host"),
        ("<iframe></iframe>", "should not be there"),
    ],
)
def test_a_broken_link_is_found(tmp_path, body, wrong):
    """The crawler sees each kind of broken link, and no other on the same page."""
    _write(tmp_path, body + '<a href="other/#here">fine</a><a href="https://example.org/">out</a>')

    (found,) = crawl.broken_links(Site(tmp_path))

    assert wrong in found


@pytest.mark.parametrize("name", [site for site in SITES if "no base URL" in site])
def test_links_work_from_a_sub_path(built, name, tmp_path):
    """A site that is served from any folder of a host answers each of its links."""
    shutil.copytree(built[name].folder, tmp_path / "some" / "folder")
    handler = partial(_Quiet, directory=str(tmp_path))

    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        answers = _visit(server.server_address[1], "/some/folder/")
        server.shutdown()

    assert {url: status for url, status in answers.items() if status != 200} == {}
    pages = {crawl.SOMEWHERE + url.removeprefix("/some/folder") for url in answers}
    kept = {p.name for p in built[name].pages.values() if p.all("nav")}  # a passing page has none
    assert {built[name].address(p) for p in kept} - pages == {f"{crawl.SOMEWHERE}/404.html"}


def test_any_machine_makes_the_same_bytes(own_site, tmp_path):
    """Another folder, time zone, locale and hash seed leave every byte of a site as it was."""
    moved = tmp_path / "elsewhere" / "the site"
    for folder in ("content", "themes"):
        shutil.copytree(own_site / folder, moved / folder)
    here = {"TZ": "UTC", "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8"}
    there = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "2", "LC_ALL": "C"}

    _build(own_site, tmp_path / "one", here)
    _build(moved, tmp_path / "two", there)

    assert _tree(tmp_path / "two") == _tree(tmp_path / "one")


class _Quiet(SimpleHTTPRequestHandler):
    """Answers from a folder and says nothing about it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits for the network

    def log_message(self, *_args):
        """Say nothing."""


def _visit(port: int, start: str) -> dict[str, int]:
    """Follow every link from a page on; give the status of each address."""
    statuses: dict[str, int] = {}
    waiting = [start]
    connection = HTTPConnection("127.0.0.1", port)
    while waiting:
        url = waiting.pop()
        if url in statuses:
            continue
        connection.request("GET", url)
        response = connection.getresponse()
        statuses[url] = response.status
        body = response.read()
        if response.getheader("Content-Type") == "text/html":
            found = re.findall(r'(?:href|src)="([^"#?]+)', body.decode())
            waiting += [urljoin(url, link) for link in found if not re.match(r"\w+:", link)]
    connection.close()
    return statuses


def _build(site: Path, output: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "comparo", "build", str(site), "-o", str(output)]
    subprocess.run(command, env=os.environ | environment, check=True, capture_output=True)


def _tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _write(folder: Path, body: str) -> None:
    (folder / "other").mkdir()
    (folder / "index.html").write_text(PAGE.format(body))
    (folder / "other" / "index.html").write_text(PAGE.format('<p id="here">There.</p>'))
