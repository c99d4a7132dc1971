"""When to look again: at most five occasions, with their days where there are dates, the soonest first."""

from __future__ import annotations

from advisor.documents.brief.chosen import MOST, RISKS, later
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
    stated = sorted(later(advice, as_of, steps, risks))[:MOST_STATED]
    usual = sorted(((day or _LAST, what) for day, what in found), key=lambda line: line[0])
    lines = [*stated, *usual[: max(MOST_LINES - len(stated), MOST_REVIEWS - 1)]]
    chosen = sorted(lines, key=lambda line: (line[0], order(advice, line[1].partition(",")[0], as_of)))
    return tuple(_said(advice, day, text).replace(GO_LIVE, advice.names.go_live) for day, text in chosen)


def _said(advice: Advice, day: str, text: str) -> str:
    if day == _LAST:
        return words.ended(words.capital(text))
    return words.ended(f"{words.date_words(day)}{', ' if text.startswith('and ') else ': '}{text}")
