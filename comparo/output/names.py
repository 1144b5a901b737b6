"""Names that live anywhere: what cannot stand together on Linux, macOS and Windows."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import chain

from comparo.output.files import lies_inside

RESERVED = re.compile(r"(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])( *\..*)?", re.IGNORECASE)
"""Names that mean a device on Windows, with any ending."""

LONGEST = 255
"""Bytes of a name that every usual file system takes."""

_USUAL = re.compile(
    r"(?:(?!(?:con|prn|aux|nul|com\d|lpt\d)[/.])[a-z0-9][a-z0-9-]{0,200}(?:/|\.[a-z]+$))*|\.nojekyll"
)
"""Folders of small letters, digits and hyphens, and in them a file with an ending."""

_HARMLESS = re.compile(r"[a-z0-9][a-z0-9-]{4,200}(\.[a-z]+)?")  # what is reserved is shorter
_UNUSABLE = re.compile(r'[<>"|?*]')


def unportable(paths: Iterable[str]) -> list[str]:
    """Say of relative paths, all of them, what cannot be a file somewhere; nothing is good."""
    files = frozenset(paths)
    if all(map(_USUAL.fullmatch, files)):
        return []
    outside = {path for path in files if not lies_inside(path)}
    inside = files - outside if outside else files
    folders = _folders(inside)
    faults = {
        name: fault for entry in chain(inside, folders) if (fault := _fault(name := _name(entry)))
    }
    faulty = [e for e in chain(inside, folders) if _name(e) in faults] if faults else []
    return [
        *(f"{path!r}: is no name for a file of a site" for path in sorted(outside)),
        *(f"{path}: is a file, and the folder of another" for path in sorted(inside & folders)),
        *(f"{entry}: {faults[_name(entry)]}" for entry in sorted(faulty)),
        *_clashes(inside, folders),
    ]


def _folders(paths: Iterable[str]) -> set[str]:
    """Give all folders that these paths run through."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _name(entry: str) -> str:
    return entry.rpartition("/")[2]


def _fault(name: str) -> str:
    """Say what is wrong with one name of a path; nothing is good."""
    if _HARMLESS.fullmatch(name):  # nearly all are
        return ""
    if len(name.encode()) > LONGEST:
        return f"the name is longer than {LONGEST} bytes"
    if RESERVED.fullmatch(name):
        return "the name is reserved by Windows"
    if name.endswith((".", " ")):
        return "Windows drops the dot or space at the end of a name"
    if found := _UNUSABLE.search(name):
        return f"Windows allows no {found[0]} in a name"
    return ""


def _clashes(files: AbstractSet[str], folders: AbstractSet[str]) -> Iterator[str]:
    """Say which names are one and the same where case or Unicode form does not count."""
    odd = {entry for entry in chain(files, folders) if _folded(entry) != entry}
    alike = {entry for entry in map(_folded, odd) if entry in files or entry in folders}
    first: dict[str, str] = {}
    for entry in sorted(odd | alike):
        other = first.setdefault(_folded(entry), entry)
        same_folder = other.rpartition("/")[0] == entry.rpartition("/")[0]  # else that one is said
        if other != entry and same_folder:
            yield f"{entry}: is the same name as {other} on macOS and Windows"


def _folded(path: str) -> str:
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
