"""`advisor explain`: why, why not, what would change it, how sure it is, what was assumed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import shared
from advisor.cli.paging import show_in_pager

if TYPE_CHECKING:
    from advisor.model.engagement import Engagement
    from advisor.model.rulebook import Catalog


@click.command()
@click.argument("file", metavar="FILE")
@click.argument("key", metavar="[KEY]", default="")
@click.option(
    "--set",
    "changes",
    metavar="QUESTION=OPTION",
    multiple=True,
    help="Show before and after with this answer instead (`unanswered`: the usual one); can be given several times.",
)
@click.option(
    "--depth",
    type=click.IntRange(1, 3),
    default=2,
    show_default=True,
    help="How many answers are changed together in search of another recommendation; 3 takes a while.",
)
@click.option("--full", is_flag=True, help="Of a row, every rule with its conditions; by itself a row fits the screen.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@shared.rulebook_option
def explain(file: str, key: str, changes: tuple[str, ...], depth: int, full: bool, form: str) -> int:
    """Explain the advice on an engagement file: why, why not, how sure, what was assumed, what would change it.

    Without KEY, the whole story. KEY is a model (paired), a finding (coordination_load, orientation), a level of work
    (client_until) or need (client_need), a guardrail, a row (hypercare), a role, a cell (hypercare:delivery_manager), a
    letter that is not given (hypercare:project_manager=A), a question, answered or assumed, or any rule; by its id, by
    its name as printed ("Go-live decision", "Delivery manager") or, of rows and roles, by what firms call it
    ("Go/no-go"), in any case. A row is told on one screen: its letters, who and why, what would change it; --full tells
    every rule with its conditions. On a terminal, what is longer than the screen is shown in $PAGER
    (PAGER=cat: all at once).

    \b
    Example:
      advisor explain examples/acme-portal.yaml
      advisor explain examples/acme-portal.yaml handover
      advisor explain examples/acme-portal.yaml "Go-live decision"
      advisor explain examples/acme-portal.yaml "Go-live decision" --full
      advisor explain examples/acme-portal.yaml --set team_size=up_to_four --set risk=low
    """
    from advisor.explain import before_and_after
    from advisor.explain import explain as explained

    if key and changes:
        raise click.UsageError("--set compares the whole advice; leave KEY out")
    known, engagement = _read(file)
    if changes:
        before, after, comparison = before_and_after(known, engagement, changes)
        if form == "json":
            from advisor.documents.explain.explain_json import comparison_as_json

            shown = comparison_as_json(before, comparison)
        else:
            from advisor.documents.explain.explain_compare import comparison_as_text

            shown = comparison_as_text(before, after, comparison, known, shared.screen_width(), shared.coloured())
    elif row := _stated(known, engagement, key) if form == "text" else "":
        shown = row
    else:
        explanation = explained(known, engagement, key, depth)
        if form == "json":
            from advisor.documents.explain.explain_json import explanation_as_json

            shown = explanation_as_json(explanation)
        else:
            from advisor.documents.explain.explain_text import explanation_as_text

            shown = explanation_as_text(explanation, known, shared.screen_width(), shared.coloured(), full)
    if form == "json":
        click.echo(shown.rstrip("\n"))
    else:
        show_in_pager(shown)
    return 0


def _stated(known: Catalog, engagement: Engagement, key: str) -> str:
    """The row of that name that comes from what the file states besides its answers; empty without one."""
    if not (key and engagement.matters):
        return ""
    from advisor.advise import advise
    from advisor.documents.explain.explain_stated import stated_row, stated_row_as_text

    advice = advise(known, engagement)
    row = stated_row(advice, key)
    return stated_row_as_text(advice, row, known, shared.screen_width(), shared.coloured()) if row is not None else ""


def _read(path: str) -> tuple[Catalog, Engagement]:
    from advisor.catalog.engagements import read_one
    from advisor.catalog.own import catalog_for
    from advisor.files import read_limited, read_stream

    if path != shared.STANDARD_INPUT:
        name, data = path, read_limited(Path(path))
    else:
        name, data = "standard input", read_stream(sys.stdin.buffer, "standard input") if sys.stdin else b""
    known = catalog_for(data, Path(name), shared.given_rulebook())
    return known, read_one(data, name, known)
