"""What carries a role and what stands in its way: the gaps that matter most first, each with one way to close it."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.advise.findings import because
from advisor.fit.session import Concluded, FitSession, conclude
from advisor.model.advice import Reason
from advisor.model.fit import Gap, Look, RoleFit, Strength
from advisor.model.person import FitStep, Person, PersonRules
from advisor.model.rules import UNKNOWN, Rule, Score

_DIGITS = 9  # what differs by less is equal, and the questionnaire's order decides


def role_fit(rules: PersonRules, person: Person, step: FitStep, found: Concluded, session: FitSession) -> RoleFit:
    """One role: its fit and the reasons for it, what carries it, and the gaps."""
    possible = tuple(found.fits[step.role])
    labels = step.finding.labels
    gaps = _gaps(rules, person, step, found, session)
    return RoleFit(
        role=step.role,
        name=step.name,
        fit=possible[0] if len(possible) == 1 else UNKNOWN,
        label=" or ".join(labels[one] for one in possible),
        labels=labels,
        possible=possible,
        reasons=reasons_for(step, found, session) if len(possible) == 1 else (),
        strengths=_strengths(rules, step, found),
        gaps=gaps[: rules.most_gaps],
        more_gaps=max(0, len(gaps) - rules.most_gaps),
        not_seen=tuple(look_of(rules, name) for name in rules.asked_for(step) if name not in person.answers),
    )


def gap_of(rules: PersonRules, competency: str, step: str, needs: str, because: str = "") -> Gap:
    """A competency seen at `step` where `needs` is needed."""
    grown, known = rules.growth[competency], rules.competencies[competency]
    return Gap(competency, grown.about, known.text, step, needs, grown.ways.get(step, ""), known.cites, because)


def look_of(rules: PersonRules, competency: str) -> Look:
    """What to look at to see a competency."""
    grown = rules.growth[competency]
    return Look(competency, grown.about, rules.competencies[competency].text, grown.not_seen)


def below(rules: PersonRules, step: str, needs: str) -> int:
    """How many steps one is below the other; 0 or less where it is not."""
    return rules.steps.index(needs) - rules.steps.index(step)


def reasons_for(step: FitStep, found: Concluded, session: FitSession) -> tuple[Reason, ...]:
    """The rule that concluded the fit, where the findings it reads are all known."""
    values: Mapping[str, str] = {name: value for topic in found.topics for name, value in topic.values.items()}
    if any(values[name] == UNKNOWN for name in step.conclusion.table.names):
        return ()
    fired = session.evaluator.rules(step.conclusion.table, values)
    return tuple(Reason(rule.id, rule.says, rule.grounds, because(rule, values)) for rule in fired)


def _strengths(rules: PersonRules, step: FitStep, found: Concluded) -> tuple[Strength, ...]:
    """What carries the role, that which counts most first; of each competency the rule of its highest step."""
    carrying = set(rules.steps[rules.steps.index(rules.carries_from) :])
    read = set(step.conclusion.table.names)
    highest: dict[str, Rule] = {}
    points: dict[str, int] = {}
    for topic in found.topics:
        if read.isdisjoint(topic.values):
            continue
        for rule in topic.fired:
            name = rule.when[0].variable
            points[name] = points.get(name, 0) + sum(one.points for one in rule.effects if isinstance(one, Score))
            if rule.when[0].allowed <= carrying:
                highest[name] = rule
    order = {name: at for at, name in enumerate(rules.questions)}
    names = sorted(highest, key=lambda name: (-points[name], order[name]))
    return tuple(
        Strength(name, rules.growth[name].about, highest[name].id, highest[name].says, highest[name].grounds)
        for name in names
    )


def _gaps(rules: PersonRules, person: Person, step: FitStep, found: Concluded, session: FitSession) -> tuple[Gap, ...]:
    """What was seen below the step that carries: first what would bring the fit nearest if it were closed alone."""
    rank = {value: at for at, value in enumerate(step.finding.values)}
    now = found.fits[step.role]
    before = _points(found)

    def worth(name: str) -> tuple[float, int]:
        answers = {**person.answers, name: rules.carries_from}
        then = conclude(rules, answers, session)
        nearer = sum(rank[value] * chance for value, chance in then.fits[step.role].items())
        nearer -= sum(rank[value] * chance for value, chance in now.items())
        return -round(nearer, _DIGITS), before - _points(then)

    short = [
        name
        for name in rules.asked_for(step)
        if name in person.answers and below(rules, person.answers[name], rules.carries_from) > 0
    ]
    return tuple(gap_of(rules, name, person.answers[name], rules.carries_from) for name in sorted(short, key=worth))


def _points(found: Concluded) -> int:
    return sum(
        one.points for topic in found.topics for rule in topic.fired for one in rule.effects if isinstance(one, Score)
    )
