"""What rulebook.yaml sets: how assumptions are weighed, what answers mean in people and money, what may never fall."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from advisor.catalog.fields import Fields
from advisor.catalog.rules import complain
from advisor.errors import did_you_mean
from advisor.model.findings import Topic
from advisor.model.questions import Question
from advisor.model.rulebook import CanStaff, OutlookPolicy
from advisor.model.rules import SIDES


def read_outlook(settings: Fields) -> OutlookPolicy:
    """How assumptions are weighed, and from which share on a model is likely."""
    part = settings.inner("outlook")
    if part is None:
        return OutlookPolicy(1, Fraction(1))
    policy = OutlookPolicy(
        part.number("usual_counts", least=1), Fraction(part.number("likely_from_percent", least=1), 100)
    )
    part.finish()
    return policy


def read_can_staff(settings: Fields, topics: Iterable[Topic]) -> dict[str, dict[str, CanStaff]]:
    """What values of the topics' findings mean in people and money."""
    findings = {one.id: one for topic in topics for one in topic.findings}
    found: dict[str, dict[str, CanStaff]] = {}
    outer = settings.inner("can_staff", required=False)
    for name, key, node in outer.pairs() if outer is not None else ():
        part = Fields(node, f"can_staff.{name}", settings.problems)
        if name not in findings:
            part.problems.add(key, part.where, f"is no finding{did_you_mean(name, findings)}")
            continue
        found[name] = {
            value: _can_staff(Fields(one, part.path(value), part.problems)) for value, _, one in part.pairs()
        }
        if set(found[name]) != set(findings[name].values):
            part.problems.add(key, part.where, f"must name {', '.join(findings[name].values)}, and nothing else")
    return found


def _can_staff(fields: Fields) -> CanStaff:
    free, paid = fields.texts("free"), fields.number("paid", least=0)
    for role in free:
        if role not in SIDES:
            complain(fields, "free", f"{role!r} is neither {SIDES[0]} nor {SIDES[1]}{did_you_mean(role, SIDES)}")
    fields.finish()
    return CanStaff(free, paid)


def read_monotone(settings: Fields, questions: Mapping[str, Question]) -> tuple[tuple[str, str], ...]:
    """Which side's points more of a question must never lower, as (question, role)."""
    pairs: list[tuple[str, str]] = []
    part = settings.inner("monotone", required=False)
    if part is None:
        return ()
    for role, key, _ in part.pairs():
        if role not in SIDES:
            part.problems.add(key, part.path(role), f"is neither {SIDES[0]} nor {SIDES[1]}")
        for name in part.texts(role):
            if name not in questions or not questions[name].ordered:
                complain(part, role, f"{name!r} is no question with ordered options")
            pairs.append((name, role))
    return tuple(pairs)
