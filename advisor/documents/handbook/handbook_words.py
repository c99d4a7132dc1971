"""Rules in words: each condition with its question and its options spelt out, each effect as what it does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from advisor.documents.handbook.handbook_view import Item, Line, Piece, joined, line, link, said, small, strong
from advisor.documents.shared.words import capital, ended, listed, lower_first
from advisor.model.findings import Finding
from advisor.model.rulebook import Catalog
from advisor.model.rules import (
    LONE_MANAGER,
    MODEL,
    NOT_ASKED,
    UNANSWERED,
    UNKNOWN,
    WORK_ASKS_FOR,
    Conclude,
    Condition,
    Effect,
    Evidence,
    Guardrail,
    LeaveOut,
    Letters,
    Look,
    Passage,
    Point,
    Rule,
    Score,
    Sense,
    Shift,
    Table,
    Unstaffed,
    excluding,
)

GAP_WORDS = {UNANSWERED: "not answered", NOT_ASKED: "not asked", UNKNOWN: "not known yet"}
PRACTICE_ANCHOR = "practice"
# Anchors of what has one of its own rather than one among its kind.
_STEPS = {MODEL: "recommendation", WORK_ASKS_FOR: "work-asks-for"}
_ODD = re.compile(r"[^A-Za-z0-9_]")


def anchor(kind: str, id: str) -> str:
    """Where something stands in the handbook: `question-scope`. A rule's anchor is its id alone."""
    return f"{kind}-{rule_anchor(id)}"


def rule_anchor(id: str) -> str:
    """The id, fit for an anchor whatever is in it."""
    return _ODD.sub(lambda odd: f"-{ord(odd.group()):x}-", id)


class Wording:
    """Puts parts of one catalog into words; `kind` opens the anchors of its questions, findings and topics."""

    def __init__(self, catalog: Catalog, kind: str = "") -> None:
        self._catalog = catalog
        self._kind = kind
        self._beside: dict[str, list[Rule]] = {}
        for one, other in excluding(catalog.rules()):
            self._beside.setdefault(one.id, []).append(other)
            self._beside.setdefault(other.id, []).append(one)

    def anchor(self, kind: str, id: str) -> str:
        """Where a question, finding or topic stands in the handbook."""
        return anchor(f"{self._kind}{kind}", id)

    def role(self, role: str) -> str:
        """The role's name inside a sentence."""
        if role == LONE_MANAGER:
            return "the one who leads alone"
        return f"the {lower_first(self._catalog.roles[role].name)}"

    def phase(self, phase: str) -> Piece:
        """The phase's name."""
        names = {one.id: one.name for one in self._catalog.phases}
        return link(lower_first(names[phase]), "phases")

    def variable(self, id: str) -> Piece:
        """A question or finding by its text, leading to where it is explained."""
        if id == MODEL:
            return link("engagement model", _STEPS[MODEL])
        if id == WORK_ASKS_FOR:
            return link("what the work asks for", _STEPS[WORK_ASKS_FOR])
        if id in self._catalog.questions:
            return link(self._catalog.questions[id].text, self.anchor("question", id))
        return link(self._catalog.findings[id].text, self.anchor("finding", id))

    def values(self, id: str) -> dict[str, str]:
        """The settled values of a question, a finding or the model, in order, with the words for each."""
        if id in (MODEL, WORK_ASKS_FOR):
            return {model.id: model.name for model in self._catalog.models.values()}
        if id in self._catalog.questions:
            return {option.id: option.label for option in self._catalog.questions[id].options}
        return dict(self._catalog.findings[id].labels)

    def value(self, id: str, value: str) -> str:
        """One value in quotation marks, since labels hold commas, or the words for a gap."""
        return GAP_WORDS.get(value) or quoted(self.values(id)[value])

    def condition(self, condition: Condition) -> Line:
        """What must hold, every allowed value named: `Who …? is answered “One” or “Two”, or is not answered`."""
        id = condition.variable
        asked = id in self._catalog.questions
        choices = [quoted(label) for value, label in self.values(id).items() if value in condition.allowed]
        if len(choices) == len(self.values(id)) > 1:
            settled = "is answered, whatever the answer" if asked else "is known, whatever it is"
        else:
            settled = f"is {'answered ' if asked else ''}{listed(choices, 'or')}" if choices else ""
        gaps = [f"is {words}" for gap, words in GAP_WORDS.items() if gap in condition.allowed]
        before = "the " if id == MODEL else ""
        return line(before, self.variable(id), " ", said(", or ".join(part for part in (settled, *gaps) if part)))

    def rule(self, rule: Rule) -> Item:
        """A rule as an entry of a list."""
        effects = [self.effect(effect) for effect in rule.effects]
        return Item(
            then=joined(effects, "; "),
            when=tuple(self.condition(condition) for condition in rule.when),
            says=line(
                said(ended(rule.says)),
                " ",
                self.grounds(rule.cites, rule.practice),
                *self._never_beside(rule),
                " ",
                small(rule.id),
            ),
            anchor=rule_anchor(rule.id),
        )

    def rules(self, table: Table) -> tuple[Item, ...]:
        """All rules of a table, in its order."""
        return tuple(self.rule(rule) for rule in table.rules)

    def grounds(self, cites: Sequence[str], practice: str = "") -> Line:
        """What something rests on: claims, and the reason where it goes beyond the article."""
        parts = [line(link(claim, anchor("claim", claim))) for claim in cites]
        if practice:
            parts.append(line(link("practice", PRACTICE_ANCHOR), ": ", said(practice)))
        return line("(", joined(parts, "; " if practice else ", "), ")") if parts else ()

    def _never_beside(self, rule: Rule) -> Line:
        """The rules that never stand in one advice with this one."""
        excluded = self._beside.get(rule.id, [])
        return line(" Never beside ", self.rule_links(excluded), ".") if excluded else ()

    def reads(self, table: Table) -> Line:
        """What a table reads and where it stands."""
        read = [line(self.variable(variable.id)) for variable in table.reads]
        return line("Reads: ", joined(read, "; "), " (in ", small(table.source.file), ").")

    def rule_links(self, rules: Iterable[Rule]) -> Line:
        """Rules by their ids, each leading to its place."""
        return joined([line(rule_link(rule)) for rule in rules])

    def effect(self, effect: Effect) -> Line:
        """What a rule does when it fires."""
        match effect:
            case Evidence(measure, points):
                return line(strong(f"{signed(points)} {plural(points, 'point')} for"), " ", self.variable(measure))
            case Score(finding, points):
                return line(strong(f"{signed(points)} towards"), " ", self.variable(finding))
            case Conclude(finding, value):
                return line(self._concluded(finding), " is ", strong(self.value(finding, value)))
            case Unstaffed(roles, unpaid):
                missing = listed([self.role(role) for role in roles])
                lacking = "not paid for" if unpaid else "still to be found"
                return line(strong(f"{missing} {'is' if len(roles) == 1 else 'are'} {lacking}"))
            case Letters(cells):
                given = [f"{letters} for {self.role(role)}" for role, letters in cells.items() if letters]
                given += [f"no letter for {self.role(role)}" for role, letters in cells.items() if not letters]
                return line(strong(listed(given)))
            case LeaveOut("", ()):
                return line(strong("the row is not there"))
            case LeaveOut(reason, ()):
                return line(strong("the row is left out"), ", with the reason ", said(quoted(ended(reason))))
            case LeaveOut(reason, phases):
                named = joined([line(self.phase(phase)) for phase in phases], last=" and ")
                goes = f"{'is' if len(phases) == 1 else 'are'} left out"
                return line(named, " ", strong(goes), ", with the reason ", said(quoted(ended(reason))))
            case Shift(to, points, phases):
                named = joined([line(self.phase(phase)) for phase in phases], last=" and ")
                moved = f"{points} {plural(points, 'point')} of the share move{'s' if points == 1 else ''} to"
                return line(strong(f"{moved} {self.role(to)}"), " in ", named)
            case Guardrail(text):
                return line(said(quoted(ended(text))))
            case Point(kind, text, rank):
                return line(strong(f"{kind}, rank {rank}"), ": ", said(quoted(ended(self._point(effect)))))
            case Passage(part, _, rank):
                return line(
                    strong(f"{part.replace('_', ' ')}, rank {rank}"), ": ", said(quoted(ended(self._passage(effect))))
                )
            case Look(role, competency):
                wanted = self._catalog.competencies[competency]
                return line(
                    strong(f"in {self.role(role)}"), ", look for: ", link(wanted.text, anchor("look", wanted.id))
                )
            case Sense(note):
                return line(said(quoted(ended(note))))

    def _point(self, point: Point) -> str:
        """A point in one sentence, with who acts on what sign and by when."""
        by = f"{self.role(point.who)}, {point.due}: " if point.due else ""
        then = f"; when {point.trigger}, {self.role(point.who)}: {point.action}" if point.trigger else ""
        return f"{by}{point.text}{then}"

    def _passage(self, passage: Passage) -> str:
        """A passage in one sentence, after what heads its line, and with whom it names."""
        named = (
            ("of", passage.of and self.role(passage.of)),
            ("by", passage.who and self.role(passage.who)),
            ("with", passage.to and self.role(passage.to)),
            ("when:", passage.by),
        )
        told = ", ".join(f"{what} {lower_first(said)}" for what, said in named if said)
        return f"{passage.label + ': ' if passage.label else ''}{passage.text}{f' ({told})' if told else ''}"

    def _concluded(self, finding: str) -> Line:
        before = "the " if finding == MODEL else ""
        return line(before, self.variable(finding))


def rule_link(rule: Rule) -> Piece:
    """The rule's id, leading to its place."""
    return link(rule.id, rule_anchor(rule.id), "id")


def quoted(text: str) -> str:
    """The label marked off in a sentence."""
    return f"“{text}”"


def plural(count: int, noun: str) -> str:
    """`1 point`, `2 points`."""
    return noun if abs(count) == 1 else f"{noun}s"


def short_name(finding: Finding) -> str:
    """The finding in a word or two, for the head of a column."""
    return capital(finding.id.replace("_", " "))


def span(lowest: int | None, highest: int | None) -> str:
    """A band of points in words; None is no limit."""
    if lowest is None:
        return f"{number(highest or 0)} or less" if highest is not None else "any"
    if highest is None:
        return f"{number(lowest)} or more"
    return number(lowest) if lowest == highest else f"{number(lowest)} to {number(highest)}"


def number(value: int) -> str:
    """The figure with a proper minus sign."""
    return str(value).replace("-", "−")


def signed(points: int) -> str:
    """The points with their sign."""
    return f"+{points}" if points >= 0 else number(points)
