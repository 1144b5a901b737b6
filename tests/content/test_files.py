"""Only regular files inside the site are read, and what cannot be read is said by name."""

import os
import socket
import tempfile
from pathlib import Path

import pytest

from comparo.files import Files, Report

LEADS_OUT = "is a link that leads out of the site (copy what it leads to)"


@pytest.mark.parametrize(
    "data",
    ["ä\nb\n".encode(), "ä\r\nb\r\n".encode(), "ä\rb\r".encode(), "\ufeffä\nb\n".encode()],
    ids=["plain", "CRLF", "CR", "BOM"],
)
def test_texts_are_the_same_however_they_were_saved(files, write, said, data):
    """Line ends and a byte order mark are the editor's affair."""
    path = write("a.md", data)

    assert files.text(path) == "ä\nb\n"
    assert said() == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("a".encode("utf-16"), "a.md: is UTF-16 (save it as UTF-8)"),
        ("\ufeffa".encode("utf-16-be"), "a.md: is UTF-16 (save it as UTF-8)"),
        ("\ufeffa".encode("utf-32-be"), "a.md: is UTF-32 (save it as UTF-8)"),
        ("a\nbä".encode("latin-1"), "a.md:2:2: is not UTF-8 (save it with the encoding UTF-8)"),
        (b"\xed\xa0\x80", "a.md:1:1: is not UTF-8 (save it with the encoding UTF-8)"),
        (b"a\nb\0c", "a.md:2:2: is binary: it holds the control character U+0000 (remove it)"),
        (b"a\r\nb\x1b[2J", "a.md:2:2: holds the control character U+001B (remove it)"),
        (b"x" * 2_000_000, "a.md: is larger than 1,000,000 bytes (split or shorten it)"),
    ],
    ids=["UTF-16", "UTF-16-BE", "UTF-32", "Latin-1", "surrogate", "NUL", "escape", "2 MB"],
)
def test_what_is_no_text_is_said_with_its_line(files, write, said, data, message):
    """Another encoding, a binary and a huge file are errors that say what to do."""
    path = write("a.md", data)

    assert files.text(path) is None
    assert said() == [message]


def test_a_fifo_is_refused_at_once(files, write, said):
    """A FIFO nobody writes to would hold the build for ever."""
    path = write("a.md", "").with_name("b.md")
    os.mkfifo(path)

    assert files.text(path) is None
    assert said() == ["b.md: is not a regular file"]


def test_a_socket_is_refused(files, write, said, monkeypatch):
    """What cannot even be opened is an error like any other."""
    monkeypatch.chdir(write("a.md", "").parent)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("b.md")

        assert files.text(files.root / "b.md") is None
    assert said()[0].startswith("b.md: cannot be read: ")


def test_a_folder_is_no_file(files, write, said):
    """A folder where a file should be is an error."""
    path = write("a.md/b", "").parent

    assert files.text(path) is None
    assert said() == ["a.md: is not a regular file"]


def test_a_missing_file_is_said(files, write, said):
    """What is not there cannot be read."""
    path = write("a.md", "").with_name("b.md")

    assert files.text(path) is None
    assert said() == ["b.md: cannot be read: No such file or directory"]


@pytest.mark.parametrize("target", ["../../secret", "/etc/hostname", "../../site-too/secret"])
def test_no_link_leads_out_of_the_site(files, write, said, target):
    """What lies beside the site stays secret, even where its path begins like the site's."""
    path = write("folder/a.md", "").with_name("b.md")
    for name in ("secret", "site-too/secret"):
        write(f"../{name}", "secret")
    path.symlink_to(target)

    assert files.text(path) is None
    assert list(files.entries(path.parent)) == [path.with_name("a.md")]
    assert said() == [f"folder/b.md: {LEADS_OUT}"] * 2


def test_no_folder_of_links_leads_out_of_the_site(files, write, said):
    """A linked folder is refused as one, without a word about what lies in it."""
    write("../outside/secret.md", "secret")
    link = write("a.md", "").with_name("folder")
    link.symlink_to("../outside")

    assert list(files.entries(link)) == []
    assert files.text(link / "secret.md") is None
    assert said() == [f"folder: {LEADS_OUT}", f"folder/secret.md: {LEADS_OUT}"]


def test_a_way_up_and_down_again_is_gone_in_full(files, write, said):
    """A folder that is a link is not taken for what it is called, on whatever way it is reached."""
    write("../outside/folder/secret.md", "secret")
    (write("a.md", "A").parent / "link").symlink_to("../outside/folder")

    assert files.text(files.root / "link" / ".." / "folder" / "secret.md") is None
    assert files.text(files.root / "link" / ".." / ".." / "site" / "a.md") == "A"
    assert said() == [f"link/../folder/secret.md: {LEADS_OUT}"]


def test_links_within_the_site_are_followed(files, write, said):
    """Two names for one file of the site are the author's affair."""
    path = write("a.md", "A").with_name("b.md")
    path.symlink_to("a.md")

    assert files.text(path) == "A"
    assert said() == []


def test_a_site_may_itself_be_reached_by_a_link(files, write, tmp_path, said):
    """The site's own folder may lie anywhere."""
    write("a.md", "A")
    (tmp_path / "link").symlink_to("site")
    linked = type(files)(tmp_path / "link", files.report)

    assert linked.text(tmp_path / "link" / "a.md") == "A"
    assert said() == []


@pytest.mark.parametrize("target", ["nowhere", "b.md"], ids=["to nowhere", "to itself"])
def test_links_that_lead_nowhere_are_said(files, write, said, target):
    """A link that dangles or runs in a circle is there, and an error to read."""
    path = write("a.md", "").with_name("b.md")
    path.symlink_to(target)

    assert files.holds(path)
    assert files.text(path) is None
    assert len(said()) == 1


def test_entries_come_in_a_fixed_order_without_back_ups(files, write, said):
    """What editors and systems leave behind is passed over in silence."""
    for name in ("b", "a", "C", ".hidden", "a~", "#a#", ".DS_Store", "日本"):
        write(f"folder/{name}", "")

    found = [path.name for path in files.entries(files.root / "folder")]

    assert found == ["C", "a", "b", "日本"]
    assert said() == []


def test_a_folder_that_is_not_there_is_empty(files, said):
    """Most folders of a site may be left out."""
    assert list(files.entries(files.root / "folder")) == []
    assert said() == []


def test_a_file_is_no_folder(files, write, said):
    """A file where a folder should be is an error, not an empty folder."""
    assert list(files.entries(write("folder", ""))) == []
    assert said() == ["folder: cannot be listed: Not a directory"]


def test_a_name_that_is_not_utf_8_is_said(files, write, said):
    """A name that cannot be shown is shown as its escapes."""
    write("folder/a", "")
    (files.root / "folder" / os.fsdecode(b"b\xff")).touch()

    found = [path.name for path in files.entries(files.root / "folder")]

    assert found == ["a"]
    assert said() == ["folder: holds a name that is not UTF-8: 'b\\udcff'"]


def test_control_characters_in_a_name_are_shown_as_escapes(files, write, said):
    """A file's name cannot paint the terminal of who reads the error."""
    path = write("\x1b[31m\nx", "\0")

    files.text(path)

    assert said()[0].startswith("\\x1b[31m\\nx:1:1: is binary")


def test_a_file_is_read_piece_by_piece(files, write, said):
    """A stream gives what the file holds, and is closed behind it."""
    path = write("a.csv", b"abc")

    with files.stream(path, 3) as stream:
        pieces = [stream.read(2), stream.read(2), stream.read(2)]

    assert pieces == [b"ab", b"c", b""]
    assert stream.closed
    assert said() == []


def test_a_stream_is_guarded_as_a_file_is(files, write, said):
    """Nothing is opened that may not be read, or that is too large."""
    path = write("folder/a.csv", b"abc")
    path.with_name("b.csv").symlink_to("/etc/hostname")
    os.mkfifo(path.with_name("c.csv"))

    for name in ("a.csv", "b.csv", "c.csv", "d.csv"):
        with files.stream(path.with_name(name), 2) as stream:
            assert stream is None

    assert said() == [
        "folder/a.csv: is larger than 2 bytes (split or shorten it)",
        f"folder/b.csv: {LEADS_OUT}",
        "folder/c.csv: is not a regular file",
        "folder/d.csv: cannot be read: No such file or directory",
    ]


def test_a_disk_that_fails_is_said():
    """A file that was opened and cannot be read is an error like any other."""
    report = Report()
    files = Files(Path("/proc/self"), report)

    assert files.read(Path("/proc/self/mem")) is None
    assert list(map(str, report.errors)) == ["mem: cannot be read: Input/output error"]


@pytest.fixture
def as_nobody():
    """Become somebody who may not read everything, in a folder that they may enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        user = os.geteuid()
        yield Path(folder), lambda: os.seteuid(user or 65534)
        os.seteuid(user)


def test_what_may_not_be_read_is_said(as_nobody):
    """A file or folder without permission is an error, not an absence."""
    folder, become_nobody = as_nobody
    report = Report()
    files = Files(folder, report)
    for name in ("locked", "listed"):
        (folder / name).mkdir()
        (folder / name / "a.md").touch()
    (folder / "a.md").touch()
    for name, mode in (("a.md", 0), ("locked", 0), ("listed", 0o444)):
        (folder / name).chmod(mode)
    become_nobody()

    read = [files.text(folder / "a.md"), files.text(folder / "locked" / "a.md")]
    found = [list(files.entries(folder / name)) for name in ("locked", "listed")]

    assert (read, found) == ([None, None], [[], []])
    assert files.holds(folder / "locked" / "a.md")
    assert [str(problem) for problem in report.errors] == [
        "a.md: cannot be read: Permission denied",
        "locked/a.md: cannot be read: Permission denied",
        "locked: cannot be listed: Permission denied",
        "listed/a.md: cannot be read: Permission denied",
    ]
