"""Blank files to fill in: every question as a comment above the line that answers it."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator

from advisor.model.rulebook import Question, Questionnaire

_WIDTH = 112


def blank_engagement(
    questionnaire: Questionnaire, engagement_id: str, name: str, client: str, rulebook: str = ""
) -> str:
    """The text of an engagement file with nothing answered; it reads back as it is."""
    lines = [
        "# Fill in one option id after each question; leave a line empty where you don't know.",
        f"engagement: {{id: {_quoted(engagement_id)}, name: {_quoted(name)}, client: {_quoted(client)}}}",
    ]
    if questionnaire.id != "engagement":
        lines.append(f"questionnaire: {questionnaire.id}")
    if rulebook:
        lines.append(f"rulebook: {_quoted(rulebook)}")
    lines += ["answers:", *_answers(questionnaire)]
    lines += ["", "# people: {delivery_manager: A. Name, project_manager: B. Name}"]
    lines += ["# dates: {start: 2027-01-11, go_live: 2027-06-30, end: 2028-06-30}"]
    return "\n".join(lines) + "\n"


def blank_person(questionnaire: Questionnaire, person_id: str, name: str) -> str:
    """The text of a person file with nothing seen yet; it reads back as it is."""
    lines = [
        "# Fill in one step after each question; leave a line empty, or write not_seen, for what you have not seen."
    ]
    lines += textwrap.wrap(questionnaire.opening, _WIDTH, initial_indent="# ", subsequent_indent="# ")
    lines += [f"person: {{id: {_quoted(person_id)}, name: {_quoted(name)}}}", "answers:", *_answers(questionnaire)]
    return "\n".join(lines) + "\n"


def _answers(questionnaire: Questionnaire) -> Iterator[str]:
    """Every question as a comment above its empty line, under the name of its section."""
    section = ""
    for question in questionnaire.questions:
        if question.section != section:
            section = question.section
            yield from ("", f"  # --- {section} ---")
        yield ""
        yield from _question(question)


def _quoted(text: str) -> str:
    # JSON's own escapes of what is not ASCII are no YAML; the letters themselves are both.
    return json.dumps(text, ensure_ascii=False)


def _question(question: Question) -> Iterator[str]:
    for text in (question.text, question.help):
        yield from textwrap.wrap(text, _WIDTH, initial_indent="  # ", subsequent_indent="  # ")
    width = max(len(option.id) for option in question.options)
    for option in question.options:
        yield f"  #   {option.id:<{width}}  {option.label}"
    if question.when:
        asked = " and ".join(f"{one.variable} is {one.asked}" for one in question.when)
        yield f"  # Only where {asked}."
    yield f"  {question.id}:"
