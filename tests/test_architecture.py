"""The house as it is meant to stand: imports point down, libraries have doors, one room prints."""

import ast
import doctest
import importlib
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import comparo

PACKAGE = Path(comparo.__file__).parent

FLOORS = (
    {"__main__"},
    {"cli"},
    {"commands"},
    {"terminal"},
    {"sheets"},
    {
        "serve",
        "build",
        "watching",
        "explain",
        "checking",
        "importing",
        "scaffold",
        "schema",
        "suggest",
    },
    {"drawing"},
    {"site", "standing"},
    {"held"},
    {"render", "hygiene"},
    {"content", "compare", "output"},
    {"source"},
    {"values"},
    {"placed"},
    {"watch", "livereload", "sight"},
    {
        "texts",
        "model",
        "files",
        "folders",
        "embeddings",
        "cache",
        "parallel",
        "stages",
        "loopback",
        "problems",
        "root",
    },
    {"errors"},
    {"__init__"},
)
"""The rooms from the street door down to the ground. No arrow runs up, and none between rooms."""

WINGS = {
    "compare": {"model", "errors"},
    "content": {"cache", "files", "parallel", "source", "values", "texts", "model", "errors"},
    "output": {"cache", "errors"},
    "hygiene": {"compare", "model", "errors"},
    "sheets": {"explain", "render", "compare", "model", "errors"},
    "render": {"cache", "stages", "compare", "files", "source", "values", "texts", "model"}
    | {"errors"},
}
"""What each wing may import besides itself."""

DOORS = {
    "yaml": {"source", "content.writing"},
    "markdown_it": {"content.markdown"},
    "jinja2": {
        "render.framing",
        "render.generating",
        "render.keeping",
        "render.theme",
        "render.weaving",
    },
    "typer": {
        "cli",
        "commands.options",
        "commands.publishing",
        "commands.previewing",
        "commands.authoring",
        "commands.explaining",
        "commands.suggesting",
    },
    "rich": {"terminal", "sheets.drawing"},
    "watchdog": {"watch"},
    "duckdb": {"content.parquet"},
    "wordllama": {"embeddings"},
}
"""The modules by which a library comes in. Others see only what these make of it."""

HOUSEHOLD = {"markupsafe", "msgspec"}
"""Libraries without a door: a text that is safe, and JSON, are nouns like others."""

ARITHMETIC = {
    "collections",
    "dataclasses",
    "datetime",
    "fractions",
    "functools",
    "heapq",
    "itertools",
    "math",
    "operator",
    "typing",
    "unicodedata",
}
"""What the thinking needs of the standard library: no files, no clock, no chance, no HTML."""


def name_of(path: Path) -> str:
    """Name a module by its path in the package: ``render/theme.py`` is ``render.theme``."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}
every_module = pytest.mark.parametrize("module", MODULES)


@cache
def tree_of(module: str) -> ast.Module:
    """Parse a module."""
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


@cache
def imports_of(module: str) -> frozenset[str]:
    """Give the full names of all that a module imports, wherever in it the import stands."""
    found = set()
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno} imports by dots"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def neighbours_of(module: str) -> set[str]:
    """Give the modules of comparo that a module imports."""
    return {
        known(name.removeprefix("comparo."))
        for name in imports_of(module)
        if name.split(".")[0] == "comparo"
    }


def known(name: str) -> str:
    """Find the module that a name is from: ``render.theme.Theme`` is from ``render.theme``."""
    places = (name, f"{name}.__init__", name.rpartition(".")[0])
    return next((place for place in places if place in MODULES), "__init__")


def libraries_of(module: str) -> set[str]:
    """Give the top-level names of all that a module imports from elsewhere."""
    return {name.split(".")[0] for name in imports_of(module)} - {"comparo"}


def room_of(module: str) -> str:
    """Give the part of the house that a module is in: a wing, or a room of its own."""
    return module.partition(".")[0]


def floor_of(module: str) -> int:
    """Count the floors below a module."""
    return next(height for height, rooms in enumerate(reversed(FLOORS)) if room_of(module) in rooms)


def names_in(module: str) -> Iterator[tuple[int, str]]:
    """Give each name in a module that is used, with its line: ``print``, ``sys.stdout``."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Name | ast.Attribute):
            yield node.lineno, ast.unparse(node)


@every_module
def test_every_module_has_its_floor(module):
    """A new room is drawn into the picture before anybody moves in."""
    assert [rooms for rooms in FLOORS if room_of(module) in rooms] != []


@every_module
def test_imports_point_down(module):
    """No arrow runs up, and none runs sideways from one room into another."""
    wrong = [
        other
        for other in sorted(neighbours_of(module))
        if room_of(other) != room_of(module) and floor_of(other) >= floor_of(module)
    ]

    assert wrong == []


@pytest.mark.parametrize("wing", WINGS)
def test_wings_do_not_know_each_other(wing):
    """A wing imports itself, the rooms below that are named here, and nothing else."""
    wrong = {
        module: sorted(strangers)
        for module in MODULES
        if room_of(module) == wing
        and (strangers := set(map(room_of, neighbours_of(module))) - WINGS[wing] - {wing})
    }

    assert wrong == {}


@every_module
def test_nobody_imports_the_street_door(module):
    """Only ``python -m comparo`` goes in by the commands, and only they know the terminal."""
    rooms = neighbours_of(module)

    assert module == "__main__" or "cli" not in rooms
    assert room_of(module) in {"cli", "commands"} or "terminal" not in rooms


def test_there_is_no_circle():
    """The modules can be put in an order in which each imports only what came before."""
    order = TopologicalSorter({module: neighbours_of(module) - {module} for module in MODULES})

    assert set(MODULES) <= set(order.static_order())


@every_module
def test_libraries_come_in_by_their_doors(module):
    """A library with a door is imported there only, and one without a door is declared here."""
    foreign = libraries_of(module) - sys.stdlib_module_names

    assert {name for name in foreign if module not in DOORS.get(name, MODULES)} == set()
    assert foreign <= DOORS.keys() | HOUSEHOLD


@pytest.mark.parametrize("module", [name for name in MODULES if room_of(name) == "compare"])
def test_thinking_is_arithmetic(module):
    """The comparing knows no file, no clock, no chance and no HTML."""
    used = [name for _, name in names_in(module) if name.endswith((".today", ".now", ".utcnow"))]

    assert libraries_of(module) <= ARITHMETIC
    assert used == []


@every_module
def test_only_the_commands_print_and_exit(module):
    """One room writes to the terminal, doors and commands end; everybody else returns or raises."""
    words = {"print", "input", "breakpoint", "sys.stdin", "sys.stdout", "sys.stderr"}
    ends = {"exit", "quit", "sys.exit", "os._exit", "SystemExit"}
    doors = {"terminal": words | ends, "commands": ends, "__main__": ends}
    allowed = doors.get(room_of(module), set())

    assert [use for use in names_in(module) if use[1] in (words | ends) - allowed] == []


@every_module
def test_no_error_is_swallowed_unseen(module):
    """Whoever catches says what; to tidy up, all may be caught and must be raised again."""
    handlers = [node for node in ast.walk(tree_of(module)) if isinstance(node, ast.ExceptHandler)]

    wrong = []
    for handler in handlers:
        caught = ast.unparse(handler.type) if handler.type else "BaseException"
        tidies = caught == "BaseException" and ast.unparse(handler.body[-1]) == "raise"
        if not tidies and {"Exception", "BaseException"} & set(caught.strip("()").split(", ")):
            wrong.append((handler.lineno, caught))
    assert wrong == []


@every_module
def test_modules_are_short(module):
    """A module has fewer than 300 lines; one that outgrows them is split by noun."""
    lines = MODULES[module].read_text(encoding="utf-8").count("\n")

    assert lines < 300, f"{module} has {lines} lines"


@every_module
def test_what_is_public_says_what_it_gives(module):
    """Each module, and each of its public functions, classes and methods, has a docstring."""
    assert [name for name, node in public_in(module) if not ast.get_docstring(node)] == []


def public_in(module: str) -> Iterator[tuple[str, ast.AST]]:
    """Go through a module and what it offers: functions, classes and their methods."""
    defined = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    yield module, tree_of(module)
    for node in tree_of(module).body:
        if isinstance(node, defined) and not node.name.startswith("_"):
            yield node.name, node
            for part in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(part, defined) and not part.name.startswith("_"):
                    yield f"{node.name}.{part.name}", part


@pytest.mark.parametrize("wing", [*WINGS, "commands"])
def test_a_wing_opens_with_its_charter(wing):
    """``__init__.py`` of a wing is a docstring and no re-exports."""
    assert len(tree_of(f"{wing}.__init__").body) == 1


@pytest.mark.parametrize("module", [name for name in MODULES if name != "__main__"])
def test_examples_in_docstrings_hold(module):
    """What a docstring shows is what happens."""
    name = f"comparo.{module}".removesuffix(".__init__")

    assert doctest.testmod(importlib.import_module(name)).failed == 0
