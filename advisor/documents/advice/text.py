"""The advice as plain text for a terminal: the recommendation first, then what it rests on."""

from __future__ import annotations

from advisor.documents.advice.viewing import view_of
from advisor.documents.brief.compose import brief_of
from advisor.documents.brief.on_screen import brief_lines
from advisor.documents.matrix.text_matrix import matrix_lines
from advisor.documents.shared.edition import STANDARD, Edition
from advisor.documents.shared.paint import NARROWEST, Paper
from advisor.documents.shared.view import View, Why
from advisor.documents.shared.words import a, lower_first, number
from advisor.model.advice import Advice

STRONGEST = 4
BAR = 20


def write(advice: Advice, edition: Edition) -> str:
    """The document for a file, 80 columns wide."""
    if edition.document == "brief":
        return brief_as_text(advice, edition=edition)
    if edition.document == "raci":
        return matrix_as_text(advice, edition=edition)
    return advice_as_text(advice, edition=edition)


def brief_as_text(advice: Advice, width: int = 80, colour: bool = False, edition: Edition = STANDARD) -> str:
    """Two pages on one engagement with the rows of the matrix that matter most."""
    paper, view = Paper(max(width, NARROWEST), colour), view_of(advice, edition)
    return _joined(brief_lines(view, brief_of(advice, view, edition.rows), paper))


def advice_as_text(advice: Advice, width: int = 80, colour: bool = False, edition: Edition = STANDARD) -> str:
    """Everything about one engagement, at most `width` columns wide (60 at the least); ANSI only with `colour`."""
    paper, view = Paper(max(width, NARROWEST), colour), view_of(advice, edition)
    sections = (
        _opening(view, paper),
        _split(view, paper),
        _why(view, paper),
        _guardrails(view, paper),
        _profiles(view, paper),
        matrix_lines(view, paper),
        _questions(view, paper),
        _closing(view, paper),
    )
    return _joined(*sections)


def matrix_as_text(advice: Advice, width: int = 80, colour: bool = False, edition: Edition = STANDARD) -> str:
    """The responsibility matrix alone, under the recommendation that it follows from."""
    paper, view = Paper(max(width, NARROWEST), colour), view_of(advice, edition)
    return _joined(_opening(view, paper), matrix_lines(view, paper), _questions(view, paper), _closing(view, paper))


def _joined(*sections: list[str]) -> str:
    return "\n".join(line for section in sections for line in section) + "\n"


def _opening(view: View, paper: Paper) -> list[str]:
    name = f"{view.heading}, {view.client}" if view.client else view.heading
    lines = [paper.faint(line) for line in paper.paragraph(name)]
    lines += [*paper.paragraph(view.context), ""] if view.context else []
    lines += [paper.accent(line) for line in paper.paragraph(view.title)]
    lines.append("─" * paper.width)
    status = paper.paragraph(view.status_line)
    lines += status if view.status == "settled" else [paper.warning(line) for line in status]
    for text in (view.summary, *view.staffing_lines):
        lines += ["", *paper.paragraph(text)] if text else []
    lines += ["", *paper.paragraph(f"Watch: {view.watch}")] if view.watch else []
    lines += ["", *paper.paragraph(f"Role names: {view.role_sense}")] if view.role_sense else []
    return lines


def _split(view: View, paper: Paper) -> list[str]:
    if not view.overall:
        return []
    lines = paper.heading(
        "Who leads what", "Shares of the managing work in percent: a stated policy, not a measurement."
    )
    rows = [(part.name, part.shares, f"led by {lower_first(part.lead)}") for part in view.split]
    rows.append(("Overall", view.overall, ""))
    label = max(len(name) for name, _, _ in rows)
    # The bar takes what the words and figures leave.
    bar = min(BAR, paper.width - label - 4 * len(view.overall) - max(len(lead) for _, _, lead in rows) - 9)
    lines.append(" " * (label + 4) + "".join(f"{share.short:>4}" for share in view.overall))
    for name, shares, lead in rows:
        figures = "".join(f"{share.percent:>4}" for share in shares)
        line = f"  {name:<{label}}  {figures}   {_bar(shares[0].percent, bar)}  {lead}".rstrip()
        lines.append(paper.bold(line) if name == "Overall" else line)
    return lines


def _bar(percent: int, length: int) -> str:
    """Full blocks for the first role, shaded ones for the second."""
    first = round(percent * length / 100)
    if 0 < percent < 100 and length > 1:
        first = min(max(first, 1), length - 1)
    return "█" * first + "░" * (length - first)


def _why(view: View, paper: Paper) -> list[str]:
    if not view.sides:  # a client's copy
        return []
    lines = paper.heading("Why")
    for reason in view.reasons:
        lines += paper.paragraph(_with_grounds(reason), indent=2, hang=2)
    lines += ["", "  What the answers add up to:"] if view.findings else []
    lines += paper.labelled([(finding.label, finding.text) for finding in view.findings], indent=4)
    dm, pm = view.sides
    points = f"{dm.name} {dm.points} points, {lower_first(pm.name)} {pm.points}: {view.leaning}."
    lines += ["", *paper.paragraph(f"Evidence. {points}", indent=2)]
    for side in view.sides:
        if not side.items:
            continue
        shown = side.items[:STRONGEST]
        more = len(side.items) - len(shown)
        rest = f", the strongest {number(STRONGEST)} of {number(len(side.items))}" if more else ""
        lines += ["", f"  For {a(side.name)}{rest}:"]
        for item in shown:
            lines += paper.paragraph(f"{item.points:+d}  {_with_grounds(item)}", indent=4, hang=4)
    return lines


def _guardrails(view: View, paper: Paper) -> list[str]:
    if not view.guardrails:
        return []
    return paper.heading("Guardrails") + paper.bullets(_with_grounds(item) for item in view.guardrails)


def _profiles(view: View, paper: Paper) -> list[str]:
    lines = paper.heading("What to look for in the people") if view.profiles else []
    for place, profile in enumerate(view.profiles):
        person = f" ({profile.person})" if profile.person else ""
        lines += [""] if place else []
        lines += paper.paragraph(f"{profile.role}{person}", indent=2)
        for item in profile.items:
            lines += paper.paragraph(f"- {_with_grounds(item)}", indent=4, hang=2)
            lines += paper.paragraph(item.because, indent=6, style="2") if item.because else []
    return lines


def _questions(view: View, paper: Paper) -> list[str]:
    lines: list[str] = []
    if view.assumptions:
        lines += paper.heading("What we assumed")
        lines += paper.bullets(view.assumptions)
    if view.replaced:
        lines += paper.heading("Read from earlier answers")
        lines += paper.bullets(view.replaced)
    if view.set_aside:
        lines += paper.heading("Set aside", "Answered in the file, but of no bearing here.")
        lines += paper.bullets(f"{pair.label} {pair.text}" for pair in view.set_aside)
    if view.noted:
        lines += paper.heading("Noted", "What was noted with the answers.")
        lines += paper.bullets(f"{pair.label} Note: {pair.text}" for pair in view.noted)
    return lines


def _closing(view: View, paper: Paper) -> list[str]:
    return ["", *paper.paragraph(f"Rulebook {view.version}, digest {view.digest}", style="2")]


def _with_grounds(item: Why) -> str:
    return f"{item.says} [{', '.join(item.grounds)}]" if item.grounds else item.says
