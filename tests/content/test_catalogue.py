"""Products may be read here or by other processes, and are the same."""

import multiprocessing

import pytest

from comparo.content import catalogue
from comparo.content.catalogue import read_products
from comparo.content.memory import Memory
from comparo.content.products import product_folders
from comparo.content.settings import UNREAD
from comparo.files import Files, Report
from comparo.parallel import LostError

MANY = 45


@pytest.fixture
def folders(files, write):
    """Give the folders of many products, of which some are odd and some are wrong."""
    for number in range(MANY):
        line = {3: "odd: 1", 21: 'rank: "\\ud800"', 44: "name: again"}.get(number % 45, "rank: 5")
        text = f"name: A {number}\n{line}\nattributes: {{born: 2026-01-0{number % 9 + 1}}}\n"
        write(f"content/products/product-{number:02d}/product.yaml", text)
    return product_folders(files, files.root / "content/products")


@pytest.fixture(params=["fork", "spawn"])
def start(request, monkeypatch):
    """Start processes in one way and then in the other, however few products there are."""
    monkeypatch.setattr(catalogue, "WORTH", 1)
    monkeypatch.setattr(catalogue, "LEARNING", 1)
    before = multiprocessing.get_start_method(allow_none=True)
    multiprocessing.set_start_method(request.param, force=True)
    yield request.param
    multiprocessing.set_start_method(before, force=True)


def read(files, folders, memory, *, jobs, progress=lambda *_: None):
    """Read the products; give them, and what is wrong in the order in which it was told."""
    there = Files(files.root, Report())
    products = read_products(there, folders, UNREAD, memory, progress, jobs)
    return products, [str(p) for p in (*there.report.errors, *there.report.warnings)]


@pytest.mark.usefixtures("start")
@pytest.mark.parametrize("jobs", [2, 4])
def test_who_reads_makes_no_difference(files, folders, jobs):
    """Products and problems from other processes are those that would be read here."""
    alone, wrong = read(files, folders, Memory(), jobs=1)

    together, told = read(files, folders, Memory(), jobs=jobs)

    assert together == alone
    assert [repr(product) for product in together] == [repr(product) for product in alone]
    assert [p.attributes["born"].place for p in together] == [
        p.attributes["born"].place for p in alone
    ]
    assert told == wrong
    assert (len(alone), len(wrong)) == (MANY - 2, 3)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("worth", [1, 1000])
def test_all_that_is_read_is_counted(files, folders, monkeypatch, jobs, worth):
    """Who waits is told of more and more products, up to the last, by whomever they are read."""
    monkeypatch.setattr(catalogue, "WORTH", worth)
    told = []

    read(files, folders, Memory(), jobs=jobs, progress=lambda *done: told.append(done))

    assert told == sorted(set(told))
    assert told[-1] == (MANY, MANY)
    assert len(told) >= MANY / catalogue.BATCH


@pytest.mark.usefixtures("start")
def test_only_what_changed_is_read_by_others(files, folders, write):
    """The rest is the very object that it was."""
    memory = Memory()
    before, _ = read(files, folders, memory, jobs=1)
    write("content/products/product-00/product.yaml", "name: B")
    memory.begin()

    after, _ = read(files, folders, memory, jobs=2)

    assert after[0].name == "B"
    assert [new is old for new, old in zip(after, before, strict=True)] == [False] + [True] * (
        len(before) - 1
    )


@pytest.mark.usefixtures("start")
def test_what_others_read_is_known_on_another_day(files, folders, tmp_path):
    """It is kept as what was read here is, and a file that changed since is read again."""
    memory = Memory(tmp_path / "kept")
    before, _ = read(files, folders, memory, jobs=2)
    memory.save()
    path = folders["product-07"] / "product.yaml"
    path.write_text(path.read_text().replace("A 7", "B 7"))

    after, _ = read(files, folders, Memory(tmp_path / "kept"), jobs=1)

    assert [new.name for new, old in zip(after, before, strict=True) if new != old] == ["B 7"]


@pytest.mark.usefixtures("start")
def test_a_reader_that_is_killed_is_missed(files, folders):
    """It is told in one line, and nobody is left."""

    def kill(*_done):
        for process in multiprocessing.active_children():
            process.kill()

    with pytest.raises(LostError, match=r"^a process that helped was killed; try again.*$"):
        read(files, folders, Memory(), jobs=2, progress=kill)

    assert multiprocessing.active_children() == []


@pytest.mark.usefixtures("start")
def test_reading_can_be_stopped(files, folders):
    """Ctrl-C ends all that read."""

    def stop(*_done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(files, folders, Memory(), jobs=2, progress=stop)

    assert multiprocessing.active_children() == []
