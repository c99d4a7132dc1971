"""`advisor compare`: a matrix that somebody has, held against the advice on their engagement."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import shared
from advisor.cli.found import keep_mapping, mapping_options, matrices_in, matrix_options
from advisor.cli.paging import show_in_pager
from advisor.errors import InputError

if TYPE_CHECKING:
    from advisor.compare.values import Comparison
    from advisor.matrices import Hints

_FAIL_ON = ("accountable", "any")


@click.command()
@click.argument("matrix", metavar="MATRIX")
@click.option("--engagement", "engagement", metavar="FILE", required=True, help="The engagement file to advise on.")
@shared.rulebook_option
@matrix_options
@click.option("-o", "--output", metavar="PATH", default="", help="File to write: .html, .xlsx, .json or .txt.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="For the screen."
)
@mapping_options
@click.option(
    "--fail-on",
    type=click.Choice(_FAIL_ON),
    help="Exit with 1 when another should answer for a row, or when anything differs.",
)
@click.option("--title", metavar="TEXT", default="", help="A heading in place of the engagement's name.")
@click.option("--dated", metavar="DATE", default="", help="A date to print, such as 2027-01-31; none otherwise.")
def compare(
    matrix: str,
    engagement: str,
    hints: Hints,
    output: str,
    form: str,
    mapping: Path | None,
    mapping_out: Path | None,
    fail_on: str | None,
    title: str,
    dated: str,
) -> int:
    """Hold a matrix that you have against the advice on an engagement.

    Says who should answer instead and why, what is missing, what this engagement does not need, and who has too much.
    Several tables of one file are read as one matrix, unless --sheet or --table chooses. Differences alone are no
    failure, unless --fail-on says so.

    \b
    Example:
      advisor compare our-raci.xlsx --engagement acme.yaml
      advisor compare our-raci.xlsx --engagement acme.yaml --write-mapping acme-mapping.yaml
      advisor compare our-raci.xlsx --engagement acme.yaml --mapping acme-mapping.yaml -o acme.html
    """
    from advisor.compare import activity_names, mapping_text, read_mapping, role_names
    from advisor.compare import compare as compared
    from advisor.compare.joining import as_one
    from advisor.documents.compare.compare import suffix_of, write
    from advisor.documents.compare.compare_json import write as as_json
    from advisor.documents.compare.compare_text import comparison_as_text
    from advisor.files import read_limited, write_atomically

    try:
        suffix = suffix_of(output) if output else ""
    except InputError as error:
        raise click.UsageError(str(error)) from None
    if suffix and form == "json" and suffix != ".json":
        raise click.UsageError(f"{output}: ends in {suffix}, but the format asked for is {form}")
    printed = shared.date_given("--dated", dated)
    shared.refuse_to_overwrite(output, mapping_out, [matrix, engagement], mapping)
    advice, wordings = shared.advice_with_wordings(engagement)
    activities, roles = activity_names(advice), role_names(advice)
    told = read_mapping(read_limited(mapping), str(mapping), activities, roles) if mapping is not None else None
    found = compared(as_one(matrices_in(matrix, hints)), advice, wordings, told)
    if mapping_out is not None:
        least = wordings.lined_up.perhaps
        text = mapping_text(found.matrix, found.rows, found.roles, activities, roles, least)
        keep_mapping(mapping_out, text)
    if output:
        write_atomically(Path(output), write(found, suffix, title, printed))
        click.echo(f"{_summary(found)}; wrote {output}", err=True)
    elif form == "json":
        click.echo(as_json(found, title, printed), nl=False)
    else:
        show_in_pager(comparison_as_text(found, shared.screen_width(), shared.coloured(), title, printed))
    return 1 if _fails(found, fail_on) else 0


def _summary(found: Comparison) -> str:
    from advisor.compare.values import ACCOUNTABLE

    answers = len(found.of_kind(ACCOUNTABLE))
    return (
        f"{found.compared} of {len(found.rows)} rows compared, another should answer in {answers}; "
        f"differences: {len(found.differences)}, activities lacking: {len(found.lacking)}"
    )


def _fails(found: Comparison, fail_on: str | None) -> bool:
    from advisor.compare.values import ACCOUNTABLE

    if fail_on == "any":
        return bool(found.differences or found.lacking or found.roles_theirs or found.roles_ours)
    return fail_on == "accountable" and bool(found.of_kind(ACCOUNTABLE))
