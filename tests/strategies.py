"""Random engagements for property tests: any option or none for any question."""

from __future__ import annotations

import random
from collections.abc import Mapping

from hypothesis import strategies as st

from advisor.model.advice import Engagement
from advisor.model.rulebook import Catalog


def answers(catalog: Catalog, gaps: bool = True) -> st.SearchStrategy[dict[str, str]]:
    """Answers to all questions, or with `gaps` to some of them, skip logic ignored as people do."""
    options = {question.id: st.sampled_from(question.option_ids) for question in catalog.questions.values()}
    return st.fixed_dictionaries({}, optional=options) if gaps else st.fixed_dictionaries(options)


def random_answers(catalog: Catalog, seed: int, missing: float = 0.0) -> dict[str, str]:
    """One set of answers from a seed; each question is left out with probability `missing`."""
    chance = random.Random(seed)
    return {
        question.id: chance.choice(question.option_ids)
        for question in catalog.questions.values()
        if chance.random() >= missing
    }


def engagement(given: Mapping[str, str]) -> Engagement:
    """An engagement with nothing but answers."""
    return Engagement("random", "Random", "", dict(given), {}, {})
