"""Keeping up with the files of a site: what happens when builds fail, and how it ends."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

import pytest

from comparo.build import build
from comparo.errors import ContentError, OutputError, Place, Problem, UsageError
from comparo.output.lock import hold
from comparo.scaffold import new_site
from comparo.watching import keep_up, watched

PATIENCE = 60
BROKEN = ContentError(Problem(Place("a", 1, 1), "is wrong"))


@pytest.fixture
def site(tmp_path):
    """Give a small site of its own."""
    root = tmp_path / "site"
    new_site(root)
    return root


@pytest.fixture
def start(site):
    """Give a way to run comparo on it, with what it says line by line."""
    running = []

    def start(*arguments):
        process = subprocess.Popen(
            [sys.executable, "-m", "comparo", *arguments, str(site)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        running.append(process)
        return process, lines_of(process)

    yield start
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()


def lines_of(process) -> SimpleQueue[str]:
    """Gather what a process says, in a thread."""
    said: SimpleQueue[str] = SimpleQueue()

    def gather() -> None:
        for line in process.stdout:
            said.put(line)

    Thread(target=gather, daemon=True).start()
    return said


def until(said: SimpleQueue[str], words: str) -> str:
    """Wait until a line holds these words; give it."""
    deadline = time.monotonic() + PATIENCE
    while words not in (line := said.get(timeout=max(0.0, deadline - time.monotonic()))):
        pass
    return line


def texts(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def clean_build(site: Path, copy: Path) -> dict[str, bytes]:
    """Build a copy of a site, which is not being watched."""
    shutil.copytree(site / "content", copy / "content")
    build(copy, copy / "output")
    return texts(copy / "output")


def until_built(site: Path, expected: dict[str, bytes]) -> None:
    """Wait until the output of a site is as expected."""
    deadline = time.monotonic() + PATIENCE
    while settled(site / "output") != expected:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def settled(folder: Path) -> dict[str, bytes]:
    """Read a folder that may be written to meanwhile."""
    try:
        return texts(folder)
    except FileNotFoundError:
        return {}


def outcomes_of(site, *results):
    """Keep up with a site by an act that comes to these results, one after the other."""
    to_come = list(results)

    def act():
        result = to_come.pop(0)
        if isinstance(result, Exception):
            raise result
        return result

    return keep_up(act, watched(site), poll=True, say=lambda _: None)


def touch(site):
    """Change something in the site."""
    (site / "content/changed.txt").write_text(str(time.monotonic_ns()))


def test_what_is_to_be_mended_is_an_outcome(site):
    """Broken content does not end it, neither at first nor later."""
    with closing(outcomes_of(site, BROKEN, 2, BROKEN, 4)) as outcomes:
        found = [next(outcomes)]
        for _ in range(3):
            touch(site)
            found.append(next(outcomes))

    assert found == [BROKEN, 2, BROKEN, 4]


@pytest.mark.parametrize("error", [OutputError("the disk is full"), UsageError("no such thing")])
def test_what_no_file_can_mend_ends_it_at_first(site, error):
    """A watch does not begin where the first build could not even write."""
    with pytest.raises(type(error)), closing(outcomes_of(site, error)) as outcomes:
        next(outcomes)


def test_what_is_in_the_way_is_told_once_and_tried_again(site, monkeypatch):
    """When a disk is full for a while, or another build is at work, nobody has to save again."""
    monkeypatch.setattr("comparo.watching.RETRY", 0.01)
    full = OutputError("the disk is full")

    with closing(outcomes_of(site, 1, full, full, full, 2)) as outcomes:
        first = next(outcomes)
        touch(site)
        later = [next(outcomes), next(outcomes)]

    assert (first, later) == (1, [full, 2])


def test_only_what_a_site_is_made_of_is_watched(site, tmp_path):
    """Content, themes and what links in themes lead to are watched, and never the output."""
    (tmp_path / "theme").mkdir()
    (site / "themes").mkdir()
    (site / "themes/own").symlink_to(tmp_path / "theme")

    scope = watched(site, site / "output")

    assert scope.folders == (site / "content", site / "themes", tmp_path / "theme")
    assert not scope.follows(site / "output/assets")
    assert not scope.follows(site)
    assert scope.follows(site / "shared")


def test_a_watched_site_is_built_again(site, start, tmp_path):
    """A save is built, a mistake leaves the last good pages, and mending it goes on from there."""
    product = site / "content/products/example-notes/product.yaml"
    sound = product.read_text()
    _, said = start("build", "--watch")
    until(said, "Watching the content and themes")

    product.write_text(sound.replace("name: Example Notes", "name: Renamed Notes"))
    until_built(site, renamed := clean_build(site, tmp_path / "renamed"))
    product.write_text("name: [\n")
    until(said, "product.yaml:")
    broken = texts(site / "output")
    product.write_text(sound.replace("name: Example Notes", "name: Mended Notes"))

    assert broken == renamed
    until_built(site, clean_build(site, tmp_path / "mended"))


def test_a_watch_begins_with_broken_content(site, start):
    """A site that is unsound at first is built as soon as it is mended."""
    product = site / "content/products/example-notes/product.yaml"
    sound = product.read_text()
    product.write_text("name: [\n")
    _, said = start("build", "--watch")
    until(said, "Watching the content and themes")

    product.write_text(sound)

    assert "files written" in until(said, "2 products")


def test_every_save_is_built(site, start, tmp_path):
    """After edits in a row, among them new and deleted folders, the output is as a clean build."""
    products = site / "content/products"
    _, said = start("build", "--watch")
    until(said, "Watching the content and themes")

    for number in range(100):
        folder = products / f"more-{number % 7}"
        if folder.exists():
            (folder / "product.yaml").unlink()
            folder.rmdir()
        else:
            folder.mkdir()
            (folder / "product.yaml").write_text(f"name: More {number}\ncategory: note-apps\n")

    until_built(site, clean_build(site, tmp_path / "clean"))


def test_each_build_is_told_to_programs(site, start):
    """With --json each build is one object, and an unsound site one with its errors."""
    product = site / "content/products/example-notes/product.yaml"
    _, said = start("build", "--poll", "--json")

    first = next_object(said)
    product.write_text("name: [\n")
    second = next_object(said)

    assert first["products"] == 2
    assert [error["file"] for error in second["errors"]] == [
        "content/products/example-notes/product.yaml"
    ]


def next_object(said: SimpleQueue[str]) -> dict:
    text = ""
    while not text.endswith("\n}\n"):
        text += said.get(timeout=PATIENCE)
    return json.loads(text)


def test_a_lock_is_held_by_builds_alone(site, start):
    """While nothing changes another build is free to go, and one at work is waited for."""
    _, said = start("build", "--watch")
    until(said, "Watching the content and themes")

    with hold(site / ".comparo"):
        (site / "content/products/example-notes/product.yaml").write_text("name: Locked\n")
        until(said, "is at work on this site")

    assert "written" in until(said, "2 products")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_watch_ends_when_it_is_told_to(site, start, number):
    """Ctrl-C and SIGTERM end it at once, and well; the lock is free."""
    process, said = start("build", "--watch")
    until(said, "Watching the content and themes")

    process.send_signal(number)

    assert process.wait(PATIENCE) == 0
    until(said, "Stopped.")
    with hold(site / ".comparo"):
        pass


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_watch_can_be_ended_while_it_builds(site, start, number, tmp_path):
    """A build that is cut short leaves whole pages and a free lock."""
    for n in range(60):
        folder = site / f"content/products/more-{n}"
        folder.mkdir()
        (folder / "product.yaml").write_text(f"name: More {n}\ncategory: note-apps\n")
    process, _ = start("build", "--watch")
    while not (site / ".comparo/lock").exists():
        time.sleep(0.001)
    time.sleep(0.2)

    process.send_signal(number)
    process.wait(PATIENCE)

    build(site, site / "output")
    build(site, tmp_path / "clean")
    assert texts(site / "output") == texts(tmp_path / "clean")
