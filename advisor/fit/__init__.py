"""Role fit of a person: from what was seen to the fit for each role, what carries it, and how to grow."""

from __future__ import annotations

from advisor.advise.findings import because
from advisor.advise.given import check_answers
from advisor.advise.reading import read_answers
from advisor.fit.engagement import held_against
from advisor.fit.gaps import look_of, reasons_for, role_fit
from advisor.fit.session import Concluded, FitSession, conclude, session_for
from advisor.fit.settling import settles_most
from advisor.model.advice import Advice, Reason
from advisor.model.fit import OPEN, SETTLED, TOO_LITTLE_SEEN, Fit, Seen
from advisor.model.person import Person, PersonRules

__all__ = ["FitSession", "fit", "session_for"]

_TOO_LITTLE = "Too little has been seen to say which role suits"


def fit(rules: PersonRules, person: Person, advice: Advice | None = None, session: FitSession | None = None) -> Fit:
    """The fit of a person; with `advice`, for that engagement too. Threads may call this at the same time.

    Raises InputError where an answer is no step of a competency that is asked for, and BrokenInvariant when the rules
    contradict themselves or engine and reference differ.
    """
    check_answers(rules, person.answers, person.id)
    session = session or session_for(rules)
    found = conclude(rules, person.answers, session)
    candidates = tuple(found.results)
    settled = len(candidates) == 1
    too_little = len(candidates) > rules.too_little_above
    return Fit(
        person=person,
        status=TOO_LITTLE_SEEN if too_little else SETTLED if settled else OPEN,
        result=TOO_LITTLE_SEEN if too_little else candidates[0] if settled else None,
        candidates=candidates,
        title=_title(rules, candidates),
        reasons=_reasons(rules, found, session) if settled else (),
        roles=tuple(role_fit(rules, person, step, found, session) for step in rules.fits),
        findings=tuple(finding for topic in found.topics for finding in topic.findings),
        seen=tuple(_seen(rules, person, name) for name in rules.questions),
        settle=() if settled else settles_most(rules, person.answers, session),
        engagement=held_against(rules, person, advice) if advice is not None else None,
        steps=rules.step_words,
        claims=rules.claims,
        claims_from=rules.claims_from,
        version=rules.version,
        digest=rules.digest,
    )


def _title(rules: PersonRules, candidates: tuple[str, ...]) -> str:
    labels = [rules.result.findings[0].labels[one] for one in candidates]
    if len(labels) > rules.too_little_above:
        return _TOO_LITTLE
    if len(labels) == 1:
        return labels[0][:1].upper() + labels[0][1:]
    return f"Open: {', '.join(labels[:-1])}, or {labels[-1]}"


def _reasons(rules: PersonRules, found: Concluded, session: FitSession) -> tuple[Reason, ...]:
    """The rule that gave the result; where it is settled before both fits are, the rules that gave those known."""
    fits = {step.finding.id: tuple(found.fits[step.role]) for step in rules.fits}
    if any(len(values) > 1 for values in fits.values()):
        known = [step for step in rules.fits if len(found.fits[step.role]) == 1]
        return tuple(reason for step in known for reason in reasons_for(step, found, session))
    values = {name: values[0] for name, values in fits.items()}
    fired = session.evaluator.rules(rules.result.table, values)
    return tuple(Reason(rule.id, rule.says, rule.grounds, because(rule, values)) for rule in fired)


def _seen(rules: PersonRules, person: Person, name: str) -> Seen:
    step = read_answers(rules, person.answers).values[name]
    shown = step if step in rules.steps else ""
    label = rules.questions[name].label(shown) if shown else ""
    look = look_of(rules, name)
    return Seen(name, look.about, look.text, shown, label)
