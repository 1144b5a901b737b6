"""All products of a site, each read again only where it changed; if many did, by several processes.

Who reads makes no difference: products and problems are the same, and told in the same order.
"""

from collections.abc import Callable, Mapping, Sequence
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

BATCH = 10
"""How many products are read before the next are asked for."""

WORTH = 60
"""How many products are worth starting processes for that are born with all that is known."""

LEARNING = 20
"""How many times as many are, if each process has to start from nothing."""


def read_products(
    files: Files,
    folders: Mapping[str, Path],
    settings: Settings,
    memory: Memory,
    progress: Progress,
    jobs: int = 1,
) -> tuple[Product, ...]:
    """Read the products that can be read, in up to so many processes (``jobs``)."""
    given, told = _of(settings), 0
    if jobs > 1:
        told = _read_together(files, folders, settings, memory, progress, jobs)
    products = []
    for done, (slug, folder) in enumerate(folders.items(), 1):
        read = partial(read_product, folder=folder, settings=settings)
        products.append(memory.remember(files, _name_of(slug), read, given, PRODUCT))
        if done > told:
            progress(done, len(folders))
    return tuple(filter(None, products))


class Reader:
    """One process's way to read products, for one that keeps them all."""

    def __init__(
        self, check: Callable[[], None], root: Path, folders: Sequence[Path], settings: Settings
    ) -> None:
        self.check = check
        self.files = Files(root, Report())
        self.folders = folders
        self.settings = settings
        self.given = _of(settings)

    def read(self, start: int, stop: int) -> tuple[int, list[bytes]]:
        """Read some of the products; give the first one's number, and all as bytes."""
        return start, [*map(self._packed, self.folders[start:stop])]

    def end(self) -> None:
        """Leave it at that: nothing was written."""

    def _packed(self, folder: Path) -> bytes:
        self.check()
        read = partial(read_product, folder=folder, settings=self.settings)
        return pack(read_anew(self.files, read, self.given, PRODUCT))


def _read_together(
    files: Files,
    folders: Mapping[str, Path],
    settings: Settings,
    memory: Memory,
    progress: Progress,
    jobs: int,
) -> int:
    """Have the products that changed read by others, if they are many; give how many are read."""
    from comparo.parallel import crew, start_method  # noqa: PLC0415 - few commands need processes

    given = _of(settings)
    slugs = [s for s in folders if not memory.knows(files, _name_of(s), given, PRODUCT)]
    if len(slugs) < (WORTH if start_method() == "fork" else WORTH * LEARNING):
        return 0
    done = len(folders) - len(slugs)
    order = files.root, [folders[slug] for slug in slugs], settings
    own = Reader(lambda: None, *order)
    with crew(min(jobs, len(slugs) // BATCH) - 1, Reader, *order) as readers:
        for start, packed in readers.share("read", own, len(slugs), piece=BATCH):
            for slug, data in zip(slugs[start:], packed, strict=False):
                memory.learn(_name_of(slug), data, PRODUCT)
            done += len(packed)
            progress(done, len(folders))
    return done


def _name_of(slug: str) -> str:
    """Give the name under which a product is remembered."""
    return f"product {slug}"


def _of(settings: Settings) -> bytes:
    """Give a digest of what a product's reading depends on of the settings."""
    return digest(msgspec.msgpack.encode((settings.rank.components, settings.attributes)))
