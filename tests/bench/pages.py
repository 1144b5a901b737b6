"""What the programs wrote: whether their pages say the same, and how much of it there is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

Page = str
"""A page is known by its folder under the output, such as ``compare/a-vs-b``."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many files there are in a folder, and how many bytes they have."""

    files: int
    bytes: int


def file_of(output: Path, page: Page) -> Path:
    """Give the file of a page."""
    return output / page / "index.html"


def pages_of(pairs: Iterable[tuple[str, str]], products: Iterable[str]) -> list[Page]:
    """Give the pages of these that all programs write.

    A pair has one, and one of its other order that leads there; a product has one, and one of its
    alternatives.

    >>> pages_of([("a", "b")], ["a"])
    ['compare/a-vs-b', 'compare/b-vs-a', 'products/a', 'alternatives/a']
    """
    orders = [order for a, b in pairs for order in ((a, b), (b, a))]
    return [
        *(f"compare/{a}-vs-{b}" for a, b in orders),
        *(f"{kind}/{slug}" for slug in products for kind in ("products", "alternatives")),
    ]


def size_of(paths: Iterable[Path]) -> Size:
    """Measure files, or all files of a folder."""
    sizes = [path.stat().st_size for path in paths if path.is_file()]
    return Size(len(sizes), sum(sizes))


def texts(output: Path, pages: Iterable[Page]) -> dict[Page, str]:
    """Read what these pages say, without their tags."""
    return {page: text_of(file_of(output, page).read_text(encoding="utf-8")) for page in pages}


def text_of(html: str) -> str:
    """Strip the tags from a page and fold white space.

    >>> text_of("<p>Fast &amp; <b>free</b></p>")
    'Fast & free'
    """
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def differences(said: Mapping[str, Mapping[Page, str]]) -> list[str]:
    """Say where programs do not say the same on a page: by program, then by page."""
    (first, expected), *others = said.items()
    return [
        f"{first} and {other} differ on {page}: {_split(text, found[page])}"
        for other, found in others
        for page, text in expected.items()
        if text != found[page]
    ]


def _split(ours: str, theirs: str) -> str:
    place = next((n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), -1)
    start = max(0, place - 20)
    return f"{ours[start : place + 40]!r} is {theirs[start : place + 40]!r}"
