"""Answers that no file was read for: whether they are options of the rulebook's questions, and what is wrong if not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from advisor.errors import InputError, Problem, did_you_mean
from advisor.model.questions import Asking
from advisor.model.rules import UNANSWERED


def check_answers(catalog: Asking, answers: Mapping[str, str], called: str) -> None:
    """Raise InputError, with every problem, unless each answer is an option of a question; `called` is who has them."""
    try:
        if answers.items() <= _known(catalog):
            return
    except (AttributeError, TypeError):
        pass
    problems = [Problem(called or "engagement", 0, field, message) for field, message in _wrong(catalog, answers)]
    if problems:
        raise InputError(problems)


@lru_cache(maxsize=8)
def _known(catalog: Asking) -> frozenset[tuple[str, str]]:
    return frozenset((name, one) for name, question in catalog.questions.items() for one in question.option_ids)


def _wrong(catalog: Asking, answers: object) -> Iterator[tuple[str, str]]:
    if not isinstance(answers, Mapping):
        yield "answers", f"must be a mapping of questions to options, not {type(answers).__name__}"
        return
    for name, option in answers.items():
        field = f"answers.{str(name)[:80]}"
        question = catalog.questions.get(name) if isinstance(name, str) else None
        if question is None:
            yield field, f"is no question{did_you_mean(str(name)[:80], catalog.questions)}"
        elif not isinstance(option, str):
            yield field, f"must be one option, a text, not {type(option).__name__}"
        elif option not in question.option_ids and option != UNANSWERED:
            hint = did_you_mean(option[:80], question.option_ids)
            yield field, f"{option[:80]!r} is none of {', '.join(question.option_ids)}{hint}"
