"""A review as plain text for a terminal: what was taken for what, figures to count again, then what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.documents.lint.lint_view import (
    Failed,
    counted,
    grounds_of,
    grouped,
    idle_waivers,
    plural,
    title_of,
    told,
    waiver_words,
)
from advisor.documents.shared.paint import NARROWEST, Paper
from advisor.documents.shared.words import clean, grounds
from advisor.lint.values import ERROR, INFO, WARNING, Check, Finding, Linted, Policy, Review

WIDEST_PLACE = 20
MANY = 4
SHOWN = 8  # findings of one check, unless all are asked for


def review_as_text(
    review: Review, failed: tuple[Failed, ...] = (), width: int = 80, colour: bool = False, every: bool = False
) -> str:
    """All matrices, at most `width` columns wide; of each check the first findings, or `every` one."""
    paper = Paper(max(width, NARROWEST), colour)
    lines: list[str] = []
    for linted in review.matrices:
        lines += [*_matrix(linted, review, paper, every), ""]
    lines += _idle(review, paper)
    lines += paper.paragraph(_summary(review, failed))
    return "\n".join(lines) + "\n"


def checks_as_text(policy: Policy, checks: Mapping[str, Check], width: int = 80, colour: bool = False) -> str:
    """Every check as the policy has it: severity and limits, why it matters, how to mend it, where it is from."""
    paper = Paper(max(width, NARROWEST), colour)
    lines = paper.paragraph(f"Policy {clean(policy.id)}" + (f": {clean(policy.title)}" if policy.title else ""))
    for check in checks.values():
        limits = ", ".join(f"{name} {value}" for name, value in policy.limits[check.id].items())
        head = f"{check.id}: {policy.severities[check.id]}" + (f" ({limits})" if limits else "")
        lines += ["", *(paper.bold(line) for line in paper.paragraph(head)), *paper.paragraph(f"{check.title}.", 2)]
        for text in (check.why, f"Mend: {check.mend}", f"Source: {grounds_of(check)}"):
            lines += paper.paragraph(text, 2, 2)
    return "\n".join(lines) + "\n"


def _matrix(linted: Linted, review: Review, paper: Paper, every: bool) -> list[str]:
    lines = [paper.accent(line) for line in paper.paragraph(title_of(linted))]
    lines.append("─" * paper.width)
    lines += _some("Read as follows:", linted.matrix.taken, paper, every)
    lines += _some("Left aside:", linted.matrix.passed_over, paper, every)
    lines.append("")
    for text in (*counted(linted, review), *linted.notes):
        lines += paper.paragraph(text)
    open_ones = [one for one in linted.findings if one.waiver is None]
    for severity, check, found in grouped(open_ones):
        lines += ["", *_group(severity, review.checks[check], found, paper, every)]
    lines += _waived(linted.waived, paper, every)
    if not linted.findings:
        lines += ["", "Nothing to say against it."]
    return lines


def _some(head: str, texts: tuple[str, ...], paper: Paper, every: bool) -> list[str]:
    """Sentences about the reading, the first of them unless all are asked for."""
    shown = texts if every else texts[:SHOWN]
    lines = [line for text in shown for line in paper.paragraph(f"- {clean(text)}", 2, 2)]
    if len(shown) < len(texts):
        lines += paper.paragraph(f"and {len(texts) - len(shown):,} more (--all shows them)", 4)
    return [head, *lines] if lines else []


def _group(severity: str, check: Check, found: list[Finding], paper: Paper, every: bool) -> list[str]:
    head = f"{severity}: {check.title} [{check.id}]" + (f", {len(found):,} times" if len(found) > 1 else "")
    style = paper.warning if severity == ERROR else paper.bold
    lines = [style(line) for line in paper.paragraph(head)]
    lines += _found(found, paper, every)
    for text in (check.why, f"Mend: {check.mend}", f"Source: {', '.join(grounds(check.sources))}."):
        lines += paper.paragraph(text, 4, 2, style="2")
    return lines


def _found(found: list[Finding], paper: Paper, every: bool) -> list[str]:
    """Each finding after its place; cells of which the same is to be said are told together where they are many."""
    said: dict[str, list[Finding]] = {}
    for one in found:
        said.setdefault(one.message if one.row and one.role else f"{one.message} {one.place} {one.row}", []).append(one)
    lines: list[str] = []
    pairs: list[tuple[str, str]] = []
    for same in said.values():
        if len(same) <= MANY:
            pairs += [(clean(one.place), told(one)) for one in same]
            continue
        places = [clean(one.place) for one in (same if every else same[:SHOWN])]
        more = f" and {len(same) - len(places):,} more" if len(same) > len(places) else ""
        lines += paper.paragraph(f"{len(same):,} times {clean(same[0].message)}: {'; '.join(places)}{more}", 2, 2)
    shown = pairs if every else pairs[:SHOWN]
    lines += _placed(shown, paper) if shown else []
    if len(shown) < len(pairs):
        lines += paper.paragraph(f"and {len(pairs) - len(shown):,} more (--all shows them)", 4)
    return lines


def _waived(found: tuple[Finding, ...], paper: Paper, every: bool) -> list[str]:
    if not found:
        return []
    lines = ["", paper.bold(f"waived: {plural(len(found), 'finding')}")]
    shown = found if every else found[:SHOWN]
    pairs = [(clean(one.place), f"{told(one)} [{one.check}] {waiver_words(one)}") for one in shown]
    lines += _placed(pairs, paper)
    if len(shown) < len(found):
        lines += paper.paragraph(f"and {len(found) - len(shown):,} more (--all shows them)", 4)
    return lines


def _placed(pairs: list[tuple[str, str]], paper: Paper) -> list[str]:
    """One finding a line, after its place; later lines are set in as far."""
    width = min(max(len(place) for place, _ in pairs), WIDEST_PLACE)
    return [line for place, text in pairs for line in paper.paragraph(f"{place:<{width}}  {text}", 2, width + 2)]


def _idle(review: Review, paper: Paper) -> list[str]:
    idle = idle_waivers(review)
    lines = [line for file, at, said in idle for line in paper.paragraph(f"{clean(file)}:{at}: {said}", hang=2)]
    return [*lines, ""] if lines else []


def _summary(review: Review, failed: tuple[Failed, ...]) -> str:
    counts = ", ".join(
        plural(review.count(severity), severity, many)
        for severity, many in ((ERROR, "errors"), (WARNING, "warnings"), (INFO, "infos"))
    )
    waived = f", {review.waived} waived" if review.waived else ""
    matrices = plural(len(review.matrices), "matrix", "matrices")
    unread = f", {plural(len(failed), 'file')} not read" if failed else ""
    day = f" Waivers as of {review.today}." if any(waiver.until for waiver, _, _ in review.waivers) else ""
    return f"{matrices}: {counts}{waived}{unread}. Policy: {clean(review.policy.id)}.{day}"
