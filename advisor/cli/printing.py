"""Options that say how the matrix is printed: how many rows."""

from __future__ import annotations

import click

from advisor.documents.rows import ALL, MAIN, MOST, Rows


def _rows(_: click.Context, __: click.Parameter, value: str) -> Rows:
    """`all`, `main`, or a number of rows; empty for what the document has by itself."""
    if value in ("", ALL, MAIN):
        return value
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= MOST):
        raise click.BadParameter(f"{value[:40]!r} is neither {ALL}, {MAIN} nor a number from 1 to {MOST}")
    return int(value)


rows_option = click.option(
    "--rows",
    metavar="all|main|N",
    callback=_rows,
    default="",
    help="Rows of the matrix: all, the 12 to 18 main ones, or the N that matter most. By default a brief has the main "
    "ones, any other document all.",
)
