"""The recommendation: the verdict with its reasons, how sure it is, and the assumptions that matter."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from advisor.advise.assumptions import MOST, Other, assumptions
from advisor.advise.findings import because
from advisor.advise.session import Session
from advisor.advise.state import State
from advisor.model.advice import Reason, Recommendation
from advisor.model.rulebook import Catalog

SETTLED, LIKELY, LEANING = "settled", "likely", "leaning"


def recommend(
    catalog: Catalog, answers: Mapping[str, str], state: State, tried: tuple[Other, ...], session: Session
) -> Recommendation:
    """What to tell of the verdict on these answers; `tried` are all others to what is open."""
    verdict = state.verdict
    model = catalog.models[verdict.model]
    shares = session.outlook.shares(answers) if state.reading.unanswered else {verdict.model: Fraction(1)}
    others = [name for name in shares if name != verdict.model]
    matter = assumptions(catalog, state, tried)
    return Recommendation(
        status=status(catalog, shares, verdict.model),
        model=model.id,
        share=shares[model.id],
        shares=shares,
        asks_for=verdict.asks_for,
        not_available=verdict.not_available,
        not_paid_for=verdict.not_paid_for,
        title=model.title,
        summary=model.summary,
        watch=model.watch,
        runner_up=max(others, key=shares.__getitem__, default=None),
        reasons=tuple(
            [Reason(rule.id, rule.says, rule.grounds, because(rule, state.values)) for rule in verdict.rules]
        ),
        assumptions=tuple(matter[:MOST]),
        more_assumptions=len(state.reading.unanswered) - len(matter[:MOST]),
        headline=model.headline,
    )


def status(catalog: Catalog, shares: Mapping[str, Fraction], model: str) -> str:
    """How sure a model with these shares of the outlook is."""
    if len(shares) == 1:
        return SETTLED
    return LIKELY if shares[model] >= catalog.outlook.likely_from else LEANING
