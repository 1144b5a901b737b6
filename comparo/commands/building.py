"""What a build tells: once, or again and again while the files are watched."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from comparo.commands.evidence import NO_EVIDENCE, evidence_as_data, evidence_in_words
from comparo.errors import ComparoError, Problem
from comparo.standing import Report
from comparo.terminal import as_data, count, say, show_json, tell, until_stopped, warn

NOTHING_BUILT = {
    "products": 0,
    "pairs": 0,
    "pages": {"written": 0, "unchanged": 0, "removed": 0, "total": 0},
    "evidence": NO_EVIDENCE,
    "seconds": 0,
}


@dataclass(slots=True)
class Teller:
    """Tells of one build after another; a warning that it has told of already is no news."""

    target: Path
    as_json: bool
    quiet: bool
    verbose: bool
    known: tuple[Problem, ...] = field(default=(), init=False)

    def built(self, report: Report) -> None:
        """Tell what a build did."""
        news = [warning for warning in report.warnings if warning not in self.known]
        self.known = report.warnings
        warn(news, quiet=self.quiet, verbose=self.verbose)
        for problem in report.problems:
            say(str(problem))
        if self.as_json:
            show_json(_as_data(report))
        elif not self.quiet:
            if self.verbose and report.evidence.files:
                say(evidence_in_words(report.evidence))
            say(
                f"{count(report.products, 'product')}, {count(report.pairs, 'comparison')}:"
                f" {count(report.written, 'file')} written, {report.unchanged:,} unchanged,"
                f" {report.removed:,} removed in {self.target} ({report.seconds:.1f} s)"
            )
        if report.problems:
            say(f"Left out because of {count(len(report.problems), 'error')}; see above.")

    def keep_building(self, once: Callable[[], Report], root: Path, *, poll: bool) -> None:
        """Build, and again whenever a file changes, until the user stops it."""
        from comparo.watching import keep_up, watched

        with until_stopped():
            outcomes = keep_up(once, watched(root, self.target), poll=poll, say=say)
            for number, outcome in enumerate(outcomes):
                if isinstance(outcome, ComparoError):
                    tell(outcome, NOTHING_BUILT if self.as_json else None)
                else:
                    self.built(outcome)
                if not (number or self.quiet or self.as_json):
                    say("Watching the content and themes for changes; Ctrl-C ends it.")


def _as_data(report: Report) -> dict[str, object]:
    return {
        "products": report.products,
        "pairs": report.pairs,
        "pages": {
            "written": report.written,
            "unchanged": report.unchanged,
            "removed": report.removed,
            "total": report.total,
        },
        "evidence": evidence_as_data(report.evidence),
        "warnings": [as_data(warning) for warning in report.warnings],
        "errors": [as_data(problem) for problem in report.problems],
        "seconds": round(report.seconds, 3),
    }
