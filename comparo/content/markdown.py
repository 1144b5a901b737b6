"""Markdown to safe HTML (markdown-it's door).

Raw HTML shows as typed, links lead only to http(s), mailto or a path of the site, and pictures
become links: a page must not make its reader's browser ask another host.
"""

import re
from collections.abc import Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from comparo.model import Prose
from comparo.texts import is_address

_SIGN = re.compile(r"[\\`*_\[\]<>#&!|~\t]")
_START = re.compile(r"\n(?: {0,3}(?:[-+=]|\d{1,9}[.)])| {4})")
"""What could make a text more than plain paragraphs; without it, markdown-it is not asked."""

_MARKED = re.compile(
    r"`(?P<code>[^`\n|\\ ](?:[^`\n|\\]*[^`\n|\\ ])?)`(?!`)"
    r"|\*\*(?P<strong>[^\W_](?:[\w ,.'/-]*[^\W_])?)\*\*(?!\*)"
)
"""Code and strong words within a line that nobody could take for anything else."""

_BREAK = re.compile(r"\n(?: *\n)+")


def to_prose(text: str, *, root: str, top: int = 2) -> Prose | None:
    """Turn Markdown into prose; None where it says nothing.

    ``root`` is the way from the page to the site's root (``../../``), for links such as
    ``/methodology/``; ``top`` is the level that the text's highest headings get on the page, or 0
    where headings would break the page's outline and stand as paragraphs.
    """
    text = text.strip()
    if not text:
        return None
    if text[0].isalpha() and "\n" not in text and not _SIGN.search(text):  # as most are
        return Prose(text, "<p>" + text.replace('"', "&quot;") + "</p>\n")
    if _is_plain(text):
        paragraphs = _BREAK.split(text)
        return Prose(text, "".join(f"<p>{_flat(p)}</p>\n" for p in paragraphs))
    tokens = _PARSER.parse(text)
    _place_headings(tokens, top)
    _align_cells(tokens)
    _mend_links(tokens, root)
    return Prose(text, _PARSER.renderer.render(tokens, _PARSER.options, {}))


def _is_plain(text: str) -> bool:
    """Tell whether a text is paragraphs with nothing in them but code and strong words."""
    text = _MARKED.sub("x", text)
    if _SIGN.search(text) or "  \n" in text:
        return False
    return not _START.search(f"\n{text}")


def _flat(paragraph: str) -> str:
    lines = (line.strip(" ") for line in paragraph.strip("\n").split("\n"))
    text = escape("\n".join(lines), quote=False).replace('"', "&quot;")
    return _MARKED.sub(_mark, text)


def _mark(found: re.Match[str]) -> str:
    return f"<{found.lastgroup}>{found[found.lastgroup or 0]}</{found.lastgroup}>"


def _may_link(url: str) -> bool:
    return is_address(url) or bool(re.match(r"/(?![/\\])", url))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("js-default").disable("image")
    parser.validateLink = _may_link  # type: ignore[method-assign]  # the library's way to say it
    # What can be wider than a phone scrolls by itself, and who has no mouse can reach it.
    parser.add_render_rule("table_open", lambda *_: '<div class="scroll" tabindex="0"><table>\n')
    parser.add_render_rule("table_close", lambda *_: "</table></div>\n")
    for code in ("fence", "code_block"):
        parser.add_render_rule(code, _code)
    return parser


def _code(_renderer: object, tokens: Sequence[Token], place: int, *_: object) -> str:
    return f'<pre tabindex="0"><code>{escape(tokens[place].content)}</code></pre>\n'


_PARSER = _parser()


def _place_headings(tokens: Sequence[Token], top: int) -> None:
    """Move headings below the one under which the text stands."""
    highest = min((int(t.tag[1]) for t in tokens if t.type == "heading_open"), default=1)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            level = int(token.tag[1]) - highest + top
            token.tag = f"h{min(6, level)}" if top else "p"


def _align_cells(tokens: Sequence[Token]) -> None:
    """Say by a class how a column is aligned: a page has no style of its own."""
    for token in tokens:
        style = str(token.attrs.pop("style", ""))
        if style:
            token.attrs["class"] = style.replace("text-align:", "align-")


def _mend_links(tokens: Sequence[Token], root: str) -> None:
    """Lead links on from where the page stands; what leads nowhere, as ``[a]()``, is no link."""
    href: str | int | float = ""
    for token in tokens:
        _mend_links(token.children or (), root)
        if token.type == "link_close":
            token.hidden = not href
        elif token.type == "link_open":
            href = token.attrs["href"]
            token.hidden = not href
            if str(href).startswith("/"):
                token.attrs["href"] = f"{root}{str(href)[1:]}"
            else:
                token.attrs["rel"] = "nofollow noopener"
