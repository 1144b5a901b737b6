"""A site that stands as it was built is told at once, and nothing else is."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from comparo.build import build
from comparo.errors import OutputError
from comparo.output.lock import hold
from comparo.scaffold import new_site
from comparo.sight import look
from comparo.standing import standing

HEAVY = {"jinja2", "yaml", "markdown_it", "watchdog", "rich", "comparo.site", "comparo.build"}

RUN = """
import sys
from comparo.cli import main
try:
    main()
finally:
    print(*sorted(set(sys.modules) & set(sys.stdin.read().split())), file=sys.stderr)
"""


@pytest.fixture
def site(tmp_path):
    """Give a small site with evidence, and with something that is warned of."""
    root = tmp_path / "site"
    new_site(root)
    product = root / "content/products/sample-notes/product.yaml"
    product.write_text(f"{product.read_text()}capabilites: []\n")
    evidence = root / "content/evidence/searches.jsonl"
    evidence.parent.mkdir()
    evidence.write_text('{"query": "notes", "product": "sample-notes", "date": "2026-01-02"}\n')
    return root


def stands(site, **options):
    return standing(site, site / "output", look(site, site / "output", **options))


def test_it_tells_what_a_build_would(site):
    """Counts, warnings and evidence are those that a build finds; no file is written."""
    build(site, site / "output")
    again = build(site, site / "output")

    report = stands(site)

    assert len(report.warnings) == 1
    assert report.evidence.rows == 1
    assert replace(report, seconds=0) == replace(again, seconds=0)


def test_a_window_of_evidence_is_told_again(site):
    """The days of which evidence counts are days again."""
    settings = site / "content/site.yaml"
    settings.write_text(f"{settings.read_text()}\nevidence: {{window: 30}}\n")
    first = build(site, site / "output")

    report = stands(site)

    assert first.evidence.window
    assert report.evidence == first.evidence


def test_the_command_tells_it_without_what_a_build_takes(site):
    """The same result is printed, and no library is loaded that only a build needs."""
    command = [sys.executable, "-c", RUN, "build", str(site), "--json"]
    first, second = (
        subprocess.run(command, input=" ".join(HEAVY), capture_output=True, text=True, check=True)
        for _ in range(2)
    )

    before, after = json.loads(first.stdout), json.loads(second.stdout)
    total = before["pages"]["total"]
    assert after["pages"] == {"written": 0, "unchanged": total, "removed": 0, "total": total}
    kept = ("products", "pairs", "evidence", "warnings", "errors")
    assert [after[key] for key in kept] == [before[key] for key in kept]
    assert "jinja2" in first.stderr.splitlines()[-1]
    assert second.stderr.splitlines() == [first.stderr.splitlines()[0], ""]


def test_a_site_never_built_does_not_stand(site):
    """Without a build there is nothing to recall."""
    assert stands(site) is None


def same_bytes(path):
    path.write_bytes(path.read_bytes())


def in_the_same_instant(path):
    found = path.stat()
    path.write_bytes(path.read_bytes()[::-1])
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def become_a_link(path):
    path.rename(path.with_name("moved"))
    path.symlink_to("moved")


@pytest.mark.parametrize("name", ["index.html", "products/index.html", ".comparo-files"])
@pytest.mark.parametrize(
    "touch", [same_bytes, in_the_same_instant, become_a_link, lambda path: path.unlink()]
)
def test_a_file_that_somebody_touched_is_left_to_a_build(site, name, touch):
    """A page, or the list of files, that is not as it was left: it does not stand."""
    build(site, site / "output")

    touch(site / "output" / name)

    assert stands(site) is None


@pytest.mark.parametrize(
    "options", [{"base_url": "https://example.org"}, {"strict": True}, {"keep_going": True}]
)
def test_other_options_ask_for_a_build(site, options):
    """What was asked for another time is not what stands."""
    build(site, site / "output")

    assert stands(site, **options) is None


def test_another_output_asks_for_a_build(site):
    """Each output folder stands for itself."""
    build(site, site / "output")

    assert standing(site, site / "other", look(site, site / "other")) is None


def test_a_site_with_something_left_out_does_not_stand(site):
    """What is broken is told by a build, each time."""
    (site / "content/products/sample-notes/product.yaml").write_text("name: [\n")
    build(site, site / "output", keep_going=True)

    assert stands(site, keep_going=True) is None


def test_a_site_that_changed_while_it_was_built_does_not_stand(site):
    """Even if it is as before now: nobody knows which of both was read."""
    page = site / "content/pages/about.md"
    text = page.read_text()
    changes = iter([f"{text}\nFor a moment.\n", text])

    def meddle(_what, _done, _whole):
        for words in changes:
            page.write_text(words)
            break

    build(site, site / "output", progress=meddle)

    assert page.read_text() == text
    assert stands(site) is None


def test_a_half_written_list_is_swept(site):
    """What a build that died at its first write left is taken away here as well."""
    build(site, site / "output")
    (site / "output" / f".comparo-{'0' * 16}.tmp").write_bytes(b"half")

    report = stands(site)

    assert report is not None
    assert list((site / "output").glob("*.tmp")) == []


def test_a_place_that_is_refused_is_refused(site, monkeypatch):
    """An output that could hold somebody's work by now is refused as a build does."""
    build(site, site / "output")
    monkeypatch.setenv("HOME", str(site / "output/products"))

    with pytest.raises(OutputError, match="home folder"):
        stands(site)


def test_it_does_not_look_while_another_builds(site):
    """Two at one site do not mix."""
    build(site, site / "output")

    with hold(site / ".comparo"), pytest.raises(OutputError, match="at work"):
        stands(site)


@pytest.mark.parametrize("spoil", [lambda _: b"", lambda data: data[:-1], lambda _: b"\x90" * 99])
def test_a_broken_cache_costs_only_time(site, spoil):
    """What cannot be recalled is built."""
    build(site, site / "output")
    for path in (site / ".comparo").glob("pages-*"):
        path.write_bytes(spoil(path.read_bytes()))

    assert stands(site) is None
