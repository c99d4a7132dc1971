"""Everything a document prints, put into words and order once, so that templates only lay it out."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.documents.shared.people import Column, Holder


@dataclass(frozen=True, slots=True)
class Source:
    """A claim that the document cites, restated."""

    id: str
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Why:
    """A sentence of a rule, what it read here (in words) and what it rests on."""

    says: str
    because: str
    grounds: tuple[str, ...]
    points: int = 0


@dataclass(frozen=True, slots=True)
class Side:
    """The evidence for one manager, strongest first."""

    role: str
    name: str
    points: int
    items: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """One role's percent of a phase."""

    role: str
    name: str
    short: str
    percent: int


@dataclass(frozen=True, slots=True)
class PhaseShares:
    """Who leads a phase, and the shares in the same order in every phase."""

    name: str
    lead: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class CellView:
    """A letter with the sentence of the rule that gave it, the rule's id and what it rests on.

    `kind` is what the letters stand for, whichever are printed: A, R, A/R, S, C or I. `mark` stands beside letters that
    people agreed on, other than those of the rules; `agreed` then says so.
    """

    letters: str
    meaning: str
    says: str
    rule: str = ""
    grounds: tuple[str, ...] = ()
    kind: str = ""
    mark: str = ""
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class RowView:
    """One row: a cell for every column (empty ones too), and why it stands so."""

    id: str
    name: str
    cells: tuple[CellView, ...]
    whys: tuple[Why, ...]
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhaseRows:
    """The rows of one phase."""

    id: str
    name: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class LeftOutView:
    """Rows that are left out for one and the same reason."""

    reason: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProfileView:
    """What to look for in one person."""

    role: str
    person: str
    items: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and what stands under it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class LegendLine:
    """One line of a legend: the letters, what they mean, and the kind of cell that has them."""

    label: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class View:
    """One advice, ready to be laid out."""

    heading: str
    client: str
    client_label: str
    dated: str
    as_of: str
    logo: str
    for_client: bool
    context: str
    dates: tuple[Pair, ...]
    status: str
    status_word: str
    status_line: str
    title: str
    summary: str
    watch: str
    staffing_lines: tuple[str, ...]
    role_sense: str
    split: tuple[PhaseShares, ...]
    overall: tuple[Share, ...]
    reasons: tuple[Why, ...]
    findings: tuple[Pair, ...]
    leaning: str
    sides: tuple[Side, ...]
    guardrails: tuple[Why, ...]
    profiles: tuple[ProfileView, ...]
    columns: tuple[Column, ...]
    holders: tuple[Holder, ...]
    without_column: tuple[str, ...]
    phases: tuple[PhaseRows, ...]
    legend: tuple[LegendLine, ...]
    key: str
    letters_name: str
    one_lead: bool
    before_signing: str
    agreed: tuple[str, ...]
    left_out: tuple[LeftOutView, ...]
    assumptions: tuple[str, ...]
    replaced: tuple[str, ...]
    set_aside: tuple[Pair, ...]
    noted: tuple[Pair, ...]
    matrix_sources: tuple[Source, ...]
    advice_sources: tuple[Source, ...]
    all_sources: tuple[Source, ...]
    version: str
    digest: str

    @property
    def foot(self) -> str:
        """What stands at the foot of each page."""
        return f"Rulebook {self.version}, digest {self.digest}"

    @property
    def signatories(self) -> tuple[Holder, ...]:
        """Those who answer for at least one row."""
        return tuple(holder for holder in self.holders if holder.accountable)


def letter_for(view: View, kind: str) -> str:
    """The letter that the document prints for A, R, S, C or I."""
    return next(line.label for line in view.legend if line.kind == kind)
