"""What a page is made of, as a digest: a page whose digest is the same is the same page.

A page may know its own fields and the theme, so the digest of these is all that there is to know.
"""

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from typing import Any, cast

import msgspec

from comparo.cache import digest, program
from comparo.compare.pairing import Pair
from comparo.model import Content
from comparo.render.entries import Entry
from comparo.render.frame import Page
from comparo.render.metadata import SiteView
from comparo.render.needs import Need
from comparo.render.pages import PairLink
from comparo.render.searches import PairSearches, ProductSearches
from comparo.render.theme import Theme

PLAIN = frozenset(
    {str, int, float, bool, bytes, type(None), PairLink, PairSearches, ProductSearches}
)
"""What shows all of itself when it is encoded."""

KEYED = frozenset({Entry, Need, SiteView})
"""What many pages are made of alike; it has a digest of its own."""


class PageKeys:
    """The digests of a site's pages."""

    def __init__(self, theme: Theme) -> None:
        self._basis = digest(program(), theme.key)

    def of(self, page: Page | Content) -> bytes:
        """Give the digest of all that a page is made of, or all pages together."""
        made_of = msgspec.msgpack.encode([type(page).__name__, *_parts(page)])
        return blake2b(made_of, digest_size=16, key=self._basis).digest()


def _parts(value: Any) -> list[Any]:
    return [_part(getattr(value, name)) for name in _names(type(value))]  # type: ignore[arg-type]  # a class is hashable


def _part(value: Any) -> Any:  # noqa: PLR0911 (one line a kind)
    """Give something to encode that no other value gives."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind in KEYED:
        return value.key
    if kind is Pair:
        return value.slugs, value.reasons, value.like, value.thin
    if isinstance(value, tuple | list):
        return [_part(item) for item in value]
    if isinstance(value, dt.date):
        return ["day", value]
    if is_dataclass(value):
        return _parts(value)
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
