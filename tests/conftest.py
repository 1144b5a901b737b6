"""What tests of several modules share: sites to build, and no skipping where it counts."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from comparo.build import build
from tests.broad import write_broad_site
from tests.crawl import Site
from tests.hard import write_hard_site

REPOSITORY = Path(__file__).parent.parent


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """Take a skipped test for a failed one in CI: what was not tried did not pass."""
    report = yield
    return _not_skipped(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    """Take a skipped file of tests for a failed one in CI."""
    report = yield
    return _not_skipped(report)


def _not_skipped(report):
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which counts as failed in CI: {report.longrepr}"
    return report


@pytest.fixture
def read_only() -> Iterator[Path]:
    """Give a folder that the test may not write to; root, who may, acts as nobody."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield folder
    os.seteuid(user)
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def own_site(tmp_path_factory) -> Path:
    """Give a copy of this repository's site, so that tests do not meet in its lock and output."""
    site = tmp_path_factory.mktemp("own")
    for folder in ("content", "themes"):
        shutil.copytree(REPOSITORY / folder, site / folder)
    return site


@pytest.fixture(scope="session")
def hard_site(tmp_path_factory) -> Path:
    """Give a small site with all that is hard to lay out."""
    return write_hard_site(tmp_path_factory.mktemp("hard"))


@pytest.fixture(scope="session")
def broad_site(tmp_path_factory) -> Path:
    """Give a site with so many needs that their index takes several pages."""
    return write_broad_site(tmp_path_factory.mktemp("broad"))


@pytest.fixture(scope="session")
def built(own_site, hard_site, broad_site, tmp_path_factory) -> dict[str, Site]:
    """Give the sites as they are built, with a base URL and without."""
    sites = {}
    for name, root in (("own", own_site), ("hard", hard_site), ("broad", broad_site)):
        for base_url in ("", "https://example.org/sub/path"):
            folder = tmp_path_factory.mktemp(f"{name}-output")
            build(root, folder, base_url=base_url, strict=True)
            sites[f"{name}, {'with' if base_url else 'no'} base URL"] = Site(folder, base_url)
    return sites
