"""What comparo knows of an output folder, and which folders it refuses."""

import errno
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparo.errors import OutputError
from comparo.output.files import lies_inside, remove, sweep, write_atomically
from comparo.output.manifest import NAME, Manifest, claim

NOTHING = Manifest()
LEFT_OVER = ".comparo-0123456789abcdef.tmp"


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Give a site's folder with content and themes, and a home that is elsewhere."""
    for folder in ("home", "site/content", "site/themes"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    return tmp_path / "site"


def claimed(site, root, manifest=NOTHING, planned=frozenset({"index.html"})):
    """Claim an output for a site and give what is said against it; "" if nothing."""
    try:
        claim(root, manifest, planned, guarded=[site / "content", site / "themes"])
    except OutputError as error:
        return str(error)
    return ""


def test_a_manifest_is_read_as_it_was_saved(tmp_path):
    """What was saved comes back, in a folder that need not be there before."""
    manifest = Manifest(frozenset({"index.html", "compare/a-vs-b/index.html", "größe.css"}))

    manifest.save(tmp_path / "new" / "output")

    assert Manifest.load(tmp_path / "new" / "output") == manifest


def test_an_unfinished_manifest_says_so(tmp_path):
    """A build that was cut short is known by the manifest that it left."""
    Manifest(frozenset({"index.html"}), finished=False).save(tmp_path)

    assert Manifest.load(tmp_path).finished is False


def test_the_same_files_make_the_same_bytes(tmp_path):
    """A manifest is sorted text under a header with its version."""
    Manifest(frozenset({"robots.txt", "compare/index.html", "index.html"})).save(tmp_path)

    assert (tmp_path / NAME).read_bytes() == (
        b"comparo-files 1\ncompare/index.html\nindex.html\nrobots.txt\n"
    )


def test_a_manifest_that_says_the_same_is_not_touched(tmp_path):
    """Saving again what stands there leaves the file's time as it is."""
    Manifest(frozenset({"index.html"})).save(tmp_path)
    os.utime(tmp_path / NAME, ns=(1, 1))

    Manifest(frozenset({"index.html"})).save(tmp_path)

    assert (tmp_path / NAME).stat().st_mtime_ns == 1


def test_a_folder_without_a_manifest_holds_nothing_of_ours(tmp_path):
    """Without a manifest comparo wrote nothing; what a first build left may have to be swept."""
    assert Manifest.load(tmp_path / "missing") == Manifest(finished=False)


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00\xff\xfe garbage", b"comparo-files 99\nindex.html\n", b"index.html\n"],
)
def test_a_manifest_of_another_kind_counts_for_nothing(tmp_path, data):
    """A file without the header of this version lists nothing that could be deleted."""
    (tmp_path / NAME).write_bytes(data)

    assert Manifest.load(tmp_path) == Manifest(finished=False)


def test_lines_that_no_build_wrote_are_ignored(tmp_path):
    """A path out of the output, an odd one or half a one counts for nothing; the others stay."""
    (tmp_path / NAME).write_bytes(
        b"comparo-files 1\nindex.html\n/etc/passwd\n../secret\na/../../b\na\\b\na\tb\n\n"
        b"\xff\xfe\nC:x\n.git/config\nrobots.txt"
    )

    assert Manifest.load(tmp_path).paths == {"index.html", "robots.txt"}


@given(st.lists(st.text() | st.binary().map(lambda b: b.decode("latin-1"))))
def test_no_manifest_leads_out_of_its_folder(tmp_path_factory, lines):
    """Whatever a manifest says, it names files below its own folder only."""
    root = tmp_path_factory.mktemp("output")
    text = "\n".join(["comparo-files 1", *lines])
    (root / NAME).write_bytes(text.encode("utf-8", "surrogatepass"))

    paths = Manifest.load(root).paths

    assert all(lies_inside(path) and (root / path).is_relative_to(root) for path in paths)
    assert not any(".." in path.split("/") for path in paths)


def test_line_ends_that_git_turned_are_read(tmp_path):
    """A manifest that went through a Windows checkout lists the same files."""
    (tmp_path / NAME).write_bytes(b"comparo-files 1\r\nindex.html\r\n")

    assert Manifest.load(tmp_path) == Manifest(frozenset({"index.html"}))


def test_a_linked_manifest_is_not_read(tmp_path):
    """A link in place of the manifest lists nothing, and is not written through."""
    (tmp_path / "elsewhere").write_bytes(b"comparo-files 1\nindex.html\n")
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / NAME).symlink_to(tmp_path / "elsewhere")

    assert Manifest.load(tmp_path / "output").paths == set()
    with pytest.raises(OutputError, match="a link stands where a file belongs"):
        Manifest().save(tmp_path / "output")


def test_a_manifest_that_cannot_be_made_is_told(tmp_path):
    """An output whose parent is a file is one clear line."""
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(OutputError, match="file/output: Not a directory"):
        Manifest().save(tmp_path / "file/output")


def test_a_manifest_that_cannot_be_read_is_told(tmp_path, monkeypatch):
    """A disk that does not give the manifest away is one clear line."""
    Manifest().save(tmp_path)

    def refuse(path):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    with pytest.raises(OutputError, match=r"\.comparo-files: permission denied"):
        Manifest.load(tmp_path)


def test_old_files_in_the_way_of_new_ones_are_known():
    """A file that becomes a folder, or a folder that becomes a file, must go first."""
    old = Manifest(frozenset({"a", "b/x", "b/y/z", "c/x", "index.html"}))

    assert old.in_the_way({"a/index.html", "b", "c/y", "index.html"}) == {"a", "b/x", "b/y/z"}


# Which folders are refused


@pytest.mark.parametrize("where", ["site/output", "site/public/www", "elsewhere", "home/www"])
def test_a_folder_of_its_own_is_fine(site, where):
    """An output may be new or empty, in the site or elsewhere."""
    root = site.parent / where

    assert claimed(site, root) == ""

    root.mkdir(parents=True)

    assert claimed(site, root) == ""


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("/", "it is the root of the file system"),
        ("home", "it is your home folder, or holds it"),
        (".", "it is your home folder, or holds it"),
        ("site", "it holds {site}/content"),
        ("site/content", "it is {site}/content"),
        ("site/content/products/acme", "it lies in {site}/content"),
        ("site/themes", "it is {site}/themes"),
        ("site/themes/default", "it lies in {site}/themes"),
        ("site/output/../content", "it is {site}/content"),
        ("site/output/..", "it holds {site}/content"),
    ],
)
def test_a_folder_of_somebody_elses_work_is_refused(site, where, why):
    """No output is, holds or lies in the content or the themes, or is or holds a home or all."""
    said = claimed(site, site.parent / where)

    assert f"cannot be the output folder: {why.format(site=site)};" in said
    assert "choose a folder for comparo alone" in said


def test_a_folder_above_the_site_is_refused(site, monkeypatch):
    """A parent of the site holds its content, wherever the home is."""
    monkeypatch.setenv("HOME", str(site.parent.parent / "other"))

    assert "it holds" in claimed(site, site.parent)


def test_a_name_that_only_begins_alike_is_another_folder(site):
    """``content-site`` does not lie in ``content``."""
    assert claimed(site, site / "content-site") == ""


def test_links_do_not_hide_where_an_output_is(site, tmp_path):
    """An output is judged by where it really is, and so is the content."""
    (tmp_path / "real").mkdir()
    (tmp_path / "alias").symlink_to(site)
    (site / "content").rmdir()
    (site / "content").symlink_to(tmp_path / "real")

    assert "it lies in" in claimed(site, tmp_path / "alias" / "themes" / "x")
    assert "it lies in" in claimed(site, tmp_path / "real" / "x")
    assert "it holds" in claimed(site, tmp_path / "alias")


def test_an_output_that_is_a_link_is_refused(site, tmp_path):
    """A link is no output, wherever it leads: deleting through it would be deleting there."""
    (tmp_path / "elsewhere").mkdir()
    (site / "output").symlink_to(tmp_path / "elsewhere")

    assert "it is a link" in claimed(site, site / "output")


def test_an_output_that_is_a_file_is_refused(site):
    """A file is no output and stays."""
    (site / "output").write_bytes(b"mine")

    assert "it is a file" in claimed(site, site / "output")
    assert (site / "output").read_bytes() == b"mine"


def test_a_circle_of_links_is_refused(site):
    """Links that lead to each other are told, not followed for ever."""
    (site / "a").symlink_to(site / "b")
    (site / "b").symlink_to(site / "a")

    assert "it is a link" in claimed(site, site / "a")
    with pytest.raises(OutputError, match="Too many levels of symbolic links"):
        Manifest().save(site / "a" / "output")


def test_folders_that_hold_no_file_are_in_nobodys_way(site):
    """They are what is left where somebody deletes an output while it is being built."""
    hollow = site / "output/compare/a-vs-b"
    hollow.mkdir(parents=True)
    (hollow / LEFT_OVER).touch()

    assert claimed(site, site / "output") == ""
    (hollow / "mine.txt").touch()
    assert "holds 'compare', which comparo did not write" in claimed(site, site / "output")


def test_a_folder_with_strange_files_is_refused(site):
    """A folder that comparo never wrote to and that holds work is named with a file of it."""
    (site / "output").mkdir()
    (site / "output" / "thesis\x1b.txt").write_bytes(b"work")

    said = claimed(site, site / "output")

    assert "holds 'thesis\\x1b.txt', which comparo did not write" in said
    assert "choose an empty folder with --output" in said


def test_a_damaged_manifest_vouches_for_nothing(site):
    """Files beside a manifest that cannot be read are nobody's to delete."""
    write_atomically(site, "output/index.html", b"page")
    (site / "output" / NAME).write_bytes(b"garbage")

    said = claimed(site, site / "output", Manifest.load(site / "output"))

    assert "holds 'index.html'" in said


@pytest.mark.parametrize(
    "name", [".gitkeep", ".gitignore", ".DS_Store", "CNAME", ".nojekyll", "README.md", LEFT_OVER]
)
def test_files_that_belong_to_hosts_and_tools_are_tolerated(site, name):
    """What a repository, a host or a killed first build leaves there is no reason to refuse."""
    (site / "output").mkdir()
    (site / "output" / name).write_bytes(b"")

    assert claimed(site, site / "output", planned={"index.html", ".nojekyll"}) == ""


def test_a_foreign_file_is_not_replaced(site):
    """A planned page that somebody else's file stands in place of is refused, by its name."""
    (site / "output").mkdir()
    manifest = Manifest(frozenset({"index.html"}))
    (site / "output" / "robots.txt").write_bytes(b"mine")

    said = claimed(site, site / "output", manifest, {"index.html", "robots.txt"})

    assert f"{site}/output/robots.txt: comparo did not write this and would replace it" in said


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_foreign_thing_in_place_of_a_folder_is_refused(site, kind):
    """A planned page whose folder is somebody's file or link is refused before any write."""
    (site / "output").mkdir()
    there = site / "output" / "compare"
    there.write_bytes(b"mine") if kind == "file" else there.symlink_to(site / "content")

    said = claimed(
        site,
        site / "output",
        Manifest(frozenset({"index.html"})),
        {"compare/index.html", "compare/a-vs-b/index.html"},
    )

    assert f"{there}: comparo did not write this" in said


def test_a_page_beside_foreign_files_is_fine(site):
    """A folder that is there already takes new pages beside what else is in it."""
    write_atomically(site, "output/compare/notes.txt", b"mine")

    manifest = Manifest(frozenset({"index.html"}))

    assert claimed(site, site / "output", manifest, {"compare/index.html"}) == ""


def test_our_own_file_may_become_a_folder(site):
    """What comparo wrote itself and will remove first is in nobody's way."""
    write_atomically(site, "output/a", b"old")
    write_atomically(site, "output/b/c/x", b"old")
    manifest = Manifest(frozenset({"a", "b/c/x"}))

    assert claimed(site, site / "output", manifest, {"a/index.html", "b"}) == ""


def test_an_output_that_cannot_be_looked_at_is_told(site):
    """A name that the disk does not take is one clear line."""
    assert "File name too long" in claimed(site, site / ("x" * 300))


@pytest.mark.parametrize("killed_after", range(6))
def test_a_build_that_is_killed_leaves_a_folder_that_the_next_one_repairs(site, killed_after):
    """At whichever step a build ends, the next one makes the same tree as if nothing had been."""
    root = site / "output"
    old, new = {"index.html", "old/index.html"}, {"index.html", "new/index.html"}

    def build(planned, steps=99):
        last = Manifest.load(root)
        claim(root, last, planned, guarded=[site / "content"])
        for step in (
            lambda: sweep(root, () if last.finished else last.paths),
            lambda: Manifest(last.paths | planned, finished=False).save(root),
            lambda: [write_atomically(root, path, path.encode()) for path in sorted(planned)],
            lambda: remove(root, last.paths - planned),
            lambda: Manifest(frozenset(planned)).save(root),
        )[:steps]:
            step()

    build(old)
    build(new, killed_after)
    (root / LEFT_OVER).write_bytes(b"half")
    Manifest(Manifest.load(root).paths, finished=False).save(root)
    build(new)

    assert sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()) == [
        NAME,
        "index.html",
        "new/index.html",
    ]
    assert Manifest.load(root) == Manifest(frozenset(new))
