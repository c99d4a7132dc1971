"""A plain recount of a portfolio that shares no code with it: from the advice's JSON, the files' YAML and load.yaml."""

from __future__ import annotations

import calendar
import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from advisor.advise import advise, conclude
from advisor.advise.session import session_for
from advisor.catalog.engagements import read_engagement
from advisor.documents.advice.as_json import advice_as_dict
from advisor.model.rulebook import Catalog
from tests.conftest import REPOSITORY

MANAGERS = ("delivery_manager", "project_manager", "team_lead")
WEIGHTS = {
    one["id"]: one["weight"]
    for one in yaml.safe_load((REPOSITORY / "rules/phases.yaml").read_text(encoding="utf-8"))["phases"]
}
POLICY = yaml.safe_load((REPOSITORY / "rules/load.yaml").read_text(encoding="utf-8"))
WORK = {one["model"]: one for one in POLICY["models"]}
PHASES = {one["phase"]: one for one in POLICY["phases"]}
Day = datetime.date


@dataclass
class Counted:
    """One engagement, recounted: persons by role and phase, their mean, and by role and day."""

    ref: str
    number: int
    said: dict[str, Any]
    client: str
    people: dict[str, str]
    phases: dict[str, dict[str, float]] = field(default_factory=dict)
    mean: dict[str, float] = field(default_factory=dict)
    days: dict[str, dict[Day, float]] = field(default_factory=dict)
    assumed: bool = False

    @property
    def status(self) -> str:
        return str(self.said["recommendation"]["status"])

    @property
    def model(self) -> str | None:
        found: str | None = self.said["recommendation"]["model"]
        return found


def recount(catalog: Catalog, files: list[Path]) -> list[Counted]:
    """Every engagement of the files, which must all be readable, in order."""
    return [_one(catalog, path, number) for number, path in enumerate(files, start=1)]


def _one(catalog: Catalog, path: Path, number: int) -> Counted:
    engagement = read_engagement(path, catalog)
    given = engagement.answers
    said = advice_as_dict(advise(catalog, engagement))
    written = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    people = {role: name for role, name in said["engagement"]["people"].items() if role in MANAGERS}
    counted = Counted(said["engagement"]["id"], number, said, written["engagement"].get("client", ""), people)
    if counted.model is None:
        return counted
    staffed = list(said["split"]["overall"])
    if counted.model == "combined":
        names = {people[role] for role in staffed if role in people}
        if len(names) == 1:
            people.update(dict.fromkeys(staffed, next(iter(names))))
    scale = said["findings"]["scale"]
    counted.assumed = any(
        conclude(catalog, {**given, question: option}, session_for(catalog)).values["scale"] != scale
        for question in said["assumed"]
        for option in catalog.questions[question].option_ids
    )
    work = WORK[counted.model]["work"][scale] / 100
    own = WORK[counted.model].get("phases", {})
    for role in staffed:
        counted.phases[role] = {
            one["phase"]: work
            * own.get(one["phase"], PHASES[one["phase"]]["percent"])
            / 100
            * one["shares"][role]
            / 100
            for one in said["split"]["phases"]
        }
        counted.mean[role] = _mean(counted.phases[role])
        counted.days[role] = by_day(counted.phases[role], counted.mean[role], written.get("dates", {}))
    return counted


def _mean(phases: dict[str, float]) -> float:
    beside = sum(load for phase, load in phases.items() if PHASES[phase]["during"] == "throughout")
    weights = {phase: WEIGHTS[phase] for phase in phases if PHASES[phase]["during"] != "throughout"}
    whole = sum(weights.values())
    return beside + (sum(phases[phase] * weight for phase, weight in weights.items()) / whole if whole else 0)


def by_day(phases: dict[str, float], mean: float, dates: dict[str, str]) -> dict[Day, float]:
    """Persons on each day, from persons by phase; nothing where too few dates are known."""
    start, live, end = (
        Day.fromisoformat(dates[name]) if name in dates else None for name in ("start", "go_live", "end")
    )
    if start is None or (live is None and end is None):
        return {}
    if live is None:
        assert end is not None
        return {start + datetime.timedelta(n): mean for n in range((end - start).days + 1)}
    last = end  # the last day that anything runs
    if last is None:
        months = POLICY["months_without_end"]
        assert months == 12
        served = any(PHASES[phase]["during"] == "service" for phase in phases)
        leap = live.month == 2 and live.day == 29
        after = Day(live.year + 1, live.month, 28 if leap else live.day) if served else live
        last = after - datetime.timedelta(1)
    found: dict[Day, float] = {}
    length = (live - start).days
    for n in range((last - start).days + 1):
        day, load, passed = start + datetime.timedelta(n), 0.0, 0
        for phase, policy in PHASES.items():
            if policy["during"] == "throughout":
                runs = True
            elif policy["during"] == "service":
                runs = day >= live
            else:
                runs = length * passed // 100 <= n < length * (passed + policy["time"]) // 100
                passed += policy["time"]
            load += phases.get(phase, 0.0) if runs else 0.0
        if load:
            found[day] = load
    return found


def by_month(parts: list[dict[Day, float]]) -> dict[str, float]:
    """Persons by month as `2027-01`: the mean over its days of what runs in it."""
    found: dict[str, float] = defaultdict(float)
    for days in parts:
        for day, load in days.items():
            found[f"{day:%Y-%m}"] += load / calendar.monthrange(day.year, day.month)[1]
    return dict(found)


def busiest(parts: list[tuple[float, dict[Day, float]]]) -> float:
    """The highest month of several (mean, days); what has no days counts in every month."""
    always = sum(mean for mean, days in parts if not days)
    return always + max(by_month([days for _, days in parts]).values(), default=0.0)
