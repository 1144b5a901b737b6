"""From woven templates to Python (Jinja's door, with ``theme``): as plain as one would write it.

Jinja's own code asks for items where attributes would do, calls by way of contexts, and escapes
and yields piece by piece. Most pieces of a page are markup already, or names and figures that were
escaped before, so escaping looks first whether it knows the text.
"""

from collections.abc import Iterable
from keyword import iskeyword
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Undefined
from jinja2.utils import missing
from markupsafe import escape

ONCE = "drawn once"
"""The name of a block that is drawn once for its owner and a place; no filter can have it."""


KNOWN = 10_000
"""How many escaped texts are remembered."""


class Texts(dict[str, str]):
    """Texts as HTML, each escaped once. Only plain texts may be asked for: markup equals them."""

    def __missing__(self, text: str) -> str:
        """Escape a text. Most hold nothing to escape, and asking that is quicker than doing it."""
        if len(self) >= KNOWN:
            self.clear()
        plain = "&" not in text and "<" not in text and ">" not in text
        plain = plain and "'" not in text and '"' not in text
        said = self[text] = text if plain else str(escape(text))
        return said


texts = Texts()


def escaped(value: object) -> str:
    """Give a value as HTML; what is markup already stays."""
    if type(value) is str:
        return texts[value]
    return str(value) if type(value) in (int, float) else str(escape(value))


def kept_by(owner: object) -> dict[tuple[object, ...], str] | None:
    """Give what an owner keeps; None if it keeps nothing, as what is not there does."""
    drawn = None if isinstance(owner, Undefined) else getattr(owner, "drawn", None)
    return drawn if isinstance(drawn, dict) else None


class Seen(Context):
    """What a template can name: the values that it is given, then what its view has to say."""

    def resolve_or_missing(self, key: str) -> Any:
        """Look a name up."""
        if key in self.vars:
            return self.vars[key]
        if key in self.parent:
            return self.parent[key]
        view = self.parent.get("view")
        return getattr(view, key) if hasattr(type(view), key) else missing


def once(body: list[nodes.Node], owner: str, place: str, within: Iterable[str]) -> nodes.Node:
    """Make a block whose text its owner keeps in ``drawn``, by its place and where it stands.

    It is a filter block to Jinja, which lets nobody invent nodes; the filter is never called.
    """
    line = body[0].lineno
    names = (owner, *within)
    arguments = [nodes.Const(place), *(nodes.Name(name, "load", lineno=line) for name in names)]
    known = nodes.Filter(None, ONCE, arguments, [], None, None, lineno=line)
    return nodes.FilterBlock(body, known, lineno=line)


class Generator(CodeGenerator):
    """Writes attributes and calls as Python has them, and what is drawn once."""

    # ruff: noqa: N802 (its methods are called as Jinja calls them)

    gathers = False
    """Whether the body of a template says all that there is, and not one that it extends."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Write a template."""
        alone = any(not part.with_context for part in node.find_all(nodes.Include))
        self.gathers = not alone and node.find(nodes.Extends) is None
        super().visit_Template(node, frame)

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Gather what the body of a template says, instead of handing it out piece by piece."""
        gathered = self.gathers and frame.rootlevel and frame.buffer is None
        if gathered:
            self.buffer(frame)
        super().blockvisit(nodes, frame)
        if gathered:
            self.writeline(f"yield concat({frame.buffer})")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """Ask for an attribute."""
        if iskeyword(node.attr) or not node.attr.isidentifier():
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002
        """Call a function or a macro."""
        odd = any(iskeyword(keyword.key) for keyword in node.kwargs)
        odd = odd or frame.eval_ctx.volatile or not frame.eval_ctx.autoescape  # macros ask for it
        if odd or forward_caller or node.dyn_args or node.dyn_kwargs:
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

    def visit_FilterBlock(self, node: nodes.FilterBlock, frame: Frame) -> None:
        """Draw a block, or look up what was drawn."""
        if node.filter.name != ONCE:
            super().visit_FilterBlock(node, frame)
            return
        place, owner, *within = node.filter.args
        kept, key, text = (self.temporary_identifier() for _ in range(3))
        self.writeline(f"{kept} = environment.kept(")
        self.visit(owner, frame)
        self.write(")")
        self.writeline(f"{key} = (")
        for part in (place, *within):
            self.visit(part, frame)
            self.write(", ")
        self.write(")")
        self.writeline(f"{text} = None if {kept} is None else {kept}.get({key})")
        self.writeline(f"if {text} is None:")
        self.indent()
        inner = frame.inner()
        inner.symbols.analyze_node(node)
        self.enter_frame(inner)
        self.buffer(inner)
        self.blockvisit(node.body, inner)
        self.writeline(f"{text} = concat({inner.buffer})")
        self.writeline(f"if {kept} is not None: {kept}[{key}] = {text}")
        self.leave_frame(inner)
        self.outdent()
        self.start_write(frame, node)
        self.write(text)
        self.end_write(frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("(environment.texts[said] if type(said := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(") is str else said if type(said) is Markup else environment.escaped(said))")
