"""Two builds of one site do not mix."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from comparo.errors import OutputError
from comparo.output.lock import hold

HOLDER = """
import sys, time
from pathlib import Path
from comparo.output.lock import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@contextmanager
def holder(folder, seconds=60):
    """Run another process that holds the lock."""
    command = [sys.executable, "-c", HOLDER, str(folder), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_the_lock_lies_in_a_folder_that_is_made(tmp_path):
    """The folder need not be there; the lock says which process holds it."""
    with hold(tmp_path / ".comparo"):
        said = (tmp_path / ".comparo/lock").read_text()

    assert said == f"{os.getpid()}\n"


def test_a_lock_is_free_again(tmp_path):
    """Who lets go of the lock, by an error too, leaves it to the next."""
    with pytest.raises(ValueError, match="broken"), hold(tmp_path):
        raise ValueError("broken")

    with hold(tmp_path):
        pass


def test_a_second_build_is_told_who_holds_the_lock(tmp_path):
    """Another process at work is named by its id, at once."""
    with (
        holder(tmp_path) as other,
        pytest.raises(OutputError, match=rf"another comparo \(process {other.pid}\) is at work"),
        hold(tmp_path),
    ):
        pass


def test_a_second_build_in_the_same_process_is_refused_too(tmp_path):
    """A watch and a build in one process do not mix either."""
    with hold(tmp_path), pytest.raises(OutputError, match=str(os.getpid())), hold(tmp_path):
        pass


def test_a_second_build_waits_for_the_first(tmp_path):
    """Whoever may wait gets the lock as soon as the other ends."""
    with holder(tmp_path, seconds=0.3), hold(tmp_path, wait=30):
        said = (tmp_path / "lock").read_text()

    assert said == f"{os.getpid()}\n"


def test_waiting_ends(tmp_path):
    """Whoever waits in vain is told after that time."""
    began = time.monotonic()

    with holder(tmp_path), pytest.raises(OutputError, match="is at work"), hold(tmp_path, wait=0.2):
        pass

    assert time.monotonic() - began >= 0.2


def test_the_lock_of_a_dead_process_is_free(tmp_path):
    """A killed build keeps nobody out, though its id still stands in the file."""
    with holder(tmp_path) as other:
        other.send_signal(signal.SIGKILL)
        other.wait()

        with hold(tmp_path):
            said = (tmp_path / "lock").read_text()

    assert said == f"{os.getpid()}\n"


def test_a_holder_that_left_no_id_is_told_without_one(tmp_path):
    """Where the file does not say who holds the lock, the message does not either."""
    with holder(tmp_path):
        (tmp_path / "lock").write_text("\x1b[2J garbage")

        with pytest.raises(OutputError, match="lock: another comparo is at work"), hold(tmp_path):
            pass


def test_a_lock_whose_file_was_deleted_is_taken_anew(tmp_path):
    """The cache may be deleted while a build waits; it then locks the file that is there."""
    with holder(tmp_path):
        (tmp_path / "lock").unlink()

        with hold(tmp_path):
            said = (tmp_path / "lock").read_text()

    assert said == f"{os.getpid()}\n"


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    """Where no lock can be made, one clear line says so."""
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(OutputError, match="Not a directory"), hold(tmp_path / "file" / ".comparo"):
        pass


def test_a_read_only_place_is_told(read_only):
    """Where comparo may not write, one clear line says so."""
    with pytest.raises(OutputError, match="permission denied"), hold(read_only / ".comparo"):
        pass


def test_a_linked_cache_is_refused(tmp_path):
    """A cache that is a link, which a stranger's commit could bring, is not written through."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".comparo").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OutputError, match="is a link"), hold(tmp_path / ".comparo"):
        pass

    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_linked_lock_is_refused(tmp_path):
    """A lock that is a link is not written through."""
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / "lock").symlink_to(tmp_path / "mine")

    with pytest.raises(OutputError, match="lock:"), hold(tmp_path):
        pass

    assert (tmp_path / "mine").read_bytes() == b"mine"


def test_what_cannot_be_a_lock_is_refused_and_does_not_block(tmp_path):
    """A FIFO in place of the lock is told, not waited for."""
    os.mkfifo(tmp_path / "lock")

    with pytest.raises(OutputError, match="lock: Invalid argument"), hold(tmp_path):
        pass
