"""A saved engagement file, changed: what was answered is exchanged, everything else stays as it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from advisor.catalog.engagements import read_one
from advisor.errors import InputError, OutputError
from advisor.interview.in_place import RECORDS, SECTIONS, put
from advisor.interview.writing import asked_with_inline, inline, origin_inline
from advisor.model.advice import AskedWith, Engagement, Origin
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
    """New texts by field of the head, a new questionnaire, and options by question (empty: the answer is gone).

    Likewise where answers come from (None: no longer kept), and the rulebook that they were given under.
    """

    head: Mapping[str, str]
    questionnaire: str
    answers: Mapping[str, str]
    origins: Mapping[str, Origin | None]
    asked_with: AskedWith | None

    @classmethod
    def between(cls, before: Engagement, after: Engagement) -> _Changes:
        head = {one: new for one in _HEAD if (new := getattr(after, one)) != getattr(before, one)}
        answers = {one: new for one, new in after.answers.items() if before.answers.get(one) != new}
        gone = {one: "" for one in before.answers if one not in after.answers}
        questionnaire = after.questionnaire if after.questionnaire != before.questionnaire else ""
        origins: dict[str, Origin | None] = {
            one: new for one, new in after.origins.items() if before.origins.get(one) != new
        }
        unknown: dict[str, Origin | None] = {one: None for one in before.origins if one not in after.origins}
        asked_with = after.asked_with if after.asked_with != before.asked_with else None
        return cls(head, questionnaire, answers | gone, origins | unknown, asked_with)

    def made_to(self, engagement: Engagement) -> Engagement:
        answers = {**engagement.answers, **self.answers}
        origins = {**engagement.origins, **self.origins}
        return replace(
            engagement,
            id=self.head.get("id", engagement.id),
            name=self.head.get("name", engagement.name),
            client=self.head.get("client", engagement.client),
            questionnaire=self.questionnaire or engagement.questionnaire,
            answers={question: option for question, option in answers.items() if option},
            origins={question: origin for question, origin in origins.items() if origin is not None},
            asked_with=self.asked_with or engagement.asked_with,
            retired={one: option for one, option in engagement.retired.items() if one not in self.answers},
        )

    def written_into(self, text: str, name: str, questions: tuple[str, ...]) -> str:
        for one, words in self.head.items():
            text = put(text, name, "engagement", one, inline(words), _HEAD)
        if self.questionnaire:
            text = put(text, name, "", "questionnaire", self.questionnaire, SECTIONS)
        for question, option in self.answers.items():
            text = put(text, name, "answers", question, option, questions)
        for question, origin in self.origins.items():
            written = origin_inline(origin) if origin is not None else ""
            text = put(text, name, "provenance", question, written, questions)
        if self.asked_with is not None:
            text = put(text, name, "", "asked_with", asked_with_inline(self.asked_with), RECORDS)
        return text
