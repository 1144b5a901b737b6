"""A local server that adds a script to each page, which reloads it when it has changed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from threading import Condition

from comparo.loopback import TYPES, Answer, LocalServer

OWN = "/.comparo/"
"""Where the server's own files are; no page's address has a part that begins with a dot."""

BEAT = 15.0
"""Seconds after which a page that waits for a change is told that there was none."""

_FILES = {OWN + p.name: p.read_bytes() for p in (Path(__file__).parent / "preview").iterdir()}


class LiveServer(LocalServer):
    """Serves what a function answers, and lets open pages know when that ``changed``."""

    def __init__(self, answer: Callable[[str], Answer], host: str, port: int | None = None) -> None:
        super().__init__(self._live, host, port)
        self._page = answer
        self._run, self._number = token_hex(8), 0
        self._change = Condition()

    @property
    def version(self) -> str:
        """Name what is served now: another name after each change, and in each run."""
        return f"{self._run}-{self._number}"

    def changed(self) -> None:
        """Have every open page reload itself."""
        with self._change:
            self._number += 1
            self._change.notify_all()

    def _live(self, path: str) -> Answer:
        if path == f"{OWN}events":
            return Answer(stream=self._events())
        if path in _FILES:
            return Answer(_FILES[path], path)
        version = self.version  # asked first: a page may be newer than it says, but never older
        answer = self._page(path)
        is_page = answer.type == TYPES["html"] and not answer.location
        return with_script(answer, version) if is_page else answer

    def _events(self) -> Iterator[bytes]:
        """Tell the version that is served, again after each change and now and then."""
        while True:
            version = self.version
            yield f"retry: 500\ndata: {version}\n\n".encode()
            with self._change:
                if version == self.version:
                    self._change.wait(BEAT)


def with_script(answer: Answer, version: str) -> Answer:
    """Add the script that reloads a page at the end of its body."""
    script = f'<script src="{OWN}reload.js" data-version="{version}" defer></script>'
    end = answer.data.lower().rfind(b"</body>")
    cut = end if end >= 0 else len(answer.data)
    return replace(answer, data=answer.data[:cut] + script.encode() + answer.data[cut:])
