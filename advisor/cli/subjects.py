"""What answers are for: the advice on an engagement, or the fit of a person; said on the way through the questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from advisor.advise.session import session_for
from advisor.catalog.usual import YES
from advisor.cli.screen import say
from advisor.documents.shared.words import listed
from advisor.interview.adaptive import SURE_FROM, standing
from advisor.interview.steps import Step, steps_of
from advisor.model.person import PersonRules
from advisor.model.rulebook import Catalog

FEW = 3  # answers before which it is too early to say what they lead to


@dataclass(slots=True)
class AboutEngagement:
    """Answers that lead to a recommended model."""

    catalog: Catalog
    result: str = "the advice"

    def leaning(self, answers: Mapping[str, str]) -> str:
        return self._leaning(answers) if len(steps_of(self.catalog, answers)) >= FEW else ""

    def so_far(self, answers: Mapping[str, str]) -> str:
        model, share = standing(self.catalog, answers)
        if share < SURE_FROM:
            return f"{self._leaning(answers)}. What is still open can change that:"
        settled = "is settled" if share == 1 else f"is as good as settled ({_percent(share)})"
        return f"The model {settled}: {self._named(model)}. Guardrails, matrix and staffing still gain from"

    def _leaning(self, answers: Mapping[str, str]) -> str:
        model, share = standing(self.catalog, answers)
        if share == 1:
            return f"Settled: {self._named(model)}"
        shares = session_for(self.catalog).outlook.shares(answers)
        other = max(shares, key=shares.__getitem__)
        likelier = f"; likelier is {self._named(other)} ({_percent(shares[other])})" if shares[other] > share else ""
        return f"So far: {self._named(model)} ({_percent(share)}){likelier}"

    def say_what_it_changes(self, step: Step, answers: Mapping[str, str]) -> None:
        if step.several:
            ways = {option: {**answers, part: YES} for option, part in step.parts.items()}
        else:
            ways = {option: {**answers, **step.answers((option,))} for option in step.question.option_ids}
        leads_to = {option: standing(self.catalog, given) for option, given in ways.items()}
        if set(leads_to.values()) == {standing(self.catalog, answers)}:
            say("Whatever you answer here, the recommended model does not depend on it; the rest of the advice may.")
            return
        say("What each answer would lead to, and how likely that then is:")
        for number, (model, share) in enumerate(leads_to.values(), start=1):
            say(f"{self._named(model)} ({_percent(share)})", indent=f"  {number:>{len(str(len(ways)))}}  ")

    def _named(self, model: str) -> str:
        """The model's name marked off, since it may hold commas."""
        return f"“{self.catalog.models[model].name}”"


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


def _percent(share: Fraction) -> str:
    """How likely, in words that never say certain or impossible of what is neither."""
    return "settled" if share == 1 else f"{min(99, max(1, round(100 * share)))} %"
