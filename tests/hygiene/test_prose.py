"""A text's own words are told from what it shows."""

import pytest

from comparo.hygiene.prose import own_words


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ('Shows "Sign in" first', "Shows … first"),
        ("Shows “Sign in” first", "Shows … first"),
        ("Takes `--jobs 5x` too", "Takes … too"),
        ("Before\n```\ncode 5x faster\n```\nafter", "Before\n…\nafter"),
        ("An open ```\nblock", "An open …"),
        ("See https://example.com/5x-faster now", "See … now"),
        ('One " alone stays', 'One " alone stays'),
    ],
)
def test_what_is_shown_is_left_out(text, own):
    """Code, quotations and addresses are not what the author claims."""
    assert own_words(text) == own
