"""Every claim of the article on roles, results, environment and choice moves the advice on some engagement."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import lru_cache

import pytest

from advisor import reference
from advisor.advise import State, conclude
from advisor.advise.evaluator import Evaluator
from advisor.advise.session import Session
from advisor.errors import BrokenInvariant
from advisor.model.rulebook import Catalog
from advisor.verify.faults import random_answers
from advisor.verify.mutate import with_table

KINDS = ("RF", "KR", "WE", "CO")
MOST = 400


@lru_cache(maxsize=1)
def engagements(catalog: Catalog) -> list[dict[str, str]]:
    chance = random.Random(14)
    return [random_answers(catalog, chance, number % 4 / 4) for number in range(MOST)]


def told(catalog: Catalog, answers: dict[str, str], session: Session) -> tuple[object, ...]:
    """Model, levels and who leads each phase; nothing where the steps no longer say."""
    try:
        state: State = conclude(catalog, answers, session)
        leads = [(line.phase, line.lead) for line in session.layouts(state.values).split.phases]
    except BrokenInvariant:
        return ()
    return state.verdict.model, [one.level for one in state.levels], leads


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_claim_the_advice_is_another(catalog: Catalog, kind: str) -> None:
    """Taking away all rules that cite it changes the model, a level or a lead of some engagement."""
    idle = []
    whole = Session(catalog, Evaluator(reference.fire), Evaluator(reference.fire))
    for claim in (name for name in catalog.claims if name.startswith(kind)):
        without = catalog
        for table in catalog.tables():
            rest = tuple(rule for rule in table.rules if claim not in rule.cites)
            if len(rest) < len(table.rules):
                without = with_table(without, replace(table, rules=rest))
        session = Session(without, Evaluator(reference.fire), Evaluator(reference.fire))
        if not any(told(catalog, one, whole) != told(without, one, session) for one in engagements(catalog)):
            idle.append(claim)
    assert idle == []
