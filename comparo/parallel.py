"""One task over many batches, on several processor cores."""

import gc
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from comparo.errors import ComparoError

Batch = TypeVar("Batch")
Result = TypeVar("Result")


def cores() -> int:
    """Count the processor cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # pragma: no cover - macOS and Windows
        return os.cpu_count() or 1


def run(
    task: Callable[[Batch], Result],
    batches: Sequence[Batch],
    jobs: int,
    take: Callable[[Result], object],
) -> None:
    """Do a task for all batches and take each result, in any order. The task must pickle.

    After an error, or Ctrl-C, no new batch is begun; the results of those under way are taken
    before it is raised, so that who asked can tidy up.
    """
    gc.freeze()  # what the workers share is not to be copied for the sake of counting it
    pool = ProcessPoolExecutor(min(jobs, len(batches)), initializer=_ignore_interrupts)
    waiting = {pool.submit(task, batch) for batch in batches}
    try:
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                take(future.result())
    except BaseException as error:
        under_way = [future for future in waiting if not future.cancel()]
        for future in under_way:
            if future.exception() is None:
                take(future.result())
        if isinstance(error, BrokenProcessPool):
            raise ComparoError("a worker process was killed; try again, or with -j 1") from error
        raise
    finally:
        pool.shutdown()
        gc.unfreeze()


def _ignore_interrupts() -> None:
    """Leave Ctrl-C to the process that hands out the work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
