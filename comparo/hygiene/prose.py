"""A text as its author's own words: without the code, quotations and addresses that it shows."""

import re

_SHOWN = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]*`|\"[^\"\n]{1,100}\"|“[^”\n]{1,100}”|«[^»\n]{1,100}»"
    r"|https?://[^\s)>]+",
    re.DOTALL,
)


def own_words(text: str) -> str:
    """Give a text with an ellipsis for all that it only shows.

    >>> own_words('Shows "Loading…" while `5x` loads')
    'Shows … while … loads'
    """
    return _SHOWN.sub("…", text)
