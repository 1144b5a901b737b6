"""Watching: whatever happens to the files, and whatever the system tells of it, is noticed."""

import errno
import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

import pytest
from watchdog.observers import Observer

from comparo import watch as watching
from comparo.folders import Scope
from comparo.watch import QUIET, watch

PATIENCE = 60
"""Seconds until a test gives up: a busy machine is slow, and no test here measures time."""


class Batches:
    """What a watch gives, gathered in a thread as a build would take it."""

    def __init__(self, scope: Scope, **options) -> None:
        self.scope = scope
        self.told: list[str] = []
        self.queue: SimpleQueue[tuple[set[str], dict[str, str]]] = SimpleQueue()
        self.number = 0
        self.ended = False
        self.thread = Thread(target=self._gather, kwargs=options)
        self.thread.start()
        self.next()

    def _gather(self, **options) -> None:
        with closing(watch(self.scope, say=self.told.append, **options)) as batches:
            for batch in batches:
                self.queue.put(({path.name for path in batch}, self.state()))
                if self.ended:
                    return

    def state(self) -> dict[str, str]:
        """Read all files, as a build does."""
        found = {}
        for folder in self.scope.folders:
            for path in sorted(folder.rglob("*.md")):
                try:
                    found[path.relative_to(folder).as_posix()] = path.read_text()
                except OSError:  # it went in this moment
                    continue
        return found

    def next(self) -> set[str]:
        """Wait for a batch; give the names in it."""
        self.number += 1
        return self.queue.get(timeout=PATIENCE)[0]

    def until(self, holds: Callable[[dict[str, str]], bool]) -> None:
        """Wait until what was read after a batch is as it should be."""
        deadline = time.monotonic() + PATIENCE
        while True:
            self.number += 1
            state = self.queue.get(timeout=max(0.0, deadline - time.monotonic()))[1]
            if holds(state):
                return

    def until_told(self, words: str) -> None:
        """Wait until it was said."""
        deadline = time.monotonic() + PATIENCE
        while not any(words in text for text in self.told):
            assert time.monotonic() < deadline, self.told
            time.sleep(0.01)


@pytest.fixture
def content(tmp_path):
    """Give a folder with a few files, in folders."""
    for name in ("a", "b", "c"):
        write(tmp_path / f"content/{name}/one.md")
    return tmp_path / "content"


@pytest.fixture
def begin(content) -> Iterator[Callable[..., Batches]]:
    """Give a way to begin a watch of that folder, which ends with the test."""
    begun = []

    def begin(**options) -> Batches:
        begun.append(Batches(Scope((content,), content.parent), **options))
        return begun[-1]

    yield begin
    for batches in begun:
        batches.ended = True
    deadline = time.monotonic() + PATIENCE
    while any(batches.thread.is_alive() for batches in begun):
        assert time.monotonic() < deadline
        content.mkdir(exist_ok=True)
        (content / "end.md").write_text(str(time.monotonic_ns()))
        time.sleep(0.1)


def write(path: Path, text: str = "1") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def save(content):
    write(content / "a/one.md", "2")
    return {"one.md"}


def save_by_rename(content):
    write(content / "a/.one.md.tmp", "2").replace(content / "a/one.md")
    return {"one.md"}


def add_folders(content):
    write(content / "d/e/f/g/two.md")
    return {"d", "e", "f", "g", "two.md"}


def bring_a_folder(content):
    write(content.parent / "aside/two.md").parent.rename(content / "d")
    return {"d", "two.md"}


def rename_a_folder(content):
    (content / "a").rename(content / "d")
    return {"a", "d", "one.md"}


def take_a_folder_away(content):
    (content / "a").rename(content.parent / "aside")
    return {"a", "one.md"}


def delete_a_folder(content):
    shutil.rmtree(content / "a")
    return {"a", "one.md"}


EDITS = [
    save,
    save_by_rename,
    add_folders,
    bring_a_folder,
    rename_a_folder,
    take_a_folder_away,
    delete_a_folder,
]


@pytest.mark.parametrize("poll", [False, True])
@pytest.mark.parametrize("edit", EDITS)
def test_a_change_is_noticed(content, begin, edit, poll):
    """However it is made, a change comes as a batch of paths, and so does the next in its place."""
    batches = begin(poll=poll)

    changed = edit(content)

    seen = set()
    while not changed <= seen:
        seen |= batches.next()
    assert seen == changed
    write(content / "d/e/two.md", "3")
    batches.until(lambda state: state.get("d/e/two.md") == "3")


@pytest.mark.parametrize("poll", [False, True])
def test_reading_is_no_change(content, begin, poll):
    """After reads, listings and swap files the next batch is that of the next save."""
    batches = begin(poll=poll)

    for path in sorted(content.rglob("*.md")):
        path.read_text()
    write(content / "a/.one.md.swp")
    write(content / "a/one.md~")
    time.sleep(4 * QUIET)
    write(content / "b/one.md", "2")

    assert batches.next() == {"one.md"}


def test_saves_in_a_row_are_few_batches(content, begin):
    """200 saves come as few batches as their quiet moments allow, and the last one is noticed."""
    batches = begin()

    start = time.monotonic()
    for number in range(200):
        write(content / "a/one.md", str(number))
        time.sleep(0.005)
    spent = time.monotonic() - start

    batches.until(lambda state: state["a/one.md"] == "199")
    assert batches.number <= 3 + spent / QUIET


def test_saves_without_end_are_noticed(content, begin):
    """While saves keep coming, batches come as well."""
    batches = begin()
    go_on = [True]

    def keep_saving() -> None:
        number = 0
        while go_on:
            number += 1
            write(content / "a/one.md", str(number))

    thread = Thread(target=keep_saving)
    thread.start()
    try:
        assert batches.next() == {"one.md"}
        assert batches.next() == {"one.md"}
    finally:
        go_on.clear()
        thread.join()


@pytest.mark.parametrize("seed", range(3))
def test_the_end_is_always_seen(content, begin, seed):
    """After any row of edits, what was read last is what is there."""
    batches = begin()
    chance = random.Random(seed)  # noqa: S311 (no secret is made)
    folders = ["a", "b", "c", "d/e", "d/f/g"]

    for number in range(150):
        folder = content / chance.choice(folders)
        match chance.randrange(5):
            case 0 | 1:
                write(folder / f"{chance.choice('xyz')}.md", str(number))
            case 2:
                shutil.rmtree(folder, ignore_errors=True)
            case 3:
                other = content / chance.choice(folders)
                if folder.is_dir() and not other.exists() and other.parent.is_dir():
                    folder.rename(other)
            case 4:
                time.sleep(chance.choice((0.001, 0.02, 0.1)))
    write(content / "end.md", "here")

    batches.until(lambda state: state == batches.state() and "end.md" in state)


class Deaf(Observer):
    """A system that tells of nothing, as disks in the network do."""

    def schedule(self, *_args, **_kwargs):
        """Hear nothing."""


class Full(Observer):
    """A system that has reached its limits."""

    def start(self):
        """Fail as inotify does."""
        raise OSError(errno.ENOSPC, "inotify watch limit reached")


def test_a_change_that_nobody_told_of_is_noticed(content, begin, monkeypatch):
    """The files are looked at now and then; where that is needed again, it is done often."""
    monkeypatch.setattr(watching, "Observer", Deaf)
    monkeypatch.setattr(watching, "LOOKED", 0.1)
    batches = begin()

    write(content / "a/one.md", "2")
    batches.until(lambda state: state["a/one.md"] == "2")
    assert batches.told == []
    write(content / "a/one.md", "3")
    batches.until(lambda state: state["a/one.md"] == "3")

    batches.until_told("The system does not tell of all changes. Looking at the files")
    write(content / "d/one.md", "4")
    batches.until(lambda state: state.get("d/one.md") == "4")


def test_reached_limits_are_said(content, begin, monkeypatch):
    """Where the system can watch no more, the files are looked at, and that is said."""
    monkeypatch.setattr(watching, "Observer", Full)
    batches = begin()

    write(content / "a/one.md", "2")

    batches.until(lambda state: state["a/one.md"] == "2")
    assert batches.told == [
        (
            "The system cannot tell of changes: inotify watch limit reached. Looking at the files"
            " again and again instead, as with --poll."
        )
    ]


def test_the_whole_folder_may_go_and_come_back(content, begin, monkeypatch):
    """What is watched may be moved away and made anew, and is watched as before."""
    monkeypatch.setattr(watching, "LOOKED", 0.1)
    batches = begin()

    content.rename(content.parent / "aside")
    batches.until(lambda state: state == {})
    write(content / "a/one.md", "2")
    batches.until(lambda state: state == {"a/one.md": "2"})
    monkeypatch.setattr(watching, "LOOKED", 10 * PATIENCE)
    time.sleep(0.2)
    write(content / "a/one.md", "3")

    batches.until(lambda state: state == {"a/one.md": "3"})
    assert batches.told == []
