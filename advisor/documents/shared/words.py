"""Small wording for documents: clean text, lists, numbers, dates, ids as words; no layout and no decisions."""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from collections.abc import Iterable, Sequence
from fractions import Fraction

from advisor.model.advice import Advice
from advisor.model.engagement import Origin
from advisor.model.rules import MODEL, NOT_ASKED, ORIENTATION, WORK_ASKS_FOR

PRACTICE = "PRACTICE"
ASSUMED = " (assumed)"

_GAP_WORDS = {NOT_ASKED: "not asked"}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_CAPITALS = frozenset((*calendar.month_name[1:], *calendar.day_name))
_DATE_LABELS = {"start": "Start", "first_live": "First go-live", "go_live": "Go-live", "end": "End"}
# Overrides of writing direction let a name rearrange the words around it, so they never reach a document.
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SENTENCE_ENDS = re.compile(
    r"(?<!\bDr\.)(?<!\bMr\.)(?<!Mrs\.)(?<!\bMs\.)(?<!\bSt\.)(?<!\bNo\.)(?<=[.!?]) +(?=[A-Z\"“])"
)


def clean(text: str) -> str:
    """Return the text on one line, without control characters or anything else that could take over a page."""
    return " ".join("".join(_plain(character) for character in text).split())


def _plain(character: str) -> str:
    if character in _DIRECTION:
        return ""
    category = unicodedata.category(character)
    if category == "Cs" or ord(character) & 0xFFFE == 0xFFFE:
        return "\ufffd"  # no character at all, and in Word's XML an error
    return " " if category == "Cc" else character


def number(count: int) -> str:
    """Small numbers as words, as running text has them."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def numbered(number: int, one: str, many: str = "") -> str:
    """`1 engagement`, `2 engagements`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(items: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def capital(text: str) -> str:
    """Raise the first letter and leave the rest alone."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Lower the first letter for use inside a sentence, unless the text starts with an abbreviation or on a day."""
    first = re.match(r"[A-Za-z]+", text)
    kept = text[1:2].isupper() or (first and first[0] in _CAPITALS)
    return text if kept else text[:1].lower() + text[1:]


def a(name: str) -> str:
    """Any one of that name, inside a sentence: `a delivery manager`, `an account manager`."""
    return f"{'an' if name[:1] in 'AEIOUaeiou' else 'a'} {lower_first(name)}"


def ended(text: str) -> str:
    """End the text as a sentence."""
    return text if not text or text[-1] in ".!?" else f"{text}."


def first_sentences(text: str, most: int) -> str:
    """The sentences that a text begins with, at least one, of no more than so many words together."""
    kept: list[str] = []
    for sentence in _SENTENCE_ENDS.split(text):
        if kept and sum(len(one.split()) for one in (*kept, sentence)) > most:
            break
        kept.append(sentence)
    return " ".join(kept)


def date_words(value: str) -> str:
    """`2027-01-11` as `11 January 2027`; anything else as it was given."""
    try:
        date = datetime.date.fromisoformat(value)
    except ValueError:
        return clean(value)
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def month_words(value: str) -> str:
    """`2027-01` as `January 2027`."""
    year, _, month = value.partition("-")
    return f"{_MONTHS[int(month) - 1]} {year}"


_CAME = {"asked": "asked", "set": "set", "file": "taken from a file"}


def origin_words(origin: Origin | None) -> str:
    """Where an answer comes from: `asked on 31 January 2027; note: per SOW 3.2`; empty where nothing is kept."""
    if origin is None:
        return ""
    came = f"taken from {clean(origin.source)}" if origin.source else _CAME.get(origin.how, "")
    on = f" on {date_words(origin.when[:10])}" if came and origin.when else ""
    return "; ".join(text for text in (came + on, f"note: {clean(origin.note)}" if origin.note else "") if text)


# Not strftime: the month's name must not depend on the reader's locale.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def date_label(id: str) -> str:
    """The words for a date's field."""
    return _DATE_LABELS.get(id, capital(clean(id).replace("_", " ")))


def grounds(claims: Iterable[str]) -> tuple[str, ...]:
    """What a statement rests on: claim ids, and last `practice` where it goes beyond the article."""
    once = dict.fromkeys(claims)
    return tuple(claim for claim in once if claim != PRACTICE) + (("practice",) if PRACTICE in once else ())


def initials(names: Sequence[str]) -> tuple[str, ...]:
    """Short names for columns (`Delivery manager` is `DM`), all different."""
    taken: list[str] = []
    for name in names:
        words = name.replace("-", " ").split()
        plain = "".join(word[0] for word in words).upper() if len(words) > 1 else name[:2].upper()
        longer = (plain + words[-1][1 : 1 + extra] for extra in range(1, 4)) if words else iter(())
        short = next((option for option in (plain, *longer) if option not in taken), f"{plain}{len(taken) + 1}")
        taken.append(short)
    return tuple(taken)


def role_name(advice: Advice, role: str) -> str:
    """The name of a role in the rulebook, or of a party to the engagement."""
    known = advice.names.roles.get(role)
    parties = (one.labels[role] for one in advice.names.several.values() if role in one.labels)
    return known.name if known else next(parties, capital(role.replace("_", " ")))


def column_name(advice: Advice, role: str) -> str:
    """What heads the role's column: its name, or the one that the model has for a person with several roles."""
    return advice.names.columns.get(advice.recommendation.model, {}).get(role) or role_name(advice, role)


def model_name(advice: Advice, model: str) -> str:
    """The engagement model's name in the rulebook."""
    return advice.names.models.get(model, capital(model.replace("_", " ")))


def value_words(advice: Advice, variable: str, value: str) -> tuple[str, str]:
    """What was read and what it said, in words: a question and its answer, or a finding and its value."""
    names = advice.names
    gap = _GAP_WORDS.get(value)
    if variable in (MODEL, WORK_ASKS_FOR):
        asked = "What the work asks for" if variable == WORK_ASKS_FOR else "Engagement model"
        return asked, gap or model_name(advice, value)
    finding = next((finding for finding in advice.findings if finding.id == variable), None)
    if finding is not None:
        said = gap or (finding.label if finding.value == value else value.replace("_", " "))
        return finding.text, said
    if variable == ORIENTATION:
        return "Where the evidence leans", gap or names.bands.get(value, value.replace("_", " "))
    asked = _part_words(advice, variable) or names.questions.get(variable, capital(variable.replace("_", " ")))
    return asked, gap or names.options.get(variable, {}).get(value, clean(value).replace("_", " "))


def _part_words(advice: Advice, variable: str) -> str:
    """The question with several answers, with the one that the variable is about; empty where it is about none."""
    for one in advice.names.several.values():
        for option, part in one.parts.items():
            if part == variable:
                return f"{one.text.rstrip('?')}: {lower_first(one.labels[option])}?"
    return ""


def quoted_model(advice: Advice, model: str) -> str:
    """The model's name marked off in a sentence, since names hold commas and `and`."""
    return f"“{model_name(advice, model)}”"


def leaning(advice: Advice) -> str:
    """Which way the evidence leans, to follow its points."""
    band = advice.orientation.band
    return advice.names.bands.get(band, band.replace("_", " "))


def assumes(advice: Advice, *rules: str) -> tuple[str, ...]:
    """The questions nobody answered on which what these rules say rests."""
    return tuple(dict.fromkeys(question for rule in rules for question in advice.assuming.get(rule, ())))


def as_told(advice: Advice, rule: str, text: str) -> str:
    """What the rule says as a sentence, marked where it rests on an answer that nobody gave."""
    return marked(ended(text), bool(assumes(advice, rule)))


def marked(text: str, assumed: bool) -> str:
    """The text, and where it is assumed, that it is so, before the stop at its end."""
    if not text or not assumed:
        return text
    stop = text[-1] if text[-1] in ".!?" else ""
    return f"{text[: len(text) - len(stop)]}{ASSUMED}{stop}"


def percent(share: Fraction) -> str:
    """A share that is neither nothing nor all in whole percents: never rounded to 0 or 100."""
    return f"{min(99, max(1, round(share * 100)))} %"
