"""The same pages by a plain script, as one writes it in an hour: data, Markdown, templates."""

import json
import sys
from pathlib import Path

import jinja2
import yaml
from markdown_it import MarkdownIt


def read(path: Path) -> dict:
    product = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    for capability in product["capabilities"]:
        capability["html"] = MARKDOWN.render(capability["description"])
    return product


def headline(a: dict, b: dict) -> str:
    first, second = (a, b) if a["rank"] >= b["rank"] else (b, a)
    if first["rank"] - second["rank"] < 3:
        said = f"{a['name']} at {a['rank_text']} and {b['name']} at {b['rank_text']}"
        return f"{said} are too close to call."
    said = f"{first['name']} ranks higher at {first['rank_text']}"
    return f"{said} vs {second['name']} at {second['rank_text']}."


def load(name: str) -> object:
    return json.loads((data / f"{name}.json").read_text(encoding="utf-8"))


def write(address: str, html: str) -> None:
    folder = output / address
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(html, encoding="utf-8")


MARKDOWN = MarkdownIt()
data, output = map(Path, sys.argv[1:])
loader = jinja2.FileSystemLoader(Path(__file__).parent)
environment = jinja2.Environment(
    loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True
)
names = ("comparison.html", "turned.html", "product.html", "alternatives.html")
comparison, turned, product, alternatives = map(environment.get_template, names)
labels = load("labels")
products = {path.stem: read(path) for path in (data / "products").iterdir()}
for one, other in load("pairs"):
    a, b = products[one], products[other]
    rows = zip(labels, a["cells"], b["cells"], strict=True)
    html = comparison.render(a=a, b=b, rows=rows, headline=headline(a, b))
    write(f"compare/{one}-vs-{other}", html)
    write(f"compare/{other}-vs-{one}", turned.render(a=a, b=b))
for slug, links in load("alternatives").items():
    own = products[slug]
    met = [[products[link[key]] for key in ("a", "b", "other")] for link in links]
    rows = zip(labels, own["cells"], strict=True)
    write(f"products/{slug}", product.render(product=own, rows=rows, met=met))
    write(f"alternatives/{slug}", alternatives.render(product=own, met=met))
