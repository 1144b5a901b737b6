"""What is remembered is what would be read: only sooner."""

import pytest

from comparo.cache import save
from comparo.content.memory import NAME, Memory
from comparo.content.reading import kind_of, pack, read_anew
from comparo.files import Files, Report

TEXTS = kind_of(tuple[str, ...])


@pytest.fixture
def folder(tmp_path):
    """Give a folder for what is kept."""
    return tmp_path / "kept"


@pytest.fixture
def site(files, write):
    """Give a site of three texts, and a function that reads them all and counts how many times."""
    for name in "abc":
        write(f"{name}.md", name)
    return Site(files.root)


class Site:
    """A site whose texts are read as their words; one that holds "!" is wrong, and "?" odd."""

    def __init__(self, root):
        self.root = root
        self.read = []
        self.said = []

    def look(self, memory, names="abc", given=b"", kind=TEXTS):
        """Go through the texts once; give what is read."""
        self.read, report = [], Report()
        files = Files(self.root, report)
        memory.begin()
        values = {
            name: memory.remember(files, name, lambda f, n=name: self.words(f, n), given, kind)
            for name in names
        }
        self.said = [str(problem) for problem in (*report.errors, *report.warnings)]
        return values

    def words(self, files, name):
        """Read the words of a text."""
        self.read.append(name)
        path = files.root / f"{name}.md"
        text = files.text(path)
        if "!" in text:
            files.report.error(files.place(path), "is wrong")
            return None
        if "?" in text:
            files.report.warn(files.place(path), "is odd")
        return tuple(text.split())


def test_only_what_changed_is_read_again(site):
    """The rest is the very object that it was."""
    memory = Memory()
    before = site.look(memory)
    (site.root / "b.md").write_text("B")

    after = site.look(memory)

    assert site.read == ["b"]
    assert after == {"a": ("a",), "b": ("B",), "c": ("c",)}
    assert after["a"] is before["a"]


def test_what_it_depends_on_besides_is_part_of_it(site):
    """With other settings, all is read anew."""
    memory = Memory()
    site.look(memory)

    site.look(memory, given=b"other")

    assert site.read == ["a", "b", "c"]


def test_problems_are_told_each_time(site):
    """A warning is told again though nothing is read; what is wrong is read until it is mended."""
    memory = Memory()
    (site.root / "a.md").write_text("a?")
    (site.root / "b.md").write_text("b!")

    for read in (["a", "b", "c"], ["b"], ["b"]):
        assert site.look(memory)["b"] is None
        assert site.read == read
        assert site.said == ["b.md: is wrong", "a.md: is odd"]


def test_what_was_saved_is_known_on_another_day(site, folder):
    """A later run reads nothing that is as it was, and tells what was told."""
    (site.root / "a.md").write_text("a?")
    memory = Memory(folder)
    before = site.look(memory)
    memory.save()

    after = site.look(Memory(folder))

    assert site.read == []
    assert after == before
    assert site.said == ["a.md: is odd"]


def test_what_has_no_kind_is_kept_for_a_run_only(site, folder):
    """Not all can be bytes."""
    memory = Memory(folder)
    site.look(memory, kind=None)
    site.look(memory, kind=None)
    assert site.read == []

    memory.save()

    site.look(Memory(folder), kind=None)
    assert site.read == ["a", "b", "c"]


def test_what_nobody_asked_for_is_forgotten(site, folder):
    """What was removed from the site does not stay in the cache for ever."""
    memory = Memory(folder)
    site.look(memory)
    memory.save()
    before = (folder / NAME).stat().st_size
    site.look(memory, "ab")

    memory.save()

    assert (folder / NAME).stat().st_size < before
    site.look(Memory(folder))
    assert site.read == ["c"]


def test_nothing_is_written_without_need(site, folder):
    """Where just that is kept, the file is not touched; nor is it for a few out of many."""
    names = [f"n{number}" for number in range(40)]
    for name in names:
        (site.root / f"{name}.md").write_text(name)
    memory = Memory(folder)
    site.look(memory, names)
    memory.save()
    before = (folder / NAME).stat()

    for changed in (0, 1, 2):
        if changed:
            (site.root / f"n{changed}.md").write_text("changed")
        site.look(memory, names)
        memory.save()
        assert (folder / NAME).stat() == before

    (site.root / "n3.md").write_text("changed")
    site.look(memory, names)
    memory.save()
    assert (folder / NAME).stat() != before


def test_a_broken_text_is_not_kept(site, folder):
    """What was wrong is read and told by the next run, too."""
    (site.root / "b.md").write_text("b!")
    memory = Memory(folder)
    site.look(memory)
    memory.save()

    site.look(Memory(folder))

    assert site.read == ["b"]
    assert site.said == ["b.md: is wrong"]


@pytest.mark.parametrize("kept", [None, 1, ["a"], {"a": 1}, {"a": b""}, {"a": b"\x95\xc0\xc0"}])
def test_an_odd_cache_costs_only_time(site, folder, kept):
    """Whatever lies there, what is read is what the files say."""
    save(folder, NAME, kept)

    assert site.look(Memory(folder)) == {"a": ("a",), "b": ("b",), "c": ("c",)}


def test_what_another_process_read_is_taken_over(site):
    """Its value and its problems count as if they had been read here."""
    memory = Memory()
    (site.root / "a.md").write_text("a?")
    files = Files(site.root, Report())
    reading = read_anew(files, lambda files: site.words(files, "a"), b"", TEXTS)
    memory.begin()

    memory.learn("a", pack(reading), TEXTS)

    assert memory.knows(files, "a", b"", TEXTS)
    assert not memory.knows(files, "b", b"", TEXTS)
    assert memory.remember(files, "a", lambda _: None, b"", TEXTS) == ("a?",)
    assert list(map(str, files.report.warnings)) == ["a.md: is odd"]


def test_a_folder_is_left_as_it_was_found(site, folder):
    """What is kept can be taken away again; to do so twice is no error."""
    memory = Memory(folder)
    site.look(memory)
    memory.save()

    Memory.forget(folder)
    Memory.forget(folder)

    assert list(folder.iterdir()) == []
