"""Facts of another system's comparison pages, given as content, come out whole and in their order.

The pages are read as they are: the sample that stands here, and the two that the project began from
where they lie beside the repository.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from comparo.site import open_site

HERE = Path(__file__).parent
PAGES = [
    *sorted((HERE / "reference").glob("*.txt")),
    *sorted((HERE.parent.parent / "shared" / "reference").glob("*.txt")),
]
PRICING = {"Free": "free", "Paid": "paid"}


@dataclass
class Column:
    """What the other system's page says of one product."""

    name: str
    facts: dict[str, str] = field(default_factory=dict)
    capabilities: list[dict[str, str]] = field(default_factory=list)
    more: str = ""


@dataclass
class Transcript:
    """A page of the other system, taken apart."""

    a: Column
    b: Column
    headline: str
    labels: list[str]
    verdict: list[str]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_facts_come_out_in_the_same_order(page, tmp_path):
    """Title, summary, table, capabilities, count of the rest, verdict and the way to search."""
    transcript = read(page)
    write_site(tmp_path, transcript)

    site = open_site(tmp_path)

    text = visible(site.render("/compare/first-vs-second/").decode())
    assert in_order(text, expected(transcript)) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_table_has_the_same_rows(page, tmp_path):
    """Every row of the other page stands in the table, with both values, before further facts."""
    transcript = read(page)
    write_site(tmp_path, transcript)

    site = open_site(tmp_path)

    rows = table_rows(site.render("/compare/first-vs-second/").decode())
    assert rows[: len(transcript.labels)] == [
        [label, shown(transcript.a, label), shown(transcript.b, label)]
        for label in transcript.labels
    ]


def read(page: Path) -> Transcript:
    """Take a page of the other system apart."""
    lines = page.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line[2:-2].split(" | ")] for line in lines if line[0] == "|"]
    a, b = Column(rows[0][1]), Column(rows[0][2])
    for label, first, second in rows[2:]:
        a.facts[label], b.facts[label] = first, second
    at_a, at_b = (lines.index(f"{column.name} Capabilities") for column in (a, b))
    at_verdict = lines.index("Verdict")
    read_capabilities(a, lines[at_a + 1 : at_b])
    read_capabilities(b, lines[at_b + 1 : at_verdict])
    headline = lines[1][: lines[1].rindex("/100.") + 5]
    return Transcript(a, b, headline, list(a.facts), re.split(r"(?<=\.) ", lines[at_verdict + 1]))


def read_capabilities(column: Column, lines: list[str]) -> None:
    """Read descriptions, each followed by what is unique about it and what it has over others."""
    for line in lines:
        if line.startswith("Unique: "):
            column.capabilities[-1]["unique"] = line.removeprefix("Unique: ")
        elif line.startswith("vs alternatives: "):
            column.capabilities[-1]["vs_alternatives"] = line.removeprefix("vs alternatives: ")
        elif line.startswith("+"):
            column.more = line
        else:
            column.capabilities.append({"description": line})


def write_site(root: Path, transcript: Transcript) -> None:
    """Write the facts as content. JSON is YAML too, and spares the quoting."""
    label = transcript.labels[1]
    settings = {
        "title": "Reference",
        "rank": {"label": label, "components": {"freshness": False}},
        "pairs": {"strategy": "listed", "include": ["first-vs-second"]},
        "capabilities_shown": max(len(c.capabilities) for c in (transcript.a, transcript.b)),
    }
    write(root / "content/site.yaml", settings)
    write_product(root, "first", transcript.a, label)
    write_product(root, "second", transcript.b, label)
    write(root / "content/products/third/product.yaml", {"name": "Found by everyone"})
    evidence = root / "content/evidence/searches.csv"
    evidence.parent.mkdir()
    evidence.write_text("query,product\nsomething else,third\n")


def write_product(root: Path, slug: str, column: Column, rank_label: str) -> None:
    """Write one product, with capabilities that are counted but not described left bare."""
    facts = column.facts
    described = [
        {"name": f"Capability {number}"} | {k: plain_markdown(k, v) for k, v in c.items()}
        for number, c in enumerate(column.capabilities, 1)
    ]
    count = int(facts["Capabilities"].split()[0])
    bare = [{"name": f"Capability {n}"} for n in range(len(described) + 1, count + 1)]
    pricing = {"model": PRICING[facts["Pricing"]]}
    if facts.get("Starting Price", "—") != "—":
        pricing["starting_price"] = facts["Starting Price"]
    components = {"adoption": "Adoption", "quality": "Quality", "ecosystem": "Ecosystem"}
    product = {
        "name": column.name,
        "rank": int(facts[rank_label].split("/")[0]),
        "scores": {k: int(facts[v]) for k, v in (components | {"match": "Match Graph"}).items()},
        "pricing": pricing,
        "capabilities": described + bare,
    }
    write(root / f"content/products/{slug}/product.yaml", product)


def plain_markdown(key: str, text: str) -> str:
    """Let a description mean what it says where Markdown would read it as markup."""
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", text) if key == "description" else text


def write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.encode(value))


def shown(column: Column, label: str) -> str:
    """Say how comparo shows a value: components in points of 100, the rest as it was."""
    value = column.facts[label]
    return (
        str(100 * int(value))
        if label in ("Adoption", "Quality", "Ecosystem", "Match Graph")
        else value
    )


def expected(transcript: Transcript) -> Iterator[str]:
    """Go through all that the page must say, in its order."""
    a, b = transcript.a, transcript.b
    yield f"{a.name} vs {b.name}"
    yield transcript.headline
    for label in transcript.labels:
        yield label
        yield shown(a, label)
        yield shown(b, label)
    for column in (a, b):
        yield f"{column.name} Capabilities"
        for capability in column.capabilities:
            yield capability["description"]
            if "unique" in capability:
                yield f"Unique: {capability['unique']}"
                yield f"vs alternatives: {capability['vs_alternatives']}"
        if column.more:
            yield column.more.replace("+1 more capabilities", "+1 more capability")
    yield "Verdict"
    yield from transcript.verdict
    yield "Need something different?"
    yield "Search the match graph →"


def in_order(text: str, parts: Iterator[str]) -> list[str]:
    """Give the first part that does not follow the ones before it; nothing if all do."""
    at = 0
    for part in parts:
        wanted = " ".join(part.split())
        found = text.find(wanted, at)
        if found < 0:
            return [wanted]
        at = found + len(wanted)
    return []


class _Text(HTMLParser):
    """Gather what a reader sees, with every element a word apart."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.unseen = 0
        self.rows: list[list[str]] = []
        self.in_table = self.in_note = False

    def handle_starttag(self, tag, attrs):
        self.unseen += tag in ("script", "title", "style")
        self.in_table |= ("class", "versus") in attrs
        self.in_note |= tag in ("sup", "small") or ("class", "better") in attrs
        if self.in_table and tag == "tr":
            self.rows.append([])
        if self.in_table and tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        self.unseen -= tag in ("script", "title", "style")
        self.in_table &= tag != "table"
        self.in_note &= tag not in ("sup", "small", "span")

    def handle_data(self, data):
        if not self.unseen:
            self.parts.append(data)
        if self.in_table and self.rows and self.rows[-1] and not self.in_note:
            self.rows[-1][-1] += data


def visible(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    return " ".join("".join(parser.parts).split())


def table_rows(html: str) -> list[list[str]]:
    parser = _Text()
    parser.feed(html)
    rows = [[" ".join(cell.split()) for cell in row] for row in parser.rows[1:]]
    return [row for row in rows if len(row) == 3]
