"""The rounds: every program by turns, so that what else the machine does meets all of them."""

import shutil
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from tests.bench.contestants import Contestant, comparo, hugo, plain
from tests.bench.corpus import Corpus, edited
from tests.bench.measure import Run, run
from tests.bench.pages import Page, Size, differences, file_of, pages_of, size_of, texts
from tests.bench.sites import read_ranks
from tests.bench.writing import time_writing

SAMPLE = 200
"""How many pairs are compared by their pages and by those of their products, spread over all."""

WORKS = ("cold", "same", "edit")
"""The three builds of a round: from nothing, with nothing changed, with one sentence changed."""

Tell = Callable[[str], None]


@dataclass(slots=True)
class Results:
    """All that was measured: runs by program and work, and what each program wrote."""

    runs: dict[tuple[str, str], list[Run]] = field(default_factory=lambda: defaultdict(list))
    files: dict[str, Size] = field(default_factory=dict)
    pages: dict[str, Size] = field(default_factory=dict)


def prepare(
    corpus: Corpus,
    work: Path,
    *,
    binary: Path | None,
    jobs: int | None = None,
    themes: Sequence[str] = ("bench",),
) -> list[Contestant]:
    """Write a site for every program; the others' data holds the ranks that comparo computes.

    Each has run once, so that Python has compiled what it imports.
    """
    ours = [comparo(corpus, work, theme, jobs) for theme in themes]
    first = ours[0]
    run(first.command, first.environment)
    ranks = read_ranks(first.output, corpus)
    others = [plain(corpus, work, ranks)]
    if binary:
        others.append(hugo(corpus, work, ranks, binary))
    for contestant in others:
        run(contestant.command, contestant.environment)
        contestant.forget()
    first.forget()
    return ours + others


def measure(contestants: Sequence[Contestant], corpus: Corpus, rounds: int, tell: Tell) -> Results:
    """Let every program build its site three ways, round by round."""
    results = Results()
    # The edited product is the first of the first pair, so that pages of the sample show it.
    product = next(p for p in corpus.products if p.slug == corpus.pairs[0][0])
    wanted = pages_of(corpus.pairs, (p.slug for p in corpus.products))
    pairs = corpus.pairs[:: max(1, len(corpus.pairs) // SAMPLE)]
    sample = pages_of(pairs, dict.fromkeys(chain(*pairs)))
    for number in range(1, rounds + 1):
        said = {}
        for contestant in contestants:
            tell(f"round {number} of {rounds}: {contestant.name}")
            for work in WORKS:
                if work == "edit":
                    contestant.change(edited(product, number))
                took = run(contestant.command, contestant.environment)
                results.runs[contestant.name, work].append(took)
            if number == 1:
                _count(contestant, wanted, results)
            if contestant.theme in {"", "bench"}:
                said[contestant.name] = texts(contestant.output, sample)
            if contestant.theme:
                _write_only(contestant, results)
            contestant.forget()
        wrong = differences(said)
        if wrong:
            raise SystemExit("\n".join(["The pages are not equivalent:", *wrong[:5]]))
    return results


def _count(contestant: Contestant, wanted: Sequence[Page], results: Results) -> None:
    """Count what a program wrote; every page that all programs write has to be there."""
    name = contestant.name
    pages = size_of(file_of(contestant.output, page) for page in wanted)
    if pages.files != len(wanted):
        raise SystemExit(f"{name} wrote {pages.files} of {len(wanted)} pages")
    results.pages[name] = pages
    results.files[name] = size_of(contestant.output.rglob("*"))


def _write_only(contestant: Contestant, results: Results) -> None:
    """Time what it takes only to write the files that comparo wrote, by one process and by two."""
    copy = contestant.output.with_name("output-copy")
    for writers in (1, 2):
        seconds = time_writing(contestant.output, copy, writers)
        results.runs[contestant.name, f"write {writers}"].append(Run(seconds))
        shutil.rmtree(copy)
