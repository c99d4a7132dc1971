"""`advisor advise`: advice on engagement files, on the screen or as JSON or Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from advisor.cli import shared
from advisor.cli.printing import letters_option, rows_option
from advisor.documents.shared.edition import Edition, Rows
from advisor.errors import AdvisorError

if TYPE_CHECKING:
    from advisor.model.advice import Advice
    from advisor.model.lettering import Lettering


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@click.option("--full", is_flag=True, help="All that lies behind the brief: points, reasons, guardrails, every row.")
@rows_option
@letters_option
@shared.rulebook_option
def advise(files: tuple[str, ...], form: str, full: bool, rows: Rows, letters: Lettering | None) -> int:
    """Show the brief on engagement files: the decision, why, who does what when, first steps, risks and the matrix.

    `-` reads one engagement from standard input. Files with mistakes are reported, the others still advised on.
    With --full, the guardrails say what people have to grow whose files lie in `people` beside the engagement.

    \b
    Example:
      advisor advise examples/acme-portal.yaml
      advisor advise examples/acme-portal.yaml --full
      advisor advise examples/acme-portal.yaml --rows all --letters daci
      advisor advise --format json examples/*.yaml
    """
    edition = Edition("advice" if full else "brief", rows=rows, letters=letters)
    shared.refuse_without_place(edition, form)
    failed = incomplete = 0
    for number, path in enumerate(files):
        try:
            # Only the whole advice prints what people have to grow: a brief gets forwarded.
            whole = full or form == "json"
            advice, missed = shared.advice_with_people(path) if whole else (shared.advice_on(path), 0)
            shown = _shown(advice, form, edition)
            incomplete += missed
        except AdvisorError as error:
            shared.report(error)
            failed += 1
            continue
        if number > failed and form == "text":
            click.echo("\n" + "=" * shared.screen_width() + "\n")
        click.echo(shown.rstrip("\n"))
    return 1 if failed or incomplete else 0


def _shown(advice: Advice, form: str, edition: Edition) -> str:
    from advisor.documents import render

    if form == "text":
        from advisor.documents.advice.text import advice_as_text, brief_as_text

        as_text = brief_as_text if edition.document == "brief" else advice_as_text
        return as_text(advice, shared.screen_width(), shared.coloured(), edition)
    return render(advice, form, edition.document, edition)
