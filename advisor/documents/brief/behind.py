"""The rule behind each sentence of a brief, for those who ask why it is there."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.advise.reader_words import in_words_of
from advisor.documents.brief.holding import filled
from advisor.documents.shared import words
from advisor.model.advice import Advice


def behind(advice: Advice) -> Mapping[str, str]:
    """The id of the rule by sentence, as a brief prints facts, steps and risks; steps that it joins are left out."""
    advice = in_words_of(advice)
    found: dict[str, str] = {}
    for one in advice.points:
        said = filled(advice, one.text, one.about)
        step = filled(advice, words.ended(one.text), one.about)
        fact = words.ended(words.capital(said))
        for text in (fact, words.marked(fact, True), words.ended(said), step):
            found.setdefault(text, one.rule)
    return found
