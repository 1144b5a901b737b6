"""What a template says of one product alone is drawn once for it (Jinja's door, with ``theme``).

Wherever a page names nothing but one of its products, that part comes out the same on each of the
product's pages. So it is kept by the product (``drawn``), and looked up. Authors do nothing for it.
Only what a page says of the one product that it is about, no other page will ask for.
"""

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from hashlib import blake2b
from typing import Any

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from comparo.render.generating import once

OWNERS = ("a", "b", "entry", "product", "link", "site")
"""What templates call a product, a way to a pair, and the site: these keep what was drawn."""

ABOUT = frozenset(("entry", "product"))
"""What a page calls the one product that it is about, and a list each of its products in turn."""

PLACED = ("to", "asset")
"""What leads from a page to the rest of the site: it is the same on pages at the same depth."""

COMMON = frozenset(("site", *PLACED))
"""What is the same for all products."""

WORTH = 9
"""So many expressions, and parts of such, are worth to be drawn once and looked up."""

_OWNING = frozenset(OWNERS)

_BODIES = (nodes.Template, nodes.Block, nodes.Scope, nodes.If, nodes.For)

_KNOWN = (nodes.Output, nodes.If, nodes.For, nodes.Scope, nodes.Expr, nodes.Helper)
"""What can be drawn once: it sets nothing, and sees nothing but what it names."""


Free = Callable[[nodes.Node], frozenset[str] | None]
"""Gives the names that a part depends on."""


class Keeper(NodeTransformer):
    """Has drawn once what depends on one name alone."""

    def __init__(self, known: AbstractSet[str], own: AbstractSet[str]) -> None:
        """Begin a template: which names mean the same everywhere, and which it sets."""
        self.known = known
        self.common = COMMON - own
        self.rare = ABOUT
        self.free: dict[nodes.Node, frozenset[str] | None] = {}

    def generic_visit(self, node: nodes.Node, *_args: Any, **_more: Any) -> nodes.Node:
        """Go through the bodies of what a page is made of."""
        rare = self.rare
        if isinstance(node, nodes.For):
            self.rare = rare - stored_in(node.target)
        if isinstance(node, _BODIES):
            for name in ("body", "else_"):
                if hasattr(node, name):
                    setattr(node, name, self._kept(getattr(node, name)))
            for other in getattr(node, "elif_", ()):
                self.visit(other)
        self.rare = rare
        return node

    def _kept(self, body: list[nodes.Node]) -> list[nodes.Node]:
        """Go through what stands in a row, and gather what depends on one owner alone."""
        found: list[nodes.Node] = []
        run: list[nodes.Node] = []
        owners: frozenset[str] = frozenset()
        for part in _pieces(body):
            needed = self._needed(part)
            if needed is None:
                found += [*self._drawn(run, owners), self.visit(part)]
                run, owners = [], frozenset()
            elif len(owners | needed) > 1:
                found += self._drawn(run, owners)
                run, owners = [part], needed
            else:
                run, owners = [*run, part], owners | needed
        return _joined([*found, *self._drawn(run, owners)])

    def _needed(self, part: nodes.Node) -> frozenset[str] | None:
        """Give the owner that a part depends on, none for what all pages say; None if on more."""
        names = self._free(part)
        if names is None:
            return None
        owners = names - self.common
        return owners if not owners or (len(owners) == 1 and owners <= _OWNING) else None

    def _drawn(self, run: list[nodes.Node], owners: frozenset[str]) -> list[nodes.Node]:
        """Have a row drawn once, if that is worth it: what says the same has the same place."""
        start, stop = 0, len(run)
        while start < stop and _is_plain(run[start]):
            start += 1
        while start < stop and _is_plain(run[stop - 1]):
            stop -= 1
        kept = run[start:stop]
        names = {name.name for part in kept for name in names_in(part)}
        weight = sum(len(list(found_in(part, nodes.Expr))) for part in kept)
        if (
            weight < WORTH
            or names.isdisjoint(self.common | _OWNING)
            or not owners.isdisjoint(self.rare)
        ):
            return run
        (owner,) = owners or {"site"}
        block = once(kept, owner, _place(kept, owner), sorted(names.intersection(PLACED)))
        return [*run[:start], block, *run[stop:]]

    def _free(self, node: nodes.Node) -> frozenset[str] | None:
        """Give the names that a part depends on; None if more than names may decide it."""
        if node not in self.free:  # a part is asked about by itself, and within others
            names = _names_of(node, self._free)
            self.free[node] = None if names is None else names - self.known
        return self.free[node]


def _names_of(node: nodes.Node, free: Free) -> frozenset[str] | None:
    """Give the names that a node depends on, by those of its parts."""
    if isinstance(node, nodes.Name):
        return frozenset((node.name,))
    if not isinstance(node, _KNOWN):
        return None
    if not isinstance(node, nodes.For):
        return _union(map(free, node.iter_child_nodes()))
    around = _union(map(free, (node.iter, *node.else_)))
    inside = _union(map(free, (*node.body, *([node.test] if node.test else []))))
    if node.recursive or around is None or inside is None:
        return None
    return around | (inside - {name.name for name in names_in(node.target)} - {"loop"})


def found_in(node: nodes.Node, kind: type[Any] | tuple[type[Any], ...]) -> Iterator[Any]:
    """Give all nodes of a kind, a node itself included."""
    if isinstance(node, kind):
        yield node
    yield from node.find_all(kind)


def names_in(node: nodes.Node) -> Iterator[nodes.Name]:
    """Give all names in a node."""
    return found_in(node, nodes.Name)


def stored_in(node: nodes.Node) -> frozenset[str]:
    """Give all names that are set somewhere in a node, so that they mean something else there."""
    names = {name.name for name in names_in(node) if name.ctx != "load"}
    names |= {macro.name for macro in found_in(node, nodes.Macro)}
    names |= {part.target for part in found_in(node, nodes.Import)}
    for part in found_in(node, nodes.FromImport):
        names |= {name if isinstance(name, str) else name[1] for name in part.names}
    return frozenset(names)


def _place(parts: list[nodes.Node], owner: str) -> str:
    """Give a digest of what is said of an owner, whatever the template calls it."""
    owners = [name for part in parts for name in names_in(part) if name.name == owner]
    for name in owners:
        name.name = ""
    said = "".join(map(repr, parts))
    for name in owners:
        name.name = owner
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _union(found: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    names: frozenset[str] = frozenset()
    for each in found:
        if each is None:
            return None
        names |= each
    return names


def _is_plain(node: nodes.Node) -> bool:
    """Tell whether a piece is a text, and nothing else."""
    return isinstance(node, nodes.Output) and isinstance(node.nodes[0], nodes.TemplateData)


def _pieces(body: list[nodes.Node]) -> Iterator[nodes.Node]:
    """Take outputs apart into their single expressions."""
    for node in body:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                yield nodes.Output([part], lineno=part.lineno)
        else:
            yield node


def _joined(body: list[nodes.Node]) -> list[nodes.Node]:
    """Put outputs that follow each other together again: what is said at once costs less."""
    joined: list[nodes.Node] = []
    for node in body:
        before = joined[-1] if joined else None
        if isinstance(node, nodes.Output) and isinstance(before, nodes.Output):
            before.nodes.extend(node.nodes)
        else:
            joined.append(node)
    return joined
