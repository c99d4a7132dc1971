"""Explanations of one thing as lines of text: a model, a finding, a rule or guardrail, a question."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.documents.explain import explain_rows
from advisor.documents.explain.explain_parts import Parts
from advisor.documents.explain.explain_words import ASSUMED, because
from advisor.documents.handbook.handbook_words import plural
from advisor.documents.shared.words import capital, clean, ended, listed, origin_words
from advisor.documents.shared.words import number as counted
from advisor.explain.answers import NEAREST
from advisor.explain.differing import percent
from advisor.explain.values import FAILS, HOLDS, RuleLook
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
from advisor.model.rules import NOT_ASKED, WORK_ASKS_FOR


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
            return explain_rows.row(body, parts)
        case CellWhy():
            return explain_rows.cell(body, parts)
        case RoleWhy():
            return explain_rows.role(body, parts)
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
    return lines + _sets(why, parts) + explain_rows.origins(why.origins, parts)


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
    return lines + explain_rows.origins(why.origins, parts)


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
