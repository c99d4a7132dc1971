"""`advisor templates`: copies of the templates that documents are laid out by, to be branded and used instead."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.documents.shared.own_template import SUFFIXES

FOLDER = Path(__file__).parents[1] / "documents" / "templates"
WHAT = {
    "docx": "Word: styles, fonts, colours, header and footer are yours to change",
    "html": "web page: extends base.html.j2, includes the sections beside it",
    "markdown": "Markdown",
    "confluence": "Confluence, storage format",
}


@click.group()
def templates() -> None:
    """Export the templates that documents are laid out by, and use your own with `advisor raci --template`.

    \b
    Example:
      advisor templates export docx -o ours
    """


@templates.command("list")
def list_() -> int:
    """List the templates.

    \b
    Example:
      advisor templates list
    """
    for name, suffix in SUFFIXES.items():
        click.echo(f"{name:<11} document{suffix:<15} {WHAT[name]}")
    return 0


@templates.command()
@click.argument("names", metavar="[NAME]...", nargs=-1, type=click.Choice(list(SUFFIXES)))
@click.option("-o", "--output", metavar="DIR", required=True, type=click.Path(path_type=Path), help="Folder to write.")
@click.option("--force", is_flag=True, help="Overwrite what is there.")
def export(names: tuple[str, ...], output: Path, force: bool) -> int:
    """Write copies of the templates, all or those named, to be changed.

    \b
    Example:
      advisor templates export docx -o ours
      advisor raci acme.yaml -o acme.docx --template ours/document.docx
    """
    from advisor.files import write_atomically

    wanted = names or tuple(SUFFIXES)
    places = {name: output / f"document{SUFFIXES[name]}" for name in wanted}
    there = [str(place) for place in places.values() if place.exists()]
    if there and not force:
        raise click.UsageError(f"{', '.join(there)}: there already; --force overwrites")
    for name, place in places.items():
        write_atomically(place, (FOLDER / f"document{SUFFIXES[name]}").read_bytes())
        click.echo(f"wrote {place}", err=True)
    first = wanted[0]
    suffix = SUFFIXES[first].removesuffix(".j2")
    click.echo(f"Change it, then: advisor raci FILE -o out{suffix} --template {places[first]}")
    return 0
