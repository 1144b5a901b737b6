"""The options that several commands have."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

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
Poll = Annotated[
    bool,
    typer.Option("--poll", help="Watch, by looking at the files: for disks that tell nothing."),
]
Json = Annotated[bool, typer.Option("--json", help="Print the result as one JSON object.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Say more, such as every warning.")]
