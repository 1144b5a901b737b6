"""Markdown becomes the HTML that it means, and no HTML besides."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from comparo.content.markdown import to_prose

REFERENCE = MarkdownIt("js-default").disable("image")
MADE = frozenset(
    re.findall(
        r"\w+",
        "p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong s a hr br"
        " div table thead tbody tr th td",
    )
)
"""All elements that Markdown makes."""

SAID = {"href", "rel", "title", "class", "start", "tabindex"}
"""All attributes that they may have; there is no style, which a strict policy would not let in."""

FITTED = re.compile(
    r"(?<=<a)[^>]*|(?<=<pre)[^>]*|(?<=<code) class=[^>]*|(?<=<h)[1-6]|(?<=</h)[1-6]"
)
"""What of links, code and headings is made to fit the page."""

PROSE = st.text(
    st.characters(exclude_categories=["Cs", "Cc"])
    | st.sampled_from("\n\n  ab.,:;'\"-+=1)(?%$@^{}/")
)
MARKED = st.lists(
    st.sampled_from(["`", "**", "*", "_", " ", "\n", "a", "1", "é", ",", "-", '"', "<", "\\", "&"])
    | st.sampled_from(["`a b`", "**a b**", "`<a & b>`", '`"`'])
).map("".join)
MARKDOWN = st.lists(
    st.sampled_from(
        [
            *("[", "]", "(", ")", "<", ">", "!", "`", "*", "_", "~", "#", "|", "\\", "&", '"', "'"),
            *(
                "\n",
                "\n\n",
                "    ",
                "\t",
                "- ",
                "1. ",
                "> ",
                "---",
                "```",
                "a",
                " ",
                ":",
                "/",
                "=",
                "\0",
            ),
            *("](", "[a](", "[a]: ", "![a](", "<script>", "</p>", "<img src=x onerror=alert(1)>"),
            *("\n|a|\n|:-|\n", "|-:|", "|:-:|", "\n```sh x=\n", "\n3. "),
            *("javascript:", "JaVaScRiPt&colon;", "data:text/html,", "vbscript:", "&#106;", "%0a"),
            *(
                "//evil.org",
                "/\\evil.org",
                "http://a.org",
                "mailto:a@b.org",
                "/path",
                "<!--",
                "-->",
            ),
            *("<http://a.org>", "<javascript:x>", '"onclick="x', "&quot;", "]]>", "<?x?>", "\x01"),
        ]
    )
    | st.text(max_size=5)
).map("".join)


class Tags(HTMLParser):
    """Gather the elements of an HTML text with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Note an element."""
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data):
        """Note what nobody should be able to write."""
        self.found.append((data, {}))

    handle_decl = handle_pi = unknown_decl = handle_comment


def html(text: str, top: int = 2) -> str:
    """Turn a text into HTML."""
    prose = to_prose(text, root="../", top=top)
    return prose.html if prose else ""


@given(PROSE | MARKED)
@example("a\n\n \n\nb")
@example("a\n---")
@example("a\u00a0\n\u00a0b")
@example("a\n:-")
@example("a  \nb")
@example("1) a")
@example("a\n    b")
@example("a & b")
@example("\u2028a\x85\n\x0cb")
@example("`` a`")
@example("`a | b`\n:-:")
def test_plain_prose_is_what_markdown_makes_of_it(text):
    """The short way for plain paragraphs gives the very HTML of the long one."""
    expected = REFERENCE.render(text.strip())

    assert FITTED.sub("", html(text)) == FITTED.sub("", expected)


@given(MARKDOWN)
def test_no_text_makes_more_than_markdown(text):
    """Whatever is typed, there are only Markdown's elements, and links that may be."""
    for tag, attributes in Tags(html(text)).found:
        assert tag in MADE
        assert attributes.keys() <= SAID
        if tag == "a":
            assert re.match(r"https?://[^/]|mailto:[^@]*@|\.\./(?![/\\])", attributes["href"])


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u3000"])
def test_nothing_is_no_prose(text):
    """A text that says nothing gives nothing."""
    assert to_prose(text, root="") is None


def test_the_words_are_kept_as_written():
    """What programs get is the Markdown itself."""
    prose = to_prose("  Some *words*.\n", root="")

    assert (prose.markdown, prose.html) == ("Some *words*.", "<p>Some <em>words</em>.</p>\n")


@pytest.mark.parametrize(
    ("link", "made"),
    [
        ("[a](https://x.org)", '<a href="https://x.org" rel="nofollow noopener">a</a>'),
        ("[a](mailto:x@y.org)", '<a href="mailto:x@y.org" rel="nofollow noopener">a</a>'),
        ("<https://x.org>", '<a href="https://x.org" rel="nofollow noopener">https://x.org</a>'),
        ("[a](/methodology/)", '<a href="../methodology/">a</a>'),
        ("[a](/)", '<a href="../">a</a>'),
        ("**[a](/b/)**", '<strong><a href="../b/">a</a></strong>'),
        ('[a](/b/ "T")', '<a href="../b/" title="T">a</a>'),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        ("[a](&#106;avascript:alert(1))", "[a](javascript:alert(1))"),
        ("[a](data:text/html,x)", "[a](data:text/html,x)"),
        ("[a](//evil.org)", "[a](//evil.org)"),
        ("[a](/\\evil.org)", '<a href="../%5Cevil.org">a</a>'),
        ("[a](page.html)", "[a](page.html)"),
        ("[a]()", "a"),
        (
            "![a](https://x.org/a.png)",
            '!<a href="https://x.org/a.png" rel="nofollow noopener">a</a>',
        ),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("{{ 7*7 }} {% raw %}", "{{ 7*7 }} {% raw %}"),
    ],
)
def test_links_lead_where_they_may(link, made):
    """Links go to the web, to mail or to a path of the site; all else shows as typed."""
    assert html(link) == f"<p>{made}</p>\n"


@pytest.mark.parametrize(
    ("top", "tags"), [(2, ["h2", "h3", "h6"]), (3, ["h3", "h4", "h6"]), (0, ["p", "p", "p"])]
)
def test_headings_fit_the_page(top, tags):
    """Headings go below the one that the text stands under, or are no headings at all."""
    found = Tags(html("## A\n\n### B\n\n###### C\n", top)).found

    assert [tag for tag, _ in found if tag != "strong"] == tags


def test_many_headings_take_no_longer_than_other_words():
    """Time grows with the text: ten thousand headings are read at once."""
    assert html("# a\n" * 10_000).count("<h2>") == 10_000


def test_columns_are_aligned_without_a_style():
    """How a column is aligned is for the theme's style sheet to draw."""
    made = html("|a|b|\n|-|-:|\n|1|2|\n")

    assert '<th>a</th>\n<th class="align-right">b</th>' in made
    assert "style" not in made
