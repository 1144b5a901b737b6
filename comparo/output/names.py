"""Names that live anywhere: what cannot stand together on Linux, macOS and Windows."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from comparo.output.files import folders_of, lies_inside

RESERVED = re.compile(r"(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])( *\..*)?", re.IGNORECASE)
"""Names that mean a device on Windows, with any ending."""

LONGEST = 255
"""Bytes of a name that every usual file system takes."""

_HARMLESS = re.compile(r"[a-z0-9][a-z0-9-]{4,200}(\.[a-z]+)?")  # what is reserved is shorter
_UNUSABLE = re.compile(r'[<>"|?*]')


def unportable(paths: Iterable[str]) -> list[str]:
    """Say of relative paths, all of them, what cannot be a file somewhere; nothing is good."""
    files = set(paths)
    inside = set(filter(lies_inside, files))
    parents = {path.rpartition("/")[0] for path in inside}
    folders = {step for parent in parents for step in folders_of(f"{parent}/")} - {""}
    entries = inside | folders
    faults = {name: fault for name in map(_name, entries) if (fault := _fault(name))}
    faulty = [entry for entry in entries if _name(entry) in faults] if faults else []
    return [
        *(f"{path!r}: is no name for a file of a site" for path in sorted(files - inside)),
        *(f"{path}: is a file, and the folder of another" for path in sorted(inside & folders)),
        *(f"{entry}: {faults[_name(entry)]}" for entry in sorted(faulty)),
        *_clashes(entries),
    ]


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


def _clashes(entries: AbstractSet[str]) -> Iterator[str]:
    """Say which names are one and the same where case or Unicode form does not count."""
    if len(set(map(_folded, entries))) == len(entries):
        return
    first: dict[str, str] = {}
    for entry in sorted(entries):
        other = first.setdefault(_folded(entry), entry)
        same_folder = other.rpartition("/")[0] == entry.rpartition("/")[0]  # else that one is said
        if other != entry and same_folder:
            yield f"{entry}: is the same name as {other} on macOS and Windows"


def _folded(path: str) -> str:
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
