"""Explanations of one thing as lines of text: a model, a finding, a rule or guardrail, a row, a cell, a question."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.catalog.rules import LONE_MANAGER
from advisor.documents.explain_parts import Parts
from advisor.documents.handbook_words import plural
from advisor.documents.words import capital, clean, ended, listed, margin_line, origin_words
from advisor.documents.words import number as counted
from advisor.explain.answers import NEAREST
from advisor.explain.values import (
    FAILS,
    HOLDS,
    Body,
    CellWhy,
    FindingWhy,
    ModelWay,
    ModelWhy,
    Origin,
    QuestionWhy,
    RowWhy,
    RuleLook,
    RuleWhy,
)
from advisor.model.advice import Advice
from advisor.model.rules import NOT_ASKED, UNANSWERED, WORK_ASKS_FOR, Letters


def thing(body: Body, advice: Advice, parts: Parts) -> list[str]:
    """What there is to say about one thing."""
    match body:
        case ModelWhy():
            return _model(body, advice, parts)
        case FindingWhy():
            return _finding(body, advice, parts)
        case RuleWhy():
            return _rule(body, parts)
        case RowWhy():
            return _row(body, advice, parts)
        case CellWhy():
            return _cell(body, advice, parts)
        case QuestionWhy():
            return _question(body, advice, parts)
        case _:
            return []


def _model(why: ModelWhy, advice: Advice, parts: Parts) -> list[str]:
    paper, name = parts.paper, parts.models((why.model,))
    if why.chosen:
        lines = parts.heading(f"Why {name}")
        for way in (way for way in why.ways if not way.staffing.fails):
            for look in (*way.asking, way.staffing):
                lines += parts.rule(look, 2) + paper.paragraph(f"So: {parts.effects(look)}", 4, hang=2)
        text = margin_line(advice)
        return lines + (["", *paper.paragraph(text, 2)] if text else [])
    lines = parts.heading(f"{name} is still possible" if why.possible else f"Why not {name}")
    ways = [way for way in why.ways if way.failing == 0] if why.possible else list(why.ways)
    full = ways[:NEAREST]
    first = f"{'These' if len(full) > 1 else 'This one'} still could:" if why.possible else _nearest(ways[0], parts)
    lines += paper.paragraph(
        f"{capital(counted(len(why.ways)))} {plural(len(why.ways), 'rule')} would recommend it. {first}", 2
    )
    told: tuple[str, ...] = ()
    for way in full:
        asking = tuple(look.rule for look in way.asking)
        lines += ["", *_way(way, parts, asking == told)]
        told = asking or told
    rest = [way.staffing for way in why.ways if way not in full]
    lines += _briefly(rest, "The others:", parts)
    return lines + _sets(why, advice, parts) + _origins(why.origins, parts)


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


def _sets(why: ModelWhy, advice: Advice, parts: Parts) -> list[str]:
    lines = parts.heading("What would lead to it")
    many = f"up to {counted(why.depth)} {plural(why.depth, 'answer')}"
    which = "missing answers" if why.possible else "answers changed"
    if not why.sets:
        return lines + parts.paper.paragraph(f"Nothing does with {many} {which.split()[-1]}; all were tried.", 2)
    lines += parts.paper.paragraph(f"With {many}, these and no others:", 2)
    return lines + parts.sets(why.sets, advice.engagement.answers, 2)


def _briefly(looks: Sequence[RuleLook], title: str, parts: Parts, indent: int = 4) -> list[str]:
    """Rules by name, with what each of them fails on."""
    lines = ["", f"  {title}"] if looks else []
    for look in looks:
        failing = [parts.short(check.variable) for check in look.checks if check.held == FAILS]
        waiting = [parts.short(check.variable) for check in look.failed]
        said = f"fails on {listed(failing)}" if failing else f"waits for {listed(waiting)}" if waiting else "holds"
        lines += parts.paper.paragraph(f"- {look.rule}: {said}", indent, hang=2)
    return lines


def _origins(origins: Sequence[Origin], parts: Parts) -> list[str]:
    lines = parts.heading("Where those findings come from") if origins else []
    for at, origin in enumerate(origins):
        lines += [*([""] if at else []), *parts.origin(origin, 2)]
    return lines


def _finding(why: FindingWhy, advice: Advice, parts: Parts) -> list[str]:
    paper, name = parts.paper, why.origin.finding
    lines = parts.heading(capital(parts.short(name)))
    if why.leaning is not None:
        lines += parts.leaning(why.leaning)
    else:
        lines += parts.origin(why.origin, 2)
    if why.rules:
        spoke = all(look.speaks for look in why.rules)
        lines += parts.heading("Rules that spoke" if spoke else "Rules that may speak")
        for look in why.rules:
            # where points are counted one by one above, the answers behind them stand there
            lines += parts.rule(look, 2, checks=why.origin.points is None)
            lines += paper.paragraph(f"So: {_does(look, parts)}", 4, hang=2)
    if why.others:
        shown = why.others[:MOST_OTHERS]
        lines += parts.heading("Rules that did not", "The nearest first.")
        for look in shown:
            lines += ["", *parts.rule(look, 2), *paper.paragraph(f"Would say: {_does(look, parts)}", 4, hang=2)]
        lines += _briefly(why.others[MOST_OTHERS:], "The others:", parts)
    if why.moves:
        lines += parts.heading("Single answers that would change it")
        for value, changes in why.moves.items():
            lines += paper.paragraph(f"to {parts.said(name, value)}:", 2)
            lines += parts.singles(changes, advice.engagement.answers, 4)
    return lines


MOST_OTHERS = 6


def _does(look: RuleLook, parts: Parts) -> str:
    """A topic's rule by the short names of what it adds to; any other in full."""
    return ended(parts.gives(look)) if parts.gives(look) else parts.effects(look)


def _rule(why: RuleWhy, parts: Parts) -> list[str]:
    paper, look = parts.paper, why.look
    what = "guardrail" if why.guardrail else "rule"
    spoke = "was given" if why.guardrail else "spoke"
    silent = "stayed silent"
    if why.shut:
        head = f"The {what} holds, but goes unheard"
    else:
        may = any(check.held == "open" for check in look.checks) and not look.fails
        head = f"The {what} {spoke if look.speaks else 'may still speak' if may else silent}"
    lines = parts.heading(f"{head}: {look.rule}") + parts.rule(look, 2)
    lines += paper.paragraph(f"{'It says' if look.speaks else 'It would say'}: {_does(look, parts)}", 4, hang=2)
    if why.shut:
        lines += paper.paragraph(f"Its row is left out: {ended(why.shut)}", 4, hang=2)
    lines += parts.heading("What it rests on")
    for claim in why.claims:
        lines += paper.paragraph(f"{claim.id}: {ended(clean(claim.text))}", 2, hang=2)
    if look.practice:
        lines += paper.paragraph(f"Practice: {ended(clean(look.practice))}", 2, hang=2)
    return lines + _origins(why.origins, parts)


def _row(why: RowWhy, advice: Advice, parts: Parts) -> list[str]:
    paper = parts.paper
    lines = parts.heading(f"{clean(why.name)} ({why.row})")
    if why.left_out:
        lines += paper.paragraph(f"Left out: {ended(why.left_out)}", 2)
        for look in why.out_by:
            lines += parts.rule(look, 2)
    elif why.letters:
        lines += paper.labelled([(capital(parts.role(role)), text) for role, text in why.letters.items()], 2)
        lines += parts.heading("By these rules")
        for look in why.spoke:
            lines += parts.rule(look, 2) + paper.paragraph(f"So: {parts.effects(look)}", 4, hang=2)
    else:
        lines += paper.paragraph("Without a recommendation there is no matrix yet.", 2)
    shown = [look for look in why.silent if look.rule not in {one.rule for one in why.out_by}]
    if shown:
        lines += parts.heading("Rules on this row that stayed silent", "The nearest first.")
        for look in shown:
            lines += ["", *parts.rule(look, 2), *paper.paragraph(f"Would say: {parts.effects(look)}", 4, hang=2)]
    return lines + _origins(why.origins, parts)


def _cell(why: CellWhy, advice: Advice, parts: Parts) -> list[str]:
    paper, role = parts.paper, parts.role(why.role)
    lines = parts.heading(f"{clean(why.row.name)}: {role}")
    if why.row.left_out:
        lines += paper.paragraph(f"The whole row is left out: {ended(why.row.left_out)}", 2)
        for look in why.row.out_by:
            lines += parts.rule(look, 2)
    elif why.absent == "unstaffed" and advice.recommendation.model is not None:
        model = parts.models((advice.recommendation.model,))
        lines += paper.paragraph(f"The {role} has no column, as {model} does not staff one.", 2)
    elif why.absent == "out_of_scope":
        lines += paper.paragraph(f"The {role} has no column:", 2)
        for condition in parts.catalog.roles[why.role].absent_when:
            here = tuple(value for value in parts.wording.values(condition.variable) if value in condition.allowed)
            lines += paper.paragraph(f"- {parts.asked(condition.variable)} {parts.either(condition.variable, here)}", 4)
    elif why.absent:
        lines += paper.paragraph("Without a recommendation there is no matrix yet.", 2)
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


def _letters(look: RuleLook, role: str) -> str:
    """What the rule would put into the role's cell."""
    cells = next((one.cells for one in look.effects if isinstance(one, Letters)), {})
    return cells.get(role, cells.get(LONE_MANAGER, "")) or "no letter"


def _question(why: QuestionWhy, advice: Advice, parts: Parts) -> list[str]:
    paper = parts.paper
    lines = parts.heading(parts.asked(why.question))
    lines += paper.paragraph(f"Here: {parts.said(why.question, why.value)}.", 2)
    came = origin_words(advice.engagement.origin(why.question))
    lines += paper.paragraph(f"Where it comes from: {ended(came)}", 2) if came else []
    if why.value == NOT_ASKED:
        lines += paper.paragraph("It is asked only when:", 2) + parts.checks(why.asked_when, 4)
    elif why.value == UNANSWERED:
        lines += paper.paragraph("Nothing is assumed in its place.", 2)
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
        for option, candidates in why.instead.items():
            same = candidates == tuple(advice.recommendation.candidates)
            leads = "no change of the recommendation" if same else parts.outcome(candidates)
            lines += paper.paragraph(f"- {parts.said(why.question, option)}: {leads}", 2, hang=2)
    return lines
