"""`advisor rules compile`, and the same before a large batch: each combination fired once, for all runs to come."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from advisor.cli import shared
from advisor.errors import BrokenInvariant, EngineRefusal, OutputError

if TYPE_CHECKING:
    from advisor.batch import Item
    from advisor.model.questions import Asking

MANY = 500  # engagements of a batch: more are worth compiling for
_MUCH = 2_000_000  # bytes, the same of large files


@click.command(name="compile")
@shared.rulebook_option
def compile_rules() -> int:
    """Fire every combination of every table once, and keep what came of it, so that advice need not wait for it.

    Each result is checked by the second evaluator. Tables that ship are compiled already; those of your own go to your
    cache folder (XDG_CACHE_HOME). A rule that you change is fired anew whether you compile again or not.

    \b
    Example:
      advisor rules compile --rulebook firm
    """
    from advisor.advise.compiled import kept_at

    given: tuple[Asking | None, ...] = (shared.catalog(), shared.own_person_rules())
    for rulebook in (one for one in given if one is not None):
        if kept_at(rulebook) is None:
            raise click.ClickException("there is no cache folder to write to, or ADVISOR_NO_CACHE is set")
        if not _compile_missing(rulebook, err=False):
            click.echo(f"{_named(rulebook)}: compiled already")
    return 0


def first_compiled(items: Iterator[Item], rulebook: Callable[[], Asking]) -> Iterator[Item]:
    """The same items; where there are many engagements, the rulebook is compiled before the first.

    What keeps it from being compiled is said, and the batch goes on without.
    """
    first: list[Item] = []
    held = size = 0
    for item in items:
        first.append(item)
        held += len(item.lines) or 1
        size += len(item.data)
        if held > MANY or size > _MUCH:
            try:
                _compile_missing(rulebook(), err=True)
            except (BrokenInvariant, EngineRefusal, OutputError) as error:
                click.echo(f"not compiled: {error}", err=True)
            break
    return itertools.chain(first, items)


def _compile_missing(rulebook: Asking, err: bool) -> bool:
    """Compile the tables that are not known, and say so; whether there were any."""
    from advisor.advise.compiled import keep, kept_at, missing
    from advisor.advise.outcomes import count
    from advisor.documents.shared.words import numbered

    to = kept_at(rulebook)
    tables = missing(rulebook) if to is not None else {}
    if to is None or not tables:
        return False
    begun = time.perf_counter()
    combinations = numbered(sum(map(count, tables.values())), "combination")
    click.echo(f"{_named(rulebook)}: compiling {numbered(len(tables), 'table')}, {combinations}", err=err)
    keep(rulebook, to)
    click.echo(f"wrote {to} ({to.stat().st_size:,} bytes) in {time.perf_counter() - begun:.1f} s", err=err)
    return True


def _named(rulebook: Asking) -> str:
    return f"rulebook {rulebook.version}, digest {rulebook.digest}"
