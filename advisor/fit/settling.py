"""Which observation would settle most, while what was not seen can still change the result."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.fit.gaps import look_of
from advisor.fit.session import FitSession, conclude
from advisor.model.fit import Look
from advisor.model.person import PersonRules

MOST = 3  # observations named, the one that would settle most first
_DIGITS = 9


def settles_most(rules: PersonRules, answers: Mapping[str, str], session: FitSession) -> tuple[Look, ...]:
    """What to look at: that after which least doubt about the result is to be expected, whichever step is seen.

    Doubt is the chance that two ways of filling in what was not seen lead to different results.
    """

    def doubt(name: str) -> float:
        tried = [conclude(rules, {**answers, name: step}, session).results for step in rules.steps]
        return round(sum(1 - sum(chance**2 for chance in one.values()) for one in tried) / len(tried), _DIGITS)

    unseen = [name for name in rules.questions if name not in answers]
    return tuple(look_of(rules, name) for name in sorted(unseen, key=doubt)[:MOST])
