"""Do something about a site now, and again after each change of its files."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from comparo.errors import ComparoError, OutputError, UsageError
from comparo.folders import Scope
from comparo.root import CACHE
from comparo.watch import watch

Result = TypeVar("Result")

RETRY = 1.0
"""Seconds until a build is tried again that the disk, or another build, stood in the way of."""


def keep_up(
    act: Callable[[], Result], scope: Scope, *, poll: bool, say: Callable[[str], None]
) -> Iterator[Result | ComparoError]:
    """Give what comes of an act, now and after each change: a result, or what is to be mended.

    What no change of the files could mend ends it if it stands in the way from the start.
    """
    begun = False
    with closing(watch(scope, poll=poll, say=say)) as batches:
        for _changed in batches:
            outcome = _attempt(act)
            if not begun and isinstance(outcome, OutputError | UsageError):
                raise outcome
            begun = True
            yield outcome
            while isinstance(outcome, OutputError):
                time.sleep(RETRY)
                last, outcome = outcome, _attempt(act)
                if str(outcome) != str(last):
                    yield outcome


def watched(root: Path, *never: Path) -> Scope:
    """Give what a site is made of: its content and its themes, wherever these are kept."""
    themes = root / "themes"
    try:
        linked = tuple(path.resolve() for path in themes.iterdir() if path.is_symlink())
    except OSError:  # there are no themes
        linked = ()
    apart = (root / CACHE, *never)
    return Scope((root / "content", themes, *linked), root.resolve(), tuple(map(_real, apart)))


def _attempt(act: Callable[[], Result]) -> Result | ComparoError:
    try:
        return act()
    except ComparoError as error:
        return error


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
