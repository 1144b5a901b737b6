"""What tests of the pages in the terminal share: sites to explain, and terminals to draw in."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from comparo.site import Site, open_site


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self):
        """Say so."""
        return True


@pytest.fixture(scope="session")
def sites(own_site, hard_site) -> list[Site]:
    """Give both sites, read and compared."""
    return [open_site(own_site), open_site(hard_site)]


@pytest.fixture
def terminal(monkeypatch) -> Callable[[int], Terminal]:
    """Give a function that opens a terminal of so many columns."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")

    def wide(columns: int) -> Terminal:
        monkeypatch.setenv("COLUMNS", str(columns))
        return Terminal()

    return wide


@pytest.fixture
def written(tmp_path) -> Callable[..., Site]:
    """Give a function that opens a site of these products and settings."""

    def write(settings: str = "", **products: str) -> Site:
        files = {Path("site.yaml"): f"title: A\n{settings}\n"}
        for slug, text in products.items():
            files[Path("products") / slug.replace("_", "-") / "product.yaml"] = text
        for name, text in files.items():
            path = tmp_path / "content" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return open_site(tmp_path)

    return write
