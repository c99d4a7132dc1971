"""What a portfolio is made of: a line for each engagement, and figures that each carry the engagements behind them.

Loads are whole numbers of a millionth of one person in full time (FTE), so that sums are exact in any order.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from advisor.model.load import LoadPolicy
from advisor.model.rulebook import Phase

FULL_TIME = 1_000_000


@dataclass(frozen=True, slots=True)
class Named:
    """An id of a rulebook and the words for it; two rulebooks mean the same by it where both agree."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Book:
    """The rulebook that an engagement was advised on with; `load` is None where it states no policy on time."""

    title: str
    version: str
    digest: str
    models: tuple[Named, ...]
    managers: tuple[Named, ...]
    phases: tuple[Phase, ...]
    load: LoadPolicy | None


@dataclass(frozen=True, slots=True)
class Span:
    """A load from one day to before another (both as ordinals)."""

    first: int
    after: int
    load: int


@dataclass(frozen=True, slots=True)
class Staffed:
    """A manager's role in one engagement: who is named for it, and how much of a person it takes.

    `unstaffed` says that nobody is free for it, `unpaid` that the money does not reach.

    `phases` are the loads of the phases still ahead, `mean` the load of the engagement as a whole; `spans` are loads by
    date, without any where too few dates are known. Loads are None where no policy states them.
    """

    role: Named
    person: str
    unstaffed: bool
    unpaid: bool
    phases: tuple[tuple[Named, int], ...]
    mean: int | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Warned:
    """A guardrail that fired."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One engagement, as far as a portfolio looks at it.

    `spare` are (role, person) named for a manager's role that the recommended model does not have. `level` is how big
    the work is counted, and `assumed` that this rests on what is usual.
    """

    source: str
    id: str
    name: str
    client: str
    status: str
    model: Named
    share: Fraction
    candidates: tuple[str, ...]
    level: str
    assumed: bool
    guardrails: tuple[Warned, ...]
    roles: tuple[Staffed, ...]
    spare: tuple[tuple[Named, str], ...]
    dates: tuple[tuple[str, str], ...]
    book: Book


@dataclass(frozen=True, slots=True)
class Entry:
    """A line in the portfolio: `number` from 1 in input order, `ref` its id, made different where two share one."""

    number: int
    ref: str
    line: Line


Entries = tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """How many engagements, and which."""

    of: Named
    entries: Entries

    @property
    def count(self) -> int:
        return len(self.entries)


@dataclass(frozen=True, slots=True)
class Load:
    """How much time, of which engagements; `fte` in persons, None where no policy states the time of any of them."""

    of: Named
    fte: float | None
    entries: Entries


@dataclass(frozen=True, slots=True)
class Demand:
    """What one manager's role takes over all engagements.

    `total` is the sum of the engagements' means; `still_open` and `unnamed` are the parts of it in engagements whose
    model open answers can change, and where nobody is named for the role. `unstaffed` are engagements that have
    nobody available, `unpaid` those whose money does not reach.
    """

    role: Named
    total: Load
    phases: tuple[Load, ...]
    still_open: Load
    unnamed: Load
    unstaffed: Figure
    unpaid: Figure


@dataclass(frozen=True, slots=True)
class Period:
    """A month (`2027-01`) or quarter (`2027-Q1`): the mean load of each role over its days."""

    id: str
    roles: tuple[Load, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Demand by date. `undated` are engagements that lack the dates for it; `outside` have time beyond the calendar."""

    months: tuple[Period, ...]
    quarters: tuple[Period, ...]
    undated: Entries
    outside: Entries


@dataclass(frozen=True, slots=True)
class Risks:
    """Engagements at risk: by guardrail (most frequent first), roles nobody is free or paid for, models that only lean.

    `most` are entries with the number of warnings each carries, the most first; `clear` carry none at all.
    """

    guardrails: tuple[tuple[Warned, Figure], ...]
    unstaffed: tuple[Figure, ...]
    unpaid: tuple[Figure, ...]
    leaning: Entries
    most: tuple[tuple[int, Entry], ...]
    clear: Entries


@dataclass(frozen=True, slots=True)
class Cover:
    """Engagements that one person could take: their load together, at its highest in `month` (empty without dates).

    `person` is who is named for most of them already, empty where nobody is.
    """

    entries: Entries
    mean: float | None
    busiest: float | None
    month: str
    person: str
    named_on: int


@dataclass(frozen=True, slots=True)
class Sharing:
    """A client whose engagements ask for more delivery managers than could cover them.

    `people` are named today; `unnamed` engagements have nobody. `covers` are who could take what, within one person's
    full time each; `beyond` are engagements that take a whole person or more.
    """

    client: str
    role: Named
    entries: Entries
    people: tuple[str, ...]
    unnamed: int
    covers: tuple[Cover, ...]
    beyond: Entries


@dataclass(frozen=True, slots=True)
class Client:
    """A client's engagements, its part of all of them, and the time that each role takes there."""

    name: str
    entries: Entries
    part: float
    roles: tuple[Load, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is named: the mean load over all engagements, and the highest in any month.

    `parts` are what each role in each engagement takes; `month` is empty where nothing is dated.
    """

    name: str
    parts: tuple[tuple[Entry, Named, float | None], ...]
    mean: float | None
    busiest: float | None
    month: str
    overloaded: bool


@dataclass(frozen=True, slots=True)
class Spare:
    """Somebody named for a role that the recommended model does not have."""

    name: str
    role: Named
    entries: Entries


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Everything that documents on many engagements are written from."""

    entries: Entries
    statuses: tuple[Figure, ...]
    models: tuple[Figure, ...]
    demand: tuple[Demand, ...]
    calendar: Calendar
    assumed: Entries
    without_load: Entries
    risks: Risks
    sharing: tuple[Sharing, ...]
    clients: tuple[Client, ...]
    without_client: Entries
    people: tuple[Person, ...]
    spare: tuple[Spare, ...]
    books: tuple[tuple[Book, Entries], ...]
    twice: Entries
