"""What is put to the reader at once: a question with one answer, or one with several, which rules read part by part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from advisor.catalog.usual import NO, YES
from advisor.model.questions import Asking, Option, Question

NONE = "none"  # what is typed for no option at all


@dataclass(frozen=True, slots=True)
class Step:
    """A question as it is put. Where any number of options may be chosen, `parts` has the yes or no behind each."""

    question: Question
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.question.id

    @property
    def several(self) -> bool:
        return bool(self.parts)

    @property
    def names(self) -> tuple[str, ...]:
        """The questions that it answers."""
        return tuple(self.parts.values()) or (self.id,)

    def is_open(self, answers: Mapping[str, str]) -> bool:
        """Whether something of it has no answer."""
        return not all(name in answers for name in self.names)

    def chosen(self, answers: Mapping[str, str]) -> tuple[str, ...]:
        """The options that were chosen; of a question with several answers, those that are known to be."""
        if self.several:
            return tuple(option for option, part in self.parts.items() if answers.get(part) == YES)
        return (answers[self.id],) if self.id in answers else ()

    def answers(self, chosen: Collection[str]) -> dict[str, str]:
        """What these options answer; ValueError where they are no answer to it."""
        fits = self.parts.keys() >= set(chosen) if self.several else len(chosen) == 1
        if not fits or not set(self.question.option_ids) >= set(chosen):
            raise ValueError(f"{', '.join(chosen)!r} does not answer {self.id!r}")
        if self.several:
            return {part: YES if option in chosen else NO for option, part in self.parts.items()}
        return dict.fromkeys(self.names, *chosen)

    def told(self, answers: Mapping[str, str]) -> str | None:
        """What was chosen, in words; None where nothing was said."""
        chosen = self.chosen(answers)
        if self.several and not chosen and not self.is_open(answers):
            return "None of these"
        return "; ".join(self.question.label(option) for option in chosen) or None


@lru_cache(maxsize=8)
def steps(catalog: Asking) -> Mapping[str, Step]:
    """Every step by its id, and by the questions that it answers, in the rulebook's order."""
    found: dict[str, Step] = {}
    for question in catalog.questions.values():
        if not question.part_of:
            found[question.id] = Step(question)
        elif question.part_of not in found:
            several = catalog.several[question.part_of]
            options = tuple(Option(option, label) for option, label in several.labels.items())
            whole = replace(
                question, id=several.id, text=several.text, options=options, ordered=False, usual=None, part_of=""
            )
            found |= dict.fromkeys((several.id, *several.parts.values()), Step(whole, several.parts))
    return found


def steps_of(catalog: Asking, questions: Iterable[Question | str]) -> tuple[Step, ...]:
    """The steps that put these questions, each once."""
    known = steps(catalog)
    ids = (one if isinstance(one, str) else one.id for one in questions)
    return tuple({step.id: step for step in (known[one] for one in ids)}.values())
