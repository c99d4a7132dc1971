"""From a file to its matrices: each table tried by each vocabulary, the likeliest reading taken and said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from advisor.errors import InputError, Problem
from advisor.matrices.budget import Budget
from advisor.matrices.by_letter import read_by_letter
from advisor.matrices.by_role import Part, read_by_role
from advisor.matrices.gathered import gathered
from advisor.matrices.grid import Grid, Places, flat
from advisor.matrices.hints import Hints, Map
from advisor.matrices.layout import Readings, find_layout
from advisor.matrices.letter_columns import find_letters
from advisor.matrices.lists import list_grid
from advisor.matrices.mermaid import mermaid_grid
from advisor.matrices.nothing import nothing_found
from advisor.matrices.open import Opened, open_tables
from advisor.matrices.pairs import read_pairs
from advisor.matrices.schemes import (
    OTHER,
    Legend,
    foreign_letters,
    legend_of,
    likely,
    other_scheme,
    said_of,
    unknown_scheme,
)
from advisor.matrices.told import told_layout
from advisor.matrices.turned import roles_in_rows
from advisor.matrices.vocabulary import Vocabulary, vocabulary, with_words, words
from advisor.model.found import FoundMatrix

_MOST_PARTS = 20
_MOST_SAID = 20  # tables that a message names
_NO_GRID = Grid("", (), (), (), Places.ROW)


@dataclass(frozen=True, slots=True)
class _Found:
    grid: Grid
    part: Part
    known: Vocabulary


def read_matrices(path: Path, hints: Hints | None = None, data: bytes | None = None) -> tuple[FoundMatrix, ...]:
    """Every matrix of a file, in its order; InputError when the file cannot be read or holds none.

    Tables under each other with the same roles are one matrix, their headings its phases, unless `hints` name a table.
    `data` is what the file holds, where that is known already.
    """
    hints = hints or Hints()
    told = hints.map or Map()
    budget = Budget(str(path))
    opened = open_tables(path, budget, hints.sheet or told.sheet, data)
    wanted = hints.table or told.table
    grids = _chosen(opened, wanted, str(path))
    tried = [Readings(one, _NO_GRID, budget) for one in _vocabularies(hints.vocabulary or told.vocabulary, told)]
    found: list[_Found] = []
    guessed = len(tried) > 1 and not told.words
    legend = legend_of(opened.grids, opened.text) if guessed else {}
    passed = list(opened.passed_over)
    schemes = 0
    for grid in grids:
        passed += [f"{_named(grid)}: {remark}" for remark in grid.remarks]
        parts, reason = _read_grid(grid, tried, told, str(path), legend)
        if guessed and not parts:
            reason = unknown_scheme(grid, legend) or reason
        found += parts
        if not parts:
            passed.append(f"{_named(grid)}: {reason}")
            schemes += reason.startswith(OTHER)
    if not (found or schemes or told.heading or told.columns_told):
        found = _rarer(opened, grids, tried, told)
        passed = list(opened.passed_over) if found else passed
    elif not wanted and (all_of_form := _one_for_each(found, grids, tried, told)):
        found, passed = all_of_form, list(opened.passed_over)
    if not found:
        raise nothing_found(str(path), opened, passed, wanted)
    joined = [[one] for one in found] if wanted else _joined(found)
    return tuple(
        _matrix(str(path), ones, opened.taken, passed if at == 0 else [], told) for at, ones in enumerate(joined)
    )


def _vocabularies(name: str, told: Map) -> list[Vocabulary]:
    bases = [vocabulary(name)] if name else list(words().vocabularies.values())
    return [with_words(base, told.words) for base in bases]


def _chosen(opened: Opened, wanted: str, file: str) -> list[Grid]:
    grids = [grid for grid in opened.grids if grid.rows]
    if not wanted:
        return grids
    low = wanted.strip().lower()
    chosen = [
        grid
        for grid in grids
        if low in (grid.name.lower(), grid.name.lower().removeprefix("table "), grid.heading.lower())
    ]
    if not chosen:
        known = "; ".join(_named(grid) for grid in grids[:_MOST_SAID]) or "none at all"
        raise InputError([Problem(file, 0, "", f"has no table {wanted!r}; it has {known}")])
    return chosen


def _named(grid: Grid) -> str:
    if grid.heading:
        return f"{grid.name} “{grid.heading[:60]}”"
    return grid.name if grid.name.startswith("table ") else f"sheet “{grid.name}”"


def _read_grid(grid: Grid, tried: list[Readings], told: Map, file: str, legend: Legend) -> tuple[list[_Found], str]:
    """The matrices of one grid from top to bottom, or why there is none."""
    found: list[_Found] = []
    waiting = [grid]
    reason = ""
    while waiting:
        here = waiting.pop()
        if len(found) >= _MOST_PARTS:
            raise InputError([Problem(file, 0, grid.name, f"holds more than {_MOST_PARTS} matrices; split it")])
        if len(here.rows) < 2:
            continue
        one, why = _best(here, tried, told, legend)
        if (
            one is not None
            and not found
            and len(tried) > 1
            and not told.words
            and (why := other_scheme(one.part, one.known))
        ):
            return found, why
        if one is None:
            reason = reason or why
            continue
        found.append(one)
        tried = [read for read in tried if read.known.id == one.known.id]
        if one.grid.turned or told.heading or told.columns_told:
            continue
        # What stands above and below may be matrices of their own.
        waiting += [here.from_row(0, one.part.start), here.from_row(one.part.end)]
    order = {number: at for at, number in enumerate(grid.numbers)}
    found.sort(key=lambda one: 0 if one.grid.turned else order.get(one.grid.numbers[one.part.start], 0))
    return found, reason or "no row of roles with letters under it"


def _best(grid: Grid, tried: list[Readings], told: Map, legend: Legend) -> tuple[_Found | None, str]:
    best: tuple[tuple[int, int], _Found] | None = None
    reason = ""
    signs = likely(grid, [read.known for read in tried], legend) if len(tried) > 1 else {tried[0].known.id}
    for read in tried:
        if read.known.id not in signs:
            continue
        score, part, used, why = _one(grid, read, told)
        if part is not None:
            rank = (score, -foreign_letters(part).total())
            if best is None or rank > best[0]:
                best = (rank, _Found(used, part, read.known))
        reason = reason or why
    return (best[1], "") if best else (None, reason)


def _one(grid: Grid, read: Readings, told: Map) -> tuple[int, Part | None, Grid, str]:
    """The matrix of a grid in one vocabulary, with how many letters speak for it."""
    read.look(len(grid.rows))
    if told.turned:
        grid = grid.turn()
    read = read.on(grid)
    layout = told_layout(grid, told, read)
    if isinstance(layout, str):
        return 0, None, grid, layout
    layout = layout or find_layout(grid, read)
    lettered = find_letters(grid, read)
    if lettered is not None and layout is not None:
        heads = [read.letter_over(layout.heading[-1], column) for column in layout.roles]
        of_heading = len(lettered.letters) + lettered.score
        if len({one for one in heads if one}) > 1 or (lettered.over and layout.score <= of_heading):
            layout = None
    if layout is not None:
        sentence = "as the map says, roles stand in rows" if told.turned else ""
        if told.turned is None and not told.heading:
            turned, why = roles_in_rows(grid, layout, read)
            other = grid.turn()
            again = read.on(other)
            over = find_layout(other, again) if turned else None
            if over is not None:
                grid, read, layout, sentence = other, again, over, f"roles stand in rows: {why}"
        part = read_by_role(grid, layout, read, told)
        if sentence:
            part = replace(part, taken=(sentence, *part.taken))
        return layout.score, part if part.rows else None, grid, "no activity under its roles"
    if lettered is not None:
        result = read_by_letter(grid, lettered, read, told)
        if isinstance(result, str):
            return 0, None, grid, result
        return lettered.score, result if result.rows else None, grid, "no activity beside its letters"
    return 0, None, grid, ""


def _rarer(opened: Opened, grids: list[Grid], tried: list[Readings], told: Map) -> list[_Found]:
    """The forms that are looked for where no table has a common one: one column of letters, a table each, lists."""
    best: list[_Found] = []
    most = 0
    for read in tried:
        if len(tried) > 1 and read.known.needs:
            text = opened.text if not grids else "\n".join(text for grid in grids for row in grid.rows for text in row)
            if read.known.lacks(text):
                continue
        lists = list_grid(opened.text, read.known, read.budget) if opened.text else None
        chart = mermaid_grid(opened.text, read.known, read.budget) if opened.text else None
        ways: tuple[list[Grid], ...] = (
            grids,
            list(gathered(grids, read.known, read.budget)),
            [one for one in (chart or lists,) if one],
        )
        for way, made in enumerate(ways):
            found, total = [], 0
            for grid in made:
                read.look(len(grid.rows))
                score, part, _ = read_pairs(grid, read.on(grid), told)
                if part is None and way:
                    score, part, grid, _ = _one(grid, read, told)
                if part is not None and part.rows:
                    found.append(_Found(grid, part, read.known))
                    total += score
            if total > most:
                best, most = found, total
    return best


def _one_for_each(found: list[_Found], grids: list[Grid], tried: list[Readings], told: Map) -> list[_Found]:
    """Tables of one activity each that were read alone, with those of their form that say too little alone; or none."""
    alone = {one.grid.name: one for one in found if len(one.part.rows) == 1 and one.grid.heading}
    heads = {one.grid.rows[0] for one in alone.values()}
    same = [grid for grid in grids if grid.rows[0] in heads]
    if len(same) <= len(alone) or len(alone) < len(found) or len(heads) > 1:
        return []
    read = next(read for read in tried if read.known.id == found[0].known.id)
    for grid in gathered(same, read.known, read.budget):
        _, part, used, _ = _one(grid, read.on(grid), told)
        if part is not None and len(part.rows) == len(same):
            return [_Found(used, part, read.known)]
    return []


def _joined(found: list[_Found]) -> list[list[_Found]]:
    """Tables that follow each other with the same roles, as one matrix; sheets stay apart."""
    out: list[list[_Found]] = []
    for one in found:
        before = out[-1][-1] if out else None
        if (
            before is not None
            and _role_names(before) == _role_names(one)
            and before.known.id == one.known.id
            and (before.grid.name == one.grid.name or one.grid.name.startswith("table "))
        ):
            out[-1].append(one)
        else:
            out.append([one])
    return out


def _role_names(one: _Found) -> list[str]:
    return [flat(role.name).lower() for role in one.part.roles]


def _matrix(file: str, ones: list[_Found], opened: Iterable[str], passed: list[str], told: Map) -> FoundMatrix:
    first = ones[0]
    several = len(ones) > 1
    roles = tuple(replace(role, name=told.names.get(role.name, role.name)) for role in first.part.roles)
    rows = []
    taken = [*opened, *first.grid.taken, said_of(first.known)]
    for one in ones:
        where = f"{one.grid.name}: " if several else ""
        heading = one.grid.heading if several else ""
        rows += [replace(row, phase=row.phase or heading) for row in one.part.rows]
        taken += [f"{where}{sentence}" for sentence in one.part.taken]
        passed = [*passed, *(f"{where}{sentence}" for sentence in one.part.passed)]
    name = first.grid.name
    if several:
        name = f"{first.grid.name} to {ones[-1].grid.name.removeprefix('table ')}"
        taken.insert(0, f"{len(ones)} tables with the same roles are one matrix; their headings are its phases")
    renamed = [f"“{old}” is {new}" for old, new in told.names.items() if any(role.name == new for role in roles)]
    if renamed:
        taken.append(f"as the map says: {', '.join(renamed)}")
    return FoundMatrix(file, name, first.known.id, roles, tuple(rows), tuple(taken), tuple(passed))
