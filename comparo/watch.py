"""Quiet batches of changed paths (watchdog's door); it knows no build.

The truth is a look at the files. What the system tells is only a hint where to look: it tells of
editors' swap files, forgets when its queue is full, silently leaves out folders when its limits are
reached, and knows nothing of disks in the network.
"""

import logging
import os
import time
import warnings
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue

from watchdog import events
from watchdog.observers import Observer

from comparo.folders import Scope, View

QUIET, BOUND = 0.03, 0.5
"""Seconds without a change that end a burst of them, and after which it is cut all the same."""

LOOKED, POLLED = 3.0, 0.25
"""Seconds between two looks at everything, at least: where the system tells of changes, or not."""

ASKED = [
    events.FileModifiedEvent,
    events.FileClosedEvent,
    events.FileCreatedEvent,
    events.FileDeletedEvent,
    events.FileSystemEvent,
]
"""What the system is asked for: all but opening and reading, which every build does."""

# It would speak to the terminal, of queues and of folders that it found twice.
logging.getLogger("watchdog").addHandler(logging.NullHandler())
warnings.filterwarnings("ignore", category=RuntimeWarning, module="watchdog")


def watch(
    scope: Scope, *, poll: bool = False, say: Callable[[str], None] = lambda _: None
) -> Generator[frozenset[Path], None, None]:
    """Give the paths that are there, and from then on those that changed, whenever it gets quiet.

    Where the system cannot tell of changes, or did not, it says so and looks at the files at short
    intervals, as it does from the start with ``poll``.
    """
    watcher = _Watcher(View(scope), poll, say)
    try:
        watcher.listen()
        yield frozenset(map(Path, watcher.view.look()))
        while True:
            if changed := watcher.wait():
                yield frozenset(map(Path, changed))
    finally:
        watcher.hints.end()


class _Hints(events.FileSystemEventHandler):
    """What the system tells of changes, as far as it does."""

    def __init__(self) -> None:
        self.told: SimpleQueue[str | bytes] = SimpleQueue()
        self.end: Callable[[], None] = lambda: None

    def begin(self, folders: Iterable[str]) -> None:
        """Listen to these folders and all below them, until the ``end``."""
        observer = Observer()
        self.end = observer.stop
        for folder in folders:
            observer.schedule(self, folder, recursive=True, event_filter=ASKED)
        observer.start()

    def on_any_event(self, event: events.FileSystemEvent) -> None:
        """Take a hint; that "something" changed in a folder is none, for what did is told too."""
        if not (event.is_directory and event.event_type == events.EVENT_TYPE_MODIFIED):
            self.told.put(event.src_path)
            self.told.put(event.dest_path)

    def gather(self, until: float) -> set[str]:
        """Wait for a hint, no longer than that, and for the quiet after it; give the paths."""
        paths = set()
        with suppress(Empty):
            paths.add(self.told.get(timeout=max(0, until - time.monotonic())))
            bound = time.monotonic() + BOUND
            while (left := bound - time.monotonic()) > 0:
                paths.add(self.told.get(timeout=min(left, QUIET)))
        return {os.fsdecode(path) for path in paths if path}


@dataclass(slots=True)
class _Watcher:
    """Looks where the system tells, and now and then everywhere."""

    view: View
    poll: bool
    say: Callable[[str], None]
    hints: _Hints = field(default_factory=_Hints)
    heeded: Mapping[str, int] = field(default_factory=dict)
    due: float = 0
    missed: int = 0

    def listen(self) -> None:
        """Have the system tell of changes below the folders that are there now."""
        self.hints.end()
        self.heeded = self.view.roots()
        if not self.poll:
            try:
                self.hints.begin(self.heeded)
            except OSError as error:
                self.do_without(f"The system cannot tell of changes: {error.strerror or error}.")

    def do_without(self, reason: str) -> None:
        """Rely on looking alone from now on."""
        self.poll = True
        self.hints.end()
        self.say(f"{reason} Looking at the files again and again instead, as with --poll.")

    def wait(self) -> set[str]:
        """Wait for changes and then for quiet, or till all is due for a look; give the changed."""
        told = self.hints.gather(self.due)
        changed = self.view.look(self.view.near(told))
        if time.monotonic() >= self.due:
            changed |= self.look_around()
        return changed

    def look_around(self) -> set[str]:
        """Look at everything, so that what nobody told of is found as well."""
        start = time.monotonic()
        changed = more = self.view.look()
        end = time.monotonic()
        if self.view.roots() != self.heeded:
            self.listen()
        elif changed and not self.poll and not self.hints.gather(start + QUIET):
            self.miss()
        while more and time.monotonic() < end + BOUND:
            time.sleep(QUIET)
            more = self.view.look()
            changed |= more
        # At most a tenth of one core is spent on looking, and next to nothing where hints come.
        rest = max(10 * (end - start), POLLED) if self.poll else max(200 * (end - start), LOOKED)
        self.due = time.monotonic() + rest
        return changed

    def miss(self) -> None:
        """Listen anew, since nobody told of a change; the second time, do without."""
        self.missed += 1
        if self.missed == 1:
            self.listen()
        else:
            self.do_without("The system does not tell of all changes.")
