"""Where each value of a file stands, and how it is told that one is wrong or odd."""

from dataclasses import dataclass
from typing import Any

import msgspec

from comparo.errors import Place
from comparo.files import Report
from comparo.texts import cut

NOTHING = ("~", "null", "Null", "NULL")
"""How YAML spells that there is nothing, unless in quotes."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A file, who is told of what is wrong in it, and how many lines stand before its YAML."""

    file: str
    report: Report
    offset: int = 0


class Placed(msgspec.Struct, frozen=True):
    """One value of a file: its node, and the key (or the number in a list) that leads to it.

    Nodes are the YAML library's; a node's ``id`` is scalar, sequence or mapping. A site has many
    thousands of values and few problems, so where one stands is worked out when it is asked for;
    and a struct is made five times as fast as a dataclass.
    """

    node: Any
    origin: Origin
    above: "Placed | None" = None
    key: Any = None

    @property
    def report(self) -> Report:
        """Give who is told of problems."""
        return self.origin.report

    @property
    def place(self) -> Place:
        """Give the line and column at which the value begins."""
        node, key, origin = self.node, self.key, self.origin
        # A value that was left out stands after its key, often on another line: show the key.
        empty = node.id == "scalar" and not node.value and not node.style
        at = (key if empty and hasattr(key, "start_mark") else node).start_mark
        return Place(origin.file, at.line + 1 + origin.offset, at.column + 1)

    @property
    def path(self) -> str:
        """Give the keys that lead to the value, as ``pricing.starting_price`` or ``tags[2]``."""
        if self.above is None:
            return ""
        above = self.above.path
        if isinstance(self.key, int):
            return f"{above}[{self.key}]"
        shown = cut(str(self.key.value))
        return f"{above}.{shown}" if above else shown

    @property
    def missing(self) -> bool:
        """Tell whether nothing was written: an empty value, a blank text, ``~`` or ``null``."""
        node = self.node
        if node.id != "scalar":
            return False
        return not node.value.strip() or (not node.style and node.value in NOTHING)

    @property
    def is_scalar(self) -> bool:
        """Tell whether a single value was written, neither a list nor a mapping."""
        return bool(self.node.id == "scalar")

    @property
    def is_list(self) -> bool:
        """Tell whether a list was written."""
        return bool(self.node.id == "sequence")

    @property
    def holds_keys(self) -> bool:
        """Tell whether a mapping was written, or nothing that could not become one."""
        return self.node.id == "mapping" or self.missing

    @property
    def own_key(self) -> "Placed":
        """Give the key as a value, for what is wrong with it."""
        return Placed(self.key, self.origin, self.above, self.key)

    def error(self, message: str, hint: str = "") -> None:
        """Report that this value cannot be used."""
        self.report.error(self.place, self._told(message), hint)

    def warn(self, message: str, hint: str = "") -> None:
        """Report that this value is hardly meant."""
        self.report.warn(self.place, self._told(message), hint)

    def _told(self, message: str) -> str:
        path = self.path
        return f"{path}: {message}" if path else message
