"""One engagement as it is described: answers, people, dates, what was stated besides, and where answers come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from advisor.model.agreed import Agreement
from advisor.model.money import Money
from advisor.model.stated import Matter, Stint


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an answer comes from: the option it then was, how it came (HOW), when (ISO 8601), under which digest.

    `source` names the file that it was taken from. With an empty option it is a note on an open question.
    """

    option: str = ""
    how: str = ""
    when: str = ""
    rulebook: str = ""
    source: str = ""
    note: str = ""


HOW = ("asked", "set", "file")


@dataclass(frozen=True, slots=True)
class AskedWith:
    """The rulebook that the answers were last given under, and all questions that it had."""

    version: str
    digest: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Engagement:
    """One engagement as described: answers are option ids by question id; people and dates are optional.

    `rulebook` is the folder of a rulebook of one's own, seen from the engagement file; empty for the one that ships.
    `retired` are answers that an earlier rulebook asked for and this one does not: kept in the file, read by no rule.
    `replaced` says which of the answers were given to an earlier question: that question and its option, by question.
    `matters` are what people state besides, and `times` how much of
    their week people have for each role, where somebody said: the holder first, then who else can be had.
    `as_of` is the day on which all this was so (ISO 8601). `agreed` are the rows whose letters people set themselves,
    and `money` is what the whole is sold or budgeted for. `asked_by` is whom the documents are for, typed under `for:`.
    """

    id: str
    name: str
    client: str
    answers: Mapping[str, str]
    people: Mapping[str, str]
    dates: Mapping[str, str]
    questionnaire: str = "engagement"
    rulebook: str = ""
    origins: Mapping[str, Origin] = field(default_factory=dict)
    asked_with: AskedWith | None = None
    retired: Mapping[str, str] = field(default_factory=dict)
    replaced: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    context: str = ""
    matters: tuple[Matter, ...] = ()
    times: Mapping[str, tuple[Stint, ...]] = field(default_factory=dict)
    as_of: str = ""
    context_for_client: str = ""
    agreed: tuple[Agreement, ...] = ()
    money: Money | None = None
    asked_by: str = ""

    @property
    def told(self) -> str:
        """All that people wrote of it beside their answers: the context, and what each matter is."""
        return " ".join((self.context, *(one.what for one in self.matters)))

    def origin(self, question: str) -> Origin | None:
        """Where the answer to the question comes from; None where that was not kept, or another was typed since."""
        asked, option = self.replaced.get(question, (question, self.answers.get(question, "")))
        found = self.origins.get(asked)
        return found if found is not None and found.option == option else None
