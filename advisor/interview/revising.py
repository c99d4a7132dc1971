"""A saved engagement file, changed: what was answered is exchanged, everything else stays as it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from advisor.catalog.engagements import read_one
from advisor.errors import InputError, OutputError
from advisor.interview.in_place import SECTIONS, put
from advisor.interview.writing import inline
from advisor.model.advice import Engagement
from advisor.model.rulebook import Catalog

_BOM = b"\xef\xbb\xbf"
_HEAD = ("id", "name", "client")


def revise(data: bytes, name: str, before: Engagement, after: Engagement, catalog: Catalog) -> bytes:
    """Return the file `data` with whatever differs between `before` and `after` changed in it, and nothing else.

    Comments and layout stay, and so does what somebody has written into the file since `before` was read from it.
    Raises InputError when the file can no longer be read, OutputError when its layout does not allow the change.
    """
    changes = _Changes.between(before, after)
    wanted = changes.made_to(read_one(data, name, catalog))
    revised = changes.written_into(data.decode("utf-8-sig"), name, tuple(catalog.questions)).encode("utf-8")
    revised = _BOM + revised if data.startswith(_BOM) else revised
    try:
        done = read_one(revised, name, catalog) == wanted
    except InputError:
        done = False
    # Not all that YAML allows can be changed piece by piece; better no change than one that says something else.
    if not done:
        hint = "write one 'question: option' on a line, as 'advisor new' does"
        raise OutputError(f"{name}: cannot be changed without touching the rest of it; {hint}")
    return revised


@dataclass(frozen=True, slots=True)
class _Changes:
    """New texts by field of the head, a new questionnaire, and options by question (empty: the answer is gone)."""

    head: Mapping[str, str]
    questionnaire: str
    answers: Mapping[str, str]

    @classmethod
    def between(cls, before: Engagement, after: Engagement) -> _Changes:
        head = {one: new for one in _HEAD if (new := getattr(after, one)) != getattr(before, one)}
        answers = {one: new for one, new in after.answers.items() if before.answers.get(one) != new}
        gone = {one: "" for one in before.answers if one not in after.answers}
        questionnaire = after.questionnaire if after.questionnaire != before.questionnaire else ""
        return cls(head, questionnaire, answers | gone)

    def made_to(self, engagement: Engagement) -> Engagement:
        answers = {**engagement.answers, **self.answers}
        return replace(
            engagement,
            id=self.head.get("id", engagement.id),
            name=self.head.get("name", engagement.name),
            client=self.head.get("client", engagement.client),
            questionnaire=self.questionnaire or engagement.questionnaire,
            answers={question: option for question, option in answers.items() if option},
        )

    def written_into(self, text: str, name: str, questions: tuple[str, ...]) -> str:
        for one, words in self.head.items():
            text = put(text, name, "engagement", one, inline(words), _HEAD)
        if self.questionnaire:
            text = put(text, name, "", "questionnaire", self.questionnaire, SECTIONS)
        for question, option in self.answers.items():
            text = put(text, name, "answers", question, option, questions)
        return text
