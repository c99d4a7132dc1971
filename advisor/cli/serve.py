"""`advisor serve`: the whole product in the browser, on this machine alone."""

from __future__ import annotations

import contextlib
import threading
import webbrowser
from pathlib import Path

import click

from advisor.cli import shared
from advisor.errors import AdvisorError, MissingExtra


@click.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65_535), default=0, help="The port; any free one by default.")
@click.option("--no-open", is_flag=True, help="Open no browser; open the address yourself.")
@click.option("--people", is_flag=True, help="Show also what is in the folder `people`.")
@shared.rulebook_option
def serve(folder: Path, port: int, no_open: bool, people: bool) -> None:
    """Work with the engagement files of FOLDER in the browser: interview, advice, documents, matrices, portfolio.

    Only this machine can reach it, with the address that is printed: it works once, for one browser. Files stay
    ordinary files, which all other commands read. Ctrl-C ends it.

    \b
    Example:
      advisor serve
      advisor serve engagements --no-open --port 8500
    """
    try:
        import python_multipart  # noqa: F401 (Starlette asks for it only once there is a form)
        import starlette  # noqa: F401
        import uvicorn
    except ImportError as error:
        raise MissingExtra("The browser", str(error.name or "a package"), "web") from None
    import socket

    from advisor.serve.app import app_for
    from advisor.serve.folder import Folder
    from advisor.serve.guard import LOOPBACK, Keys
    from advisor.serve.site import Site

    if not folder.is_dir():
        raise click.UsageError(f"{folder} is no folder; name one that is there")
    shared.catalog()  # a mistake in the rulebook is said here, not on each page
    try:
        listening = socket.create_server((LOOPBACK, port))
    except OSError as error:
        raise AdvisorError(f"port {port} cannot be used: {error.strerror or error}; choose another --port") from None
    keys = Keys(listening.getsockname()[1])
    given = shared.given_rulebook()
    site = Site(Folder(folder.resolve()), keys, given.resolve() if given is not None else None, people)
    with contextlib.suppress(KeyboardInterrupt):
        click.echo(f"Your engagements are at {keys.address}")
        click.echo("The address works once, in one browser. Ctrl-C ends the server; everything is saved.")
        config = uvicorn.Config(
            app_for(site),
            log_level="error",
            access_log=False,
            lifespan="off",
            ws="none",
            http="h11",
            server_header=False,
            proxy_headers=False,
            limit_concurrency=100,
            timeout_keep_alive=10,
            timeout_graceful_shutdown=2,
        )
        threading.Thread(target=site.warm, daemon=True).start()
        if not no_open:
            # some browsers come back only once they are closed
            threading.Thread(target=webbrowser.open, args=(keys.address,), daemon=True).start()
        uvicorn.Server(config).run(sockets=[listening])
    click.echo("Ended.")
