"""A site that is drawn by several processes: the same files, or none at all."""

import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from comparo import drawing
from comparo.build import build
from comparo.errors import OutputError, ThemeError
from comparo.output.lock import GRACE, hold

PATIENCE = 30.0
SLOW = "{% for _ in range(99999) %}{% endfor %}{{ a.name }}</html>"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Give a site with enough pages for several processes."""
    root = tmp_path_factory.mktemp("site")
    for number in range(30):
        folder = root / f"content/products/product-{number:02d}"
        folder.mkdir(parents=True)
        (folder / "product.yaml").write_text(
            f"name: Product {number}\ncategory: things\nrank: {40 + number}\n"
            f"capabilities:\n- name: Does {number % 3}\n  description: At once.\n"
        )
    (root / "content/site.yaml").write_text("title: Many\npairs: {per_product: 29}\n")
    return root


@pytest.fixture
def edited(site):
    """Give the site with its theme changed, so that all pages are to be drawn, and undo that."""
    yield site
    for path in sorted((site / "themes").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    (site / "content/site.yaml").write_text("title: Many\npairs: {per_product: 29}\n")


def change_theme(site, template=""):
    templates = site / "themes/own/templates"
    templates.mkdir(parents=True)
    (site / "themes/own/theme.yaml").write_text("name: own\nextends: default\n")
    (site / "themes/own/strings.yaml").write_text("rank: {unrated: Not rated}\n")
    if template:
        (templates / "comparison.html").write_text(template)
    settings = site / "content/site.yaml"
    settings.write_text(f"{settings.read_text()}theme: own\n")


def texts(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def begin(site, output, *options):
    """Build in a process of its own, with a group of its own, till it has two workers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "comparo", "build", site, "-o", output, "-j", "3", *options],
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + PATIENCE
    while len(workers := workers_of(process)) < 2:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.001)
    return process, workers


def said_by(process):
    """Wait until nobody is left who could say anything, neither it nor its workers."""
    return process.communicate(timeout=PATIENCE)[1]


def workers_of(process):
    with suppress(OSError):
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]
    return []


@pytest.mark.parametrize("jobs", [2, 4])
def test_the_files_are_the_same_whatever_the_number(site, tmp_path, jobs):
    """One process and several write the same bytes, and know afterwards that all is done."""
    alone = build(site, tmp_path / "alone")

    together = build(site, tmp_path / "together", jobs=jobs)
    again = build(site, tmp_path / "together", jobs=jobs)

    assert texts(tmp_path / "together") == texts(tmp_path / "alone")
    assert (together.written, together.total) == (alone.written, alone.total)
    assert alone.total > drawing.WORTH + drawing.BATCH
    assert again.written == 0


def test_the_files_are_the_same_where_nothing_is_handed_down(site, tmp_path, monkeypatch):
    """Processes that open the site themselves come to the same pages."""
    before = multiprocessing.get_start_method(allow_none=True)
    multiprocessing.set_start_method("spawn", force=True)
    monkeypatch.setattr(drawing, "OPENING", 1)
    build(site, tmp_path / "alone")

    try:
        build(site, tmp_path / "together", jobs=2)
    finally:
        multiprocessing.set_start_method(before, force=True)

    assert texts(tmp_path / "together") == texts(tmp_path / "alone")
    assert build(site, tmp_path / "together").written == 0


def test_a_site_that_changes_meanwhile_is_told(site):
    """A process that finds other content than the first one did draws nothing of it."""
    order = drawing.Order(site, site / "output")

    with pytest.raises(OutputError, match="was changed while it was built"):
        drawing._opened(lambda: None, order, b"other", [0])  # noqa: SLF001 (no way to be so quick)


def test_what_several_wrote_is_brought_up_to_date_by_several(edited, tmp_path):
    """After a change of all pages the output is as a build into an empty folder makes it."""
    build(edited, tmp_path / "output", jobs=2)
    change_theme(edited)

    build(edited, tmp_path / "output", jobs=2)

    build(edited, tmp_path / "clean")
    assert texts(tmp_path / "output") == texts(tmp_path / "clean")


def test_a_lost_cache_touches_nothing(site, tmp_path):
    """Where it is not known what the files are made of, they are drawn, compared and left."""
    build(site, tmp_path / "output", jobs=2)
    pages = [path for path in (tmp_path / "output").rglob("*") if path.is_file()]
    before = [path.stat().st_mtime_ns for path in pages]
    for path in (site / ".comparo").glob("pages-*"):
        path.unlink()

    report = build(site, tmp_path / "output", jobs=2)

    assert report.written == 0
    assert [path.stat().st_mtime_ns for path in pages] == before


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("built_before", [True, False])
def test_a_broken_template_leaves_the_output_alone(edited, tmp_path, jobs, built_before):
    """The first mistake in the order of the pages is told, and nothing is written."""
    output = tmp_path / "output"
    if built_before:
        build(edited, output)
    before = texts(tmp_path)
    change_theme(edited, "{% if b.slug > 'product-12' %}{{ b.slug.nothing }}{% endif %}")

    with pytest.raises(ThemeError, match=r"comparison\.html:1: .*'nothing'"):
        build(edited, output, jobs=jobs)

    assert texts(tmp_path) == before
    assert built_before or not any(output.iterdir())


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_disk_leaves_the_output_alone(edited, tmp_path, jobs):
    """One clear line says which page did not fit, and what was staged is gone."""
    output = tmp_path / "output"
    build(edited, output)
    before = texts(output)
    change_theme(edited, "{{ b.slug * (90000 if b.slug == 'product-17' else 1) }}{{ a.slug }}")
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)

    resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, limit[1]))
    try:
        with pytest.raises(OutputError, match=r"-vs-product-17/index\.html: File too large"):
            build(edited, output, jobs=jobs)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)

    assert texts(output) == before


@pytest.mark.parametrize(
    "stop",
    [
        lambda process: os.killpg(process.pid, signal.SIGINT),
        lambda process: os.killpg(process.pid, signal.SIGTERM),
        lambda process: process.terminate(),
    ],
)
def test_a_build_that_is_stopped_leaves_the_output_alone(edited, tmp_path, stop):
    """Ctrl-C and SIGTERM take back what was staged, and end all processes without a word more."""
    output = tmp_path / "output"
    build(edited, output)
    before = texts(output)
    change_theme(edited, SLOW)
    process, _workers = begin(edited, output)

    stop(process)
    said = said_by(process)

    assert (process.returncode, said) == (130, b"Stopped.\n")
    assert texts(output) == before


def test_a_first_build_that_is_stopped_twice_leaves_nothing(edited, tmp_path):
    """Who presses Ctrl-C again, while processes still end, finds no more than who waits."""
    output = tmp_path / "output"
    change_theme(edited, SLOW)
    process, _workers = begin(edited, output)
    while not (output / "compare").exists():
        time.sleep(0.001)

    for _ in range(2):
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.01)
    said = said_by(process)

    assert (process.returncode, said) == (130, b"Stopped.\n")
    assert list(output.rglob("*")) == []


def test_a_worker_that_is_killed_leaves_the_output_alone(edited, tmp_path):
    """One line says so, the status is 1, and what the killed one left behind is swept."""
    output = tmp_path / "output"
    build(edited, output)
    before = texts(output)
    change_theme(edited, SLOW)
    process, workers = begin(edited, output)

    os.kill(workers[0], signal.SIGKILL)
    said = said_by(process)

    assert process.returncode == 1
    assert said.startswith(b"comparo: a process that helped was killed")
    assert said.count(b"\n") == 1
    assert texts(output) == before


def test_a_build_that_is_killed_is_repaired(edited, tmp_path):
    """Whenever it is killed, pages are whole, workers go, the lock is free, and all is mended."""
    output = tmp_path / "output"
    build(edited, output)
    change_theme(edited, SLOW)

    for delay in (0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6):
        process, _workers = begin(edited, output, "--clean")
        time.sleep(delay)
        process.kill()
        process.wait()
        with hold(edited / ".comparo", wait=GRACE):
            said_by(process)
    pages = list(output.rglob("*.html"))
    torn = [path for path in pages if not path.read_bytes().rstrip().endswith(b"</html>")]
    build(edited, output, jobs=2)

    assert torn == []
    build(edited, tmp_path / "clean")
    assert texts(output) == texts(tmp_path / "clean")
