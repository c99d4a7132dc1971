"""The dates ahead: what is due after the first steps with who sees to it, and when to look at the advice again."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.documents.brief.chosen import MOST, RISKS, Later, later
from advisor.documents.brief.dates import GO_LIVE, day_in, order
from advisor.documents.brief.holding import filled
from advisor.documents.brief.weighing import STEPS, weightiest
from advisor.documents.shared import words
from advisor.model.advice import Advice

MOST_REVIEWS, MOST_LINES = 3, 5
MOST_STATED = 8  # of what was stated and stands nowhere else in a brief, so that it is not lost
LAST_CHECK = "two weeks before go-live, to decide whether to go or wait"
_LAST = "9999"


def look_again(advice: Advice, as_of: str, steps: int = MOST[STEPS], risks: int = MOST[RISKS]) -> tuple[str, ...]:
    """The lines, those without a day last."""
    texts = [filled(advice, one.text.rstrip(".")) for one in weightiest(advice, "review", MOST_REVIEWS)]
    texts = [words.lower_first(text.replace(advice.names.go_live, GO_LIVE)) for text in texts]
    if advice.engagement.dates.get("go_live") and not any("before go-live" in text for text in texts):
        texts.append(LAST_CHECK)
    found = (day_in(advice, text, as_of) for text in texts)
    every = later(advice, as_of, steps, risks)
    stated = every[:MOST_STATED]
    usual = sorted((Later(day, "", what) for day, what in found), key=lambda one: one.day or _LAST)
    lines = [*stated, *usual[: max(MOST_LINES - len(stated), MOST_REVIEWS - 1)]]
    lines.sort(key=lambda one: (one.day or _LAST, order(advice, one.what.partition(",")[0], as_of)))
    said = (*(_said(one) for one in lines), *_rest(every[MOST_STATED:]))
    return tuple(text.replace(GO_LIVE, advice.names.go_live) for text in said)


def _rest(left: Sequence[Later]) -> tuple[str, ...]:
    """What is still later, in one line: `Besides: Telford goes live (5 July); the audit.`"""
    named = "; ".join(
        name
        if not one.counts or any(letter.isdigit() for letter in name)
        else f"{name} ({words.date_words(one.counts)})"
        for one in left
        if (name := one.what.partition(". ")[0].partition(", ")[0])
    )
    return (words.ended(f"Besides: {named}"),) if named else ()


def _said(one: Later) -> str:
    """`2 December, Signe Holm: Data from the old system. Ask for it in writing.`"""
    if not one.day:
        return words.ended(words.capital(one.what))
    on = ", ".join(text for text in (words.date_words(one.day), one.who) if text)
    what = words.capital(one.what) if one.who else one.what
    return words.ended(f"{on}{', ' if what.startswith('and ') else ': '}{what}")
