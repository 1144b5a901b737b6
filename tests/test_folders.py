"""Looking at folders: what is found changed, and what is never looked at."""

import os
import shutil
from pathlib import Path

import pytest

from comparo.folders import Scope, View


@pytest.fixture
def site(tmp_path):
    """Give a folder with one product."""
    write(tmp_path / "site/content/products/a/product.yaml")
    return tmp_path / "site"


@pytest.fixture
def view(site):
    """Give a view of its content that has looked once."""
    view = View(Scope((site / "content",), site, (site / "output",)))
    view.look()
    return view


def write(path: Path, text: str = "name: A\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def names(site: Path, paths: set[str]) -> list[str]:
    return sorted(os.path.relpath(path, site / "content/products") for path in paths)


def test_the_first_look_finds_all(site):
    """Before anything was seen, everything is new."""
    view = View(Scope((site / "content",), site))

    found = view.look()

    assert names(site, found) == [".", "a", "a/product.yaml"]


def test_reading_changes_nothing(site, view):
    """A file that was only read is as it was."""
    (site / "content/products/a/product.yaml").read_text()

    assert view.look() == set()


def save(site):
    write(site / "content/products/a/product.yaml", "name: B\n")
    return ["a/product.yaml"]


def save_by_rename(site):
    file = write(site / "content/products/a/.swap", "name: B\n")
    file.replace(site / "content/products/a/product.yaml")
    return ["a/product.yaml"]


def restore_the_time(site):
    file = site / "content/products/a/product.yaml"
    before = file.stat()
    file.write_text("name: B\n")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    return ["a/product.yaml"]


def add_a_folder(site):
    write(site / "content/products/b/capabilities/one.md")
    return ["b", "b/capabilities", "b/capabilities/one.md"]


def add_an_empty_folder(site):
    (site / "content/products/b").mkdir()
    return ["b"]


def move_a_folder(site):
    (site / "content/products/a").rename(site / "content/products/b")
    return ["a", "a/product.yaml", "b", "b/product.yaml"]


def delete_a_folder(site):
    shutil.rmtree(site / "content/products/a")
    return ["a", "a/product.yaml"]


def put_another_folder_in_its_place(site):
    write(site / "content/products/b/product.yaml", "name: B\n")
    (site / "content/products/a").rename(site / "a")
    (site / "content/products/b").rename(site / "content/products/a")
    return ["a", "a/product.yaml"]


@pytest.mark.parametrize(
    "edit",
    [
        save,
        save_by_rename,
        restore_the_time,
        add_a_folder,
        add_an_empty_folder,
        move_a_folder,
        delete_a_folder,
        put_another_folder_in_its_place,
    ],
)
@pytest.mark.parametrize("where", ["everywhere", "nearby"])
def test_a_change_is_found_once(site, view, edit, where):
    """However something changed it is found, also where only its folder is looked at."""
    expected = edit(site)

    changed = view.look(
        None
        if where == "everywhere"
        else [str(site / "content/products"), str(site / "content/products/a")]
    )

    assert names(site, changed) == expected
    assert view.look() == set()


def test_a_young_file_is_read(site, view):
    """What a coarse clock cannot tell apart, the bytes do."""
    file = site / "content/products/a/product.yaml"
    folder = str(file.parent)
    before = view.seen[folder]
    file.write_text("name: B\n")
    view.look()
    file.write_text("name: C\n")
    found = file.stat()
    before[file.name] = view.seen[folder][file.name] = (
        found.st_mode,
        found.st_ino,
        found.st_size,
        found.st_mtime_ns,
        found.st_ctime_ns,
    )

    assert names(site, view.look()) == ["a/product.yaml"]


@pytest.mark.parametrize("name", [".product.yaml.swp", "product.yaml~", "#product.yaml#"])
def test_what_no_reader_takes_is_passed_over(site, view, name):
    """Hidden files and editors' back-ups are no change."""
    write(site / "content/products/a" / name)

    assert view.look() == set()


def test_links_are_followed_inside_the_site_only(site, view, tmp_path):
    """A folder of the site that a link leads to is looked at, one elsewhere never is."""
    inside = write(site / "shared/b/product.yaml")
    outside = write(tmp_path / "elsewhere/c/product.yaml")
    (site / "content/products/b").symlink_to(inside.parent)
    (site / "content/products/c").symlink_to(outside.parent)
    view.look()

    write(inside, "name: B\n")
    write(outside, "name: C\n")

    assert view.look() == {str(inside)}


@pytest.mark.parametrize("target", ["output", "", "content"])
def test_no_link_leads_to_where_we_write(site, view, target):
    """A link to the output, or to a folder that holds it, makes no circle."""
    write(site / "output/index.html")
    (site / "content/products/b").symlink_to(site / target)

    assert names(site, view.look()) == ["b"]
    write(site / "output/index.html", "new")
    assert view.look() == set()


def test_a_folder_may_go_and_come_back(site, view):
    """The topmost folder can vanish: all in it is gone, and later there again."""
    (site / "content").rename(site / "aside")
    gone = view.look()
    (site / "aside").rename(site / "content")

    back = view.look()

    assert names(site, gone) == names(site, back) == [".", "a", "a/product.yaml"]
