"""The brief as plain text, for a terminal or a file."""

from __future__ import annotations

from advisor.documents.brief.content import Brief
from advisor.documents.matrix.text_matrix import agreed_lines, widest
from advisor.documents.shared.paint import Paper, wrapped_cell
from advisor.documents.shared.people import NOBODY
from advisor.documents.shared.view import View
from advisor.documents.shared.words import listed, lower_first

LETTER = 5


def brief_lines(view: View, brief: Brief, paper: Paper) -> list[str]:
    """Everything that the brief says, in its order."""
    return [
        *_opening(view, brief, paper),
        *_because(brief, paper),
        *_seats(brief, paper),
        *_steps(brief, paper),
        *_dates(brief, paper),
        *_dangers(brief, paper),
        *_unknown(brief, paper),
        *_matrix(view, brief, paper),
        *_closing(view, brief, paper),
    ]


def _opening(view: View, brief: Brief, paper: Paper) -> list[str]:
    name = f"{view.heading}, {view.client}" if view.client else view.heading
    lines = [paper.faint(line) for line in paper.paragraph(name)]
    lines += [paper.accent(line) for line in paper.paragraph(brief.decision)]
    lines.append("─" * paper.width)
    for text in (brief.sure, brief.staffing, view.context):
        lines += paper.paragraph(text) if text else []
    return lines


def _because(brief: Brief, paper: Paper) -> list[str]:
    if not brief.facts:
        return []
    return paper.heading("Because") + paper.bullets(brief.facts)


def _seats(brief: Brief, paper: Paper) -> list[str]:
    lines = paper.heading("Who does what when")
    for seat in brief.seats:
        time = f": {seat.time[:1].lower()}{seat.time[1:]}" if seat.time else ""
        answers = f" Answers for: {lower_first(seat.answers_for)}" if seat.answers_for else ""
        person = f" ({seat.person})" if seat.person != NOBODY else ""
        lines += paper.paragraph(f"- {seat.role}{person}{time}.{answers}", indent=2, hang=2)
    return lines


def _steps(brief: Brief, paper: Paper) -> list[str]:
    if not brief.steps:
        return []
    lines = paper.heading("First steps")
    for number, step in enumerate(brief.steps, start=1):
        lines += paper.paragraph(f"{number}. {step.who}, {step.by}: {step.what}", indent=2, hang=3)
    return lines


def _dates(brief: Brief, paper: Paper) -> list[str]:
    return paper.heading("Dates ahead") + paper.bullets(brief.look_again) if brief.look_again else []


def _dangers(brief: Brief, paper: Paper) -> list[str]:
    lines = paper.heading("Risks") if brief.dangers else []
    for one in brief.dangers:
        said = f"- {one.what} Trigger: {lower_first(one.trigger)} {one.owner}: {lower_first(one.action)}"
        lines += paper.paragraph(said, indent=2, hang=2)
    return lines


def _unknown(brief: Brief, paper: Paper) -> list[str]:
    lines = paper.heading("Not known") + paper.bullets(brief.unknown) if brief.unknown else []
    return lines + (
        paper.heading("Role names") + paper.paragraph(brief.role_names, indent=2) if brief.role_names else []
    )


def _matrix(view: View, brief: Brief, paper: Paper) -> list[str]:
    lines = paper.heading("Responsibility matrix")
    heads = [column.short for column in brief.columns]
    held = [(one.short, ", ".join(text for text in (one.name, one.person) if text != NOBODY)) for one in brief.columns]
    lines += paper.labelled(held, share=0.2)
    lines += ["", *paper.paragraph(view.key)]
    letter = max(LETTER, widest(view) + 1, *(len(head) + 1 for head in heads))
    room = max(paper.width - letter * len(heads), 20)
    for phase in brief.phases:
        head = f"{phase.name[: room - 1]:<{room}}" + "".join(f"{one:^{letter}}" for one in heads)
        lines += ["", paper.bold(head.rstrip())]
        for row in phase.rows:
            first, *rest = wrapped_cell(row.name, room - 3)
            letters = "".join(f"{cell.letters + cell.mark:^{letter}}" for cell in row.cells)
            lines += [f"  {first:<{room - 2}}{letters}".rstrip(), *(f"  {line}" for line in rest)]
    return lines + agreed_lines(view, paper)


def _closing(view: View, brief: Brief, paper: Paper) -> list[str]:
    signed = brief.agreed_by or f"To be agreed by: {listed([column.head for column in brief.signatories])}."
    rows = "1 more row stands" if brief.more_rows == 1 else f"{brief.more_rows} more rows stand"
    more = f" {rows} in the full matrix (--full)." if brief.more_rows and not view.for_client else ""
    return ["", *paper.paragraph(f"{signed}{more}"), *paper.paragraph(view.foot, style="2")]
