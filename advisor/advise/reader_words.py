"""An advice in its reader's words: what the rules call a client may be the business, as the rulebook's words say."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from advisor.model.advice import Advice, Names, PassageItem, PointItem, Profile, Recommendation
from advisor.model.matrix import ActivityRow, Matrix
from advisor.model.stated import WHY

WORKED_OUT = frozenset({"seat", "since", "leads", WHY})  # of what is known of a point; the rest is as typed
MOST_TEXTS = 20_000
_Key = TypeVar("_Key")
_Say = Callable[[str], str]


def in_words_of(advice: Advice) -> Advice:
    """The advice with every sentence and heading of the rulebook put into its reader's words; names stay as typed."""
    phrases: dict[str, str] = {}
    for question, by_option in advice.names.words.by_question.items():
        option = advice.engagement.answers.get(question) or advice.assumed.get(question, "")
        phrases |= by_option.get(option, {})
    if not phrases:
        return advice
    say = _saying(tuple(phrases.items()))
    return replace(
        advice,
        recommendation=_recommendation(advice.recommendation, say),
        levels=tuple(replace(one, text=say(one.text), label=say(one.label)) for one in advice.levels),
        findings=tuple(replace(one, text=say(one.text), label=say(one.label)) for one in advice.findings),
        matrix=_matrix(advice.matrix, say),
        evidence=tuple(replace(one, says=say(one.says)) for one in advice.evidence),
        profiles=tuple(_profile(one, say) for one in advice.profiles),
        guardrails=tuple(replace(one, text=say(one.text)) for one in advice.guardrails),
        role_sense=replace(advice.role_sense, note=say(advice.role_sense.note)),
        points=tuple(_point(one, say) for one in advice.points),
        passages=tuple(_passage(one, say) for one in advice.passages),
        names=_names(advice.names, say),
    )


@lru_cache(maxsize=16)
def _saying(given: tuple[tuple[str, str], ...]) -> _Say:
    """A text with each phrase replaced once, the longest that fits; a capital stays one.

    A rulebook has some thousands of texts, so each is put into other words once.
    """
    phrases = dict(given)
    longest = sorted(phrases, key=lambda one: -len(one))
    found = re.compile(rf"(?<![\w{{-])(?:{'|'.join(map(re.escape, longest))})(?![\w}}])", re.IGNORECASE)

    def other(match: re.Match[str]) -> str:
        said = phrases[match[0].casefold()]
        return said[:1].upper() + said[1:] if match[0][:1].isupper() else said

    return lru_cache(maxsize=MOST_TEXTS)(lambda text: found.sub(other, text))


def _recommendation(one: Recommendation, say: _Say) -> Recommendation:
    reasons = tuple(replace(reason, says=say(reason.says)) for reason in one.reasons)
    return replace(
        one,
        title=say(one.title),
        summary=say(one.summary),
        watch=say(one.watch),
        reasons=reasons,
        headline=say(one.headline),
    )


def _matrix(one: Matrix, say: _Say) -> Matrix:
    return replace(
        one,
        activities=tuple(_row(row, say) for row in one.activities),
        left_out=tuple(replace(row, name=say(row.name), reason=say(row.reason)) for row in one.left_out),
    )


def _row(row: ActivityRow, say: _Say) -> ActivityRow:
    cells = (cell if cell.agreed else replace(cell, says=say(cell.says)) for cell in row.cells)
    return replace(row, name=say(row.name), cells=tuple(cells))


def _profile(one: Profile, say: _Say) -> Profile:
    items = (replace(item, text=say(item.text), because=say(item.because)) for item in one.competencies)
    return replace(one, competencies=tuple(items))


def _point(one: PointItem, say: _Say) -> PointItem:
    """The point's sentences and what the advice put into them; by when it is due is a date once it has been counted."""
    about = {name: say(text) if name in WORKED_OUT else text for name, text in one.about.items()}
    return replace(one, text=say(one.text), trigger=say(one.trigger), action=say(one.action), about=about)


def _passage(item: PassageItem, say: _Say) -> PassageItem:
    return replace(item, passage=replace(item.passage, text=say(item.passage.text), label=say(item.passage.label)))


def _names(names: Names, say: _Say) -> Names:
    """The words for ids; without any for readers, so that nothing is said twice over."""
    return replace(
        names,
        roles={id: replace(role, name=say(role.name)) for id, role in names.roles.items()},
        models=_all(names.models, say),
        questions=_all(names.questions, say),
        options={question: _all(options, say) for question, options in names.options.items()},
        several={
            id: replace(one, text=say(one.text), labels=_all(one.labels, say)) for id, one in names.several.items()
        },
        columns={model: _all(columns, say) for model, columns in names.columns.items()},
        client=say(names.client),
        client_label=say(names.client_label),
        work_with_client=say(names.work_with_client),
        go_live=say(names.go_live),
        words=replace(names.words, by_question={}),
    )


def _all(texts: Mapping[_Key, str], say: _Say) -> dict[_Key, str]:
    return {key: say(text) for key, text in texts.items()}
