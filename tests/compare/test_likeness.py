"""Likeness is symmetric, between 0 and 1, and looks up no pair less than all pairs would give."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparo.compare.likeness import Said, alike, likeness, vectors

WORDS = (
    "search",
    "searching",
    "tags",
    "tagging",
    "auto",
    "photo",
    "photos",
    "the",
    "C++",
    "日本語",
)
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=6).map(" ".join)
SAID = st.lists(st.builds(Said, TEXTS, TEXTS), max_size=8)


def like(ours, theirs, *others):
    """Say how alike two texts are among others."""
    first, second, *_ = vectors([ours, theirs, *others])
    return likeness(first, second)


@given(SAID)
def test_likeness_is_symmetric_and_bounded(said):
    """The order of two texts does not matter, and no pair is off the scale."""
    for a, b in combinations(vectors(said), 2):
        assert likeness(a, b) == likeness(b, a)
        assert 0 <= likeness(a, b) <= 1


@given(st.builds(Said, TEXTS, TEXTS), SAID)
def test_what_is_equal_is_wholly_alike(one, others):
    """A text is wholly like itself, whatever else there is, and even where it says nothing."""
    assert like(one, one, *others) == 1


@given(SAID, st.floats(0.01, 1))
def test_no_pair_is_missed(said, least):
    """The index finds the very pairs that weighing each with each does."""
    texts = vectors(said)
    pairs = {(i, j): likeness(texts[i], texts[j]) for i, j in combinations(range(len(texts)), 2)}

    found = alike(texts, least)

    assert found == {pair: how for pair, how in pairs.items() if how >= least}


@given(SAID, st.integers(0, 8))
def test_pairs_among_the_first(said, among):
    """Where only the first are asked for, the pairs are those that one of them is in."""
    texts = vectors(said)

    found = alike(texts, 0.2, among)

    assert found == {pair: how for pair, how in alike(texts, 0.2).items() if pair[0] < among}


@given(SAID.flatmap(lambda said: st.tuples(st.just(said), st.permutations(range(len(said))))))
def test_the_order_of_texts_does_not_matter(drawn):
    """The same texts in another order are as alike."""
    said, order = drawn
    texts, turned = vectors(said), vectors([said[n] for n in order])

    for a, b in combinations(range(len(said)), 2):
        assert likeness(turned[a], turned[b]) == pytest.approx(
            likeness(texts[order[a]], texts[order[b]])
        )


OTHERS = (
    Said("Face recognition", "Finds people in photos."),
    Said("Full-text search", "Searches titles and notes."),
    Said("Sharing", "Albums are shared by a link."),
    Said("Backup", "Copies everything to a disk."),
)


def test_forms_of_a_word_meet():
    """Endings, and what follows the first letters of a name's words, hardly matter."""
    assert like(Said("Auto-tagging"), Said("Automatic tags"), *OTHERS) > 0.35
    assert like(Said("Auto-tagging"), Said("Dark mode"), *OTHERS) == 0


def test_the_less_is_said_the_more_must_agree():
    """One word in two is less than half of two well described capabilities."""
    short = like(Said("Photo search"), Said("Photo sharing"), *OTHERS)
    words = "one two three four five six seven eight nine ten"
    long = like(Said(f"Photo {words} search"), Said(f"Photo {words[:23]} sharing"), *OTHERS)

    assert short < 0.25 < long


def test_rare_words_weigh_more():
    """What all texts say tells two of them apart least."""
    common = [Said("Search", f"photo number {n}") for n in range(20)]

    rare = like(Said("Photo maps"), Said("Photo mapping"), *common)
    usual = like(Said("Photo maps"), Said("Photo films"), *common)

    assert rare > 0.9
    assert usual < 0.2


def test_words_that_fill_say_nothing():
    """Every product supports and offers; that makes no two of them alike."""
    assert like(Said("Support for maps"), Said("Support for films"), *OTHERS) == 0
    assert like(Said("Support"), Said("Supports"), *OTHERS) == 1
