"""All products of a site, each read again only where it changed, be it by another process."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import msgspec

from comparo.cache import digest
from comparo.content.memory import Memory
from comparo.content.products import read_product
from comparo.content.reading import pack, read_anew
from comparo.content.recall import PRODUCT
from comparo.files import Files, Report
from comparo.model import Product, Settings

Progress = Callable[[int, int], None]
"""Is told how many of how many are done."""


def read_products(
    files: Files,
    folders: Mapping[str, Path],
    settings: Settings,
    memory: Memory,
    progress: Progress,
) -> tuple[Product, ...]:
    """Read the products that can be read."""
    given = _of(settings)
    products = []
    for done, (slug, folder) in enumerate(folders.items(), 1):
        read = partial(read_product, folder=folder, settings=settings)
        products.append(memory.remember(files, name_of(slug), read, given, PRODUCT))
        progress(done, len(folders))
    return tuple(filter(None, products))


def changed(
    files: Files, folders: Mapping[str, Path], settings: Settings, memory: Memory
) -> list[str]:
    """Give the slugs of the products that must be read; any process may do it."""
    given = _of(settings)
    return [s for s in folders if not memory.knows(files, name_of(s), given, PRODUCT)]


def read_encoded(root: Path, folder: Path, settings: Settings) -> bytes:
    """Read one product as bytes, with its problems, for ``memory.learn(name_of(slug), …)``."""
    read = partial(read_product, folder=folder, settings=settings)
    return pack(read_anew(Files(root, Report()), read, _of(settings), PRODUCT))


def name_of(slug: str) -> str:
    """Give the name under which a product is remembered."""
    return f"product {slug}"


def _of(settings: Settings) -> bytes:
    """Give a digest of what a product's reading depends on of the settings."""
    return digest(msgspec.msgpack.encode((settings.rank.components, settings.attributes)))
