"""What a page is made of, as a digest: a page whose digest is the same is the same page.

A page may know its own fields and the theme, so the digest of these is all that there is to know.
"""

import datetime as dt
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from operator import is_
from typing import Any, cast

import msgspec

from comparo.cache import digest, program
from comparo.compare.pairing import Pair
from comparo.model import Content
from comparo.render.entries import Entry
from comparo.render.frame import Page
from comparo.render.metadata import SiteView
from comparo.render.needs import Member, Need
from comparo.render.searches import PairSearches, ProductSearches
from comparo.render.theme import Theme
from comparo.render.ways import PairLink, PairLinks

PLAIN = frozenset({str, int, float, bool, bytes, type(None), PairSearches, ProductSearches})
"""What shows all of itself when it is encoded."""

TOLD = frozenset({Member, Pair, PairLink})
"""What tells all that it is made of."""

KEYED = frozenset({Entry, Need, PairLinks, SiteView})
"""What many pages are made of alike; it has a digest of its own."""


class PageKeys:
    """The digests of a site's pages.

    Where they are to be kept, a page whose parts are what they were has the one that it had.
    """

    def __init__(self, theme: Theme, *, kept: bool = False) -> None:
        self._basis = digest(program(), theme.key)
        self._kept = kept
        self._known: dict[str, tuple[Sequence[Any], bytes]] = {}

    def of(self, page: Page | Content, url: str = "") -> bytes:
        """Give the digest of all that a page is made of, or all pages together."""
        parts = page if isinstance(page, tuple) else _fields(page)
        known = self._known.get(url)
        if known and len(known[0]) == len(parts) and all(map(is_, known[0], parts)):
            return known[1]
        made_of = msgspec.msgpack.encode([type(page).__name__, *map(_part, parts)])
        key = blake2b(made_of, digest_size=16, key=self._basis).digest()
        if self._kept and url:
            self._known[url] = parts, key
        return key


def _fields(value: Any) -> list[Any]:
    names = _names(type(value))  # type: ignore[arg-type]  # a class is hashable
    return [getattr(value, name) for name in names]


def _part(value: Any) -> Any:  # noqa: PLR0911 (one line a kind)
    """Give something to encode that no other value gives."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind in KEYED:
        return value.key
    if kind in TOLD:
        return value.made_of
    if isinstance(value, tuple | list):
        return [_part(item) for item in value]
    if isinstance(value, dt.date):
        return ["day", value]
    if is_dataclass(value):
        return [_part(part) for part in _fields(value)]
    if isinstance(value, frozenset):
        return sorted(map(_part, value))
    if isinstance(value, Mapping):
        return [[_part(key), _part(item)] for key, item in value.items()]
    if isinstance(value, msgspec.Raw):
        return bytes(value)
    raise TypeError(f"a page is made of {kind}, of which no digest is known")


@cache
def _names(kind: Hashable) -> tuple[str, ...]:
    """Name the fields that tell values of a kind apart."""
    return tuple(field.name for field in fields(cast("type[Any]", kind)) if field.compare)
