"""Run a program and say how long it took, and how much memory all its processes held at most."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.05  # seconds between two looks at a program's memory


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a program took: ``cpu`` is the time of all cores, ``peak`` is in bytes."""

    seconds: float
    cpu: float = 0.0
    peak: int = 0


def run(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Run:
    """Run a program to its end, which has to be a good one."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL
    )
    watched = _Memory(process.pid)
    watched.start()
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except BaseException:
        process.terminate()
        process.wait()
        raise
    finally:
        watched.ended.set()
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    watched.join()
    if process.returncode:
        raise SystemExit(f"failed with {process.returncode}: {' '.join(map(str, command))}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, watched.peak)


class _Memory(threading.Thread):
    """Looks now and then at what a process and all its children hold; shared pages count once."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak = 0
        self.ended = threading.Event()

    def run(self) -> None:
        while True:
            self.peak = max(self.peak, sum(map(_held, _family(self.pid))))
            if self.ended.wait(PAUSE):
                return


def _family(pid: int) -> Iterator[int]:
    yield pid
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(tasks).split():
            yield from _family(int(child))


def _held(pid: int) -> int:
    for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except OSError:  # the process has ended
        return ""
