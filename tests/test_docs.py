"""What the README and the guides say is what comparo does."""

import re
import shlex
from pathlib import Path

import pytest

from comparo.cli import app
from comparo.content.capabilities import KEYS as CAPABILITY_KEYS
from comparo.content.headings import COLUMNS as EVIDENCE_COLUMNS
from comparo.content.headings import NAMES as EVIDENCE_NAMES
from comparo.content.loading import load_content
from comparo.content.products import KEYS as PRODUCT_KEYS
from comparo.content.settings import KEYS as SETTING_KEYS
from tests.test_cli import run

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def guide(name: str) -> str:
    return (ROOT / f"content/pages/{name}-guide.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("key", [*PRODUCT_KEYS, *CAPABILITY_KEYS])
def test_product_keys_are_in_the_guide(key):
    """Every key that a product or a capability may hold is described."""
    assert f"`{key}`" in guide("products")


@pytest.mark.parametrize("key", SETTING_KEYS)
def test_settings_are_in_the_guide(key):
    """Every key of site.yaml is described."""
    assert f"| `{key}` |" in guide("settings")


@pytest.mark.parametrize("column", EVIDENCE_COLUMNS)
def test_columns_of_evidence_are_in_the_guide(column):
    """Every column that is read is described, with the other names that it goes by."""
    text = guide("evidence").replace("_", " ").casefold()

    missing = [name for name in EVIDENCE_NAMES[column] if name not in text]

    assert missing == []


def command_names() -> list[str]:
    return [
        command.name or command.callback.__name__.rstrip("_") for command in app.registered_commands
    ]


@pytest.mark.parametrize("command", command_names())
def test_commands_and_options_are_in_the_guide(command):
    """Every command is described, with each of its options."""
    options = set(re.findall(r"--[a-z][a-z-]+", run(command, "--help").stdout)) - {"--help"}

    missing = [option for option in sorted(options) if f"`{option}" not in guide("commands")]

    assert f"`comparo {command}" in guide("commands")
    assert missing == []


def test_the_readme_transcript_is_true(tmp_path):
    """The commands of the README print what it shows, but for the time that they take."""
    for block in blocks(README, "console"):
        for call in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = call.partition("\n")
            program, *arguments = shlex.split(command)

            done = run(*arguments, cwd=tmp_path)

            assert program == "comparo"
            assert timeless(done.stdout + done.stderr) == timeless(shown)


def test_the_readme_product_is_sound(tmp_path):
    """The product file of the README is read without a word."""
    folder = tmp_path / "content/products/example-notes"
    folder.mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("title: A\n")
    (folder / "product.yaml").write_text(blocks(README, "yaml")[0])

    loaded = load_content(tmp_path)

    assert (loaded.problems, loaded.warnings) == ((), ())


def test_the_readme_mistake_is_told_so(tmp_path):
    """The mistake that the README shows is the one that comparo tells."""
    run("init", tmp_path)
    product = tmp_path / "content/products/example-notes/product.yaml"
    product.write_text(blocks(README, "yaml")[0].replace("model: freemium", "model: fre"))

    done = run("build", tmp_path)

    assert done.stderr == blocks(README, "text")[0]


def timeless(text: str) -> str:
    return re.sub(r"in \S+ \([\d.]+ s\)", "in … (… s)", text)
