"""Whatever was done to a site, and whenever a build was killed, the next one is as a clean one."""

import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from comparo import drawing
from comparo.build import build
from comparo.errors import ComparoError, ContentError, ThemeError
from comparo.held import Held
from comparo.output.files import TEMPORARY
from comparo.serve import Preview
from comparo.sight import look
from comparo.standing import Report, standing
from tests import edits

FEW = 20
"""So few pages are worth starting processes for where several are to draw them."""

BUILD = """
import sys
from pathlib import Path
from comparo.build import build
print("ready", flush=True)
build(Path(sys.argv[1]), Path(sys.argv[1], "output"))
"""

KILLS = 8

Tree = dict[str, tuple[bytes, int, int]]
"""Files by path: what each holds, which file it is, and when it was written."""


def tree(folder: Path) -> Tree:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            state = path.stat()
            name = path.relative_to(folder).as_posix()
            found[name] = (path.read_bytes(), state.st_ino, state.st_mtime_ns)
    return found


def texts(found: Tree) -> dict[str, bytes]:
    """Give what the files hold that are not somebody's notes."""
    return {name: data for name, (data, *_) in found.items() if not name.endswith(edits.NOTE)}


def notes(found: Tree) -> Tree:
    return {name: held for name, held in found.items() if name.endswith(edits.NOTE)}


@dataclass
class Way:
    """How builds of a site are made one after the other; each way makes the same."""

    jobs: int = 1
    watching: bool = False
    held: Held | None = None

    def bring_up_to_date(self, site: Path) -> Report:
        """Do what the command does."""
        output = site / "output"
        seen = None if self.held else look(site, output)
        if seen and (report := standing(site, output, seen)):
            return report
        if self.watching and not self.held:
            self.held = Held(site / ".comparo")
        return build(site, output, jobs=self.jobs, seen=seen, held=self.held)


WAYS = {"alone": Way(), "together": Way(jobs=4), "watching": Way(watching=True)}
every_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


@pytest.fixture(scope="module", autouse=True)
def _few_pages_are_worth_processes() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "WORTH", FEW)
        patch.setattr(drawing, "BATCH", FEW // 2)
        yield


def clean_site(site: Path) -> tuple[Report | str, Tree]:
    """Give what comes of a clean build: a report or what is wrong, and files."""
    with tempfile.TemporaryDirectory() as elsewhere:
        return clean_build(site, Path(elsewhere)), tree(Path(elsewhere, "output"))


def clean_build(site: Path, folder: Path) -> Report | str:
    """Build a copy of a site that was never built, at another place, or say what is wrong."""
    for name in ("content", "themes"):
        shutil.copytree(site / name, folder / name)
    try:
        return build(folder, folder / "output")
    except ComparoError as error:
        return str(error).replace(str(folder), str(site))


def judge_step(site: Path, way: Way) -> None:
    """Bring a site up to date and compare it with a clean one."""
    before = tree(site / "output")
    wanted, clean = clean_site(site)
    if isinstance(wanted, str):
        with pytest.raises(ComparoError, match=re.escape(wanted)):
            way.bring_up_to_date(site)
        after = tree(site / "output")
        assert texts(after) == texts(before)
        assert touched(before, after) == []
        return

    report = way.bring_up_to_date(site)

    after = tree(site / "output")
    assert texts(after) == texts(clean)
    assert touched(before, after) == []
    assert (report.total, report.warnings) == (wanted.total, wanted.warnings)
    if way.held:  # a watch does not look
        return
    again = standing(site, site / "output", look(site, site / "output"))
    assert again is not None
    nothing = {"written": 0, "unchanged": report.total, "removed": 0, "seconds": 0}
    assert replace(again, seconds=0) == replace(report, **nothing)
    assert tree(site / "output") == after


def touched(before: Tree, after: Tree) -> list[str]:
    """Give the files that were right, or are somebody's, and yet were written or removed."""
    held = texts(after)
    right = [name for name, (data, *_) in before.items() if held.get(name) == data]
    return [
        name
        for name in (*right, *notes(before))
        if name != edits.LIST and after.get(name) != before[name]
    ]


unhurried = settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],  # to make a failure smaller would take minutes
    suppress_health_check=[HealthCheck.too_slow],
)


@every_way
@unhurried
@given(
    steps=st.lists(
        st.tuples(
            st.lists(edits.edits_of_content(), max_size=3),
            st.lists(edits.edits_of_what_was_built(), max_size=2),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_after_any_edits_a_build_is_as_a_clean_one(way, steps):
    """The same files, byte for byte; what was right stays as it is, and so do others' files."""
    way = replace(way)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        edits.write_small_site(site)
        judge_step(site, way)
        for step in steps:
            for edit in chain(*step):
                edit(site)
            judge_step(site, way)


@unhurried
@given(steps=st.lists(st.lists(edits.edits_of_content(), max_size=3), min_size=1, max_size=6))
def test_after_any_edits_a_preview_shows_a_clean_build(steps):
    """Every address answers with the very bytes that a build into an empty folder would write."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        edits.write_small_site(site)
        preview = Preview(site)
        for step in ([], *steps):
            for edit in step:
                edit(site)
            wanted, clean = clean_site(site)
            if isinstance(wanted, str):
                with suppress(ContentError, ThemeError):
                    preview.refresh()
                continue

            preview.refresh()

            base = urlsplit(
                json.loads((site / "content/site.yaml").read_text()).get("base_url", "")
            )
            pages = {name: data for name, data in texts(clean).items() if name != edits.LIST}
            assert {name: preview.answer(f"{base.path}/{name}").data for name in pages} == pages


@every_way
@pytest.mark.parametrize(
    ("key", "value"),
    [("summary", "Says something else."), ("signals", {"github_stars": 101}), ("tags", ["odd"])],
)
def test_an_edit_touches_the_pages_that_it_changes(tmp_path, way, key, value):
    """Exactly the files whose bytes are other ones are written, and as many are told of."""
    way = replace(way)
    edits.write_small_site(tmp_path)
    for number in range(6):
        edits.state_fact(tmp_path, f"product-{number}", "category", "notes")
        edits.list_capabilities(tmp_path, f"product-{number}", ["Find things"])
    way.bring_up_to_date(tmp_path)
    before = tree(tmp_path / "output")

    edits.state_fact(tmp_path, "beta", key, value)
    report = way.bring_up_to_date(tmp_path)

    after = tree(tmp_path / "output")
    changed = {name for name in before if after[name][0] != before[name][0]}
    assert after.keys() == before.keys()
    assert {name for name in before if after[name] != before[name]} - {edits.LIST} == changed
    assert report.written == len(changed)
    assert 1 < len(changed) < len(before) / 2
    assert "products/beta/index.html" in changed


@pytest.fixture
def two_sites(tmp_path):
    """Give a site and what was made of it, next to another of which all pages differ."""
    sites = []
    for name, title in (("old", "Of old"), ("new", "Of late")):
        site = tmp_path / name
        edits.write_small_site(site)
        edits.put_setting(site, "title", title)
        for number in range(6):
            edits.state_fact(site, f"{name}-{number}", "category", "notes")
            edits.state_fact(site, f"both-{number}", "category", "notes")
        build(site, site / "output")
        sites.append(site)
    return sites


def test_a_build_killed_at_any_moment_tears_nothing(two_sites, tmp_path):
    """Each file is the old or the new one, none that belongs is missing, and the next mends all."""
    site = tmp_path / "site"
    shutil.copytree(two_sites[0] / "content", site / "content")
    start = time.monotonic()
    build(site, site / "output")
    lasts = time.monotonic() - start
    made = [texts(tree(folder / "output")) for folder in two_sites]

    for number in range(1, KILLS + 1):
        old, new = made[(number - 1) % 2], made[number % 2]
        shutil.rmtree(site / "content")
        shutil.copytree(two_sites[number % 2] / "content", site / "content")
        kill_a_build(site, random.uniform(0, lasts))  # noqa: S311 (any moment will do)

        left = texts(tree(site / "output"))
        torn = [
            name
            for name, data in left.items()
            if not TEMPORARY.fullmatch(name.rpartition("/")[2])
            and name != edits.LIST
            and data not in (old.get(name), new.get(name))
        ]
        assert torn == []
        assert old.keys() & new.keys() <= left.keys()

        Way().bring_up_to_date(site)

        assert texts(tree(site / "output")) == new


def kill_a_build(site: Path, delay: float) -> None:
    """Begin a build and kill it after so many seconds."""
    with subprocess.Popen([sys.executable, "-c", BUILD, site], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        time.sleep(delay)
        process.kill()
