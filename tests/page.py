"""The tree of an HTML or XML file, to ask what stands where."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from html.parser import HTMLParser
from pathlib import Path

VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr")
"""Elements that hold nothing and are not closed."""


@dataclass(slots=True)
class Element:
    """An element of a page with what stands in it."""

    tag: str
    attributes: dict[str, str]
    line: int = 0
    parent: "Element | None" = None
    inside: list["Element | str"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        """Give this element and all in it, in the order of the page."""
        yield self
        for child in self.inside:
            if isinstance(child, Element):
                yield from child.walk()

    def texts(self) -> Iterator[str]:
        """Give the texts in this element."""
        for child in self.inside:
            if isinstance(child, Element):
                yield from child.texts()
            else:
                yield child

    @property
    def text(self) -> str:
        """Give what it says, with white space folded."""
        return " ".join("".join(self.texts()).split())


class Reader(HTMLParser):
    """Build the tree of a page; XML is near enough to be read in the same way."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("", {})

    def handle_starttag(self, tag, attrs):
        """Open an element."""
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, self.getpos()[0], self.here)
        self.here.inside.append(element)
        if not VOID.fullmatch(tag):
            self.here = element

    def handle_startendtag(self, tag, attrs):
        """Open an element and close it."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        """Close the nearest element of that name."""
        element = self.here
        while element.parent and element.tag != tag:
            element = element.parent
        self.here = element.parent or self.here

    def handle_data(self, data):
        """Take up a text."""
        self.here.inside.append(data)


@dataclass(frozen=True)
class Page:
    """An HTML page of a site; ``name`` is its path below the output folder."""

    name: str
    root: Element

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Give all elements in the order of the page."""
        return tuple(self.root.walk())

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Give all ids in the order of the page."""
        return tuple(e.attributes["id"] for e in self.elements if "id" in e.attributes)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Give the elements of a kind that have these attributes."""
        wanted = attributes.items()
        return [e for e in self.elements if e.tag == tag and wanted <= e.attributes.items()]

    def at(self, element: Element) -> str:
        """Say where an element stands."""
        return f"{self.name}:{element.line}: <{element.tag}>"


@cache
def read(path: Path) -> Element:
    """Read an HTML or XML file."""
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return reader.root
