"""What if: other answers beside the advice, with before and after, and a way to keep them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from starlette.responses import Response

from advisor.advise import advise
from advisor.advise.reading import is_asked, read_answers
from advisor.documents.advice.viewing import view_of
from advisor.documents.brief.compose import brief_of
from advisor.documents.brief.content import Brief
from advisor.documents.shared.words import capital, role_name
from advisor.explain.comparing import Comparison, compare
from advisor.interview.saving import Overtaken
from advisor.interview.steps import Step, steps_of
from advisor.model.advice import Advice
from advisor.serve.advised import BRIEF
from advisor.serve.asked import Asked
from advisor.serve.asking import CHANGED, Given, answered
from advisor.serve.reading import as_shown, chosen_in, shown_in
from advisor.serve.site import Opened, Site, go

USUAL = "usual"


@dataclass(frozen=True, slots=True)
class Choice:
    """One question with what the file says and what is tried; `usual` is what is assumed where nothing is."""

    step: Step
    chosen: tuple[str, ...]
    nothing: bool
    open: bool
    was: str
    usual: str
    tried: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Something before and after."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that the tried answers change, in the order of its weight."""

    answers: tuple[Line, ...]
    lines: tuple[Line, ...]
    letters: tuple[Line, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    said: tuple[str, ...]
    unsaid: tuple[str, ...]

    @property
    def something(self) -> bool:
        return bool(self.lines or self.letters or self.gained or self.lost or self.said or self.unsaid)


def show(site: Site, asked: Asked) -> Response:
    """The questions with what is tried, and above them what that changes."""
    opened = site.open(asked.name)
    given = list(_tried(opened, asked.query))
    return _shown(site, opened, given)


def keep(site: Site, asked: Asked) -> Response:
    """Write the tried answers into the file."""
    opened = site.open(asked.name)
    given = list(_tried(opened, asked.form))
    engagement = opened.engagement
    for step, _ in given:
        there = {name: engagement.answers[name] for name in step.names if name in engagement.answers}
        if shown_in(step, asked.text(f"was.{step.id}")) != there:
            said = step.told(engagement.answers) or "nothing"
            problem = f"{CHANGED}: {step.question.text} The file now says “{said}”. Nothing is saved yet."
            return _shown(site, opened, given, problem, 409)
    try:
        opened.save(engagement, answered(opened, engagement, given, how="set"))
    except Overtaken as error:
        if not error.points:
            raise
        return _shown(site, site.open(asked.name), given, f"{CHANGED}. Nothing is saved yet.", 409)
    return go(f"{opened.link}?done=saved")


def _tried(opened: Opened, fields: dict[str, list[str]]) -> Iterator[Given]:
    """The questions for which something else is tried than the file says."""
    answers = opened.engagement.answers
    for step in steps_of(opened.catalog, opened.catalog.questions):
        field = fields.get(f"option.{step.id}")
        if field is None:
            continue
        chosen = None if USUAL in field else chosen_in(step, field)
        now = step.answers(chosen) if chosen is not None else {}
        if now != {name: answers[name] for name in step.names if name in answers}:
            yield step, chosen


def _shown(site: Site, opened: Opened, given: list[Given], problem: str = "", status: int = 200) -> Response:
    engagement, catalog = opened.engagement, opened.catalog
    before = opened.advice
    changed = answered(opened, engagement, given).answers
    after = advise(catalog, replace(engagement, answers=changed))
    values = read_answers(catalog, changed).values
    asked = [one for one in steps_of(catalog, catalog.questions) if is_asked(one.question, values)]
    tried = {step.id: chosen for step, chosen in given}
    sections = dict.fromkeys(step.question.section for step in asked)
    return site.page(
        "whatif.html.j2",
        "What if",
        status,
        engagement=engagement,
        link=opened.link,
        tab="what-if",
        decision=brief_of(before, view_of(before, BRIEF)).decision,
        sections=tuple(
            (name, tuple(_choice(one, opened, before, tried) for one in asked if one.question.section == name))
            for name in sections
        ),
        outcome=_outcome(before, after, given) if given else None,
        tried=tuple(step.id for step, _ in given),
        problem=problem,
    )


def _choice(step: Step, opened: Opened, before: Advice, tried: dict[str, tuple[str, ...] | None]) -> Choice:
    answers = opened.engagement.answers
    there = None if step.is_open(answers) else step.chosen(answers)
    chosen = tried.get(step.id, there)
    assumed = before.assumed.get(step.id, "")
    return Choice(
        step,
        chosen or (),
        chosen == (),
        chosen is None,
        as_shown(step, answers),
        step.question.label(assumed) if assumed and not step.several else "",
        step.id in tried,
    )


def _outcome(before: Advice, after: Advice, given: list[Given]) -> Outcome:
    found = compare(before, after, {})
    briefs = [brief_of(one, view_of(one, BRIEF)) for one in (before, after)]
    said = [
        [*one.facts, *(danger.what for danger in one.dangers), *(step.what for step in one.steps)] for one in briefs
    ]
    return Outcome(
        tuple(_answer(step, chosen, before) for step, chosen in given),
        tuple(_lines(before, after, briefs, found)),
        tuple(
            Line(f"{one.name}: {role_name(before, one.role)}", one.before or "–", one.after or "–")
            for one in found.cells
        ),
        tuple(one.name for one in found.rows_gained),
        tuple(one.name for one in found.rows_lost),
        tuple(one for one in said[1] if one not in said[0]),
        tuple(one for one in said[0] if one not in said[1]),
    )


def _answer(step: Step, chosen: tuple[str, ...] | None, before: Advice) -> Line:
    told = step.told(before.engagement.answers)
    assumed = before.assumed.get(step.id, "")
    usual = f"not answered (assumed: {step.question.label(assumed)})" if assumed else "not answered"
    now = "; ".join(step.question.label(one) for one in chosen) or "None of these" if chosen is not None else "as usual"
    return Line(step.question.text, told or usual, now)


def _lines(before: Advice, after: Advice, briefs: list[Brief], found: Comparison) -> Iterator[Line]:
    """The decision and what it rests on, as far as it differs."""
    both: list[tuple[str, Callable[[Brief], str]]] = [
        ("Decision", lambda one: one.decision),
        ("How sure", lambda one: one.sure),
        ("Staffing", lambda one: one.staffing),
    ]
    for what, told in both:
        was, now = (told(one) for one in briefs)
        if was != now:
            yield Line(what, was or "–", now or "–")
    for old, new in zip(before.levels, after.levels, strict=True):
        if old.label != new.label:
            yield Line(capital(old.text.rstrip("?")), old.label, new.label)
    if found.before.overall != found.after.overall:
        yield Line("Overall split", _shares(before), _shares(after))


def _shares(advice: Advice) -> str:
    return ", ".join(f"{role_name(advice, role)} {share} %" for role, share in advice.split.overall.items()) or "–"
