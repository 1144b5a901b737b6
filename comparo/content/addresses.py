"""Which products an address of the site is about."""

from urllib.parse import SplitResult, urlsplit

from comparo.content.ledger import RowError
from comparo.texts import cut

_KINDS = {"products", "alternatives", "compare"}

LIMIT = 2_000
"""Characters of an address."""


def slugs_in(address: str, home: str) -> tuple[str, ...]:
    """Give the slug or slugs that an address names; none where it is of another page.

    Without a host, it is an address of the site; without a ``home``, anything may stand before.

    >>> slugs_in("https://example.org/tools/compare/b-vs-a/?x#y", "https://example.org/tools")
    ('a', 'b')
    >>> slugs_in("/anywhere/products/a", "")
    ('a',)
    >>> slugs_in("https://example.org/products/", "")
    ()
    """
    try:
        parts = urlsplit(address)
        host = _host(parts)
    except ValueError:
        sound = False
    else:
        sound = bool(host) if parts.scheme in ("http", "https") else address.startswith("/")
    if not sound or len(address) > LIMIT or "\n" in address or "\r" in address:
        raise RowError("its page is no address", f'its page is no address: "{cut(address)}"')
    site = urlsplit(home)
    ours = _host(site)
    if ours and host and host.removeprefix("www.") != ours.removeprefix("www."):
        said = f"its page is one of {cut(host)}; the site's base_url is one of {ours}"
        raise RowError("its page is one of another host", said)
    match _steps(parts.path, site.path if home else None):
        case ["products", slug] if slug:
            return (slug,)
        case ["compare", pair] if pair:
            slugs = tuple(sorted(set(pair.split("-vs-"))))
            if len(slugs) != 2:
                raise RowError("its page compares no two products", f'"{cut(pair)}" names no pair')
            return slugs
    return ()


def _steps(path: str, base: str | None) -> list[str]:
    """Split what stands below the base; where nobody knows it, no page may stand in it."""
    path = path.removesuffix("/index.html").removesuffix("/")
    if base is not None:
        base = base.rstrip("/") + "/"
        return path[len(base) :].split("/") if path.startswith(base) else []
    *above, kind, name = ["", *path.split("/")]
    return [kind, name] if _KINDS.isdisjoint(above) else []


def _host(parts: SplitResult) -> str:
    """Give the host, with its port unless that is the usual one."""
    usual = parts.port in (None, {"http": 80, "https": 443}.get(parts.scheme))
    return (parts.hostname or "") + ("" if usual else f":{parts.port}")
