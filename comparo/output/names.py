"""Names that live anywhere: what cannot stand together on Linux, macOS and Windows."""

import re
import unicodedata
from collections.abc import Iterable

from comparo.output.files import folders_of, lies_inside

RESERVED = re.compile(r"(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])( *\..*)?", re.IGNORECASE)
"""Names that mean a device on Windows, with any ending."""

LONGEST = 255
"""Bytes of a name that every usual file system takes."""

_UNUSABLE = re.compile(r'[<>"|?*]')


def unportable(paths: Iterable[str]) -> list[str]:
    """Say of relative paths, all of them, what cannot be a file somewhere; nothing is good."""
    files = set(paths)
    inside = set(filter(lies_inside, files))
    folders = {folder for path in inside for folder in folders_of(path)}
    entries = sorted(inside | folders)
    return [
        *(f"{path!r}: is no name for a file of a site" for path in sorted(files - inside)),
        *(f"{path}: is a file, and the folder of another" for path in sorted(inside & folders)),
        *(f"{entry}: {fault}" for entry in entries if (fault := _fault(entry.rpartition("/")[2]))),
        *_clashes(entries),
    ]


def _fault(name: str) -> str:
    """Say what is wrong with one name of a path; nothing is good."""
    if len(name.encode()) > LONGEST:
        return f"the name is longer than {LONGEST} bytes"
    if RESERVED.fullmatch(name):
        return "the name is reserved by Windows"
    if name.endswith((".", " ")):
        return "Windows drops the dot or space at the end of a name"
    if found := _UNUSABLE.search(name):
        return f"Windows allows no {found[0]} in a name"
    return ""


def _clashes(entries: Iterable[str]) -> Iterable[str]:
    """Say which names are one and the same where case or Unicode form does not count."""
    first: dict[str, str] = {}
    for entry in entries:
        other = first.setdefault(_folded(entry), entry)
        same_folder = other.rpartition("/")[0] == entry.rpartition("/")[0]  # else that one is said
        if other != entry and same_folder:
            yield f"{entry}: is the same name as {other} on macOS and Windows"


def _folded(path: str) -> str:
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
