"""Why, why not, what would change it: explanations of one engagement's advice, from the rules themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from advisor.advise import advise
from advisor.advise.session import Session, reference_session
from advisor.errors import InputError, Problem, did_you_mean
from advisor.explain.answers import why_finding, why_model, why_question, why_rule
from advisor.explain.changes import DEPTH
from advisor.explain.comparing import Comparison, compare
from advisor.explain.looking import Facts, facts_of
from advisor.explain.rows import why_cell, why_row
from advisor.explain.story import story
from advisor.explain.values import Body
from advisor.model.advice import Advice, Engagement
from advisor.model.rulebook import Catalog
from advisor.model.rules import MODEL, UNANSWERED

LETTERS = ("R", "A", "C", "I", "A/R")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was asked about (`key`, empty for the whole story), what kind of thing that is, and what there is to say.

    `also` are the keys of other things that have the same name.
    """

    kind: str
    key: str
    advice: Advice
    body: Body
    also: tuple[str, ...] = ()


def explain(
    catalog: Catalog, engagement: Engagement, key: str = "", depth: int = DEPTH, session: Session | None = None
) -> Explanation:
    """Explain the advice on the engagement, whole or for one thing; InputError when `key` names nothing.

    The advice itself is worked out as always (by the checked engine unless `session` says otherwise); what-ifs ask the
    reference evaluator.
    """
    kind, *others = what_is_meant(catalog, key)  # before any work: a slip of the pen should not have to wait
    advice = advise(catalog, engagement, session)
    facts = facts_of(catalog, engagement.answers, session or reference_session(catalog))
    name = key.removeprefix(f"{kind}:") if kind not in ("cell", "story") else key
    return Explanation(kind, key, advice, _body(facts, advice, kind, name, depth), tuple(f"{o}:{key}" for o in others))


def before_and_after(
    catalog: Catalog, engagement: Engagement, changes: Iterable[str], session: Session | None = None
) -> tuple[Advice, Advice, Comparison]:
    """Both pieces of advice and what differs; each change is `question=option`, or `question=unanswered`."""
    answers = dict(engagement.answers)
    moved: dict[str, tuple[str, str]] = {}
    for question, option in _read_changes(catalog, changes).items():
        moved[question] = (answers.get(question, UNANSWERED), option)
        answers.pop(question, None)
        if option != UNANSWERED:
            answers[question] = option
    before = advise(catalog, engagement, session)
    after = advise(catalog, replace(engagement, answers=answers), session)
    return before, after, compare(before, after, moved)


def _read_changes(catalog: Catalog, changes: Iterable[str]) -> Mapping[str, str]:
    wanted: dict[str, str] = {}
    problems = []
    for change in changes:
        question, _, option = (part.strip() for part in change.partition("="))
        known = catalog.questions.get(question)
        if known is None:
            near = did_you_mean(question, catalog.questions)
            problems.append(Problem("--set", 0, change, f"{question!r} is no question{near}"))
        elif option not in (*known.option_ids, UNANSWERED):
            near = did_you_mean(option, known.option_ids)
            problems.append(Problem("--set", 0, change, f"{option!r} is none of {', '.join(known.option_ids)}{near}"))
        elif question in wanted:
            problems.append(Problem("--set", 0, change, f"{question} is set twice"))
        else:
            wanted[question] = option
    if problems:
        raise InputError(problems)
    return wanted


def what_is_meant(catalog: Catalog, key: str) -> tuple[str, ...]:
    """The kinds of thing that `key` names, the likeliest first; InputError with the nearest name when there is none.

    A kind in front (`guardrail:no_owner`) tells things of one name apart.
    """
    if not key:
        return ("story",)
    kinds = _kinds(catalog)
    before, colon, rest = key.partition(":")
    if colon and before in kinds and before not in kinds["row"]:
        if rest not in kinds[before]:
            raise _unknown(key, f"{rest!r} is no {before}{did_you_mean(rest, kinds[before])}")
        return (before,)
    if colon:
        _check_cell(catalog, key, kinds["row"])
        return ("cell",)
    found = tuple(kind for kind, names in kinds.items() if key in names)
    if not found:
        near = did_you_mean(key, dict.fromkeys(name for names in kinds.values() for name in names))
        raise _unknown(key, f"is no model, finding, row, cell (row:role), question, guardrail or rule{near}")
    return found


def _kinds(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    guardrails = tuple(rule.id for table in catalog.guardrails for rule in table.rules)
    return {
        "model": tuple(catalog.models),
        "finding": (*catalog.findings, *(() if MODEL in catalog.findings else (MODEL,))),
        "row": tuple(row.id for row in catalog.rows),
        "question": tuple(catalog.questions),
        "guardrail": guardrails,
        "rule": tuple(rule.id for rule in catalog.rules() if rule.id not in guardrails),
    }


def _check_cell(catalog: Catalog, key: str, rows: tuple[str, ...]) -> None:
    row, _, rest = key.partition(":")
    role, equals, letters = rest.partition("=")
    if row not in rows:
        raise _unknown(key, f"{row!r} is no row of the matrix{did_you_mean(row, (*rows, *_kinds(catalog)))}")
    if role not in catalog.roles:
        known = did_you_mean(role, catalog.roles) or f" (known: {', '.join(catalog.roles)})"
        raise _unknown(key, f"{role!r} is no role{known}")
    if equals and letters not in LETTERS:
        raise _unknown(key, f"{letters!r} is none of {', '.join(LETTERS)}")


def _unknown(key: str, message: str) -> InputError:
    return InputError([Problem("explain", 0, key[:80], message)])


def _body(facts: Facts, advice: Advice, kind: str, key: str, depth: int) -> Body:
    catalog = facts.catalog
    rows = {row.id: row for row in catalog.rows}
    if kind == "cell":
        row, _, rest = key.partition(":")
        role, _, letters = rest.partition("=")
        return why_cell(facts, advice, rows[row], catalog.roles[role], letters)
    if kind == "story":
        return story(facts, advice, depth)
    if kind == "model":
        return why_model(facts, key, depth)
    if kind == "finding":
        return why_finding(facts, key)
    if kind == "row":
        return why_row(facts, advice, rows[key])
    if kind == "question":
        return why_question(facts, key)
    table, rule = next((table, rule) for table in catalog.tables() for rule in table.rules if rule.id == key)
    return why_rule(facts, advice, table, rule)


__all__ = ["Comparison", "Explanation", "before_and_after", "explain", "what_is_meant"]
