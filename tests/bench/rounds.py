"""The rounds: every program by turns, so that what else the machine does meets all of them."""

import shutil
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.contestants import Contestant, comparo, hugo, plain
from tests.bench.corpus import Corpus, edited
from tests.bench.measure import Run, run
from tests.bench.pages import Size, both_orders, differences, page_of, size_of, texts
from tests.bench.sites import read_ranks
from tests.bench.writing import time_writing

SAMPLE = 200
"""How many pairs' pages are compared, spread over all."""

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
    # The edited product is the first of the first pair, so that a page of the sample shows it.
    product = next(p for p in corpus.products if p.slug == corpus.pairs[0][0])
    sample = corpus.pairs[:: max(1, len(corpus.pairs) // SAMPLE)]
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
                _count(contestant, corpus, results)
            if contestant.theme in {"", "bench"}:
                said[contestant.name] = texts(contestant.output, both_orders(sample))
            if contestant.theme:
                _write_only(contestant, results)
            contestant.forget()
        wrong = differences(said)
        if wrong:
            raise SystemExit("\n".join(["The pages are not equivalent:", *wrong[:5]]))
    return results


def _count(contestant: Contestant, corpus: Corpus, results: Results) -> None:
    """Count what a program wrote; the page of every pair has to be there, in either order."""
    name, wanted = contestant.name, both_orders(corpus.pairs)
    pages = size_of(page_of(contestant.output, pair) for pair in wanted)
    if pages.files != len(wanted):
        raise SystemExit(f"{name} wrote {pages.files} of {len(wanted)} pages of pairs")
    results.pages[name] = pages
    results.files[name] = size_of(contestant.output.rglob("*"))


def _write_only(contestant: Contestant, results: Results) -> None:
    """Time what it takes only to write the files that comparo wrote, by one process and by two."""
    copy = contestant.output.with_name("output-copy")
    for writers in (1, 2):
        seconds = time_writing(contestant.output, copy, writers)
        results.runs[contestant.name, f"write {writers}"].append(Run(seconds))
        shutil.rmtree(copy)
