"""Which names cannot stand on every system."""

import pytest

from comparo.output.names import unportable


def test_a_usual_site_can_stand_anywhere():
    """The files of a site, letters of any script among them, are fine."""
    paths = {
        "index.html",
        ".nojekyll",
        "compare/console-vs-auxiliary/index.html",
        "compare/console-vs-null/index.html",
        "assets/größe.css",
        "assets/日本語.css",
        "assets/a.b.c",
    }

    assert unportable(paths) == []


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        (["a/Logo.png", "a/logo.png"], "a/logo.png: is the same name as a/Logo.png"),
        (["caf\u00e9.css", "cafe\u0301.css"], "is the same name as"),
        (["STRASSE.css", "straße.css"], "straße.css: is the same name as STRASSE.css"),
        (["Assets/a.css", "assets/b.css"], "assets: is the same name as Assets"),
        (["Compare", "compare/index.html"], "compare: is the same name as Compare"),
    ],
)
def test_names_that_differ_by_case_or_form_clash(paths, said):
    """Names that macOS or Windows takes for one are named together, once."""
    found = unportable(paths)

    assert len(found) == 1
    assert said in found[0]


def test_a_clash_of_folders_is_said_once():
    """What lies in two folders that clash is not said to clash again."""
    assert len(unportable(["Assets/a.css", "assets/a.css"])) == 1


def test_a_file_cannot_be_a_folder_too():
    """A file whose name other files need as a folder is named."""
    assert unportable(["compare", "compare/index.html"]) == [
        "compare: is a file, and the folder of another"
    ]


@pytest.mark.parametrize(
    "name",
    ["con", "PRN", "aux.html", "Nul.tar.gz", "com1", "LPT9.txt", "com²", "con .txt"],
)
def test_names_of_devices_are_refused(name):
    """A name that Windows keeps for a device is refused, as a folder and with any ending."""
    assert unportable([f"{name}/index.html"]) == [f"{name}: the name is reserved by Windows"]


@pytest.mark.parametrize("name", ["com", "com0", "com10", "console", "auxiliary", "nul-1", "a.con"])
def test_names_that_only_look_so_are_fine(name):
    """A name that merely begins or ends like a device's is a name like others."""
    assert unportable([f"{name}/index.html"]) == []


@pytest.mark.parametrize("name", ["a.", "a ", "..."])
def test_a_dot_or_space_at_the_end_is_refused(name):
    """Windows drops what a name ends with, and would mix it up with another."""
    assert "at the end of a name" in unportable([f"{name}/index.html"])[0]


@pytest.mark.parametrize("letter", '<>"|?*')
def test_signs_that_windows_forbids_are_refused(letter):
    """A sign that no Windows name may hold is named."""
    assert unportable([f"a{letter}b"]) == [f"a{letter}b: Windows allows no {letter} in a name"]


def test_a_name_is_measured_in_bytes():
    """255 bytes are the most that a name may have, however few letters they are."""
    assert unportable(["x" * 255, "ä" * 127]) == []
    assert "longer than 255 bytes" in unportable(["x" * 256])[0]
    assert "longer than 255 bytes" in unportable(["ä" * 128])[0]


def test_a_path_out_of_the_output_is_refused():
    """What is no relative path at all is shown with its signs escaped."""
    assert unportable(["../x", "a\x1bb"]) == [
        "'../x': is no name for a file of a site",
        "'a\\x1bb': is no name for a file of a site",
    ]


def test_everything_is_said_at_once_and_in_order():
    """All that is wrong is told, the same way whatever the order of the paths."""
    paths = ["con", "B", "b", "x."]

    assert unportable(paths) == unportable(reversed(paths))
    assert len(unportable(paths)) == 3
