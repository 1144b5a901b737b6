"""Processes that share this one's work, and end when it does."""

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

from comparo.errors import ComparoError, OutputError

STOPS = (signal.SIGINT, signal.SIGTERM)
"""What stops a command. A worker leaves it to its employer to decide what becomes of the work."""

OBJECTS = 50_000
"""How many new objects make a search for garbage worth it; comparo makes hardly any."""


class Work(Protocol):
    """What a worker can do: methods with small arguments and answers, and this one."""

    def end(self) -> None:
        """Tidy up. Whoever gave the work may be gone by now, and another build have begun."""


class LostError(OutputError):
    """A worker was killed, and could not tidy up."""


class OrphanedError(Exception):
    """The process that this one works for is gone."""


def cores() -> int:
    """Count the processor cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # pragma: no cover - macOS and Windows
        return os.cpu_count() or 1


@contextmanager
def searching_seldom() -> Iterator[None]:
    """Search for garbage less often than Python does: most of what a build makes, it needs."""
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def start_method() -> str:
    """Say how processes are started: "fork" hands down all that is in memory, others nothing."""
    usual = "fork" if sys.platform == "linux" else "spawn"
    return multiprocessing.get_start_method(allow_none=True) or usual


@dataclass(frozen=True, slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection

    def ask(self, *request: object) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # its answer will be missed
            self.pipe.send(request)

    def answer(self) -> Any:
        try:
            return self.pipe.recv()
        except (EOFError, ConnectionResetError):
            self.process.join()
            raise LostError(
                f"a process that helped was {_fate(self.process.exitcode)}; try again with"
                " --jobs 1, which takes less memory"
            ) from None


class Crew:
    """Workers who share work with this process, which has the same to work at (``own``)."""

    def __init__(self, workers: list[_Worker]) -> None:
        self._workers = workers

    def share(
        self, method: str, own: Work, whole: int, *, piece: int, run: int = 0
    ) -> Iterator[Any]:
        """Have all done, from 0 to ``whole``, and give the answers as they come.

        Workers take runs from the front, which get shorter towards the end; this process takes
        pieces from the back, and between them sees to the others. Of several errors the one that
        is raised is the first in order, as if all had been done one after the other.
        """
        front, back = 0, whole
        errors: dict[int, ComparoError] = {}
        asked: list[tuple[int, _Worker]] = []
        idle = self._workers * 2  # who is done with one run, has the next
        while True:
            while idle and front < back:
                rest = (back - front) // (4 * len(self._workers) + 4)
                stop = min(back, front + max(piece, min(run, rest)))
                asked.append((front, idle.pop(0)))
                asked[-1][1].ask(method, front, stop)
                front = stop
            answers = []
            if front < back:
                back, stop = max(front, back - piece), back
                answers.append((back, _attempt(getattr(own, method), back, stop)))
            elif not asked:
                break
            for pipe in wait({worker.pipe for _, worker in asked}, 0 if answers else None):
                first = next(each for each in asked if each[1].pipe is pipe)
                asked.remove(first)
                start, worker = first
                answers.append((start, worker.answer()))
                idle.append(worker)
            for start, answer in answers:
                if isinstance(answer, ComparoError):
                    errors[start] = answer
                    back = min(back, start)  # nobody need know what comes after it
                else:
                    yield answer
        if errors:
            raise errors[min(errors)]

    def each(self, method: str, own: Work) -> list[Any]:
        """Have everybody do the same, and give all answers."""
        for worker in self._workers:
            worker.ask(method)
        answers = [_attempt(getattr(own, method)), *(worker.answer() for worker in self._workers)]
        for answer in answers:
            if isinstance(answer, ComparoError):
                raise answer
        return answers


@contextmanager
def crew(number: int, make: Callable[..., Work], *args: object) -> Iterator[Crew]:
    """Start workers, each with work that it makes itself, and wait for them to end."""
    workers: list[_Worker] = []
    context: Any = multiprocessing.get_context(start_method())
    gc.freeze()  # what is shared is not to be copied for the sake of looking at it
    try:
        with _undisturbed():
            for _ in range(number):
                mine, theirs = context.Pipe()
                others = [*(worker.pipe for worker in workers), mine]
                inherited = others if start_method() == "fork" else []
                given = theirs, inherited, make, args
                workers.append(
                    _Worker(context.Process(target=_work, args=given, daemon=True), mine)
                )
                workers[-1].process.start()
                theirs.close()
        yield Crew(workers)
    finally:
        gc.unfreeze()
        with _undisturbed():  # who stops it twice must not tidy up while others still write
            for worker in workers:
                worker.pipe.close()  # which tells it to end
            for worker in workers:
                if worker.process.pid:
                    worker.process.join()


def _work(
    pipe: Connection,
    inherited: list[Connection],
    make: Callable[..., Work],
    args: tuple[object, ...],
) -> None:
    """Do what is asked for, as long as there is anybody who could ask."""
    for number in STOPS:
        signal.signal(number, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    for end in inherited:  # or it would stay open when the employer dies
        end.close()
    gc.set_threshold(OBJECTS)
    employer = os.getppid()

    def check() -> None:
        if os.getppid() != employer:
            raise OrphanedError

    work: Any = None
    try:
        work = _attempt(make, check, *args)
        while True:
            method, *arguments = pipe.recv()
            failed = isinstance(work, ComparoError)
            pipe.send(work if failed else _attempt(getattr(work, method), *arguments))
    except (OrphanedError, EOFError, ConnectionError):
        if hasattr(work, "end"):
            work.end()


def _attempt(act: Callable[..., Any], *args: object) -> Any:
    try:
        return act(*args)
    except ComparoError as error:
        return error


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off what stops a command.

    A process just born does not know yet that it shall not, and one that ends takes a moment.
    """
    if not hasattr(signal, "pthread_sigmask"):  # pragma: no cover - Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _fate(status: int | None) -> str:
    return "killed" if status is None or status < 0 else "ended by an error of its own"
