"""Headings and names: which columns are what, roles apart from people, roles in rows told from roles in columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from advisor.matrices.grid import flat
from advisor.matrices.vocabulary import is_in, words

_BRACKET = re.compile(r"^(.*?)\s*[(\[]([^()\[\]]+)[)\]]\s*$")
_NAME_PART = re.compile(r"[^\W\d_][\w'’.-]*")
_PARTICLES = frozenset(
    ("van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "bin", "al", "el")
)
_NO_NAMES = ("role_words", "work_words", "phase_names")
_CLEARLY = 0.8
_MOST_WORDS = 6  # of a role's name
_LONGEST_CODE = 6  # of an abbreviation such as `PMO`
_LONGEST = 300  # a text that is longer names no role
_BETWEEN = re.compile(r"\n|\s+[-–—/|:]\s+|:\s+|,\s*")
_CODE = re.compile(r"[A-Za-z]{0,4}[-. ]?\d+(?:[.\-]\d+)*[.)]?|[A-Z]{1,5}-\d+|[ivxIVX]{1,5}[.)]")


def looks_like_person(text: str) -> bool:
    """Whether a text is most likely a person's name: two to four capitalised words, none of which names a role."""
    parts = text.replace(",", " ").split()
    if not 2 <= len(parts) <= 4:
        return False
    real = [part for part in parts if part.lower() not in _PARTICLES]
    if len(real) < 2 or any(part.lower().strip(".,") in words().lists[one] for part in parts for one in _NO_NAMES):
        return False
    return all(_NAME_PART.fullmatch(part) is not None and part[0].isupper() for part in real) and not text.isupper()


def role_and_people(text: str) -> tuple[str, tuple[str, ...]]:
    """The role that a heading names, and the people it names with it: `PM (Anna Lind)`, `Anna Lind, PM`."""
    whole = flat(text)
    if len(whole) > _LONGEST:
        return whole, ()
    if match := _BRACKET.match(whole):
        outside, inside = match[1].strip(), match[2].strip()
        people = tuple(part.strip() for part in re.split(r"[,;/&]|\band\b", inside))
        if outside and all(looks_like_person(one) for one in people):
            return outside, people
        if looks_like_person(outside) and names_a_role(inside) >= _CLEARLY:
            return inside, (outside,)
        return whole, ()
    parts = [flat(part) for part in _BETWEEN.split(text) if part.strip()]
    if len(parts) > 1:
        people = tuple(part for part in parts if looks_like_person(part))
        rest = [part for part in parts if part not in people]
        if people and rest:
            return " ".join(rest), people
    return whole, ()


def is_code(text: str) -> bool:
    """Whether a text is a number or an identifier of a row: `3`, `1.2`, `T-07`, `iv.`."""
    return _CODE.fullmatch(text.strip()) is not None


def is_number(text: str) -> bool:
    """Whether a text is an amount: `12`, `3.5`, `40 %`, `€ 1,200`."""
    return re.fullmatch(r"[€$£]?\s*[-+]?\d[\d.,]*\s*(?:%|h|d|pt|€)?", text.strip()) is not None


def names_a_role(text: str) -> float:
    """How much a text looks like the name of a role, from 0 to 1."""
    role, people = role_and_people(text)
    if people or looks_like_person(role):
        return 1.0
    parts = re.findall(r"[\w&]+", role.lower())
    if not parts or len(parts) > _MOST_WORDS:
        return 0.0
    known = words().lists
    if len(parts) > 1 and parts[0] in known["activity_words"]:
        return 0.2
    if parts[-1] in known["role_words"] or parts[0] in known["role_words"]:
        return 1.0
    if any(part in known["role_words"] for part in parts):
        return 0.5
    return 0.8 if len(parts) == 1 and role.isupper() and len(role) <= _LONGEST_CODE else 0.0


def names_an_activity(text: str) -> float:
    """How much a text looks like the name of an activity, from 0 to 1."""
    parts = re.findall(r"\w[\w'’-]*", text.lower())
    if not parts:
        return 0.0
    if parts[0] in words().lists["activity_words"] and len(parts) > 1:
        return 1.0
    return 0.6 if len(parts) > 4 else 0.0


def share(texts: Sequence[str], measure: Callable[[str], float]) -> float:
    """The mean of a measure over the texts."""
    return sum(measure(text) for text in texts) / len(texts) if texts else 0.0


def opens_phase(text: str) -> bool:
    """Whether a text names a phase by its words: `Phase 2: Build`, `3. Execution`, `Planning & Design:`."""
    low = re.sub(r"^[\W\d]+", "", flat(text).lower()).rstrip(" :.-–—")
    if low.split()[:1] and low.split()[0].rstrip("s:") in words().lists["phase_words"] and len(low.split()) < 9:
        return True
    low = re.sub(r"\s+(phase|stage|activities|tasks|and closure)$", "", low)
    return is_in(low, "phase_names") or (
        len(low.split()) < 6
        and all(is_in(part, "phase_names") for part in re.split(r"\s*(?:,|/|&|\band\b)\s*", low) if part)
        and bool(low)
    )


def defines_letter(text: str) -> bool:
    """Whether a text says what a letter stands for: `R = Reviews`."""
    return re.match(r"[A-Z]{1,2}\s*[=:]\s*[^\W\d_]{3,}", text) is not None
