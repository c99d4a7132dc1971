"""`advisor chart`: one picture of the advice, or all of them, as SVG or PNG."""

from __future__ import annotations

import os
from pathlib import Path

import click

from advisor.cli import shared
from advisor.documents.advice.charts import CHARTS
from advisor.errors import AdvisorError, MissingExtra

SUFFIXES = (".svg", ".png")


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="PATH", required=True, help="A file that ends in .svg or .png, or a folder.")
@click.option("--chart", "name", type=click.Choice(CHARTS), help="Which one; the split, or in a folder all.")
@click.option("--format", "form", type=click.Choice(["svg", "png"]), help="In a folder; svg unless you say so.")
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True)
@click.option("--client-view", is_flag=True, help="Leave out what is for your firm alone: no evidence.")
@shared.rulebook_option
def chart(
    files: tuple[str, ...], output: str, name: str | None, form: str | None, theme: str, client_view: bool
) -> int:
    """Draw the split across phases, the points for each side, or who answers for what over time.

    \b
    Example:
      advisor chart examples/acme-portal.yaml -o split.svg
      advisor chart examples/acme-portal.yaml -o over-time.png --chart accountability
      advisor chart examples/*.yaml -o pictures --format png
    """
    from advisor.documents.advice.charts import as_png
    from advisor.documents.advice.charts import chart as drawn
    from advisor.documents.advice.viewing import view_of
    from advisor.documents.shared.edition import Edition
    from advisor.files import is_folder, write_atomically

    target = Path(output)
    folder = len(files) > 1 or is_folder(target) or not target.suffix
    if not folder and target.suffix.lower() not in SUFFIXES:
        raise click.UsageError(f"{output}: pictures end in .svg or .png")
    kind = f".{form or 'svg'}" if folder else target.suffix.lower()
    if form is not None and kind != f".{form}":
        raise click.UsageError(f"{output}: ends in {kind}, but the format asked for is {form}")
    sources = {os.path.realpath(path) for path in files}
    failed = 0
    for path in files:
        try:
            view = view_of(shared.advice_on(path), Edition(client_view=client_view))
            written = 0
            for one in (name,) if name else CHARTS if folder else CHARTS[:1]:
                svg = drawn(view, one, theme)
                if not svg:
                    continue
                place = target / f"{shared.stem(path)}-{one}{kind}" if folder else target
                if os.path.realpath(place) in sources:
                    raise AdvisorError(f"{path}: would overwrite the engagement file {place}; choose another name")
                write_atomically(place, as_png(svg) if kind == ".png" else svg)
                written += 1
                click.echo(f"wrote {place}", err=True)
            if not written:
                raise AdvisorError(f"{path}: there is nothing to draw yet; answer more questions first")
        except MissingExtra:
            raise
        except AdvisorError as error:
            shared.report(error)
            failed += 1
    return 1 if failed else 0
