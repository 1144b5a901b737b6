"""Templates woven into one, so that drawing a page costs little (Jinja's door, with ``theme``).

An author writes a page that extends a frame, includes partials and asks for words where they stand.
All that costs time at every drawing, and none of it can come out differently. So before a template
is compiled, the frame is laid around it, what it includes and says is put in its place, and what it
does for each of two products is written out for each.

What then depends on one product alone is drawn once for it and kept (``drawn``), wherever it stands
on a page. Authors do nothing for it.

A woven template says what the same one says unwoven, or fails; ``theme`` then draws it plainly.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from string import Formatter
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import escape

from comparo.render.framing import Bodies, Includer, framed
from comparo.render.generating import Generator, escaped, kept_by, texts
from comparo.render.keeping import Keeper, found_in, names_in, stored_in

AS_FRAME = "\0"
"""Ends the name of a template that is wanted with its blocks, to be drawn around another one."""


class WovenEnvironment(jinja2.Environment):
    """An environment whose templates are woven before they are compiled.

    ``words`` gives the text of a key that has one form only, or None.
    """

    code_generator_class = Generator

    def __init__(self, words: Callable[[str], str | None], **options: Any) -> None:
        super().__init__(**options)
        self.words = words
        self.escaped = escaped
        self.texts = texts
        self.kept = kept_by
        self._ready: dict[str, tuple[jinja2.Template, dict[str, object]]] = {}

    def draw(self, name: str, values: Mapping[str, object]) -> str:
        """Draw a template, without what Jinja does to explain where it failed."""
        if name not in self._ready:
            template = self.get_template(name)
            self._ready[name] = template, dict(template.globals)
        template, common = self._ready[name]
        context = self.context_class(self, {**common, **values}, name, template.blocks)
        return "".join(template.root_render_func(context))

    def __deepcopy__(self, _memo: object) -> "WovenEnvironment":
        return self  # the nodes that are copied all belong to it

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if not (name or "").endswith(AS_FRAME):
            tree = framed(tree, (name,), self.parts)
        for left in tree.find_all(nodes.Extends):  # it overrides blocks, which its frame must keep
            mark = nodes.Const(AS_FRAME, lineno=left.lineno)
            left.template = nodes.Add(left.template, mark, lineno=left.lineno)
        tree = Includer(self.parts, (name,)).visit(tree)
        tree = _Unroller().visit(tree)
        own = stored_in(tree)
        if "say" not in own:
            tree = _Speaker(self.words).visit(tree)
        return Keeper(self.globals.keys() - own, own).visit(tree)  # type: ignore[no-any-return]

    def parts(self, name: str) -> nodes.Template | None:
        """Parse a template that is to be put in place of an include; None if there is none."""
        try:
            source, filename, _ = self.loader.get_source(self, name)  # type: ignore[union-attr]
            return super()._parse(source, name, filename)
        except jinja2.TemplateError:  # including it says what is wrong
            return None


_SEEING = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Block, nodes.NSRef)
"""What sees the names around it without naming them, or names them in its own way."""


class _Unroller(Bodies):
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
    stored = frozenset[str]().union(*map(stored_in, loop.body))
    loaded = {n.name for part in loop.body for n in names_in(part)}
    if "loop" in loaded or not used.isdisjoint(stored):
        return None
    if any(True for part in loop.body for _ in found_in(part, _SEEING)):
        return None
    return [dict(zip(names, row, strict=True)) for row in rows]


class _Filler(NodeTransformer):
    """Puts expressions in the places of names."""

    def __init__(self, values: Mapping[str, nodes.Expr]) -> None:
        self.values = values

    def visit_Name(self, node: nodes.Name) -> nodes.Expr:  # noqa: N802
        return deepcopy(self.values[node.name]) if node.name in self.values else node


class _Speaker(Bodies):
    """Puts into a template what it says."""

    def __init__(self, words: Callable[[str], str | None]) -> None:
        self.words = words

    def visit_ScopedEvalContextModifier(self, node: nodes.Node) -> nodes.Node:  # noqa: N802
        return node  # what is said in it may have to stand as it is

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802
        parts = [said for part in node.nodes for said in self._said(part)]
        return nodes.Output(parts, lineno=node.lineno)

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
