"""The Nu HTML checker finds nothing on any page, style sheet or SVG of a built site."""

import json
import subprocess

import pytest

MEANT: tuple[str, ...] = ()
"""Findings that are the checker's mistakes, each with its reason."""


@pytest.mark.parametrize("name", ["own", "hard", "broad"])
def test_nu_finds_nothing(outputs, node_modules, name):
    """HTML, CSS and SVG are valid, without a warning."""
    jar = node_modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
    options = ["--format", "json", "--stdout", "--also-check-css", "--also-check-svg"]

    done = subprocess.run(
        ["java", "-jar", str(jar), *options, "--skip-non-html", str(outputs / name)],  # noqa: S607 (the machine's Java)
        capture_output=True,
        check=False,
        text=True,
    )

    assert done.stderr == ""
    found = [
        f"{m['url'].partition(str(outputs))[2]}:{m.get('lastLine')}: {m['message']}"
        for m in json.loads(done.stdout)["messages"]
    ]
    assert [line for line in found if not any(text in line for text in MEANT)] == []
