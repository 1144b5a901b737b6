"""The script that reloads pages, and how open pages hear of a change."""

import re
import socket
import urllib.request
from collections.abc import Iterator
from contextlib import closing

import pytest

from comparo import livereload
from comparo.livereload import LiveServer, with_script
from comparo.loopback import Answer

PATIENCE = 60


def answer(path: str) -> Answer:
    """Answer with a small page, a style sheet, or a way to the page."""
    if path == "/moved":
        return Answer(status=301, location="/")
    if path == "/style.css":
        return Answer(b"a {}", "style.css")
    return Answer(b"<html><body>Page</body></html>")


@pytest.fixture
def server() -> Iterator[LiveServer]:
    """Serve at a free port."""
    with LiveServer(answer, "127.0.0.1", 0) as server:
        yield server


def get(server: LiveServer, path: str) -> bytes:
    with urllib.request.urlopen(f"{server.url}{path}", timeout=PATIENCE) as found:  # noqa: S310
        return found.read()


class Stream:
    """A page that waits for changes."""

    def __init__(self, server: LiveServer) -> None:
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
        self.socket.sendall(b"GET /.comparo/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        self.file = self.socket.makefile("rb")

    def next(self) -> str:
        """Wait for the next event; give what it tells."""
        for line in self.file:
            if line.startswith(b"data: "):
                return line.removeprefix(b"data: ").decode().strip()
        return ""

    def close(self) -> None:
        """Go away."""
        self.file.close()
        self.socket.close()


def test_a_page_gets_the_script_and_nothing_else(server):
    """What is served is what the function gave, but for one element at the end of the body."""
    served = get(server, "")

    script = f'<script src="/.comparo/reload.js" data-version="{server.version}" defer></script>'
    assert served == f"<html><body>Page{script}</body></html>".encode()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"<BODY>a</BODY>", b"<BODY>aX</BODY>"),
        (b"<body>a</body>b</body>\n", b"<body>a</body>bX</body>\n"),
        (b"no body", b"no bodyX"),
        (b"", b"X"),
    ],
)
def test_the_script_stands_at_the_end_of_the_body(page, expected):
    """It is added to any page, whatever its HTML is like."""
    data = with_script(Answer(page), "1").data

    assert re.sub(rb"<script.*</script>", b"X", data) == expected


def test_other_files_stay_as_they_are(server):
    """Only pages get the script."""
    assert get(server, "style.css") == b"a {}"
    assert answer("/moved") == server._live("/moved")  # noqa: SLF001


@pytest.mark.parametrize("name", ["reload.js", "worker.js", "problems.css"])
def test_the_own_files_are_served(server, name):
    """The script and its like come from the server itself, so that a strict policy lets them."""
    assert get(server, f".comparo/{name}") != answer("").data


def test_a_change_is_told_at_once(server):
    """A stream begins with the version that is served, and goes on with each new one."""
    with closing(Stream(server)) as stream:
        first = stream.next()
        server.changed()
        second = stream.next()

    assert first != second
    assert second == server.version


def test_now_and_then_a_stream_is_told_that_nothing_changed(server, monkeypatch):
    """So who went away is noticed."""
    monkeypatch.setattr(livereload, "BEAT", 0.05)

    with closing(Stream(server)) as stream:
        assert stream.next() == stream.next() == server.version


def test_many_streams_are_told(server):
    """Every page that waits hears of the change."""
    streams = [Stream(server) for _ in range(30)]
    for stream in streams:
        stream.next()

    server.changed()

    assert {stream.next() for stream in streams} == {server.version}
    for stream in streams:
        stream.close()


def test_a_page_that_changes_while_it_is_asked_for_says_the_older_version():
    """It may be reloaded once too often, and never once too seldom."""

    def changing(_path: str) -> Answer:
        server.changed()
        return Answer(b"new")

    with LiveServer(changing, "127.0.0.1", 0) as server:
        before = server.version

        assert before.encode() in get(server, "")
        assert server.version != before


def test_another_run_is_another_version(server):
    """A page that was left open from yesterday's preview reloads itself."""
    with LiveServer(answer, "127.0.0.1", 0) as other:
        assert other.version != server.version
