"""``comparo suggest`` as a user calls it: in a pipe, at a terminal, and by a program."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time

import pytest

from tests.test_cli import run

TAGGING = "Tags are found in the text of a bookmark by a language model."
TITLES = {
    "alpha": ("Automatic tags", "Searching notes"),
    "beta": ("Auto-tagging", "Search in notes"),
}
AUTO = "auto-tagging"


@pytest.fixture
def site(tmp_path):
    """Write a site with two things to propose."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text("title: Tools\n")
    for slug, (tags, search) in TITLES.items():
        folder = tmp_path / "content/products" / slug
        folder.mkdir(parents=True)
        (folder / "product.yaml").write_text(
            f"name: {slug.title()}\ncapabilities:\n"
            f"  - name: {tags}\n    description: {TAGGING}\n"
            f"  - {search}\n"
        )
    return tmp_path


def content(site):
    """Read all that the site's files hold."""
    return {path: path.read_bytes() for path in (site / "content").rglob("*.yaml")}


def at_terminal(*arguments, answers, columns=100):
    """Run comparo at a terminal of its own; answer its questions one by one, then close it."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "PYTHONUTF8": "1", "COLUMNS": str(columns), "TERM": "xterm"}
    process = subprocess.Popen(
        [sys.executable, "-m", "comparo", *map(str, arguments)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=env,
        close_fds=True,
    )
    os.close(theirs)
    shown, waiting, deadline = "", list(answers), time.monotonic() + 60
    while time.monotonic() < deadline:
        if select.select([ours], [], [], 0.1)[0]:
            try:
                got = os.read(ours, 4096)
            except OSError:
                break
            shown += got.decode()
        if shown.endswith("[y/n/q] "):
            if not waiting:
                break
            if waiting[0] == "^C":
                process.send_signal(signal.SIGINT)
            else:
                os.write(ours, waiting[0].encode())
            del waiting[0]
            shown += "\n"
    os.close(ours)
    return process.wait(60), shown.replace("\r\n", "\n")


def test_proposals_in_a_pipe(site):
    """A pipe gets plain lines: topic, products, places and texts; words go to stderr."""
    done = run("suggest", site)

    assert done.returncode == 0
    assert done.stdout.splitlines()[:8] == [
        'search-in-notes: a new topic, "Search in notes", 100% alike',
        "  Beta: Search in notes",
        "    content/products/beta/product.yaml:5",
        "  Alpha: Searching notes",
        "    content/products/alpha/product.yaml:5",
        "",
        'auto-tagging: a new topic, "Auto-tagging", 83% alike',
        "  Beta: Auto-tagging",
    ]
    assert f"    {TAGGING}" in done.stdout.splitlines()
    assert done.stderr == "2 of 2 proposals; --apply writes what you accept\n"


def test_fewer_and_likelier(site):
    """--limit shows the likeliest, --like raises the bar."""
    limited = run("suggest", site, "--limit", 1)
    strict = run("suggest", site, "--like", 0.9)
    none = run("suggest", site, "--like", 1, "--json")

    assert limited.stderr.startswith("1 of 2 proposals")
    assert strict.stderr.startswith("1 of 1 proposal;")
    assert json.loads(none.stdout)["total"] == 1


def test_nothing_to_propose(site):
    """Where nothing is alike, it says so."""
    (site / "content/products/beta/product.yaml").write_text("name: Beta\n")

    done = run("suggest", site)

    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "Nothing without a topic looks alike; try a lower --like\n"


def test_proposals_as_json(site):
    """Programs get all of it as one object."""
    done = run("suggest", site, "--json")

    told = json.loads(done.stdout)
    proposal = told["proposals"][1]
    assert done.stderr == ""
    assert told.keys() == {"proposals", "total", "accepted", "warnings", "errors"}
    assert (told["total"], told["accepted"]) == (2, [])
    assert proposal["topic"] == AUTO
    assert proposal["synonyms"] == ["Automatic tags"]
    assert proposal["new"] is True
    assert 0.5 < proposal["likeness"] < 1
    assert proposal["capabilities"][0] == {
        "product": "beta",
        "id": "auto-tagging",
        "name": "Auto-tagging",
        "topic": None,
        "text": TAGGING,
        "file": "content/products/beta/product.yaml",
        "line": 3,
        "column": 5,
    }


def test_json_has_the_same_keys_when_nothing_can_be_read(site):
    """Unsound content comes as the same object, with its errors."""
    (site / "content/products/beta/product.yaml").write_text("name: [\n")

    done = run("suggest", site, "--json")

    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert told.keys() == {"proposals", "total", "accepted", "warnings", "errors"}
    assert len(told["errors"]) == 1


def test_accepting_one(site):
    """--accept TOPIC writes that proposal and no other, unasked."""
    done = run("suggest", site, "--apply", "--accept", AUTO)

    assert done.returncode == 0
    assert done.stderr == "1 of 2 proposals; 1 accepted\n"
    assert (site / "content/topics.yaml").read_text().startswith(f"{AUTO}:\n")
    assert "topic: search" not in (site / "content/products/beta/product.yaml").read_text()


def test_accepting_all(site):
    """--accept all writes all that is shown; after that there is no more to propose."""
    done = run("suggest", site, "--apply", "--accept", "all", "--json")

    assert json.loads(done.stdout)["accepted"] == ["search-in-notes", AUTO]
    assert run("suggest", site, "--json").stdout.count('"topic"') == 0
    assert "error" not in run("check", site, "-q").stdout
    assert "topics.yaml" not in run("check", site, "-q").stdout


def test_what_cannot_be_written_is_told_and_the_others_are_written(site):
    """The exit status is 1, and the message says where to write what by hand."""
    path = site / "content/products/beta/product.yaml"
    path.write_text(path.read_text() + "  - &a\n    name: Dark mode for nights\n  - *a\n")
    path = site / "content/products/alpha/product.yaml"
    path.write_text(path.read_text() + "  - Dark mode by night\n")

    done = run("suggest", site, "--apply", "--accept", "all")
    told = run("suggest", site, "--apply", "--accept", "all", "--json")

    assert done.returncode == told.returncode == 1
    assert "content/products/beta/product.yaml:6:5: the topic of " in done.stderr
    assert done.stderr.endswith("3 of 3 proposals; 2 accepted\n")
    assert "write topic: dark-mode-" in json.loads(told.stdout)["errors"][0]["message"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--apply",),
        ("--apply", "--json"),
        ("--accept", AUTO),
        ("--apply", "--accept", "no-such-topic"),
        ("--limit", 0),
        ("--like", 2),
    ],
)
def test_misuse(site, arguments):
    """What cannot be meant ends with 2 and changes nothing."""
    before = content(site)

    done = run("suggest", site, *arguments)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert content(site) == before


def test_a_missing_language_model_is_told(site):
    """Without the extra, --embeddings says what to install."""
    code = (
        "import sys; sys.modules['wordllama'] = None\n"
        f"sys.argv = ['comparo', 'suggest', {str(site)!r}, '--embeddings']\n"
        "from comparo.cli import main\nmain()"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "pip install 'comparo[embeddings]'" in done.stderr


def test_going_by_meaning(site):
    """With the extra, --embeddings finds at least what words find."""
    done = run("suggest", site, "--embeddings", "--json")

    assert json.loads(done.stdout)["total"] == 2
    assert done.stderr == ""


def test_answers_at_a_terminal(site):
    """At a terminal each proposal stands side by side, and y, n or q decides on it."""
    status, shown = at_terminal("suggest", site, "--apply", answers=["n\n", "what\n", "Y\n"])

    assert status == 0
    assert "2 of 2 proposals; 1 accepted" in shown
    (line,) = (line for line in shown.splitlines() if "Auto-tagging" in line and "Beta" in line)
    assert line.split() == ["Beta:", "Auto-tagging", "Alpha:", "Automatic", "tags"]
    assert list(load_topics(site)) == [AUTO]


@pytest.mark.parametrize("answers", [["q\n"], ["\x04"], []])
def test_leaving_early(site, answers):
    """With q, the end of what is typed, or a closed terminal, nothing more is asked or written."""
    before = content(site)

    status, shown = at_terminal("suggest", site, "--apply", answers=answers, columns=30)

    assert status == 0
    assert shown.count("[y/n/q]") == 1
    assert content(site) == before


def test_stopping(site):
    """Ctrl-C ends it without a traceback."""
    status, shown = at_terminal("suggest", site, "--apply", answers=["^C"])

    assert status == 130
    assert "Traceback" not in shown


@pytest.mark.parametrize("terminal", [True, False])
def test_content_is_shown_as_data(site, terminal):
    """Markup in names is shown as typed, and control characters as escapes."""
    for slug in TITLES:
        (site / f"content/products/{slug}/product.yaml").write_text(
            f'name: "[red]{slug}[/x] :smile: \\u202e"\ncapabilities:\n'
            f"  - Full-text {'search' if slug == 'alpha' else 'searching'}\n"
        )

    if terminal:
        _, shown = at_terminal("suggest", site, answers=[])
    else:
        shown = run("suggest", site).stdout

    assert "[red]alpha[/x] :smile: \\u202e" in shown
    assert "\u202e" not in shown


def load_topics(site):
    """Give the slugs that topics.yaml lists."""
    lines = (site / "content/topics.yaml").read_text().splitlines()
    return [line.rstrip(":") for line in lines if not line.startswith(" ")]
