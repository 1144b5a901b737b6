"""What the browser asks for: every need is found by its words, and never for much."""

import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from comparo.compare.pairing import Pair
from comparo.model import Capability, Pricing, Search, Topic
from comparo.render.answers import met_by, named, search_data
from comparo.render.lexicon import words_of
from comparo.render.links import Pairs
from comparo.render.needs import MEMBERS, by_standing
from tests.render.entries import (
    PRICES,
    Reader,
    entries_of,
    many_needs,
    needs_of,
    product,
    words_about,
)

TOPICS = [Topic("sharing", "Sharing", ("share things",)), Topic("search", "Full-text search")]
TEXTS = [
    "Share things",
    "Full-Text Search",
    "C++ & C#",
    "Crème brûlée",
    "全文検索",
    "Cafés",
    "🚀 x",
]

texts = st.sampled_from(TEXTS)
capabilities = st.lists(
    st.tuples(texts, st.sampled_from(["", "sharing", "unknown"]), st.lists(texts, max_size=1)),
    max_size=4,
).map(
    lambda rows: [
        Capability(f"c{n}", name, topic=topic, intents=tuple(intents))
        for n, (name, topic, intents) in enumerate(rows)
    ]
)
sites = st.lists(capabilities, min_size=1, max_size=5).map(
    lambda lists: [
        product(f"p{n}", *each, categories=("notes", "wikis")[: n % 3], pricing=Pricing(PRICES[n]))
        for n, each in enumerate(lists)
    ]
)
searches = st.lists(
    st.builds(
        Search,
        query=texts,
        product=st.sampled_from(["p0", "p1"]),
        capability=st.sampled_from(["", "c0"]),
        count=st.integers(1, 9),
    ),
    max_size=5,
)


def read(needs, graph, pairs=()):
    ranked, meets = entries_of(needs), met_by(needs)
    products = [named(n, entry, meets, Pairs(pairs)) for n, entry in enumerate(ranked, 1)]
    pages = [*search_data(needs, graph, ranked), *products]
    return Reader({page.url: page.render(None) for page in pages})


@given(sites, searches, st.lists(texts, min_size=1, max_size=2).map(" ".join))
def test_every_need_is_found_by_its_words(products, rows, query):
    """What holds all words of a query is found, and nothing else is."""
    rows = [row for row in rows if row.product in {each.slug for each in products}]
    needs, graph = needs_of(products, TOPICS, rows)

    found = read(needs, graph).find(query)

    wanted = set(words_of(query))
    ordered = by_standing(needs)
    assert [ordered[n - 1].label for n in found] == [
        need.label for need in ordered if wanted <= words_about(need, graph)
    ]


def test_a_record_says_what_is_known():
    """What nobody searched for says nothing of searches; a need with a page leads there."""
    searched = product("a", "Boards", "Board views", name="A <b>")
    many = [product(f"p{n}", "Shared") for n in range(MEMBERS + 1)]
    rows = [Search("boards", "a", count=3), Search("views", "a", count=2)]

    reader = read(*needs_of([searched, *many], (), rows))
    records = {record["label"]: record for record in reader.show([1, 2, 3])}

    assert records["Boards"] == {
        "label": "Boards",
        "times": 3,
        "members": [
            {
                "product": "A <b>",
                "slug": "a",
                "capability": "Boards",
                "id": "c0",
                "categories": [],
                "pricing": "unknown",
                "price": "",
                "rank": "Unrated",
            }
        ],
    }
    assert records["Board views"]["likely"] == 2
    assert 0.5 <= records["Board views"]["surety"] < 1
    assert records["Shared"]["page"] == "search/name-shared/"
    assert records["Shared"]["products"] == MEMBERS + 1
    assert len(records["Shared"]["members"]) == MEMBERS


def test_a_record_has_something_for_each_filter():
    """Of a need that many meet, one of each category and price is kept, best first."""
    many = [product(f"p{n}", "Shared", categories=("notes",)) for n in range(20)]
    odd = product("odd", "Shared", categories=("wikis",))

    (record,) = read(*needs_of([*many, odd])).show([1])

    slugs = [member["slug"] for member in record["members"]]
    assert slugs == [*(f"p{n}" for n in range(MEMBERS - 1)), "odd"]


def test_a_record_begins_with_what_is_searched_most():
    """Who was found by a search stands before who ranks higher."""
    products = [product("a", "Shared"), product("b", "Shared")]

    (record,) = read(*needs_of(products, (), [Search("shared", "b")])).show([1])

    assert [member["slug"] for member in record["members"]] == ["b", "a"]


def test_only_filters_that_leave_something_are_there():
    """Which prices there are in which category is said, so that no other file is asked for."""
    products = [
        product("a", "A", categories=("notes",), pricing=Pricing("free")),
        product("b", "B", categories=("wikis",), pricing=Pricing("paid")),
    ]

    reader = read(*needs_of(products))

    said = reader.load("index")["filters"]
    assert said == {
        "": ["free", "paid", "start"],
        "notes": ["any", "free", "start"],
        "wikis": ["any", "paid"],
    }
    assert reader.find("a", "free-notes") == [1]
    assert "/search/data/filter-paid-notes.json" not in reader.files


def test_a_product_is_found_by_its_name():
    """What is on file of it says which needs it meets, by which capability."""
    products = [product("b", "Shared", name="The Book Stack"), product("a", "Shared", "Own")]

    reader = read(*needs_of(products))

    (numbers,) = reader.lists("book", begins=False, kind="names")
    assert reader.lists("the", begins=False, kind="names") == []
    named = reader.load(f"product-{numbers[0]}")
    assert (named["product"], named["slug"]) == ("The Book Stack", "b")
    assert named["meets"] == {"1": {"capability": "Shared", "id": "c0"}}
    assert named["pairs"] == []


def test_pairs_are_listed_where_there_are_fewer():
    """A pair stands once, at the product that is in fewer, so no list grows with the site."""
    products = [product(slug, "Shared") for slug in "abcd"]
    pairs = [Pair("a", other) for other in "bcd"]

    reader = read(*needs_of(products), pairs)

    listed = [reader.load(f"product-{n}") for n in range(1, 5)]
    assert {each["slug"]: each["pairs"] for each in listed} == {
        "a": [],
        "b": ["a-vs-b"],
        "c": ["a-vs-c"],
        "d": ["a-vs-d"],
    }


def test_numbering_anew_makes_a_new_edition():
    """Files of two builds are told apart where their numbers mean different needs."""
    one = read(*needs_of([product("a", "A", "B")])).load("index")["edition"]
    same = read(*needs_of([product("a", "A", "B", summary=None)])).load("index")["edition"]
    other = read(*needs_of([product("a", "B", "C")])).load("index")["edition"]

    assert one == same != other


@settings(max_examples=5)
@given(st.integers(1, 5))
def test_the_data_is_the_same_each_time(count):
    """The same needs give the same bytes."""
    needs, graph, _ = many_needs(count * 24)

    assert read(needs, graph).files == read(needs, graph).files


def queries(vocabulary):
    """Give queries of all kinds, with a filter for some, and whether the last word is typed."""
    chance = random.Random(3)  # noqa: S311 (any words will do)
    common, any_ = vocabulary[:40], vocabulary[:8000]
    for word in common:
        yield word, "", False
        yield " ".join(chance.sample(common, 6)), "", True
        yield " ".join(chance.sample(common, 6)), "open_source", True
        yield " ".join(chance.sample(any_, 6)), "any-category-7", True
        yield chance.choice(any_)[:2], "free-category-3", True


def test_a_query_loads_little():
    """At 100,000 capabilities the data is made in seconds, and no query loads 100 KB of it."""
    needs, graph, vocabulary = many_needs(100_000)
    start = time.process_time()

    files = read(needs, graph).files

    assert time.process_time() - start < 10
    assert not [name for name, data in files.items() if b"null" in data or b"NaN" in data]
    weights = []
    for query, kind, typed in queries(vocabulary):
        reader = Reader(files)
        found = reader.find(query, kind, typed=typed)
        reader.show((found or reader.some)[:20])
        weights.append(reader.weight)
    assert len(weights) == 200
    assert max(weights) < 100_000
    assert sum(weights) / len(weights) < 50_000
    assert heaviest(files) < 100_000


def heaviest(files):
    """Weigh a query that meets the largest files of each kind: six words, of which one is typed."""
    reader = Reader(files)
    largest = sorted(files, key=lambda name: -len(files[name]))
    kinds = {"words": 7, "names": 7, "product": 4, "needs": 20, "filter": 1, "filter-any": 2}
    for kind, count in {**kinds, "index": 1}.items():
        reader.asked |= set([name for name in largest if f"/data/{kind}" in name][:count])
    return reader.weight
