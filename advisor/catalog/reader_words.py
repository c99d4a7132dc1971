"""Words for readers, `words.yaml` of a rulebook: what documents say in place of the words of the rules."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.catalog.fields import Fields
from advisor.catalog.rules import complain
from advisor.errors import did_you_mean
from advisor.model.rulebook import Question, ReaderWords

WORDS = "words.yaml"


def read_reader_words(fields: Fields, questions: Mapping[str, Question], own: bool) -> ReaderWords:
    """The words by option of the one question that the file names; none where a shipped file's is not asked."""
    name = fields.text("question")
    question = questions.get(name)
    if question is None:
        if own:
            complain(fields, "question", f"{name!r} is no question{did_you_mean(name, questions)}")
        return ReaderWords()
    options = {one.id for one in question.options}
    found: dict[str, dict[str, str]] = {}
    for part in fields.each("words"):
        phrase, say = part.text("in_place_of").casefold(), part.text("say")
        for option in part.texts("for"):
            if option not in options and own:
                complain(part, "for", f"{option!r} is no option of {name}{did_you_mean(option, options)}")
            if phrase in found.setdefault(option, {}):
                complain(part, "in_place_of", f"{phrase!r} has other words for {option} already")
            found[option][phrase] = say
        part.finish()
    fields.finish()
    return ReaderWords(name, found)
