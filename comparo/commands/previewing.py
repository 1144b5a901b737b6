"""The command that shows a site while it is being written."""

from pathlib import Path
from typing import Annotated

import typer

from comparo.commands.options import AsOf, BaseUrl, Poll, Site
from comparo.errors import ComparoError, Problem
from comparo.terminal import count, mistakes, say, show, tell, until_stopped, warn


def serve(
    site: Site = Path(),
    host: Annotated[str, typer.Option(help="The address to serve at.")] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="The port. [default: 8000, or the next free one]"),
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open the site in your browser.")] = False,
    base_url: BaseUrl = None,
    as_of: AsOf = None,
    poll: Poll = False,
) -> None:
    """Show the site in your browser, and each change as soon as it is saved."""
    import webbrowser
    from contextlib import ExitStack

    from comparo.livereload import LiveServer
    from comparo.loopback import PORTS
    from comparo.parallel import cores, searching_seldom
    from comparo.root import find_root
    from comparo.serve import Preview
    from comparo.watching import keep_up, watched

    with mistakes(), until_stopped(), searching_seldom(), ExitStack() as serving:
        root = find_root(site)
        day = as_of.date() if as_of else None
        preview = Preview(root, base_url=base_url, as_of=day, jobs=cores())
        known: tuple[Problem, ...] = ()
        server = LiveServer(preview.answer, host, port)
        for number, outcome in enumerate(
            keep_up(preview.refresh, watched(root), poll=poll, say=say)
        ):
            if isinstance(outcome, ComparoError):
                tell(outcome, so="every page says so until it is mended")
            else:
                news = [warning for warning in outcome.warnings if warning not in known]
                known = outcome.warnings
                warn(news, quiet=False, verbose=False)
                products = count(outcome.products, "product")
                pairs = count(outcome.pairs, "comparison")
                say(f"{products}, {pairs} ({outcome.seconds:.1f} s)")
            if number:
                server.changed()
                continue
            # Not before: a process that answers cannot be copied for reading. Who asks, waits.
            serving.enter_context(server)
            if port is None and server.port != PORTS[0]:
                say(f"Port {PORTS[0]} is taken; this is the next free one.")
            if server.exposed:
                say("warning: everybody in your network can see this preview.")
            say("Serving until Ctrl-C; each change shows as soon as it is saved.")
            show(server.url)
            if open_:
                webbrowser.open(server.url)
