"""The language model runs here, without a network, and a missing one is told."""

import sys

import pytest

from comparo.embeddings import near
from comparo.errors import UsageError

TEXTS = (
    "Photo backup. Uploads pictures from your phone.",
    "Image backup. Uploads photos from phones in the background.",
    "Dark mode. Shows light letters on a dark ground.",
    "Photo backup. Uploads pictures from your phone.",
)


def test_meaning_is_near():
    """Words that mean the same are near, others are not, and what is equal is wholly alike."""
    found = near(TEXTS, 0.1, 4)

    assert found[0, 3] == pytest.approx(1, rel=1e-4)
    assert found[0, 1] == pytest.approx(found[1, 3], rel=1e-4)
    assert 0.2 < found[0, 1] < 1
    assert not {(0, 2), (1, 2), (2, 3)} & found.keys()
    assert all(0 <= like <= 1 for like in found.values())


def test_pairs_among_the_first():
    """One of each pair is among the first, and there is nothing to find in nothing."""
    assert near(TEXTS, 0.1, 1).keys() == {(0, 1), (0, 3)}
    assert near(TEXTS, 0.1, 0) == near([], 0.1, 0) == {}


def test_a_missing_library_is_told(monkeypatch):
    """Without the extra, the message says what to install."""
    monkeypatch.setitem(sys.modules, "wordllama", None)

    with pytest.raises(UsageError, match=r"pip install 'comparo\[embeddings\]'"):
        near(TEXTS, 0.1, 4)


def test_a_missing_model_is_told(monkeypatch, tmp_path):
    """A library without its model does not go and fetch one."""
    import wordllama

    monkeypatch.setattr(wordllama, "__file__", str(tmp_path / "__init__.py"))

    with pytest.raises(UsageError, match="brings no model"):
        near(TEXTS, 0.1, 4)
