"""Content from strangers: what is bad is one clear line, what is only odd shows as typed."""

import json
import os
import shutil
import subprocess
import sys
from html import escape
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comparo.build import build
from comparo.cli import app
from tests import crawl
from tests.crawl import Site

ALPHA = "content/products/alpha/product.yaml"
ABOUT = "content/products/alpha/about.md"
SHARE = "content/products/alpha/capabilities/share.md"
LOGO = "content/products/alpha/logo"
SETTINGS = "content/site.yaml"
TOPICS = "content/topics.yaml"
PAIR = "content/comparisons/alpha-vs-beta.md"
PAGE = "content/pages/about.md"
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
SECRET = "name: Secret"
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


def yaml(*lines: str) -> str:
    """Write a product with a name and further lines."""
    return "\n".join(("name: Alpha", *lines, ""))


BAD = {
    # What a value must be
    "name is a list": (ALPHA, "name: [Alpha]", ":1:7: name: must be a text, not a list"),
    "name is missing": (ALPHA, "summary: x", ":1:1: name: is missing"),
    "name is blank": (ALPHA, "name: '  '", ":1:1: name: is missing"),
    "name is too long": (ALPHA, f"name: {'x' * 301}", ":1:7: name: is 301 characters long"),
    "file is empty": (ALPHA, "", ":1:1: name: is missing"),
    "file is a list": (ALPHA, "- name", ":1:1: must be a mapping of keys to values, not a list"),
    "type is no slug": (ALPHA, yaml("type: Web App"), ":2:7: type: must be a slug such as 'web-app'"),
    "category is a path": (ALPHA, yaml("category: ../x"), ":2:11: category: must be a slug"),
    "category is reserved": (ALPHA, yaml("category: nul"), ':2:11: category: "nul" is a name that'),
    "tag is a mapping": (ALPHA, yaml("tags: [{a: b}]"), ":2:8: tags[0]: must be a text"),
    "too many tags": (ALPHA, yaml(f"tags: [{'a,' * 1001}]"), ":2:7: tags: holds 1,001 items"),
    "summary is too long": (ALPHA, yaml(f"summary: {'x ' * 2000}"), ":2:10: summary: is 3,999 char"),
    "choice with a typo": (
        ALPHA,
        yaml("pricing:", "  model: fre"),
        ':3:10: pricing.model: "fre" is not one of free, freemium, open_source, paid, contact,'
        ' unknown (did you mean "free"?)',
    ),
    "status with a typo": (ALPHA, yaml("status: activ"), '(did you mean "active"?)'),
    "date that no calendar has": (ALPHA, yaml("released: 2026-02-30"), ":2:11: released: must be a"),
    "date in words": (ALPHA, yaml("released: soon"), ':2:11: released: must be a date such as'),
    "date of a source": (ALPHA, yaml("rank: {value: 5, date: x}"), ":2:24: rank.date: must be a date"),
    "rank above all": (ALPHA, yaml("rank: 101"), ":2:7: rank: must be from 0 to 100, not 101"),
    "rank is NaN": (ALPHA, yaml("rank: .nan"), ':2:7: rank: must be a number, not ".nan"'),
    "rank is a fact without value": (ALPHA, yaml("rank: {source: x}"), ":2:7: rank: has no value"),
    "score above one": (ALPHA, yaml("scores: {quality: 1.1}"), ":2:19: scores.quality: must be from 0"),
    "score is infinite": (ALPHA, yaml("scores: {quality: .inf}"), "scores.quality: must be a number"),
    "signal is negative": (ALPHA, yaml("signals: {users: -1}"), "signals.users: must be from 0"),
    "signal is beyond measure": (ALPHA, yaml("signals: {users: 1e400}"), "signals.users: must be from"),
    "signal is endless": (ALPHA, yaml(f"signals: {{users: {'9' * 5000}}}"), "users: must be a number"),
    "price is negative": (ALPHA, yaml("pricing: {starting_price: -$5}"), "price: must not be negative"),
    "amount is negative": (ALPHA, yaml("pricing: {starting_price: {amount: -5}}"), "must be from 0"),
    "amount is NaN": (ALPHA, yaml("pricing: {starting_price: {amount: .NaN}}"), "must be a number"),
    "price without amount": (ALPHA, yaml("pricing: {starting_price: {currency: USD}}"), "has no amount"),
    "price is NaN": (ALPHA, yaml("pricing: {starting_price: .nan}"), "must be a price such as"),
    "attribute is NaN": (ALPHA, yaml("attributes: {seats: .nan}"), "attributes.seats: must be a number"),
    "attribute is a mapping": (ALPHA, yaml("attributes: {seats: {a: 1}}"), "seats: has no value"),
    "attribute with a bad name": (ALPHA, yaml("attributes: {A B: 1}"), "attributes.A B: must be a word"),
    "capability without a name": (ALPHA, yaml("capabilities:", "  - topic: x"), ":3:5: capabilities[0]"),
    "capability is empty": (ALPHA, yaml("capabilities:", "  -"), "capabilities[0]: has no name"),
    "address that runs": (ALPHA, yaml("url: javascript:alert(1)"), ":2:6: url: must be a http(s) or"),
    "address that holds a page": (ALPHA, yaml("url: 'data:text/html,x'"), "url: must be a http(s) or"),
    "address of a file": (ALPHA, yaml("repo: file:///etc/passwd"), "repo: must be a http(s) or"),
    "control character": (ALPHA, yaml('summary: "\\e[2J"'), "the control character U+001B"),
    "key that stands twice": (ALPHA, yaml("name: B"), ":2:1: name: stands twice; the first is on line 1"),
    # What is no YAML, or made to harm
    "colon in a text": (ALPHA, yaml("summary: a: b"), "(put quotes around a text that holds a colon)"),
    "tab indentation": (ALPHA, yaml("pricing:", "\tmodel: free"), ":3:1: is not YAML: found character"),
    "half-written YAML": (ALPHA, 'name: "Alpha\ntags: [', ":1:7: is not YAML: found unexpected end"),
    "half a list": (ALPHA, yaml("tags: [a,"), ":2:7: is not YAML"),
    "merge conflict": (ALPHA, f"<<<<<<< HEAD\n{yaml()}", ":2:5: is not YAML"),
    "tag that runs": (ALPHA, yaml("x: !!python/object/apply:os.system [id]"), ":2:4: has the tag"),
    "tag of YAML": (ALPHA, yaml("rank: !!int 5"), ":2:7: has the tag tag:yaml.org,2002:int"),
    "deep brackets": (ALPHA, yaml("tags: " + "[" * 30_000), ":2:46: nests deeper than 40 levels"),
    "deep dashes": (ALPHA, "- " * 30_000, ":1:81: nests deeper than 40 levels"),
    "alias bomb": (
        ALPHA,
        yaml("a: &a [x]", *(f"{n}: &{n} [{'*' + m + ',' + '*' + m}]" for m, n in zip("ab", "bc", strict=True)))
        + f"d: [{'*c,' * 200}]\n",
        "holds more than 100 aliases",
    ),
    "alias to nothing": (ALPHA, yaml("tags: *x"), ":2:7: is not YAML: found undefined alias"),
    "two documents": (ALPHA, "name: A\n---\nname: B\n", ":2:1: is not YAML: but found another document"),
    # What is no text, or no file
    "huge file": (ALPHA, "#" * 2_000_000, ": is larger than 1,000,000 bytes (split or shorten it)"),
    "binary file": (ALPHA, b"name: \0", ":1:7: is binary: it holds the control character U+0000"),
    "UTF-16": (ALPHA, "name: Alpha".encode("utf-16"), ": is UTF-16 (save it as UTF-8)"),
    "Latin-1": (ALPHA, "name: A\nsummary: ä".encode("latin-1"), ":2:10: is not UTF-8"),
    "terminal escape": (ALPHA, "name: \x1b]0;x\x07", ":1:7: holds the control character U+001B"),
    "product.yaml is a folder": (ALPHA, folder, ": is not a regular file"),
    "product.yaml is a FIFO": (ALPHA, fifo, ": is not a regular file"),
    "product.yaml leads out": (ALPHA, link("../../../../secret.yaml"), ": is a link that leads out of"),
    "product.yaml leads to itself": (ALPHA, link("product.yaml"), ""),
    "product.yaml leads nowhere": (ALPHA, link("gone.yaml"), ": cannot be read: No such file"),
    "folder leads out": ("content/products/delta", link("../../../outside"), ": is a link that leads out"),
    "capabilities lead out": (Path(SHARE).parent.as_posix(), link("/etc"), ": is a link that leads out"),
    "capabilities are a file": (Path(SHARE).parent.as_posix(), "x", ": cannot be listed: Not a directory"),
    "about.md leads out": (ABOUT, link("/etc/hostname"), ": is a link that leads out of the site"),
    "about.md leads nowhere": (ABOUT, link("gone.md"), ": cannot be read: No such file or directory"),
    "about.md is a FIFO": (ABOUT, fifo, ": is not a regular file"),
    "about.md is binary": (ABOUT, b"a\n\x7fELF", ":2:1: holds the control character U+007F"),
    # Names
    "folder without a product": ("content/products/delta", empty, ": has no product.yaml (write one"),
    "upper case": ("content/products/Delta/product.yaml", "name: D", "content/products/Delta: must be of"),
    "-vs-": ("content/products/a-vs-b/product.yaml", "name: D", 'a-vs-b: must not hold "-vs-"'),
    "Windows": ("content/products/con/product.yaml", "name: D", "con: is a name that Windows reserves"),
    "long slug": (f"content/products/{'x' * 101}/product.yaml", "name: D", "is longer than 100 characters"),
    "Unicode": ("content/products/größe/product.yaml", "name: D", "größe: must be of lower-case"),
    "dots": ("content/products/x..y/product.yaml", "name: D", "x..y: must be of lower-case"),
    "line break": ("content/products/a\nb/product.yaml", "name: D", "a\\nb: must be of lower-case"),
    # Other files of a product
    "front matter without end": (SHARE, "---\nname: x\n", ':1:1: has no second "---" that ends its'),
    "no front matter": (SHARE, "# Share", ":1:1: has no front matter (begin it with ---"),
    "front matter without name": (SHARE, "---\n---\nWords.", ":2:1: has no name"),
    "broken front matter": (SHARE, "---\nname: x\ntopic: [\n---\n", ":3:8: is not YAML"),
    "SVG with a script": (f"{LOGO}.svg", SVG.format("<script/>"), ": holds <script>, which can act"),
    "SVG with a handler": (f"{LOGO}.svg", SVG.format('<g onload="x"/>'), ": holds onload=, which can"),
    "SVG that calls home": (f"{LOGO}.svg", SVG.format('<image href="//x.org"/>'), ": refers to something"),
    "SVG that is none": (f"{LOGO}.svg", "<html></html>", ": is not SVG"),
    "SVG bomb": (f"{LOGO}.svg", '<!DOCTYPE svg [<!ENTITY a "a">]><svg/>', ": declares a document type"),
    "PNG that is none": (f"{LOGO}.png", "<script>", ": is not a PNG picture"),
    "logo too large": (f"{LOGO}.jpg", b"\xff\xd8\xff" * 200_000, ": is larger than 300,000 bytes"),
    "logo is a folder": (f"{LOGO}.png", folder, ": is not a regular file"),
    "logo leads out": (f"{LOGO}.png", link("/dev/zero"), ": is a link that leads out of the site"),
    # The site
    "no title": (SETTINGS, "base_url: https://x.org", ":1:1: title: is missing (give the site a name"),
    "settings are empty": (SETTINGS, "", ":1:1: title: is missing"),
    "settings are broken": (SETTINGS, "title: [", ":1:8: is not YAML"),
    "settings are binary": (SETTINGS, b"title: \0", ":1:8: is binary"),
    "bad base_url": (SETTINGS, "title: T\nbase_url: x.org", ":2:11: base_url: must be a http(s)"),
    "base_url is no home": (SETTINGS, "title: T\nbase_url: https://x.org/?a", "the site's home page"),
    "bad scale": (
        SETTINGS,
        "title: T\nrank: {components: {adoption: {signals: {users: {scale: lg, high: 9}}}}}",
        'adoption.signals.users.scale: "lg" is not one of log, linear, decay (did you mean "log"?)',
    ),
    "scale without an end": (
        SETTINGS,
        "title: T\nrank: {components: {adoption: {signals: {users: {scale: log}}}}}",
        "users: needs a high above its low (write {scale: log, low: 0, high: 100000})",
    ),
    "included product is unknown": (
        SETTINGS,
        "title: T\npairs:\n  include: [alpha-vs-bta]",
        ':3:13: pairs.include[0]: there is no product "bta" (did you mean "beta"?)',
    ),
    "included product is a path": (
        SETTINGS,
        "title: T\npairs: {include: [[alpha, ../../etc]]}",
        ':2:19: pairs.include[0]: there is no product "../../etc"',
    ),
    "unknown strategy": (SETTINGS, "title: T\npairs: {strategy: al}", 'pairs.strategy: "al" is not one'),
    "topic is no slug": (TOPICS, "Sharing: {}", ":1:10: Sharing: is not a slug"),
    "topics are a folder": (TOPICS, folder, ": is not a regular file"),
    # Words of editors
    "pair in both orders": (PAIR.replace("alpha-vs-beta", "beta-vs-alpha"), "x", "is about the same pair"),
    "pair with a stranger": (PAIR.replace("beta", "beata"), "x", ': there is no product "beata" (did'),
    "pair of one": (PAIR.replace("beta", "alpha"), "x", ": must be called a-vs-b.md after two products"),
    "pair that climbs": (PAIR.replace("beta", ".."), "x", ': there is no product ".."'),
    "editor's list is a mapping": (PAIR, "---\nchoose_a: {a: b}\n---\n", ":2:11: choose_a: must be a text"),
    "page at a built address": ("content/pages/compare.md", "x", ": /compare/ is a page that comparo"),
    "page without a title": (PAGE, "Words.", ":1:1: title: is missing (begin the file with ---"),
    "page without words": (PAGE, "---\ntitle: T\n---\n", ": says nothing"),
    "page is reserved": ("content/pages/aux.md", "x", ": is a name that Windows reserves"),
    "page with a bad name": ("content/pages/über.md", "x", "pages/über.md: must be of lower-case"),
    "page leads out": (PAGE, link("/etc/hostname"), ": is a link that leads out of the site"),
    # Evidence
    "evidence without columns": (ROWS, "a,b\n1,2\n", ":1:1: its first line must name the columns query"),
    "evidence in Latin-1": (ROWS, "query,product\nä,alpha\n".encode("latin-1"), ": is not UTF-8"),
    "evidence is a FIFO": (ROWS, fifo, ": is not a regular file"),
    "evidence leads out": (ROWS, link("/etc/passwd"), ": is a link that leads out of the site"),
}  # fmt: skip
"""What is put where, and what a user is told of it: words that follow the file's name, or hold it."""


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
    write(tmp_path / "copy", "secret.yaml", SECRET)
    write(tmp_path / "copy", "outside/product.yaml", SECRET)
    return tmp_path / "copy" / "site"


@pytest.fixture
def spoilt(site, request) -> Path:
    """Give a built site with one thing in it that is bad."""
    name, data, _ = BAD[request.param]
    if callable(data):
        data(site / name)
    else:
        write(site, name, data)
    return site


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


@pytest.mark.parametrize(
    ("spoilt", "bad"), [(bad, bad) for bad in BAD], ids=list(BAD), indirect=["spoilt"]
)
def test_bad_content_is_one_clear_line_and_changes_nothing(spoilt, bad):
    """A build on bad content says the file, the line and what to do, and leaves the output alone."""
    name, _, said = BAD[bad]
    before = tree(spoilt / "output")

    status, lines = run("build", spoilt)

    assert (status, lines[1:]) == (1, ["1 error; nothing was written."])
    assert lines[0].startswith(f"{name}{said}" if said.startswith(":") else "content/")
    assert said in lines[0]
    assert len(lines[0]) < 400
    assert tree(spoilt / "output") == before


@pytest.mark.parametrize(
    ("spoilt", "bad"), [(bad, bad) for bad in BAD], ids=list(BAD), indirect=["spoilt"]
)
def test_the_rest_can_be_built_without_what_is_bad(spoilt, bad):
    """With --keep-going the sound part is built, and nothing secret with it."""
    name, _, _ = BAD[bad]

    status, lines = run("build", spoilt, "--keep-going")

    assert status == 1
    pages = {path for path, (data, _) in tree(spoilt / "output").items() if b"Secret" in data}
    assert pages == set()
    if name != SETTINGS:
        assert lines[-1] == "Left out because of 1 error; see above."
        assert (spoilt / "output" / "products" / "gamma" / "index.html").is_file()
        assert [run("check", spoilt)[0], run("build", spoilt)[0]] == [1, 1]


def test_all_that_is_bad_is_said_at_once(site):
    """Two people's errors in two files are two lines of one run."""
    write(site, ALPHA, yaml("rank: 101", "status: x"))
    write(site, PAGE, "Words.")

    status, lines = run("build", site)

    assert status == 1
    assert [line.split(": ")[0] for line in lines] == [
        f"{PAGE}:1:1",
        f"{ALPHA}:2:7",
        f"{ALPHA}:3:9",
        "3 errors; nothing was written.",
    ]


@pytest.mark.parametrize(
    "spoilt", ["deep brackets", "product.yaml is a FIFO", "terminal escape"], indirect=True
)
def test_the_program_itself_says_it_so(spoilt):
    """What ends the build ends the process, with status 1 and no traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "comparo", "build", spoilt],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{ALPHA}:")
    assert done.stderr.endswith("\n1 error; nothing was written.\n")
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize("spoilt", ["choice with a typo"], indirect=True)
def test_programs_get_the_same_as_json(spoilt):
    """A program that runs a build reads the file, the line and the column."""
    result = CliRunner().invoke(app, ["build", str(spoilt), "--json"])

    (error,) = json.loads(result.stdout)["errors"]
    assert (error["file"], error["line"], error["column"]) == (ALPHA, 3, 10)
    assert error["message"].startswith('pricing.model: "fre" is not one of')
    assert (result.exit_code, result.stderr) == (1, "")


# Odd, but fine ----------------------------------------------------------------------------------

ODD = {
    "emoji": "👩‍👩‍👧‍👦 Ünïcödé 🚀",
    "right to left": "مقارنة בין שתיים \u202eabc\u202c",
    "CJK": "日本語の道具",
    "90 characters": "Scaling Autoregressive Multi-Modal Models: Pretraining & Instruction Tuning for Everyone!?",
    "one long word": "W" * 90,
    "punctuation": "!? … +#",
    "template": "{{ 7*7 }} {% raw %} {# x #} ${7*7} %(a)s {0} {a.__class__}",
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
            f"attributes: {{motto: {said}, list: [{said}], sourced: {{value: {said}, source: {said}}}}}",
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
    ]
    write(root, SETTINGS, "\n".join(settings))
    write(root, TOPICS, f"sharing: {{label: {said}, synonyms: [{said}]}}")
    write(root, PAIR, f"---\nchoose_a: [{said}]\nchoose_b: [{said}]\n---\n{odd}\n")
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


@pytest.mark.parametrize(
    "law", [crawl.active_content, crawl.repeated_ids, crawl.broken_links, crawl.broken_metadata]
)
def test_odd_content_does_nothing(odd, law):
    """Whatever a text holds, no page has a script, a handler or a link of the text's own making."""
    _, site = odd

    assert list(law(site)) == []


def test_odd_content_shows_as_typed(odd):
    """The product's page says the text itself, in its heading and below."""
    text, site = odd
    page = site.pages["products/alpha/index.html"]

    (heading,) = page.all("h1")
    assert " ".join(text.split()) in heading.text
    assert sum(" ".join(text.split()) in e.text for e in page.elements if not any_inside(e)) > 10


def test_odd_content_makes_no_element(odd, site):
    """The pages have the elements, attributes and classes that pages with plain words have."""
    _, odd_one = odd
    plain = site.parent / "plain"
    odd_site(plain, "Plain")
    run("build", plain)

    assert vocabulary(odd_one) <= vocabulary(Site(plain / "output"))


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
    assert len(blocks) > len(site.pages)
    assert any(block.get("name") == folded for block in blocks)


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
