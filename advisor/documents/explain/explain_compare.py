"""Before and after, side by side: what other answers change in the recommendation, the split and the matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from advisor.documents.explain.explain_parts import Parts
from advisor.documents.explain.explain_text import status
from advisor.documents.explain.explain_words import marked
from advisor.documents.shared.paint import NARROWEST, Paper, wrapped_cell
from advisor.documents.shared.words import capital, clean, ended
from advisor.explain import Comparison
from advisor.explain.comparing import RowChange
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog
from advisor.model.rules import ORIENTATION, SIDES, UNANSWERED

_LABEL = 17  # as long as the longest label


def comparison_as_text(
    before: Advice, after: Advice, comparison: Comparison, catalog: Catalog, width: int = 80, colour: bool = False
) -> str:
    """Both pieces of advice in two columns, at most `width` columns wide (60 at the least); ANSI only with `colour`."""
    paper = Paper(max(width, NARROWEST), colour)
    parts = Parts(catalog, paper, before)
    name = clean(before.engagement.name) or clean(before.engagement.id)
    lines = [paper.faint(line) for line in paper.paragraph(name)]
    lines += [paper.accent("What if")]
    lines.append("─" * paper.width)
    for question, (was, now) in comparison.answers.items():
        assumed = [one.assumed.get(question) for one in (before, after)]
        if catalog.questions[question].part_of and (assumed[0] or was) == (assumed[1] or now):
            continue  # of ten who may be there, those of whom nothing changes
        first = f"assumed so far: {parts.said(question, assumed[0])}" if assumed[0] else "not asked so far"
        told = f"in the file: {parts.said(question, was)}" if was != UNANSWERED else first
        then = f"{capital(parts.said(question, assumed[1]))} is assumed" if assumed[1] else parts.said(question, now)
        said = f"{parts.asked(question)} {capital(then)}; {'as in the file' if was == now else told}."
        lines += paper.paragraph(said, 2, hang=2)
    for question, (was, now) in comparison.assumed.items():
        then, first = capital(parts.said(question, now)), parts.said(question, was)
        said = f"{parts.asked(question)} {then} is then assumed instead of {first}."
        lines += paper.paragraph(said, 2, hang=2)
    if comparison.set_aside:
        lines += paper.paragraph("Then no longer asked, with the answer set aside:", 2)
        lines += [line for one in comparison.set_aside for line in paper.paragraph(f"- {parts.asked(one)}", 4, hang=2)]
    old, new = comparison.before, comparison.after
    lines += ["", *_columns("", "Before", "After", paper)]
    lines += ["  " + "─" * (paper.width - 2)]
    lines += _columns("Recommendation", status(before, parts), status(after, parts), paper)
    lines += _columns("Nobody available", _roles(old.not_available, parts), _roles(new.not_available, parts), paper)
    lines += _columns("No money for", _roles(old.not_paid_for, parts), _roles(new.not_paid_for, parts), paper)
    for measure, level in old.levels.items():
        was, now = (parts.said(measure, one).strip("“”") for one in (level, new.levels[measure]))
        lines += _columns(capital(parts.short(measure)), was, now, paper)
    evidence = [_evidence(side.points, side.band, parts) for side in (old, new)]
    lines += _columns("Evidence", evidence[0], evidence[1], paper)
    lines += _columns("Overall split", _shares(old.overall, parts), _shares(new.overall, parts), paper)
    phases = {phase.id: phase.name for phase in catalog.phases}
    for phase, (had, has) in comparison.phases.items():
        lines += _columns(
            f"  {clean(phases.get(phase, phase))}",
            _shares(had, parts, "left out"),
            _shares(has, parts, "left out"),
            paper,
        )
    if comparison.findings:
        lines += parts.heading("Findings that change")
        for finding, (was, now) in comparison.findings.items():
            said = f"{parts.asked(finding)} {capital(parts.said(finding, was))} becomes {parts.said(finding, now)}."
            lines += paper.paragraph(said, 2, hang=2)
    if comparison.cells:
        lines += parts.heading("Cells that change")
        rows: dict[str, list[str]] = {}
        for cell in comparison.cells:
            change = f"{parts.role(cell.role)} {cell.before or 'none'} to {cell.after or 'none'}"
            rows.setdefault(cell.name, []).append(change)
        for row, changes in rows.items():
            lines += paper.paragraph(f"- {clean(row)}: {', '.join(changes)}", 2, hang=2)
    lines += _rows("Rows that come in", comparison.rows_gained, parts)
    lines += _rows("Rows that go", comparison.rows_lost, parts)
    for title, found, advice in (
        ("Guardrails that come in", comparison.guardrails_gained, after),
        ("Guardrails that go", comparison.guardrails_lost, before),
    ):
        if found:
            texts = [f"{marked(ended(clean(text)), advice.assuming.get(id, ()))} ({id})" for id, text in found.items()]
            lines += parts.heading(title) + paper.bullets(texts)
    if not (comparison.findings or comparison.cells or comparison.rows_gained or comparison.rows_lost):
        lines += ["", *paper.paragraph("No finding, row or cell changes.", 2)]
    return "\n".join(lines) + "\n"


def _columns(label: str, before: str, after: str, paper: Paper) -> list[str]:
    if before == after == "none":
        return []
    each = (paper.width - _LABEL - 6) // 2
    cells = (wrapped_cell(label, _LABEL), wrapped_cell(before, each, 0), wrapped_cell(after, each, 0))
    lines = []
    for at in range(max(len(cell) for cell in cells)):
        first, second, third = (cell[at] if at < len(cell) else "" for cell in cells)
        lines.append(f"  {first:<{_LABEL}}  {second:<{each}}  {third}".rstrip())
    return lines


def _roles(roles: Sequence[str], parts: Parts) -> str:
    return ", ".join(parts.role(role) for role in roles) or "none"


def _shares(shares: Mapping[str, int], parts: Parts, nothing: str = "none") -> str:
    return ", ".join(f"{parts.role(role)} {share} %" for role, share in shares.items()) or nothing


def _evidence(points: Mapping[str, int], band: str, parts: Parts) -> str:
    sides = ", ".join(f"{parts.role(side)} {points[side]}" for side in SIDES)
    return f"{sides}: {parts.said(ORIENTATION, band).strip('“”')}"


def _rows(title: str, rows: Sequence[RowChange], parts: Parts) -> list[str]:
    """Rows by the reason why the other side leaves them out."""
    by_reason: dict[str, list[str]] = {}
    for row in rows:
        by_reason.setdefault(row.reason, []).append(clean(row.name))
    lines = parts.heading(title) if rows else []
    for reason, names in by_reason.items():
        lines += parts.paper.paragraph(ended(clean(reason)), 2) if reason else []
        lines += [line for name in names for line in parts.paper.paragraph(f"- {name}", 4, hang=2)]
    return lines
