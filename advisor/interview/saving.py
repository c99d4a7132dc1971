"""Saving what was answered: a new file, or the one that is there, changed in nothing else."""

from __future__ import annotations

from pathlib import Path

from advisor.errors import AdvisorError
from advisor.files import rewrite
from advisor.interview.provenance import Told
from advisor.interview.revising import Form, overtaken, revise


class Overtaken(AdvisorError):
    """Nothing was written, as the file says something else than what was seen, or is gone (`points` is empty then)."""

    def __init__(self, path: Path, points: tuple[str, ...]) -> None:
        self.points = points
        super().__init__("\n".join(f"{path}: {one}" for one in points or ("is no longer there",)))


def begin(path: Path, told: Told, form: Form[Told]) -> bool:
    """Write a new file, unless somebody else began it meanwhile; whether it is ours."""
    begun = False

    def write(there: bytes | None) -> str | None:
        nonlocal begun
        begun = there is None
        return form.dump(told) if begun else None

    rewrite(path, write, form.private)
    return begun


def save(path: Path, before: Told, after: Told, form: Form[Told], yielding: bool = False) -> tuple[str, ...]:
    """Write what is new about `after` into the file at `path`, which other hands may edit at the same time.

    What they wrote stays, but where they and `after` say different things on one point: those points are returned. One
    who is `yielding` writes nothing then, nor where the file is gone, and gets Overtaken.
    """
    if after == before and path.exists():
        return ()
    differing: tuple[str, ...] = ()

    def change(there: bytes | None) -> str | bytes:
        nonlocal differing
        if there is not None:
            differing = overtaken(there, str(path), before, after, form)
        if yielding and (differing or there is None):
            raise Overtaken(path, differing)
        return form.dump(after) if there is None else revise(there, str(path), before, after, form)

    rewrite(path, change, form.private)
    return differing
