"""A sign-off as a file beside the engagement: model, leads, letters, risks, answers and rulebook as signed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from advisor.advise.standing import LEAD, LETTER, MODEL, RISK, Key, standing_of
from advisor.catalog.fields import Fields, Problems
from advisor.catalog.plain import is_plain
from advisor.catalog.source import compose
from advisor.catalog.stated import read_day
from advisor.errors import InputError, Problem
from advisor.model.advice import Advice
from advisor.model.agreed import NONE, Agreement
from advisor.review.values import Signed

SUFFIX = ".signed"
_HEAD = (
    "# What was signed, written by 'advisor review --sign'. 'advisor review' compares the engagement with it;\n"
    "# to sign anew, run the command again.\n"
)
_LONGEST = 2_000  # characters of any text


def beside(file: Path) -> Path:
    """Where the sign-off of an engagement file is kept."""
    return file.with_suffix(SUFFIX)


def signed_text(advice: Advice, on: str, by: tuple[str, ...], until: str) -> str:
    """The sign-off of an advice as the text of its file."""
    engagement, standing = advice.engagement, standing_of(advice)
    rows: dict[str, dict[str, Any]] = {row.id: {"name": row.name, "letters": {}} for row in advice.matrix.activities}
    for (kind, id), letters in standing.items():
        if kind == LETTER:
            row, _, role = id.partition(":")
            rows[row]["letters"][role] = letters
    said = {
        "signed": {"on": on, "by": list(by), **({"until": until} if until else {})},
        "engagement": {"id": engagement.id, "name": engagement.name, "client": engagement.client},
        "rulebook": {"version": advice.version, "digest": advice.digest},
        "model": advice.recommendation.model,
        "leads": {id: lead for (kind, id), lead in standing.items() if kind == LEAD},
        "rows": rows,
        "risks": {id: text for (kind, id), text in standing.items() if kind == RISK},
        "answers": dict(engagement.answers),
        "people": dict(engagement.people),
        "agreed": [
            {
                "row": one.row,
                "letters": {role: given or NONE for role, given in one.letters.items()},
                "by": list(one.by),
                "why": one.why,
                **({"until": one.until} if one.until else {}),
            }
            for one in engagement.agreed
        ],
    }
    # Leaves on one line each, so that a difference between two sign-offs can be read.
    return _HEAD + yaml.safe_dump(said, default_flow_style=None, sort_keys=False, allow_unicode=True, width=10_000)


def read_signed(data: bytes, name: str) -> Signed:
    """The sign-off in `data`; InputError with every problem in it."""
    documents = list(compose(data, name))
    if len(documents) != 1:
        raise InputError([Problem(name, 1, "", "is no sign-off; 'advisor review --sign' writes one")])
    problems = Problems(name)
    fields = Fields(documents[0][0], "", problems)
    head, rulebook, about = (fields.inner(one) for one in ("signed", "rulebook", "engagement"))
    standing: dict[Key, str] = {(MODEL, ""): fields.text("model")}
    standing |= {(LEAD, id): lead for id, lead in _texts(fields, "leads").items()}
    names = {}
    for row in _each(fields, "rows"):
        id = row.where.rpartition(".")[2]
        names[id] = row.text("name")
        standing |= {(LETTER, f"{id}:{role}"): letters for role, letters in _texts(row, "letters").items()}
    standing |= {(RISK, id): text for id, text in _texts(fields, "risks").items()}
    found = Signed(
        name,
        about.text("id") if about else "",
        read_day(head, "on") if head else "",
        head.texts("by") if head else (),
        read_day(head, "until") if head else "",
        rulebook.text("version") if rulebook else "",
        rulebook.text("digest") if rulebook else "",
        standing,
        names,
        _texts(fields, "answers"),
        _texts(fields, "people"),
        tuple(_agreement(one) for one in fields.each("agreed")),
    )
    texts = (*standing.values(), *names.values(), *found.people.values(), *found.by, found.version, found.digest)
    texts = (*texts, *(id for _, id in standing))
    if not all(is_plain(text, _LONGEST) for text in texts):
        problems.add(documents[0][0], "", f"holds a text that is not plain, or longer than {_LONGEST} characters")
    if head is not None and not found.on:
        problems.add(head.node, "signed.on", "is missing: the day of the sign-off")
    problems.raise_if_any()
    return found


def _texts(fields: Fields, name: str) -> dict[str, str]:
    part = fields.inner(name)
    return {key: part.text(key, "") for key, _, _ in part.pairs()} if part is not None else {}


def _each(fields: Fields, name: str) -> list[Fields]:
    part = fields.inner(name)
    return [one for key, _, _ in part.pairs() if (one := part.inner(key)) is not None] if part is not None else []


def _agreement(fields: Fields) -> Agreement:
    letters: Mapping[str, str] = _texts(fields, "letters")
    given = {role: "" if one == NONE else one for role, one in letters.items()}
    return Agreement(fields.text("row"), given, fields.texts("by"), fields.text("why"), "", read_day(fields, "until"))
