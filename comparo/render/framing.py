"""A page with its frame around it and partials in their places (Jinja's door, with ``theme``)."""

from collections.abc import Callable, Mapping

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from comparo.render.keeping import stored_in

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
    if outer is tree or not _is_sound(outer) or not _is_simple(outer, *blocks.values()):
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


def _is_simple(frame: nodes.Template, *blocks: nodes.Block) -> bool:
    """Tell whether blocks can be put in their places: they know nothing of what is around them."""
    named = {name.name for tree in (frame, *blocks) for name in tree.find_all(nodes.Name)}
    nested = (nodes.For, nodes.With, nodes.Macro, nodes.CallBlock, nodes.Scope, nodes.Include)
    if not named.isdisjoint(("super", "self")):
        return False
    if any(
        block.find(nodes.Block) and stored_in(block)
        for block in (*frame.find_all(nodes.Block), *blocks)
    ):
        return False
    return not any(
        inner.find(nodes.Block) for tree in (frame, *blocks) for inner in tree.find_all(nested)
    )


class _Framer(NodeTransformer):
    """Puts blocks in their places."""

    def __init__(self, blocks: Mapping[str, nodes.Block]) -> None:
        self.blocks = blocks

    def visit_Block(self, node: nodes.Block) -> nodes.Node:  # noqa: N802 (as Jinja names it)
        block = self.blocks.get(node.name, node)
        return nodes.Scope([self.visit(part) for part in block.body], lineno=block.lineno)


class Includer(NodeTransformer):
    """Puts into a template what it includes."""

    def __init__(self, parse: Parse, within: tuple[str | None, ...]) -> None:
        self.parse = parse
        self.within = within

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
