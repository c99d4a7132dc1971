"""Random engagements for property tests: any option or none for any question."""

from __future__ import annotations

import random
from collections.abc import Mapping

from hypothesis import strategies as st

from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog
from advisor.verify import assumed
from advisor.verify.faults import random_answers as by_chance


def answers(catalog: Catalog, gaps: bool = True) -> st.SearchStrategy[dict[str, str]]:
    """Answers to all questions, or with `gaps` to some of them, skip logic ignored as people do."""
    options = {question.id: st.sampled_from(question.option_ids) for question in catalog.questions.values()}
    return st.fixed_dictionaries({}, optional=options) if gaps else st.fixed_dictionaries(options)


def partly(catalog: Catalog, seed: int) -> dict[str, str]:
    """Answers to some questions, from all but a few of them to hardly any."""
    missing = (0.02, 0.05, 0.1, 0.3, 0.6, 0.95)
    return random_answers(catalog, seed, missing[seed % len(missing)])


def few_open(catalog: Catalog, seed: int) -> dict[str, str]:
    """Answers with so few questions open that every way to answer them can be gone through."""
    return assumed.few_open(catalog, random.Random(seed))


def random_answers(catalog: Catalog, seed: int, missing: float = 0.0) -> dict[str, str]:
    """One set of answers from a seed; each question is left out with probability `missing`."""
    return by_chance(catalog, random.Random(seed), missing)


def engagement(given: Mapping[str, str]) -> Engagement:
    """An engagement with nothing but answers."""
    return Engagement("random", "Random", "", dict(given), {}, {})
