"""A word that was mistyped is told from one that only looks alike."""

import pytest

from comparo.hygiene.spelling import misspelt


@pytest.mark.parametrize(
    "word",
    ["analytic", "analyticss", "anolytics", "anlaytics", "nalytics", "ana-lytics"],
)
def test_one_slip_is_a_misspelling(word):
    """One letter too few, too many, wrong or in the wrong place is a slip."""
    assert list(misspelt(["analytics", "analytics", word])) == [(word, "analytics")]


@pytest.mark.parametrize(
    ("word", "other"),
    [("crm", "cms"), ("python-2", "python-3"), ("wiki", "wikis"), ("cloud", "close"), ("b", "a")],
)
def test_two_words_are_not(word, other):
    """Short words, numbers and words two letters apart mean what they say."""
    assert list(misspelt([other, other, word])) == []


def test_what_several_use_is_meant():
    """A word that stands twice is no slip, nor has a slip another slip for its right form."""
    assert list(misspelt(["chart", "chart", "charts", "charts"])) == []
    assert list(misspelt(["chart", "charts"])) == []


def test_what_is_declared_is_meant():
    """A declared word is right, and what others were meant to be."""
    assert list(misspelt(["charts"], ["chart"])) == [("charts", "chart")]
    assert list(misspelt(["chart", "charts", "charts"], ["chart"])) == []


def test_of_two_near_words_the_common_one_is_meant():
    """Where two words are near, more products decide, then the alphabet."""
    assert list(misspelt(["rating", "rating", "gating", "gating", "gating", "mating"])) == [
        ("mating", "gating")
    ]
    assert list(misspelt(["rating", "rating", "gating", "gating", "mating"])) == [
        ("mating", "gating")
    ]
