"""Previewing a site: every address is answered with what a build writes, or with what is wrong."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from http import HTTPStatus
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from comparo.build import build
from comparo.content import catalogue
from comparo.errors import ContentError, ThemeError, UsageError
from comparo.scaffold import new_site
from comparo.serve import Preview
from tests.test_watching import lines_of, texts, until

PATIENCE = 60
SCRIPT = rb'<script src="/\.comparo/reload\.js" data-version="[0-9a-f]+-\d+" defer></script>'


@pytest.fixture
def site(tmp_path):
    """Give a small site of its own."""
    root = tmp_path / "site"
    new_site(root)
    return root


@pytest.fixture
def preview(site):
    """Give a preview that has opened it."""
    preview = Preview(site)
    preview.refresh()
    return preview


def edit(site: Path, old: str, new: str) -> None:
    path = site / "content/products/example-notes/product.yaml"
    path.write_text(path.read_text().replace(old, new))


def write_theme(site: Path, template: str, text: str) -> Path:
    """Give the site a theme of its own, with one template."""
    folder = site / "themes/own"
    (folder / "templates").mkdir(parents=True, exist_ok=True)
    (folder / "theme.yaml").write_text("name: own\nextends: default\n")
    settings = site / "content/site.yaml"
    if "\ntheme: own" not in settings.read_text():
        settings.write_text(f"{settings.read_text()}\ntheme: own\n")
    (folder / "templates" / template).write_text(text)
    return folder / "templates" / template


@pytest.mark.parametrize("base_url", ["", "https://example.org", "https://example.org/a/b"])
def test_every_address_is_answered_with_what_a_build_writes(site, base_url, tmp_path):
    """What a preview shows is what is published, byte for byte."""
    build(site, tmp_path / "out", base_url=base_url)
    preview = Preview(site, base_url=base_url)
    preview.refresh()

    base = "/a/b" if base_url.endswith("b") else ""
    answers = {
        path: preview.answer(f"{base}/{path}")
        for path in texts(tmp_path / "out")
        if path != ".comparo-files"
    }

    assert {path: answer.data for path, answer in answers.items()} | {
        ".comparo-files": (tmp_path / "out/.comparo-files").read_bytes()
    } == texts(tmp_path / "out")
    assert {answer.status for answer in answers.values()} == {HTTPStatus.OK}


def test_a_folder_is_answered_with_its_page(preview):
    """Addresses of pages end with a slash; without it they lead there."""
    page = preview.answer("/products/example-notes/")
    without = preview.answer("/products/example-notes")

    assert b"Example Notes" in page.data
    assert (without.status, without.location) == (301, "/products/example-notes/")


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        "/products/example-notes/index.html/",
        "/content/site.yaml",
        "/../content/site.yaml",
        "/products/../../content/site.yaml",
        "//",
        "/\0",
        "",
        "*",
        "http://127.0.0.1/",
        "/.comparo-files",
        "/.comparo/lock",
        "/assets/",
        "/products/example-notes/product.yaml",
    ],
)
def test_what_is_no_page_is_not_there(site, preview, path):
    """There are the pages of the site, and no file of the disk; the site says what is missing."""
    build(site, site / "output")

    answer = preview.answer(path)

    assert (answer.status, answer.data) == (404, (site / "output/404.html").read_bytes())


@pytest.mark.parametrize("path", ["/", "/tools"])
def test_a_site_below_a_path_is_led_to(site, path):
    """With a base URL that has a path the site is there, and the root leads to it."""
    preview = Preview(site, base_url="https://example.org/tools")
    preview.refresh()

    answer = preview.answer(path)

    assert (answer.status, answer.location) == (302, "/tools/")
    assert preview.answer("/tools/").status == 200
    assert preview.answer("/products/").status == preview.answer("/toolset/").status == 404
    assert preview.answer("/tools/products").location == "/tools/products/"


def test_a_refresh_takes_the_files_as_they_are(site, preview):
    """After a refresh every page is new; before it, none is."""
    edit(site, "name: Example Notes", "name: Renamed Notes")
    before = preview.answer("/products/example-notes/").data

    opened = preview.refresh()

    assert b"Renamed Notes" not in before
    assert b"Renamed Notes" in preview.answer("/products/example-notes/").data
    assert (opened.products, opened.pairs) == (2, 1)


def test_a_theme_is_taken_as_a_whole(site, preview):
    """A template that is saved shows with the next refresh, and on no page before."""
    write_theme(site, "product.html", "old")
    preview.refresh()

    write_theme(site, "product.html", "new")
    before = preview.answer("/products/example-notes/").data
    preview.refresh()

    assert before == b"old"
    assert preview.answer("/products/example-notes/").data == b"new"


def test_a_request_waits_for_the_site(site):
    """What is asked for before the site is open is answered when it is."""
    preview = Preview(site)
    answers = []
    thread = threading.Thread(target=lambda: answers.append(preview.answer("/")))
    thread.start()

    preview.refresh()
    thread.join(PATIENCE)

    assert [answer.status for answer in answers] == [200]


def test_what_was_read_is_kept_for_the_next_start(site, monkeypatch):
    """It lies in the cache; beside that nothing is written, and what did not change is not read."""
    before = texts(site)
    Preview(site).refresh()
    after = texts(site)
    read = []
    monkeypatch.setattr(catalogue, "read_product", lambda _files, folder, **_: read.append(folder))

    edit(site, "name: Example Notes", "name: Other Notes")
    Preview(site).refresh()

    assert after.keys() - before.keys() == {".comparo/content"}
    assert {path: after[path] for path in before} == before
    assert [folder.name for folder in read] == ["example-notes"]


def test_others_help_to_read_as_long_as_nobody_is_answered(site, monkeypatch):
    """Later, threads may hold what a copy of this process would wait for without end."""
    monkeypatch.setattr(catalogue, "WORTH", 1)
    monkeypatch.setattr(catalogue, "LEARNING", 1)
    monkeypatch.setattr(catalogue, "BATCH", 1)
    started, start = [], BaseProcess.start
    monkeypatch.setattr(BaseProcess, "start", lambda one: (started.append(one), start(one)))
    preview = Preview(site, jobs=2)

    preview.refresh()
    first = len(started)
    edit(site, "name: Example Notes", "name: Renamed Notes")
    preview.refresh()

    assert (first, len(started)) == (1, 1)
    assert b"Renamed Notes" in preview.answer("/products/example-notes/").data


def test_a_site_is_read_though_those_that_help_are_killed(site, monkeypatch):
    """Where memory is short, one process reads it."""
    monkeypatch.setattr(catalogue, "WORTH", 1)
    monkeypatch.setattr(catalogue, "LEARNING", 1)
    monkeypatch.setattr(catalogue, "BATCH", 1)
    start = BaseProcess.start
    monkeypatch.setattr(BaseProcess, "start", lambda one: (start(one), one.kill()))
    preview = Preview(site, jobs=2)

    preview.refresh()

    assert preview.answer("/products/example-notes/").status == HTTPStatus.OK


def test_broken_content_stands_above_the_last_good_page(site, preview):
    """The page says what is wrong, with file and line and excerpt; mended, it is itself again."""
    good = preview.answer("/products/example-notes/").data
    edit(site, "name: Example Notes", "name: Example Notes\nrank: <b>101</b>")

    with pytest.raises(ContentError):
        preview.refresh()
    broken = preview.answer("/products/example-notes/")
    style = preview.answer("/assets/style.css")
    edit(site, "\nrank: <b>101</b>", "")
    preview.refresh()

    assert (broken.status, style.status) == (500, 200)
    text = broken.data.decode()
    assert "content/products/example-notes/product.yaml:" in text
    assert re.search(r"<mark> +\d+  rank: &lt;b&gt;101&lt;/b&gt;</mark>", text)
    assert "<b>101" not in text
    without = re.sub(r'(?s)<link rel="stylesheet" href="/.comparo.*?</section>\n', "", text)
    assert without.encode() == good == preview.answer("/products/example-notes/").data


def test_a_site_that_was_never_good_shows_what_is_wrong(site):
    """Broken from the start, every address is answered with the problems."""
    edit(site, "name: Example Notes", "name: [")
    preview = Preview(site)

    with pytest.raises(ContentError):
        preview.refresh()
    answer = preview.answer("/anything")

    assert answer.status == 500
    assert b"product.yaml:" in answer.data
    assert b"<title>One thing to mend</title>" in answer.data


@pytest.mark.parametrize(
    ("template", "url"),
    [
        ("comparison.html", "/compare/example-notes-vs-sample-notes/"),
        ("_capability.html", "/products/example-notes/"),
    ],
)
@pytest.mark.parametrize("text", ["\n{{ nothing }}", "\n{% if %}", "\n{% include 'no.html' %}"])
def test_a_broken_template_shows_on_its_pages(site, preview, template, url, text):
    """The pages that it draws say where it is wrong, and the others are as they were."""
    path = write_theme(site, template, text)
    preview.refresh()

    broken = preview.answer(url)
    other = preview.answer("/products/")
    path.unlink()
    preview.refresh()

    assert (broken.status, other.status) == (500, 200)
    assert preview.answer(url).status == 200
    if "include" not in text:
        assert f"<p>themes/own/templates/{template}:2: ".encode() in broken.data
        assert b"<mark>    2  {" in broken.data


@pytest.mark.parametrize("template", ["../theme.yaml", "../strings.yaml"])
def test_a_theme_that_cannot_be_opened_leaves_the_last_one(site, preview, template):
    """Where the whole site depends on it, the last good pages stand below the problems."""
    write_theme(site, template, "{{ nothing")

    with pytest.raises(ThemeError):
        preview.refresh()

    answer = preview.answer("/products/")
    assert answer.status == 500
    assert b"<p>themes/own/" in answer.data
    assert b"<mark>" in answer.data


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        ("content/site.yaml", True),
        ("content/../content/site.yaml", True),
        ("content/../secret.txt", False),
        ("content/link.txt", False),
        ("secret.txt", False),
        ("/etc/passwd", False),
        ("content/none.yaml", False),
        ("", False),
    ],
)
def test_only_what_the_site_is_made_of_is_shown(site, preview, file, shown):
    """Whatever an error names, no other file of the disk is shown for it."""
    (site / "secret.txt").write_text("secret")
    (site / "content/link.txt").symlink_to(site / "secret.txt")

    assert (preview._text_of(file) is not None) == shown  # noqa: SLF001


def test_the_site_is_never_seen_half_rebuilt(site, preview):
    """While the site is opened again and again, each answer is a whole page, old or new."""
    stop = threading.Event()
    found = set()
    pages = ["/products/", "/compare/example-notes-vs-sample-notes/"]

    def ask() -> None:
        while not stop.is_set():
            found.update((page, preview.answer(page).data) for page in pages)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    expected = {(page, preview.answer(page).data) for page in pages}
    for number in range(5):
        edit(site, f"name: Example Notes{number or ''}", f"name: Example Notes{number + 1}")
        preview.refresh()
        expected |= {(page, preview.answer(page).data) for page in pages}
    stop.set()
    for thread in threads:
        thread.join(PATIENCE)

    assert found <= expected


def test_a_wrong_base_url_is_a_wrong_use(site):
    """No change of a file mends an option."""
    with pytest.raises(UsageError):
        Preview(site, base_url="nonsense").refresh()


# The command -----------------------------------------------------------------------------------


@pytest.fixture
def start(site):
    """Give a way to run the command; it gives the process, the address, and what it says."""
    running = []

    def start(*arguments):
        process = subprocess.Popen(
            [sys.executable, "-m", "comparo", "serve", str(site), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        running.append(process)
        said = lines_of(process)
        return process, until(said, "http://").strip(), said

    yield start
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()


def get(url: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as found:  # noqa: S310
            return found.status, found.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def until_served(url: str, status: int, words: bytes) -> bytes:
    """Wait until a page has a status and holds these words; give it."""
    deadline = time.monotonic() + PATIENCE
    while True:
        found, data = get(url)
        if found == status and words in data:
            return data
        assert time.monotonic() < deadline, (found, data)
        time.sleep(0.02)


def test_a_save_is_served(site, start):
    """From a save on, pages are new; a mistake shows on them until it is mended."""
    _, url, said = start("--port", "0")
    page = f"{url}products/example-notes/"
    until_served(page, 200, b"Example Notes")

    edit(site, "name: Example Notes", "name: Renamed Notes")
    until_served(page, 200, b"Renamed Notes")
    edit(site, "name: Renamed Notes", "name: [")
    until_served(page, 500, b"product.yaml:")
    assert "product.yaml:" in until(said, "product.yaml:")
    edit(site, "name: [", "name: Mended Notes")
    until_served(page, 200, b"Mended Notes")


def test_served_pages_are_built_pages(site, start, tmp_path):
    """But for the script, what is served is what is built; and no page is written."""
    build(site, tmp_path / "out")
    before = sorted(path for path in site.rglob("*") if "__pycache__" not in path.parts)
    _, url, _ = start("--port", "0")

    for path in texts(tmp_path / "out"):
        if path != ".comparo-files":
            _, data = get(f"{url}{path}")
            assert re.sub(SCRIPT, b"", data) == (tmp_path / "out" / path).read_bytes()
            assert (data != re.sub(SCRIPT, b"", data)) == path.endswith(".html")

    assert sorted(path for path in site.rglob("*") if "__pycache__" not in path.parts) == before


def test_it_serves_while_a_build_is_at_work(site, start):
    """A preview needs no lock and takes none."""
    _, url, _ = start("--port", "0")

    build(site, site / "output")

    assert get(url)[0] == 200


def test_a_taken_port_is_left_to_who_has_it(site):
    """The next free port serves and that is said; one that was asked for is not replaced."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        done = subprocess.run(
            [sys.executable, "-m", "comparo", "serve", str(site), "--port", str(port)],
            capture_output=True,
            text=True,
            check=False,
        )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"comparo: 127.0.0.1:{port}: is taken; choose another port with --port, or none\n"
    )


def test_two_previews_stand_side_by_side(start):
    """Without --port, each finds a port of its own."""
    _, first, _ = start()
    _, second, _ = start()

    assert first != second
    assert get(first)[0] == get(second)[0] == 200


def test_who_serves_to_others_is_warned(start):
    """Served beyond this machine, that is said."""
    _process, url, _said = start("--port", "0", "--host", "0.0.0.0")  # noqa: S104

    assert url.startswith("http://127.0.0.1:")
    assert get(url)[0] == 200


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_told_to(start, number):
    """Ctrl-C and SIGTERM end it at once and well, whoever is still connected."""
    process, url, said = start("--port", "0")
    port = int(url.rstrip("/").rpartition(":")[2])
    streams = [socket.create_connection(("127.0.0.1", port)) for _ in range(5)]
    for stream in streams:
        stream.sendall(b"GET /.comparo/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        stream.recv(1)

    process.send_signal(number)

    assert process.wait(PATIENCE) == 0
    assert until(said, "Stopped.") == "Stopped.\n"
    for stream in streams:
        stream.close()


def test_a_wrong_use_ends_with_2(site):
    """What cannot work is told before anything is served."""
    done = subprocess.run(
        [sys.executable, "-m", "comparo", "serve", str(site), "--base-url", "x"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("comparo: --base-url x: must be the http(s) address")
