"""Words that editors write: for one pair of products, and as pages of their own."""

from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path

from comparo.content.markdown import to_prose
from comparo.content.memory import Memory
from comparo.content.reading import kind_of
from comparo.files import MARKDOWN_LIMIT, Files
from comparo.model import Editorial, ExtraPage
from comparo.source import front_matter
from comparo.texts import RESERVED, SLUG, cut, did_you_mean
from comparo.values import Fields, Value

BUILT = (
    "compare",
    "products",
    "alternatives",
    "categories",
    "search",
    "methodology",
    "assets",
    "404",
)
"""Addresses that comparo fills itself."""


EDITORIAL, PAGE = kind_of(Editorial), kind_of(ExtraPage)


def read_editorials(
    files: Files, folder: Path, slugs: Collection[str], memory: Memory
) -> Iterator[Editorial]:
    """Read ``<a>-vs-<b>.md``: lists to choose by, and words for the pair's page."""
    seen: dict[frozenset[str], str] = {}
    for path in _markdown(files, folder):
        a, _, b = path.stem.partition("-vs-")
        if not b or a == b:
            files.report.error(files.place(path), "must be called a-vs-b.md after two products")
            continue
        unknown = [slug for slug in (a, b) if slug not in slugs]
        for slug in unknown:
            hint = did_you_mean(slug, sorted(slugs))
            files.report.error(files.place(path), f'there is no product "{slug}"', hint)
        other = seen.setdefault(frozenset((a, b)), path.name)
        if other != path.name:
            files.report.error(files.place(path), f"is about the same pair as {other}", "keep one")
            continue
        read = partial(_read_editorial, path=path, a=a, b=b)
        editorial = memory.remember(files, f"comparison {path.stem}", read, kind=EDITORIAL)
        if editorial and not unknown:
            yield editorial


def _read_editorial(files: Files, path: Path, a: str, b: str) -> Editorial | None:
    parts = _read(files, path)
    if parts is None:
        return None
    head, body = parts
    if head is None and body.lstrip().startswith(("choose_a:", "choose_b:")):
        hint = "put the lists between two lines of ---, at the top of the file"
        files.report.warn(files.place(path, 1, 1), "shows its lists as plain words", hint)
    fields = head.fields("choose_a", "choose_b") if head else Fields()
    choose_a = fields.read("choose_a", Value.texts) or ()
    choose_b = fields.read("choose_b", Value.texts) or ()
    for text in choose_b:
        if text in choose_a:
            fields["choose_b"].error(f'"{cut(text)}" stands in choose_a too', "say it of one")
    return Editorial(
        a,
        b,
        files.place(path, 1, 1),
        choose_a=choose_a,
        choose_b=choose_b,
        words=to_prose(body, root="../../", top=3),
    )


def read_pages(files: Files, folder: Path, memory: Memory) -> Iterator[ExtraPage]:
    """Read further pages of the site, such as ``about.md``, which becomes ``/about/``."""
    for path in _markdown(files, folder):
        slug = path.stem
        if not SLUG.fullmatch(slug) or len(slug) > 100:
            files.report.error(
                files.place(path), "must be of lower-case letters, digits and single hyphens"
            )
        elif slug in BUILT:
            files.report.error(
                files.place(path), f"/{slug}/ is a page that comparo makes", "rename it"
            )
        elif slug in RESERVED:
            files.report.error(files.place(path), "is a name that Windows reserves", "rename it")
        else:
            read = partial(_read_page, path=path)
            if page := memory.remember(files, f"page {slug}", read, kind=PAGE):
                yield page


def _read_page(files: Files, path: Path) -> ExtraPage | None:
    parts = _read(files, path)
    if parts is None:
        return None
    head, body = parts
    fields = head.fields("title", "description") if head else Fields()
    title = fields.read("title", Value.text)
    description = fields.read("description", Value.text) or ""
    words = to_prose(body, root="../")
    if fields.lacks("title") and (head is None or head.holds_keys):
        hint = "begin the file with ---, title: … and ---"
        files.report.error(files.place(path, 1, 1), "title: is missing", hint)
    elif words is None:
        files.report.error(files.place(path), "says nothing", "write some words, or remove it")
    return ExtraPage(path.stem, title, description, words) if title and words else None


def _read(files: Files, path: Path) -> tuple[Value | None, str] | None:
    text = files.text(path, MARKDOWN_LIMIT)
    return None if text is None else front_matter(text, files.place(path).file, files.report)


def _markdown(files: Files, folder: Path) -> Iterator[Path]:
    for path in files.entries(folder):
        if path.suffix == ".md":
            yield path
        else:
            files.report.warn(files.place(path), "is not read", "only .md files are")
