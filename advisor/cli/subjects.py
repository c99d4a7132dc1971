"""What answers are for: the advice on an engagement, or the fit of a person; said on the way through the questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.cli.screen import say
from advisor.documents.shared.words import listed
from advisor.interview import leading
from advisor.interview.steps import Step
from advisor.model.person import PersonRules
from advisor.model.rulebook import Catalog


@dataclass(slots=True)
class AboutEngagement:
    """Answers that lead to a recommended model."""

    catalog: Catalog
    result: str = "the advice"

    def leaning(self, answers: Mapping[str, str]) -> str:
        return leading.leaning(self.catalog, answers)

    def so_far(self, answers: Mapping[str, str]) -> str:
        return leading.so_far(self.catalog, answers)

    def say_what_it_changes(self, step: Step, answers: Mapping[str, str]) -> None:
        found = leading.leads_to(self.catalog, step, answers)
        if not found:
            say("Whatever you answer here, the recommended model does not depend on it; the rest of the advice may.")
            return
        say("What each answer would lead to, and how likely that then is:")
        for number, (model, share) in enumerate(found.values(), start=1):
            said = f"{leading.named(self.catalog, model)} ({leading.percent(share)})"
            say(said, indent=f"  {number:>{len(str(len(found)))}}  ")


@dataclass(slots=True)
class AboutPerson:
    """Answers that lead to the fit of a person."""

    rules: PersonRules
    result: str = "the sheet"

    def leaning(self, answers: Mapping[str, str]) -> str:
        left = self._left(answers)
        if len(left) == 1:
            return f"Settled: {left[0]}"
        return "" if len(left) > self.rules.too_little_above else f"Open: {listed([f'“{one}”' for one in left], 'or')}"

    def so_far(self, answers: Mapping[str, str]) -> str:
        return self.leaning(answers)

    def say_what_it_changes(self, step: Step, answers: Mapping[str, str]) -> None:
        left = [self._left({**answers, **step.answers((option,))}) for option in step.question.option_ids]
        if all(one == self._left(answers) for one in left):
            say("By itself, no answer here rules out a result; it shows what carries and what to grow.")
            return
        say("What the answer leaves possible:")
        for number, results in enumerate(left, start=1):
            some = len(results) <= self.rules.too_little_above
            few = listed([f"“{one}”" for one in results], "or") if some else "much is still possible"
            say(few, indent=f"  {number}  ")

    def _left(self, answers: Mapping[str, str]) -> list[str]:
        from advisor.fit.session import conclude as fits_from
        from advisor.fit.session import session_for as fit_session

        labels = self.rules.result.findings[0].labels
        return [labels[one] for one in fits_from(self.rules, answers, fit_session(self.rules)).results]
