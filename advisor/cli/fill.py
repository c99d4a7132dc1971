"""`advisor fill`: a work breakdown that somebody has, with the letters of the advice on their engagement."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from advisor.cli import shared
from advisor.cli.found import keep_mapping, mapping_options, which_table
from advisor.errors import InputError, Problem

if TYPE_CHECKING:
    from advisor.compare.filling import Filling
    from advisor.matrices.plan import Plan

_T = TypeVar("_T")


@click.command()
@click.argument("plan", metavar="PLAN")
@click.option("--engagement", "engagement", metavar="FILE", required=True, help="The engagement file to advise on.")
@shared.rulebook_option
@which_table
@click.option(
    "--map",
    "map_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A YAML file that says which row is the heading and which column is what.",
)
@click.option("-o", "--output", metavar="PATH", default="", help="The copy to write, in the format of the plan.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="For the screen."
)
@mapping_options
def fill(
    plan: str,
    engagement: str,
    sheet: str,
    table: str,
    map_file: Path | None,
    output: str,
    form: str,
    mapping: Path | None,
    mapping_out: Path | None,
) -> int:
    """Give the rows of a plan that you have the letters of the advice on an engagement.

    Reads a work breakdown without letters (Excel, CSV, Markdown), lines its rows and roles up as advisor compare does,
    and writes a copy with letters, how sure each row is, and why. Rows that are none of the advice stay empty and are
    listed. Without -o, it shows what it would write.

    \b
    Example:
      advisor fill plan.xlsx --engagement acme.yaml -o plan-raci.xlsx
      advisor fill plan.csv --engagement acme.yaml --write-mapping plan-mapping.yaml
      advisor fill plan.csv --engagement acme.yaml --mapping plan-mapping.yaml -o plan-raci.csv
    """
    from advisor.compare import activity_names, mapping_text, role_names
    from advisor.documents.fill.copies import filled_copy
    from advisor.documents.fill.fill_json import filling_as_json
    from advisor.documents.fill.fill_text import filling_as_text, verdict
    from advisor.files import write_atomically

    _check_output(output, plan)
    shared.refuse_to_overwrite(output, mapping_out, [plan, engagement], mapping)
    read, found = _filled(plan, engagement, sheet, table, map_file, mapping)
    copy = filled_copy(read, found) if output else b""
    if mapping_out is not None:
        names, least = activity_names(found.advice), found.wordings.lined_up.perhaps
        lined = [row.lined for row in found.rows]
        keep_mapping(mapping_out, mapping_text(found.plan, lined, found.roles, names, role_names(found.advice), least))
    if output:
        write_atomically(Path(output), copy)
        click.echo(f"{verdict(found).rstrip('.')}; wrote {output}", err=True)
    if form == "json":
        click.echo(filling_as_json(found), nl=False)
    else:
        click.echo(filling_as_text(found, shared.screen_width(), shared.coloured()), nl=False)
    return 0


def _check_output(output: str, plan: str) -> None:
    suffix, wanted = Path(output).suffix.lower(), Path(plan).suffix.lower()
    if output and suffix != wanted:
        raise click.UsageError(f"-o {output}: the copy must end in {wanted}, as the plan does")


def _filled(
    plan: str, engagement: str, sheet: str, table: str, map_file: Path | None, mapping: Path | None
) -> tuple[Plan, Filling]:
    """The plan as read and as filled; InputError with what is wrong with any of the files."""
    from advisor.compare import activity_names, read_mapping, role_names
    from advisor.compare.filling import fill as filled
    from advisor.compare.joining import as_one
    from advisor.files import read_limited
    from advisor.matrices.hints import Hints, read_map
    from advisor.matrices.plan import read_plan

    problems: list[Problem] = []

    def tried(read: Callable[[], _T]) -> _T | None:
        try:
            return read()
        except InputError as error:
            problems.extend(error.problems)
            return None

    known = tried(lambda: shared.advice_with_wordings(engagement))
    told = tried(lambda: read_map(map_file)) if map_file is not None else None
    read = tried(lambda: read_plan(Path(plan), Hints(sheet, table, told)))
    corrected = None
    if mapping is not None and known is not None:
        names = activity_names(known[0]), role_names(known[0])
        corrected = tried(lambda: read_mapping(read_limited(mapping), str(mapping), *names))
    if problems or known is None or read is None:
        raise InputError(dict.fromkeys(problems))
    return read, filled(as_one([one.matrix for one in read.tables]), *known, corrected)
