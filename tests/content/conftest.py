"""What tests of reading share: a site of a few files, and what is said of them."""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from comparo.content import witness
from comparo.content.evidence import Evidence, read_evidence
from comparo.errors import Place
from comparo.files import Files, Report
from comparo.model import Capability, EvidenceSettings, Product, RankSettings, Settings


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


@pytest.fixture
def settled(monkeypatch) -> None:
    """Take what was just written for as old as is needed to know it by its stamp."""
    monkeypatch.setattr(witness, "SETTLED", 0)


@pytest.fixture
def read(files, write) -> Callable[..., Evidence]:
    """Give a function that writes files of evidence and reads them.

    The site has the products alpha, beta and gamma; gamma's folder is there but cannot be read.
    """

    def read(
        tables: Mapping[str, str | bytes],
        *,
        home: str = "",
        window: int | None = None,
        **days: dt.date,
    ) -> Evidence:
        for name, data in tables.items():
            write(f"content/evidence/{name}", data)
        capabilities = (Capability("share-things", "Share Things"), Capability("c", "C++"))
        products = {
            "alpha": Product("alpha", "Alpha", Place(""), capabilities=capabilities),
            "beta": Product("beta", "Beta", Place("")),
            "gamma": None,
        }
        settings = Settings(
            "T", RankSettings("R", ()), base_url=home, evidence=EvidenceSettings(window)
        )
        folder = files.root / "content/evidence"
        return read_evidence(files, folder, products, settings, **days)

    return read
