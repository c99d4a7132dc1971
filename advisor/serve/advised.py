"""The advice as a page: the brief, why each letter and sentence is there, and who is who, to be changed in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import Response

from advisor.catalog.records import DATES
from advisor.catalog.usual import YES
from advisor.documents.advice.viewing import view_of
from advisor.documents.brief.behind import behind
from advisor.documents.brief.compose import brief_of
from advisor.documents.brief.picture import work_picture
from advisor.documents.brief.sure import ranked
from advisor.documents.shared.edition import Edition
from advisor.documents.shared.words import capital, date_label
from advisor.interview.steps import Step, steps
from advisor.model.advice import Advice
from advisor.serve.asked import Asked
from advisor.serve.reading import as_shown
from advisor.serve.site import Opened, Site

PARTIES = "parties"
MOST_TRIED = 3  # questions
BRIEF = Edition("brief")
_NOTICES = {"renamed": "Renamed.", "back": "Put back.", "saved": "Saved."}


@dataclass(frozen=True, slots=True)
class Person:
    """A role that somebody can be named for; `days` where the file says how much time they have, so change it there."""

    role: str
    called: str
    name: str
    days: bool


@dataclass(frozen=True, slots=True)
class Try:
    """Another answer to a question, and the page that shows what it would change."""

    asked: str
    answer: str
    link: str


def show(site: Site, asked: Asked) -> Response:
    """The page of the advice."""
    return shown(site, site.open(asked.name), notice=_NOTICES.get(asked.text("done"), ""))


def shown(
    site: Site,
    opened: Opened,
    problems: tuple[str, ...] = (),
    status: int = 200,
    wanted: Mapping[str, str] | None = None,
    notice: str = "",
) -> Response:
    """The advice, with what is wrong in the form on names and dates, and what was filled in there."""
    advice, engagement = opened.advice, opened.engagement
    view = view_of(advice, BRIEF)
    brief = brief_of(advice, view)
    return site.page(
        "advice.html.j2",
        engagement.name,
        status,
        engagement=engagement,
        link=opened.link,
        tab="advice",
        view=view,
        brief=brief,
        picture=Markup(work_picture(brief, "page")),
        legend=view.legend,
        behind=dict(behind(advice)),
        tries=tuple(_tries(opened, advice)),
        held=tuple(person_of(opened, advice)),
        dates=tuple((name, _label(advice, name), engagement.dates.get(name, "")) for name in DATES),
        parties=_parties(opened),
        wanted=dict(wanted or {}),
        problems=problems,
        notice=notice,
    )


def person_of(opened: Opened, advice: Advice) -> list[Person]:
    """The roles that the model staffs, the parties that are there and all who have a column, with whoever is named."""
    engagement, catalog = opened.engagement, opened.catalog
    called = dict.fromkeys(catalog.models[advice.recommendation.model].staffs, "")
    for several in catalog.several.values():
        for option, part in several.parts.items():
            if engagement.answers.get(part) == YES:
                called[option] = several.labels[option]
    called |= {role: called.get(role, "") for role in (*advice.matrix.roles, *engagement.people)}
    return [
        Person(role, _called(opened, role, said), engagement.people.get(role, ""), role in engagement.times)
        for role, said in called.items()
    ]


def _called(opened: Opened, role: str, otherwise: str) -> str:
    known = opened.catalog.roles.get(role)
    return capital(known.name if known is not None else otherwise or role)


def parties_of(opened: Opened) -> Step | None:
    """The question on who else is there, if the rulebook asks it."""
    return steps(opened.catalog).get(PARTIES)


def _tries(opened: Opened, advice: Advice) -> Iterator[Try]:
    """Answers that would lead to another model, of the questions that are not known."""
    for one in ranked(advice)[:MOST_TRIED]:
        step = steps(opened.catalog)[one.question]
        for option, model in one.leads_to.items():
            if model != advice.recommendation.model and not step.several:
                link = f"{opened.link}/what-if?{urlencode({f'option.{step.id}': option})}"
                yield Try(step.question.text, step.question.label(option), link)


def _parties(opened: Opened) -> dict[str, object]:
    step, answers = parties_of(opened), opened.engagement.answers
    if step is None:
        return {}
    chosen = step.chosen(answers)
    return {
        "step": step,
        "chosen": chosen,
        "nothing": not chosen and not step.is_open(answers),
        "was": as_shown(step, answers),
    }


def _label(advice: Advice, name: str) -> str:
    return capital(advice.names.go_live) if name == "go_live" else date_label(name)
