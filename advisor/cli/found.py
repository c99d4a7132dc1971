"""The options of commands that read a matrix somebody already has, and the reading of one file by them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from advisor.errors import InputError

if TYPE_CHECKING:
    from advisor.matrices import Hints
    from advisor.model.found import FoundMatrix

_Command = Callable[..., Any]
_WHICH = (
    click.option("--sheet", metavar="NAME", default="", help="The sheet to read, by name or number; all by default."),
    click.option("--table", metavar="N", default="", help="The table to read, by number or heading; all by default."),
)
_MAPPING = (
    click.option(
        "--mapping",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="What is lined up with what, as corrected.",
    ),
    click.option(
        "--write-mapping",
        "mapping_out",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Write down what is lined up with what, to correct and keep.",
    ),
)
_OPTIONS = (
    *_WHICH,
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


def matrix_options(command: _Command) -> _Command:
    """Add `--sheet`, `--table`, `--map` and `--vocabulary`; the command gets them as one keyword, `hints`."""

    @functools.wraps(command)
    def with_hints(*given: Any, sheet: str, table: str, map_file: Path | None, vocabulary: str, **more: Any) -> Any:
        return command(*given, hints=hints_from(sheet, table, map_file, vocabulary), **more)

    return _with(_OPTIONS, with_hints)


def which_table(command: _Command) -> _Command:
    """Add `--sheet` and `--table`."""
    return _with(_WHICH, command)


def mapping_options(command: _Command) -> _Command:
    """Add `--mapping` and `--write-mapping`, which the command gets as `mapping` and `mapping_out`."""
    return _with(_MAPPING, command)


def keep_mapping(path: Path, text: str) -> None:
    """Write down what was lined up, and say what to do with it."""
    from advisor.files import write_atomically

    write_atomically(path, text)
    click.echo(f"wrote {path}; correct it, then give it with --mapping", err=True)


def _with(options: Sequence[Callable[[_Command], _Command]], command: _Command) -> _Command:
    for option in reversed(options):
        command = option(command)
    return command


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
