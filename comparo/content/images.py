"""Logos: small pictures that are what their names say, and that do nothing."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from comparo.files import Files
from comparo.model import Image

LIMIT = 300_000
"""Bytes of a logo: it is shown at 48 pixels."""

_MAGIC = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpg": re.compile(rb"\xff\xd8\xff"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
_OUTSIDE = re.compile(r"@import|javascript:|\\|url\((?!\s*['\"]?#)", re.IGNORECASE)
"""A backslash could spell any of the others."""

_XHTML = "{http://www.w3.org/1999/xhtml}"
_ACTIVE_TAGS = {"script", "foreignobject", "iframe", "embed", "object", "handler", "set", "animate"}


def read_image(files: Files, path: Path) -> Image | None:
    """Read a logo; report one that is too large, not of its kind, or that could run something."""
    suffix = path.suffix[1:]
    data = files.read(path, LIMIT)
    if data is None:
        return None
    wrong = _wrong_svg(data) if suffix == "svg" else _wrong_picture(data, suffix)
    if wrong:
        files.report.error(files.place(path), wrong)
        return None
    return Image(files.place(path).file, suffix, data)


def _wrong_picture(data: bytes, suffix: str) -> str:
    return "" if _MAGIC[suffix].match(data) else f"is not a {suffix.upper()} picture"


def _wrong_svg(data: bytes) -> str:
    """Say why an SVG is refused. It is a document, and a browser that opens it would run it."""
    if b"\0" in data:
        return "is not UTF-8"
    if b"<!DOCTYPE" in data.upper() or b"<!ENTITY" in data.upper():
        return "declares a document type, which a logo does not need"
    if b"<?xml-stylesheet" in data.lower():
        return "names a style sheet, which could turn it into a page"
    try:
        root = ET.fromstring(data)  # noqa: S314 (no document type, so no entities)
    except (ET.ParseError, ValueError, LookupError) as error:
        return f"is not SVG: {error}"
    if _local(root.tag) != "svg":
        return "is not SVG"
    return next(filter(None, map(_wrong_element, root.iter())), "")


def _wrong_element(element: ET.Element) -> str:
    tag = _local(element.tag)
    if tag in _ACTIVE_TAGS or str(element.tag).startswith(_XHTML):
        return f"holds <{tag}>, which can act"
    if tag == "style" and _OUTSIDE.search(element.text or ""):
        return "has a style that refers to something outside itself"
    return next(filter(None, (_wrong_attribute(*item) for item in element.attrib.items())), "")


def _wrong_attribute(name: str, value: str) -> str:
    attribute = _local(name)
    if attribute.startswith("on"):
        return f"holds {attribute}=, which can run a script"
    own = value.strip().lower().startswith(("#", "data:image/"))
    if (attribute in ("href", "src") and not own) or _OUTSIDE.search(value):
        return f"refers to something outside itself: {attribute}="
    return ""


def _local(name: object) -> str:
    return str(name).rpartition("}")[2].lower()
