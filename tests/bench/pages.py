"""What the programs wrote: whether their pages say the same, and how much of it there is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Size:
    """How many files there are in a folder, and how many bytes they have."""

    files: int
    bytes: int


def page_of(output: Path, pair: Pair) -> Path:
    """Give the file of a pair's page."""
    return output / "compare" / f"{pair[0]}-vs-{pair[1]}" / "index.html"


def both_orders(pairs: Iterable[Pair]) -> list[Pair]:
    """Give each pair and its other order, whose page leads on to the pair's.

    >>> both_orders([("a", "b")])
    [('a', 'b'), ('b', 'a')]
    """
    return [order for a, b in pairs for order in ((a, b), (b, a))]


def size_of(paths: Iterable[Path]) -> Size:
    """Measure files, or all files of a folder."""
    sizes = [path.stat().st_size for path in paths if path.is_file()]
    return Size(len(sizes), sum(sizes))


def texts(output: Path, pairs: Iterable[Pair]) -> dict[Pair, str]:
    """Read what the pages of these pairs say, without their tags."""
    return {pair: text_of(page_of(output, pair).read_text(encoding="utf-8")) for pair in pairs}


def text_of(html: str) -> str:
    """Strip the tags from a page and fold white space.

    >>> text_of("<p>Fast &amp; <b>free</b></p>")
    'Fast & free'
    """
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def differences(said: Mapping[str, Mapping[Pair, str]]) -> list[str]:
    """Say where programs do not say the same of a pair: by program, then by pair."""
    (first, expected), *others = said.items()
    return [
        f"{first} and {other} differ on {' vs '.join(pair)}: {_split(text, found[pair])}"
        for other, found in others
        for pair, text in expected.items()
        if text != found[pair]
    ]


def _split(ours: str, theirs: str) -> str:
    place = next((n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), -1)
    start = max(0, place - 20)
    return f"{ours[start : place + 40]!r} is {theirs[start : place + 40]!r}"
