"""Which letters our own matrix can be printed in: those of a file that ships, or a house's own from a file."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from advisor.catalog.fields import Fields, Problems
from advisor.catalog.folders import data_folder
from advisor.catalog.source import compose
from advisor.errors import InputError, Problem, did_you_mean
from advisor.files import read_limited
from advisor.model.lettering import Lettering, Sign

_FILE = "matrices/letterings.yaml"
MOST_LETTERS, MOST_WORD = 3, 60
_NEEDED, _MAY_BE = ("A", "R", "C", "I"), "S"


def standard() -> Lettering:
    """RACI, as the rules give the letters."""
    return known()["raci"]


@cache
def known() -> Mapping[str, Lettering]:
    """The letterings that ship, by id; InputError when the file is damaged."""
    shown = f"rules/{_FILE}"
    (root, _), *_ = compose(read_limited(data_folder("rules") / _FILE), shown)
    problems = Problems(shown)
    fields = Fields(root, "", problems)
    found = {one.id: one for one in map(_known, fields.each("letterings"))}
    fields.finish()
    problems.raise_if_any()
    return found


def _known(part: Fields) -> Lettering:
    signs = []
    if (letters := part.inner("letters")) is not None:
        for stands_for, _, node in tuple(letters.pairs()):
            one = Fields(node, letters.path(stands_for), part.problems)
            signs.append(Sign(stands_for, one.text("letter"), one.text("word"), one.text("does")))
            one.finish()
    found = Lettering(part.text("id"), part.text("name"), part.text("others"), tuple(signs), part.text("key"))
    part.finish()
    return found


def lettering(name: str) -> Lettering:
    """The lettering of that id, or the one in a file.

    InputError when there is neither, or with all that is wrong in the file.
    """
    from advisor.matrices.vocabulary import vocabulary_called  # knows other spellings

    found = vocabulary_called(name)
    if found is not None and found.id in known():
        return known()[found.id]
    path = Path(name)
    with suppress(OSError):  # what is no name of a file is no file
        if path.exists():
            return lettering_of(read_limited(path), name)
    ids = ", ".join(known())
    near = did_you_mean(name.lower(), known())
    wrong = f"{name[:80]!r} is none of {ids}, and there is no file of that name{near}"
    raise InputError([Problem("--letters", 0, "", wrong)])


def lettering_of(data: bytes, name: str) -> Lettering:
    """A house's own letters from YAML: for each of A, R, C and I, and S where it has one, the letter and the word."""
    documents = compose(data, name)
    if len(documents) != 1:
        raise InputError([Problem(name, 1, "", f"must hold one YAML document, not {len(documents)}")])
    problems = Problems(name)
    fields = Fields(documents[0][0], "", problems)
    called = _line(fields, "name") if "name" in fields else ""
    signs: list[Sign] = []
    for kind in (*_NEEDED[:2], _MAY_BE, *_NEEDED[2:]):
        part = fields.inner(kind, required=kind in _NEEDED)
        if part is not None:
            signs.append(_sign(part, kind, signs))
            part.finish()
    fields.finish()
    problems.raise_if_any()
    key = "; ".join(f"{one.letter}: {one.said}" for one in signs)
    supported = any(one.stands_for == _MAY_BE for one in signs)
    return Lettering("", called or "letters of your own", _MAY_BE if supported else "R", tuple(signs), f"{key}.")


def _sign(part: Fields, kind: str, earlier: list[Sign]) -> Sign:
    letter = part.text("letter").strip() if "letter" in part else ""
    node = part.get("letter") if "letter" in part else part.need("letter")
    if node is not None and not (letter.isalnum() and len(letter) <= MOST_LETTERS):
        part.problems.add(
            node, part.path("letter"), f"must be 1 to {MOST_LETTERS} letters or digits, not {letter[:20]!r}"
        )
    twin = next((one for one in earlier if letter and one.letter.casefold() == letter.casefold()), None)
    if node is not None and twin is not None:
        part.problems.add(node, part.path("letter"), f"{letter!r} stands for {twin.stands_for} already")
    word = _line(part, "word")
    return Sign(kind, letter, f"{word[:1].upper()}{word[1:]}")


def _line(part: Fields, name: str) -> str:
    """One line of text that says something."""
    text = " ".join(part.text(name).split()).rstrip(".")
    node = part.get(name)
    if node is not None and (len(text) > MOST_WORD or not text.isprintable()):
        part.problems.add(node, part.path(name), f"must be at most {MOST_WORD} characters that can be printed")
    return text
