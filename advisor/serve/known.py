"""What is known so far, shown beside each question: the model with its share, the picture, what can still change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from advisor.advise import advise
from advisor.documents.advice.viewing import view_of
from advisor.documents.brief.compose import brief_of
from advisor.documents.brief.picture import work_picture
from advisor.documents.shared.edition import Edition
from advisor.interview.adaptive import gains, standing
from advisor.interview.leading import FEW, leads_to, named, percent
from advisor.interview.steps import Step, steps, steps_of
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog

MOST_OPEN = 4


@dataclass(frozen=True, slots=True)
class Leads:
    """An option of the question on the table, and what it would lead to."""

    option: str
    label: str
    model: str
    percent: str


@dataclass(frozen=True, slots=True)
class Known:
    """`enough` is whether there are answers enough to say anything; `percent` is 100 once it is settled."""

    enough: bool
    answered: int
    model: str = ""
    share: str = ""
    percent: int = 0
    picture: str = ""
    leads: tuple[Leads, ...] = ()
    still: tuple[Step, ...] = ()


def known_of(catalog: Catalog, engagement: Engagement, answers: Mapping[str, str], step: Step | None = None) -> Known:
    """What these answers come to, and what each option of the step on the table would."""
    answered = len(steps_of(catalog, answers))
    if answered < FEW:
        return Known(False, answered)
    model, share = standing(catalog, answers)
    advice = advise(catalog, replace(engagement, answers=answers))
    brief = brief_of(advice, view_of(advice, Edition("brief")))
    others = {name: option for name, option in answers.items() if step is None or name not in step.names}
    found = leads_to(catalog, step, others) if step is not None else {}
    return Known(
        True,
        answered,
        catalog.models[model].name,
        percent(share),
        round(100 * share),
        Markup(work_picture(brief, "page")),
        tuple(
            Leads(one, step.question.label(one), named(catalog, to), percent(how_likely))
            for one, (to, how_likely) in found.items()
            if step is not None
        ),
        _still(catalog, answers, step) if share < 1 else (),
    )


def _still(catalog: Catalog, answers: Mapping[str, str], but: Step | None) -> tuple[Step, ...]:
    """The open questions that can change the model most."""
    by_step: dict[str, object] = {}
    for name, gain in sorted(gains(catalog, answers).items(), key=lambda one: -one[1]):
        step = steps(catalog)[name]
        if gain > 0 and (but is None or step.id != but.id):
            by_step.setdefault(step.id, gain)
    return tuple(steps(catalog)[one] for one in list(by_step)[:MOST_OPEN])
