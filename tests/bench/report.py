"""What was measured: as one object for programs, and that as tables for people."""

import os
import platform
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from statistics import median
from typing import Any

from tests.bench.corpus import Corpus
from tests.bench.rounds import WORKS, Results

Data = Mapping[str, Any]

HEADS = {"cold": "cold build", "same": "nothing changed", "edit": "one sentence edited"}


def as_data(results: Results, corpus: Corpus, rounds: int, hugo: str = "") -> Data:
    """Give the figures as an object. The last program's times are the measure of all others'."""
    names = list(results.files)
    seconds = {
        name: {
            work: round(median(run.seconds for run in runs), 4)
            for (program, work), runs in results.runs.items()
            if program == name
        }
        for name in names
    }
    return {
        "products": len(corpus.products),
        "pairs": len(corpus.pairs),
        "pages": results.pages[names[0]].files,
        "rounds": rounds,
        "machine": {
            "cores": os.cpu_count(),
            "load": round(os.getloadavg()[0], 1),
            "Python": platform.python_version(),
            "comparo": version("comparo"),
            "Jinja2": version("jinja2"),
            **({"Hugo": hugo} if hugo else {}),
        },
        "measure": names[-1],
        "programs": {
            name: {
                "seconds": seconds[name],
                "ratios": {
                    work: round(seconds[name][work] / seconds[names[-1]][work], 4) for work in WORKS
                },
                "cpu_seconds": {
                    work: round(median(run.cpu for run in results.runs[name, work]), 3)
                    for work in WORKS
                },
                "peak_bytes": max(run.peak for run in results.runs[name, "cold"]),
                "files": results.files[name].files,
                "bytes": results.files[name].bytes,
                "page_bytes": results.pages[name].bytes,
            }
            for name in names
        },
    }


def as_text(data: Data) -> str:
    """Lay the figures out in tables."""
    return "\n".join([*_times(data), "", *_sizes(data), "", *_least(data)])


def _times(data: Data) -> Iterator[str]:
    yield (
        f"{data['pairs']:,} pairs of {data['products']:,} products,"
        f" median of {data['rounds']} rounds"
    )
    yield (
        f"every program writes {data['pages']:,} pages: of pairs in both orders, of products,"
        " of alternatives"
    )
    yield "comparo also writes search records, needs, JSON, categories and the rest of its site"
    yield ", ".join(f"{name} {value}" for name, value in data["machine"].items())
    yield ""
    head = f"seconds, × {data['measure']}"
    yield f"{head:24}" + "".join(f"{HEADS[work]:>22}" for work in WORKS)
    for name, program in data["programs"].items():
        yield f"{name:24}" + "".join(
            f"{program['seconds'][work]:>14.3f} × {program['ratios'][work]:<5.2g}" for work in WORKS
        )


def _sizes(data: Data) -> Iterator[str]:
    yield (
        f"{'cold build':24}{'files':>10}{'MB':>8}{'MB of pages':>14}"
        f"{'µs a pair':>12}{'CPU':>9}{'memory':>10}"
    )
    for name, program in data["programs"].items():
        yield (
            f"{name:24}{program['files']:>10,}{program['bytes'] / 1e6:>8.1f}"
            f"{program['page_bytes'] / 1e6:>14.1f}"
            f"{1e6 * program['seconds']['cold'] / data['pairs']:>12.0f}"
            f"{program['cpu_seconds']['cold']:>7.2f} s{program['peak_bytes'] / 1e6:>7.0f} MB"
        )


def _least(data: Data) -> Iterator[str]:
    for name, program in data["programs"].items():
        seconds = program["seconds"]
        if "write 1" in seconds:
            one, two = seconds["write 1"], seconds["write 2"]
            yield (
                f"only writing the files of {name}: {one:.3f} s, by two processes {two:.3f} s;"
                f" its cold build takes × {seconds['cold'] / one:.2f}"
                f" and × {seconds['cold'] / two:.2f} of that"
            )
