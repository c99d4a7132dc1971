"""The responsibility matrix as a table of text that fits its width."""

from __future__ import annotations

from advisor.documents.shared.paint import Paper, wrapped_cell
from advisor.documents.shared.view import RowView, View

LETTER = 5
BY_AGREEMENT = "* Set by agreement"
ROOM_FOR_GROUNDS = 100
GROUNDS = 22


def matrix_lines(view: View, paper: Paper) -> list[str]:
    """The table under short role names, who they are, and the rows left out with their reasons."""
    lines = paper.heading("Responsibility matrix")
    if view.before_signing:
        lines += [*paper.paragraph(view.before_signing), ""]
    lines += _people(view, paper)
    lines += ["", *paper.paragraph(view.key)]
    grounds = paper.width >= ROOM_FOR_GROUNDS
    letter = max(LETTER, widest(view) + 1, *(len(column.short) + 2 for column in view.columns))
    activity = paper.width - letter * len(view.columns) - (GROUNDS if grounds else 0)
    heads = "".join(f"{column.short:^{letter}}" for column in view.columns)
    for phase in view.phases:
        name = phase.name[: activity - 1]
        rests = "  Rests on" if grounds and phase is view.phases[0] else ""
        lines += ["", paper.bold(f"{name:<{activity}}{heads}{rests}".rstrip())]
        for row in phase.rows:
            lines += _row(row, paper, activity, letter, grounds)
    return [*lines, *agreed_lines(view, paper), *_left_out(view, paper)]


def agreed_lines(view: View, paper: Paper) -> list[str]:
    """What people agreed differently from the rules, below the table."""
    return paper.heading(BY_AGREEMENT) + paper.bullets(view.agreed) if view.agreed else []


def widest(view: View) -> int:
    """How many characters the longest letters have."""
    return max((len(line.label) for line in view.legend), default=0)


def _people(view: View, paper: Paper) -> list[str]:
    pairs = []
    columns = iter(view.columns)
    for holder in view.holders:
        held = [next(columns) for _ in range(holder.span)]
        both = ", both roles" if holder.span > 1 else ""
        pairs.append((f"{' '.join(column.short for column in held)}  {holder.roles}", f"{holder.person}{both}"))
    lines = paper.labelled(pairs)
    if view.without_column:
        lines += paper.paragraph(f"Named, but without a column here: {', '.join(view.without_column)}.", indent=2)
    return lines


def _row(row: RowView, paper: Paper, activity: int, letter: int, grounds: bool) -> list[str]:
    names = wrapped_cell(row.name, activity - 4)
    rests = wrapped_cell(" ".join(row.grounds), GROUNDS - 2, hang=0) if grounds else []
    lines = []
    for at in range(max(len(names), len(rests))):
        name = names[at] if at < len(names) else ""
        line = f"  {name:<{activity - 2}}"
        for cell in row.cells:
            letters = f"{cell.letters}{cell.mark}" if at == 0 else ""
            centred = f"{letters:^{letter}}"
            line += centred.replace(letters, paper.accent(letters)) if at == 0 and "A" in cell.kind else centred
        line += f"  {paper.faint(rests[at])}" if at < len(rests) else ""
        lines.append(line.rstrip())
    return lines


def _left_out(view: View, paper: Paper) -> list[str]:
    if not view.left_out:
        return []
    lines = paper.heading("Rows left out")
    for left_out in view.left_out:
        lines += paper.paragraph(left_out.reason, indent=2)
        lines += paper.bullets(left_out.names, indent=4)
    return lines
