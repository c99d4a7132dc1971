"""What the list of files says of each: its headline and how sure it is, worked out once for each state of a file."""

from __future__ import annotations

import datetime
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from advisor.advise import advise
from advisor.catalog.engagements import read_one
from advisor.catalog.own import catalog_for
from advisor.documents.brief.headline import headline
from advisor.documents.shared.words import clean, date_words
from advisor.errors import AdvisorError
from advisor.files import read_limited
from advisor.interview.steps import steps_of

AT_ONCE = 0.06  # seconds that a page may take for what is not worked out yet
PATIENT = 60.0  # and a thread that works it out ahead
STATUS = {"settled": "Firm", "likely": "Likely", "leaning": "Leaning"}
_State = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Headline:
    """One line of the list; `problem` says why a file cannot be read, `waiting` that it has not been looked at yet."""

    name: str
    changed: str
    when: str = ""
    title: str = ""
    client: str = ""
    says: str = ""
    status: str = ""
    status_word: str = ""
    answered: int = 0
    problem: str = ""
    waiting: bool = False


@dataclass(slots=True)
class Headlines:
    """Headlines that are known, by path; worked out by one thread at a time."""

    _known: dict[Path, tuple[_State, Headline]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, paths: list[Path], rulebook: Path | None, seconds: float = AT_ONCE) -> list[Headline]:
        """A line for each file; those for which there was no time are waiting, and come with a later page."""
        until = time.monotonic() + seconds
        found = []
        for path in paths:
            try:
                stat = path.lstat()
            except OSError:
                continue  # removed meanwhile
            state = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            known = self._known.get(path)
            if known is None or known[0] != state:
                left = until - time.monotonic()
                if left <= 0 or not self._lock.acquire(timeout=left):
                    found.append(Headline(path.name, _day(stat.st_mtime), waiting=True))
                    continue
                try:
                    known = (state, _headline(path, _day(stat.st_mtime), rulebook))
                    self._known[path] = known
                finally:
                    self._lock.release()
            found.append(known[1])
        return found


def _headline(path: Path, changed: str, rulebook: Path | None) -> Headline:
    try:
        data = read_limited(path)
        catalog = catalog_for(data, path, rulebook)
        engagement = read_one(data, path.name, catalog)
        advice = advise(catalog, engagement)
    except AdvisorError as error:
        return Headline(path.name, changed, problem=clean(str(error).splitlines()[0])[:300])
    status = advice.recommendation.status
    return Headline(
        name=path.name,
        changed=changed,
        when=date_words(engagement.dates["start"]) if "start" in engagement.dates else "",
        title=clean(engagement.name) or path.stem,
        client=clean(engagement.client),
        says=headline(advice),
        status=status,
        status_word=STATUS.get(status, status),
        answered=len(steps_of(catalog, engagement.answers)),
    )


def _day(seconds: float) -> str:
    return date_words(datetime.datetime.fromtimestamp(seconds).date().isoformat())
