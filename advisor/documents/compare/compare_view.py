"""What documents on a comparison print: sentences and figures, the weightiest first."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.documents.shared.view import Source


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """One difference: their row and where it stands, our activity, what they have, what we advise, and why.

    `kept` is what becomes of those who answer in theirs; `doubt` says where the row was lined up with less than
    certainty; `rule` and `grounds` are empty where no rule gives the role a letter.
    """

    kind: str
    row: str
    place: str
    activity: str
    activity_id: str
    theirs: str
    ours: str
    kept: str
    says: str
    rule: str
    grounds: tuple[str, ...]
    doubt: str


@dataclass(frozen=True, slots=True)
class Group:
    """Differences of one weight, or of several that are read together."""

    anchor: str
    title: str
    note: str
    items: tuple[DifferenceView, ...]


@dataclass(frozen=True, slots=True)
class LackingView:
    """A row of ours that their matrix does not have, and who should answer for it."""

    id: str
    name: str
    phase: str
    phase_at: int
    answers: str
    says: str
    rule: str
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pointer:
    """One of their rows with a sentence on it."""

    row: str
    place: str
    says: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class LoadView:
    """The shares of one party, as text; `over` says what is too much."""

    name: str
    ours: str
    shares: tuple[str, str, str, str]
    percents: tuple[int | None, int | None, int | None, int | None]
    over: str


@dataclass(frozen=True, slots=True)
class LinedView:
    """How one of their rows or roles was lined up."""

    theirs: str
    place: str
    ours: str
    how: str
    word: str
    score: str
    by: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A key figure, and the section that it leads to."""

    figure: str
    says: str
    to: str


@dataclass(frozen=True, slots=True)
class CompareView:
    """The whole document."""

    heading: str
    client: str
    dated: str
    matrix: str
    advice: str
    status: str
    verdict: str
    tiles: tuple[Tile, ...]
    groups: tuple[Group, ...]
    lacking: tuple[LackingView, ...]
    needless: tuple[Pointer, ...]
    unknown: tuple[Pointer, ...]
    roles_theirs: tuple[str, ...]
    roles_ours: tuple[str, ...]
    loads: tuple[LoadView, ...]
    load_policy: str
    rows: tuple[LinedView, ...]
    roles: tuple[LinedView, ...]
    lined_policy: str
    notes: tuple[str, ...]
    taken: tuple[str, ...]
    passed_over: tuple[str, ...]
    sources: tuple[Source, ...]
    foot: str
    logo: str = ""
    dates: tuple[str, ...] = ()
