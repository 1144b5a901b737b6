"""A page with its frame around it and partials in their places (Jinja's door, with ``theme``)."""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from comparo.render.keeping import stored_in

_CLOSED = (
    nodes.For,
    nodes.With,
    nodes.Macro,
    nodes.CallBlock,
    nodes.Scope,
    nodes.ScopedEvalContextModifier,
    nodes.Include,
)

Parse = Callable[[str], nodes.Template | None]
"""Parses a template by name; None if there is none, or it is wrong."""


def framed(tree: nodes.Template, within: tuple[str | None, ...], parse: Parse) -> nodes.Template:
    """Lay the template that another one extends around it, if nothing stands in the way."""
    blocks: dict[str, nodes.Block] = {}
    outer = tree
    while extended := outer.find(nodes.Extends):
        name = extended.template.value if isinstance(extended.template, nodes.Const) else None
        frame = parse(name) if name and name not in within else None
        if frame is None or not _is_plain(outer):
            return tree
        blocks = {block.name: block for block in outer.find_all(nodes.Block)} | blocks
        within, outer = (*within, name), frame
    parts = (outer, *blocks.values())
    if outer is tree or not _is_sound(outer) or not all(map(_is_simple, parts)):
        return tree
    return _Framer(blocks).visit(outer)  # type: ignore[no-any-return]


def _is_plain(tree: nodes.Template) -> bool:
    """Tell whether a template that extends another one says nothing by itself."""
    first, *rest = tree.body  # what stands after the first is not drawn, what stands before is
    return (
        isinstance(first, nodes.Extends)
        and all(isinstance(node, nodes.Block | nodes.Output) for node in rest)
        and _is_sound(tree)
    )


def _is_sound(tree: nodes.Template) -> bool:
    """Tell whether each block of a template stands there once, and none must be overridden."""
    names = [block.name for block in tree.find_all(nodes.Block)]
    return len(names) == len({*names}) and not any(b.required for b in tree.find_all(nodes.Block))


def _is_simple(node: nodes.Node, *, inside: bool = False) -> bool:
    """Tell whether the blocks in a part can be put in their places: they know nothing around it."""
    if isinstance(node, nodes.Name):
        return node.name not in ("super", "self")
    if isinstance(node, nodes.Block) and (inside or (node.find(nodes.Block) and stored_in(node))):
        return False
    inside = inside or isinstance(node, _CLOSED)
    return all(_is_simple(child, inside=inside) for child in node.iter_child_nodes())


class Bodies(NodeTransformer):
    """Goes through statements; expressions hold none."""

    def generic_visit(self, node: nodes.Node, *_args: Any, **_more: Any) -> nodes.Node:
        """Go through the bodies of a node."""
        for name in ("body", "elif_", "else_"):
            parts = getattr(node, name, None)
            if isinstance(parts, list):
                found = [self.visit(part) for part in parts]
                flat = [p if isinstance(p, list) else [p] for p in found]
                setattr(node, name, [part for group in flat for part in group])
        return node


class _Framer(Bodies):
    """Puts blocks in their places."""

    def __init__(self, blocks: Mapping[str, nodes.Block]) -> None:
        self.blocks = blocks

    def visit_Block(self, node: nodes.Block) -> nodes.Node:  # noqa: N802 (as Jinja names it)
        block = self.blocks.get(node.name, node)
        return nodes.Scope([self.visit(part) for part in block.body], lineno=block.lineno)


class Includer(Bodies):
    """Puts into a template what it includes."""

    def __init__(self, parse: Parse, within: tuple[str | None, ...]) -> None:
        self.parse = parse
        self.within = within

    def visit_ScopedEvalContextModifier(self, node: nodes.Node) -> nodes.Node:  # noqa: N802
        """Leave alone what is not escaped: what is included there is."""
        return node

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802
        """Give what stands in place of an include."""
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if not name or name in self.within or not node.with_context or node.ignore_missing:
            return node
        tree = self.parse(name)
        if tree is None or tree.find(nodes.Extends) or tree.find(nodes.Block):
            return node
        if _asks_for_loop(tree):
            return node
        woven = Includer(self.parse, (*self.within, name)).visit(tree)
        return nodes.Scope(woven.body, lineno=node.lineno)


def _asks_for_loop(node: nodes.Node) -> bool:
    """Tell whether a template asks for a loop that is not its own: Jinja does not hand it down."""
    if isinstance(node, nodes.Name):
        return node.name == "loop"
    return not isinstance(node, nodes.For) and any(map(_asks_for_loop, node.iter_child_nodes()))
