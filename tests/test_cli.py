"""The commands as a user calls them: what they print where, and how they end."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from comparo.scaffold import new_site


def run(*arguments, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run comparo as a process of its own, as a shell would."""
    return subprocess.run(
        [sys.executable, "-m", "comparo", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "80"},
    )


@pytest.fixture
def site(tmp_path):
    root = tmp_path / "site"
    new_site(root)
    return root


def break_it(site: Path) -> None:
    path = site / "content/products/example-notes/product.yaml"
    path.write_text("name: A\npricing: {model: fre}\nrank: .nan\n")


def test_build_says_what_it_did(site):
    """The closing line tells what was built, from what, where to, and how long it took."""
    done = run("build", site)

    assert done.returncode == 0
    assert done.stdout == ""
    assert done.stderr.startswith("2 products, 1 comparison: ")
    assert f" removed in {site / 'output'} (" in done.stderr


def test_build_finds_the_site_upward(site):
    """A command works anywhere in a site, as git does."""
    done = run("build", cwd=site / "content/products/example-notes")

    assert done.returncode == 0
    assert (site / "output/index.html").exists()


def test_build_as_json(site):
    """With --json the result is one object on stdout, and nothing else."""
    done = run("build", site, "--json")

    report = json.loads(done.stdout)
    assert done.stderr == ""
    assert report.pop("seconds") > 0
    assert report.pop("pages").keys() == {"written", "unchanged", "removed", "total"}
    assert report.pop("evidence") == NO_EVIDENCE
    assert report == {"products": 2, "pairs": 1, "warnings": [], "errors": []}


def test_mistakes_are_told_with_their_place(site):
    """Each mistake is one line with file, line, column and what to do; the exit status is 1."""
    break_it(site)

    done = run("build", site)

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        (
            'content/products/example-notes/product.yaml:2:18: pricing.model: "fre" is not one of'
            ' free, freemium, open_source, paid, contact, unknown (did you mean "free"?)'
        ),
        'content/products/example-notes/product.yaml:3:7: rank: must be a number, not ".nan"',
        "2 errors; nothing was written.",
    ]


@pytest.mark.parametrize("command", ["build", "check"])
def test_mistakes_as_json(site, command):
    """Programs get the same mistakes with file, line and column apart."""
    break_it(site)

    done = run(command, site, "--json")

    errors = json.loads(done.stdout)["errors"]
    assert done.returncode == 1
    assert [(e["file"], e["line"], e["column"]) for e in errors] == [
        ("content/products/example-notes/product.yaml", 2, 18),
        ("content/products/example-notes/product.yaml", 3, 7),
    ]


def test_quiet_says_nothing(site):
    """With -q a build that went well is silent."""
    done = run("build", site, "-q")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


NO_EVIDENCE = {
    "files": 0,
    "rows": 0,
    "counted": 0,
    "without_click": 0,
    "other_pages": 0,
    "outside_window": 0,
    "left_out": 0,
    "since": None,
    "until": None,
}


@pytest.fixture
def searched(site) -> Path:
    """Give a site with evidence of every sort, and a window."""
    with (site / "content/site.yaml").open("a") as file:
        file.write("evidence: {window: 2}\n")
    home = "https://example.org"
    rows = [
        f"a,{home}/products/example-notes/,3,2026-07-31",
        f"b,{home}/products/example-notes/,0,2026-07-31",
        f"c,{home}/,5,2026-07-31",
        f"d,{home}/products/example-notes/,1,2026-01-01",
        f"e,{home}/products/stranger/,1,2026-07-31",
    ]
    (site / "content/evidence").mkdir()
    table = "\n".join(("query,page,clicks,date", *rows))
    (site / "content/evidence/a.csv").write_text(table)
    return site


@pytest.mark.parametrize("command", [["check"], ["build", "-v"]])
def test_what_became_of_evidence_is_said(searched, command):
    """One line tells of all rows; of those that do not count only a bad one is a warning."""
    done = run(*command, searched)

    assert done.returncode == 0
    assert (
        "Evidence: 5 rows in 1 file: 1 counted, 1 without a click, 1 of other pages,"
        " 1 outside of 2026-07-30 to 2026-07-31, 1 left out\n"
    ) in done.stderr
    assert (done.stdout + done.stderr).count("content/evidence") == 1
    assert "Evidence" not in run("build", searched).stderr


def test_what_became_of_evidence_as_json(searched):
    """Programs get the same sums."""
    for command in ("build", "check"):
        report = json.loads(run(command, searched, "--json").stdout)

        assert report["evidence"] == {
            "files": 1,
            "rows": 5,
            "counted": 1,
            "without_click": 1,
            "other_pages": 1,
            "outside_window": 1,
            "left_out": 1,
            "since": "2026-07-30",
            "until": "2026-07-31",
        }


def test_check_writes_nothing(site):
    """Findings go to stdout, their number to stderr, and the site stays as it is."""
    (site / "content/products/example-notes/product.yaml").write_text("name: A\n")

    done = run("check", site)

    assert done.returncode == 0
    thin = "warning: content/products/example-notes/product.yaml:1:1: is thin: it has no summary, "
    assert thin in done.stdout
    assert done.stderr.startswith("2 products: 0 errors, ")
    assert not (site / "output").exists()
    assert run("check", site, "--strict").returncode == 1


def test_check_tells_errors_apart(site):
    """Each mistake is marked as an error, on standard output."""
    break_it(site)

    done = run("check", site, "-q")

    errors = [line for line in done.stdout.splitlines() if line.startswith("error: content/")]
    assert done.returncode == 1
    assert len(errors) == 2
    assert done.stderr == ""


def test_check_tells_notes_apart(site):
    """What may stay as it is comes last, fails no strict check, and is left out by -q."""
    note = "content/site.yaml:1:1: base_url: is not set, so there is no sitemap.xml"

    done = run("check", site, "--strict")
    as_json = json.loads(run("check", site, "--json").stdout)

    assert done.returncode == 0
    assert done.stdout.startswith(f"note: {note}")
    assert done.stderr == "2 products: 0 errors, 0 warnings, 1 note\n"
    assert run("check", site, "-q").stdout == ""
    assert (as_json["warnings"], as_json["errors"]) == ([], [])
    assert [found["message"].partition(" (")[0] for found in as_json["notes"]] == [
        "base_url: is not set, so there is no sitemap.xml"
    ]


def test_import_makes_products(site, tmp_path):
    """Rows of a table become product folders, which then build."""
    table = tmp_path / "products.csv"
    table.write_text("Name,Stars,Licence,Country\nAlpha,120,MIT,NL\nBeta,80,GPL-2.0,BE\n")

    done = run("import", table, "--site", site, "--map", "Country=attributes.country")

    assert done.returncode == 0
    assert "2 products made" in done.stderr
    assert "country: NL" in (site / "content/products/alpha/product.yaml").read_text()
    assert run("build", site, "--strict").returncode == 0


def test_new_makes_a_product(site):
    """A new product builds as it is."""
    done = run("new", "third", cwd=site)

    assert done.returncode == 0
    assert Path(done.stdout.strip()).name == "product.yaml"
    assert run("build", site).stderr.startswith("3 products, ")


def test_clean_removes_the_site(site):
    """What a build wrote is gone after clean."""
    run("build", site)

    done = run("clean", site)

    assert done.returncode == 0
    assert not any(path.is_file() for path in (site / "output").rglob("*"))


def test_schema_is_json():
    """Editors get the JSON Schema of product.yaml."""
    done = run("schema")

    assert json.loads(done.stdout)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(
    "arguments",
    [
        ("biuld",),
        ("build", "--no-such-option"),
        ("build", "/"),
        ("new",),
        ("new", "Bad Slug"),
        ("import", "none.csv"),
        ("build", "--as-of", "yesterday"),
        ("build", "--base-url", "http://[x"),
        ("build", "--base-url", 'javascript:x"'),
    ],
)
def test_misuse_ends_with_2(arguments, site):
    """What cannot work as it was called ends with 2 and a plain sentence."""
    done = run(*arguments, cwd=site)

    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_escapes_do_not_reach_the_terminal(site):
    """Control characters in content are shown, not obeyed."""
    (site / "content/products/example-notes/product.yaml").write_bytes(
        b'name: A\nstatus: "\\x1b[31mred"\n'
    )

    done = run("build", site)

    assert done.returncode == 1
    assert "\x1b" not in done.stderr


def test_version():
    """The version goes to stdout."""
    done = run("--version")

    assert done.stdout.startswith("comparo ")


def test_help_imports_little():
    """What --help needs is typer; what builds a site is imported by the commands that need it."""
    heavy = ("jinja2", "yaml", "markdown_it", "rich", "watchdog", "msgspec", "pydantic")
    code = (
        "import sys; sys.argv=['comparo','--help']\n"
        "from comparo.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"sys.stderr.write(','.join(m for m in {heavy!r} if m in sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stderr == ""


STOPPED_EARLY = """
import signal, sys
class Stopping:
    def find_spec(self, name, *_more):
        if name == "comparo.cli":
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Stopping())
from comparo.__main__ import main
main()
"""


def test_ctrl_c_may_come_early():
    """While the program is still being loaded, it stops without a traceback."""
    command = [sys.executable, "-c", STOPPED_EARLY]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_json_has_the_same_keys_when_a_build_fails(site):
    """Programs find each key whatever happened, and the warnings beside the errors."""
    good = json.loads(run("build", site, "--json").stdout)
    path = site / "content/products/example-notes/product.yaml"
    path.write_text("name: A\nrank: 101\ncapabilites: []\n")

    bad = json.loads(run("build", site, "--json").stdout)
    misused = json.loads(run("build", site, "--json", "--base-url", "ftp://x").stdout)

    assert bad.keys() == misused.keys() == good.keys()
    assert (len(bad["errors"]), len(bad["warnings"])) == (1, 1)


def test_any_terminal_can_be_spoken_to(site):
    """What a terminal's encoding cannot say is shown as escapes."""
    (site / "content/products/example-notes/product.yaml").write_text(
        "name: Väinö™\nreleased: sõon\n", encoding="utf-8"
    )

    done = subprocess.run(
        [sys.executable, "-m", "comparo", "check", str(site)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )

    assert done.returncode == 1
    assert "s\\xf5on" in done.stdout.decode("ascii")
    errors = json.loads(run("check", site, "--json").stdout)["errors"]
    assert "sõon" in errors[0]["message"]
