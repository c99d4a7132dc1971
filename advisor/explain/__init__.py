"""Why, why not, what would change it: explanations of one engagement's advice, from the rules themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from advisor.advise import advise, advise_fitting
from advisor.advise.session import Session, reference_session
from advisor.errors import InputError, Problem, did_you_mean
from advisor.explain.answers import why_finding, why_model, why_question, why_rule
from advisor.explain.changes import DEPTH
from advisor.explain.comparing import Comparison, compare
from advisor.explain.looking import Facts, facts_of
from advisor.explain.moving import row_moves
from advisor.explain.naming import Meant, what_is_meant
from advisor.explain.rows import why_cell, why_role, why_row
from advisor.explain.story import story
from advisor.explain.whys import Body
from advisor.model.advice import Advice
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog
from advisor.model.rules import UNANSWERED


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was asked about (`key`, empty for the whole story), what kind of thing that is, and what there is to say.

    `also` are the keys of other things that have the same id.
    """

    kind: str
    key: str
    advice: Advice
    body: Body
    also: tuple[str, ...] = ()


def explain(
    catalog: Catalog, engagement: Engagement, key: str = "", depth: int = DEPTH, session: Session | None = None
) -> Explanation:
    """Explain the advice on the engagement, whole or for one thing; InputError when `key` names nothing, or several.

    The advice itself is worked out as always (by the checked engine unless `session` says otherwise); what-ifs ask the
    reference evaluator.
    """
    meant = what_is_meant(catalog, key)  # before any work: a slip of the pen should not have to wait
    advice = advise(catalog, engagement, session)
    facts = facts_of(catalog, advice, session or reference_session(catalog))
    return Explanation(meant.kind, meant.key, advice, _body(facts, meant, depth), meant.also)


def _body(facts: Facts, meant: Meant, depth: int) -> Body:
    catalog = facts.catalog
    rows = {row.id: row for row in catalog.rows}
    match meant.kind:
        case "story":
            return story(facts, depth)
        case "cell":
            row, _, rest = meant.id.partition(":")
            role, _, letters = rest.partition("=")
            return why_cell(facts, rows[row], catalog.roles[role], letters)
        case "model":
            return why_model(facts, meant.id, depth)
        case "finding":
            return why_finding(facts, meant.id)
        case "row":
            return replace(why_row(facts, rows[meant.id]), moves=row_moves(facts, rows[meant.id]))
        case "role":
            return why_role(facts, catalog.roles[meant.id])
        case "question":
            return why_question(facts, meant.id)
    table, rule = next((table, rule) for table in catalog.tables() for rule in table.rules if rule.id == meant.id)
    return why_rule(facts, table, rule)


def before_and_after(
    catalog: Catalog, engagement: Engagement, changes: Iterable[str], session: Session | None = None
) -> tuple[Advice, Advice, Comparison]:
    """Both pieces of advice and what differs; each change is `question=option`, or `question=unanswered`.

    A question with several answers takes its options with commas between, or `none`. InputError names every mistake.
    """
    answers = dict(engagement.answers)
    moved: dict[str, tuple[str, str]] = {}
    for question, option in _read_changes(catalog, changes).items():
        moved[question] = (answers.pop(question, UNANSWERED), option)
        if option != UNANSWERED:
            answers[question] = option
    before = advise(catalog, engagement, session)
    after = advise_fitting(catalog, replace(engagement, answers=answers), session)
    return before, after, compare(before, after, moved)


def _read_changes(catalog: Catalog, changes: Iterable[str]) -> dict[str, str]:
    wanted: dict[str, str] = {}
    problems: list[Problem] = []
    for change in changes:
        question, _, given = (part.strip() for part in change.partition("="))
        try:
            for name, option in _read_change(catalog, question, given).items():
                if name in wanted:
                    problems.append(Problem("--set", 0, change, f"{name} is set twice"))
                wanted[name] = option
        except ValueError as wrong:
            problems.append(Problem("--set", 0, change, str(wrong)))
    if problems:
        raise InputError(problems)
    return wanted


def _read_change(catalog: Catalog, name: str, given: str) -> dict[str, str]:
    """The questions that one `--set` answers; ValueError says what is wrong with it."""
    if name in catalog.several:
        parts = catalog.several[name].parts
        if given == UNANSWERED:
            return dict.fromkeys(parts.values(), UNANSWERED)
        chosen = [one.strip() for one in given.split(",")] if given not in ("", "none") else []
        for one in chosen:
            if one not in parts:
                raise ValueError(f"{one!r} is none of {', '.join(parts)}{did_you_mean(one, parts)}")
        return {part: "yes" if option in chosen else "no" for option, part in parts.items()}
    known = catalog.questions.get(name)
    if known is None:
        raise ValueError(f"{name!r} is no question{did_you_mean(name, (*catalog.questions, *catalog.several))}")
    if given not in (*known.option_ids, UNANSWERED):
        near = did_you_mean(given, known.option_ids)
        raise ValueError(f"{given!r} is none of {', '.join(known.option_ids)}{near}")
    return {name: given}


__all__ = ["Comparison", "Explanation", "before_and_after", "explain", "what_is_meant"]
