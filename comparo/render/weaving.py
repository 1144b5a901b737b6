"""Templates woven into one, so that drawing a page costs little (Jinja's door, with ``theme``).

An author writes a page that extends a frame, includes partials and asks for words where they stand.
All that costs time at every drawing, and none of it can come out differently. So before a template
is compiled, the frame is laid around it, what it includes and says is put in its place, and what it
does for each of two products is written out for each.

What then depends on one product alone is drawn once for it and kept (``drawn``), wherever it stands
on a page. Authors do nothing for it.

A woven template says what the same one says unwoven, or fails; ``theme`` then draws it plainly.
"""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from string import Formatter
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import escape

from comparo.render.generating import ONCE, Generator, escaped, once

OWNERS = ("a", "b", "entry", "product", "site")
"""What templates call a product, and the site: these keep what was drawn of them alone."""

PLACED = ("to", "asset")
"""What leads from a page to the rest of the site: it is the same on pages at the same depth."""

COMMON = frozenset(("site", *PLACED))
"""What is the same for all products."""

WORTH = 9
"""So many expressions, and parts of such, are worth to be drawn once and looked up."""

_OWNING = frozenset(OWNERS)

_KNOWN = (nodes.Output, nodes.If, nodes.For, nodes.Scope, nodes.Expr, nodes.Helper)
"""What can be drawn once: it sets nothing, and sees nothing but what it names."""


class WovenEnvironment(jinja2.Environment):
    """An environment whose templates are woven before they are compiled.

    ``words`` gives the text of a key that has one form only, or None.
    """

    code_generator_class = Generator

    def __init__(self, words: Callable[[str], str | None], **options: Any) -> None:
        super().__init__(**options)
        self.words = words
        self.escaped = escaped
        self.filters[ONCE] = str

    def __deepcopy__(self, _memo: object) -> "WovenEnvironment":
        return self  # the nodes that are copied all belong to it

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = _framed(self, super()._parse(source, name, filename), (name,))
        tree = _Includer(self, (name,)).visit(tree)
        tree = _Unroller().visit(tree)
        tree = _Speaker(self.words).visit(tree)
        return _Keeper(name or "", frozenset(self.globals)).visit(tree)  # type: ignore[no-any-return]

    def parts(self, name: str) -> nodes.Template | None:
        """Parse a template that is to be put in place of an include; None if there is none."""
        try:
            source, filename, _ = self.loader.get_source(self, name)  # type: ignore[union-attr]
            return super()._parse(source, name, filename)
        except jinja2.TemplateError:  # including it says what is wrong
            return None


def _framed(
    environment: WovenEnvironment, tree: nodes.Template, within: tuple[str | None, ...]
) -> nodes.Template:
    """Lay the template that another one extends around it, if nothing stands in the way."""
    blocks: dict[str, nodes.Block] = {}
    outer = tree
    while extended := outer.find(nodes.Extends):
        name = extended.template.value if isinstance(extended.template, nodes.Const) else None
        frame = environment.parts(name) if name and name not in within else None
        if frame is None or not all(map(_is_plain, outer.body)):
            return tree
        blocks = {block.name: block for block in outer.find_all(nodes.Block)} | blocks
        within, outer = (*within, name), frame
    if outer is tree or not _is_simple(outer, *blocks.values()):
        return tree
    return _Framer(blocks).visit(outer)  # type: ignore[no-any-return]


def _is_plain(node: nodes.Node) -> bool:
    """Tell whether a part of a template that extends another one says nothing by itself."""
    return isinstance(node, nodes.Extends | nodes.Block | nodes.Output)


def _is_simple(frame: nodes.Template, *blocks: nodes.Block) -> bool:
    """Tell whether blocks can be put in their places: they know nothing of what is around them."""
    named = {name.name for tree in (frame, *blocks) for name in tree.find_all(nodes.Name)}
    nested = (nodes.For, nodes.With, nodes.Macro, nodes.CallBlock, nodes.Scope, nodes.Include)
    return named.isdisjoint(("super", "self")) and not any(
        inner.find(nodes.Block) for kind in nested for inner in frame.find_all(kind)
    )


class _Framer(NodeTransformer):
    """Puts blocks in their places."""

    def __init__(self, blocks: Mapping[str, nodes.Block]) -> None:
        self.blocks = blocks

    def visit_Block(self, node: nodes.Block) -> nodes.Node:  # noqa: N802 (as Jinja names it)
        block = self.blocks.get(node.name, node)
        return nodes.Scope([self.visit(part) for part in block.body], lineno=block.lineno)


class _Includer(NodeTransformer):
    """Puts into a template what it includes."""

    def __init__(self, environment: WovenEnvironment, within: tuple[str | None, ...]) -> None:
        self.environment = environment
        self.within = within

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if not name or name in self.within or not node.with_context or node.ignore_missing:
            return node
        tree = self.environment.parts(name)
        if tree is None or tree.find(nodes.Extends) or tree.find(nodes.Block):
            return node
        woven = _Includer(self.environment, (*self.within, name)).visit(tree)
        return nodes.Scope(woven.body, lineno=node.lineno)


class _Unroller(NodeTransformer):
    """Writes out what is done for each of a few things that are named on the spot."""

    def visit_For(self, node: nodes.For) -> nodes.Node | list[nodes.Node]:  # noqa: N802
        self.generic_visit(node)
        rounds = _rounds(node)
        if rounds is None:
            return node
        drawn: list[nodes.Node] = []
        for values in rounds:
            body = [_Filler(values).visit(deepcopy(part)) for part in node.body]
            drawn.append(nodes.Scope(body, lineno=node.lineno))
        return drawn


def _rounds(loop: nodes.For) -> list[dict[str, nodes.Expr]] | None:
    """Give what the names of a loop stand for in each round, if that is known."""
    if loop.test or loop.else_ or loop.recursive or not isinstance(loop.iter, nodes.Tuple):
        return None
    single = isinstance(loop.target, nodes.Name)
    targets = [loop.target] if single else getattr(loop.target, "items", [])
    names = [target.name for target in targets if isinstance(target, nodes.Name)]
    rows = [[item] if single else getattr(item, "items", []) for item in loop.iter.items]
    if len(names) != len(targets) or any(len(row) != len(names) for row in rows):
        return None
    used = {"loop", *names, *(n.name for n in loop.iter.find_all(nodes.Name))}
    stored = {n.name for part in loop.body for n in _names(part) if n.ctx != "load"}
    stored |= {macro.name for part in loop.body for macro in _found(part, nodes.Macro)}
    loaded = {n.name for part in loop.body for n in _names(part)}
    if "loop" in loaded or not used.isdisjoint(stored):
        return None
    return [dict(zip(names, row, strict=True)) for row in rows]


def _found(node: nodes.Node, kind: type[Any]) -> Iterator[Any]:
    if isinstance(node, kind):
        yield node
    yield from node.find_all(kind)


def _names(node: nodes.Node) -> Iterator[nodes.Name]:
    return _found(node, nodes.Name)


class _Filler(NodeTransformer):
    """Puts expressions in the places of names."""

    def __init__(self, values: Mapping[str, nodes.Expr]) -> None:
        self.values = values

    def visit_Name(self, node: nodes.Name) -> nodes.Expr:  # noqa: N802
        return deepcopy(self.values[node.name]) if node.name in self.values else node


class _Speaker(NodeTransformer):
    """Puts into a template what it says."""

    def __init__(self, words: Callable[[str], str | None]) -> None:
        self.words = words

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802
        parts = [said for part in node.nodes for said in self._said(part)]
        return nodes.Output([self.visit(part) for part in parts], lineno=node.lineno)

    def _said(self, node: nodes.Expr) -> list[nodes.Expr]:
        """Take apart what ``say`` would put together: each value is escaped by itself."""
        match node:
            case nodes.Call(
                node=nodes.Name(name="say"),
                args=[key],
                kwargs=given,
                dyn_args=None,
                dyn_kwargs=None,
            ):
                return _filled(self._text(key), given) or [node]
        return [node]

    def _text(self, key: nodes.Expr) -> str | None:
        try:
            found = key.as_const()
        except nodes.Impossible:
            return None
        return self.words(found) if isinstance(found, str) else None


def _filled(words: str | None, given: list[nodes.Keyword]) -> list[nodes.Expr]:
    """Fill the places of a string, if they are plain names of given values that are no numbers."""
    values = {keyword.key: keyword.value for keyword in given}
    filled: list[nodes.Expr] = []
    if words is None or "n" in values:
        return []
    for text, name, form, conversion in Formatter().parse(words):
        if text:
            filled.append(nodes.TemplateData(str(escape(text))))
        if name is not None:
            if form or conversion or name not in values:
                return []
            filled.append(values[name])
    return filled


class _Keeper(NodeTransformer):
    """Has drawn once what depends on one name alone."""

    def __init__(self, template: str, known: frozenset[str]) -> None:
        self.template = template
        self.known = known
        self.count = 0

    def visit_Template(self, node: nodes.Template) -> nodes.Template:  # noqa: N802
        node.body = self._kept(node.body)
        return node

    def visit_Scope(self, node: nodes.Scope) -> nodes.Scope:  # noqa: N802
        node.body = self._kept(node.body)
        return node

    def visit_If(self, node: nodes.If) -> nodes.If:  # noqa: N802
        node.body = self._kept(node.body)
        node.elif_ = [self.visit(other) for other in node.elif_]
        node.else_ = self._kept(node.else_)
        return node

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802
        node.body = self._kept(node.body)
        return node

    def visit_Block(self, node: nodes.Block) -> nodes.Block:  # noqa: N802
        node.body = self._kept(node.body)
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
        return [*found, *self._drawn(run, owners)]

    def _needed(self, part: nodes.Node) -> frozenset[str] | None:
        """Give the owner that a part depends on, none for what all pages say; None if on more."""
        names = self._free(part)
        if names is None:
            return None
        owners = names - COMMON
        return owners if not owners or (len(owners) == 1 and owners <= _OWNING) else None

    def _drawn(self, run: list[nodes.Node], owners: frozenset[str]) -> list[nodes.Node]:
        """Have a row drawn once, if that is worth it."""
        names = {name.name for part in run for name in _names(part)}
        weight = sum(len(list(_found(part, nodes.Expr))) for part in run)
        if weight < WORTH or names.isdisjoint(COMMON | _OWNING):
            return run
        self.count += 1
        place = f"{self.template}:{self.count}"
        return [once(run, *(owners or {"site"}), place, sorted(names.intersection(PLACED)))]

    def _free(self, node: nodes.Node, bound: frozenset[str] = frozenset()) -> frozenset[str] | None:
        """Give the names that a part depends on; None if more than names may decide it."""
        if isinstance(node, nodes.Name):
            return frozenset({node.name} - bound - self.known)
        if not isinstance(node, _KNOWN):
            return None
        if isinstance(node, nodes.For):
            if node.recursive:
                return None
            targets = frozenset(name.name for name in _names(node.target))
            inner = [*node.body, *([node.test] if node.test else [])]
            return _union(
                [self._free(part, bound) for part in (node.iter, *node.else_)]
                + [self._free(part, bound | targets | {"loop"}) for part in inner]
            )
        return _union([self._free(child, bound) for child in node.iter_child_nodes()])


def _union(found: list[frozenset[str] | None]) -> frozenset[str] | None:
    names: frozenset[str] = frozenset()
    for each in found:
        if each is None:
            return None
        names |= each
    return names


def _pieces(body: list[nodes.Node]) -> Iterator[nodes.Node]:
    """Take outputs apart into their single expressions."""
    for node in body:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                yield nodes.Output([part], lineno=part.lineno)
        else:
            yield node
