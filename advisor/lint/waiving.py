"""Findings that somebody decided to live with: which waiver covers which, and which cover nothing or have run out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import PurePath

from advisor.lint.values import EXPIRED, UNUSED, USED, Finding, Waiver
from advisor.lint.words import words_of
from advisor.model.found import FoundMatrix


def is_expired(waiver: Waiver, today: str) -> bool:
    """Whether the last day of the waiver is past; `today` is a date as ISO has it."""
    return bool(waiver.until) and waiver.until < today


def waive(
    matrix: FoundMatrix, findings: Iterable[Finding], waivers: Iterable[Waiver], today: str
) -> tuple[Finding, ...]:
    """The findings, each with the first waiver in force that covers it."""
    by_check: dict[str, list[Waiver]] = {}
    for waiver in waivers:
        if not is_expired(waiver, today) and _is_for(waiver, matrix):
            by_check.setdefault(waiver.check, []).append(waiver)
    return tuple(
        replace(one, waiver=next((each for each in by_check[one.check] if _covers(each, one)), None))
        if one.check in by_check
        else one
        for one in findings
    )


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


def _covers(waiver: Waiver, finding: Finding) -> bool:
    return all(
        not wanted or words_of(wanted) == words_of(given)
        for wanted, given in ((waiver.row, finding.row), (waiver.role, finding.role))
    )
