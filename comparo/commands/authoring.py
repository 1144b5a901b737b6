"""The commands that help to write what a site says."""

from pathlib import Path
from typing import Annotated

import typer

from comparo.commands.options import Json
from comparo.errors import UsageError
from comparo.terminal import FAILED, as_data, count, mistakes, say, show, show_json


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
    from comparo.root import find_root

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


def init(
    folder: Annotated[Path, typer.Argument(help="A folder that is empty or not there yet.")],
) -> None:
    """Make a new site that builds, with two products and a workflow that publishes it."""
    from comparo.scaffold import new_site

    with mistakes():
        for path in new_site(folder):
            show(f"{path}")
    say(f"Next: comparo build {folder}")


def new(
    slug: Annotated[str, typer.Argument(help="The product's id in addresses, such as my-product.")],
    site: Annotated[Path, typer.Option("--site", help="The site's folder.")] = Path(),
) -> None:
    """Make a product folder to fill in."""
    from comparo.root import find_root
    from comparo.scaffold import new_product

    with mistakes():
        show(f"{new_product(find_root(site), slug)}")


def schema() -> None:
    """Print the JSON Schema of product.yaml, for editors."""
    from comparo.schema import schema as describe

    show_json(describe())


def _column(text: str) -> tuple[str, str]:
    column, equals, field = text.partition("=")
    if not equals or not column.strip() or not field.strip():
        raise UsageError(
            f'--map {text}: write it as COLUMN=FIELD, such as "Stars=signals.github_stars"'
        )
    return column.strip(), field.strip()
