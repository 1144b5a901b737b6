"""Edits of a small site by chance: of all that a site is made of, and of what a build left.

Each takes the site's folder and does what it can; a site that it makes unsound is one as well.
"""

import json
import os
import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

Edit = Callable[[Path], None]

LIST = ".comparo-files"
NOTE = "note.txt"
"""A file in the output that somebody left there."""

SLUGS = ("alpha", "beta", "gamma", "delta")
WORDS = ("Share notes", "Find things", "Write together", "<b>Bold</b> & co", "Ünïcode")
NEEDS = ("share-notes", "find-things")

FACTS: Mapping[str, tuple[Any, ...]] = {
    "name": ("Alpha", "Beta & Co", "Ä"),
    "summary": ("Keeps notes.", "Loses notes.", None),
    "type": ("web-app", "model", None),
    "category": ("notes", "wikis", ["notes", "wikis"], None),
    "tags": (["free"], ["free", "small"], None),
    "rank": (12, 80, None),
    "released": ("2026-01-02", "2024-05-06", None),
    "status": ("active", "discontinued", None),
    "pricing": ({"model": "free"}, {"model": "paid", "starting_price": "$9/mo"}, None),
    "signals": ({"github_stars": 400}, {"github_stars": 90_000, "contributors": 7}, None),
    "scores": ({"quality": 0.25}, {"quality": 0.9, "ecosystem": 0.5}, None),
    "attributes": ({"offline": True, "storage": "files"}, {"offline": False}, None),
    "capabilites": ([], None),  # a slip that is only warned of
    "url": ("https://example.org/", "no address", None),
}

SETTINGS: Mapping[str, tuple[Any, ...]] = {
    "title": ("Notes", "Compared"),
    "description": ("All notes.", None),
    "language": ("de", None),
    "base_url": ("https://example.org/sub", None),
    "theme": ("own", "default", None),
    "capabilities_shown": (1, 8, None),
    "pairs": ({"strategy": "all"}, {"per_product": 1}, {"include": ["alpha-vs-beta"]}, None),
    "rank": ({"close_call": 30}, {"label": "Score", "min_coverage": 0}, None),
    "evidence": ({"window": 30}, {"demonstration": "made up."}, None),
    "attributes": ({"offline": {"label": "Works offline", "kind": "boolean"}}, None),
}

THEME: Mapping[str, tuple[str | None, ...]] = {
    "theme.yaml": ("name: own\nextends: default\n", "name: own\n"),
    "strings.yaml": ("rank: {unrated: Not rated}\n", "rank: {unrated: No rank}\n", None),
    "assets/style.css": ("p { color: red }\n", "p { color: blue }\n", None),
    "assets/extra.txt": ("one", "two", None),
    "templates/404.html": ("<p>Nothing here.</p>\n", "{{ nothing", None),
    "templates/_topics.html": ("", None),
    "templates/turned.html": ("<p>{{ label }}</p>\n", None),
}

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h{}"/></svg>'

FILES: Mapping[str, tuple[str | None, ...]] = {
    **{f"themes/own/{name}": texts for name, texts in THEME.items()},
    "content/topics.yaml": (
        "share-notes: {label: Sharing, synonyms: [Write together]}\n",
        "share-notes: {label: Giving}\nfind-things: {label: Finding}\n",
        None,
    ),
    "content/comparisons/alpha-vs-beta.md": (
        "---\nchoose_a: [it is the first]\n---\nWords of an *editor*.\n",
        "Other words.\n",
        None,
    ),
    "content/pages/about.md": ("# About\n\nUs.\n", "# About us\n\nNobody.\n", None),
    "content/pages/imprint.md": ("---\ntitle: Imprint\n---\nHere.\n", None),
    **{
        f"content/products/{slug}/{name}": texts
        for slug in SLUGS[:2]
        for name, texts in (
            ("about.md", ("Of old.\n", "Of late.\n", None)),
            ("logo.svg", (PICTURE.format(1), PICTURE.format(2), "<svg onload='x'/>", None)),
            (
                "capabilities/more.md",
                ("---\nname: Find things\n---\nAll of **them**.\n", "---\nname: More\n---\n", None),
            ),
        )
    },
}

ROWS = st.builds(
    lambda query, product, count, day: json.dumps(
        {"query": query, "product": product, "count": count, "date": f"2026-03-{day:02}"}
    ),
    st.sampled_from(WORDS),
    st.sampled_from((*SLUGS, "nobody")),
    st.integers(1, 50),
    st.integers(1, 28),
)


def write_small_site(root: Path) -> None:
    """Write three products that share a little, and settings."""
    _write(root / "content/site.yaml", json.dumps({"title": "Small"}))
    for number, slug in enumerate(SLUGS[:3]):
        product = {
            "name": slug.title(),
            "category": "notes",
            "signals": {"github_stars": 100 * number},
            "capabilities": [{"name": WORDS[number], "description": "Does *it*."}],
        }
        _write(root / f"content/products/{slug}/product.yaml", json.dumps(product))
    _write(root / "themes/own/theme.yaml", "name: own\nextends: default\n")


def edits_of_content() -> st.SearchStrategy[Edit]:
    """Give one edit of what a site is made of."""
    slugs = st.sampled_from(SLUGS)
    return st.one_of(
        *(
            _edit(state_fact, slug=slugs, key=st.just(key), value=st.sampled_from(FACTS[key]))
            for key in FACTS
        ),
        *(
            _edit(put_setting, key=st.just(key), value=st.sampled_from(SETTINGS[key]))
            for key in SETTINGS
        ),
        *(_edit(put_file, name=st.just(name), text=st.sampled_from(FILES[name])) for name in FILES),
        _edit(list_capabilities, slug=slugs, names=st.lists(st.sampled_from(WORDS), max_size=3)),
        _edit(put_evidence, rows=st.one_of(st.none(), st.lists(ROWS, max_size=4))),
        _edit(rename_product, old=slugs, new=slugs),
        _edit(remove_product, slug=slugs),
    )


def edits_of_what_was_built() -> st.SearchStrategy[Edit]:
    """Give one edit of the output or the cache, by hand or by accident."""
    number = st.integers(0, 1_000)
    ways = st.sampled_from((touch, spoil, spoil_unseen, Path.unlink))
    return st.one_of(
        _edit(damage_output, number=number, way=ways),
        _edit(lose_folder, number=number),
        _edit(leave_note, number=number),
        _edit(lose_cache),
        _edit(cut_cache, length=st.integers(0, 5_000)),
        _edit(keep_cache),
        _edit(bring_back_cache),
    )


def _edit(function: Callable[..., None], **values: st.SearchStrategy[Any]) -> st.SearchStrategy:
    return st.builds(partial, st.just(function), **values)


# Content ---------------------------------------------------------------------------------------


def state_fact(site: Path, slug: str, key: str, value: object) -> None:
    """Give a product a fact, or take it away; a product that is not there begins."""
    path = site / f"content/products/{slug}/product.yaml"
    product = json.loads(path.read_text()) if path.exists() else {"name": slug.title()}
    _write(path, json.dumps(_with(product, key, value)))


def list_capabilities(site: Path, slug: str, names: list[str]) -> None:
    """Give a product these capabilities, the first with a topic."""
    listed = [{"name": name, "description": f"{name}, *fast*."} for name in names]
    if listed:
        listed[0] |= {"topic": NEEDS[len(listed) % 2], "unique": "As nobody else."}
    state_fact(site, slug, "capabilities", listed)


def put_setting(site: Path, key: str, value: object) -> None:
    """Set a key of site.yaml, or take it away."""
    path = site / "content/site.yaml"
    _write(path, json.dumps(_with(json.loads(path.read_text()), key, value)))


def put_file(site: Path, name: str, text: str | None) -> None:
    """Write a file, or take it away."""
    if text is None:
        (site / name).unlink(missing_ok=True)
    else:
        _write(site / name, text)


def put_evidence(site: Path, rows: list[str] | None) -> None:
    """Write the rows of evidence, or take the file away."""
    name = "content/evidence/searches.jsonl"
    put_file(site, name, None if rows is None else "".join(f"{row}\n" for row in rows))


def rename_product(site: Path, old: str, new: str) -> None:
    """Move a product's folder, where one is and the other is not."""
    folder = site / "content/products"
    if (folder / old).exists() and not (folder / new).exists():
        (folder / old).rename(folder / new)


def remove_product(site: Path, slug: str) -> None:
    """Delete a product's folder."""
    shutil.rmtree(site / "content/products" / slug, ignore_errors=True)


# What was built --------------------------------------------------------------------------------


def damage_output(site: Path, number: int, way: Callable[[Path], object]) -> None:
    """Do something to one file of the output."""
    if pages := _pages(site):
        way(pages[number % len(pages)])


def touch(path: Path) -> None:
    """Save a file again as it is."""
    path.write_bytes(path.read_bytes())


def spoil(path: Path) -> None:
    """Add a word to a file."""
    path.write_bytes(path.read_bytes() + b"mine")


def spoil_unseen(path: Path) -> None:
    """Change a file in place so that its size and its time are as before."""
    found = path.stat()
    path.write_bytes(path.read_bytes()[::-1])
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def lose_folder(site: Path, number: int) -> None:
    """Delete a folder of the output, with what it holds but for foreign files."""
    if folders := sorted({path.parent for path in _pages(site)} - {site / "output"}):
        for path in folders[number % len(folders)].iterdir():
            if path.is_file() and path.name != NOTE:
                path.unlink()


def leave_note(site: Path, number: int) -> None:
    """Leave a file of one's own in the output."""
    if pages := _pages(site):
        (pages[number % len(pages)].parent / NOTE).write_text("mine")


def lose_cache(site: Path) -> None:
    """Delete the cache."""
    shutil.rmtree(site / ".comparo", ignore_errors=True)


def cut_cache(site: Path, length: int) -> None:
    """Cut what is in the cache."""
    for path in _cached(site / ".comparo"):
        os.truncate(path, length)


def keep_cache(site: Path) -> None:
    """Copy the cache away."""
    if (site / ".comparo").exists():
        shutil.copytree(site / ".comparo", site / "kept", dirs_exist_ok=True)


def bring_back_cache(site: Path) -> None:
    """Replace the cache by the copy, which may be an old one."""
    if (site / "kept").exists():
        lose_cache(site)
        shutil.copytree(site / "kept", site / ".comparo")


def _cached(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != "lock"]


def _pages(site: Path) -> list[Path]:
    found = sorted((site / "output").rglob("*"))
    return [path for path in found if path.is_file() and path.name not in {NOTE, LIST}]


def _with(facts: dict[str, Any], key: str, value: object) -> dict[str, Any]:
    return {k: v for k, v in (facts | {key: value}).items() if v is not None}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
