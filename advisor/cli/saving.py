"""Saving what was answered: a new file, or the one that is there, changed in nothing else."""

from __future__ import annotations

from pathlib import Path

from advisor.files import read_limited, write_atomically
from advisor.interview.provenance import Told
from advisor.interview.revising import Form, revise


def save(path: Path, before: Told, after: Told, form: Form[Told]) -> None:
    """Write what is new about `after` into the file at `path`, which other hands may edit at the same time."""
    if after == before and path.exists():
        return
    if path.exists():
        data: str | bytes = revise(read_limited(path), str(path), before, after, form)
    else:
        data = form.dump(after)
    write_atomically(path, data, form.private)
