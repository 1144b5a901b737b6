"""The index of words: what a word means is found, in pieces of any size."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparo.model import Pricing
from comparo.render.answers import Contents, Words
from comparo.render.lexicon import (
    DEPTH,
    LONGEST,
    NEAREST,
    ROOM,
    filters,
    shards,
    steps,
    words_of,
)
from tests.render.entries import Reader, merged, needs_of, product

numbers = st.lists(st.integers(1, 500), unique=True, min_size=1).map(sorted)
signed = numbers.flatmap(
    lambda all_: st.lists(st.booleans(), min_size=len(all_), max_size=len(all_)).map(
        lambda signs: [n if sign else -n for n, sign in zip(all_, signs, strict=True)]
    )
)
indexes = st.dictionaries(st.text("abé検", min_size=1, max_size=4), signed, max_size=20)


def reader(found, room=ROOM):
    cut = list(shards(found, room))
    pages = [Contents("", sorted(shard.prefix for shard in cut), {}), *map(Words, cut)]
    return Reader({page.url: page.render(None) for page in pages})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Feature Flags", ["feature", "flag"]),
        ("Full-text search, in C++ & C#!", ["full", "text", "search", "in", "c++", "c#"]),
        ("Crème brûlée", ["creme", "brulee"]),
        ("CRE\u0300ME", ["creme"]),
        ("Straßen", ["strassen"]),
        ("全文検索", ["全文", "文検", "検索"]),
        ("検", ["検"]),
        ("C言語 2.0", ["c", "言語", "2", "0"]),
        ("हिन्दी", ["हिन्दी"]),
        ("🚀", ["🚀"]),
        ("", []),
    ],
)
def test_words(text, words):
    """Words are folded as names are, and lose their accents; scripts without spaces are cut."""
    assert list(words_of(text)) == words


@given(indexes, st.integers(1, 400))
def test_every_word_is_found(found, room):
    """However small the pieces, each word leads to its needs, by name or not, and to no other."""
    data = reader(found, room)

    for word, all_ in found.items():
        assert merged(data.lists(word, begins=False)) == (
            {abs(n): n > 0 for n in all_},
            float("inf"),
        )
    assert data.lists("b" * 9, begins=False) == []


@given(indexes, st.integers(1, 400), st.text("abé検", min_size=1, max_size=3))
def test_every_beginning_is_found(found, room, start):
    """What is typed so far leads to the needs of all words that begin so, up to where it says."""
    met, end = merged(reader(found, room).lists(start, begins=True))

    lists = [all_ for word, all_ in found.items() if word.startswith(start)]
    meant = {abs(n): any(n in each for each in lists) for all_ in lists for n in map(abs, all_)}
    assert met == {n: named for n, named in meant.items() if n <= end}
    assert len(met) >= min(NEAREST, len(meant))


def test_pieces_are_small():
    """No piece holds more than there is room for, unless one word needs it."""
    found = {f"{a}{b}{c}": list(range(1, 90)) for a in "abc" for b in "abcdef" for c in "abcdef"}

    sizes = {p.prefix: len(Words(p).render(None)) for p in shards(found, 2000)}

    assert max(sizes.values()) < 2000 + 2 * NEAREST
    assert len(sizes) > 10


def test_names_of_pieces_are_safe_and_short():
    """Any letters make a name that every file system takes, and no two pieces have one."""
    found = {f"{'検' * 90}{n}": [n] for n in range(1, 50)} | {"con": [1], "c++": [2]}

    made = [Words(shard).url.removeprefix("/search/data/") for shard in shards(found, 1)]

    assert len(set(made)) == len(made)
    assert all(re.fullmatch(r"words-[a-z0-9_]*\.json", name) for name in made)
    assert max(map(len, made)) <= len("words-.json") + DEPTH * len("_20000_")


def test_a_long_list_keeps_the_best():
    """Of a word that very many needs have, the first are kept, and that there are more is said."""
    data = reader({"common": range(1, LONGEST + 2), "rare": [LONGEST + 1]})

    assert merged(data.lists("common", begins=False))[1] == LONGEST
    assert data.find("common rare") == [LONGEST + 1]


def test_steps_need_not_end():
    """A list that is whole has no mark at its end."""
    assert steps([2, -3], 2) == [2, -1]
    assert steps([2, -3, 4], 2) == [2, -1, 0]
    assert steps([], 2) == []


def test_filters_ask_for_one_product():
    """Category and price count together only where one product has both."""
    products = [
        product("a", "Shared", categories=("notes",), pricing=Pricing("free")),
        product("b", "Shared", "Own", categories=("wikis",), pricing=Pricing("paid")),
    ]
    (own, shared), _ = needs_of(products)

    found = filters([shared, own])

    assert found == {
        ("notes", ""): [1],
        ("", "free"): [1],
        ("", "start"): [1],
        ("notes", "free"): [1],
        ("notes", "start"): [1],
        ("wikis", ""): [1, 2],
        ("", "paid"): [1, 2],
        ("wikis", "paid"): [1, 2],
    }
