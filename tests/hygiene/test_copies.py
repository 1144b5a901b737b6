"""Texts that say the same are found, however many there are."""

import random
import string

from hypothesis import given
from hypothesis import strategies as st

from comparo.hygiene.copies import ALIKE, near_duplicates, repeats, shingles

TEXT = "Answers are checked while they are typed, and each field says what is wrong with it."


def test_a_text_is_nearly_another_but_for_a_word_or_its_dress():
    """Case, punctuation and a word at the end do not make a second text."""
    texts = ["Sorts boats by length.", TEXT, TEXT.upper().replace(",", ";"), f"{TEXT} Really."]

    assert list(near_duplicates(texts)) == [(2, 1), (3, 1)]


def test_texts_of_one_pattern_are_not():
    """What follows one pattern with other words says something else."""
    texts = [
        "Connects to Slack and sends a message for each new boat.",
        "Connects to Discord and posts a card for each late berth.",
        "Offline use.",
        "Offline use.",
    ]

    assert list(near_duplicates(texts)) == []


def test_a_part_repeats_the_whole():
    """A sentence taken out of a text says nothing new; one of its own does."""
    assert repeats("each field says what is wrong with it", TEXT)
    assert not repeats("each field says in red what its author has to mend", TEXT)
    assert not repeats("each field", TEXT)
    assert not repeats("", "")


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=14).map(" ".join), max_size=8))
def test_no_pair_is_missed(texts):
    """The index finds each text that an earlier one is nearly, as comparing all with all does."""
    sets = [shingles(text) for text in texts]
    first: dict[int, int] = {}
    for number, ours in enumerate(sets):
        for other in range(number):
            theirs = sets[other]
            if other not in first and ours and len(ours & theirs) >= ALIKE * len(ours | theirs):
                first[number] = other
                break

    assert dict(near_duplicates(texts)) == first


def test_many_texts_take_little_time():
    """A thousand long texts are compared without comparing each with each."""
    chance = random.Random(7)  # noqa: S311 (any texts will do)
    words = ["".join(chance.choices(string.ascii_lowercase, k=5)) for _ in range(2_000)]
    texts = [" ".join(chance.choices(words, k=120)) for _ in range(1_000)]

    assert list(near_duplicates([*texts, texts[500]])) == [(1_000, 500)]
