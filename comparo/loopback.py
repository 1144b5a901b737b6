"""HTTP for a browser on this machine: sockets, requests, and what is refused.

Any page open in the author's browser can send requests here. So only known host names are answered
(another one may have been made to lead here), nothing lets other origins read, silence and excess
are cut short, and no file of the disk is ever looked up: there is what a function gives.
"""

import errno
import os
import re
import socket
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from socketserver import TCPServer, ThreadingMixIn
from threading import BoundedSemaphore, Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, unquote

from comparo.errors import ServeError

PORTS = range(8000, 8100)
"""Where is served if nothing else is wanted: at the first of these ports that is free."""

SILENCE = 10.0
"""Seconds after which a connection is closed that says nothing, or does not listen."""

CONNECTIONS = 200
"""How many there may be at a time: each takes a thread, and one of the files that may be open."""

TYPES = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "avif": "image/avif",
    "gif": "image/gif",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "json": "application/json",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address leads to: bytes, named for their kind; or another address; or a stream."""

    data: bytes = b""
    name: str = "page.html"
    status: HTTPStatus = HTTPStatus.OK
    location: str = ""
    stream: Iterable[bytes] = ()

    @property
    def type(self) -> str:
        """Give the content type."""
        if self.stream:
            return "text/event-stream"
        return TYPES.get(self.name.rpartition(".")[2].lower(), "application/octet-stream")


class LocalServer:
    """Answers what a function answers to a path, from when it is entered until it is left."""

    def __init__(self, answer: Callable[[str], Answer], host: str, port: int | None = None) -> None:
        self.answer = answer
        self.host = f"[{host}]" if ":" in host else host.lower()
        self._sockets = _bind(host, PORTS if port is None else (port,))
        self._sockets.site = self
        number = ip_address(str(self._sockets.server_address[0]))
        self.exposed = not number.is_loopback
        self._everywhere = number.is_unspecified

    @property
    def port(self) -> int:
        """Give the port, which was perhaps not the first choice."""
        return int(self._sockets.server_address[1])

    @property
    def url(self) -> str:
        """Give the address for a browser on this machine."""
        here = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(self.host, self.host)  # noqa: S104
        return f"http://{here}:{self.port}/"

    def knows(self, host: str) -> bool:
        """Tell whether a ``Host`` is this server, and no name that anybody could make lead here.

        Served everywhere, it is known by each of its numbers, which nobody can make lead elsewhere.
        """
        name = re.sub(r":\d*$", "", host).lower()
        if name in {"localhost", "127.0.0.1", "[::1]", self.host}:
            return True
        return self._everywhere and (_is_number(name) or name == socket.gethostname().lower())

    def __enter__(self) -> Self:
        Thread(target=self._sockets.serve_forever, args=(0.1,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._sockets.shutdown()
        self._sockets.server_close()


class _Sockets(ThreadingMixIn, TCPServer):
    """Connections, each with a thread of its own; a process that ends waits for none."""

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # elsewhere it would let two share a port
    request_queue_size = 128
    site: LocalServer

    def __init__(self, family: int, address: Any) -> None:
        self.address_family = family
        self.free = BoundedSemaphore(CONNECTIONS)
        super().__init__(address, _Connection)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread, unless there are too many."""
        if self.free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and make room for the next."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Take it calmly when somebody goes away."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Connection(BaseHTTPRequestHandler):
    """The requests of one connection."""

    protocol_version = "HTTP/1.1"
    default_request_version = "HTTP/1.0"  # an older one has no head to refuse it with
    timeout = SILENCE
    disable_nagle_algorithm = True
    server: _Sockets

    def parse_request(self) -> bool:
        """Read a request's head; refuse what is not meant for this server."""
        if not super().parse_request():
            return False
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not self.server.site.knows(hosts[0]):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return False
        if self.command not in {"GET", "HEAD"}:
            self.send_error(HTTPStatus.METHOD_NOT_ALLOWED)
            return False
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # nobody reads what follows
        return True

    def do_GET(self) -> None:
        """Answer."""
        path, _, self.query = self.path.partition("?")
        try:
            path = unquote(path, errors="strict")
        except UnicodeDecodeError:
            self.send_error(HTTPStatus.BAD_REQUEST)
        else:
            self._send(self.server.site.answer(path))

    def do_HEAD(self) -> None:
        """Answer without the bytes."""
        self.do_GET()

    def send_error(self, code: int, *_: Any) -> None:
        """Refuse, in one line."""
        self.close_connection = True
        status = HTTPStatus(code)
        self._send(Answer(f"{status.value} {status.phrase}\n".encode(), "error.txt", status))

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _send(self, answer: Answer) -> None:
        if answer.stream:
            self.close_connection = True
        self.send_response_only(answer.status)
        for name, value in self._head(answer).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.data)
            for chunk in answer.stream:
                self.wfile.write(chunk)

    def _head(self, answer: Answer) -> dict[str, str]:
        head = {
            "Date": self.date_time_string(),
            "Content-Type": answer.type,
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        if not answer.stream:
            head["Content-Length"] = str(len(answer.data))
        if answer.location:
            head["Location"] = quote(answer.location) + (f"?{self.query}" if self.query else "")
        if answer.status == HTTPStatus.METHOD_NOT_ALLOWED:
            head["Allow"] = "GET, HEAD"
        if self.close_connection:
            head["Connection"] = "close"
        return head


def _bind(host: str, ports: Sequence[int]) -> _Sockets:
    """Take the first port that is free."""
    for port in ports:
        try:
            family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            return _Sockets(family, address)
        except (OSError, ValueError) as error:  # a host may be no text for a name
            if not isinstance(error, OSError) or error.errno != errno.EADDRINUSE:
                reason = getattr(error, "strerror", None) or error
                raise ServeError(f"{host}:{port}: cannot be served at: {reason}") from error
    raise ServeError(f"{host}:{ports[0]}: is taken; choose another port with --port, or none")


def _is_number(name: str) -> bool:
    try:
        return bool(ip_address(name.strip("[]")))
    except ValueError:
        return False
