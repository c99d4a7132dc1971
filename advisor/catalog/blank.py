"""Blank files to fill in: every question as a comment above the line that answers it."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from advisor.catalog.usual import YES
from advisor.model.questions import Question, Questionnaire, Several
from advisor.model.stated import MEANS, MatterKinds

_WIDTH = 112
_NO_KINDS: MatterKinds = MappingProxyType({})


def blank_engagement(
    questionnaire: Questionnaire,
    engagement_id: str,
    name: str,
    client: str,
    several: Mapping[str, Several],
    rulebook: str = "",
    kinds: MatterKinds = _NO_KINDS,
) -> str:
    """The text of an engagement file with nothing answered; it reads back as it is."""
    lines = [
        "# Fill in one option id after each question. A line left empty is taken as usual, and the advice says so.",
        f"engagement: {{id: {_quoted(engagement_id)}, name: {_quoted(name)}, client: {_quoted(client)}}}",
    ]
    if questionnaire.id != "engagement":
        lines.append(f"questionnaire: {questionnaire.id}")
    if rulebook:
        lines.append(f"rulebook: {_quoted(rulebook)}")
    lines += ["answers:", *_answers(questionnaire, several)]
    lines += [
        "",
        '# for: under engagement says whom the documents are for, as {id: ..., for: "C. Name, head of delivery"}.',
    ]
    lines += ["# Who is who; where it is tight, with the days a week that they have, from and until when."]
    lines += ["# people: {client_sponsor: A. Name, project_manager: {name: B. Name, days: 2.5, from: 2027-02-01}}"]
    lines += ["# dates: {as_of: 2026-12-14, start: 2027-01-11, go_live: 2027-06-30, end: 2028-06-30}"]
    lines += ["# context: What a reader should know about it, in a few sentences."]
    lines += _matters(kinds)
    lines += [
        "# Rows of the matrix whose letters people agreed otherwise than the rules give them; exactly one A a row."
    ]
    lines += ["# agreed: [{row: Go-live decision, letters: {project_manager: A, client_sponsor: C}, by: [B. Name],"]
    lines += ["#   why: ..., on: 2027-01-20, until: 2027-06-30}]"]
    return "\n".join(lines) + "\n"


def _matters(kinds: MatterKinds) -> Iterator[str]:
    """What can be stated besides, as comments."""
    stated = {kind.id: kind.asks for kind in kinds.values() if kind.asks}
    if not stated:
        return
    yield "# What people should see to; each turns into a step, a risk, a row or an open question of the brief:"
    width = max(map(len, stated))
    yield from (f"#   {kind:<{width}}  {asks}" for kind, asks in stated.items())
    yield "# Where known, with who (who else is part of it), owner (who takes it) and by (the day that counts)."
    if abouts := {about: found.texts[MEANS] for kind in kinds.values() for about, found in kind.abouts.items()}:
        of = ", ".join(kind.id for kind in kinds.values() if kind.abouts)
        yield f"# What it is about ({of}), so that the brief can propose an answer (about: ...):"
        wide = max(map(len, abouts))
        yield from (f"#   {about:<{wide}}  {means}" for about, means in abouts.items())
        yield "# Or with what you mean to do yourself (answer: ...)."
    yield "# Put a text that has a comma or a colon in quotes."
    yield f"# matters: [{{{list(stated)[1 % len(stated)]}: ..., who: ..., owner: ..., by: 2027-03-31}}]"


def blank_person(questionnaire: Questionnaire, person_id: str, name: str) -> str:
    """The text of a person file with nothing seen yet; it reads back as it is."""
    lines = [
        "# Fill in one step after each question; leave a line empty, or write not_seen, for what you have not seen."
    ]
    lines += textwrap.wrap(questionnaire.opening, _WIDTH, initial_indent="# ", subsequent_indent="# ")
    lines += [f"person: {{id: {_quoted(person_id)}, name: {_quoted(name)}}}", "answers:", *_answers(questionnaire, {})]
    return "\n".join(lines) + "\n"


def _answers(questionnaire: Questionnaire, several: Mapping[str, Several]) -> Iterator[str]:
    """Every question as a comment above its empty line, under the name of its section; the parts of a list together."""
    section = before = ""
    for question in questionnaire.questions:
        if question.section != section:
            section = question.section
            yield from ("", f"  # --- {section} ---")
        if question.part_of and question.part_of == before:
            continue
        before = question.part_of
        yield ""
        if before:
            parts = [one for one in questionnaire.questions if one.part_of == before]
            yield from _several(several[before], parts)
        else:
            yield from _question(question)


def _quoted(text: str) -> str:
    # JSON's own escapes of what is not ASCII are no YAML; the letters themselves are both.
    return json.dumps(text, ensure_ascii=False)


def _question(question: Question) -> Iterator[str]:
    yield from _comment(question.text)
    yield from _comment(question.help)
    yield from _options({option.id: option.label for option in question.options})
    if question.usual is not None:
        usual = question.usual
        others = "".join(f"; {answer} where {usual.by} is {told}" for answer, told in _by_answer(usual.answers))
        yield from _comment(f"usual: {usual.answer}{others}")
    yield from _when(question)
    yield f"  {question.id}:"


def _several(several: Several, parts: Sequence[Question]) -> Iterator[str]:
    yield from _comment(several.text)
    yield from _comment(several.help)
    yield from _options(several.labels)
    yield from _comment(f"Any number of them, as in [{', '.join(list(several.parts)[:2])}], or [] for none.")
    asked = [(one, one.usual) for one in parts if one.usual is not None]
    option_of = {part: option for option, part in several.parts.items()}
    usual = [option_of[one.id] for one, assumed in asked if assumed.answer == YES]
    lists: dict[str, str] = {}
    for told in dict.fromkeys(told for _, assumed in asked for told in assumed.answers):
        chosen = (option_of[one.id] for one, assumed in asked if assumed.answers.get(told, assumed.answer) == YES)
        lists[told] = f"[{', '.join(chosen)}]"
    by = next((assumed.by for _, assumed in asked if assumed.by), "")
    others = "".join(f"; {answer} where {by} is {told}" for answer, told in _by_answer(lists))
    yield from _comment(f"usual: [{', '.join(usual)}]{others}")
    yield from _when(parts[0])
    yield f"  {several.id}:"


def _comment(text: str) -> Iterator[str]:
    yield from textwrap.wrap(text, _WIDTH, initial_indent="  # ", subsequent_indent="  # ")


def _options(labels: Mapping[str, str]) -> Iterator[str]:
    width = max(map(len, labels))
    for option, label in labels.items():
        yield f"  #   {option:<{width}}  {label}"


def _by_answer(answers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each usual answer that hangs on another, with the options that it hangs on."""
    for answer in dict.fromkeys(answers.values()):
        yield answer, " or ".join(option for option, usual in answers.items() if usual == answer)


def _when(question: Question) -> Iterator[str]:
    if question.when:
        asked = " and ".join(f"{one.variable} is {one.asked}" for one in question.when)
        yield f"  # Only where {asked}."
