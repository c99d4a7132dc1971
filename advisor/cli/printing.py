"""Options that say how the matrix is printed: how many rows, and in which letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from advisor.documents.matrix.rows import ALL, MAIN, MOST
from advisor.documents.shared.edition import Rows
from advisor.errors import InputError

if TYPE_CHECKING:
    from advisor.model.lettering import Lettering


def _rows(_: click.Context, __: click.Parameter, value: str) -> Rows:
    """`all`, `main`, or a number of rows; empty for what the document has by itself."""
    if value in ("", ALL, MAIN):
        return value
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= MOST):
        raise click.BadParameter(f"{value[:40]!r} is neither {ALL}, {MAIN} nor a number from 1 to {MOST}")
    return int(value)


def _letters(_: click.Context, __: click.Parameter, value: str) -> Lettering | None:
    """The letters of a vocabulary or file; None for RACI, in which the rules give them."""
    if not value:
        return None
    from advisor.matrices.written import lettering, standard

    try:
        found = lettering(value)
    except InputError as error:
        if all(one.file != "--letters" for one in error.problems):
            raise
        raise click.UsageError(str(error)) from None
    return None if found == standard() else found


rows_option = click.option(
    "--rows",
    metavar="all|main|N",
    default="",
    callback=_rows,
    help="Rows of the matrix: all, the 12 to 18 main ones, or the N that matter most. By default a brief has the main "
    "ones, any other document all.",
)
letters_option = click.option(
    "--letters",
    metavar="raci|rasci|daci|FILE",
    default="",
    callback=_letters,
    help="Letters of the matrix: a known scheme, or your own in a YAML file. JSON always has RACI.  [default: raci]",
)
