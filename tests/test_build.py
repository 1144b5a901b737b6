"""Writing a site: what is on disk after a build, and what a build that fails leaves there."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from comparo.build import build, clean
from comparo.errors import ContentError, OutputError, ThemeError
from comparo.output.lock import hold
from comparo.scaffold import new_site


@pytest.fixture
def site(tmp_path):
    """Give a small site of its own."""
    root = tmp_path / "site"
    new_site(root)
    return root


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Give every file of a folder with its bytes and the time it was written."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def texts(folder: Path) -> dict[str, bytes]:
    return {path: data for path, (data, _) in tree(folder).items()}


def product(site: Path, slug: str, text: str = "") -> Path:
    path = site / "content/products" / slug / "product.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text or f"name: {slug.title()}\ncategory: note-apps\n")
    return path


def test_a_second_build_touches_nothing(site):
    """Where nothing changed, no file is written again: what is published stays as it is."""
    first = build(site, site / "output")
    before = tree(site / "output")

    second = build(site, site / "output")

    assert (first.written, first.unchanged) == (first.total, 0)
    assert (second.written, second.unchanged, second.removed) == (0, first.total, 0)
    assert tree(site / "output") == before


def edit_name(site):
    path = site / "content/products/example-notes/product.yaml"
    path.write_text(path.read_text().replace("name: Example Notes", "name: Renamed Notes"))


def add_product(site):
    product(site, "third")


def remove_product(site):
    folder = site / "content/products/sample-notes"
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    folder.rmdir()


def change_theme(site):
    theme = site / "themes/own"
    theme.mkdir(parents=True)
    (theme / "theme.yaml").write_text("name: own\nextends: default\n")
    (theme / "strings.yaml").write_text("rank: {unrated: Not rated}\n")
    settings = site / "content/site.yaml"
    settings.write_text(settings.read_text() + "\ntheme: own\n")


def lose_cache(site):
    for path in (site / ".comparo").iterdir():
        path.unlink()
    (site / ".comparo").rmdir()
    remove_product(site)


def damage_output(site):
    (site / "output/index.html").write_bytes(b"half a pa")
    (site / "output/robots.txt").unlink()


@pytest.mark.parametrize(
    "edit", [edit_name, add_product, remove_product, change_theme, lose_cache, damage_output]
)
def test_a_later_build_is_as_a_clean_one(site, edit, tmp_path):
    """After any edit the output is the very tree that a build into an empty folder makes."""
    build(site, site / "output")

    edit(site)
    build(site, site / "output")

    build(site, tmp_path / "clean")
    assert texts(site / "output") == texts(tmp_path / "clean")


def test_what_others_wrote_stays(site):
    """Pages of a removed product go; a file that comparo did not write is not touched."""
    product(site, "third")
    build(site, site / "output")
    foreign = site / "output/products/third/notes.txt"
    foreign.write_text("mine")

    (site / "content/products/third/product.yaml").unlink()
    (site / "content/products/third").rmdir()
    report = build(site, site / "output")

    assert report.removed > 0
    assert [path.name for path in foreign.parent.iterdir()] == ["notes.txt"]


def test_wrong_content_leaves_the_output_alone(site):
    """A build that fails on content writes nothing and names every mistake."""
    build(site, site / "output")
    before = tree(site / "output")
    product(site, "third", "name: Third\nrank: 101\nreleased: soon\n")

    with pytest.raises(ContentError) as failure:
        build(site, site / "output")

    assert [str(problem) for problem in failure.value.problems] == [
        "content/products/third/product.yaml:2:7: rank: must be from 0 to 100, not 101",
        (
            "content/products/third/product.yaml:3:11: released: must be a date such as"
            ' 2026-11-22, not "soon"'
        ),
    ]
    assert tree(site / "output") == before


def test_what_is_broken_can_be_left_out(site):
    """With keep_going the rest of the site is built, and the mistakes are reported."""
    product(site, "third", "name: Third\nrank: 101\n")

    report = build(site, site / "output", keep_going=True)

    assert (report.products, len(report.problems)) == (2, 1)
    assert not (site / "output/products/third").exists()


def test_strict_takes_warnings_for_errors(site):
    """A typo in a key passes with a warning, but not a strict build."""
    product(site, "third", "name: Third\ncapabilites: []\n")

    report = build(site, site / "output")

    assert [str(warning) for warning in report.warnings] == [
        (
            "content/products/third/product.yaml:2:1: capabilites: is not a key that comparo knows"
            ' (did you mean "capabilities"?)'
        )
    ]
    with pytest.raises(ContentError, match="capabilites"):
        build(site, site / "output", strict=True)


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ a.name", "comparison.html:1"),
        ("\n{{ a.nmae }}", "comparison.html:2: .*no attribute 'nmae'"),
        ("{{ say('no.such') }}", 'has no "no.such"'),
        ("{{ say('title.comparison', a=1) }}", "title.comparison: cannot be filled in"),
        ("{{ asset('none.css') }}", "has no asset none.css"),
        ("{% include 'none.html' %}", "has no template none.html"),
    ],
)
def test_a_broken_template_leaves_the_output_alone(site, template, message):
    """A theme's mistake names its file and line; no page that was published changes."""
    build(site, site / "output")
    before = tree(site / "output")
    change_theme(site)
    templates = site / "themes/own/templates"
    templates.mkdir()
    (templates / "comparison.html").write_text(template)

    with pytest.raises(ThemeError, match=message):
        build(site, site / "output")

    assert tree(site / "output") == before


@pytest.mark.parametrize("built_before", [True, False])
def test_a_late_failure_leaves_the_output_alone(site, built_before):
    """What was already written when a template fails goes again, and was never seen."""
    if built_before:
        build(site, site / "output")
    before = texts(site / "output")
    edit_name(site)
    change_theme(site)
    (site / "themes/own/templates").mkdir()
    (site / "themes/own/templates/404.html").write_text("{{ nothing }}")

    with pytest.raises(ThemeError, match=r"404\.html:1: 'nothing' is undefined"):
        build(site, site / "output")

    assert texts(site / "output") == before


def test_a_killed_build_is_repaired(site, tmp_path):
    """Whenever the process dies, every page is whole, and the next build leaves no trace of it."""
    build(site, site / "output")
    for number in range(40):
        product(site, f"more-{number}")
    command = [sys.executable, "-m", "comparo", "build", str(site), "-q"]

    for delay in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7):
        process = subprocess.Popen(command)
        time.sleep(delay)
        process.kill()
        process.wait()
    pages = list((site / "output").rglob("*.html"))
    torn = [path for path in pages if not path.read_bytes().rstrip().endswith(b"</html>")]
    build(site, site / "output")

    assert torn == []
    build(site, tmp_path / "clean")
    assert texts(site / "output") == texts(tmp_path / "clean")


def test_two_builds_do_not_mix(site):
    """A second build says who is at work."""
    with hold(site / ".comparo"), pytest.raises(OutputError, match="build"):
        build(site, site / "output")


def test_the_content_is_no_output(site):
    """An output that could hold somebody's work is refused before anything is written."""
    before = texts(site)

    for output in (site, site / "content", site / "themes", site.parent, Path.home()):
        with pytest.raises(OutputError, match="cannot be the output folder"):
            build(site, output)

    assert {k: v for k, v in texts(site).items() if ".comparo" not in k} == before


def test_clean_removes_what_comparo_wrote(site):
    """What is left after cleaning is what was there before the first build."""
    (site / "output").mkdir()
    (site / "output/.gitkeep").touch()
    build(site, site / "output")
    (site / "output/products/mine.txt").write_text("mine")

    clean(site, site / "output")

    assert sorted(texts(site / "output")) == [".gitkeep", "products/mine.txt"]
    assert not (site / ".comparo").exists()


def test_ages_are_measured_on_a_day(site):
    """The same content gets older only if it is told to."""
    build(site, site / "output")
    page = site / "output/products/example-notes/index.json"
    before = page.read_bytes()

    from datetime import date

    build(site, site / "output", as_of=date(2036, 1, 1))

    assert page.read_bytes() != before


def test_clean_writes_every_file_anew_or_none(site):
    """With ``anew`` all is written again, but not before the content is known to be sound."""
    first = build(site, site / "output")
    before = tree(site / "output")
    broken = product(site, "third", "name: [\n")

    with pytest.raises(ContentError):
        build(site, site / "output", anew=True)

    assert tree(site / "output") == before
    broken.unlink()
    broken.parent.rmdir()
    assert build(site, site / "output", anew=True).written == first.total


def test_a_list_half_written_is_swept(site):
    """A temporary file of a build that died at its very first write goes with the next one."""
    build(site, site / "output")
    (site / "output" / f".comparo-{'0' * 16}.tmp").write_bytes(b"half")

    build(site, site / "output")

    assert [path.name for path in (site / "output").glob("*.tmp")] == []
