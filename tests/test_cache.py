"""The cache saves time; whatever happens to it, it never decides what is true."""

import os

import pytest

from comparo.cache import digest, load, save

KEPT = {"page": [b"key", 1, 2], "text": "words"}


def test_what_is_saved_is_there_again(tmp_path):
    """Numbers, texts, bytes, lists and mappings come back as they were."""
    save(tmp_path / ".comparo", "pages", KEPT)

    assert load(tmp_path / ".comparo", "pages") == KEPT


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda data: data[:-1],
        lambda data: data[:40] + b"\x00" + data[41:],
        lambda data: b"0" * 16 + data[16:],
        lambda data: data[:32] + b"\x91" * 10_000,
    ],
)
def test_what_is_torn_or_of_another_version_counts_for_nothing(tmp_path, spoil):
    """A byte that is not as it was saved, and the whole file is forgotten."""
    save(tmp_path, "pages", KEPT)
    file = tmp_path / "pages"
    file.write_bytes(spoil(file.read_bytes()))

    assert load(tmp_path, "pages") is None


def test_what_was_never_saved_is_nothing(tmp_path):
    """A missing file, and a folder in its place, are no cache."""
    (tmp_path / "folder").mkdir()

    assert load(tmp_path, "pages") is None
    assert load(tmp_path, "folder") is None


def test_nobody_waits_for_a_cache(tmp_path):
    """A FIFO in its place, to which nobody writes, is no cache."""
    os.mkfifo(tmp_path / "pages")

    assert load(tmp_path, "pages") is None


def test_a_folder_that_cannot_be_written_costs_only_time(read_only):
    """Where nothing can be kept nothing is, and nobody fails for it."""
    save(read_only, "pages", KEPT)

    assert load(read_only, "pages") is None


def test_parts_are_told_apart():
    """The same bytes in other parts are something else."""
    assert digest(b"ab", b"c") != digest(b"a", b"bc")
