"""What falls due as an iCalendar file (RFC 5545): an all-day event for each day, with the same id every time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from advisor.advise.reader_words import in_words_of
from advisor.documents.agreed.review_words import due_line
from advisor.documents.shared.words import clean
from advisor.review.values import Due, Reviewed

OCTETS = 75  # of a line, its end not counted; longer ones are folded


def calendar(found: Sequence[Reviewed]) -> bytes:
    """The days to come of all engagements; an event keeps its id when the file is written again."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//role-advisor//advisor review//EN", "CALSCALE:GREGORIAN"]
    for one in found:
        for due in one.coming:
            lines += _event(one, due)
    return b"".join(_folded(line) for line in (*lines, "END:VCALENDAR"))


def _event(one: Reviewed, due: Due) -> Iterator[str]:
    engagement = one.advice.engagement
    day = date.fromisoformat(due.day)
    name = clean(engagement.name) or clean(engagement.id)
    # by what it is rather than when, so that a day that moves moves the event
    uid = hashlib.sha256("\0".join((engagement.id, due.kind, due.about)).encode("utf-8", "replace")).hexdigest()[:32]
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@role-advisor"
    yield f"DTSTAMP:{one.today.replace('-', '')}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    if day < date.max:
        yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(f'{name}: {due_line(in_words_of(one.advice), due)}')}"
    yield f"DESCRIPTION:{escaped(f'From {clean(one.file)}; advisor review says what to do.')}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """The text as a value of iCalendar."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """The line in pieces of at most 75 octets, never within a character; each but the first begins with a blank."""
    return b"\r\n ".join(_pieces(line)) + b"\r\n"


def _pieces(line: str) -> Iterable[bytes]:
    piece, room = b"", OCTETS
    for character in line:
        octets = character.encode("utf-8", "replace")
        if len(piece) + len(octets) > room:
            yield piece
            piece, room = b"", OCTETS - 1  # the blank counts
        piece += octets
    yield piece
