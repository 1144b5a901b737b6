"""Templates woven into one, so that drawing a page costs little (Jinja's door, with ``theme``).

An author writes a page that includes partials, and asks for words where they stand. Both cost time
at every drawing, and neither can come out differently. So before a template is compiled, what it
includes is put in its place, and so are the words that it says. What a template calls and reads is
called and read as Python does, without Jinja's detours by way of items and contexts.

A woven template says what the same one says unwoven, or fails; ``theme`` then draws it plainly.
"""

from collections.abc import Callable
from keyword import iskeyword
from string import Formatter
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import escape


class _Generator(CodeGenerator):
    """Writes attributes and calls as Python has them."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        if iskeyword(node.attr) or not node.attr.isidentifier():
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(")(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for keyword in node.kwargs:
            self.write(f"{keyword.key}=")
            self.visit(keyword.value, frame)
            self.write(", ")
        self.write(")")


class WovenEnvironment(jinja2.Environment):
    """An environment whose templates are woven before they are compiled.

    ``words`` gives the text of a key that has one form only, or None.
    """

    code_generator_class = _Generator

    def __init__(self, words: Callable[[str], str | None], **options: Any) -> None:
        super().__init__(**options)
        self.words = words

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        return _Weaver(self, (name,)).visit(tree)  # type: ignore[no-any-return]

    def parts(self, name: str) -> nodes.Template | None:
        """Parse a template that is to be put in place of an include; None if there is none."""
        try:
            source, filename, _ = self.loader.get_source(self, name)  # type: ignore[union-attr]
            return super()._parse(source, name, filename)
        except jinja2.TemplateError:  # including it says what is wrong
            return None


class _Weaver(NodeTransformer):
    """Puts into a template what it includes and says."""

    def __init__(self, environment: WovenEnvironment, within: tuple[str | None, ...]) -> None:
        self.environment = environment
        self.within = within

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 (as Jinja names it)
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if not name or name in self.within or not node.with_context or node.ignore_missing:
            return node
        tree = self.environment.parts(name)
        if tree is None or tree.find(nodes.Extends) or tree.find(nodes.Block):
            return node
        woven = _Weaver(self.environment, (*self.within, name)).visit(tree)
        return nodes.Scope(woven.body, lineno=node.lineno)

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802
        parts = [said for part in node.nodes for said in self._said(part)]
        return nodes.Output([self.visit(part) for part in parts], lineno=node.lineno)

    def _said(self, node: nodes.Expr) -> list[nodes.Expr]:
        """Take apart what ``say`` would put together: each value is escaped by itself."""
        match node:
            case nodes.Call(
                node=nodes.Name(name="say"),
                args=[nodes.Const(value=str(key))],
                kwargs=given,
                dyn_args=None,
                dyn_kwargs=None,
            ):
                return _filled(self.environment.words(key), given) or [node]
        return [node]


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
