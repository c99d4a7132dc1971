"""Words for readers, `words.yaml` of a rulebook: what documents say in place of the words of the rules."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.catalog.fields import Fields
from advisor.catalog.rules import complain
from advisor.errors import did_you_mean
from advisor.model.questions import Question
from advisor.model.rulebook import ReaderWords

WORDS = "words.yaml"


def read_reader_words(fields: Fields, questions: Mapping[str, Question], own: bool) -> ReaderWords:
    """The words by question and option; a shipped file may name questions that a rulebook of one's own does not ask."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for part in fields.each("questions"):
        name = part.text("question")
        question = questions.get(name)
        words = _words(part, {one.id for one in question.options} if question else set(), own)
        if question is not None:
            found[name] = words
        elif own:
            complain(part, "question", f"{name!r} is no question{did_you_mean(name, questions)}")
        part.finish()
    subjects = []
    for part in fields.each("subjects", required=False):
        subjects.append(part.texts("words"))
        part.finish()
    fields.finish()
    return ReaderWords(found, tuple(subjects))


def _words(fields: Fields, options: set[str], own: bool) -> dict[str, dict[str, str]]:
    """What stands in place of which words, by option."""
    found: dict[str, dict[str, str]] = {}
    for part in fields.each("words"):
        phrase, say = part.text("in_place_of").casefold(), part.text("say")
        for option in part.texts("for"):
            if options and option not in options and own:
                complain(part, "for", f"{option!r} is none of {', '.join(options)}{did_you_mean(option, options)}")
            if phrase in found.setdefault(option, {}):
                complain(part, "in_place_of", f"{phrase!r} has other words for {option} already")
            found[option][phrase] = say
        part.finish()
    return found
