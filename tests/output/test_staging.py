"""Staging: all of a build's files or none, whenever it is cut short."""

import signal
from contextlib import suppress

import pytest

from comparo.output.files import TEMPORARY
from comparo.output.manifest import Manifest
from comparo.output.staging import Staging, Undertaking


@pytest.fixture
def alarm():
    """Give a way to be interrupted, as by Ctrl-C, in so many seconds."""
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    yield lambda seconds: signal.setitimer(signal.ITIMER_REAL, seconds)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # files left open
@pytest.mark.parametrize("step", range(40))
def test_a_first_build_that_is_cut_short_leaves_nothing_behind(tmp_path, alarm, step):
    """Interrupted at any point, there are no files, or a list that says whose they are."""
    paths = [f"compare/{number}/index.html" for number in range(200)]

    mark = Manifest(frozenset(paths), finished=False)
    staging = Staging(tmp_path, paths.__getitem__, mark)

    with suppress(KeyboardInterrupt), Undertaking(staging, otherwise=Manifest()):
        alarm(0.0002 * (step + 1))
        for number, path in enumerate(paths):
            staging.put(number, path, b"data")
        alarm(0)

    left = [path.name for path in tmp_path.iterdir() if not TEMPORARY.fullmatch(path.name)]
    assert left == [] or Manifest.load(tmp_path).paths == mark.paths
