"""Products → bytes and back: what was read once is had again without being parsed.

What comes back is what went in, to the last whole number, date and place; nothing in it is code.
"""

import datetime as dt
from dataclasses import fields, replace
from typing import Any, get_type_hints

import msgspec

from comparo.content.reading import Kind
from comparo.model import Fact, Number, Product

_KEYS = tuple(field.name for field in fields(Product))
_ATTRIBUTES = _KEYS.index("attributes")

# As bytes, a date and a text look alike, so the names of the dated attributes go along.
_UNDATED = {"attributes": dict[str, Fact[bool | Number | str | tuple[str, ...]]]}
_TYPES = get_type_hints(Product) | _UNDATED

_ENCODER = msgspec.msgpack.Encoder()
_DECODER: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder(
    tuple[tuple[*(_TYPES[key] for key in _KEYS)], tuple[str, ...]]  # type: ignore[misc]
)


def encode(product: Product) -> bytes:
    """Give a product as bytes."""
    dated = [key for key, fact in product.attributes.items() if isinstance(fact.value, dt.date)]
    return _ENCODER.encode(([getattr(product, key) for key in _KEYS], dated))


def decode(data: bytes) -> Product:
    """Give the product that bytes stand for."""
    values, dated = _DECODER.decode(data)
    attributes = values[_ATTRIBUTES]
    for key in dated:
        fact = attributes[key]
        attributes[key] = replace(fact, value=dt.date.fromisoformat(fact.value))
    return Product(*values)


PRODUCT = Kind(encode, decode)
"""Products, as what is read."""
