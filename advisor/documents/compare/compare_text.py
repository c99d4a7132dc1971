"""A comparison as plain text for a terminal: what weighs most first, each difference with its reason."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.compare.values import ACCOUNTABLE, ALONE, MAPPED, PERHAPS, SURE, Comparison
from advisor.documents.compare.compare_view import CompareView, DifferenceView, Group
from advisor.documents.compare.compare_viewing import view_of
from advisor.documents.shared.paint import NARROWEST, Paper, wrapped_cell
from advisor.documents.shared.words import numbered

_LOAD_HEADS = ("As", "advised", "A or R", "advised")


def comparison_as_text(
    found: Comparison, width: int = 80, colour: bool = False, title: str = "", dated: str = ""
) -> str:
    """The comparison, at most `width` columns wide (60 at the least); ANSI only with `colour`."""
    view, paper = view_of(found, title, dated), Paper(max(width, NARROWEST), colour)
    lines = [
        paper.faint(line) for line in paper.paragraph(f"{view.heading}, {view.client}" if view.client else view.heading)
    ]
    lines += [paper.accent(line) for line in paper.paragraph(f"{view.matrix}, held against: {view.advice}.")]
    lines.append("─" * paper.width)
    lines += paper.paragraph(view.status)
    lines += ["", *(paper.bold(line) for line in paper.paragraph(view.verdict))]
    lines += paper.labelled([(tile.figure, tile.says) for tile in view.tiles if tile.figure != "0"], 2)
    only = (*view.roles_theirs, *view.roles_ours)
    if only:
        lines += paper.heading("Roles that only one of the two has") + paper.bullets(only)
    for group in view.groups:
        lines += _group(group, paper)
    lines += _rows(view, paper)
    lines += _roles(view, paper)
    lines += _lined(view, paper)
    if view.notes:
        lines += paper.heading("To be known") + paper.bullets(view.notes)
    lines += ["", *paper.paragraph(view.foot, style="2")]
    return "\n".join(lines) + "\n"


def write(found: Comparison, title: str = "", dated: str = "") -> str:
    """The text as it stands in a file."""
    return comparison_as_text(found, 96, False, title, dated)


def _group(group: Group, paper: Paper) -> list[str]:
    if not group.items:
        return []
    lines = paper.heading(f"{group.title} ({len(group.items)})")
    if group.anchor != "heard":
        return lines + [line for one in group.items for line in ("", *_difference(one, paper))]
    # The lightest and the most: a line each; their reasons stand in the other formats.
    for row, place in dict.fromkeys((one.row, one.place) for one in group.items):
        lines += paper.paragraph(f"{row}  [{place}]" if place else row, 2, hang=2)
        for one in group.items:
            if (one.row, one.place) == (row, place):
                lines += paper.paragraph(f"- {one.theirs}, advised: {one.ours}", 4, hang=2)
    return lines


def _difference(one: DifferenceView, paper: Paper) -> list[str]:
    doubt = f" ({one.doubt})" if one.doubt else ""
    where = f"  [{one.place}]" if one.place else ""
    lines = [paper.bold(line) for line in paper.paragraph(f"{one.row}{where}", 2, hang=2)]
    if doubt or one.row.casefold() != one.activity.casefold():
        lines += paper.paragraph(f"ours: {one.activity}{doubt}", 4, hang=2, style="2")
    if one.kind == ACCOUNTABLE:
        lines += paper.paragraph(f"answers in theirs: {one.theirs}", 4, hang=2)
        kept = f"; {one.kept}" if one.kept else ""
        lines += paper.paragraph(f"should answer: {one.ours}{kept}", 4, hang=2)
    else:
        lines += paper.paragraph(f"{one.theirs}, advised: {one.ours}", 4, hang=2)
    return lines + paper.paragraph(f"{one.says}{_grounds(one.rule, one.grounds)}", 4)


def _grounds(rule: str, grounds: Iterable[str]) -> str:
    shown = ", ".join(grounds)
    return f"{f' [{shown}]' if shown else ''}{f' ({rule})' if rule else ''}"


def _rows(view: CompareView, paper: Paper) -> list[str]:
    lines: list[str] = []
    if view.lacking:
        lines += paper.heading(f"Activities that their matrix lacks ({len(view.lacking)})")
        for phase in dict.fromkeys(one.phase for one in view.lacking):
            lines += ["", f"  {paper.bold(phase)}"]
            for one in view.lacking:
                if one.phase == phase:
                    lines += paper.paragraph(f"- {one.name}: {one.answers} answers. {one.says}", 4, hang=2)
    if view.needless:
        lines += paper.heading(f"Rows that this engagement does not need ({len(view.needless)})")
        lines += paper.bullets(f"{one.row}: {one.says}" for one in view.needless)
    if view.unknown:
        lines += paper.heading(f"Rows that we do not know ({len(view.unknown)})", "Listed, not judged.")
        lines += paper.bullets(f"{one.row}{f' ({one.says})' if one.says else ''}" for one in view.unknown)
    return lines


def _roles(view: CompareView, paper: Paper) -> list[str]:
    lines = paper.heading("How much each role has", view.load_policy)
    name = max(14, min(paper.width - 44, max((len(one.name) for one in view.loads), default=0) + 2))
    lines.append(f"  {'':<{name}}" + "".join(f"{head:>9}" for head in _LOAD_HEADS))
    for one in view.loads:
        first, *rest = wrapped_cell(one.name, name - 2)
        figures = "".join(f"{share:>9}" for share in one.shares)
        lines.append(f"  {first:<{name}}{figures}")
        lines += [f"  {line}" for line in rest]
        if one.over:
            lines += [paper.warning(line) for line in paper.paragraph(one.over, 4)]
    return lines


def _lined(view: CompareView, paper: Paper) -> list[str]:
    """What was lined up with less than certainty; all of it stands in the other formats and in the mapping file."""
    unsure = [one for one in (*view.rows, *view.roles) if one.how not in (SURE, MAPPED, PERHAPS, ALONE)]
    perhaps = [one for one in (*view.rows, *view.roles) if one.how == PERHAPS]
    lines = paper.heading("How it was lined up", view.lined_policy)
    lined = sum(one.how not in (PERHAPS, ALONE) for one in view.rows)
    roles = sum(one.how not in (PERHAPS, ALONE) for one in view.roles)
    said = f"{lined:,} of {numbered(len(view.rows), 'row')} and {roles:,} of {numbered(len(view.roles), 'role')}"
    rest = ", these with less than certainty:" if unsure else "."
    lines += paper.paragraph(f"{said} are lined up{rest}", 2)
    for one in unsure:
        lines += paper.paragraph(f"- {one.theirs}: {one.ours} ({one.word}, {one.score})", 4, hang=2)
    for one in view.roles:
        if one.how in (SURE, MAPPED) and one.theirs.casefold() != one.ours.casefold():
            lines += paper.paragraph(f"- {one.theirs}: {one.ours}", 4, hang=2)
    if perhaps:
        lines += paper.paragraph("Not lined up, but perhaps the same; say so in a mapping where it is:", 2)
    for one in perhaps:
        lines += paper.paragraph(f"- {one.theirs}: {one.ours} ({one.score})", 4, hang=2)
    return lines
