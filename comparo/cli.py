"""The commands. Words for people go to stderr, results to stdout; nothing else prints or exits."""

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from comparo import __version__
from comparo.errors import ComparoError, ContentError, Problem, UsageError

app = typer.Typer(
    help="Turn folders of product facts into a website of honest comparisons.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

FAILED, MISUSED = 1, 2

Site = Annotated[
    Path, typer.Argument(help="The site's folder, or any folder in it.", show_default="here")
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Where the site goes. [default: SITE/output]")
]
BaseUrl = Annotated[
    str | None, typer.Option(help="The address of the home page; wins over site.yaml.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Take warnings for errors.")]
KeepGoing = Annotated[
    bool, typer.Option("--keep-going", help="Leave out what is broken, and exit with 1.")
]
AsOf = Annotated[
    dt.datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Measure ages on this day, not the newest date known."),
]
Json = Annotated[bool, typer.Option("--json", help="Print the result as one JSON object.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Say more, such as every warning.")]

SHOWN = 20
"""How many warnings are shown before the rest is only counted."""


def _show_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"comparo {__version__}\n")
        raise typer.Exit


@app.callback()
def comparo(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_show_version, help="Say which version this is."
        ),
    ] = False,
) -> None:
    """Turn folders of product facts into a website of honest comparisons."""


@app.command()
def build(
    site: Site = Path(),
    output: Output = None,
    base_url: BaseUrl = None,
    strict: Strict = False,
    keep_going: KeepGoing = False,
    clean: Annotated[
        bool, typer.Option("--clean", help="First remove what comparo wrote to the output before.")
    ] = False,
    as_of: AsOf = None,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write the site."""
    from comparo import build as building
    from comparo.site import find_root

    with _mistakes(as_json):
        root = find_root(site)
        target = output or root / "output"
        if clean:
            building.clean(root, target)
        with _progress(quiet or as_json) as progress:
            report = building.build(
                root,
                target,
                base_url=base_url,
                as_of=as_of.date() if as_of else None,
                keep_going=keep_going,
                strict=strict,
                progress=progress,
            )
    _warn(report.warnings, quiet=quiet, verbose=verbose)
    for problem in report.problems:
        _say(str(problem))
    if as_json:
        _print_json(
            {
                "products": report.products,
                "pairs": report.pairs,
                "pages": {
                    "written": report.written,
                    "unchanged": report.unchanged,
                    "removed": report.removed,
                    "total": report.total,
                },
                "warnings": [_problem(warning) for warning in report.warnings],
                "errors": [_problem(problem) for problem in report.problems],
                "seconds": round(report.seconds, 3),
            }
        )
    elif not quiet:
        _say(
            f"{_count(report.products, 'product')}, {_count(report.pairs, 'comparison')}:"
            f" {_count(report.written, 'file')} written, {report.unchanged:,} unchanged,"
            f" {report.removed:,} removed in {target} ({report.seconds:.1f} s)"
        )
    if report.problems:
        _say(f"Left out because of {_count(len(report.problems), 'error')}; see above.")
        raise typer.Exit(FAILED)


@app.command()
def check(
    site: Site = Path(),
    strict: Strict = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Say everything that is wrong or thin in the content, without writing."""
    from comparo.checking import check as look
    from comparo.site import find_root

    with _mistakes(as_json):
        findings = look(find_root(site))
    failed = bool(findings.problems or (strict and findings.warnings))
    if as_json:
        _print_json(
            {
                "products": findings.products,
                "warnings": [_problem(warning) for warning in findings.warnings],
                "errors": [_problem(problem) for problem in findings.problems],
            }
        )
    else:
        for problem in findings.problems:
            sys.stdout.write(f"{problem}\n")
        for warning in findings.warnings:
            sys.stdout.write(f"{warning}\n")
        if not quiet:
            errors = _count(len(findings.problems), "error")
            warnings = _count(len(findings.warnings), "warning")
            _say(f"{_count(findings.products, 'product')}: {errors}, {warnings}")
    if failed:
        raise typer.Exit(FAILED)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV or JSON Lines, a product a row.")],
    site: Annotated[Path, typer.Option("--site", help="The site's folder.")] = Path(),
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=FIELD", help="Read a column as a field."),
    ] = None,
    attributes: Annotated[
        bool, typer.Option("--attributes", help="Take all other columns as attributes.")
    ] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Change products that are there already.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Make product folders from CSV or JSON Lines."""
    from comparo.importing import import_file
    from comparo.site import find_root

    with _mistakes(as_json):
        mapped = dict(_column(text) for text in columns or ())
        done = import_file(
            find_root(site), file, columns=mapped, attributes=attributes, update=update
        )
    if as_json:
        _print_json(
            {
                "created": done.created,
                "updated": done.updated,
                "unchanged": done.unchanged,
                "skipped": [_problem(problem) for problem in done.skipped],
                "notes": [_problem(note) for note in done.notes],
            }
        )
        return
    for problem in sorted((*done.skipped, *done.notes)):
        _say(str(problem))
    _say(
        f"{_count(len(done.created), 'product')} made, {len(done.updated):,} changed,"
        f" {len(done.unchanged):,} as they were, {_count(len(done.skipped), 'row')} left out"
    )


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="A folder that is empty or not there yet.")],
) -> None:
    """Make a new site that builds, with two products and a workflow that publishes it."""
    from comparo.scaffold import new_site

    with _mistakes():
        for path in new_site(folder):
            sys.stdout.write(f"{path}\n")
    _say(f"Next: comparo build {folder}")


@app.command()
def new(
    slug: Annotated[str, typer.Argument(help="The product's id in addresses, such as my-product.")],
    site: Annotated[Path, typer.Option("--site", help="The site's folder.")] = Path(),
) -> None:
    """Make a product folder to fill in."""
    from comparo.scaffold import new_product
    from comparo.site import find_root

    with _mistakes():
        sys.stdout.write(f"{new_product(find_root(site), slug)}\n")


@app.command()
def clean(site: Site = Path(), output: Output = None) -> None:
    """Remove the cache, and from the output what comparo wrote."""
    from comparo import build as building
    from comparo.site import find_root

    with _mistakes():
        root = find_root(site)
        removed = building.clean(root, output or root / "output")
    _say(f"{_count(removed, 'file')} removed")


@app.command()
def schema() -> None:
    """Print the JSON Schema of product.yaml, for editors."""
    from comparo.schema import schema as describe

    _print_json(describe())


def main() -> None:
    """Run the command that was asked for."""
    app()


# Saying things ---------------------------------------------------------------------------------


@contextmanager
def _mistakes(as_json: bool = False) -> Iterator[None]:
    """End with one clear line, or one a problem, for all that the user can mend."""
    try:
        yield
    except ContentError as error:
        if as_json:
            _print_json({"warnings": [], "errors": [_problem(p) for p in error.problems]})
        else:
            for problem in error.problems:
                _say(str(problem))
            _say(f"{_count(len(error.problems), 'error')}; nothing was written.")
        raise typer.Exit(FAILED) from None
    except UsageError as error:
        _end(error, MISUSED, as_json)
    except ComparoError as error:
        _end(error, FAILED, as_json)
    except KeyboardInterrupt:
        _say("Stopped.")
        raise typer.Exit(130) from None


def _end(error: ComparoError, status: int, as_json: bool) -> NoReturn:
    if as_json:
        problem = {"file": "", "line": 0, "column": 0, "message": str(error)}
        _print_json({"warnings": [], "errors": [problem]})
    else:
        _say(f"comparo: {error}")
    raise typer.Exit(status) from None


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar while long work goes on; only on a terminal, where it can be wiped away again."""
    if quiet or not sys.stderr.isatty():
        yield lambda _what, _done, _all: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def show(what: str, done: int, whole: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=whole)
            if done % 50 == 0 or done == whole:
                bar.update(tasks[what], completed=done)

        yield show


def _warn(warnings: tuple[Problem, ...], *, quiet: bool, verbose: bool) -> None:
    if quiet:
        return
    shown = warnings if verbose else warnings[:SHOWN]
    for warning in shown:
        _say(f"warning: {warning}")
    if len(shown) < len(warnings):
        _say(f"… and {_count(len(warnings) - len(shown), 'warning')} more (-v shows all)")


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _print_json(value: object) -> None:
    import msgspec

    text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    sys.stdout.write(f"{text}\n")


def _problem(problem: Problem) -> dict[str, object]:
    message = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    place = problem.place
    return {"file": place.file, "line": place.line, "column": place.column, "message": message}


def _column(text: str) -> tuple[str, str]:
    column, equals, field = text.partition("=")
    if not equals or not column.strip() or not field.strip():
        raise UsageError(
            f'--map {text}: write it as COLUMN=FIELD, such as "Stars=signals.github_stars"'
        )
    return column.strip(), field.strip()


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
