"""The command that shows the working behind what a site says."""

from pathlib import Path
from typing import Annotated

import typer

from comparo.commands.options import AsOf, Json
from comparo.terminal import as_data, mistakes, show_json, show_sheet

_NO_PRODUCT: dict[str, object] = {"product": None, "completeness": None, "comparisons": []}
_NO_PAIR: dict[str, object] = {"a": None, "b": None, "comparison": None, "page": None}


def explain(
    a: Annotated[str, typer.Argument(metavar="A", help="A product: its slug or its name.")],
    b: Annotated[
        str | None, typer.Argument(metavar="B", help="Another, to compare the first with.")
    ] = None,
    site: Annotated[Path, typer.Option("--site", help="The site's folder.")] = Path(),
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Show a product's rank, or the verdict between two, with its working."""
    from comparo import explain as working
    from comparo.root import find_root
    from comparo.sheets.pair import pair_sheet
    from comparo.sheets.product import product_sheet
    from comparo.site import open_site

    with mistakes((_NO_PRODUCT if b is None else _NO_PAIR) if as_json else None):
        found = open_site(find_root(site), as_of=as_of.date() if as_of else None)
        if b is None:
            product = working.explain_product(found, a)
            data, sheet = product.data(), product_sheet(product, found.theme)
        else:
            pair = working.explain_pair(found, a, b)
            data = pair.data()
            sheet = pair_sheet(pair, found.theme, found.content.settings.pairs)
        if as_json:
            warnings = [as_data(warning) for warning in found.warnings]
            show_json({**data, "warnings": warnings, "errors": []})
        else:
            show_sheet(sheet)
