"""A page in its frame says what blocks say that are laid over each other."""

import pytest

from comparo.errors import ThemeError
from tests.render.templates import plain, theme_of

FRAME = "<{% block head %}h{% endblock %}{% if n %}{% block main %}m{% endblock %}{% endif %}>"


def drawn(**templates):
    """Draw a page as pages are drawn, without another try, and see that it is as Jinja has it."""
    theme = theme_of(**templates)
    values = {"n": 2, "x": "x", "items": [1, 2]}
    found = theme.environment.get_template("page.html").render(values)
    assert found == plain(theme).get_template("page.html").render(values)
    return found


@pytest.mark.parametrize(
    ("templates", "expected"),
    [
        ({"page": "{% block main %}p{% endblock %}"}, "<hp>"),
        ({"page": "{% block main %}p{{ super() }}{% endblock %}"}, "<hpm>"),
        ({"page": "{% block other %}p{% endblock %}"}, "<hm>"),
        ({"page": "said nowhere{% block head %}{{ x }}{% endblock %}"}, "<xm>"),
        ({"page": "{% set x = 1 %}{% block head %}{{ x }}{% endblock %}"}, "<1m>"),
        ({"page": "{% block main %}{% set x = 1 %}{{ x }}{% endblock %}"}, "<h1>"),
    ],
)
def test_a_page_says_its_blocks(templates, expected):
    """Blocks take the places of those of the same name; what stands around them is not said."""
    page = '{% extends "frame.html" %}' + templates["page"]

    assert drawn(page=page, frame=FRAME) == expected


@pytest.mark.parametrize("ending", ["", "{{ super() }}"])
def test_the_nearest_block_wins(ending):
    """A page may say a block again that the frame between says, whether or not it says that too."""
    said = drawn(
        page=f'{{% extends "mid.html" %}}{{% block main %}}page{ending}{{% endblock %}}',
        mid='{% extends "frame.html" %}{% block main %}mid{% endblock %}'
        "{% block head %}MID{% endblock %}",
        frame=FRAME,
    )

    assert said == f"<MIDpage{'mid' if ending else ''}>"


def test_a_frame_may_be_a_page_as_well():
    """What is drawn by itself and also lies around another page keeps its blocks for that."""
    theme = theme_of(
        page='{% extends "mid.html" %}{% block main %}page {{ super() }}{% endblock %}',
        mid='{% extends "frame.html" %}{% block main %}mid{% endblock %}',
        frame="<{% block main %}{% endblock %}>",
    )

    drawn = [theme.environment.get_template(f"{name}.html").render() for name in ("mid", "page")]

    assert drawn == ["<mid>", "<page mid>"]


def test_a_frame_that_is_named_by_a_value_is_found():
    """Which frame a page has may depend on the page."""
    page = "{% extends 'frame.html' if n else 'none.html' %}{% block main %}p{% endblock %}"

    assert drawn(page=page, frame=FRAME) == "<hp>"


def test_what_stands_before_a_frame_is_said_first():
    """It is as Jinja has it, line ends included."""
    page = '<!-- ours -->\n{% extends "frame.html" %}{% block main %}p{% endblock %}'

    assert drawn(page=page, frame=FRAME) == "<!-- ours -->\n<hp>"


def test_a_block_within_another_sees_the_page_alone():
    """What the outer block sets is its own."""
    inner = "{% block inner %}{{ x }}{% endblock %}"
    page = f'{{% extends "frame.html" %}}{{% block main %}}{{% set x = 1 %}}{inner}{{% endblock %}}'

    assert drawn(page=page, frame=FRAME) == "<hx>"


def test_a_block_is_said_in_every_round_of_a_loop():
    """A block that is scoped sees the loop around it."""
    block = "{% block item scoped %}{{ i }}{% endblock %}"

    assert drawn(page=f"{{% for i in (1, 2) %}}{block}{{% endfor %}}") == "12"


def test_a_partial_is_not_told_of_the_loop_around_it():
    """A partial that loops asks for its own loop."""
    part = "{% for j in items %}{{ loop.index }}{% endfor %};"
    page = "{% for i in items %}{{ loop.index }}:{% include 'part.html' %}{% endfor %}"

    assert drawn(page=page, part=part) == "1:12;2:12;"


@pytest.mark.parametrize(
    ("templates", "message"),
    [
        ({"page": '{% extends "none.html" %}'}, "has no template none.html"),
        ({"page": '{% extends "frame.html" %}{% block m %}\n{{ y }}{% endblock %}'}, "page.html:2"),
        ({"page": '{% extends "frame.html" %}', "frame": "\n\n{{ y }}"}, "frame.html:3: 'y' is un"),
        ({"page": '{% extends "frame.html" %}', "frame": "\n{% block m %}"}, "frame.html:2: "),
        (
            {"page": '{% extends "frame.html" %}\n{% block m %}{% endblock %}{% block m %}{% end'},
            "page.html:2: ",
        ),
        (
            {"page": "{% block m %}{% endblock %}\n{% block m %}{% endblock %}"},
            "page.html:2: block 'm' defined twice",
        ),
        (
            {
                "page": '{% extends "frame.html" %}{% block m %}{% endblock %}\n'
                "{% block m %}{% endblock %}"
            },
            "page.html:2: block 'm' defined twice",
        ),
        (
            {"page": '{% extends "frame.html" %}', "frame": "{% block m required %}{% endblock %}"},
            "Required block 'm' not found",
        ),
        (
            {"page": '{% extends "frame.html" %}', "frame": '{% extends "page.html" %}'},
            "recursion",
        ),
    ],
)
def test_what_is_wrong_is_told_of_the_file_that_is_wrong(templates, message):
    """An error in a frame or a page names the file and the line that an author has to mend."""
    theme = theme_of(**{"frame": "<{% block m %}{% endblock %}>"} | templates)

    with pytest.raises(ThemeError) as caught:
        theme.draw("page.html")

    assert message in str(caught.value)
