"""Whoever reads is asked later whether all is as it was, and never says so wrongly."""

import os
import time

import pytest

from comparo.content import witness
from comparo.content.witness import Witness
from comparo.files import Files, Report

LONG_AGO = time.time_ns() - 60_000_000_000


@pytest.fixture
def look(files):
    """Give a function that looks at a folder as a reader of products does."""

    def look():
        witness = Witness(files.root, Report())
        folder = files.root / "folder"
        for path in witness.entries(folder):
            witness.read(path)
        witness.holds(folder / "about.md")
        return witness.seen

    return look


def anew(files):
    """Give the same files to somebody who knows nothing of them yet."""
    return Files(files.root, Report())


CHANGES = {
    "edited": lambda root: (root / "folder/a.md").write_text("B"),
    "gone": lambda root: (root / "folder/a.md").unlink(),
    "one more": lambda root: (root / "folder/c.md").touch(),
    "now there": lambda root: (root / "folder/about.md").touch(),
    "replaced": lambda root: (root / "folder/a.md").rename(root / "folder/b.md"),
    "no folder": lambda root: (root / "folder").rename(root / "elsewhere"),
}


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_shows(files, write, look, change):
    """Whatever happens to what was looked at, it is seen at a glance, and by looking again."""
    write("folder/a.md", "A")
    write("folder/b.md", "b")
    seen = look()
    time.sleep(0.01)  # a tick of the clock

    CHANGES[change](files.root)

    assert not seen.at_a_glance(anew(files))
    assert seen.again(anew(files)) is None


@pytest.mark.usefixtures("settled")
def test_what_is_as_it_was_is_known_at_a_glance(files, write, look):
    """Nothing is opened that was not touched."""
    write("folder/a.md", "A")
    seen = look()

    assert seen.at_a_glance(anew(files))
    assert seen.again(anew(files)) == seen


@pytest.mark.usefixtures("settled")
def test_what_was_only_touched_is_read_and_found_the_same(files, write, look):
    """A file that was saved without a change is the same, under a new stamp."""
    path = write("folder/a.md", "A")
    seen = look()
    time.sleep(0.01)
    path.write_text("A")

    now = seen.again(anew(files))

    assert not seen.at_a_glance(anew(files))
    assert now.answers == seen.answers
    assert now.at_a_glance(anew(files))


def test_a_young_file_is_read_each_time(files, write, look):
    """A change within a tick of the clock leaves the stamp as it is; a young one tells nothing."""
    path = write("folder/a.md", "A")
    seen = look()
    stamp = path.stat()
    path.write_text("B")
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    assert not seen.at_a_glance(anew(files))
    assert seen.again(anew(files)) is None


@pytest.mark.usefixtures("settled")
def test_a_set_back_clock_hides_no_change(files, write, look):
    """Who sets the time of a file back cannot set the time at which that was done."""
    path = write("folder/a.md", "A")
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    seen = look()
    time.sleep(0.01)
    path.write_text("B")
    os.utime(path, ns=(LONG_AGO, LONG_AGO))

    assert not seen.at_a_glance(anew(files))


@pytest.mark.usefixtures("settled")
def test_links_are_followed_each_time(files, write, look):
    """What a link leads to may change while the link stays as it is."""
    target = write("target.md", "A")
    write("folder/a.md", "A").with_name("b.md").symlink_to("../target.md")
    seen = look()

    assert not seen.at_a_glance(anew(files))
    assert seen.again(anew(files)) is not None
    target.write_text("B")
    assert seen.again(anew(files)) is None


def test_a_file_that_becomes_a_link_is_another(files, write, look):
    """A name in a list stays the same; what it stands for does not."""
    path = write("folder/a.md", "A")
    write("folder/b.md", "")
    seen = look()
    path.rename(files.root / "a.md")
    path.symlink_to("../a.md")

    assert seen.again(anew(files)) is None


@pytest.mark.usefixtures("settled")
def test_a_folder_that_was_moved_out_of_the_site_is_refused(files, write, tmp_path):
    """A file may be the very same, and yet no longer the site's."""
    write("up/folder/a.md", "A")
    reader = Witness(files.root, Report())
    reader.read(files.root / "up/folder/a.md")
    assert reader.seen.at_a_glance(anew(files))

    (files.root / "up").rename(tmp_path / "out")
    (files.root / "up").symlink_to(tmp_path / "out")

    assert not reader.seen.at_a_glance(anew(files))
    assert reader.seen.again(anew(files)) is None


@pytest.mark.usefixtures("settled")
def test_a_stream_is_known_by_its_stamp_only(files, write):
    """What is too large to be read twice is not read to be compared."""
    path = write("a.csv", "a")
    reader = Witness(files.root, Report())
    with reader.stream(path, 10) as stream:
        stream.read()

    assert reader.seen.at_a_glance(anew(files))
    assert reader.seen.again(anew(files)) is None


@pytest.mark.parametrize(
    "question", ["", "read \0", "shout a.md", "read ../../secret", "read /etc"]
)
def test_odd_questions_have_other_answers(files, write, question):
    """Whoever tampers with what was kept is not answered, and reads nothing outside the site."""
    write("../secret", "secret")
    seen = witness.Seen({question: witness.digest(b"secret")}, {})

    assert seen.again(anew(files)) is None
