"""One engagement of a batch as a line: what was found and recommended, by id, without the words for it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

from advisor.documents.advice.as_json import differing, share_of
from advisor.documents.matrix.csv_table import defused
from advisor.model.advice import Advice, Recommendation
from advisor.model.matrix import ActivityRow, Matrix, Split

SCHEMA = "advisor/result-2"
COLUMNS = (
    "source",
    "line",
    "id",
    "name",
    "client",
    "status",
    "model",
    "share",
    "candidates",
    "asks_for",
    "unstaffed",
    "not_available",
    "not_paid_for",
    "runner_up",
    "delivery_manager_points",
    "project_manager_points",
    "band",
    "split",
    "guardrails",
    "unanswered",
    "rulebook_version",
    "rulebook_digest",
)
_MOST, _MOST_MATRICES = 5_000, 1_000  # texts that are kept: of parts some hundred bytes each, of matrices 3,000

_json: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


class Lines:
    """Writes result lines. Advices share most of their parts, and each of these is put into JSON once.

    Ids are letters, digits and underscores in every rulebook, so that they stand in JSON as they are.
    """

    def __init__(self) -> None:
        self._said: dict[int, tuple[object, str]] = {}
        self._matrices: dict[int, tuple[Matrix, str]] = {}

    def line(self, advice: Advice, source: str, line: int) -> str:
        """The result as one line of JSON (`schemas/result-2.json`), without its end."""
        engagement, orientation = advice.engagement, advice.orientation
        say = self._say
        levels = [f'"{one.measure}":"{one.level}"' for one in advice.levels]
        findings = [f'"{one.id}":"{one.value}"' for one in advice.findings]
        return (
            f'{{"schema":"{SCHEMA}","source":{_json(source)},"line":{line},'
            f'"engagement":{{"id":{_json(engagement.id)},"name":{_json(engagement.name)},'
            f'"client":{_json(engagement.client)}}},'
            f'"recommendation":{say(advice.recommendation, _recommendation)},'
            f'"orientation":{{"delivery_manager":{orientation.delivery_manager},'
            f'"project_manager":{orientation.project_manager},"band":"{orientation.band}"}},'
            f'"levels":{{{",".join(levels)}}},'
            f'"findings":{{{",".join(findings)}}},'
            f'"split":{say(advice.split, _split)},'
            f"{self._matrix(advice.matrix)},"
            f"{_agreed(advice.matrix) if engagement.agreed else ''}"
            f'"guardrails":{_ids([one.id for one in advice.guardrails])},'
            f'"unanswered":{_ids(advice.unanswered)},'
            f'"set_aside":{_ids(advice.set_aside)},'
            f'"rulebook":{{"version":{_json(advice.version)},"digest":"{advice.digest}"}}}}'
        )

    def _matrix(self, matrix: Matrix) -> str:
        known = self._matrices.get(id(matrix))
        if known is not None and known[0] is matrix:
            return known[1]
        rows = ",".join([self._say(row, _cells) for row in matrix.activities])
        text = f'"cells":{{{rows}}},"left_out":{_ids([one.id for one in matrix.left_out])}'
        if len(self._matrices) >= _MOST_MATRICES:
            self._matrices.clear()
        self._matrices[id(matrix)] = matrix, text
        return text

    def _say(self, part: Any, make: Callable[[Any], str]) -> str:
        known = self._said.get(id(part))
        if known is not None and known[0] is part:
            return known[1]
        if len(self._said) >= _MOST:
            self._said.clear()
        text = make(part)
        self._said[id(part)] = part, text
        return text


def head() -> str:
    """The first line of results as CSV."""
    return _csv(COLUMNS)


def cells(advice: Advice, source: str, line: int) -> str:
    """The result as one line of CSV, its end included; lists are separated by blanks."""
    engagement, one = advice.engagement, advice.recommendation
    return _csv(
        defused(
            (
                source,
                str(line or ""),
                engagement.id,
                engagement.name,
                engagement.client,
                one.status,
                one.model,
                str(share_of(one.share)),
                " ".join(one.candidates),
                one.asks_for,
                " ".join(one.unstaffed),
                " ".join(one.not_available),
                " ".join(one.not_paid_for),
                one.runner_up or "",
                str(advice.orientation.delivery_manager),
                str(advice.orientation.project_manager),
                advice.orientation.band,
                " ".join([f"{role}={share}" for role, share in advice.split.overall.items()]),
                " ".join([item.id for item in advice.guardrails]),
                str(len(advice.unanswered)),
                advice.version,
                advice.digest,
            )
        )
    )


def _csv(fields: Any) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerow(fields)
    return stream.getvalue()


def _ids(names: Any) -> str:
    return '["' + '","'.join(names) + '"]' if names else "[]"


def _cells(row: ActivityRow) -> str:
    return f'"{row.id}":' + _json({cell.role: cell.letters for cell in row.cells if cell.letters})


def _agreed(matrix: Matrix) -> str:
    """Where people agreed on other letters than the rules give, by row."""
    rows = {row.id: said for row in matrix.activities if (said := differing(row))}
    return f'"agreed":{_json(rows)},' if rows else ""


def _recommendation(one: Recommendation) -> str:
    return _json(
        {
            "status": one.status,
            "model": one.model,
            "share": share_of(one.share),
            "candidates": one.candidates,
            "asks_for": one.asks_for,
            "unstaffed": one.unstaffed,
            "not_available": one.not_available,
            "not_paid_for": one.not_paid_for,
            "runner_up": one.runner_up,
        }
    )


def _split(split: Split) -> str:
    phases = {part.phase: {"lead": part.lead, "shares": dict(part.shares)} for part in split.phases}
    return _json({"overall": dict(split.overall), "phases": phases})
