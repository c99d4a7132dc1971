"""The command line: the only place that prompts, prints or exits."""

from __future__ import annotations

import atexit
import codecs
import contextlib
import gc
import importlib
import io
import os
import sys
import warnings
from typing import TextIO

import click

from advisor import __version__
from advisor.errors import AdvisorError, Contradiction

# Command name to (module, name in it, the line that `advisor --help` shows); modules are imported when they are run.
_COMMANDS = {
    "ask": ("advisor.cli.ask", "ask", "Describe an engagement, question by question."),
    "advise": ("advisor.cli.advise", "advise", "Show the advice on engagement files."),
    "serve": ("advisor.cli.serve", "serve", "Work in the browser, on this machine alone."),
    "explain": ("advisor.cli.explain", "explain", "Say why, why not, and what would change the advice."),
    "diff": ("advisor.cli.diff", "diff", "Compare two engagement files, or one under two rulebooks."),
    "agree": ("advisor.cli.agree", "agree", "Say where several people's answers differ, and what to settle."),
    "review": ("advisor.cli.review", "review", "Say what is no longer as signed, why, and what falls due."),
    "raci": ("advisor.cli.raci", "raci", "Write the responsibility matrix or the advice as a document."),
    "chart": ("advisor.cli.chart", "chart", "Draw the split, the evidence, or who answers for what over time."),
    "templates": ("advisor.cli.templates", "templates", "Export the templates of documents, to use your own."),
    "batch": ("advisor.cli.batch", "batch", "Evaluate many engagement files, one result line each."),
    "portfolio": ("advisor.cli.portfolio", "portfolio", "Count many engagements: models, people, risks, clients."),
    "fit": ("advisor.cli.fit", "fit", "Say which role suits a colleague, and how to grow into it."),
    "lint": ("advisor.cli.lint", "lint", "Say what is wrong with matrices that you already have."),
    "compare": ("advisor.cli.compare", "compare", "Hold a matrix that you have against the advice."),
    "fill": ("advisor.cli.fill", "fill", "Give the rows of a plan that you have the letters of the advice."),
    "rules": ("advisor.cli.rules", "rules", "Look at the rulebook, and check it."),
    "schema": ("advisor.cli.start", "schema", "Print a JSON Schema for editors and other programs."),
    "new": ("advisor.cli.start", "new", "Write a commented blank engagement file."),
}

# Our own signs where a terminal or a file is not Unicode. No double quotation mark, which would end a JSON text.
_LIKEST = str.maketrans("“”─█░−•", "''-#.-*") | {ord("…"): "..."}


class _Lazy(click.Group):
    """Commands known by name and short help; the code of one is imported only when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, short) for name, (_, _, short) in _COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from advisor.errors import did_you_mean

        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            near = did_you_mean(args[0], _COMMANDS) or f" (known: {', '.join(_COMMANDS)})"
            ctx.fail(f"no command {args[0]!r}{near}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="advisor")
@click.pass_context
def cli(context: click.Context) -> None:
    """Delivery manager, project manager, or both, and who answers for what.

    \b
    Example:
      advisor ask acme.yaml              answer the questions
      advisor advise acme.yaml           read the advice
      advisor raci acme.yaml -o raci.html
    """
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        context.color = False


def main() -> None:
    """Run the command line; every error a user can cause is one clear message and an exit code."""
    # A process that ends looks through all objects for cycles; the rulebook has many, and none that need an ending.
    atexit.register(gc.freeze)
    gc.set_threshold(50_000, 20, 50)  # reading a rulebook makes a hundred thousand objects, hardly one of them garbage
    _open_streams()
    warnings.showwarning = lambda message, *_: _say(str(message))
    code = _run()
    for stream in (sys.stdout, sys.stderr):
        if not _flushed(stream):
            code = code or 1
    sys.exit(code)


def _run() -> int:
    """The exit code of what was asked for, once all that is to be said about it is said."""
    try:
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        with contextlib.suppress(OSError):
            error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted")
        return 130
    except AdvisorError as error:
        _say(_shown(error))
        return error.exit_code
    except BrokenPipeError:
        return 1  # the reader went away (`advisor advise ... | head`), and nothing more can be said to it
    except OSError as error:
        _say(f"cannot write the output: {error.strerror or error}")
        return 1


def _say(text: str) -> None:
    with contextlib.suppress(OSError):  # what cannot be said leaves its mark in the exit code
        click.echo(text, err=True)


def _flushed(stream: TextIO | None) -> bool:
    """Write out what is waiting to be written; whether that went well, or nobody is there to read it.

    What cannot be written goes nowhere: else the interpreter tries again as it ends, and ends in its own way.
    """
    if stream is None:
        return True
    try:
        stream.flush()
    except (OSError, ValueError) as error:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return isinstance(error, ValueError)
    return True


def _open_streams() -> None:
    """Make sure that there is something to write to, and that no name is too odd to be written."""
    if sys.stdout is None:
        # The caller closed it (`advisor ... >&-`); nobody reads, so there is nothing to report either.
        sys.stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="nearest")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """What stands for characters that an encoding lacks: the likest of ASCII, else their number as an escape."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(_LIKEST)
    return text.encode("ascii", "backslashreplace").decode(), error.end


codecs.register_error("nearest", _nearest)


def _shown(error: AdvisorError) -> str:
    if isinstance(error, Contradiction):
        return error.told
    prefix = "internal error: " if error.exit_code == 3 else ""
    return f"{prefix}{error}"
