"""`advisor diff`: two engagement files, or one file under two rulebooks, and all that differs in the advice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import shared
from advisor.cli.paging import show_in_pager

if TYPE_CHECKING:
    from advisor.model.advice import Advice


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="[NEW]", required=False)
@click.option("--rulebook", "first", metavar="DIR", type=click.Path(path_type=Path), help="Rulebook to read OLD with.")
@click.option(
    "--against", "second", metavar="DIR", type=click.Path(path_type=Path), help="Rulebook for the other side."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def diff(old: str, new: str | None, first: Path | None, second: Path | None, form: str) -> int:
    """Compare the advice on two engagement files, or on one file under two rulebooks.

    With two files, --rulebook alone is for both. With one file, --against is the other rulebook.

    \b
    Example:
      advisor diff acme-march.yaml acme-may.yaml
      advisor diff acme.yaml --against our-rules
    """
    from advisor.documents.advice.differences import differences_as_json, differences_as_text
    from advisor.explain.differing import differences

    if new is None and second is None:
        raise click.UsageError("give a second file, or another rulebook with --against")
    before = _advice(old, first)
    after = _advice(new or old, second or first)
    found = differences(before, after)
    if form == "json":
        click.echo(differences_as_json(found), nl=False)
    else:
        show_in_pager(differences_as_text(found, before, after, shared.screen_width(), shared.coloured()))
    return 0


def _advice(path: str, rulebook: Path | None) -> Advice:
    from advisor.advise import advise
    from advisor.catalog.engagements import read_one
    from advisor.catalog.own import catalog_for
    from advisor.files import read_limited

    data = read_limited(Path(path))
    known = catalog_for(data, Path(path), rulebook)
    return advise(known, read_one(data, path, known))
