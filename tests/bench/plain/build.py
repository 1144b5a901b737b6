"""The same pages by a plain script, as one writes it in an hour: data, Markdown, a template."""

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
        said = f"{a['name']} at {a['points']:.0f}/100 and {b['name']} at {b['points']:.0f}/100"
        return f"{said} are too close to call."
    said = f"{first['name']} ranks higher at {first['points']:.0f}/100"
    return f"{said} vs {second['name']} at {second['points']:.0f}/100."


def write(one: str, other: str, html: str) -> None:
    folder = output / "compare" / f"{one}-vs-{other}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(html, encoding="utf-8")


MARKDOWN = MarkdownIt()
data, output = map(Path, sys.argv[1:])
loader = jinja2.FileSystemLoader(Path(__file__).parent)
environment = jinja2.Environment(
    loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True
)
page, turned = map(environment.get_template, ("page.html", "turned.html"))
labels = json.loads((data / "labels.json").read_text(encoding="utf-8"))
products = {path.stem: read(path) for path in (data / "products").iterdir()}
for one, other in json.loads((data / "pairs.json").read_text(encoding="utf-8")):
    a, b = products[one], products[other]
    rows = zip(labels, a["cells"], b["cells"], strict=True)
    write(one, other, page.render(a=a, b=b, rows=rows, headline=headline(a, b)))
    write(other, one, turned.render(a=a, b=b))
