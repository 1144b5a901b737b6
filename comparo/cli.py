"""The commands (typer's door). Each imports what it needs, so that ``--help`` is quick."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from comparo import __version__
from comparo.errors import UsageError
from comparo.terminal import FAILED, as_data, count, mistakes, progress, say, show, show_json, warn

app = typer.Typer(
    help="Turn folders of product facts into a website of honest comparisons.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

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


def _show_version(wanted: bool) -> None:
    if wanted:
        show(f"comparo {__version__}")
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


_NOTHING_BUILT = {
    "products": 0,
    "pairs": 0,
    "pages": {"written": 0, "unchanged": 0, "removed": 0, "total": 0},
    "seconds": 0,
}


@app.command()
def build(
    site: Site = Path(),
    output: Output = None,
    base_url: BaseUrl = None,
    strict: Strict = False,
    keep_going: KeepGoing = False,
    clean: Annotated[
        bool, typer.Option("--clean", help="Write every file anew, as into an empty folder.")
    ] = False,
    as_of: AsOf = None,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write the site."""
    from comparo import build as building
    from comparo.site import find_root

    with mistakes(_NOTHING_BUILT if as_json else None):
        root = find_root(site)
        target = output or root / "output"
        with progress(quiet=quiet or as_json) as told:
            report = building.build(
                root,
                target,
                base_url=base_url,
                as_of=as_of.date() if as_of else None,
                keep_going=keep_going,
                strict=strict,
                anew=clean,
                progress=told,
            )
    warn(report.warnings, quiet=quiet, verbose=verbose)
    for problem in report.problems:
        say(str(problem))
    if as_json:
        show_json(
            {
                "products": report.products,
                "pairs": report.pairs,
                "pages": {
                    "written": report.written,
                    "unchanged": report.unchanged,
                    "removed": report.removed,
                    "total": report.total,
                },
                "warnings": [as_data(warning) for warning in report.warnings],
                "errors": [as_data(problem) for problem in report.problems],
                "seconds": round(report.seconds, 3),
            }
        )
    elif not quiet:
        say(
            f"{count(report.products, 'product')}, {count(report.pairs, 'comparison')}:"
            f" {count(report.written, 'file')} written, {report.unchanged:,} unchanged,"
            f" {report.removed:,} removed in {target} ({report.seconds:.1f} s)"
        )
    if report.problems:
        say(f"Left out because of {count(len(report.problems), 'error')}; see above.")
        raise SystemExit(FAILED)


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

    with mistakes({"products": 0} if as_json else None):
        findings = look(find_root(site))
    failed = bool(findings.problems or (strict and findings.warnings))
    if as_json:
        show_json(
            {
                "products": findings.products,
                "warnings": [as_data(warning) for warning in findings.warnings],
                "errors": [as_data(problem) for problem in findings.problems],
            }
        )
    else:
        for problem in findings.problems:
            show(f"{problem}")
        for warning in findings.warnings:
            show(f"{warning}")
        if not quiet:
            errors = count(len(findings.problems), "error")
            warnings = count(len(findings.warnings), "warning")
            say(f"{count(findings.products, 'product')}: {errors}, {warnings}")
    if failed:
        raise SystemExit(FAILED)


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

    with mistakes({"created": (), "updated": (), "unchanged": ()} if as_json else None):
        mapped = dict(_column(text) for text in columns or ())
        done = import_file(
            find_root(site), file, columns=mapped, attributes=attributes, update=update
        )
    if as_json:
        show_json(
            {
                "created": done.created,
                "updated": done.updated,
                "unchanged": done.unchanged,
                "skipped": [as_data(problem) for problem in done.skipped],
                "notes": [as_data(note) for note in done.notes],
            }
        )
    else:
        for problem in sorted((*done.skipped, *done.notes)):
            say(str(problem))
        say(
            f"{count(len(done.created), 'product')} made, {len(done.updated):,} changed,"
            f" {len(done.unchanged):,} as they were, {count(len(done.skipped), 'row')} left out"
        )
    if done.skipped and not (done.created or done.updated or done.unchanged):
        raise SystemExit(FAILED)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="A folder that is empty or not there yet.")],
) -> None:
    """Make a new site that builds, with two products and a workflow that publishes it."""
    from comparo.scaffold import new_site

    with mistakes():
        for path in new_site(folder):
            show(f"{path}")
    say(f"Next: comparo build {folder}")


@app.command()
def new(
    slug: Annotated[str, typer.Argument(help="The product's id in addresses, such as my-product.")],
    site: Annotated[Path, typer.Option("--site", help="The site's folder.")] = Path(),
) -> None:
    """Make a product folder to fill in."""
    from comparo.scaffold import new_product
    from comparo.site import find_root

    with mistakes():
        show(f"{new_product(find_root(site), slug)}")


@app.command()
def clean(site: Site = Path(), output: Output = None) -> None:
    """Remove the cache, and from the output what comparo wrote."""
    from comparo import build as building
    from comparo.site import find_root

    with mistakes():
        root = find_root(site)
        removed = building.clean(root, output or root / "output")
    say(f"{count(removed, 'file')} removed")


@app.command()
def schema() -> None:
    """Print the JSON Schema of product.yaml, for editors."""
    from comparo.schema import schema as describe

    show_json(describe())


def main() -> None:
    """Run the command that was asked for."""
    app()


def _column(text: str) -> tuple[str, str]:
    column, equals, field = text.partition("=")
    if not equals or not column.strip() or not field.strip():
        raise UsageError(
            f'--map {text}: write it as COLUMN=FIELD, such as "Stars=signals.github_stars"'
        )
    return column.strip(), field.strip()
