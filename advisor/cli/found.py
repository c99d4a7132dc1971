"""The options of commands that read a matrix somebody already has, and the reading of one file by them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from advisor.errors import InputError

if TYPE_CHECKING:
    from advisor.matrices import Hints
    from advisor.model.found import FoundMatrix

_OPTIONS = (
    click.option("--sheet", metavar="NAME", default="", help="The sheet to read, by name or number; all by default."),
    click.option("--table", metavar="N", default="", help="The table to read, by number or heading; all by default."),
    click.option(
        "--map",
        "map_file",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="A YAML file that says which column or row is what, and what roles and words mean.",
    ),
    click.option(
        "--vocabulary",
        metavar="ID",
        default="",
        help="What the letters are: raci, rasci, daci or owns; found by default.",
    ),
)


def matrix_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--sheet`, `--table`, `--map` and `--vocabulary`; the command gets them as one keyword, `hints`."""

    @functools.wraps(command)
    def with_hints(*given: Any, sheet: str, table: str, map_file: Path | None, vocabulary: str, **more: Any) -> Any:
        return command(*given, hints=hints_from(sheet, table, map_file, vocabulary), **more)

    for option in reversed(_OPTIONS):
        with_hints = option(with_hints)
    return with_hints


def hints_from(sheet: str, table: str, map_file: Path | None, vocabulary: str) -> Hints:
    """The options as hints; UsageError for a vocabulary that is not known, InputError for a map that is wrong."""
    from advisor.matrices import Hints, read_map
    from advisor.matrices.vocabulary import vocabulary as known

    if vocabulary:
        try:
            known(vocabulary)
        except InputError as error:
            raise click.UsageError(str(error)) from None
    return Hints(sheet, table, read_map(map_file) if map_file is not None else None, vocabulary)


def matrices_in(path: str, hints: Hints) -> tuple[FoundMatrix, ...]:
    """Every matrix of the file; InputError when it cannot be read or holds none."""
    from advisor.matrices import read_matrices

    return read_matrices(Path(path), hints)
