"""Who goes with whom so that the whole gains most: one to one, and none where nothing is gained."""

from __future__ import annotations

from collections.abc import Sequence


def best_pairs(gains: Sequence[Sequence[int]]) -> tuple[int | None, ...]:
    """For each row of `gains` its column, None for none, so that no column is taken twice and the sum is the greatest.

    Gains are whole numbers; one of 0 or less is never taken. The Hungarian method with potentials; time grows with
    the square of the rows and with the columns, so the shorter side should be the rows.
    """
    rows = len(gains)
    # As many columns again that gain nothing: whoever gets one of those goes alone.
    columns = (len(gains[0]) if rows else 0) + rows
    costs = [[-max(0, gain) for gain in row] + [0] * rows for row in gains]
    of_row, of_column = [0] * (rows + 1), [0] * (columns + 1)
    taken_by, came_from = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        taken_by[0], at = row, 0
        slack: list[float] = [float("inf")] * (columns + 1)
        seen = [False] * (columns + 1)
        while taken_by[at]:
            seen[at] = True
            here, step, following = taken_by[at], float("inf"), 0
            for column in range(1, columns + 1):
                if seen[column]:
                    continue
                spare = costs[here - 1][column - 1] - of_row[here] - of_column[column]
                if spare < slack[column]:
                    slack[column], came_from[column] = spare, at
                if slack[column] < step:
                    step, following = slack[column], column
            for column in range(columns + 1):
                if seen[column]:
                    of_row[taken_by[column]] += int(step)
                    of_column[column] -= int(step)
                else:
                    slack[column] -= step
            at = following
        while at:
            taken_by[at], at = taken_by[came_from[at]], came_from[at]
    found: list[int | None] = [None] * rows
    for column in range(1, columns + 1 - rows):
        row = taken_by[column]
        if row and gains[row - 1][column - 1] > 0:
            found[row - 1] = column - 1
    return tuple(found)
