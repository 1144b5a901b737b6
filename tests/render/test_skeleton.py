"""A partial that is drawn once for all and filled: its slots have to stay whole."""

import pytest

from comparo.errors import ThemeError
from tests.render.templates import theme_of


@pytest.mark.parametrize(
    "part",
    [
        "<p>{{ name }}</p>",
        "{{ name }} and {{ name }}, 100 %",
        "{% if name %}{{ name }}{% endif %}",
        "",
    ],
)
def test_a_filled_skeleton_is_the_partial_drawn(part):
    """Wherever the author puts a slot, filling it says what drawing the partial would."""
    theme = theme_of(part=part)

    filled = theme.skeleton("part.html", "name").fill(name="Ada")

    assert filled == theme.draw("part.html", name="Ada")


@pytest.mark.parametrize(
    "part",
    ["{{ name|upper }}", "{{ name|length }}", "{{ name[1:] }}", "{{ name|replace('\\0', '') }}"],
)
def test_a_slot_that_does_not_stay_whole_is_told(part):
    """What is not there yet cannot be changed: the partial is named, and why it is wrong."""
    with pytest.raises(
        ThemeError, match=r"^part\.html: name: can only be put in place as they are"
    ):
        theme_of(part=part).skeleton("part.html", "name")
