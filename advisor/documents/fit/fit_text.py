"""Fit as plain text for a terminal: one sheet for each person, and several people side by side with their reasons."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.documents.fit.fit_side import SIDE_NOTE, Beside, side_by_side
from advisor.documents.fit.fit_view import KIND, OPENING, FitView, RoleView, fit_view
from advisor.documents.shared.paint import NARROWEST, Paper
from advisor.documents.shared.view import Why
from advisor.model.fit import Fit


def fits_as_text(fits: Sequence[Fit], width: int = 80, colour: bool = False, dated: str = "") -> str:
    """All sheets, and before them the people side by side where there are several; `width` is 60 at the least."""
    paper = Paper(max(width, NARROWEST), colour)
    parts = [_sheet(fit_view(fit, dated), paper) for fit in fits]
    if len(fits) > 1:
        parts = [_beside(side_by_side(fits), paper), *parts]
    between = f"\n\n{'=' * paper.width}\n\n"
    return between.join("\n".join(lines) for lines in parts) + "\n"


def _sheet(view: FitView, paper: Paper) -> list[str]:
    lines = [paper.faint(f"{KIND}{f', {view.dated}' if view.dated else ''}"), paper.accent(view.name)]
    lines += ["─" * paper.width, *(paper.bold(line) for line in paper.paragraph(view.title))]
    for text in (*(_with_grounds(one) for one in view.reasons), view.status_line):
        lines += paper.paragraph(text) if text else []
    lines += ["", *paper.paragraph(OPENING, style="2")]
    for role in view.roles:
        lines += _role(role, f"As {role.name[:1].lower()}{role.name[1:]}", paper)
    if view.engagement:
        lines += paper.heading(f"For {view.engagement}", view.engagement_note)[:-1]
        for role in view.engagement_roles:
            lines += _role(role, role.name, paper, part=True)
    if view.settle:
        lines += paper.heading("What we would like to see next", "What would settle most comes first.")
        lines += paper.bullets(f"{pair.label}: {pair.text}" for pair in view.settle)
    lines += paper.heading("What was seen")
    lines += paper.bullets(f"{pair.label}. {pair.text}" for pair in view.seen)
    return [*lines, "", *paper.paragraph(view.foot, style="2")]


def _role(role: RoleView, heading: str, paper: Paper, part: bool = False) -> list[str]:
    lines = ["", f"  {paper.bold(heading)}"] if part else paper.heading(heading)
    lines += paper.paragraph(role.stands, indent=2)
    for reason in role.reasons:
        lines += paper.paragraph(_with_grounds(reason), indent=2)
    if role.strengths:
        lines += ["", f"  {role.carries}:"]
        lines += paper.bullets((_with_grounds(one) for one in role.strengths), indent=4)
    if role.gaps:
        lines += ["", "  What to grow, most telling first:"]
    for gap in role.gaps:
        lines += paper.paragraph(f"- {gap.about}. {gap.needs}", indent=4, hang=2)
        lines += paper.paragraph(f"Seen: {gap.seen}", indent=6, style="2")
        lines += paper.paragraph(f"Why here: {gap.because}", indent=6, style="2") if gap.because else []
        lines += paper.paragraph(f"Next: {gap.close}", indent=6)
    lines += paper.paragraph(role.more, indent=4) if role.more else []
    lines += ["", *paper.paragraph(role.not_seen, indent=2)] if role.not_seen else []
    return lines


def _beside(beside: Beside, paper: Paper) -> list[str]:
    lines = [paper.accent("Side by side"), "─" * paper.width, *paper.paragraph(SIDE_NOTE, style="2")]
    for part in beside.parts:
        lines += paper.heading(part.title)
        for pair in part.people:
            lines += paper.paragraph(f"{pair.label}: {pair.text}", indent=2, hang=2)
    if beside.learning:
        lines += paper.heading("Who could learn beside whom")
        lines += paper.bullets(beside.learning)
    return lines


def _with_grounds(item: Why) -> str:
    return f"{item.says} [{', '.join(item.grounds)}]" if item.grounds else item.says
