"""A file is what it was recorded to be only if nobody has touched it since."""

import os

import pytest

from comparo.output.records import Records

KEY = b"k" * 16


@pytest.fixture
def output(tmp_path):
    folder = tmp_path / "output"
    folder.mkdir()
    (folder / "page.html").write_text("words")
    return folder


def recorded(tmp_path, output, key=KEY):
    """Record the page, and read the records again."""
    records = Records(tmp_path / ".comparo", output)
    records.save({"page.html": records.of("page.html", key)})
    return Records(tmp_path / ".comparo", output)


def test_an_untouched_file_of_the_same_make_is_current(tmp_path, output):
    """Made of the same, and as it was left: it need not be made again."""
    assert recorded(tmp_path, output).current("page.html", KEY)


def test_a_file_made_of_something_else_is_not_current(tmp_path, output):
    """Another key is another page."""
    assert not recorded(tmp_path, output).current("page.html", b"other")


def overwrite(path):
    path.write_text("Words")


def overwrite_in_the_same_instant(path):
    found = path.stat()
    path.write_text("wrong")
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def replace_by_a_link(path):
    path.rename(path.with_name("other.html"))
    path.symlink_to(path.with_name("other.html"))


@pytest.mark.parametrize(
    "touch",
    [overwrite, overwrite_in_the_same_instant, replace_by_a_link, lambda path: path.unlink()],
)
def test_a_file_that_somebody_touched_is_not_current(tmp_path, output, touch):
    """Whatever was done to it, and however its time was set, it is made and compared again."""
    records = recorded(tmp_path, output)

    touch(output / "page.html")

    assert not records.current("page.html", KEY)


def test_each_output_has_its_own_records(tmp_path, output):
    """Two folders that one site is built to do not answer for each other."""
    recorded(tmp_path, output)
    other = tmp_path / "other"
    other.mkdir()
    (other / "page.html").write_text("words")

    assert not Records(tmp_path / ".comparo", other).current("page.html", KEY)


def test_records_can_be_forgotten(tmp_path, output):
    """After cleaning, nothing is known."""
    recorded(tmp_path, output)

    Records.forget(tmp_path / ".comparo")

    assert not Records(tmp_path / ".comparo", output).current("page.html", KEY)


def test_a_file_of_the_far_future_is_recorded_as_well(tmp_path, output):
    """A clock that was wrong when a file was saved is no reason to fail."""
    os.utime(output / "page.html", (32_503_680_000, 32_503_680_000))

    assert recorded(tmp_path, output).current("page.html", KEY)


def test_all_stand_or_not(tmp_path, output):
    """One file that somebody touched, and it is not the output that was recorded."""
    records = recorded(tmp_path, output)

    before = records.stand()
    overwrite(output / "page.html")

    assert before
    assert not records.stand()
