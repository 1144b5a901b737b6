"""How near texts are in meaning, by a small language model that ships with wordllama (its door)."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from comparo.errors import UsageError

POWER = 3
"""What a cosine of meanings is raised to. Texts on one subject have some 0.5, and pairs of 0.7 are
as often the same capability as pairs of 0.35 by words, which is its cube."""

BLOCK = 1_000
"""How many texts are set against all others in one go."""


def near(texts: Sequence[str], least: float, among: int) -> dict[tuple[int, int], float]:
    """Find pairs at least so alike, one ``among`` the first: the cubed cosine of what they mean."""
    vectors = _model().embed(list(texts), norm=True) if texts else None
    return dict(_pairs(vectors, least, among)) if texts else {}


def _pairs(vectors: Any, least: float, among: int) -> Iterator[tuple[tuple[int, int], float]]:
    bar = least ** (1 / POWER)
    for start in range(0, among, BLOCK):
        cosines = vectors[start : min(start + BLOCK, among)] @ vectors.T
        for row, column in zip(*(cosines >= bar).nonzero(), strict=True):
            if start + row < column:
                cosine = min(float(cosines[row, column]), 1.0)
                yield (int(start + row), int(column)), cosine**POWER


def _model() -> Any:
    """Load the model out of the package; nothing is asked of the network."""
    try:
        import wordllama
    except ImportError as error:
        raise UsageError(
            "--embeddings needs wordllama; install it: pip install 'comparo[embeddings]'"
        ) from error
    try:
        # Its tokenizer lies in the package too, but is found there only as in a cache.
        return wordllama.WordLlama.load(
            cache_dir=Path(wordllama.__file__).parent, disable_download=True
        )
    except FileNotFoundError as error:
        raise UsageError(
            f"--embeddings: this wordllama brings no model ({error});"
            " install it anew: pip install --force-reinstall 'comparo[embeddings]'"
        ) from error
