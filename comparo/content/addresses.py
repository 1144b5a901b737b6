"""Which products an address of the site is about."""

from urllib.parse import urlsplit

from comparo.content.ledger import RowError
from comparo.texts import cut

LIMIT = 2_000
"""Characters of an address."""


def slugs_in(address: str, home: str) -> tuple[str, ...]:
    """Give the slug or slugs that an address names; none where it is of a page of another kind.

    Without a host, it is an address of the site.

    >>> slugs_in("https://example.org/tools/compare/b-vs-a/?utm=1#prices", "https://example.org")
    ('a', 'b')
    >>> slugs_in("/alternatives/a", "")
    ('a',)
    >>> slugs_in("https://example.org/products/", "")
    ()
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        sound = False
    else:
        sound = bool(host) if parts.scheme in ("http", "https") else address.startswith("/")
    if not sound or len(address) > LIMIT:
        raise RowError("its page is no address", f'its page is no address: "{cut(address)}"')
    ours = urlsplit(home).hostname
    if ours and host and host.removeprefix("www.") != ours.removeprefix("www."):
        said = f"its page is one of {cut(host)}; the site's base_url is one of {ours}"
        raise RowError("its page is one of another host", said)
    steps = [step for step in parts.path.split("/") if step]
    if steps[-1:] in (["index.html"], ["index.json"]):
        steps.pop()
    match steps[-2:]:
        case ["products" | "alternatives", slug]:
            return (slug,)
        case ["compare", pair]:
            slugs = tuple(sorted(set(pair.split("-vs-"))))
            if len(slugs) != 2:
                raise RowError("its page compares no two products", f'"{cut(pair)}" names no pair')
            return slugs
    return ()
