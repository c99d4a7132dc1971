"""What holds between work, people and money, and who is staffed: over every combination of what the steps read."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from math import prod

from advisor import reference
from advisor.advise.evaluator import Evaluator
from advisor.advise.recommendation import Verdict, decide, variables
from advisor.errors import BrokenInvariant
from advisor.model.rulebook import CanStaff, Catalog
from advisor.model.rules import COMBINED, MEASURES, SIDES
from advisor.verify.faults import Fault, relevant, shown

FULL = 4  # days a week from which a level fills a person
Values = Mapping[str, str]
Promise = Callable[["Staffed"], Iterator[Fault]]


class Staffed:
    """What every combination of what the steps read leads to; combinations that they leave open are not in it."""

    def __init__(self, catalog: Catalog, evaluator: Evaluator) -> None:
        self.catalog = catalog
        self.reads = variables(catalog)
        self.names = tuple(one.id for one in self.reads)
        self.verdicts: dict[tuple[str, ...], Verdict] = {}
        for chosen in itertools.product(*(one.domain for one in self.reads)):
            try:
                self.verdicts[chosen] = decide(catalog, dict(zip(self.names, chosen, strict=True)), evaluator)
            except BrokenInvariant:
                continue  # a fault of its own: no rule concludes, or several do

    def each(self) -> Iterator[tuple[dict[str, str], Verdict]]:
        """Every combination with its verdict."""
        for chosen, verdict in self.verdicts.items():
            yield dict(zip(self.names, chosen, strict=True)), verdict

    def at(self, values: Values) -> Verdict | None:
        """The verdict on other values."""
        return self.verdicts.get(tuple(values[name] for name in self.names))

    def staffs(self, verdict: Verdict) -> tuple[str, ...]:
        return self.catalog.models[verdict.model].staffs

    def people(self, verdict: Verdict) -> int:
        """How many managers the model asks for: one where one person is both."""
        roles = [role for role in self.staffs(verdict) if role in SIDES]
        return min(len(roles), 1) if verdict.model == COMBINED else len(roles)

    def fault(self, check: str, verdict: Verdict, what: str, values: Values) -> Fault:
        """A fault at the rule that decided, with the part of the combination that mattered."""
        return Fault(check, str(verdict.rules[-1].source), f"{what}, at {shown(relevant(values, verdict.rules))}")


def count(catalog: Catalog) -> int:
    """How many combinations there are."""
    return prod(len(one.domain) for one in variables(catalog))


def not_needed(staffed: Staffed) -> Iterator[Fault]:
    """A manager who is staffed for a side with no work, neither until delivery nor after it.

    Says nothing of a side whose levels the steps do not read.
    """
    for side in SIDES:
        measures = [one for one in staffed.catalog.measures.values() if MEASURES[one.finding.id] == side]
        if not all(one.finding.id in staffed.names for one in measures):
            continue
        for values, verdict in staffed.each():
            idle = all(values.get(one.finding.id, one.finding.values[0]) == one.finding.values[0] for one in measures)
            if idle and side in staffed.staffs(verdict):
                yield staffed.fault("not needed", verdict, f"{verdict.model} staffs {side} for no work", values)
                break


def left_out(staffed: Staffed) -> Iterator[Fault]:
    """A side with work for a whole week, of which nobody is staffed."""
    for name, side in MEASURES.items():
        full = {level for level, (fewest, _) in staffed.catalog.measures[name].days.items() if fewest >= FULL}
        for values, verdict in staffed.each():
            if values.get(name) in full and side not in staffed.staffs(verdict):
                what = f"{verdict.model} leaves out {side}, whose week is full"
                yield staffed.fault("left out", verdict, what, values)
                break


def more_work(staffed: Staffed) -> Iterator[Fault]:
    """A manager who is no longer staffed once there is more work of theirs."""
    for name, side in MEASURES.items():
        levels = staffed.catalog.measures[name].finding.values
        for values, verdict in staffed.each() if name in staffed.names else ():
            at = levels.index(values[name])
            more = {**values, name: levels[min(at + 1, len(levels) - 1)]}
            then = staffed.at(more)
            if then is not None and side in staffed.staffs(verdict) and side not in staffed.staffs(then):
                what = f"{verdict.model} becomes {then.model}, without {side}, when {name} rises from {values[name]}"
                yield staffed.fault("more work", then, what, more)
                break


def fewer_people(staffed: Staffed) -> Iterator[Fault]:
    """More managers where fewer are free or paid for; whoever is missing and not named, or named and not missing."""
    for finding, meaning in staffed.catalog.can_staff.items():
        for values, verdict in staffed.each() if finding in staffed.names else ():
            fault = _said(staffed, verdict, meaning[values[finding]], values)
            for less in meaning:
                then = staffed.at({**values, finding: less})
                if fault is None and then is not None and _scarcer(meaning[less], meaning[values[finding]]):
                    fault = _grown(staffed, verdict, then, f"{finding} is {less}, not {values[finding]}", values)
            if fault is not None:
                yield fault
                break


def _said(staffed: Staffed, verdict: Verdict, can: CanStaff, values: Values) -> Fault | None:
    roles = [role for role in staffed.staffs(verdict) if role in SIDES]
    either = verdict.model == COMBINED and any(role in can.free for role in roles)
    missing = {role for role in roles if role not in can.free and not either}
    if missing != set(verdict.not_available):
        named, lacking = (", ".join(sorted(one)) or "nobody" for one in (verdict.not_available, missing))
        return staffed.fault("who is missing", verdict, f"{named} is called not available, where {lacking} is", values)
    if verdict.not_paid_for and can.paid >= staffed.people(verdict):
        named = ", ".join(verdict.not_paid_for)
        return staffed.fault(
            "who is missing", verdict, f"{named} is called not paid for, where the money is there", values
        )
    return None


def _scarcer(less: CanStaff, more: CanStaff) -> bool:
    return less != more and set(less.free) <= set(more.free) and less.paid <= more.paid


def _grown(staffed: Staffed, now: Verdict, then: Verdict, where: str, values: Values) -> Fault | None:
    if staffed.people(then) > staffed.people(now) or _there(staffed, then) > _there(staffed, now):
        what = f"{now.model} becomes {then.model}, with more managers, when {where}"
        return staffed.fault("fewer people", then, what, values)
    return None


def _there(staffed: Staffed, verdict: Verdict) -> int:
    """How many of the managers can start."""
    return max(staffed.people(verdict) - len({*verdict.not_available, *verdict.not_paid_for}), 0)


def only_when(staffed: Staffed) -> Iterator[Fault]:
    """A model that is advised although what it is only for does not hold."""
    for model in staffed.catalog.models.values():
        wanted = [one for one in model.only_when if one.variable in staffed.names]
        for one in model.only_when:
            if one not in wanted:
                what = f"{model.id} is only for {one.variable}: {one.asked}, which no step reads"
                yield Fault("only when", str(model.source), what)
        for values, verdict in staffed.each():
            if verdict.model == model.id and not reference.met(wanted, values):
                asked = " and ".join(f"{one.variable}: {one.asked}" for one in wanted)
                yield staffed.fault("only when", verdict, f"{model.id} is only for {asked}", values)
                break


PROMISES: Mapping[str, Promise] = {
    "no manager is staffed for a side that has no work": not_needed,
    "nobody is left out whose side fills a week": left_out,
    "more work never removes the manager whose work it is": more_work,
    "fewer people or less money never lead to more managers, and whoever is missing is named": fewer_people,
    "a model that is only for some engagements is advised in no other": only_when,
}
