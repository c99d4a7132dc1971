"""What several files agree on as one engagement, with who said what to each open question; and what else differs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from advisor.agree.values import Besides, Said, Voice
from advisor.catalog.agreed import known_names, stands_alone
from advisor.catalog.plain import LONGEST_TEXT
from advisor.catalog.records import DATES
from advisor.catalog.stated import MOST_MATTERS
from advisor.model.agreed import Agreement
from advisor.model.engagement import AskedWith, Engagement, Origin
from advisor.model.rulebook import Catalog

_Value = TypeVar("_Value")


def merged(
    catalog: Catalog, voices: Sequence[Voice], agreed: Mapping[str, str], open_: Iterable[Said], anonymous: bool
) -> Engagement:
    """What all agree on: answers that nobody contradicts, people and dates likewise, every matter that anybody states.

    Where answers come from is kept: the files, their notes, and of an open question who said what. Of anonymous voices
    there is only how many said it.
    """
    first = voices[0].engagement
    known = dict.fromkeys((*catalog.questions, *catalog.several))
    matters = tuple(dict.fromkeys(matter for one in voices for matter in one.engagement.matters))[:MOST_MATTERS]
    people = _shared(voices, lambda one: one.people)
    times = _shared(voices, lambda one: one.times)
    return replace(
        first,
        name=_same(voices, lambda one: one.name) or first.name,
        client=_same(voices, lambda one: one.client),
        money=_one([one.engagement.money for one in voices if one.engagement.money is not None]),
        asked_by=_same(voices, lambda one: one.asked_by),
        context=_same(voices, lambda one: one.context),
        as_of=_same(voices, lambda one: one.as_of),
        answers={name: agreed[name] for name in catalog.questions if name in agreed},
        people=people,
        times={role: stints for role, stints in times.items() if role in people or not stints[0].name},
        dates=_in_order(_shared(voices, lambda one: one.dates)),
        matters=matters,
        agreed=_agreements(voices, {*known_names(people, times, matters), *catalog.roles}),
        origins=_origins(catalog, voices, agreed, open_, anonymous),
        asked_with=AskedWith(catalog.version, catalog.digest, tuple(known)),
        retired={},
        replaced={},
    )


def besides(voices: Sequence[Voice]) -> Iterator[Besides]:
    """Names, dates and people that are not the same everywhere, and rows on which people agreed otherwise."""
    for about in ("client", "as_of"):
        yield from _differing(about, {one.name: getattr(one.engagement, about) for one in voices})
    for part in ("dates", "people"):
        for key in dict.fromkeys(key for one in voices for key in getattr(one.engagement, part)):
            said = {one.name: getattr(one.engagement, part).get(key, "") for one in voices}
            yield from _differing(f"{part}.{key}", said)
    for row in dict.fromkeys(one.row for voice in voices for one in voice.engagement.agreed):
        yield from _differing(f"agreed.{row}", {one.name: _letters(one.engagement, row) for one in voices})


def _differing(about: str, said: Mapping[str, str]) -> Iterator[Besides]:
    by_text: dict[str, tuple[str, ...]] = {}
    for name, text in said.items():
        if text:
            by_text[text] = (*by_text.get(text, ()), name)
    if len(by_text) > 1:
        yield Besides(about, by_text)


def _letters(engagement: Engagement, row: str) -> str:
    found = next((one.letters for one in engagement.agreed if one.row == row), {})
    return ", ".join(f"{role} {letters or 'none'}" for role, letters in found.items())


def _same(voices: Sequence[Voice], read: Callable[[Engagement], str]) -> str:
    """What all say who say anything; empty where they differ."""
    said = {text for one in voices if (text := read(one.engagement))}
    return said.pop() if len(said) == 1 else ""


def _one(said: Sequence[_Value]) -> _Value | None:
    """What all say who say anything; None where they differ."""
    return said[0] if said and all(one == said[0] for one in said) else None


def _shared(voices: Sequence[Voice], read: Callable[[Engagement], Mapping[str, _Value]]) -> dict[str, _Value]:
    """What nobody contradicts, by key."""
    found: dict[str, list[_Value]] = {}
    for one in voices:
        for key, value in read(one.engagement).items():
            found.setdefault(key, []).append(value)
    return {key: some[0] for key, some in found.items() if all(one == some[0] for one in some)}


def _in_order(dates: Mapping[str, str]) -> dict[str, str]:
    """The dates, where those of one file do not contradict those of another."""
    days = [dates[name] for name in DATES if name in dates]
    return dict(dates) if days == sorted(days) else {}


def _agreements(voices: Sequence[Voice], names: Collection[str]) -> tuple[Agreement, ...]:
    """What nobody contradicts, by people who are known in what all agree on."""
    rows = _shared(voices, lambda one: {each.row: each for each in one.agreed})
    return tuple(one for one in rows.values() if all(name in names or stands_alone(name) for name in one.by))


def _origins(
    catalog: Catalog, voices: Sequence[Voice], agreed: Mapping[str, str], open_: Iterable[Said], anonymous: bool
) -> dict[str, Origin]:
    found = {
        name: Origin(
            option,
            "file",
            max((one.when for one in _came(voices, name)), default=""),
            catalog.digest,
            _short(", ".join(voice.file for voice in voices if name in voice.engagement.answers), anonymous),
            _short("; ".join(_noted(voices, name)), anonymous),
        )
        for name, option in agreed.items()
    }
    for one in open_:
        counts = {
            option: f"{len(who)} of {len(voices)}" if anonymous else ", ".join(who)
            for option, who in one.options.items()
        }
        said = "; ".join(f"{option} ({who})" for option, who in counts.items())
        notes = "; ".join(f"{who}: {note}" for who, note in one.notes.items())
        found[one.question] = Origin(note=_cut(f"open: {said}{f'; {notes}' if notes and not anonymous else ''}"))
    return {name: found[name] for name in catalog.questions if name in found}


def _came(voices: Sequence[Voice], question: str) -> list[Origin]:
    origins = (one.engagement.origin(question) for one in voices)
    return [one for one in origins if one is not None]


def _noted(voices: Sequence[Voice], question: str) -> Iterator[str]:
    for voice in voices:
        origin = voice.engagement.origin(question)
        if origin is not None and origin.note:
            yield f"{voice.name}: {origin.note}"


def _short(text: str, anonymous: bool) -> str:
    return "" if anonymous else _cut(text)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 3]}..."
