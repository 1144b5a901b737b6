"""The local server: what it answers, and to whom it does not."""

import socket
import threading
from collections.abc import Iterator

import pytest

from comparo import loopback
from comparo.errors import ServeError
from comparo.loopback import Answer, LocalServer

PATIENCE = 60


def answer(path: str) -> Answer:
    """Answer with the path itself; lead on from one address, and stream from another."""
    if path == "/moved":
        return Answer(status=301, location="/elsewhere é/")
    if path == "/stream":
        return Answer(stream=(b"one\n", b"two\n"))
    return Answer(path.encode(), path.rpartition("/")[2] or "page.html")


@pytest.fixture
def server() -> Iterator[LocalServer]:
    """Serve at a free port."""
    with LocalServer(answer, "127.0.0.1", 0) as server:
        yield server


def connect(server: LocalServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)


def read(connection: socket.socket) -> bytes:
    """Read until the other side closes."""
    received = b""
    while chunk := connection.recv(65536):
        received += chunk
    return received


def ask(server: LocalServer, request: str) -> tuple[int, dict[str, str], bytes]:
    """Send a request as it stands; give the status, the head and the body of the answer."""
    with connect(server) as connection:
        connection.sendall(request.encode("latin-1"))
        head, _, body = read(connection).partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    return int(first.split()[1]), dict(line.split(": ", 1) for line in lines), body


def get(server: LocalServer, path: str, host: str = "localhost", method: str = "GET"):
    return ask(server, f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")


def test_an_answer_has_its_type_and_no_leave_to_keep_or_share(server):
    """Types are fixed, nothing is cached, sniffed, or read by another origin."""
    status, head, body = get(server, "/style.css")

    assert (status, body) == (200, b"/style.css")
    head.pop("Date")
    assert head == {
        "Content-Type": "text/css; charset=utf-8",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Content-Length": "10",
        "Connection": "close",
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.SVG", "image/svg+xml"),
        ("a.json", "application/json"),
        ("a.exe", "application/octet-stream"),
        (".nojekyll", "application/octet-stream"),
    ],
)
def test_types_go_by_the_name(name, expected):
    """What has no known ending is mere bytes."""
    assert Answer(name=name).type == expected


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8000"],
)
def test_local_hosts_are_answered(server, host):
    """The names of this machine are known, at any port."""
    assert get(server, "/", host)[0] == 200


@pytest.mark.parametrize(
    "host",
    [
        "example.org",
        "localhost.example.org",
        "127.0.0.1.example.org",
        "example.org:8000",
        "localhost@example.org",
        "192.168.0.1",
        "0.0.0.0",  # noqa: S104 (a name like others)
        "::1",
        "",
        "localhost, example.org",
    ],
)
def test_other_hosts_are_not(server, host):
    """A name that may have been made to lead here is refused, with nothing of the site."""
    status, head, body = get(server, "/secret", host)

    assert (status, body) == (421, b"421 Misdirected Request\n")
    assert head["Connection"] == "close"


@pytest.mark.parametrize(
    "request_",
    [
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: example.org\r\n\r\n",
    ],
)
def test_a_request_names_one_host(server, request_):
    """Without a host, or with two, there is no telling who asks."""
    assert ask(server, request_)[0] == 421


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get"])
def test_nothing_can_be_done_but_read(server, method):
    """Only GET and HEAD are answered; nothing tells another origin that it may ask."""
    status, head, _ = get(server, "/", method=method)

    assert (status, head["Allow"]) == (405, "GET, HEAD")
    assert [name for name in head if name.lower().startswith("access-control")] == []


def test_head_is_get_without_the_bytes(server):
    """A HEAD request gets the same head."""
    status, head, body = get(server, "/style.css", method="HEAD")

    assert (status, head["Content-Length"], body) == (200, "10", b"")


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("/a%20b?c=d", "/a b"),
        ("/%C3%A9", "/é"),
        ("/%2e%2e/%2e%2e/etc/passwd", "/../../etc/passwd"),
        ("//example.org/", "/example.org/"),
        ("/%00", "/\0"),
        ("/%252e", "/%2e"),
    ],
)
def test_paths_are_decoded_once(server, asked, path):
    """The function is asked for what was meant, whatever that is: it has no file to give."""
    assert get(server, asked)[2].decode() == path


def test_what_is_no_text_is_refused(server):
    """An address that is not UTF-8 is nobody's."""
    assert get(server, "/%ff")[0] == 400


def test_it_can_lead_elsewhere(server):
    """A redirection keeps the query and is written as addresses are."""
    status, head, _ = get(server, "/moved?q=1&r=%20")

    assert (status, head["Location"]) == (301, "/elsewhere%20%C3%A9/?q=1&r=%20")


def test_a_stream_is_sent_piece_by_piece(server):
    """A stream has no length; it ends with the connection."""
    status, head, body = get(server, "/stream")

    assert (status, body) == (200, b"one\ntwo\n")
    assert (head["Content-Type"], head["Connection"]) == ("text/event-stream", "close")


def test_a_connection_serves_many_requests(server):
    """A browser need not connect anew for each file."""
    with connect(server) as connection:
        for name in ("one", "two"):
            connection.sendall(f"GET /{name} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            received = b""
            while not received.endswith(f"/{name}".encode()):
                received += connection.recv(65536)


def test_a_body_is_not_taken_for_a_request(server):
    """What follows a request's head is neither read nor answered."""
    hidden = "GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n"

    _, head, body = ask(
        server,
        f"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(hidden)}\r\n\r\n{hidden}",
    )

    assert (head["Connection"], body) == ("close", b"/")


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (f"GET /{'a' * 100_000} HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
        (f"GET / HTTP/1.1\r\nHost: localhost\r\nX: {'a' * 100_000}\r\n\r\n", 431),
        ("GET / HTTP/1.1\r\nHost: localhost\r\n" + "X: a\r\n" * 200 + "\r\n", 431),
        ("GET / HTTP/3.0\r\nHost: localhost\r\n\r\n", 505),
        ("nonsense\r\n\r\n", 400),
    ],
)
def test_what_is_too_long_or_senseless_is_refused(server, request_, status):
    """A request's head is bounded."""
    with connect(server) as connection:
        try:
            connection.sendall(request_.encode())
            received = read(connection)
        except OSError:  # refused before all was sent
            received = b"HTTP/1.1 414 or 431" if len(request_) > 1000 else b""

    assert received.startswith(b"HTTP/1.1 ")
    assert str(status).encode() in received


def test_silence_is_cut_short(server, monkeypatch):
    """A connection that says nothing, or half of something, is closed."""
    monkeypatch.setattr(loopback._Connection, "timeout", 0.2)  # noqa: SLF001

    with connect(server) as silent, connect(server) as half:
        half.sendall(b"GET / HTTP/1.1\r\nHost: loc")

        assert (silent.recv(1), half.recv(1)) == (b"", b"")


def test_silent_connections_keep_nobody_waiting(server):
    """While others say nothing, who asks is answered."""
    connections = [connect(server) for _ in range(50)]

    assert get(server, "/page")[0] == 200
    for connection in connections:
        connection.close()


def test_too_many_connections_are_closed(monkeypatch):
    """There are only so many at a time; when they go, there is room again."""
    monkeypatch.setattr(loopback, "CONNECTIONS", 3)
    with LocalServer(answer, "127.0.0.1", 0) as server:
        connections = [connect(server) for _ in range(3)]

        with connect(server) as one_more:
            assert one_more.recv(1) == b""

        for connection in connections:
            connection.close()
        while not (received := attempt(server)):
            pass
        assert received.startswith(b"HTTP/1.1 200")


def attempt(server: LocalServer) -> bytes:
    with connect(server) as connection:
        try:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return read(connection)
        except OSError:
            return b""


def test_who_goes_away_leaves_no_trace(server, capsys):
    """A browser that hangs up in the middle is no event."""
    for _ in range(5):
        connection = connect(server)
        connection.sendall(b"GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.close()

    assert get(server, "/page")[0] == 200
    assert capsys.readouterr() == ("", "")


def test_the_next_free_port_is_taken(monkeypatch):
    """Where no port is asked for, the first free one serves; a port that is asked for, or none."""
    with LocalServer(answer, "127.0.0.1", 0) as first:
        monkeypatch.setattr(loopback, "PORTS", (first.port, 0))

        with LocalServer(answer, "127.0.0.1") as second:
            assert second.port != first.port
            assert get(second, "/page")[0] == 200
        with pytest.raises(ServeError, match=f"{first.port}: is taken; choose another port"):
            LocalServer(answer, "127.0.0.1", first.port)


@pytest.mark.parametrize("host", ["no.such.host.invalid", "203.0.113.1", "a..b", "a" * 300, "a b"])
def test_a_host_that_is_not_here_is_told(host):
    """A host of which this machine knows nothing is one clear line."""
    with pytest.raises(ServeError, match=f"{host}:0: cannot be served at: "):
        LocalServer(answer, host, 0)


@pytest.mark.parametrize(
    ("host", "url", "exposed", "others"),
    [
        ("127.0.0.1", "http://127.0.0.1:{}/", False, False),
        ("localhost", "http://localhost:{}/", False, False),
        ("0.0.0.0", "http://127.0.0.1:{}/", True, True),  # noqa: S104
    ],
)
def test_who_can_see_it(host, url, exposed, others):
    """Everywhere, it is known by its numbers, and still by no name of somebody else's."""
    with LocalServer(answer, host, 0) as server:
        assert server.url == url.format(server.port)
        assert server.exposed == exposed
        assert server.knows(host)
        assert server.knows("192.168.0.1:80") == server.knows(socket.gethostname()) == others
        assert not server.knows("example.org")


def test_who_asks_before_it_serves_is_answered_when_it_does():
    """From the first moment a connection waits; it is not refused."""
    server = LocalServer(answer, "127.0.0.1", 0)

    with connect(server) as connection:
        connection.sendall(b"GET /early HTTP/1.0\r\nHost: localhost\r\n\r\n")
        with server:
            received = read(connection)

    assert received.endswith(b"\r\n\r\n/early")


def test_it_ends_with_open_connections():
    """Leaving it waits for nobody."""
    ended = threading.Event()

    def endless():
        yield b"one\n"
        ended.wait(PATIENCE)

    with LocalServer(lambda _: Answer(stream=endless()), "127.0.0.1", 0) as server:
        connection = connect(server)
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        connection.recv(1)

    assert not ended.is_set()
    ended.set()
    connection.close()
