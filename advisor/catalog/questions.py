"""Questionnaires from their YAML: the questions with options and skip logic, and selections of them."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from advisor.catalog.conditions import read_conditions
from advisor.catalog.fields import Fields, filled, name_of
from advisor.catalog.rules import identifier, once, read_cites, read_value
from advisor.errors import did_you_mean
from advisor.model.rulebook import Option, Question, Questionnaire
from advisor.model.rules import MODEL, NOT_ASKED, ORIENTATION, UNANSWERED, WORK_ASKS_FOR, Variable


def read_questionnaire(
    fields: Fields, claims: Mapping[str, object], asked: dict[str, Question], variables: dict[str, Variable]
) -> Questionnaire:
    """One questionnaire: each item is a new question, or the id of one that is already known.

    New questions are added to `asked` and `variables`.
    """
    questionnaire_id = identifier(fields, "questionnaire")
    title = fields.text("title")
    opening, unanswered = fields.text("opening", ""), fields.text("unanswered", "")
    chosen: dict[str, Question] = {}
    for item in fields.nodes("questions"):
        question = _known(fields, item, asked)
        if question is None and not isinstance(item, yaml.ScalarNode):
            part = Fields(item, f"questions[{name_of(item) or len(chosen) + 1}]", fields.problems)
            question = _question(part, claims, variables)
            once(part, "id", question.id, asked, "a question")
            once(part, "id", question.id, (MODEL, WORK_ASKS_FOR, ORIENTATION), "a finding")
            asked[question.id] = question
            variables[question.id] = variable_of(question)
        elif question is not None and question.id in chosen:
            fields.problems.add(item, "questions", "names a question twice")
        if question is not None:
            chosen[question.id] = question
    fields.finish()
    return Questionnaire(questionnaire_id, title, tuple(chosen.values()), opening, unanswered)


def variable_of(question: Question) -> Variable:
    """The question as something that tables read."""
    gaps = (UNANSWERED, NOT_ASKED) if question.when else (UNANSWERED,)
    return Variable(question.id, question.option_ids, gaps, question.ordered)


def _known(fields: Fields, item: yaml.Node, asked: Mapping[str, Question]) -> Question | None:
    if isinstance(item, yaml.ScalarNode) and item.value not in asked:
        hint = did_you_mean(item.value, asked)
        fields.problems.add(item, "questions", f"{item.value!r} is no question{hint}")
    return asked.get(item.value) if isinstance(item, yaml.ScalarNode) else None


def _question(fields: Fields, claims: Mapping[str, object], earlier: Mapping[str, Variable]) -> Question:
    question_id = identifier(fields)
    cites, practice = read_cites(fields, claims)
    options: list[Option] = []
    inner = fields.inner("options")
    if inner is not None:
        for name, key, value in inner.pairs():
            read_value(key, name, inner)
            options.append(Option(name, filled(value, inner.path(name), inner.problems)))
        if len(options) < 2:
            inner.problems.add(inner.node, inner.where, "must have at least two options")
    when = fields.get("when")
    conditions = read_conditions(when, fields.path("when"), fields.problems, earlier) if when is not None else ()
    question = Question(
        question_id,
        fields.text("section"),
        fields.text("text"),
        fields.text("help"),
        fields.text("why"),
        cites,
        practice,
        tuple(options),
        fields.flag("ordered"),
        conditions,
        fields.source,
    )
    fields.finish()
    return question
