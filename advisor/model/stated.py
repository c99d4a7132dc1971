"""What people state of an engagement beside their answers: matters to see to, and the time that people have for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from advisor.model.rules import Point, Rule

# Kinds of matter that follow from days: from the time that people have for a role, and from fixed days of one week.
STARTS, BRIDGED, LEAVES, RELIEVED = OF_PEOPLE = ("starts", "bridged", "leaves", "relieved")
COLLIDE, ABSENCE, DECISION, ROLLS_OFF, TIGHT = "collide", "absence", "decision", "rolls_off", "tight"
TO_ASK, UNNAMED = "to_ask", "unnamed"  # somebody whom nobody asked yet, and who decides at the client
REMIT = "remit"  # what one person decides, up to which sum or on what
OVERRUN, OFF_DAYS = "overrun", "off_days"  # a forecast above the price; fixed days on which somebody does not work
FROZEN = "frozen"  # the work goes live on a day on which nothing may be changed
LATE = "late"  # what comes after the day on which the work goes live, so that the day does not hold
WORKLOAD, STOCK = PACED = "workload", "stock"  # what is left to do, or to use up, with how fast it goes
BEHIND, RUNS_OUT = "behind", "runs_out"  # a workload that does not fit before its day, a stock that does not last
PROMISED = "promised_days"  # of somebody whom a contract gives more days than they have
_OF_TIME = (*OF_PEOPLE, ROLLS_OFF, OFF_DAYS, TO_ASK, PROMISED)
DERIVED = (*_OF_TIME, COLLIDE, TIGHT, UNNAMED, REMIT, LATE, OVERRUN, FROZEN, BEHIND, RUNS_OUT)
ACCEPTANCE = "acceptance"  # of a matter that one person makes and another accepts
# Placeholders for what was typed of a matter, and for what follows from it alone.
TYPED = frozenset(
    {
        "what",
        "whom",
        "owner",
        "does",
        "through",
        "day",
        "from",
        "until",
        "early",
        "soon",
        "check",
        "done",
        "event",
        "against",
        "lead",
        "half",
        "cost",
        "other",
        "sign",
        "amount",
        "answer",
        "chosen",
        "rest",
        "why",
        "seat",
        "since",
        "leads",
        "leader",
        "planner",
        "above",
        "one",
        "ready",
        "sum",
        "ways",
        "decider",
        "backlog",
    }
)
# When a kind says it otherwise; where more than one holds, the last.
CASES = BETWEEN, AMONG_THEM, OURS, THEIRS, OWN, GIVEN, SOON, PAST, NEEDED, CLAIMED, ANSWERED = (
    "between",
    "among_them",
    "ours",
    "theirs",
    "own",
    "given",
    "soon",
    "past",
    "needed",
    "claimed",
    "answered",
)
# Of what a matter is about: what that is in words, the role that settles it, and whether it is for the firm alone.
MEANS, WHO, INSIDE = "means", "who", "inside"
TURN, WORDS = "turn", "words"  # when it is seen to among others, and the words by which it is known
DATED, OF_CLIENT = "{day}", "{theirs}"  # among those words: the matter has a day, or is with somebody of the client's
LEADER = "{leader}"  # among those words: it sets whoever has the plan against whoever leads people of the team
PAID_FOR = "{paid_for}"  # among those words: it names somebody of the team whom the money that can be put in pays for
PERSON = "person"  # what a decision is about that names two who can be had for one role
WHY = "why"  # a reason of the advice, whose own placeholders are filled as well


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to see to: its kind, what it is, whom it concerns, who takes it, and the day (ISO 8601) that counts.

    `start` and `until` are the first and last day that somebody is away, `does` is who does it, `through` whom one has
    to go through. `amount` is what each day, week or month (`per`) costs, such as `EUR 640`, and `cap` the most of it.
    `left` is what is left of it, such as `268 points`, and `pace` how fast that goes, such as `34 every 2 weeks`.
    `sign` is what shows first that it goes wrong, `about` what kind of question it is, `answer` what people mean to do,
    and `role` the one that somebody offered is meant for.
    """

    kind: str
    what: str
    who: str = ""
    owner: str = ""
    by: str = ""
    start: str = ""
    until: str = ""
    does: str = ""
    through: str = ""
    amount: str = ""
    per: str = ""
    cap: str = ""
    sign: str = ""
    about: str = ""
    answer: str = ""
    role: str = ""
    left: str = ""
    pace: str = ""


@dataclass(frozen=True, slots=True)
class Stint:
    """The time that somebody has for a role: the most days a week (None: not said), from and until when (ISO 8601).

    `total` is how many days there are in all, `does` what they do or sign, `not_for` what they cannot or must not do,
    `rate` what a day costs (`EUR 640`, `640`), and `price` what the days in all were sold or budgeted for; empty where
    nobody said. `asked` is whether they know of it, `promised` how many days a week a contract gives of them.
    """

    name: str = ""
    days: float | None = None
    start: str = ""
    until: str = ""
    rate: str = ""
    total: float | None = None
    price: str = ""
    does: str = ""
    asked: bool = True
    not_for: str = ""
    weekdays: str = ""
    promised: float | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What a matter can be about: `texts` in place of its kind's, and `points` of its own where it has any.

    It is taken to be about this without saying so where its text has one of the `words`. What has a lower `turn` comes
    first. `row` has the letters and `rank` the weight of its step in place of its kind's. The matter is put into the
    first row of `joins` that is there.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    turn: int = 0
    points: tuple[Point, ...] = ()
    row: Rule | None = None
    rank: int = 0
    joins: tuple[str, ...] = ()


NO_ABOUT = About()


@dataclass(frozen=True, slots=True)
class MatterKind:
    """What a kind of matter becomes in the brief; its texts hold `{what}`, `{whom}`, `{day}` and `{early}`.

    `asks` is the question that people answer, empty where the kind follows from the time of a person. The step is due
    `ahead` weeks before the day that counts, which is `{early}`. `unknown` is a line for what is not known, `seat` for
    what its owner answers for, `row` the rule with the letters of the row that the matter becomes, `accepted` of
    another on its acceptance by `who`; nobody else has an R in it where the owner does the work `alone`, and `who` has
    the letter `who_is`. `who_takes_it` says that `who` owns
    the matter, unless that is somebody of the client's. `cases` are other texts by case, then by what they replace: a
    kind of point, or its `by`, `trigger` or `action`; `without` names a kind of point that is left out. `abouts` are
    such texts by what the matter is about. Where no day counts, what has a lower `turn` is seen to first.
    """

    id: str
    asks: str
    says: str
    claims: tuple[str, ...]
    points: tuple[Point, ...]
    ahead: int = 0
    unknown: str = ""
    seat: str = ""
    row: Rule | None = None
    accepted: Rule | None = None
    who_takes_it: bool = False
    alone: bool = False
    who_is: str = "C"
    cases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    abouts: Mapping[str, About] = field(default_factory=dict)
    turn: int = 0


MatterKinds = Mapping[str, MatterKind]


def rule_of(kind: str) -> str:
    """The id under which documents cite a kind of matter."""
    return f"matter_{kind}"
