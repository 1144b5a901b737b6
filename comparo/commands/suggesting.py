"""The command that proposes topics."""

from pathlib import Path
from typing import Annotated

import typer

from comparo.commands.options import Json, Site
from comparo.errors import Problem, UsageError, printable
from comparo.terminal import (
    FAILED,
    as_data,
    ask,
    can_ask,
    count,
    mistakes,
    say,
    show,
    show_beside,
    show_json,
)

ALL = "all"


def suggest(
    site: Site = Path(),
    like: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="How alike capabilities must be. [default: 0.35]"),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many proposals to make.")] = 20,
    embeddings: Annotated[
        bool, typer.Option("--embeddings", help="Go by meaning too, with a small language model.")
    ] = False,
    apply: Annotated[
        bool, typer.Option("--apply", help="Write the proposals that you accept.")
    ] = False,
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", metavar="TOPIC", help="Accept this one unasked; all: every one."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Propose topics for capabilities that look alike across products."""
    from comparo import suggest as suggesting
    from comparo.root import find_root

    accepted, problems = list[str](), list[Problem]()
    with mistakes({"proposals": (), "total": 0, "accepted": ()} if as_json else None):
        _check(accept or [], apply=apply, asks=can_ask() and not as_json)
        root = find_root(site)
        least = suggesting.LIKE if like is None else like
        found = suggesting.suggest(root, least, meaning=embeddings)
        shown = found[:limit]
        if named := set(accept or ()) - {ALL}:
            shown = tuple(each for each in found if each.topic.slug in named)
            if missing := named - {each.topic.slug for each in shown}:
                raise UsageError(f"--accept {min(missing)}: no such topic is proposed")
        for proposal in shown:
            if not as_json:
                show(f"{printable(proposal.heading)}")
                show_beside(proposal.texts())
            answer = "y" if accept else ask("Accept it?", "ynq") if apply else "n"
            if answer == "q":
                break
            if answer == "y":
                wrong = suggesting.accept(root, proposal)
                problems += wrong
                accepted += [] if wrong else [proposal.topic.slug]
                for problem in wrong if not as_json else ():
                    say(f"{problem}")
    if as_json:
        show_json(
            {
                "proposals": [proposal.as_data() for proposal in shown],
                "total": len(found),
                "accepted": accepted,
                "warnings": [],
                "errors": [as_data(problem) for problem in problems],
            }
        )
    else:
        told = f"{len(shown):,} of {count(len(found), 'proposal')}"
        done = f"{len(accepted):,} accepted" if apply else "--apply writes what you accept"
        say(
            f"{told}; {done}"
            if found
            else "Nothing without a topic looks alike; try a lower --like"
        )
    if problems:
        raise SystemExit(FAILED)


def _check(accept: list[str], *, apply: bool, asks: bool) -> None:
    """Refuse what cannot be meant: to accept without writing, to write without being asked."""
    if accept and not apply:
        raise UsageError("--accept: add --apply, which writes what is accepted")
    if apply and not accept and not asks:
        raise UsageError(
            "--apply asks at a terminal; elsewhere name what is taken: --accept TOPIC, --accept all"
        )
