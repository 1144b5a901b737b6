"""What a user can mend.

ComparoError
├── ContentError    the content is unsound; carries every problem found
├── ThemeError      a template, a string or an asset of the theme
├── OutputError     the output folder cannot or must not be written
├── ServeError      the preview cannot be served at that host and port
└── UsageError      the command was called in a way that cannot work (exit status 2)

Anything else that escapes is a bug of comparo's own.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file, with line and column from 1 (0: the whole file)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}" + (f":{self.column}" if self.column else "")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: where it is, what is wrong, and how to put it right."""

    place: Place
    message: str
    hint: str = ""

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}"
        return printable(f"{text} ({self.hint})" if self.hint else text)


class ComparoError(Exception):
    """Something that the user can mend; its text is all that they need to see."""


class ContentError(ComparoError):
    """Content that cannot be used; carries *every* problem found, not the first."""

    def __init__(self, *problems: Problem, warnings: tuple[Problem, ...] = ()) -> None:
        super().__init__(*problems)
        self.problems = problems
        self.warnings = warnings

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class ThemeError(ComparoError):
    """A theme that cannot be found, read or rendered."""


class OutputError(ComparoError):
    """An output folder that cannot be written, or that may hold someone's work."""


class ServeError(ComparoError):
    """A host or port where a preview cannot be served."""


class UsageError(ComparoError):
    """A command that was asked for something it cannot do."""


def printable(text: str) -> str:
    """Show control characters as escapes: raw ones would replay in the reader's terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
