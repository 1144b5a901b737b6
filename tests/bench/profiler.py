"""Show where the time of a command goes: ``python tests/bench/profiler.py build SITE``.

It looks at the stack a thousand times a second, which hardly slows anything down, and counts what
is at work there: the part of comparo, the stage that a command called, and the innermost function
or template. Seconds are processor time, so a busy machine does not distort them. Only this one
process is seen: with workers, give ``-j 1``.
"""

import gc
import runpy
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import comparo

PACKAGE = f"{Path(comparo.__file__).parent}/"
PAUSE = 0.001  # seconds between two looks

PARTS = {
    "content": "reading",
    "source": "reading",
    "values": "reading",
    "files": "reading",
    "texts": "reading",
    "cache": "reading",
    "compare": "comparing",
    "render": "drawing",
    "output": "writing",
}
"""What is done in the rooms of the house. Others only call these, or work for whoever calls."""

CALLERS = {
    "__main__",
    "cli",
    "commands",
    "terminal",
    "build",
    "drawing",
    "held",
    "site",
    "parallel",
}
"""The rooms from which the stages are called."""

parts: Counter[str] = Counter()
stages: Counter[str] = Counter()
places: Counter[str] = Counter()
collecting = [0.0, 0.0]


def look(_signal: int, frame: FrameType | None) -> None:
    """Count what is being done."""
    at_work = list(known(frame))
    rooms = [room for room, _ in at_work]
    parts[next((PARTS[room] for room in rooms if room in PARTS), "all else")] += 1
    called = [place for room, place in at_work if room not in CALLERS]
    stages[called[-1] if called else "all else"] += 1
    places[at_work[0][1] if at_work else "all else"] += 1


def known(frame: FrameType | None) -> Iterator[tuple[str, str]]:
    """Give the functions of comparo and the templates of a stack, innermost first."""
    while frame:
        file = frame.f_code.co_filename
        if file.endswith(".html"):
            yield "templates", Path(file).name
        elif file.startswith(PACKAGE):
            module = file.removeprefix(PACKAGE).removesuffix(".py")
            function = frame.f_code.co_qualname.partition(".<locals>")[0]
            yield module.partition("/")[0], f"{module}: {function}"
        frame = frame.f_back


def clock_collector(phase: str, _info: dict[str, int]) -> None:
    """Add up the time that Python spends looking for cycles to free."""
    if phase == "start":
        collecting[1] = time.process_time()
    else:
        collecting[0] += time.process_time() - collecting[1]


def show(seconds: float) -> None:
    """Print the shares of the time."""
    whole = parts.total()
    print(f"{seconds:.2f} s of processor time, {whole:,} looks")
    for counts, most in ((parts, 6), (stages, 24), (places, 40)):
        print()
        for name, n in counts.most_common(most):
            print(f"{100 * n / whole:5.1f} % {seconds * n / whole:7.3f} s  {name}")
    print(f"\nIn all of this, {collecting[0]:.3f} s of collecting garbage.")


if __name__ == "__main__":
    gc.callbacks.append(clock_collector)
    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, PAUSE, PAUSE)
    try:
        runpy.run_module("comparo", run_name="__main__", alter_sys=True)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        show(time.process_time())
