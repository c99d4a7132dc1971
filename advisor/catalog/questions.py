"""Questionnaires from their YAML: the questions with options and skip logic, and selections of them."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.catalog.conditions import read_conditions
from advisor.catalog.fields import Fields, filled, name_of
from advisor.catalog.rules import identifier, once, read_cites, read_value
from advisor.errors import did_you_mean
from advisor.model.rulebook import (
    MODEL,
    NOT_ASKED,
    ORIENTATION,
    UNANSWERED,
    WORK_ASKS_FOR,
    Option,
    Question,
    Questionnaire,
    Variable,
)


def read_questionnaire(
    fields: Fields, claims: Mapping[str, object], asked: dict[str, Question], variables: dict[str, Variable]
) -> Questionnaire:
    """One questionnaire; new questions are added to `asked` and `variables`, ids refer to those already there."""
    questionnaire_id = identifier(fields, "questionnaire")
    title = fields.text("title")
    node = fields.get("questions")
    if node is not None and all(name_of(item) == "" for item in getattr(node, "value", [])):
        names = fields.texts("questions")
        if len(set(names)) < len(names):
            fields.problems.add(node, "questions", "names a question twice")
        chosen = [_known(fields, name, asked) for name in names]
        fields.finish()
        return Questionnaire(questionnaire_id, title, tuple(question for question in chosen if question))
    own: list[Question] = []
    for part in fields.each("questions"):
        question = _question(part, claims, variables)
        once(part, "id", question.id, asked, "a question")
        once(part, "id", question.id, (MODEL, WORK_ASKS_FOR, ORIENTATION), "a finding")
        asked[question.id] = question
        variables[question.id] = variable_of(question)
        own.append(question)
    fields.finish()
    return Questionnaire(questionnaire_id, title, tuple(own))


def variable_of(question: Question) -> Variable:
    """The question as something that tables read."""
    gaps = (UNANSWERED, NOT_ASKED) if question.when else (UNANSWERED,)
    return Variable(question.id, question.option_ids, gaps, question.ordered)


def _known(fields: Fields, name: str, asked: Mapping[str, Question]) -> Question | None:
    if name not in asked:
        node = fields.get("questions")
        fields.problems.add(node or fields.node, "questions", f"{name!r} is no question{did_you_mean(name, asked)}")
    return asked.get(name)


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
