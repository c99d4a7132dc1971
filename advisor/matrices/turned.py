"""Whether the rows of a table are the roles, so that it has to be turned."""

from __future__ import annotations

from advisor.matrices.grid import Grid, flat
from advisor.matrices.headings import names_a_role, names_an_activity, share
from advisor.matrices.layout import Layout, Readings, heading_text
from advisor.matrices.vocabulary import heading_kind


def roles_in_rows(grid: Grid, layout: Layout, read: Readings) -> tuple[bool, str]:
    """Whether the rows are the roles and the columns the activities, and what says so."""
    head, activity = layout.heading[-1], layout.columns.activity
    corner = heading_text(grid, layout.heading, activity)
    kind = heading_kind(corner)
    across = [flat(grid.rows[head][column]) for column in layout.roles]
    rows = [at for at in range(head + 1, len(grid.rows)) if any(read(at, column).letters for column in layout.roles)]
    down = [flat(grid.rows[at][activity]) for at in rows]
    points = {"role": 1.5, "activity": -1.5}.get(kind, 0.0)
    points += share(down, names_a_role) - share(across, names_a_role)
    points += share(across, names_an_activity) - share(down, names_an_activity)
    one_down = sum(1 for column in layout.roles if sum("A" in read(at, column).letters for at in rows) == 1)
    one_across = sum(1 for at in rows if sum("A" in read(at, column).letters for column in layout.roles) == 1)
    points += 0.5 * (one_down / max(1, len(layout.roles)) - one_across / max(1, len(rows)))
    why = (
        f"their heading is “{corner}”"
        if kind == "role"
        else "their names are those of roles, the headings those of activities"
    )
    return points > 0.5, why
