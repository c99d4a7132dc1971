"""What is wrong with the names of rows: the same twice, nearly the same, and what is no activity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from advisor.lint.look import Look, shown, some
from advisor.lint.words import words_of
from advisor.model.found import FoundRow

_LEFT_OUT = frozenset({"a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with"})
_LONG = 6  # letters of a word in which one wrong letter is a slip rather than another word
_MOST_WORDS = 20
_MOST_LIKE = 20  # rows that share all words but one: more of them are a list, and no slips


def check_activities(look: Look) -> None:
    """Every check that reads what the rows are called."""
    kept = _check_same(look)
    _check_similar(look, kept)
    _check_kind(look)


def _check_same(look: Look) -> list[FoundRow]:
    """Rows of one phase that have the same name; returns the first of each."""
    first: dict[tuple[str, ...], FoundRow] = {}
    for row in look.matrix.rows:
        key = (row.phase, *words_of(row.activity))
        if len(key) == 1 or _is_placeholder(row.activity):
            continue
        other = first.setdefault(key, row)
        if other is not row:
            same = [cell.letters for cell in row.cells] == [cell.letters for cell in other.cells]
            letters = "the same letters" if same else "other letters"
            look.note("duplicate_activity", row.place, f"stands at {other.place} too, with {letters}", row.activity)
    return list(first.values())


def _check_similar(look: Look, rows: Iterable[FoundRow]) -> None:
    """Rows of one phase with the same words in another order or form, or with one slip in one long word."""
    alike: dict[tuple[str, ...], FoundRow] = {}
    gaps: dict[tuple[str, ...], list[tuple[str, FoundRow]]] = defaultdict(list)
    near: dict[int, FoundRow] = {}
    for row in rows:
        words = sorted(_stem(word) for word in words_of(row.activity) if word not in _LEFT_OUT)
        other = alike.setdefault((row.phase, *words), row)
        if other is not row:
            near[id(row)] = other
        elif len(words) <= _MOST_WORDS:
            for at, word in enumerate(words):
                if len(word) >= _LONG and word.isalpha():
                    gaps[(row.phase, *words[:at], *words[at + 1 :])].append((word, row))
    for like in gaps.values():
        if 1 < len(like) <= _MOST_LIKE:
            for at, (word, row) in enumerate(like):
                slips = [one for before, one in like[:at] if is_slip(before, word)]
                near |= {id(row): slips[0]} if slips else {}
    for row in look.matrix.rows:
        if id(row) in near:
            said = f"much like {shown(near[id(row)].activity)} at {near[id(row)].place}"
            look.note("similar_activity", row.place, said, row.activity)


def _is_placeholder(activity: str) -> bool:
    """Whether the name of a row is still to be filled in: `[Enter task]`."""
    text = activity.strip()
    return text[:1] + text[-1:] in ("[]", "<>", "{}")


def _stem(word: str) -> str:
    """The word without a plural's s."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def is_slip(one: str, other: str) -> bool:
    """Whether the words differ by one letter that is wrong, missing, too much, or has changed places with the next."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )


def _check_kind(look: Look) -> None:
    """Rows that name a thing, and rows too broad to answer for; said once where most rows are like that."""
    found = []
    for row in look.matrix.rows:
        if not words_of(row.activity):
            found.append((row, "has letters and no name"))
        elif _is_placeholder(row.activity):
            found.append((row, "is left from a template"))
        elif look.words.any("broad", row.activity):
            found.append((row, "is too broad to answer for"))
        elif look.is_english and look.words.is_thing(row.activity):
            found.append((row, "says what there is, not what is done"))
    rows = look.matrix.rows
    if len(found) * 2 > len(rows) and len(rows) >= look.limit("no_activity", "least"):
        such = some([shown(row.activity) for row, _ in found], most=3)
        look.note("no_activity", look.matrix.table, f"{len(found)} of {len(rows)} rows name no activity: {such}")
        return
    for row, said in found:
        look.note("no_activity", row.place, said, row.activity)
