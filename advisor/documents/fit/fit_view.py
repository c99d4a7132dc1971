"""The fit of one person put into words and order once, so that every format only lays it out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.documents.shared.view import Pair, Source, Why
from advisor.documents.shared.words import (
    PRACTICE,
    capital,
    clean,
    date_words,
    ended,
    grounds,
    listed,
    lower_first,
    number,
)
from advisor.model.fit import OPEN, SETTLED, EngagementFit, EngagementRole, Fit, Gap, Look, RoleFit

KIND = "Role fit"
OPENING = (
    "This sheet opens a conversation; it is no verdict. It rests on what was seen at work and on nothing else. "
    "What was not seen counts neither for nor against. Words after “such as” say what a step means, as an example; "
    "they are no record. If something is wrong or missing under “What was seen”, say so: everything else follows "
    "from it."
)
TAUGHT = " Others learn it here."
AGREED = ("What to try first", "Who helps", "When to look at it again")


@dataclass(frozen=True, slots=True)
class GapView:
    """A competency to grow: what was seen of it, what is needed, one way to get there, and why it matters."""

    about: str
    seen: str
    needs: str
    close: str
    because: str
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleView:
    """One role: where things stand, what carries it (under `carries`), what to grow, and what was not seen."""

    name: str
    stands: str
    carries: str
    reasons: tuple[Why, ...]
    strengths: tuple[Why, ...]
    gaps: tuple[GapView, ...]
    more: str
    not_seen: str


@dataclass(frozen=True, slots=True)
class FitView:
    """One person, ready to be laid out."""

    name: str
    dated: str
    title: str
    status_line: str
    reasons: tuple[Why, ...]
    roles: tuple[RoleView, ...]
    engagement: str
    engagement_note: str
    engagement_roles: tuple[RoleView, ...]
    settle: tuple[Pair, ...]
    seen: tuple[Pair, ...]
    sources: tuple[Source, ...]
    version: str
    digest: str

    @property
    def foot(self) -> str:
        """What stands at the foot of each page."""
        return f"Rules on people {self.version}, digest {self.digest}"


def fit_view(fit: Fit, dated: str = "") -> FitView:
    """Put a fit into words; `dated` is the one date that is printed, ISO 8601, empty for none."""
    engagement = fit.engagement
    return FitView(
        name=clean(fit.person.name) or clean(fit.person.id) or "Somebody",
        dated=date_words(dated) if dated else "",
        title=fit.title,
        status_line=_status_line(fit),
        reasons=tuple(Why(ended(one.says), "", grounds(one.claims)) for one in fit.reasons),
        roles=tuple(_role(fit, role) for role in fit.roles),
        engagement=_called(engagement) if engagement is not None else "",
        engagement_note=_engagement_note(engagement) if engagement is not None else "",
        engagement_roles=tuple(_for_engagement(fit, one) for one in engagement.roles) if engagement else (),
        settle=tuple(Pair(capital(one.about), one.look) for one in fit.settle),
        seen=tuple(Pair(capital(one.about), ended(such_as(one.label)) or "Not seen.") for one in fit.seen),
        sources=tuple(_sources(fit)),
        version=fit.version,
        digest=fit.digest,
    )


def step_words(fit: Fit, step: str) -> str:
    """A step inside a sentence: `alone`, `under pressure`."""
    return fit.steps[step]


def _status_line(fit: Fit) -> str:
    unseen = sum(not one.step for one in fit.seen)
    count = f"{number(unseen)} of {number(len(fit.seen))} competencies"
    if fit.status == SETTLED:
        return "" if not unseen else f"What was not seen ({count}) cannot change that."
    if fit.status == OPEN:
        return f"Which of these it is hangs on what was not seen yet: {count}."
    return f"Not seen yet: {count}. Until then this sheet says what was seen, and what to look at next."


def _role(fit: Fit, role: RoleFit) -> RoleView:
    return RoleView(
        name=role.name,
        stands=stands(role),
        carries="What carries it",
        reasons=tuple(Why(ended(one.says), "", grounds(one.claims)) for one in role.reasons),
        strengths=tuple(
            Why(f"{ended(one.says)}{TAUGHT if teaches(fit, one.competency) else ''}", "", grounds(one.claims))
            for one in role.strengths
        ),
        gaps=tuple(_gap(fit, one) for one in role.gaps),
        more=f"And {number(role.more_gaps)} more, for later." if role.more_gaps else "",
        not_seen=_unseen(role.not_seen),
    )


def _gap(fit: Fit, gap: Gap) -> GapView:
    needs = f"Needed: {step_words(fit, gap.needs)}."
    return GapView(capital(gap.about), seen_words(fit, gap), needs, gap.close, ended(gap.because), grounds(gap.claims))


def stands(role: RoleFit) -> str:
    """How near the role is, or between what that is open."""
    if len(role.possible) == 1:
        return ended(capital(role.label))
    if len(role.possible) == len(role.labels):
        return "Not known yet: too little was seen."
    return f"Open: {listed([role.labels[one] for one in role.possible], 'or')}."


def seen_words(fit: Fit, gap: Gap) -> str:
    """What was seen of it: the step, and the questionnaire's example of it."""
    label = next((one.label for one in fit.seen if one.competency == gap.competency), step_words(fit, gap.step))
    return ended(such_as(label))


def such_as(label: str) -> str:
    """`Alone: ran the meeting.` as `Alone, such as: ran the meeting.`, since it is an example and no record."""
    step, colon, example = label.partition(": ")
    return f"{step}, such as: {example}" if colon else label


def teaches(fit: Fit, competency: str) -> bool:
    """Whether others learn the competency from this person."""
    return any(one.competency == competency and one.step == list(fit.steps)[-1] for one in fit.seen)


def _unseen(looks: tuple[Look, ...]) -> str:
    return f"Not seen yet: {listed([one.about for one in looks])}." if looks else ""


def _called(engagement: EngagementFit) -> str:
    name = clean(engagement.name)
    return f"{name}, {clean(engagement.client)}" if engagement.client else name


def _engagement_note(engagement: EngagementFit) -> str:
    named = f"The advice for it is “{engagement.model_name}”."
    return named if engagement.settled else f"{named} That rests on assumptions; more answers could change it."


HOLDS = {
    "met": "All that this engagement looks for was seen.",
    "gaps": "Part of what this engagement looks for is still to grow.",
    "open": "Nothing stands against it so far, and part of what this engagement looks for is not known yet.",
}


def _for_engagement(fit: Fit, role: EngagementRole) -> RoleView:
    met = [one for one in role.looked_for if one.met == "met"]
    seen = {one.competency: one for one in fit.seen}
    return RoleView(
        name=role.name,
        stands=HOLDS[role.holds] if role.looked_for else "This engagement looks for nothing in particular here.",
        carries="Seen as it is needed",
        reasons=(),
        strengths=tuple(Why(f"{capital(seen[one.competency].about)}. {ended(one.because)}", "", ()) for one in met),
        gaps=tuple(_gap(fit, one) for one in role.gaps),
        more="",
        not_seen=" ".join(text for text in (_unseen(role.not_seen), _unasked(role)) if text),
    )


def _unasked(role: EngagementRole) -> str:
    """What an engagement by a rulebook of one's own looks for and no question asks about."""
    texts = [f"“{one.text}”" for one in role.looked_for if one.met == "not_asked"]
    return f"Looked for, but not asked about colleagues: {listed(texts)}" if texts else ""


def in_brief(role: RoleFit) -> str:
    """One role of one person in a sentence or three, for several people side by side: never without its reasons."""
    strong = [one.about for one in role.strengths]
    said = [stands(role)]
    said += [f"Carried by {listed(strong)}."] if strong else []
    said += [f"To grow: {listed([one.about for one in role.gaps])}."] if role.gaps else []
    said += [_unseen(role.not_seen)] if role.not_seen else []
    return " ".join(said)


def _sources(fit: Fit) -> Iterable[Source]:
    """The cited claims in the article's order, and last what is practice rather than the article's."""
    cited = {claim for one in fit.reasons for claim in one.claims}
    for role in fit.roles:
        cited |= {claim for one in role.reasons for claim in one.claims}
        cited |= {claim for one in role.strengths for claim in one.claims}
        cited |= {claim for one in role.gaps for claim in one.claims}
    for held in fit.engagement.roles if fit.engagement is not None else ():
        cited |= {claim for one in held.gaps for claim in one.claims}
    for claim in fit.claims.values():
        if claim.id in cited:
            yield Source(claim.id, capital(claim.section), claim.text)
    if PRACTICE in cited:
        said = f"Judgement from delivery practice; {fit.claims_from} does not say it."
        yield Source("practice", f"Beyond {lower_first(fit.claims_from)}", said)
