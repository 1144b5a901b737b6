"""Where a site is, and where in it comparo keeps what it may lose."""

from pathlib import Path

from comparo.errors import UsageError

CACHE = ".comparo"
"""The folder beside ``content/`` that holds what comparo may lose at any time."""


def find_root(start: Path) -> Path:
    """Find the site that a folder belongs to: the nearest one upward with ``content/site.yaml``."""
    try:
        start = start.absolute()
        for folder in (start, *start.parents):
            if (folder / "content" / "site.yaml").is_file():
                return folder
    except OSError as error:
        raise UsageError(f"{start}: cannot be read: {error.strerror}") from error
    raise UsageError(
        f"{start} is no comparo site, nor is any folder above it: there is no content/site.yaml "
        "(comparo init DIR makes a site)"
    )


def guarded(root: Path) -> tuple[Path, ...]:
    """Give the folders of a site that no output folder may be, hold or lie in."""
    return root / "content", root / "themes", root / CACHE
