"""What people hold on to of an advice: the model, who leads which phase, every letter, every risk; to be compared."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.advise.reader_words import in_words_of
from advisor.model.advice import Advice, PointItem

MODEL, LEAD, LETTER, RISK = KINDS = ("model", "lead", "letter", "risk")
Key = tuple[str, str]  # one of KINDS, and an id: a phase, `row:role`, or a rule
Standing = Mapping[Key, str]


def standing_of(advice: Advice) -> dict[Key, str]:
    """The model, lead by phase, letters by row and role, and the words of each risk by rule."""
    advice = in_words_of(advice)
    found: dict[Key, str] = {(MODEL, ""): advice.recommendation.model}
    found |= {(LEAD, part.phase): part.lead for part in advice.split.phases}
    for row in advice.matrix.activities:
        found |= {(LETTER, f"{row.id}:{cell.role}"): cell.letters for cell in row.cells if cell.letters}
    for point in sorted(advice.points, key=lambda one: -one.rank):
        if point.kind == RISK:
            # several matters of one kind share a rule; what was typed tells them apart
            what = point.about.get("what", "")
            found[RISK, f"{point.rule}: {what}" if what else point.rule] = _filled(point)
    return found


def _filled(point: PointItem) -> str:
    text = point.text
    for name, typed in point.about.items():
        text = text.replace(f"{{{name}}}", typed)
    return text


def differing(before: Standing, after: Standing) -> tuple[Key, ...]:
    """What one of the two has otherwise than the other or not at all; what weighs most first."""
    keys = dict.fromkeys((*before, *after))
    return tuple(sorted((key for key in keys if before.get(key) != after.get(key)), key=_weight))


def _weight(key: Key) -> int:
    return KINDS.index(key[0])
