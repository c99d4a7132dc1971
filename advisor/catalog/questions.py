"""Questionnaires from their YAML: the questions with options, usual answers and skip logic, and selections of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import yaml

from advisor.catalog.conditions import read_conditions
from advisor.catalog.fields import Fields, filled, name_of
from advisor.catalog.rules import IDENTIFIER, complain, identifier, once, read_cites, read_value
from advisor.catalog.usual import NO, YES, not_, read_alike, read_replaces, read_usual, read_usual_lists
from advisor.errors import did_you_mean
from advisor.model.questions import Option, Question, Questionnaire, Several
from advisor.model.rules import MEASURES, MODEL, NOT_ASKED, ORIENTATION, UNANSWERED, WORK_ASKS_FOR, Variable


@dataclass(slots=True)
class Asked:
    """The questions read so far: those that rules read, those with several answers, and what tables know them as."""

    claims: Mapping[str, object]
    variables: dict[str, Variable]
    questions: dict[str, Question] = field(default_factory=dict)
    several: dict[str, Several] = field(default_factory=dict)
    assumes: bool = True

    def parts(self, name: str) -> tuple[Question, ...]:
        """The question called `name`, or those that it falls into."""
        if name in self.several:
            return tuple(self.questions[part] for part in self.several[name].parts.values())
        return (self.questions[name],) if name in self.questions else ()


def read_questionnaire(fields: Fields, asked: Asked) -> Questionnaire:
    """One questionnaire: each item is a new question, or the id of one that is already known.

    New questions are added to `asked`.
    """
    questionnaire_id = identifier(fields, "questionnaire")
    title = fields.text("title")
    opening, unanswered = fields.text("opening", ""), fields.text("unanswered", "")
    chosen: dict[str, Question] = {}
    for item in fields.nodes("questions"):
        if isinstance(item, yaml.ScalarNode):
            found = asked.parts(item.value)
            if not found:
                hint = did_you_mean(item.value, [*asked.questions, *asked.several])
                fields.problems.add(item, "questions", f"{item.value!r} is no question{hint}")
            elif found[0].id in chosen:
                fields.problems.add(item, "questions", "names a question twice")
        else:
            part = Fields(item, f"questions[{name_of(item) or len(chosen) + 1}]", fields.problems)
            found = _new(part, asked)
        chosen |= {question.id: question for question in found}
    fields.finish()
    return Questionnaire(questionnaire_id, title, tuple(chosen.values()), opening, unanswered)


def variable_of(question: Question) -> Variable:
    """The question as something that tables read."""
    gaps = [UNANSWERED] if question.usual is None else []
    gaps += [NOT_ASKED] if question.when else []
    return Variable(question.id, question.option_ids, tuple(gaps), question.ordered)


def _new(fields: Fields, asked: Asked) -> tuple[Question, ...]:
    taken = (*asked.questions, *asked.several)
    question = _question(fields, asked)
    several = fields.flag("several")
    usual = fields.inner("usual", required=asked.assumes)
    if several:
        found = _fall_apart(fields, question, usual, asked)
    else:
        assumed = read_usual(usual, question, asked.questions, asked.claims) if usual is not None else None
        replaces, alike = (
            read_replaces(fields, question.option_ids),
            read_alike(fields, question.option_ids, asked.claims),
        )
        found = (replace(question, usual=assumed, replaces=replaces, alike=alike),)
    fields.finish()
    for one in (question, *found) if several else found:
        once(fields, "id", one.id, taken, "a question")
        once(fields, "id", one.id, (MODEL, WORK_ASKS_FOR, ORIENTATION, *MEASURES), "a finding")
    for one in found:
        asked.questions[one.id] = one
        asked.variables[one.id] = variable_of(one)
    return found


def _question(fields: Fields, asked: Asked) -> Question:
    question_id = identifier(fields)
    cites, practice = read_cites(fields, asked.claims)
    options: list[Option] = []
    inner = fields.inner("options")
    if inner is not None:
        for name, key, value in inner.pairs():
            read_value(key, name, inner)
            options.append(Option(name, filled(value, inner.path(name), inner.problems)))
        if len(options) < 2:
            inner.problems.add(inner.node, inner.where, "must have at least two options")
    when = fields.get("when")
    conditions = read_conditions(when, fields.path("when"), fields.problems, asked.variables) if when else ()
    return Question(
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


def _fall_apart(fields: Fields, question: Question, usual: Fields | None, asked: Asked) -> tuple[Question, ...]:
    """A question with several answers as one question of yes or no for each of its options."""
    ids = {option: f"has_{option}" for option in question.option_ids}
    for option, part in ids.items():
        if not IDENTIFIER.fullmatch(part):
            complain(fields, "options", f"{option!r} is too long for a question with several answers")
    asked.several[question.id] = Several(
        question.id,
        question.section,
        question.text,
        question.help,
        question.why,
        {option.id: option.label for option in question.options},
        ids,
        question.source,
    )
    lists = read_usual_lists(usual, question, asked.questions, asked.claims) if usual is not None else None
    replaces = read_replaces(fields, (*ids, *map(not_, ids)))
    return tuple(
        replace(
            question,
            id=ids[option.id],
            text=f"{option.label}?",
            options=(Option(NO, "No"), Option(YES, "Yes")),
            ordered=True,
            usual=lists.of(option.id) if lists is not None else None,
            part_of=question.id,
            replaces=_read_as(replaces, option.id),
        )
        for option in question.options
    )


def _read_as(replaces: Mapping[str, Mapping[str, str]], option: str) -> dict[str, dict[str, str]]:
    """What earlier questions say of one option of a question with several answers."""
    said = {option: YES, not_(option): NO}
    read = {old: {given: said[to] for given, to in options.items() if to in said} for old, options in replaces.items()}
    return {old: options for old, options in read.items() if options}
