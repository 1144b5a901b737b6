"""A first site, and a first product: what ``comparo init`` and ``comparo new`` write."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from comparo.errors import OutputError, UsageError
from comparo.texts import wrong_slug

STARTER = files("comparo") / "starter"
"""What is copied: ``site/`` as it stands, and ``product.yaml`` with its name filled in."""

BLANK = "NAME"
"""Where the name of a new product stands in the starter's ``product.yaml``."""


def new_site(folder: Path) -> list[Path]:
    """Make a site that builds, in a new folder or one that holds dot files only; give its files.

    Files that are there already, such as a ``.gitignore``, stay as they are.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"{folder}: is a file; choose a folder")
        held = [entry.name for entry in folder.iterdir()] if folder.exists() else []
        if visible := sorted(name for name in held if not name.startswith(".")):
            raise UsageError(f"{folder}: holds {visible[0]!r}; choose a new or an empty folder")
        planned = [(folder.joinpath(*parts), data) for parts, data in _walk(STARTER / "site")]
        return [path for path, data in planned if _write(path, data)]
    except OSError as error:
        raise _unwritten(folder, error) from error


def new_product(root: Path, slug: str) -> Path:
    """Make the folder of a product, with a ``product.yaml`` that explains every key; give that."""
    if wrong := wrong_slug(slug):
        raise UsageError(f"{slug!r} cannot be a slug such as acme-notes: it {wrong}")
    products = root / "content" / "products"
    folder = products / slug
    name = " ".join(word.capitalize() for word in slug.split("-"))
    text = (STARTER / "product.yaml").read_text("utf-8").replace(BLANK, name, 1)
    try:
        if not products.resolve().is_relative_to(root.resolve()):
            raise UsageError(f"{products}: is a link that leads out of the site")
        products.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
        _write(folder / "product.yaml", text.encode())
    except FileExistsError as error:
        raise UsageError(f"{error.filename}: exists already") from error
    except OSError as error:
        raise _unwritten(folder, error) from error
    return folder / "product.yaml"


def _walk(folder: Traversable) -> Iterator[tuple[tuple[str, ...], bytes]]:
    """Go through the files of a folder in a fixed order: where each stands, and what it holds."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from (((entry.name, *parts), data) for parts, data in _walk(entry))
        else:
            yield (entry.name,), entry.read_bytes()


def _write(path: Path, data: bytes) -> bool:
    """Write a file unless there is one; say whether there was none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        return False
    return True


def _unwritten(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{error.filename or path}: cannot be written: {error.strerror}")
