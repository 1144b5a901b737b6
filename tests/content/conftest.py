"""What tests of reading share: a site of a few files, and what is said of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from comparo.files import Files, Report


@pytest.fixture
def report() -> Report:
    """Give a report that says nothing yet."""
    return Report()


@pytest.fixture
def files(tmp_path, report) -> Files:
    """Give the files of a site that is empty as yet."""
    return Files(tmp_path / "site", report)


@pytest.fixture
def write(files) -> Callable[[str, str | bytes], Path]:
    """Write a file of the site, and give its path."""

    def write(name: str, data: str | bytes) -> Path:
        path = files.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return write


@pytest.fixture
def said(report) -> Callable[[], list[str]]:
    """Give a function that tells the errors so far, as a user reads them."""
    return lambda: [str(problem) for problem in report.errors]
