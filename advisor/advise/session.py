"""What is remembered between advices on one catalog: fired tables, what-if questions, margins."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from advisor import reference
from advisor.advise.evaluator import Evaluator
from advisor.advise.recommendation import Margins
from advisor.model.rulebook import Catalog


@dataclass(frozen=True, slots=True)
class Session:
    """`evaluator` decides the advice; `what_if` and `margins` answer the many questions that give none themselves."""

    evaluator: Evaluator
    what_if: Evaluator
    margins: Margins


@lru_cache(maxsize=4)
def session_for(catalog: Catalog) -> Session:
    """The one session that all advice on this catalog shares: the checked engine, and the reference for what-ifs."""
    what_if = Evaluator(reference.fire)
    return Session(Evaluator(), what_if, Margins(catalog, what_if))


def reference_session(catalog: Catalog) -> Session:
    """A session that asks the reference evaluator only, for checks of the rulebook itself."""
    evaluator = Evaluator(reference.fire)
    return Session(evaluator, evaluator, Margins(catalog, evaluator))
