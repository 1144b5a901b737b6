"""The street door: which commands there are (typer's door, with ``commands/``)."""

from typing import Annotated

import typer

from comparo import __version__
from comparo.commands import authoring, explaining, previewing, publishing, suggesting
from comparo.terminal import show

app = typer.Typer(
    help="Turn folders of product facts into a website of honest comparisons.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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


app.command()(publishing.build)
app.command()(previewing.serve)
app.command()(publishing.check)
app.command()(explaining.explain)
app.command("import")(authoring.import_)
app.command()(suggesting.suggest)
app.command()(authoring.init)
app.command()(authoring.new)
app.command()(publishing.clean)
app.command()(authoring.schema)


def main() -> None:
    """Run the command that was asked for."""
    app()
