"""What stands where a text should: an error page, an unfilled template, the title of a page."""

import re

_INSTEAD = re.compile(
    r"(?:undefined|\[object Object\]|loading|menu close|close menu"
    r"|(?:error )?404(?:[ :–-]+(?:page )?not found)?|page not found|403 forbidden|access denied"
    r"|50\d (?:internal server error|bad gateway|service unavailable)"
    r"|(?:information|description|content|details?) (?:is |are )?not (?:available|provided|found)"
    r"|no (?:information|description|details?) (?:available|provided|found|given)"
    r"|lorem ipsum|cookie (?:settings|preferences|policy)|\{\{[^{}]+\}\}|\{%[^{}]+%\})[.!…\s]*",
    re.IGNORECASE,
)
"""Nothing but this is no text."""

_UNFILLED = re.compile(r"(?:\A|(?<=[.!?] ))\{\{ ?[\w-]+(?:\.[\w-]+)+[^{}]{0,60}\}\}")
"""A sentence begins with its subject, and that was to be filled in."""

_NO_NAME = re.compile(r"undefined|untitled|\[object Object\]|home|\{\{[^{}]+\}\}", re.IGNORECASE)

_LABEL = re.compile(
    r"(?:table of contents|on this page|sign in|sign up|sign out|log ?in|log ?out|home|pricing|docs"
    r"|documentation|blog|about(?: us)?|contact(?: us)?|careers|changelog|features|overview"
    r"|get(?:ting)? started|cookie settings|privacy policy|terms of (?:service|use))",
    re.IGNORECASE,
)
_BUTTON = re.compile(r"table of contents|on this page|sign in|sign up|log ?in", re.IGNORECASE)
_TITLE = re.compile(r"\s+[|·–—-]\s+")


def placeholders(text: str) -> tuple[str, ...]:
    """Quote what was put where a text should stand; nothing where there is one."""
    text = text.strip()
    whole = _INSTEAD.fullmatch(text)
    return (whole[0],) if whole else tuple(match[0] for match in _UNFILLED.finditer(text))


def misnomers(name: str, product: str, *, described: bool) -> tuple[str, ...]:
    """Quote a name that names a page or a button and no capability.

    "Sign in" may well be what a product can do: that is told by a description.
    """
    name = name.strip()
    parts = _TITLE.split(name)
    ends = {parts[0].casefold(), parts[-1].casefold()}
    titled = len(parts) > 1 and (
        product.casefold() in ends or ("|" in name and _LABEL.fullmatch(parts[0]))
    )
    bare = not described and _BUTTON.fullmatch(name)
    return (name,) if titled or bare or _NO_NAME.fullmatch(name) else ()
