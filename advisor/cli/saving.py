"""Saving what was answered: a new file, or the one that is there, changed in nothing else."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.files import rewrite
from advisor.interview.provenance import Told
from advisor.interview.revising import Form, overtaken, revise


def begin(path: Path, told: Told, form: Form[Told]) -> bool:
    """Write a new file, unless somebody else began it meanwhile; whether it is ours."""
    begun = False

    def write(there: bytes | None) -> str | None:
        nonlocal begun
        begun = there is None
        return form.dump(told) if begun else None

    rewrite(path, write, form.private)
    return begun


def save(path: Path, before: Told, after: Told, form: Form[Told]) -> None:
    """Write what is new about `after` into the file at `path`, which other hands may edit at the same time.

    What they wrote stays, but where they and `after` say different things on one point: that is reported.
    """
    if after == before and path.exists():
        return
    differing: tuple[str, ...] = ()

    def change(there: bytes | None) -> str | bytes:
        nonlocal differing
        if there is None:
            return form.dump(after)
        differing = overtaken(there, str(path), before, after, form)
        return revise(there, str(path), before, after, form)

    rewrite(path, change, form.private)
    for one in differing:
        click.echo(f"{path}: {one}", err=True)
