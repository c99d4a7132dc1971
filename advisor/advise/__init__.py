"""From answers to advice: topics, recommendation, split, matrix, guardrails and profiles, in that order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from advisor.advise.evaluator import Evaluator
from advisor.advise.findings import TopicResult, points_for
from advisor.advise.matrix import build_matrix
from advisor.advise.reading import read_answers
from advisor.advise.recommendation import Verdict, decide
from advisor.advise.session import Session, session_for
from advisor.advise.split import build_split
from advisor.advise.state import State, conclude
from advisor.model.advice import (
    Advice,
    Engagement,
    EvidenceItem,
    FindingValue,
    GuardrailItem,
    Matrix,
    Names,
    Orientation,
    Profile,
    ProfileItem,
    Reading,
    Reason,
    Recommendation,
    RoleSense,
    Split,
)
from advisor.model.rulebook import Catalog
from advisor.model.rules import (
    DELIVERY_MANAGER,
    MODEL,
    ORIENTATION,
    PROJECT_MANAGER,
    UNANSWERED,
    UNKNOWN,
    WORK_ASKS_FOR,
    Guardrail,
    Look,
    Rule,
    Sense,
    Table,
)

__all__ = ["State", "advise", "conclude", "read_answers"]


def advise(catalog: Catalog, engagement: Engagement, session: Session | None = None) -> Advice:
    """Return the advice on one engagement whose answers are known questions and options of the catalog.

    `session` remembers what fired, by default for all advice on the catalog. Raises BrokenInvariant when the rulebook
    contradicts itself or engine and reference differ.
    """
    session = session or session_for(catalog)
    evaluator = session.evaluator
    state = conclude(catalog, engagement.answers, session)
    reading, topics, verdict, values = state.reading, state.topics, state.verdict, state.values
    recommendation = _recommend(catalog, state, session)
    matrix, split = Matrix((), (), ()), Split({}, ())
    if verdict.leading is not None:
        model = catalog.models[verdict.leading.model]
        matrix = build_matrix(catalog, model, values, evaluator)
        present = {row.phase for row in matrix.activities}
        phases = [phase for phase in catalog.phases if phase.id in present]
        split = build_split(model, phases, evaluator.rules(catalog.split, values))
    evidence = _evidence(topics, reading)
    later = (catalog.split, catalog.phase_rules, *catalog.guardrails, *catalog.profiles, catalog.role_sense)
    fired = {rule.id for topic in topics for rule in topic.fired} | {reason.rule for reason in recommendation.reasons}
    fired |= {rule for row in matrix.activities for rule in row.rules} | {one.rule for one in matrix.left_out}
    fired |= {rule.id for rule in _fired(later, values, evaluator)}
    return Advice(
        engagement=engagement,
        recommendation=recommendation,
        orientation=Orientation(
            sum(item.points for item in evidence if item.favours == DELIVERY_MANAGER),
            sum(item.points for item in evidence if item.favours == PROJECT_MANAGER),
            values[ORIENTATION],
        ),
        findings=tuple(
            _finding(catalog, finding.id, values[finding.id], result)
            for topic, result in zip(catalog.topics, topics, strict=True)
            for finding in topic.findings
        ),
        split=split,
        matrix=matrix,
        evidence=evidence,
        profiles=_profiles(catalog, verdict, values, evaluator),
        guardrails=_guardrails(catalog, values, evaluator),
        unanswered=reading.unanswered,
        set_aside=reading.set_aside,
        role_sense=_role_sense(catalog, values, evaluator),
        version=catalog.version,
        digest=catalog.digest,
        names=names_of(catalog),
        fired=frozenset(fired),
    )


def _recommend(catalog: Catalog, state: State, session: Session) -> Recommendation:
    verdict = state.verdict
    leading = verdict.leading
    if leading is None:
        return Recommendation(
            status="too_little",
            model=None,
            candidates=(),
            asks_for=None,
            unstaffed=(),
            title="Too little is known for a recommendation",
            summary="More ways of staffing remain possible than would be of use. Answer the open questions first.",
            watch="",
            margin=None,
            runner_up=None,
            reasons=(),
        )
    model = catalog.models[leading.model]
    others = [candidate for candidate in verdict.candidates if candidate != leading.model]
    undecided = Recommendation(
        status="open",
        model=model.id,
        candidates=verdict.candidates,
        asks_for=leading.asks_for,
        unstaffed=leading.unstaffed,
        title=model.title,
        summary=model.summary,
        watch=model.watch,
        margin=0,
        runner_up=next(iter(others), None),
        reasons=(),
    )
    if others:
        return undecided
    _, rules = decide(catalog, verdict.values, session.evaluator)
    margin = session.margins.of(state.possible, leading.model)
    return replace(
        undecided,
        status="settled",
        margin=margin.distance,
        runner_up=margin.runner_up,
        reasons=tuple(Reason(rule.id, rule.says, rule.grounds, _because(rule, state.values)) for rule in rules),
        steps=margin.steps,
    )


def _because(rule: Rule, values: Mapping[str, str]) -> dict[str, str]:
    return {condition.variable: values[condition.variable] for condition in rule.when}


def _finding(catalog: Catalog, name: str, value: str, result: TopicResult) -> FindingValue:
    finding = catalog.findings[name]
    points = points_for(finding, result.fired) if finding.bands else None
    return FindingValue(name, value, finding.text, finding.labels.get(value, "not known yet"), points)


def _evidence(topics: tuple[TopicResult, ...], reading: Reading) -> tuple[EvidenceItem, ...]:
    return tuple(
        EvidenceItem(rule.id, rule.says, rule.grounds, _because(rule, reading.values), one.favours, one.points)
        for topic in topics
        for rule, one in topic.evidence
    )


def _fired(tables: tuple[Table, ...], values: Mapping[str, str], evaluator: Evaluator) -> list[Rule]:
    """Rules of those tables that can be read: without a recommendation, what reads the model is silent."""
    return [
        rule
        for table in tables
        if all(name in values for name in table.names)
        for rule in evaluator.rules(table, values)
    ]


def _guardrails(catalog: Catalog, values: Mapping[str, str], evaluator: Evaluator) -> tuple[GuardrailItem, ...]:
    return tuple(
        GuardrailItem(rule.id, one.text, rule.id, rule.grounds, _because(rule, values))
        for rule in _fired(catalog.guardrails, values, evaluator)
        for one in rule.effects
        if isinstance(one, Guardrail)
    )


def _profiles(
    catalog: Catalog, verdict: Verdict, values: Mapping[str, str], evaluator: Evaluator
) -> tuple[Profile, ...]:
    if verdict.leading is None:
        return ()
    looks = [
        (rule, one)
        for rule in _fired(catalog.profiles, values, evaluator)
        for one in rule.effects
        if isinstance(one, Look)
    ]
    return tuple(
        Profile(role, tuple(_look(catalog, rule, one) for rule, one in looks if one.role == role))
        for role in catalog.models[verdict.leading.model].staffs
    )


def _look(catalog: Catalog, rule: Rule, look: Look) -> ProfileItem:
    competency = catalog.competencies[look.competency]
    return ProfileItem(competency.id, competency.text, tuple(dict.fromkeys(competency.cites + rule.grounds)), rule.says)


def _role_sense(catalog: Catalog, values: Mapping[str, str], evaluator: Evaluator) -> RoleSense:
    fired = _fired((catalog.role_sense,), values, evaluator)
    note = " ".join(one.note for rule in fired for one in rule.effects if isinstance(one, Sense))
    means = next((values[name] for name in catalog.role_sense.names if name in values), UNANSWERED)
    return RoleSense(means, note)


@lru_cache(maxsize=4)
def names_of(catalog: Catalog) -> Names:
    """The words for every id that advice on this catalog may mention."""
    labels = {question.id: {one.id: one.label for one in question.options} for question in catalog.questions.values()}
    labels |= {finding.id: dict(finding.labels) for finding in catalog.findings.values()}
    models = {model.id: model.name for model in catalog.models.values()}
    labels |= {MODEL: models, WORK_ASKS_FOR: models}
    return Names(
        roles=catalog.roles,
        phases=catalog.phases,
        models=models,
        questions={question.id: question.text for question in catalog.questions.values()}
        | {finding.id: finding.text for finding in catalog.findings.values()},
        options=labels,
        claims=catalog.claims,
        claims_from=catalog.claims_from,
        bands={**catalog.findings[ORIENTATION].labels, UNKNOWN: "not known yet"},
    )
