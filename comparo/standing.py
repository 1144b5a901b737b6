"""Whether a site stands as it was last built: then there is nothing to read, compare or draw."""

import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from comparo.content.ledger import EvidenceReport
from comparo.errors import Problem
from comparo.output.files import sweep
from comparo.output.lock import hold
from comparo.output.manifest import NAME as MANIFEST
from comparo.output.manifest import Manifest, claim
from comparo.output.records import Records
from comparo.root import CACHE, guarded
from comparo.sight import Sight


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    products: int
    pairs: int
    written: int
    unchanged: int
    removed: int
    seconds: float
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    evidence: EvidenceReport = field(default_factory=EvidenceReport)

    @property
    def total(self) -> int:
        """Give the number of files that the site now has."""
        return self.written + self.unchanged


def standing(root: Path, output: Path, seen: Sight | None) -> Report | None:
    """Give what a build would find out, where it would find nothing to do; else None.

    That is where the site looks as it did when it was last built, and each file of the output
    is as that build left it. What only a build can judge is left to a build.
    """
    start = time.perf_counter()
    with hold(root / CACHE):
        records = Records(root / CACHE, output)
        report = _recalled(records.said, seen)
        if not report or not records.stand():
            return None
        # The list of files is among those that stand, so what it lists is ours.
        own = Manifest(frozenset({MANIFEST}))
        claim(output, own, own.paths, guarded=guarded(root))
        sweep(output, ())
    return replace(
        report,
        written=0,
        unchanged=report.total,
        removed=0,
        seconds=time.perf_counter() - start,
    )


def told(report: Report, seen: Sight) -> object:
    """Say of a build of a site that stood still what ``standing`` will recall."""
    return None if report.problems else [seen.made_of, msgspec.to_builtins(report)]


def _recalled(said: object, seen: Sight | None) -> Report | None:
    if not (seen and isinstance(said, list) and said[:1] == [seen.made_of]):
        return None
    try:
        return msgspec.convert(said[-1], Report)
    except msgspec.ValidationError:
        return None
