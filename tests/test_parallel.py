"""Work that is dealt out to processes: who does it, how errors come back, and how they all end."""

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import time

import pytest

from comparo.errors import ContentError, Place, Problem, ThemeError
from comparo.parallel import LostError, cores, crew, searching_seldom, start_method


class Adding:
    """Work to try workers with: sums of numbers, some of which cannot be added."""

    def __init__(self, _check, wrong=()):
        self.wrong = wrong
        self.total = 0

    def add(self, start, stop):
        """Add some numbers to the sum."""
        for number in range(start, stop):
            if number in self.wrong:
                raise ThemeError(f"{number} is wrong")
            self.total += number
        return self.total

    def sum(self):
        """Give the sum."""
        return self.total

    def whose(self):
        """Tell who does the work, and what would stop it."""
        return os.getpid(), signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)

    def die(self):
        """Be killed."""
        os.kill(os.getpid(), signal.SIGKILL)

    def end(self):
        """Leave nothing behind."""


class Idle(Adding):
    """Work of one who leaves all to others."""

    def die(self):
        """Live on."""

    def misspelt(self):
        """Do nothing, but be there."""


OWN = Idle(lambda: None)


class Leaving(Adding):
    """Work that leaves a note when it ends."""

    def __init__(self, check, folder):
        super().__init__(check)
        self.folder = folder

    def end(self):
        """Leave a note."""
        (self.folder / str(os.getpid())).touch()


def refuse(_check):
    raise ContentError(Problem(Place("site.yaml", 1), "is odd"), Problem(Place("b"), "too"))


@pytest.fixture(params=["fork", "spawn"])
def start(request):
    """Start processes in one way and then in the other."""
    before = multiprocessing.get_start_method(allow_none=True)
    multiprocessing.set_start_method(request.param, force=True)
    yield request.param
    multiprocessing.set_start_method(before, force=True)


def test_there_are_cores():
    """This process may use at least the core that it runs on."""
    assert cores() >= 1


def test_processes_are_born_with_all_that_is_known_where_that_is_safe():
    """Linux forks; elsewhere it is not safe, and each begins with nothing."""
    assert start_method() == ("fork" if sys.platform == "linux" else "spawn")


@pytest.mark.usefixtures("start")
@pytest.mark.parametrize("number", [0, 1, 3])
@pytest.mark.parametrize(("piece", "run"), [(10, 0), (7, 50), (300, 0)])
def test_all_that_is_shared_is_done_once(number, piece, run):
    """However many there are, together they add each number once."""
    own = Adding(None)

    with crew(number, Adding) as workers:
        answers = list(workers.share("add", own, 200, piece=piece, run=run))
        totals = workers.each("sum", own)

    assert len(answers) >= 200 / max(piece, run)
    assert len(totals) == number + 1
    assert sum(totals) == sum(range(200))


def test_nothing_to_share():
    """Where there is no work, nobody is asked."""
    with crew(2, Adding) as workers:
        assert list(workers.share("add", OWN, 0, piece=10)) == []


@pytest.mark.usefixtures("start")
def test_workers_leave_it_to_their_employer_to_stop():
    """Each is a process of its own, and neither Ctrl-C nor SIGTERM disturbs it."""
    with crew(2, Adding) as workers:
        _, *found = workers.each("whose", OWN)

    assert len({os.getpid(), *(pid for pid, _, _ in found)}) == 3
    assert {handler for _, *handlers in found for handler in handlers} == {signal.SIG_IGN}


@pytest.mark.usefixtures("start")
@pytest.mark.parametrize("wrong", [{42, 57, 63, 199}, {42, 43}, {42, *range(100, 200)}])
def test_of_several_errors_the_first_in_order_is_raised(wrong):
    """What is raised is what would have been, had one process done it all."""
    with (
        pytest.raises(ThemeError, match=r"^42 is wrong$"),
        crew(3, Adding, wrong) as workers,
    ):
        list(workers.share("add", Adding(None, wrong), 200, piece=10, run=20))


def test_an_error_in_what_all_do_is_raised():
    """One that cannot do what it is asked is enough."""
    with crew(2, refuse) as workers, pytest.raises(ContentError) as failure:
        workers.each("sum", OWN)

    assert [str(problem) for problem in failure.value.problems] == ["site.yaml:1: is odd", "b: too"]


@pytest.mark.usefixtures("start")
def test_a_worker_that_is_killed_is_missed():
    """A process that is gone is told in one line, and the others end."""
    with pytest.raises(LostError, match="was killed; try again"), crew(2, Adding) as workers:
        workers.each("die", OWN)

    assert multiprocessing.active_children() == []


def test_a_worker_that_errs_is_missed(capfd):
    """A mistake of the program's own is shown where it happened, and ends the work."""
    with pytest.raises(LostError, match="an error of its own"), crew(1, Adding) as workers:
        workers.each("misspelt", OWN)

    assert "AttributeError" in capfd.readouterr().err


@pytest.mark.usefixtures("start")
def test_workers_tidy_up(tmp_path):
    """Whether all went well or not, each ends what it began before it goes."""
    with pytest.raises(KeyboardInterrupt), crew(3, Leaving, tmp_path):
        raise KeyboardInterrupt

    assert len(list(tmp_path.iterdir())) == 3
    assert multiprocessing.active_children() == []


EMPLOYER = """
import sys, time
from pathlib import Path
from comparo.parallel import crew
from tests.test_parallel import OWN, Leaving
with crew(3, Leaving, Path(sys.argv[1])) as workers:
    workers.each("sum", OWN)
    print("begun", flush=True)
    time.sleep(60)
"""


def test_workers_do_not_outlive_their_employer(tmp_path):
    """Where the process that gave the work is killed, all others tidy up and go."""
    command = [sys.executable, "-c", EMPLOYER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"begun\n"
        process.kill()
        process.stdout.read()  # to its end: nobody holds it open any more

    deadline = time.monotonic() + 30
    while len(list(tmp_path.iterdir())) < 3:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_garbage_is_searched_for_as_before_when_all_is_done():
    """What is set for a build is not left behind."""
    before = gc.get_threshold()

    with searching_seldom():
        during = gc.get_threshold()

    assert during[0] > before[0]
    assert gc.get_threshold() == before
