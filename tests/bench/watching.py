"""How long after a save its pages are on disk, while a program watches its site."""

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.bench.contestants import Contestant
from tests.bench.corpus import Corpus, Product, edited
from tests.bench.pages import file_of

AGAIN = 5  # seconds after which a product is saved again: the watching may not have begun
PATIENCE = 120  # seconds until pages that do not come are given up
PAUSE = 0.002  # seconds between two looks at the pages


def time_saves(contestants: Sequence[Contestant], corpus: Corpus, saves: int) -> dict[str, float]:
    """Give the median seconds from a save of one product until all of its pages are on disk."""
    slug = corpus.pairs[0][0]
    product = next(product for product in corpus.products if product.slug == slug)
    shown = [f"products/{slug}"]
    shown += [f"compare/{a}-vs-{b}" for a, b in corpus.pairs if slug in (a, b)]
    found = {}
    for contestant in (each for each in contestants if each.watches):
        pages = [file_of(contestant.output, page) for page in shown]
        with _watching(contestant) as process:
            # The first save only shows when the site is built and watched.
            _, *times = [
                _save(contestant, process, product, pages, number)
                for number in range(1_000, 1_001 + saves)
            ]
        contestant.forget()
        found[contestant.name] = median(times)
    return found


@contextmanager
def _watching(contestant: Contestant) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        (*contestant.command, "--watch"),
        env={**os.environ, **contestant.environment},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _save(
    contestant: Contestant,
    process: subprocess.Popen[bytes],
    product: Product,
    pages: Sequence[Path],
    number: int,
) -> float:
    """Save a product and wait for all of its pages; give the seconds."""
    time.sleep(1)
    waiting = list(pages)
    start = saved = time.perf_counter()
    contestant.change(edited(product, number))
    while waiting:
        time.sleep(PAUSE)
        now = time.perf_counter()
        if process.poll() is not None:
            raise SystemExit(f"{contestant.name} does not watch")
        if now > start + PATIENCE:
            raise SystemExit(f"{contestant.name}: {waiting[-1]} does not show what was saved")
        if now > saved + AGAIN:
            contestant.change(edited(product, number))
            saved = now
        while waiting and _shows(waiting[-1], f"edited {number} times"):
            waiting.pop()
    return time.perf_counter() - start


def _shows(page: Path, words: str) -> bool:
    try:
        return words in page.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):  # not there yet, or not whole
        return False
