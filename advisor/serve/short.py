"""The short way: the questions that tell most, on one page, saved together."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from advisor.interview.adaptive import short_way
from advisor.interview.saving import Overtaken
from advisor.interview.steps import Step
from advisor.model.engagement import Engagement
from advisor.serve.asked import Asked
from advisor.serve.asking import CHANGED, UNSAID, Given, answered
from advisor.serve.known import known_of
from advisor.serve.reading import Unfilled, as_shown, chosen_in, shown_in
from advisor.serve.site import Opened, Site, go


def show(site: Site, asked: Asked) -> Response:
    """All of them with what is answered."""
    return _shown(site, site.open(asked.name))


def save(site: Site, asked: Asked) -> Response:
    """Save all at once; where the file says otherwise by now, nothing, and the page again."""
    opened = site.open(asked.name)
    engagement = opened.engagement
    given: list[Given] = []
    problems: list[str] = []
    for step in short_way(opened.catalog):
        was = shown_in(step, asked.text(f"was.{step.id}"))
        there = {name: engagement.answers[name] for name in step.names if name in engagement.answers}
        try:
            chosen = chosen_in(step, asked.form.get(f"option.{step.id}", []))
        except Unfilled as error:
            problems.append(str(error))
            continue
        if (step.answers(chosen) if chosen is not None else {}) == was:
            continue  # left as it was
        if was != there:
            said = step.told(engagement.answers) or UNSAID
            problems.append(f"{CHANGED}: {step.question.text} The file now says “{said}”.")
        given.append((step, chosen))
    if problems:
        return _shown(site, opened, (*problems, "Nothing is saved yet."), 409, given)
    try:
        opened.save(engagement, answered(opened, engagement, given))
    except Overtaken as error:
        if not error.points:
            raise
        return _shown(site, site.open(asked.name), (f"{CHANGED}. Nothing is saved yet.",), 409, given)
    site.sittings.pop(opened.name, None)
    return go(opened.link if asked.text("act") == "advice" else f"{opened.link}/check?done=1")


def _shown(
    site: Site,
    opened: Opened,
    problems: tuple[str, ...] = (),
    status: int = 200,
    wanted: Sequence[Given] = (),
) -> Response:
    engagement = opened.engagement
    chosen = {step.id: options for step, options in wanted}
    return site.page(
        "quick.html.j2",
        "Ten questions on one page",
        status,
        engagement=engagement,
        link=opened.link,
        tab="quick",
        asked=tuple(_field(step, engagement, chosen.get(step.id)) for step in short_way(opened.catalog)),
        known=known_of(opened.catalog, engagement, engagement.answers),
        problems=problems,
    )


def _field(step: Step, engagement: Engagement, wanted: tuple[str, ...] | None) -> dict[str, object]:
    answers = engagement.answers
    open_ = step.is_open(answers) and wanted is None
    chosen = step.chosen(answers) if wanted is None else wanted
    return {
        "step": step,
        "chosen": chosen,
        "open": open_ and not chosen,
        "nothing": step.several and not chosen and not open_,
        "was": as_shown(step, answers),
    }
