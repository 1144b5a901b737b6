"""The benchmark measures what it says: the same pages from the same facts, by every program."""

import xml.etree.ElementTree as ET

import pytest

from tests.bench.chart import draw
from tests.bench.corpus import category_sizes, edited, make_corpus
from tests.bench.pages import differences, text_of
from tests.bench.report import as_data, as_text
from tests.bench.rounds import Results, measure, prepare


@pytest.fixture(scope="module")
def corpus():
    return make_corpus(products=20, pairs=40)


@pytest.fixture(scope="module")
def results(corpus, tmp_path_factory) -> Results:
    work = tmp_path_factory.mktemp("bench")
    contestants = prepare(corpus, work, binary=None)
    return measure(contestants, corpus, rounds=1, tell=lambda _what: None)


@pytest.mark.parametrize(
    ("products", "pairs"), [(2, 1), (20, 40), (500, 10_000), (2_000, 100_000), (30, 435)]
)
def test_categories_make_just_so_many_pairs(products, pairs):
    """Whatever is asked for, all products are used and no pair is missing or too many."""
    sizes = category_sizes(products, pairs)

    assert sum(sizes) == products
    assert sum(size * (size - 1) // 2 for size in sizes) == pairs


def test_the_corpus_is_the_same_everywhere(corpus):
    """The same numbers give the same products, twelve capabilities each, and the same pairs."""
    assert make_corpus(20, 40) == corpus
    assert {len(product.capabilities) for product in corpus.products} == {12}
    assert len(set(corpus.pairs)) == 40


def test_an_edit_changes_one_sentence(corpus):
    """What an edit changes is one description, and each edit changes it anew."""
    product = corpus.products[0]

    once, twice = edited(product, 1), edited(product, 2)

    assert once.capabilities[1:] == product.capabilities[1:]
    assert len({p.capabilities[0]["description"] for p in (product, once, twice)}) == 3


def test_both_programs_say_the_same(results):
    """Both write the pages of 40 pairs in both orders, of 20 products and of their alternatives.

    Measuring has compared their words, after an edit.
    """
    assert list(results.pages) == ["comparo", "plain Jinja2 script"]
    assert [size.files for size in results.pages.values()] == [120, 120]


def test_a_page_that_is_missing_is_told(corpus, tmp_path):
    """A program that leaves out an alternatives page is named, whatever else it writes."""
    contestants = prepare(corpus, tmp_path, binary=None)
    lazy = next(each for each in contestants if each.name == "plain Jinja2 script")
    (tmp_path / "plain/alternatives.json").write_text("{}", encoding="utf-8")

    with pytest.raises(SystemExit, match="plain Jinja2 script wrote 80 of 120 pages"):
        measure([lazy], corpus, rounds=1, tell=lambda _what: None)


def test_a_page_that_differs_is_told():
    """Two programs that do not say the same are named, with the page and the place."""
    said = {"one": {"products/b": "B: 62/100"}, "other": {"products/b": "B: 61/100"}}

    assert differences(said) == ["one and other differ on products/b: 'B: 62/100' is 'B: 61/100'"]


def test_text_is_compared_without_tags():
    """Tags and white space do not count, entities are read."""
    assert text_of("<p>Fast &amp;\n <b>free</b></p>\n") == "Fast & free"


def test_the_report_names_every_program(results, corpus):
    """The tables give each program's times, sizes and memory, and what only writing would take."""
    text = as_text(as_data(results, corpus, rounds=1))

    assert "40 pairs of 20 products" in text
    assert "every program writes 120 pages" in text
    assert text.count("\nplain Jinja2 script") == 2
    assert "only writing the files of comparo" in text


def test_the_chart_is_drawn(results, corpus):
    """The chart can be read as an image: a bar for each build, and one for only writing."""
    svg = ET.fromstring(draw(as_data(results, corpus, rounds=1)))  # noqa: S314 (our own)

    assert len(svg.findall(".//{*}rect")) == 7
