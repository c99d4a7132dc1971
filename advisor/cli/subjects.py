"""What answers are for: the advice on an engagement, or the fit of a person; said on the way through the questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advisor.advise import conclude
from advisor.advise.session import session_for
from advisor.cli.screen import say
from advisor.documents.words import listed
from advisor.interview.adaptive import settled_model
from advisor.model.person import PersonRules
from advisor.model.rulebook import Catalog, Question

FEW = 3  # models that are named one by one; of more, the likeliest


@dataclass(slots=True)
class AboutEngagement:
    """Answers that lead to a recommended model."""

    catalog: Catalog
    result: str = "the advice"

    def settled(self, answers: Mapping[str, str]) -> str | None:
        model = settled_model(self.catalog, answers)
        return self._named([model]) if model is not None else None

    def say_what_it_changes(self, question: Question, answers: Mapping[str, str]) -> None:
        session = session_for(self.catalog)
        left = {
            option.label: conclude(self.catalog, {**answers, question.id: option.id}, session).verdict.weights
            for option in question.options
        }
        if len({tuple(round(one, 9) for one in weights.values()) for weights in left.values()}) == 1:
            say("Whatever you answer here, the recommended model does not depend on it; the rest of the advice may.")
            return
        say("What the answer leaves possible:")
        for number, (label, weights) in enumerate(left.items(), start=1):
            ranked = _likeliest_first(weights)
            likeliest = f"likeliest {self._named(ranked[:1])} ({_percent(weights)} %)"
            told = self._named(ranked) if len(ranked) <= FEW else f"{len(ranked)} models, {likeliest}"
            say(f"{label}: {told}", indent=f"  {number}  ")
        if any(sum(weight > 0 for weight in weights.values()) > FEW for weights in left.values()):
            say("The percentages take every answer that is open to be as likely as any other.")

    def leaning(self, answers: Mapping[str, str]) -> str:
        model = settled_model(self.catalog, answers)
        if model is not None:
            return f"Settled: {self._named([model])}"
        verdict = conclude(self.catalog, answers, session_for(self.catalog)).verdict
        first, *others = _likeliest_first(verdict.weights)
        also = self._named(others) if len(others) < FEW else f"{self._named(others[:1])} or {len(others) - 1} more"
        leaning = f"Leaning to {self._named([first])} ({_percent(verdict.weights)} %)"
        return f"{leaning}; also possible: {also}" if also else leaning

    def _named(self, models: Sequence[str]) -> str:
        """The models' names marked off, since they hold commas."""
        return listed([f"“{self.catalog.models[one].name}”" for one in models], "or")


@dataclass(slots=True)
class AboutPerson:
    """Answers that lead to the fit of a person."""

    rules: PersonRules
    result: str = "the sheet"

    def settled(self, answers: Mapping[str, str]) -> str | None:
        left = self._left(answers)
        return left[0] if len(left) == 1 else None

    def leaning(self, answers: Mapping[str, str]) -> str:
        left = self._left(answers)
        if len(left) == 1:
            return f"Settled: {left[0]}"
        return "" if len(left) > self.rules.too_little_above else f"Open: {listed([f'“{one}”' for one in left], 'or')}"

    def say_what_it_changes(self, question: Question, answers: Mapping[str, str]) -> None:
        left = [self._left({**answers, question.id: option}) for option in question.option_ids]
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


def _likeliest_first(weights: Mapping[str, float]) -> list[str]:
    """The models that are possible; of equals, the one that the rulebook names first."""
    return sorted((model for model, weight in weights.items() if weight), key=lambda one: -weights[one])


def _percent(weights: Mapping[str, float]) -> int:
    """How likely the likeliest model is, never quite certain."""
    return min(99, max(1, round(100 * max(weights.values()) / sum(weights.values()))))
