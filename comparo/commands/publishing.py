"""The commands that make a site of what is there, and tidy up after it."""

from pathlib import Path
from typing import Annotated

import typer

from comparo.commands.evidence import NO_EVIDENCE, evidence_as_data, evidence_in_words
from comparo.commands.options import (
    AsOf,
    BaseUrl,
    Json,
    KeepGoing,
    Output,
    Poll,
    Quiet,
    Site,
    Strict,
    Verbose,
)
from comparo.terminal import FAILED, as_data, count, mistakes, progress, say, show, show_json


def build(
    site: Site = Path(),
    output: Output = None,
    base_url: BaseUrl = None,
    strict: Strict = False,
    keep_going: KeepGoing = False,
    clean: Annotated[
        bool, typer.Option("--clean", help="Write every file anew, as into an empty folder.")
    ] = False,
    as_of: AsOf = None,
    watch: Annotated[
        bool, typer.Option("-w", "--watch", help="Build again whenever a file changes.")
    ] = False,
    poll: Poll = False,
    jobs: Annotated[
        int | None,
        typer.Option("-j", "--jobs", min=1, help="How many processes work. [default: one a core]"),
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write the site."""
    from comparo.commands.building import NOTHING_BUILT, Teller
    from comparo.root import CACHE, find_root
    from comparo.sight import look
    from comparo.standing import Report, standing

    day = as_of.date() if as_of else None
    watching = watch or poll
    held = None

    def once() -> Report:
        nonlocal clean, held
        report = seen = None
        if held is None:  # else the watch knows more than a look could tell
            seen = look(
                root, target, base_url=base_url, as_of=day, keep_going=keep_going, strict=strict
            )
            report = None if clean else standing(root, target, seen)
        if report is None:
            from comparo.build import build as write
            from comparo.held import Held
            from comparo.parallel import cores

            if watching and not held:
                held = Held(None if clean else root / CACHE, lasting=True)
            with progress(quiet=quiet or as_json) as told:
                report = write(
                    root,
                    target,
                    base_url=base_url,
                    as_of=day,
                    keep_going=keep_going,
                    strict=strict,
                    anew=clean,
                    jobs=jobs or cores(),
                    seen=seen,
                    progress=told,
                    held=held,
                )
        clean = False
        return report

    with mistakes(NOTHING_BUILT if as_json else None):
        root = find_root(site)
        target = output or root / "output"
        teller = Teller(target, as_json=as_json, quiet=quiet, verbose=verbose)
        if watching:
            teller.keep_building(once, root, poll=poll)
            return
        report = once()
    teller.built(report)
    if report.problems:
        raise SystemExit(FAILED)


def check(
    site: Site = Path(),
    strict: Strict = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Say everything that is wrong or thin in the content, without writing."""
    from comparo.checking import check as look
    from comparo.root import find_root

    with mistakes({"products": 0, "evidence": NO_EVIDENCE} if as_json else None):
        findings = look(find_root(site))
    failed = bool(findings.problems or (strict and findings.warnings))
    if as_json:
        show_json(
            {
                "products": findings.products,
                "evidence": evidence_as_data(findings.evidence),
                "warnings": [as_data(warning) for warning in findings.warnings],
                "notes": [as_data(note) for note in findings.notes],
                "errors": [as_data(problem) for problem in findings.problems],
            }
        )
    else:
        for problem in findings.problems:
            show(f"error: {problem}")
        for warning in findings.warnings:
            show(f"warning: {warning}")
        for note in () if quiet else findings.notes:
            show(f"note: {note}")
        if not quiet:
            if findings.evidence.files:
                say(evidence_in_words(findings.evidence))
            errors = count(len(findings.problems), "error")
            warnings = count(len(findings.warnings), "warning")
            notes = count(len(findings.notes), "note")
            say(f"{count(findings.products, 'product')}: {errors}, {warnings}, {notes}")
    if failed:
        raise SystemExit(FAILED)


def clean(site: Site = Path(), output: Output = None) -> None:
    """Remove the cache, and from the output what comparo wrote."""
    from comparo import build as building
    from comparo.root import find_root

    with mistakes():
        root = find_root(site)
        removed = building.clean(root, output or root / "output")
    say(f"{count(removed, 'file')} removed")
