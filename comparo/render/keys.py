"""What a page is made of, as a digest: a page whose digest is the same is the same page.

A page may know its own fields and the theme, so the digest of these is all that there is to know.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

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

PLAIN = (str, int, float, dt.date, Pair, PairSearches, ProductSearches)
"""What shows all of itself when it is written out."""

SHARED = (SiteView, PairLink, Need)
"""What many pages know alike; its digest is made once."""


class Keys:
    """The digests of a site's pages."""

    def __init__(self, theme: Theme) -> None:
        self._basis = digest(program(), theme.key)
        self._known: dict[int, bytes] = {}

    def of(self, page: Page | Content) -> bytes:
        """Give the digest of all that a page is made of, or all pages together."""
        return digest(self._basis, type(page).__name__.encode(), *self._fields(page))

    def _fields(self, value: Any) -> list[bytes]:
        return [self._part(getattr(value, field.name)) for field in fields(value) if field.compare]

    def _part(self, value: Any) -> bytes:  # noqa: PLR0911 (one line a kind)
        if value is None or isinstance(value, PLAIN):
            return repr(value).encode("utf-8", "surrogatepass")
        if isinstance(value, Entry):
            return value.key
        if isinstance(value, SHARED):
            known = self._known.get(id(value))
            if known is None:
                known = self._known[id(value)] = digest(*self._fields(value))
            return known
        if isinstance(value, tuple | list):
            return digest(*map(self._part, value))
        if is_dataclass(value):
            return digest(*self._fields(value))
        if isinstance(value, bytes | msgspec.Raw):
            return digest(bytes(value))
        if isinstance(value, frozenset):
            return digest(*sorted(map(self._part, value)))
        if isinstance(value, Mapping):
            return digest(*(self._part(part) for item in value.items() for part in item))
        raise TypeError(f"a page is made of {type(value)}, of which no digest is known")
