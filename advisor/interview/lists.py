"""Answers and their origins as files write them: several options as one list once all are known, else one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from advisor.catalog.usual import NO, YES
from advisor.model.engagement import Origin
from advisor.model.questions import Several

Written = str | list[str] | dict[str, object]


@dataclass(frozen=True, slots=True)
class Entries:
    """What a section of a file may hold: something for each question, and for each list whose parts are all known."""

    single: Mapping[str, Written]
    lists: Mapping[str, Written]

    def in_order(self, several: Mapping[str, Several]) -> Iterator[tuple[str, Written]]:
        """The shortest way to write it: lists where there are any, in place of their first part."""
        within = {part: name for name in self.lists for part in several[name].parts.values()}
        seen: set[str] = set()
        for question, written in self.single.items():
            name = within.get(question)
            if name is None:
                yield question, written
            elif name not in seen:
                seen.add(name)
                yield name, self.lists[name]


def answers_written(several: Mapping[str, Several], answers: Mapping[str, str]) -> Entries:
    """Answers as they stand in a file."""
    lists: dict[str, Written] = {
        one.id: [option for option, part in one.parts.items() if answers[part] == YES]
        for one in several.values()
        if all(answers.get(part) in (YES, NO) for part in one.parts.values())
    }
    return Entries(dict(answers), lists)


def origins_written(several: Mapping[str, Several], origins: Mapping[str, Origin]) -> Entries:
    """Where answers come from as it stands in a file; the parts of a list that came together have one origin."""
    lists: dict[str, Written] = {}
    for one in several.values():
        parts = [origins.get(part) for part in one.parts.values()]
        first = parts[0]
        if first is None or any(part is None or replace(part, option=first.option) != first for part in parts):
            continue
        given = [part.option for part in parts if part is not None]
        if all(given) or not any(given):
            chosen = [option for option, said in zip(one.parts, given, strict=True) if said == YES]
            lists[one.id] = _as_mapping(first, chosen if all(given) else "")
    return Entries({name: _as_mapping(one, one.option) for name, one in origins.items()}, lists)


def touched(several: Mapping[str, Several], changed: Collection[str]) -> tuple[list[str], list[Several]]:
    """The questions among those changed that are no parts, and the lists of which some part has changed."""
    lists = [one for one in several.values() if not set(one.parts.values()).isdisjoint(changed)]
    parts = {part for one in lists for part in one.parts.values()}
    return [one for one in changed if one not in parts], lists


def _as_mapping(origin: Origin, option: Written) -> dict[str, object]:
    said: dict[str, object] = {
        "option": option,
        "how": origin.how,
        "when": origin.when,
        "rulebook": origin.rulebook,
        "from": origin.source,
        "note": origin.note,
    }
    return {name: value for name, value in said.items() if value or isinstance(value, list)}
