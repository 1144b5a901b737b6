"""Content from strangers: what is bad is one clear line, what is only odd shows as typed."""

import json
import os
import re
import shutil
import subprocess
import sys
from html import escape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

from comparo.build import build
from comparo.cli import app
from tests import crawl
from tests.crawl import Site

ALPHA = "content/products/alpha/product.yaml"
ABOUT = "content/products/alpha/about.md"
SHARE = "content/products/alpha/capabilities/share.md"
NEW = "content/products"
OWN = "content/products/alpha"
SETTINGS = "content/site.yaml"
TOPICS = "content/topics.yaml"
PAIR = "content/comparisons/alpha-vs-beta.md"
PAIRS = "content/comparisons"
PAGE = "content/pages/about.md"
PAGES = "content/pages"
ROWS = "content/evidence/rows.csv"

GOOD = {
    SETTINGS: "title: Things\nbase_url: https://example.org/things\n",
    ALPHA: "name: Alpha\ncategory: notes\ncapabilities: [Share]\n",
    "content/products/beta/product.yaml": "name: Beta\ncategory: notes\ncapabilities: [Share]\n",
    "content/products/gamma/product.yaml": "name: Gamma\ncategory: notes\n",
    PAIR: "---\nchoose_a: you like A\n---\nWords.\n",
    PAGE: "---\ntitle: About\n---\nWords.\n",
    ROWS: "query,product\nshare notes,alpha\nshare notes,beta\n",
    TOPICS: "sharing: {label: Sharing}\n",
}
BESIDE = "name: Secret"
SCALED = "title: T\nrank: {{components: {{adoption: {{signals: {{users: {{{}}}}}}}}}}}"
PAIRED = "title: T\npairs: {{include: [{}]}}"
SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'


def write(site: Path, name: str, data: str | bytes) -> None:
    """Write a file of a site."""
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)


def folder(path: Path) -> None:
    """Put a folder where a file should be."""
    path.unlink(missing_ok=True)
    path.mkdir(parents=True)


def empty(path: Path) -> None:
    """Make an empty folder."""
    path.mkdir(parents=True)


def fifo(path: Path) -> None:
    """Put a FIFO where a file should be."""
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    os.mkfifo(path)


def link(target: str):
    """Put a link where a file or folder should be."""

    def put(path: Path) -> None:
        shutil.rmtree(path, ignore_errors=True)
        path.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target)

    return put


PRODUCT_LINES = {
    "type: Web App": ":7: type: must be a slug such as 'web-app', not \"Web App\"",
    "category: ../x": ":11: category: must be a slug such as 'x', not \"../x\"",
    "category: nul": ':11: category: "nul" is a name that Windows reserves',
    "tags: [{a: b}]": ":8: tags[0]: must be a text, not a mapping",
    f"tags: [{'a,' * 1001}]": ":7: tags: holds 1,001 items; 1,000 are allowed",
    f"summary: {'x ' * 2000}": ":10: summary: is 3,999 characters long; 2,000 are allowed",
    'summary: "\\e[2J"': ":10: summary: holds the control character U+001B (remove it)",
    "summary: a: b": ":11: is not YAML: mapping values are not allowed in this context (put quotes",
    "status: activ": ':9: status: "activ" is not one of active, inactive, discontinued (did you',
    "released: 2026-02-30": ":11: released: must be a date such as 2026-11-22, not",
    "released: soon": ':11: released: must be a date such as 2026-11-22, not "soon"',
    "rank: {value: 5, date: x}": ":24: rank.date: must be a date such as",
    "rank: {source: x}": ":7: rank: has no value (write {value: …, source: …, date: …})",
    "rank: 101": ":7: rank: must be from 0 to 100, not 101",
    "rank: .nan": ':7: rank: must be a number, not ".nan"',
    "rank: !!int 5": ":7: has the tag tag:yaml.org,2002:int; tags are not read",
    "scores: {quality: 1.1}": ":19: scores.quality: must be from 0 to 1, not 1.1",
    "scores: {quality: .inf}": ':19: scores.quality: must be a number, not ".inf"',
    "scores: [1]": ":9: scores: must be a mapping of keys to values, not a list",
    "signals: {users: -1}": ":18: signals.users: must be from 0 to 1e+15, not -1",
    "signals: {users: 1e400}": ":18: signals.users: must be from 0 to 1e+15, not 1e400",
    f"signals: {{users: {'9' * 5000}}}": ':18: signals.users: must be a number, not "999',
    "pricing: {model: fre}": ':18: pricing.model: "fre" is not one of free, freemium, open_source,',
    "pricing: {checked: 1.1.2026}": ":20: pricing.checked: must be a date such as 2026-11-22",
    "pricing: {starting_price: -$5}": ':27: pricing.starting_price: must not be negative: "-$5"',
    "pricing: {starting_price: .nan}": ":27: pricing.starting_price: must be a price such as",
    "pricing: {starting_price: {amount: -5}}": ":36: pricing.starting_price.amount: must be from 0",
    "pricing: {starting_price: {amount: .NaN}}": ":36: pricing.starting_price.amount: must be a n",
    "pricing: {starting_price: {period: month}}": ":27: pricing.starting_price: has no amount",
    "attributes: {seats: .nan}": ':21: attributes.seats: must be a number, not ".nan"',
    "attributes: {seats: {a: 1}}": ":21: attributes.seats: has no value",
    "attributes: {A B: 1}": ":19: attributes.A B: must be a word of lower-case letters",
    "capabilities: [{topic: x}]": ":16: capabilities[0]: has no name (every capability needs a",
    "capabilities: [~]": ":16: capabilities[0]: has no name (every capability needs a name)",
    "url: javascript:alert(1)": ":6: url: must be a http(s) or mailto address, not",
    "url: data:text/html,x": ":6: url: must be a http(s) or mailto address, not",
    "repo: file:///etc/passwd": ":7: repo: must be a http(s) or mailto address, not",
    "name: B": ":1: name: stands twice; the first is on line 1 (keep one)",
    "tags: *x": ":7: is not YAML: found undefined alias",
    "tags: @x": ":7: is not YAML: found character that cannot start any token (put quotes around",
    "x: !!python/object/apply:os.system [id]": ":4: has the tag tag:yaml.org,2002:python/object",
    f"tags: {'[' * 30_000}": ":46: nests deeper than 40 levels",
    f"tags: [&a x, {'*a,' * 200}]": ":314: holds more than 100 aliases",
}
"""Second lines of a product.yaml, and what a user is told after the line's number."""

BAD = {
    # What is no YAML, or no product
    "name is a list": (ALPHA, "name: [Alpha]", ":1:7: name: must be a text, not a list"),
    "name is missing": (ALPHA, "summary: x", ":1:1: name: is missing"),
    "name is blank": (ALPHA, "name: '  '", ":1:1: name: is missing"),
    "name is too long": (ALPHA, f"name: {'x' * 301}", ":1:7: name: is 301 characters long"),
    "file is empty": (ALPHA, "", ":1:1: name: is missing"),
    "file is a list": (ALPHA, "- name", ":1:1: must be a mapping of keys to values, not a list"),
    "tab indentation": (
        ALPHA,
        "pricing:\n\tmodel: free",
        ":2:1: is not YAML: found character that",
    ),
    "half-written YAML": (
        ALPHA,
        'name: "Alpha\ntags: [',
        ":1:7: is not YAML: found unexpected end",
    ),
    "half a list": (ALPHA, "name: Alpha\ntags: [a,\n", ":3:1: is not YAML"),
    "merge conflict": (ALPHA, "<<<<<<< HEAD\nname: Alpha\n", ":2:5: is not YAML"),
    "deep dashes": (ALPHA, "- " * 30_000, ":1:81: nests deeper than 40 levels"),
    "two documents": (ALPHA, "name: A\n---\nname: B\n", ":2:1: is not YAML: but found another doc"),
    # What is no text, or no file
    "huge file": (ALPHA, "#" * 2_000_000, ": is larger than 1,000,000 bytes (split or shorten it)"),
    "binary file": (ALPHA, b"name: \0", ":1:7: is binary: it holds the control character U+0000"),
    "UTF-16": (ALPHA, "name: Alpha".encode("utf-16"), ": is UTF-16 (save it as UTF-8)"),
    "Latin-1": (ALPHA, "name: A\nsummary: ä".encode("latin-1"), ":2:10: is not UTF-8"),
    "terminal escape": (ALPHA, "name: \x1b]0;x\x07", ":1:7: holds the control character U+001B"),
    "product is a folder": (ALPHA, folder, ": is not a regular file"),
    "product is a FIFO": (ALPHA, fifo, ": is not a regular file"),
    "product leads out": (ALPHA, link("../../../../secret.yaml"), ": is a link that leads out of"),
    "product leads to itself": (ALPHA, link("product.yaml"), ""),
    "product leads nowhere": (ALPHA, link("gone.yaml"), ": cannot be read: No such file"),
    "folder leads out": (f"{NEW}/delta", link("../../../outside"), ": is a link that leads out"),
    "capabilities lead out": (f"{OWN}/capabilities", link("/etc"), ": is a link that leads out"),
    "capabilities are a file": (f"{OWN}/capabilities", "x", ": cannot be listed: Not a directory"),
    "about.md leads out": (ABOUT, link("/etc/hostname"), ": is a link that leads out of the site"),
    "about.md leads nowhere": (ABOUT, link("gone.md"), ": cannot be read: No such file"),
    "about.md is a FIFO": (ABOUT, fifo, ": is not a regular file"),
    "about.md is binary": (ABOUT, b"a\n\x7fELF", ":2:1: holds the control character U+007F"),
    # Names
    "folder without a product": (f"{NEW}/delta", empty, ": has no product.yaml (write one with"),
    "upper case": (f"{NEW}/Delta", empty, ": must be of lower-case letters"),
    "-vs-": (f"{NEW}/a-vs-b", empty, ': must not hold "-vs-"'),
    "Windows": (f"{NEW}/con", empty, ": is a name that Windows reserves"),
    "long slug": (f"{NEW}/{'x' * 101}", empty, ": is longer than 100 characters (call it xxx"),
    "Unicode": (f"{NEW}/größe", empty, ": must be of lower-case letters"),
    "dots": (f"{NEW}/x..y", empty, ": must be of lower-case letters"),
    "line break": (f"{NEW}/a\nb", empty, "/a\\nb: must be of lower-case letters"),
    # Other files of a product
    "front matter without end": (SHARE, "---\nname: x\n", ':1:1: has no second "---" that ends'),
    "no front matter": (SHARE, "# Share", ":1:1: has no front matter (begin it with ---"),
    "front matter without name": (SHARE, "---\n---\nWords.", ":2:1: has no name"),
    "broken front matter": (SHARE, "---\nname: x\ntopic: a: b\n---\n", ":3:9: is not YAML"),
    "SVG with a script": (
        f"{OWN}/logo.svg",
        SVG.format("<script/>"),
        ": holds <script>, which can",
    ),
    "SVG with a handler": (f"{OWN}/logo.svg", SVG.format('<g onload="x"/>'), ": holds onload="),
    "SVG that calls home": (
        f"{OWN}/logo.svg",
        SVG.format('<use href="/x"/>'),
        ": refers to somethi",
    ),
    "SVG that is none": (f"{OWN}/logo.svg", "<html></html>", ": is not SVG"),
    "SVG bomb": (f"{OWN}/logo.svg", "<!DOCTYPE svg []><svg/>", ": declares a document type"),
    "PNG that is none": (f"{OWN}/logo.png", "<script>", ": is not a PNG picture"),
    "logo too large": (f"{OWN}/logo.jpg", b"\xff\xd8\xff" * 200_000, ": is larger than 300,000"),
    "logo is a folder": (f"{OWN}/logo.png", folder, ": is not a regular file"),
    "logo leads out": (f"{OWN}/logo.png", link("/dev/zero"), ": is a link that leads out of the"),
    # The site
    "no title": (SETTINGS, "language: de", ":1:1: title: is missing (give the site a name: title"),
    "settings are empty": (SETTINGS, "", ":1:1: title: is missing"),
    "settings are broken": (SETTINGS, "title: [", ":2:1: is not YAML"),
    "settings are binary": (SETTINGS, b"title: \0", ":1:8: is binary"),
    "bad base_url": (SETTINGS, "title: T\nbase_url: x.org", ":2:11: base_url: must be the http(s)"),
    "base_url is no home": (
        SETTINGS,
        "title: T\nbase_url: https://x.org/?a",
        ":2:11: base_url: mus",
    ),
    "bad scale": (SETTINGS, SCALED.format("scale: lg"), '.scale: "lg" is not one of log, linear'),
    "scale without an end": (SETTINGS, SCALED.format("low: 1"), ":2:49: rank.components.adoption"),
    "stranger included": (SETTINGS, PAIRED.format("alpha-vs-bta"), '(did you mean "beta"?)'),
    "path included": (
        SETTINGS,
        PAIRED.format("[alpha, ../x]"),
        ":2:19: pairs.include[0]: there is",
    ),
    "unknown strategy": (
        SETTINGS,
        "title: T\npairs: {strategy: al}",
        ':2:19: pairs.strategy: "al"',
    ),
    "topic is no slug": (TOPICS, "Sharing: {}", ":1:10: Sharing: is not a slug"),
    "topics are a folder": (TOPICS, folder, ": is not a regular file"),
    # Words of editors
    "pair in both orders": (
        f"{PAIRS}/beta-vs-alpha.md",
        "x",
        ": is about the same pair as alpha-vs",
    ),
    "pair with a stranger": (
        f"{PAIRS}/alpha-vs-beata.md",
        "x",
        ': there is no product "beata" (did',
    ),
    "pair of one": (
        f"{PAIRS}/alpha-vs-alpha.md",
        "x",
        ": must be called a-vs-b.md after two products",
    ),
    "pair that climbs": (f"{PAIRS}/alpha-vs-...md", "x", ': there is no product ".."'),
    "editor's list is a mapping": (
        PAIR,
        "---\nchoose_a: {a: b}\n---\n",
        ":2:11: choose_a: must be",
    ),
    "editor's word for both": (
        PAIR,
        "---\nchoose_a: [fast]\nchoose_b: [fast]\n---\n",
        ':3:11: choose_b: "fast" stands in choose_a too (say it of one)',
    ),
    "page at a built address": (f"{PAGES}/compare.md", "x", ": /compare/ is a page that comparo"),
    "page is reserved": (f"{PAGES}/aux.md", "x", ": is a name that Windows reserves"),
    "page with a bad name": (f"{PAGES}/über.md", "x", ": must be of lower-case letters"),
    "page without a title": (PAGE, "Words.", ":1:1: title: is missing (begin the file with ---"),
    "page without words": (PAGE, "---\ntitle: T\n---\n", ": says nothing (write some words"),
    "page leads out": (PAGE, link("/etc/hostname"), ": is a link that leads out of the site"),
    # Evidence
    "evidence without columns": (ROWS, "a,b\n1,2\n", ":1:1: must name the columns query and"),
    "evidence in Latin-1": (
        ROWS,
        "query,product\nä,alpha\n".encode("latin-1"),
        ":2:1: is not UTF-8",
    ),
    "evidence is a FIFO": (ROWS, fifo, ": is not a regular file"),
    "evidence leads out": (ROWS, link("/etc/passwd"), ": is a link that leads out of the site"),
} | {
    line[:40]: (ALPHA, f"name: Alpha\n{line}\n", f":2{said}")
    for line, said in PRODUCT_LINES.items()
}
"""What is put where, and what a user is told after the file's name."""


@pytest.fixture(scope="session")
def built_site(tmp_path_factory) -> Path:
    """Give a small site that was built."""
    root = tmp_path_factory.mktemp("good")
    for name, text in GOOD.items():
        write(root / "site", name, text)
    build(root / "site", root / "site" / "output")
    return root


@pytest.fixture
def site(built_site, tmp_path) -> Path:
    """Give a copy of the built site, with something secret beside it."""
    shutil.copytree(built_site, tmp_path / "copy", symlinks=True)
    write(tmp_path / "copy", "secret.yaml", BESIDE)
    write(tmp_path / "copy", "outside/product.yaml", BESIDE)
    return tmp_path / "copy" / "site"


def spoil(site: Path, bad: str) -> None:
    """Put one bad thing into a site."""
    name, data, _ = BAD[bad]
    if callable(data):
        data(site / name)
    else:
        write(site, name, data)


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Give every file below a folder, with its bytes and the time of its last change."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}


def run(*arguments: object) -> tuple[int, list[str]]:
    """Run a command, and give its exit status and the lines it said."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stderr.splitlines()


@pytest.mark.parametrize("bad", BAD)
def test_bad_content_is_one_clear_line_and_changes_nothing(site, bad):
    """A build on bad content says the file, the line and what to do, and writes nothing."""
    name, _, said = BAD[bad]
    spoil(site, bad)
    before = tree(site / "output")

    status, lines = run("build", site)

    assert (status, len(lines)) == (1, 2)
    assert re.fullmatch(r"1 error(, 1 warning)?; nothing was written\.", lines[1])
    assert lines[0].startswith(f"{name}:".partition("\n")[0])
    assert said in lines[0]
    assert len(lines[0]) < 400
    assert tree(site / "output") == before


@pytest.mark.parametrize("bad", BAD)
def test_the_rest_can_be_built_without_what_is_bad(site, bad):
    """With --keep-going the sound part is built, and nothing secret with it."""
    name, _, _ = BAD[bad]
    spoil(site, bad)

    status, lines = run("build", site, "--keep-going")

    assert status == 1
    pages = {path for path, (data, _) in tree(site / "output").items() if b"Secret" in data}
    assert pages == set()
    if name != SETTINGS:
        assert lines[-1] == "Left out because of 1 error; see above."
        assert (site / "output" / "products" / "gamma" / "index.html").is_file()
        assert [run("check", site)[0], run("build", site)[0]] == [1, 1]


def test_all_that_is_bad_is_said_at_once(site):
    """Two people's errors in two files are two lines of one run."""
    write(site, ALPHA, "name: Alpha\nrank: 101\nstatus: x\n")
    write(site, PAGE, "Words.")

    status, lines = run("build", site)

    assert status == 1
    assert [line.split(": ")[0] for line in lines] == [
        f"{PAGE}:1:1",
        f"{ALPHA}:2:7",
        f"{ALPHA}:3:9",
        "3 errors; nothing was written.",
    ]


@pytest.mark.parametrize("bad", ["deep dashes", "product is a FIFO", "terminal escape"])
def test_the_program_itself_says_it_so(site, bad):
    """What ends the build ends the process, with status 1 and no traceback."""
    spoil(site, bad)

    done = subprocess.run(
        [sys.executable, "-m", "comparo", "build", site],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{ALPHA}:")
    assert done.stderr.endswith("\n1 error; nothing was written.\n")
    assert "\x1b" not in done.stderr


def test_programs_get_the_same_as_json(site):
    """A program that runs a build reads the file, the line and the column."""
    spoil(site, "pricing: {model: fre}")

    result = CliRunner().invoke(app, ["build", str(site), "--json"])

    (error,) = json.loads(result.stdout)["errors"]
    assert (error["file"], error["line"], error["column"]) == (ALPHA, 2, 18)
    assert error["message"].startswith('pricing.model: "fre" is not one of')
    assert (result.exit_code, result.stderr) == (1, "")


# Odd, but fine ----------------------------------------------------------------------------------

ODD = {
    "emoji": "👩‍👩‍👧‍👦 Ünïcödé 🚀",
    "right to left": "مقارنة בין שתיים \u202eabc\u202c",
    "CJK": "日本語の道具",
    "90 characters": "Multi-Modal & " * 6 + "Models",
    "one long word": "W" * 90,
    "punctuation": "!? … +#",
    "template": "{{ 7*7 }} {% raw %} {# x #} ${7+7} %(a)s {0} {a.b!r}",
    "script": "<script>alert(1)</script>",
    "end of a script": "</script><!--<script>",
    "comment": "--> <!-- ]]> <![CDATA[",
    "attribute": "\" onmouseover='alert(1)' x=`",
    "entities": "&lt;b&gt; &amp; &#60; AT&T",
    "separators": "a\u2028b\u2029c",
    "formula": "=cmd|' /C calc'!A0",
    "words of programs": "null undefined NaN None True",
    "slashes": "../../etc/passwd C:\\con",
}  # fmt: skip


def odd_site(root: Path, odd: str) -> None:
    """Write a site that says one thing wherever it can say anything."""
    said = (
        json.dumps(odd, ensure_ascii=False)
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
    texts = ("unique", "vs_alternatives", "source")
    lists = ("intents", "best_for", "limitations", "requires", "inputs", "outputs")
    capability = [f"    {key}: {said}" for key in ("description", *texts)]
    capability += [f"    {key}: [{said}]" for key in lists]
    fact = f"{{value: 5, source: {said}, date: 2026-01-31}}"
    for slug in ("alpha", "beta"):
        lines = [
            f"name: {said}",
            "category: notes",
            f"summary: {said}",
            f"license: {{value: {said}, source: {said}}}",
            f"platforms: [{said}]",
            f"pricing: {{model: paid, starting_price: {said}, source: {said}}}",
            f"rank: {fact}",
            f"scores: {{quality: {{value: 0.5, source: {said}}}}}",
            f"signals: {{users: {fact}}}",
            f"attributes: {{motto: {said}, list: [{said}], more: {{value: {said}}}}}",
            "capabilities:",
            f"  - name: {said}",
            "    topic: sharing",
            *capability,
            f"  - name: {said} ",
            *capability,
        ]
        write(root, f"content/products/{slug}/product.yaml", "\n".join(lines))
        write(root, f"content/products/{slug}/about.md", f"{odd}\n\n# {odd}\n\n- {odd}\n")
    settings = [
        f"title: {said}",
        f"description: {said}",
        "base_url: https://example.org/things",
        f"rank: {{label: {said}, components: {{quality: {{label: {said}}}}}}}",
        f"attributes: {{motto: {{label: {said}}}}}",
        f"evidence: {{demonstration: {said}}}",
    ]
    write(root, SETTINGS, "\n".join(settings))
    write(root, TOPICS, f"sharing: {{label: {said}, synonyms: [{said}]}}")
    write(root, PAIR, f"---\nchoose_a: [x, {said}]\nchoose_b: [y]\n---\n{odd}\n")
    write(root, PAGE, f"---\ntitle: {said}\ndescription: {said}\n---\n{odd}\n")
    rows = (
        json.dumps({"query": odd, "product": slug, "capability": odd}) for slug in ("alpha", "beta")
    )
    write(root, "content/evidence/rows.jsonl", "\n".join(rows))


@pytest.fixture(scope="module", params=list(ODD))
def odd(request, tmp_path_factory) -> tuple[str, Site]:
    """Give an odd text, and the site that says it everywhere, as it was built."""
    root = tmp_path_factory.mktemp("odd")
    odd_site(root, ODD[request.param])
    status, lines = run("build", root, "--strict")
    assert (status, lines[:-1]) == (0, [])
    return ODD[request.param], Site(root / "output", "https://example.org/things")


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> set[tuple[str, str]]:
    """Give all that pages with plain words are made of, short ones and long ones."""
    found = set()
    for words in ("Plain", "Plain words at length " * 4):
        root = tmp_path_factory.mktemp("plain")
        odd_site(root, words.strip())
        run("build", root)
        found |= vocabulary(Site(root / "output"))
    return found


@pytest.mark.parametrize(
    "law", [crawl.active_content, crawl.repeated_ids, crawl.broken_links, crawl.broken_metadata]
)
def test_odd_content_does_nothing(odd, law):
    """Whatever a text holds, no page has a script, a handler or a link of the text's own making."""
    _, site = odd

    assert list(law(site)) == []


def test_odd_content_shows_as_typed(odd):
    """Every page says the text itself, escaped once; the product's in its heading and below."""
    text, site = odd
    folded = " ".join(text.split())
    twice_escaped = escape(folded, quote=False).replace(folded, "\0")
    page = site.pages["products/alpha/index.html"]

    (heading,) = page.all("h1")
    assert folded in heading.text
    assert sum(folded in e.text for e in page.elements if not any_inside(e)) > 10
    for page in site.pages.values():
        assert folded in page.root.text
        assert twice_escaped not in page.root.text


def test_odd_content_makes_no_element(odd, plain):
    """The pages have the elements and attributes that pages with plain words have."""
    _, site = odd

    assert vocabulary(site) - plain == set()


def test_odd_data_parses_back(odd):
    """Programs read from each file and each block of data the very text that was typed."""
    text, site = odd
    folded = " ".join(text.split())

    product = json.loads((site.folder / "products/alpha/index.json").read_text("utf-8"))
    blocks = [
        json.loads("".join(script.texts()))
        for page in site.pages.values()
        for script in page.all("script")
        if script.attributes.get("type", "").endswith("json")
    ]

    assert product["name"] == product["capabilities"][0]["name"] == folded
    assert product["attributes"]["motto"]["value"] == folded
    assert len(blocks) > sum(1 for page in site.pages.values() if page.all("nav"))
    assert any(block.get("name") == folded for block in blocks)
    for path in site.folder.rglob("*.xml"):
        ET.parse(path)  # noqa: S314 (written by comparo)


def any_inside(element) -> bool:
    """Tell whether an element holds others."""
    return any(not isinstance(child, str) for child in element.inside)


def vocabulary(site: Site) -> set[tuple[str, str]]:
    """Give all that a site's pages are made of: elements, each with its attributes."""
    return {
        (element.tag, attribute)
        for page in site.pages.values()
        for element in page.elements
        for attribute in ("", *element.attributes)
    }
