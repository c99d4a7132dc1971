"""What a check finds wrong with a rulebook, and ways to enumerate a table."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from advisor.advise.reading import completions
from advisor.model.questions import Asking
from advisor.model.rules import UNANSWERED, Rule, Table


@dataclass(frozen=True, slots=True)
class Fault:
    """One promise that does not hold: which check, where in the rulebook, and the smallest case that shows it."""

    check: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message} [{self.check}]"


def full_answers(catalog: Asking, table: Table) -> Iterator[dict[str, str]]:
    """Every set of complete answers that the table can read: nothing unanswered, skip logic followed."""
    read = {variable.id for variable in table.reads}
    questions = [question for question in catalog.questions.values() if question.id in read]
    return completions(questions, dict.fromkeys(catalog.questions, UNANSWERED))


def relevant(values: Mapping[str, str], rules: Iterable[Rule]) -> dict[str, str]:
    """The part of a combination that the rules read: the smallest case that shows what they do."""
    read = {condition.variable for rule in rules for condition in rule.when}
    return {name: value for name, value in values.items() if name in read}


def shown(values: Mapping[str, str]) -> str:
    """A combination in the rulebook's own words."""
    return ", ".join(f"{name}: {value}" for name, value in values.items())


def random_answers(catalog: Asking, chance: random.Random, missing: float) -> dict[str, str]:
    """Answers by chance; each question is left open with the probability `missing`."""
    return {
        question.id: chance.choice(question.option_ids)
        for question in catalog.questions.values()
        if chance.random() >= missing
    }
