"""Products may be read here or by other processes, and are the same."""

import pytest

from comparo.content.catalogue import changed, name_of, read_encoded, read_products
from comparo.content.memory import Memory
from comparo.content.products import product_folders
from comparo.content.recall import PRODUCT
from comparo.content.settings import UNREAD
from comparo.files import Files, Report


@pytest.fixture
def folders(files, write):
    """Give the folders of three products, of which one is odd and one is wrong."""
    for slug, line in (("alpha", ""), ("beta", "odd: 1"), ("gamma", 'rank: "\\ud800"')):
        write(f"content/products/{slug}/product.yaml", f"name: A\n{line}\n")
    return product_folders(files, files.root / "content/products")


def test_who_reads_makes_no_difference(files, folders):
    """Products and problems from another process are those that would be read here."""
    here, there = Files(files.root, Report()), Files(files.root, Report())
    told = []
    expected = read_products(here, folders, UNREAD, Memory(), lambda *done: told.append(done))
    memory = Memory()

    for slug in changed(there, folders, UNREAD, memory):
        data = read_encoded(there.root, folders[slug], UNREAD)
        memory.learn(name_of(slug), data, PRODUCT)
    products = read_products(there, folders, UNREAD, memory, lambda *_: None)

    assert [product.slug for product in products] == ["alpha", "beta"]
    assert products == expected
    assert there.report == here.report
    assert (len(here.report.errors), len(here.report.warnings)) == (1, 1)
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_only_what_changed_is_to_be_read(files, folders, write):
    """Of many products few change, and what is wrong is read again as well."""
    memory = Memory()
    read_products(files, folders, UNREAD, memory, lambda *_: None)
    write("content/products/alpha/product.yaml", "name: B")
    memory.begin()

    assert changed(files, folders, UNREAD, memory) == ["alpha", "gamma"]
