"""The same products as a site of comparo, and as data for programs that are handed them ready.

Ranks, the texts of all cells and the order of alternatives are ready-made there, so the others have
less to do than comparo.
"""

import json
import math
import shutil
from collections.abc import Mapping
from pathlib import Path

import yaml

from tests.bench.corpus import CAPABILITIES, Corpus, Facts, Product

HERE = Path(__file__).parent

LABELS = (
    "Type",
    "Rank",
    "Adoption",
    "Quality",
    "Ecosystem",
    "Freshness",
    "Pricing",
    "Starting Price",
    "Capabilities",
    "Times Matched",
    "Licence",
    "Platforms",
    "Status",
    "Newest release",
    "Contributors",
    "GitHub stars",
    "Rating",
    "Interface languages",
    "Offline",
    "Storage",
)
"""The rows of a page's table."""

PRICING = {"free": "Free", "freemium": "Free tier", "paid": "Paid"}


def write_site(corpus: Corpus, root: Path, theme: str) -> None:
    """Write the products as a site of comparo."""
    shutil.copytree(HERE / "theme", root / "themes/bench")
    for product in corpus.products:
        (root / "content/products" / product.slug).mkdir(parents=True)
        write_facts(product, root)
    settings = {
        "title": "Benchmark",
        "theme": theme,
        "pairs": {"per_product": corpus.per_product},
        "capabilities_shown": CAPABILITIES,
    }
    (root / "content/site.yaml").write_text(yaml.dump(settings), encoding="utf-8")


def write_facts(product: Product, root: Path) -> None:
    """Write one product of a site of comparo."""
    path = root / "content/products" / product.slug / "product.yaml"
    path.write_text(_yaml(product.facts), encoding="utf-8")


def read_ranks(output: Path, corpus: Corpus) -> dict[str, Facts]:
    """Read what comparo computed, as it says so itself: ranks and components."""
    ranks = {}
    for product in corpus.products:
        path = output / "products" / product.slug / "index.json"
        ranks[product.slug] = json.loads(path.read_text(encoding="utf-8"))
    return ranks


def write_data(corpus: Corpus, ranks: Mapping[str, Facts], folder: Path) -> None:
    """Write the products as data: a file for each, what meets what, and the table's labels."""
    (folder / "products").mkdir(parents=True)
    for product in corpus.products:
        write_ready(product, ranks, folder)
    others = {
        "pairs": corpus.pairs,
        "alternatives": _alternatives(corpus, ranks),
        "labels": LABELS,
    }
    for name, value in others.items():
        (folder / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")


def write_ready(product: Product, ranks: Mapping[str, Facts], folder: Path) -> None:
    """Write one product as data."""
    rank = ranks[product.slug]["rank"]["value"]
    ready = {
        "slug": product.slug,
        "name": product.facts["name"],
        "summary": product.facts["summary"],
        "rank": rank,
        "rank_text": _rank_text(rank),
        "cells": _cells(product.facts, ranks[product.slug]),
        "names": [capability["name"] for capability in product.capabilities],
        "capabilities": [
            {**capability, "id": capability["name"].lower().replace(" ", "-")}
            for capability in product.capabilities
        ],
    }
    path = folder / "products" / f"{product.slug}.yaml"
    path.write_text(_yaml(ready), encoding="utf-8")


def _yaml(value: object) -> str:
    return yaml.dump(value, Dumper=yaml.CSafeDumper, sort_keys=False, width=100)


def write_hugo(root: Path) -> None:
    """Write what Hugo needs besides the data."""
    shutil.copytree(HERE / "hugo", root, dirs_exist_ok=True)


def _cells(facts: Facts, computed: Facts) -> list[str]:
    values = [component["value"] for component in computed["components"].values()]
    released = facts["released"]
    return [
        "Web App",
        _rank_text(computed["rank"]["value"]),
        *(str(_points(100 * value)) for value in values if value is not None),
        PRICING[facts["pricing"]["model"]],
        facts["pricing"]["starting_price"],
        f"{CAPABILITIES} decomposed",
        "no data",
        facts["license"],
        ", ".join(facts["platforms"]),
        "Active",
        f"{released.day} {released:%B %Y}",
        *(f"{signal['value']:,g}" for signal in facts["signals"].values()),
        str(facts["attributes"]["interface_languages"]),
        "Yes" if facts["attributes"]["offline"] else "No",
        facts["attributes"]["storage"],
    ]


def _alternatives(corpus: Corpus, ranks: Mapping[str, Facts]) -> dict[str, list[dict[str, str]]]:
    """List the other product of each pair of a product, as comparo does: the best-ranked first."""
    best_first = sorted(
        corpus.products,
        key=lambda product: (-ranks[product.slug]["rank"]["value"], product.facts["name"]),
    )
    place = {product.slug: place for place, product in enumerate(best_first)}
    found: dict[str, list[dict[str, str]]] = {product.slug: [] for product in corpus.products}
    for a, b in corpus.pairs:
        found[a].append({"a": a, "b": b, "other": b})
        found[b].append({"a": a, "b": b, "other": a})
    for links in found.values():
        links.sort(key=lambda link: place[link["other"]])
    return found


def _rank_text(rank: float) -> str:
    return f"{_points(rank)}/100"


def _points(value: float) -> int:
    return math.floor(value + 0.5 + 1e-6)  # as comparo rounds, of six digits
