"""Words for people on stderr, results on stdout, and how a command ends (rich's door)."""

import io
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import zip_longest
from typing import Any, TextIO

from comparo.errors import ComparoError, ContentError, Place, Problem, UsageError, printable

FAILED, MISUSED, STOPPED = 1, 2, 130
"""Exit statuses: the content or the build failed; the command was misused; the user stopped it."""

COLUMN = 38
"""How wide a column of texts side by side is at least."""

SHOWN = 20
"""How many warnings are shown before the rest is only counted."""


@contextmanager
def mistakes(result: Mapping[str, object] | None = None) -> Iterator[None]:
    """End with one clear line, or one a problem, for all that the user can mend, or stops.

    Programs get ``result`` instead, the object of a command that came to nothing, with the errors.
    """
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except ComparoError as error:
        tell(error, result)
        raise SystemExit(MISUSED if isinstance(error, UsageError) else FAILED) from None
    except KeyboardInterrupt:
        say("Stopped.")
        raise SystemExit(STOPPED) from None
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def until_stopped() -> Iterator[None]:
    """Go on until the user stops it, by Ctrl-C or SIGTERM: as nothing else ends it, all is well."""
    try:
        yield
    except KeyboardInterrupt:
        say("Stopped.")


def tell(
    error: ComparoError,
    result: Mapping[str, object] | None = None,
    so: str = "nothing was written",
) -> None:
    """Say what is to be mended and what comes of it, or print it as the object of a command."""
    if isinstance(error, ContentError):
        problems, warnings = error.problems, error.warnings
    else:
        problems, warnings = (Problem(Place(""), str(error)),), ()
    if result is not None:
        told = {"warnings": [*map(as_data, warnings)], "errors": [*map(as_data, problems)]}
        show_json({**result, **told})
    elif isinstance(error, ContentError):
        for problem in problems:
            say(str(problem))
        found = [count(len(problems), "error")]
        found += [count(len(warnings), "warning")] if warnings else []
        say(f"{', '.join(found)}; {so}.")
    else:
        say(f"comparo: {error}")


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar while long work goes on; only on a terminal, where it can be wiped away again."""
    if quiet or not sys.stderr.isatty():
        yield lambda _what, _done, _all: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def advance(what: str, done: int, whole: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=whole)
            if done % 50 == 0 or done == whole:
                bar.update(tasks[what], completed=done)

        yield advance


def warn(warnings: Sequence[Problem], *, quiet: bool, verbose: bool) -> None:
    """Show warnings; of many, some and the number of the rest."""
    if quiet:
        return
    shown = warnings if verbose else warnings[:SHOWN]
    for warning in shown:
        say(f"warning: {warning}")
    if len(shown) < len(warnings):
        say(f"… and {count(len(warnings) - len(shown), 'warning')} more (-v shows all)")


def say(text: str) -> None:
    """Say something to the person at the terminal, if anybody listens."""
    with suppress(OSError, AttributeError):  # stderr is closed, or full
        sys.stderr.write(f"{_writable(text, sys.stderr)}\n")


def show(text: str) -> None:
    """Print a line of the result."""
    try:
        sys.stdout.write(f"{_writable(text, sys.stdout)}\n")
        sys.stdout.flush()
    except BrokenPipeError:  # who reads has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        raise SystemExit(FAILED) from None
    except (OSError, AttributeError) as error:
        sys.stdout = None  # or closing it fails once more
        say(f"comparo: the result cannot be printed: {error}")
        raise SystemExit(FAILED) from None


def show_beside(blocks: Sequence[Sequence[str]]) -> None:
    """Show texts side by side where a terminal has room for that, else one below the other."""
    safe = [[printable(line) for line in block] for block in blocks]
    if sys.stdout and sys.stdout.isatty():
        show(_columns(safe, shutil.get_terminal_size().columns))
        return
    for first, *lines in safe:
        show(f"  {first}")
        for line in lines:
            show(f"    {line}")
    show("")


def _columns(blocks: Sequence[Sequence[str]], width: int) -> str:
    """Set texts in columns, line beside line; as data, not as markup."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = io.StringIO()
    console = Console(file=drawn, width=width, color_system=None)
    across = max(1, width // COLUMN)
    for start in range(0, len(blocks), across):
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        for _ in range(across):
            table.add_column(ratio=1, overflow="fold")
        for lines in zip_longest(*blocks[start : start + across], fillvalue=""):
            table.add_row(*map(Text, lines))
        console.print(table)
        console.print()
    return "\n".join(line.rstrip() for line in drawn.getvalue().splitlines())


def can_ask() -> bool:
    """Tell whether somebody sits at a terminal who could answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask(question: str, answers: str) -> str:
    """Ask for one of some letters; who goes away without a word gives the last."""
    while True:
        with suppress(OSError, AttributeError):
            sys.stderr.write(f"{question} [{'/'.join(answers)}] ")
            sys.stderr.flush()
        try:
            line = sys.stdin.readline()
        except OSError:  # the terminal was closed
            line = ""
        answer = line.strip().lower()[:1] if line else answers[-1]
        if answer and answer in answers:
            return answer


def _writable(text: str, stream: TextIO) -> str:
    """Show what a terminal's encoding cannot say as escapes."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def show_json(value: object) -> None:
    """Print the result as JSON."""
    text = json.dumps(value, indent=2)
    show(text)


def show_sheet(parts: Iterable[Any]) -> None:
    """Print a page, in the terminal's width and colours if it is one."""
    from comparo.sheets.drawing import draw

    show(draw(parts, sys.stdout))


def as_data(problem: Problem) -> dict[str, object]:
    """Take a problem apart for programs."""
    message = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    place = problem.place
    return {"file": place.file, "line": place.line, "column": place.column, "message": message}


def count(number: int, noun: str) -> str:
    """Count things in English: ``1 product``, ``2,000 products``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
