"""What is written below an output folder, and what is never touched there."""

import errno
import os
import resource
from pathlib import Path

import pytest

from comparo.errors import OutputError
from comparo.output.files import (
    discard,
    disk_error,
    file_of,
    folders_of,
    lies_inside,
    prune,
    remove,
    replace_together,
    stage,
    sweep,
    write_atomically,
)

LEFT_OVER = ".comparo-0123456789abcdef.tmp"


@pytest.fixture
def root(tmp_path):
    """Give an output folder that holds nothing yet."""
    folder = tmp_path / "output"
    folder.mkdir()
    return folder


def tree(folder: Path) -> list[str]:
    """List everything in a folder by relative path."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/", "index.html"),
        ("/compare/a-vs-b/", "compare/a-vs-b/index.html"),
        ("/robots.txt", "robots.txt"),
        ("/products/a/index.json", "products/a/index.json"),
        ("/404.html", "404.html"),
    ],
)
def test_a_page_has_its_file(url, path):
    """An address that ends with a slash is a folder with an index; any other is a file."""
    assert file_of(url) == path


def test_folders_of_a_file():
    """The folders of a path are given outermost first, without the file."""
    assert folders_of("compare/a-vs-b/index.html") == ["compare", "compare/a-vs-b"]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../secret",
        "a/../../secret",
        "a//b",
        "a/./b",
        "a/",
        "C:secret",
        "a\\..\\secret",
        "a\nb",
        "a\x1b[2Jb",
        "a\u2028b",
        "a\udcffb",
        ".git/config",
        "a/.GIT/config",
    ],
)
def test_a_path_that_leads_elsewhere_is_never_written(root, path):
    """Only a path that means a file below the output, on any system, is written."""
    with pytest.raises(OutputError, match="outside the output folder"):
        write_atomically(root, path, b"x")

    assert not lies_inside(path)
    assert tree(root.parent) == ["output"]


def test_writing_makes_the_file_and_its_folders(root):
    """A new file comes with its folders and is said to be written."""
    written = write_atomically(root, "compare/a-vs-b/index.html", b"page")

    assert written is True
    assert (root / "compare/a-vs-b/index.html").read_bytes() == b"page"
    assert tree(root) == ["compare", "compare/a-vs-b", "compare/a-vs-b/index.html"]


def test_a_file_has_the_rights_that_the_user_chose(root):
    """Pages can be read by a web server: their mode follows the umask, as any other file's."""
    (root / "plain").write_bytes(b"x")

    write_atomically(root, "page", b"x")

    assert (root / "page").stat().st_mode == (root / "plain").stat().st_mode


def test_an_empty_file_can_be_written(root):
    """No bytes are bytes too."""
    assert write_atomically(root, ".nojekyll", b"") is True
    assert write_atomically(root, ".nojekyll", b"") is False


@pytest.mark.parametrize("old", [b"old!", b"older"])
def test_writing_replaces_what_differs(root, old):
    """A file with other bytes, of the same length or not, becomes the new one."""
    (root / "index.html").write_bytes(old)

    written = write_atomically(root, "index.html", b"new!")

    assert written is True
    assert (root / "index.html").read_bytes() == b"new!"
    assert tree(root) == ["index.html"]


def test_the_same_bytes_are_not_written_again(root):
    """A file that already holds the bytes keeps its time and its place on the disk."""
    write_atomically(root, "index.html", b"same")
    os.utime(root / "index.html", ns=(1, 1))
    before = (root / "index.html").stat()

    written = write_atomically(root, "index.html", b"same")

    after = (root / "index.html").stat()
    assert written is False
    assert (after.st_mtime_ns, after.st_ino) == (1, before.st_ino)


def test_a_reader_of_the_old_file_reads_it_to_its_end(root):
    """Who has the old file open when it is replaced still gets the whole old one."""
    (root / "index.html").write_bytes(b"old")

    with (root / "index.html").open("rb") as reader:
        write_atomically(root, "index.html", b"new")

        assert reader.read() == b"old"


def test_a_link_in_place_of_a_file_is_refused(root, tmp_path):
    """A link where a page belongs is neither followed nor replaced."""
    (tmp_path / "secret").write_bytes(b"secret")
    (root / "index.html").symlink_to(tmp_path / "secret")

    with pytest.raises(OutputError, match=r"index\.html: a link stands where a file belongs"):
        write_atomically(root, "index.html", b"page")

    assert (tmp_path / "secret").read_bytes() == b"secret"
    assert (root / "index.html").is_symlink()


def test_a_link_in_place_of_a_folder_is_refused(root, tmp_path):
    """A link anywhere on the way to a page is not followed out of the output."""
    (tmp_path / "elsewhere").mkdir()
    (root / "compare").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OutputError, match="compare: a link stands where a folder belongs"):
        write_atomically(root, "compare/a-vs-b/index.html", b"page")

    assert tree(tmp_path / "elsewhere") == []


def test_a_link_that_leads_nowhere_is_refused(root, tmp_path):
    """A dangling link is a link too; nothing is made at its end."""
    (root / "compare").symlink_to(tmp_path / "missing")

    with pytest.raises(OutputError, match="a link stands where a folder belongs"):
        write_atomically(root, "compare/index.html", b"page")

    assert not (tmp_path / "missing").exists()


def test_what_is_no_plain_file_is_refused(root):
    """A folder or a FIFO in place of a page is named; the FIFO does not block."""
    (root / "folder").mkdir()
    os.mkfifo(root / "fifo")

    with pytest.raises(OutputError, match="a folder stands where a file belongs"):
        write_atomically(root, "folder", b"page")
    with pytest.raises(OutputError, match="a special file stands where a file belongs"):
        write_atomically(root, "fifo", b"page")


def test_a_file_in_place_of_a_folder_is_refused(root):
    """A file where a page's folder belongs is named and stays."""
    (root / "compare").write_bytes(b"mine")

    with pytest.raises(OutputError, match="compare: a file stands where a folder belongs"):
        write_atomically(root, "compare/index.html", b"page")

    assert (root / "compare").read_bytes() == b"mine"


def test_a_staged_file_shows_only_when_it_is_put_in_place(root):
    """A file can be written beside its place first, and be put there or discarded later."""
    (root / "index.html").write_bytes(b"old")

    temporary = stage(root, "index.html", b"new")

    assert (root / "index.html").read_bytes() == b"old"
    assert Path(temporary).read_bytes() == b"new"
    assert Path(temporary).parent == root

    discard([temporary, temporary])

    assert tree(root) == ["index.html"]


def test_what_is_there_already_is_not_staged(root):
    """A file with the very bytes needs no new one beside it."""
    (root / "index.html").write_bytes(b"same")

    assert write_atomically(root, "index.html", b"same") is False
    assert tree(root) == ["index.html"]


def test_a_staged_file_that_cannot_be_put_in_place_goes(root, monkeypatch):
    """When the last step fails, the old page stands and nothing lies beside it."""
    (root / "index.html").write_bytes(b"old")

    def refuse(_old, new):
        raise OSError(errno.ENOSPC, "No space left on device", new)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OutputError, match=r"index\.html: the disk is full"):
        write_atomically(root, "index.html", b"new")

    assert (root / "index.html").read_bytes() == b"old"
    assert tree(root) == ["index.html"]


def test_files_are_replaced_together(root):
    """Several files get their new bytes and keep their rights; folders are made where needed."""
    (root / "a.txt").write_bytes(b"old")
    (root / "a.txt").chmod(0o600)

    replace_together(root, {"a.txt": b"new", "b/c.txt": b"also new"})

    assert (root / "a.txt").read_bytes() == b"new"
    assert (root / "a.txt").stat().st_mode & 0o777 == 0o600
    assert tree(root) == ["a.txt", "b", "b/c.txt"]


def test_of_files_that_belong_together_all_or_none_are_replaced(root):
    """When one cannot be written, the others stay and nothing lies beside them."""
    (root / "a.txt").write_bytes(b"old")
    (root / "b").write_bytes(b"mine")

    with pytest.raises(OutputError, match="b: a file stands where a folder belongs"):
        replace_together(root, {"a.txt": b"new", "b/c.txt": b"new"})

    assert (root / "a.txt").read_bytes() == b"old"
    assert tree(root) == ["a.txt", "b"]


def test_rights_that_cannot_be_kept_stop_a_replacement(root, monkeypatch):
    """A file whose rights the disk refuses to copy stays as it was."""
    (root / "a.txt").write_bytes(b"old")

    def refuse(*_arguments):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "chmod", refuse)
    with pytest.raises(OutputError, match="permission denied"):
        replace_together(root, {"a.txt": b"new"})

    assert (root / "a.txt").read_bytes() == b"old"
    assert tree(root) == ["a.txt"]


def test_pruning_takes_empty_folders_only(root, tmp_path):
    """Empty folders go from the inside out; files, links and what they lead to stay."""
    (root / "compare/a-vs-b").mkdir(parents=True)
    write_atomically(root, "products/a/index.html", b"page")
    (tmp_path / "elsewhere/empty").mkdir(parents=True)
    (root / "link").symlink_to(tmp_path / "elsewhere")

    prune(root, ["compare/a-vs-b", "products/a", "link/empty", "link", "", "missing/x"])

    assert tree(root) == ["link", "products", "products/a", "products/a/index.html"]
    assert tree(tmp_path / "elsewhere") == ["empty"]


def test_an_output_that_vanished_is_not_made_anew(root):
    """When the whole output is gone, half a site must not take its place."""
    root.rmdir()

    with pytest.raises(OutputError, match="the folder is gone"):
        write_atomically(root, "compare/index.html", b"page")

    assert not root.exists()


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(root):
    """When the disk gives up in the middle, the old page stands whole and there is no rubbish."""
    (root / "index.html").write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OutputError, match=r"index\.html: File too large"):
            write_atomically(root, "index.html", b"x" * 5000)
        with pytest.raises(OutputError, match=r"new/index\.html: File too large"):
            write_atomically(root, "compare/new/index.html", b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert (root / "index.html").read_bytes() == b"old"
    assert tree(root) == ["index.html"]


def test_a_folder_without_rights_is_named(read_only):
    """A folder that may not be written to is one clear line."""
    with pytest.raises(OutputError, match=r"index\.html: permission denied"):
        write_atomically(read_only, "index.html", b"page")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "output/x: the disk is full"),
        (errno.EROFS, "output/x: the disk is read-only"),
        (errno.EACCES, "output/x: permission denied"),
        (errno.EIO, "output/x: Input/output error"),
    ],
)
def test_what_the_disk_refuses_is_one_clear_line(number, words):
    """An error of the disk says where and why, without a number or a class."""
    assert str(disk_error("output/x", OSError(number, os.strerror(number)))) == words


def test_an_error_without_a_number_is_told_as_it_is():
    """An error that the system did not number still says what it says."""
    assert str(disk_error("output/x", OSError("odd"))) == "output/x: odd"


def test_removing_takes_files_and_the_folders_left_empty(root):
    """Pages go, and with them the folders that nothing is left in; the output itself stays."""
    write_atomically(root, "compare/a-vs-b/index.html", b"page")
    write_atomically(root, "compare/a-vs-c/index.html", b"page")
    write_atomically(root, "index.html", b"page")

    remove(root, ["compare/a-vs-b/index.html", "index.html"])

    assert tree(root) == ["compare", "compare/a-vs-c", "compare/a-vs-c/index.html"]

    remove(root, ["compare/a-vs-c/index.html"])

    assert tree(root) == []
    assert root.is_dir()


def test_a_removal_that_was_cut_short_is_finished(root):
    """Files and folders that are gone already are no trouble, and what is left over goes."""
    (root / "compare").mkdir()

    remove(root, ["compare/a-vs-b/index.html", "products/a/index.html"])

    assert tree(root) == []


def test_removing_spares_what_somebody_else_put_there(root):
    """A foreign file keeps its folder."""
    write_atomically(root, "compare/index.html", b"page")
    (root / "compare/notes.txt").write_bytes(b"mine")

    remove(root, ["compare/index.html"])

    assert tree(root) == ["compare", "compare/notes.txt"]


def test_removing_follows_no_link(root, tmp_path):
    """Neither a linked file nor a file or an empty folder behind a linked folder is deleted."""
    (tmp_path / "elsewhere/empty").mkdir(parents=True)
    (tmp_path / "elsewhere/index.html").write_bytes(b"mine")
    (root / "compare").symlink_to(tmp_path / "elsewhere")
    (root / "index.html").symlink_to(tmp_path / "elsewhere/index.html")

    remove(root, ["compare/index.html", "compare/empty/index.html", "index.html"])

    assert tree(tmp_path / "elsewhere") == ["empty", "index.html"]
    assert tree(root) == ["compare", "index.html"]


def test_removing_takes_plain_files_only(root):
    """A folder that bears a page's name stays, with what is in it."""
    (root / "index.html").mkdir()
    (root / "index.html/mine").write_bytes(b"mine")

    remove(root, ["index.html"])

    assert tree(root) == ["index.html", "index.html/mine"]


def test_removing_never_leaves_the_output(root, tmp_path):
    """A path that leads out of the output deletes nothing, whoever wrote it down."""
    (tmp_path / "secret").write_bytes(b"secret")
    (root / ".git").mkdir()
    (root / ".git/config").write_bytes(b"mine")

    remove(root, ["../secret", str(tmp_path / "secret"), "a/../../secret", ".git/config"])

    assert (tmp_path / "secret").exists()
    assert tree(root) == [".git", ".git/config"]


def test_removing_goes_by_the_exact_name(root):
    """A file spelled otherwise is another one, though the disk may take them for the same."""
    (root / "logo.png").write_bytes(b"new")

    remove(root, ["Logo.png"])

    assert tree(root) == ["logo.png"]


def test_a_linked_output_is_left_alone(root, tmp_path):
    """Nothing is removed from, or swept out of, an output that has become a link."""
    (root / "index.html").write_bytes(b"page")
    (root / LEFT_OVER).write_bytes(b"pa")
    (tmp_path / "link").symlink_to(root)

    remove(tmp_path / "link", ["index.html"])
    sweep(tmp_path / "link", [])

    assert tree(root) == [LEFT_OVER, "index.html"]


def test_sweeping_takes_what_a_killed_build_left(root):
    """Half written files go, from the output itself and from the folders of its pages."""
    for folder in ("", "compare/a-vs-b/"):
        write_atomically(root, f"{folder}index.html", b"page")
        (root / f"{folder}{LEFT_OVER}").write_bytes(b"pa")

    sweep(root, ["index.html", "compare/a-vs-b/index.html", "products/never/index.html"])

    assert tree(root) == ["compare", "compare/a-vs-b", "compare/a-vs-b/index.html", "index.html"]


def test_sweeping_takes_nothing_else(root, tmp_path):
    """Foreign files, folders and links of such a name, and other folders, stay as they are."""
    (root / "foreign").mkdir()
    (root / "foreign" / LEFT_OVER).write_bytes(b"mine")
    (root / ".comparo-files").write_bytes(b"comparo-files 1\n")
    (root / ".comparo-mine.tmp").write_bytes(b"mine")
    (root / "compare" / LEFT_OVER).mkdir(parents=True)
    (tmp_path / "secret").write_bytes(b"secret")
    (root / LEFT_OVER).symlink_to(tmp_path / "secret")
    before = tree(root)

    sweep(root, ["index.html", "compare/index.html", "../output/foreign/index.html"])

    assert tree(root) == before


def test_a_disk_that_refuses_a_removal_is_told(root, monkeypatch):
    """What cannot be removed or swept is one clear line too."""
    write_atomically(root, "compare/index.html", b"page")
    (root / "compare" / LEFT_OVER).write_bytes(b"pa")

    def refuse(path):
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setattr(os, "unlink", refuse)
    monkeypatch.setattr(os, "rmdir", refuse)
    (root / "empty").mkdir()
    with pytest.raises(OutputError, match="empty: permission denied"):
        prune(root, ["empty"])
    with pytest.raises(OutputError, match=r"compare/index\.html: permission denied"):
        remove(root, ["compare/index.html"])
    with pytest.raises(OutputError, match=r"\.tmp: permission denied"):
        sweep(root, ["compare/index.html"])
