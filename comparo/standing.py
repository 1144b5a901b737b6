"""Whether a site stands as it was last built: then there is nothing to read, compare or draw."""

import time
from contextlib import suppress
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
        report = _recalled(records, seen)
        if not report or not records.stand():
            return None
        own = Manifest(frozenset({MANIFEST}))  # it stands, so all that it lists is ours
        claim(output, own, own.paths, guarded=guarded(root))
        sweep(output, ())
    return replace(report, seconds=time.perf_counter() - start)


def told(report: Report, seen: Sight, records: Records) -> object:
    """Say of a build of a site that stood still what ``standing`` will recall."""
    if report.problems:
        return None
    again = replace(report, written=0, unchanged=report.total, removed=0)
    return [records.of(MANIFEST, seen.made_of), msgspec.to_builtins(again)]


def _recalled(records: Records, seen: Sight | None) -> Report | None:
    """Give what the last build told, if it was of this site and the list of its files stands."""
    match records.said:
        case [bytes() as made_of, dict() as report] if seen and made_of:
            if made_of == records.of(MANIFEST, seen.made_of):
                with suppress(msgspec.ValidationError):
                    return msgspec.convert(report, Report)
    return None
