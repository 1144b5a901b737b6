"""What a text may be: a slug, a key, an address; and which word was probably meant."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from unicodedata import normalize
from urllib.parse import urlsplit

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KEY = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
"""Names that Windows gives to devices; no folder may be called so."""

UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""What no page and no terminal should be given: controls, lone surrogates, non-characters."""

_WORD = re.compile(r"[a-z0-9]+")
_NO_ADDRESS = re.compile(r"[\s<>\"\\^`{|}\x00-\x20]")


def shows(text: str) -> bool:
    """Tell whether there is anything to see in a text; what Unicode has not assigned shows nothing.

    >>> shows("a"), shows(" \u200b"), shows("\ud7fc")
    (True, False, False)
    """
    return any(c.isprintable() and not c.isspace() for c in text)


def wrong_slug(name: str) -> str:
    """Say why a name cannot be a product's slug; "" if it can."""
    if len(name) > 100:
        return "is longer than 100 characters"
    if not SLUG.fullmatch(name):
        return "must be of lower-case letters, digits and single hyphens"
    if "-vs-" in name:
        return 'must not hold "-vs-", which stands between two products in an address'
    if name in RESERVED:
        return "is a name that Windows reserves"
    return ""


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Suggest the known word that an unknown one was probably meant to be; "" if none is near."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f'did you mean "{near[0]}"?' if near else ""


def slugify(text: str) -> str:
    """Make a slug of a name; "" where nothing of it can stand in one.

    >>> slugify("Baïkal & Söhne 2.0")
    'baikal-sohne-2-0'
    """
    if not text.isascii():
        text = normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = "-".join(_WORD.findall(text.lower()))
    return re.sub(r"-vs(?=-)", "-versus", slug)[:80].rstrip("-")


def is_address(text: str) -> bool:
    """Tell whether a text is an http(s) or mailto URL and nothing else."""
    if _NO_ADDRESS.search(text):
        return False
    try:
        parts = urlsplit(text)
        return (parts.scheme in ("http", "https") and bool(parts.hostname)) or (
            parts.scheme == "mailto" and "@" in parts.path
        )
    except ValueError:
        return False


def is_home(text: str) -> bool:
    """Tell whether a text is an http(s) URL under which a site's home page can stand."""
    if not is_address(text) or not text.isascii() or "?" in text or "#" in text:
        return False
    parts = urlsplit(text)
    try:
        host = (parts.hostname or "").strip(".") and parts.port != 0
    except ValueError:  # a port that is none
        return False
    return parts.scheme != "mailto" and bool(host) and "@" not in parts.netloc


def cut(text: str) -> str:
    """Cut a text to what a message has room for."""
    return text if len(text) <= 60 else f"{text[:60]}…"


def truth_in(plain: str | None) -> bool | None:
    """Read ``true`` or ``false`` as YAML spells them; None where a text is neither."""
    if plain in ("true", "True", "TRUE"):
        return True
    return False if plain in ("false", "False", "FALSE") else None
