"""Findings that somebody decided to live with: which waiver covers which, and which cover nothing or have run out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import PurePath

from advisor.lint.values import EXPIRED, UNUSED, USED, Finding, Waiver
from advisor.lint.words import words_of
from advisor.model.found import FoundMatrix

_Key = tuple[str, tuple[str, ...] | None, tuple[str, ...] | None]  # a check, the words of a row and of a role, or any


def is_expired(waiver: Waiver, today: str) -> bool:
    """Whether the last day of the waiver is past; `today` is a date as ISO has it."""
    return bool(waiver.until) and waiver.until < today


def waive(
    matrix: FoundMatrix, findings: Iterable[Finding], waivers: Iterable[Waiver], today: str
) -> tuple[Finding, ...]:
    """The findings, each with the first waiver in force that covers it."""
    in_force: dict[_Key, tuple[int, Waiver]] = {}
    checks = set()
    for at, waiver in enumerate(waivers):
        if not is_expired(waiver, today) and _is_for(waiver, matrix):
            checks.add(waiver.check)
            in_force.setdefault(_key(waiver.check, waiver.row, waiver.role), (at, waiver))
    return tuple(replace(one, waiver=_first(one, in_force)) if one.check in checks else one for one in findings)


def _key(check: str, row: str, role: str) -> _Key:
    return check, tuple(words_of(row)) if row else None, tuple(words_of(role)) if role else None


def _first(finding: Finding, in_force: Mapping[_Key, tuple[int, Waiver]]) -> Waiver | None:
    """The first waiver that covers the finding: by row and role, by one of them, or by neither."""
    check, row, role = finding.check, tuple(words_of(finding.row)), tuple(words_of(finding.role))
    keys = ((check, one, other) for one in (row, None) for other in (role, None))
    found = [in_force[key] for key in keys if key in in_force]
    return min(found, key=lambda each: each[0])[1] if found else None


def fates(waivers: Iterable[Waiver], findings: Iterable[Finding], today: str) -> tuple[tuple[Waiver, str, int], ...]:
    """What became of each waiver, and how many findings it covers."""
    used: dict[int, int] = {}
    for one in findings:
        if one.waiver is not None:
            used[id(one.waiver)] = used.get(id(one.waiver), 0) + 1
    return tuple(
        (one, EXPIRED if is_expired(one, today) else USED if id(one) in used else UNUSED, used.get(id(one), 0))
        for one in waivers
    )


def _is_for(waiver: Waiver, matrix: FoundMatrix) -> bool:
    """Whether the waiver names this matrix: its file by path or name, stars for any part, and its table."""
    path = matrix.file.replace("\\", "/")
    named = not waiver.matrix or any(fnmatchcase(one, waiver.matrix) for one in (path, PurePath(path).name))
    return named and (not waiver.table or waiver.table == matrix.table)
