"""A site with many needs: enough for an index of several pages, and for a search to be worth it."""

import json
from pathlib import Path

PRODUCTS = 30
ALIKE = ("quiet", "shared", "nightly", "encrypted", "printed", "timed", "signed", "public")
ALIKE += ("private", "frozen", "local", "mobile", "archived", "linked", "scheduled")
THINGS = ("backups", "calendars", "dashboards", "exports", "filters", "galleries", "ledgers")
THINGS += ("maps", "notes", "photos", "reports", "surveys", "tables", "users", "versions")
NEEDS = [f"{how.capitalize()} {thing}" for how in ALIKE for thing in THINGS]
"""More than a page of the index has room for; two products meet each of them."""

HARD = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "Constructor injection",
    "C++ bindings",
    "C# bindings",
    "Crème brûlée à la carte",
    "全文検索",
    "שיתוף הערות",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
]
"""Names that are hard to find or to show, all of the first product."""

CATEGORIES = ("notes", "wikis", "photo-galleries")
PRICES = ("free", "open_source", "paid")

SITE = """
title: Broad
evidence:
  demonstration: a few rows written by hand.
pairs: {per_product: 2}
"""


def write_broad_site(root: Path) -> Path:
    """Write the site's files below a folder, and give the folder."""
    files = {"content/site.yaml": SITE, "content/evidence/searches.jsonl": _searches()}
    for number in range(PRODUCTS):
        names = [need for n, need in enumerate(NEEDS) if number in (n % PRODUCTS, (n * 7 + 1) % 30)]
        names += ["Single sign-on", *(HARD if number == 0 else ())]
        product = {
            "name": f"Product {number}" if number else "Tool <b>& co</b>",
            "category": CATEGORIES[number % 3],
            "pricing": {"model": PRICES[number // 3 % 3], "starting_price": "$9/mo"},
            "rank": 90 - number,
            "capabilities": [*({"name": name} for name in names), *_own(number)],
        }
        files[f"content/products/p{number}/product.yaml"] = json.dumps(product)
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return root


def _own(number: int) -> list[dict[str, object]]:
    """Give what one product alone has, with intents in more words than one file has room for."""
    return [
        {
            "name": f"Own thing {number} of {n}",
            "intents": [f"qu{end}{number}x{n}" for end in ("a", "ee", "ick", "otient", "orum")],
        }
        for n in range(8)
    ]


def _searches() -> str:
    rows = [
        {"query": "keep secrets", "product": "p1", "capability": "quiet-calendars", "count": 1234},
        {"query": "very quiet calendar", "product": "p1", "count": 10},
        {"query": "frozen map", "product": "p3", "count": 1},
    ]
    return "".join(f"{json.dumps(row)}\n" for row in rows)
