"""Where people's answers differ, as JSON in the shape `advisor/agree-1`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from advisor.agree.values import Meeting, Moved, Point, Said
from advisor.documents.advice.as_json import dumps

SCHEMA = "advisor/agree-1"


def meeting_as_json(meeting: Meeting, anonymous: bool = False) -> str:
    """Every point with who said what and what hangs on it; of anonymous voices only how many."""

    def who(names: Sequence[str]) -> Any:
        return len(names) if anonymous else list(names)

    def said(one: Said) -> dict[str, Any]:
        options = {option: who(names) for option, names in one.options.items()}
        notes: Mapping[str, str] = {} if anonymous else one.notes
        return {"question": one.question, "said": options, "silent": who(one.silent), "notes": dict(notes)}

    engagement = meeting.agreed
    found = {
        "schema": SCHEMA,
        "engagement": {"id": engagement.id, "name": engagement.name, "client": engagement.client},
        "voices": len(meeting.voices) if anonymous else {one.name: one.file for one in meeting.voices},
        "points": [{**said(point.said), **_point(point)} for point in meeting.points],
        "idle": [said(one) for one in meeting.idle],
        "by_some": [said(one) for one in meeting.by_some],
        "besides": [
            {"about": one.about, "said": {text: who(names) for text, names in one.said.items()}}
            for one in meeting.besides
        ],
        "model": meeting.advice.recommendation.model,
        "models": sorted(meeting.models.values()) if anonymous else dict(meeting.models),
        "agreed": dict(engagement.answers),
        "tried": {"combinations": meeting.tried, "every": meeting.every},
        "rulebook": {"version": meeting.advice.version, "digest": meeting.advice.digest},
    }
    return dumps(found, indent=2) + "\n"


def _point(point: Point) -> dict[str, Any]:
    return {
        "most": point.most,
        "kinds": list(point.kinds),
        "effects": {option: [_moved(one) for one in moved] for option, moved in point.effects.items()},
        "closes": {option: list(closed) for option, closed in point.closes.items()},
    }


def _moved(one: Moved) -> dict[str, str]:
    return {"kind": one.key[0], "about": one.key[1], "was": one.was, "now": one.now}
