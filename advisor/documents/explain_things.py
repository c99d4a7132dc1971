"""Explanations of one thing as lines of text: a model, a finding, a rule or guardrail, a row, a cell, a question."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.catalog.rules import LONE_MANAGER
from advisor.documents.explain_parts import Parts
from advisor.documents.explain_words import ASSUMED, because, marked
from advisor.documents.handbook_words import plural
from advisor.documents.words import capital, clean, ended, listed, origin_words
from advisor.documents.words import number as counted
from advisor.explain.answers import NEAREST
from advisor.explain.differing import percent
from advisor.explain.values import FAILS, HOLDS, Origin, RuleLook
from advisor.explain.whys import (
    Body,
    CellWhy,
    FindingWhy,
    ModelWay,
    ModelWhy,
    QuestionWhy,
    RoleWhy,
    RowWhy,
    RuleWhy,
    SeveralWhy,
)
from advisor.model.rules import NOT_ASKED, WORK_ASKS_FOR, Letters


def thing(body: Body, parts: Parts) -> list[str]:
    """What there is to say about one thing."""
    match body:
        case ModelWhy():
            return _model(body, parts)
        case FindingWhy():
            return _finding(body, parts)
        case RuleWhy():
            return _rule(body, parts)
        case RowWhy():
            return _row(body, parts)
        case CellWhy():
            return _cell(body, parts)
        case RoleWhy():
            return _role(body, parts)
        case QuestionWhy():
            return _question(body, parts)
        case SeveralWhy():
            return _several(body, parts)
        case _:
            return []


def _model(why: ModelWhy, parts: Parts) -> list[str]:
    paper, name = parts.paper, parts.models((why.model,))
    if why.chosen:
        lines = parts.heading(f"Why {name}")
        for way in (way for way in why.ways if way.staffing.speaks):
            for look in (*way.asking, way.staffing):
                lines += parts.rule(look, 2) + paper.paragraph(f"So: {parts.effects(look)}", 4, hang=2)
        return lines
    lines = parts.heading(f"Why not {name}")
    if why.share:
        share = f"{percent(why.share)} of all ways to answer what is open lead to it."
        lines += paper.paragraph(f"It can still come out: {share}", 2)
    full = why.ways[:NEAREST]
    lines += paper.paragraph(
        f"{capital(counted(len(why.ways)))} {plural(len(why.ways), 'rule')} would recommend it. "
        f"{_nearest(full[0], parts)}",
        2,
    )
    told: tuple[str, ...] = ()
    for way in full:
        asking = tuple(look.rule for look in way.asking)
        lines += ["", *_way(way, parts, asking == told)]
        told = asking or told
    lines += _briefly([way.staffing for way in why.ways[NEAREST:]], "The others:", parts)
    return lines + _sets(why, parts) + _origins(why.origins, parts)


def _nearest(way: ModelWay, parts: Parts) -> str:
    """What stands in the way, in short."""
    asking = next((check for check in way.staffing.checks if check.variable == WORK_ASKS_FOR), None)
    behind = way.asking[0].checks if way.asking and asking is not None and asking.held == FAILS else ()
    failing = [check.variable for check in (*behind, *way.staffing.checks) if check.held == FAILS]
    names = [parts.short(one) for one in dict.fromkeys(failing) if one != WORK_ASKS_FOR or not behind]
    return f"The nearest, which comes first, fails on {listed(names)}:"


def _way(way: ModelWay, parts: Parts, told: bool) -> list[str]:
    lines = parts.rule(way.staffing, 2)
    wanted = next((check for check in way.staffing.checks if check.variable == WORK_ASKS_FOR), None)
    if wanted is not None and wanted.held != HOLDS and way.asking and told:
        lines += parts.paper.paragraph("What the work would have to ask for comes about as above.", 4)
    elif wanted is not None and wanted.held != HOLDS and way.asking:
        lines += parts.paper.paragraph("The work would have to ask for that by one of these, the nearest first:", 4)
        for look in way.asking[:NEAREST]:
            lines += parts.rule(look, 6)
        rest = len(way.asking) - NEAREST
        lines += parts.paper.paragraph(f"or by {counted(rest)} further {plural(rest, 'rule')}.", 6) if rest > 0 else []
    return lines


def _sets(why: ModelWhy, parts: Parts) -> list[str]:
    lines = parts.heading("What would lead to it")
    many = f"up to {counted(why.depth)} {plural(why.depth, 'answer')}"
    if not why.sets:
        return lines + parts.paper.paragraph(f"Nothing does with {many} changed; all were tried.", 2)
    lines += parts.paper.paragraph(f"With {many}, these and no others:", 2)
    return lines + parts.sets(why.sets, 2)


def _briefly(looks: Sequence[RuleLook], title: str, parts: Parts, indent: int = 4) -> list[str]:
    """Rules by name, with what each of them fails on."""
    lines = ["", f"  {title}"] if looks else []
    for look in looks:
        failing = [parts.short(check.variable) for check in look.failed]
        said = f"fails on {listed(failing)}" if failing else "holds"
        lines += parts.paper.paragraph(f"- {look.rule}: {said}", indent, hang=2)
    return lines


def _origins(origins: Sequence[Origin], parts: Parts) -> list[str]:
    lines = parts.heading("Where those findings come from") if origins else []
    for at, origin in enumerate(origins):
        lines += [*([""] if at else []), *parts.origin(origin, 2)]
    return lines


def _finding(why: FindingWhy, parts: Parts) -> list[str]:
    paper, origin = parts.paper, why.origin
    lines = parts.heading(capital(parts.short(origin.finding))) + parts.origin(origin, 2)
    if origin.days is not None:
        lines += paper.paragraph(f"That is {_days(origin.days)}.", 4)
        out = [cap for cap in origin.caps if not cap.holds]
        lines += parts.heading("Caps that do not hold") if out else []
        for cap in out:
            lines += parts.cap(cap, origin.finding, 2)
    lines += _rests(origin.assuming, parts)
    if why.rules:
        lines += parts.heading("Rules that spoke")
        for look in why.rules:
            # where points are counted one by one above, the answers behind them stand there
            lines += parts.rule(look, 2, checks=origin.points is None)
            lines += paper.paragraph(f"So: {_does(look, parts)}", 4, hang=2)
    if why.others:
        lines += parts.heading("Rules that did not", "The nearest first.")
        for look in why.others[:MOST_OTHERS]:
            lines += ["", *parts.rule(look, 2), *paper.paragraph(f"Would say: {_does(look, parts)}", 4, hang=2)]
        lines += _briefly(why.others[MOST_OTHERS:], "The others:", parts)
    if why.moves:
        lines += parts.heading("Single answers that would change it")
        for value, changes in why.moves.items():
            lines += paper.paragraph(f"to {parts.said(origin.finding, value)}:", 2) + parts.singles(changes, 4)
    return lines


def _rests(assuming: Sequence[str], parts: Parts) -> list[str]:
    said = f"It rests on what was assumed of: {listed(assuming)}."
    return ["", *parts.paper.paragraph(said, 2)] if assuming else []


def _days(days: tuple[float, float]) -> str:
    """Days a week: `half a day to three days a week`."""
    fewest, most = (f"{one:g}" for one in days)
    return "no time" if days[1] == 0 else f"{fewest} to {most} days a week"


MOST_OTHERS = 6


def _does(look: RuleLook, parts: Parts) -> str:
    """A topic's rule by the short names of what it adds to; any other in full."""
    return ended(parts.gives(look)) if parts.gives(look) else parts.effects(look)


def _rule(why: RuleWhy, parts: Parts) -> list[str]:
    paper, look = parts.paper, why.look
    what = "guardrail" if why.guardrail else "rule"
    spoke = "was given" if why.guardrail else "spoke"
    said = "holds, but goes unheard" if why.shut else spoke if look.speaks else "stayed silent"
    head = f"The {what} {said}"
    lines = parts.heading(f"{head}: {look.rule}") + parts.rule(look, 2)
    lines += paper.paragraph(f"{'It says' if look.speaks else 'It would say'}: {_does(look, parts)}", 4, hang=2)
    if why.shut:
        lines += paper.paragraph(f"Its row is left out: {ended(why.shut)}", 4, hang=2)
    lines += _rests(look.assuming, parts)
    lines += parts.heading("Its grounds")
    for claim in why.claims:
        lines += paper.paragraph(f"{claim.id}: {ended(clean(claim.text))}", 2, hang=2)
    if look.practice:
        lines += paper.paragraph(f"Practice: {ended(clean(look.practice))}", 2, hang=2)
    return lines + _origins(why.origins, parts)


def _row(why: RowWhy, parts: Parts) -> list[str]:
    paper = parts.paper
    lines = parts.heading(f"{clean(why.name)} ({why.row})")
    if why.left_out:
        lines += paper.paragraph(f"Left out: {marked(ended(why.left_out), _assuming(why.out_by))}", 2)
        for look in why.out_by:
            lines += parts.rule(look, 2)
    else:
        lines += paper.labelled([(capital(parts.role(role)), text) for role, text in why.letters.items()], 2)
        lines += parts.heading("By these rules")
        for look in why.spoke:
            lines += parts.rule(look, 2) + paper.paragraph(f"So: {parts.effects(look)}", 4, hang=2)
    shown = [look for look in why.silent if look.rule not in {one.rule for one in why.out_by}]
    if shown:
        lines += parts.heading("Rules on this row that stayed silent", "The nearest first.")
        for look in shown:
            lines += ["", *parts.rule(look, 2), *paper.paragraph(f"Would say: {parts.effects(look)}", 4, hang=2)]
    return lines + _origins(why.origins, parts)


def _cell(why: CellWhy, parts: Parts) -> list[str]:
    paper, role = parts.paper, parts.role(why.role)
    lines = parts.heading(f"{clean(why.row.name)}: {role}")
    if why.row.left_out:
        lines += paper.paragraph(
            f"The whole row is left out: {marked(ended(why.row.left_out), _assuming(why.row.out_by))}", 2
        )
        for look in why.row.out_by:
            lines += parts.rule(look, 2)
    elif why.absent:
        lines += _no_column(why.role, why.absent, parts)
    else:
        lines += paper.paragraph(f"Holds {why.letters}." if why.letters else "Holds no letter.", 2)
        if why.given_by is not None:
            lines += parts.rule(why.given_by, 2)
        elif not why.letters:
            lines += paper.paragraph("No rule that speaks names this role.", 2)
    wanted = f"give {why.wanted}" if why.wanted else "give other letters"
    if why.others:
        lines += parts.heading(f"Rules that would {wanted}", "The nearest first.")
        for look in why.others:
            given = f"Would give the {role} {_letters(look, why.role)}."
            lines += ["", *parts.rule(look, 2), *paper.paragraph(given, 4, hang=2)]
    elif not why.wanted or not set(why.wanted.split("/")) <= set(why.letters.split("/")):
        lines += ["", *paper.paragraph(f"No other rule of this row would {wanted}.", 2)]
    return lines + _origins(why.origins, parts)


def _assuming(looks: Sequence[RuleLook]) -> tuple[str, ...]:
    return tuple(name for look in looks for name in look.assuming)


def _no_column(id: str, absent: str, parts: Parts) -> list[str]:
    """Why a role has no column."""
    paper, role = parts.paper, parts.role(id)
    if absent == "unstaffed":
        model = parts.models((parts.advice.recommendation.model,))
        return paper.paragraph(f"The {role} has no column, as {model} does not staff one.", 2)
    lines = paper.paragraph(f"The {role} has no column:", 2)
    for condition in parts.catalog.roles[id].absent_when:
        here = tuple(value for value in parts.wording.values(condition.variable) if value in condition.allowed)
        lines += paper.paragraph(f"- {parts.asked(condition.variable)} {parts.either(condition.variable, here)}", 4)
    return lines


def _letters(look: RuleLook, role: str) -> str:
    """What the rule would put into the role's cell."""
    cells = next((one.cells for one in look.effects if isinstance(one, Letters)), {})
    return cells.get(role, cells.get(LONE_MANAGER, "")) or "no letter"


def _role(why: RoleWhy, parts: Parts) -> list[str]:
    paper, role = parts.paper, parts.role(why.role)
    lines = parts.heading(capital(role))
    if why.absent:
        lines += _no_column(why.role, why.absent, parts)
    elif why.levels:
        lines += paper.paragraph(f"{parts.models((parts.advice.recommendation.model,))} staffs this role.", 2)
    lacks = {"not_available": "Nobody is available for it.", "not_paid_for": "There is no money for it."}.get(why.lacks)
    lines += paper.paragraph(lacks, 2) if lacks else []
    lines += parts.heading("How much work of its kind there is") if why.levels else []
    for at, level in enumerate(why.levels):
        lines += [*([""] if at else []), *parts.origin(level, 2)]
    if why.letters:
        rows = {row.id: clean(row.name) for row in parts.catalog.rows}
        lines += parts.heading("Its letters")
        lines += paper.labelled([(rows[row], letters) for row, letters in why.letters.items()], 2, share=0.8)
    return lines


def _several(why: SeveralWhy, parts: Parts) -> list[str]:
    several = parts.catalog.several[why.question]
    lines = parts.heading(clean(several.text))
    for part in why.parts:
        assumed = f"{ASSUMED}{because(part.reason, part.claims)}" if part.assumed else ""
        said = f"- {parts.asked(part.question)} {parts.said(part.question, part.value)}{assumed}. ({part.question})"
        lines += parts.paper.paragraph(said, 2, hang=2)
        for lead in part.instead.values():
            lines += parts.paper.paragraph(f"Otherwise: {parts.lead(lead)}.", 4, hang=2)
    return lines


def _question(why: QuestionWhy, parts: Parts) -> list[str]:
    paper = parts.paper
    lines = parts.heading(parts.asked(why.question))
    if why.assumed:
        said = (
            f"Nobody answered, so {parts.said(why.question, why.value)} was assumed{because(why.reason, why.claims)}."
        )
        lines += paper.paragraph(said, 2)
    else:
        lines += paper.paragraph(f"Here: {parts.said(why.question, why.value)}.", 2)
    came = origin_words(parts.advice.engagement.origin(why.question))
    lines += paper.paragraph(f"Where it comes from: {ended(came)}", 2) if came else []
    if why.value == NOT_ASKED:
        lines += paper.paragraph("It is asked only when:", 2) + parts.checks(why.asked_when, 4)
    if why.rules:
        lines += parts.heading("Rules that spoke on it")
        for look in why.rules:
            lines += parts.rule(look, 2, checks=False)
            lines += paper.paragraph(f"So: {_does(look, parts)}", 4, hang=2)
    if why.silent:
        lines += parts.heading("Rules that read it and stayed silent")
        lines += _briefly(why.silent, "", parts, indent=2)[2:]
    if why.instead:
        lines += parts.heading("Any other answer, all else as it is")
        for option, lead in why.instead.items():
            lines += paper.paragraph(f"- {parts.said(why.question, option)}: {parts.lead(lead)}", 2, hang=2)
    return lines
