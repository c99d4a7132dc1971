"""The interview, a question a page: each answer is saved before the next page, and nothing is written over unseen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from starlette.responses import Response

from advisor.errors import AdvisorError
from advisor.interview import state
from advisor.interview.adaptive import SHORT_WAY, short_way
from advisor.interview.provenance import now, recorded
from advisor.interview.saving import Overtaken
from advisor.interview.state import Interview
from advisor.interview.steps import Step, steps
from advisor.model.engagement import Engagement
from advisor.model.questions import Questionnaire
from advisor.serve.asked import Asked
from advisor.serve.known import known_of
from advisor.serve.reading import Unfilled, as_shown, chosen_in, note_in, note_of, seen, shown_in
from advisor.serve.site import Opened, Site, go

UNSAID = "nothing"
Given = tuple[Step, tuple[str, ...] | None]
CHANGED = "This was answered elsewhere meanwhile"


def begin(site: Site, asked: Asked) -> Response:
    """Go to the question on the table, or to the check of all answers."""
    opened = site.open(asked.name)
    interview = _interview(site, opened)
    step = state.step_of(opened.catalog, interview)
    if step is None or step.id in interview.skipped or not step.is_open(interview.answers):
        interview = state.keep(opened.catalog, _questionnaire(opened), interview)
        site.sittings[opened.name] = interview
    return go(_place(opened, interview))


def question(site: Site, asked: Asked) -> Response:
    """The page of one question."""
    opened = site.open(asked.name)
    return _shown(site, opened, _step(opened, asked.step), asked.text("then"))


def answer(site: Site, asked: Asked) -> Response:
    """Save what was chosen and go on; where that is no answer, or the file says otherwise by now, the page again.

    What comes next is chosen once the browser asks for it: that takes longer than to save, and an answer is confirmed.
    """
    opened = site.open(asked.name)
    step = _step(opened, asked.step)
    then, skips = asked.text("then"), asked.text("act") == "skip"
    chosen: tuple[str, ...] | None = None
    try:
        chosen = None if skips else chosen_in(step, asked.form.get("option", []))
        if chosen is None and not skips:
            raise Unfilled("Choose an answer, or say that you don’t know.")
        put(opened, step, chosen, asked.text("was"), note_in(asked.text("note")), asked.text("was_note"))
    except Unfilled as error:
        return _shown(site, opened, step, then, str(error), 422)
    except Overtaken as error:
        if not error.points:
            raise
        opened = site.open(asked.name)
        return _shown(site, opened, step, then, _meanwhile(opened, step, chosen), 409, chosen)
    interview = state.go_to(opened.catalog, _interview(site, opened), step.id)
    skipped = interview.skipped | {step.id} if chosen is None else interview.skipped - {step.id}
    site.sittings[opened.name] = replace(interview, skipped=skipped)
    return go(f"{opened.link}/{'check' if then == 'check' else 'ask'}")


def put(opened: Opened, step: Step, chosen: tuple[str, ...] | None, was: str, note: str, was_note: str) -> None:
    """Write an answer into the file (None takes it away); Overtaken where the file no longer says what was shown."""
    engagement = opened.engagement
    shown = shown_in(step, was)
    there = {name: engagement.answers[name] for name in step.names if name in engagement.answers}
    if shown != there or was_note != note_of(step, engagement):
        raise Overtaken(opened.path, (f"{step.id}: {CHANGED}",))
    before = seen(engagement, step, shown, was_note)
    opened.save(before, answered(opened, before, [(step, chosen)], [(step, note)]))


def answered(
    opened: Opened,
    before: Engagement,
    given: Sequence[Given],
    noted: Sequence[tuple[Step, str]] = (),
    how: str = "asked",
) -> Engagement:
    """The engagement with these answers (None takes one away) and notes."""
    answers = dict(before.answers)
    notes = {name: one.note for name, one in before.origins.items() if one.note}
    for step, chosen in given:
        for name in step.names:
            answers.pop(name, None)
        answers |= step.answers(chosen) if chosen is not None else {}
    for step, text in noted:
        for name in step.names:
            notes.pop(name, None)
        notes |= dict.fromkeys(step.names, text) if text else {}
    return recorded(before, opened.catalog, answers, how, now(), notes)


def check(site: Site, asked: Asked) -> Response:
    """All answers, each to be changed, and what is still open."""
    opened = site.open(asked.name)
    catalog, questionnaire = opened.catalog, _questionnaire(opened)
    interview = _interview(site, opened)
    lines = state.review(catalog, questionnaire, interview)
    return site.page(
        "check.html.j2",
        "Check your answers",
        engagement=opened.engagement,
        link=opened.link,
        tab="ask",
        given=_by_section([_line(one, opened) for one in lines if one.answer is not None and not one.set_aside]),
        open=tuple(_line(one, opened) for one in lines if one.answer is None),
        aside=tuple(_line(one, opened) for one in lines if one.set_aside),
        left=len(state.waiting(catalog, questionnaire, interview)),
        known=known_of(catalog, opened.engagement, opened.engagement.answers),
        notice=asked.text("done") and "Saved.",
    )


def deeper(site: Site, asked: Asked) -> Response:
    """Go on with the questions that are left."""
    opened = site.open(asked.name)
    interview = replace(_interview(site, opened), position=None, skipped=frozenset())
    interview = state.go_deeper(opened.catalog, _questionnaire(opened), interview)
    site.sittings[opened.name] = interview
    return go(_place(opened, interview))


def beside(site: Site, asked: Asked) -> Response:
    """What is known if what is ticked on the page were saved; asked for by the page's script."""
    opened = site.open(asked.name)
    answers = dict(opened.engagement.answers)
    known_steps = steps(opened.catalog)
    for field, given in asked.query.items():
        step = known_steps.get(field.removeprefix("option.") if field != "option" else asked.text("step"))
        if step is None or not field.startswith("option"):
            continue
        try:
            chosen = chosen_in(step, given)
        except AdvisorError:
            continue
        for name in step.names:
            answers.pop(name, None)
        answers |= step.answers(chosen) if chosen is not None else {}
    table = known_steps.get(asked.text("step"))
    known = known_of(opened.catalog, opened.engagement, answers, table)
    return site.page("known.html.j2", "", known=known, link=opened.link)


def _shown(
    site: Site,
    opened: Opened,
    step: Step,
    then: str,
    problem: str = "",
    status: int = 200,
    wanted: tuple[str, ...] | None = None,
) -> Response:
    catalog, engagement = opened.catalog, opened.engagement
    questionnaire = _questionnaire(opened)
    interview = state.go_to(catalog, _interview(site, opened), step.id)
    site.sittings[opened.name] = interview
    before = state.back(catalog, questionnaire, interview)
    chosen = step.chosen(engagement.answers) if wanted is None else wanted
    nothing = step.several and not chosen and (wanted is not None or not step.is_open(engagement.answers))
    return site.page(
        "ask.html.j2",
        step.question.text,
        status,
        engagement=engagement,
        link=opened.link,
        tab="ask",
        step=step,
        chosen=chosen,
        nothing=nothing,
        was=as_shown(step, engagement.answers),
        note=note_of(step, engagement),
        back=f"{opened.link}/ask/{quote(before.position or '')}" if before != interview else "",
        then=then if then == "check" else "",
        progress=state.progress(catalog, questionnaire, interview),
        claims=tuple(catalog.claims[one] for one in step.question.cites),
        usual=_usual(step),
        known=known_of(catalog, engagement, engagement.answers, step),
        problem=problem,
    )


def _usual(step: Step) -> str:
    usual = step.question.usual
    return step.question.label(usual.answer) if usual is not None and not step.several and not usual.by else ""


def _meanwhile(opened: Opened, step: Step, chosen: tuple[str, ...] | None) -> str:
    there = step.told(opened.engagement.answers) or UNSAID
    ours = "don’t know" if chosen is None else "; ".join(step.question.label(one) for one in chosen) or "None of these"
    note = note_of(step, opened.engagement)
    noted = f" with the note “{note}”" if note else ""
    return (
        f"{CHANGED}: the file now says “{there}”{noted}. Your answer “{ours}” is not saved yet; "
        "choose again to put it in place of that."
    )


def _line(one: state.ReviewLine, opened: Opened) -> dict[str, str]:
    return {
        "id": one.step.id,
        "section": one.step.question.section,
        "text": one.step.question.text,
        "answer": one.answer or "",
        "note": note_of(one.step, opened.engagement),
    }


def _by_section(lines: list[dict[str, str]]) -> tuple[tuple[str, tuple[dict[str, str], ...]], ...]:
    """The lines under their sections, in the order in which these are asked."""
    sections = dict.fromkeys(one["section"] for one in lines)
    return tuple((name, tuple(one for one in lines if one["section"] == name)) for name in sections)


def _questionnaire(opened: Opened) -> Questionnaire:
    return opened.catalog.questionnaires[opened.engagement.questionnaire]


def _interview(site: Site, opened: Opened) -> Interview:
    """Where the interview on this file stands, with what the file says now."""
    engagement, catalog = opened.engagement, opened.catalog
    notes = {name: one.note for name, one in engagement.origins.items() if one.note}
    sitting = site.sittings.get(opened.name)
    if sitting is None or (sitting.position is not None and sitting.position not in steps(catalog)):
        questionnaire = _questionnaire(opened)
        adaptive = questionnaire.id != SHORT_WAY
        first = [step.id for step in short_way(catalog)] if adaptive else []
        sitting = state.start(catalog, questionnaire, engagement.answers, adaptive, notes, first)
        site.sittings[opened.name] = sitting
    return replace(sitting, answers=dict(engagement.answers), notes=notes)


def _place(opened: Opened, interview: Interview) -> str:
    return f"{opened.link}/check" if interview.position is None else f"{opened.link}/ask/{quote(interview.position)}"


def _step(opened: Opened, name: str) -> Step:
    found = steps(opened.catalog).get(name)
    if found is None:
        raise AdvisorError("There is no such question.")
    return found
