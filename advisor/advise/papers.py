"""What a document beside the matrix says: its passages, which no advice depends on, fired when one is wanted."""

from __future__ import annotations

from dataclasses import replace

from advisor.advise.assumptions import others, resting
from advisor.advise.session import session_for
from advisor.advise.state import conclude
from advisor.model.advice import Advice, PassageItem
from advisor.model.rulebook import Catalog
from advisor.model.rules import Passage


def with_passages(catalog: Catalog, advice: Advice, paper: str) -> Advice:
    """The advice, reached on the catalog, with the passages of one of PAPERS, the weightiest of each part first.

    Raises BrokenInvariant when the rules engine and the second evaluator differ on one.
    """
    session = session_for(catalog)
    answers = advice.engagement.answers
    state = conclude(catalog, answers, session)
    spoke = [rule for table in catalog.papers for rule in session.evaluator.rules(table, state.values)]
    said = [(rule, one) for rule in spoke for one in rule.effects if isinstance(one, Passage)]
    said = [(rule, one) for rule, one in said if one.part.startswith(f"{paper}_")]
    rests = resting(state, others(catalog, answers, state, session), {rule.id: rule for rule, _ in said}.values())
    items = [PassageItem(one, rule.id, rule.says, rule.grounds) for rule, one in said]
    return replace(
        advice,
        passages=tuple(sorted(items, key=lambda item: -item.passage.rank)),
        assuming={**advice.assuming, **rests},
    )
