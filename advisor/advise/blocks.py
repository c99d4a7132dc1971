"""How the questions on which the model rests fall apart: groups that no rule connects, blocks that share a sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeVar

from advisor import reference
from advisor.advise.findings import band_of
from advisor.advise.recommendation import variables
from advisor.advise.stages import Stage, as_read, stages_of
from advisor.model.findings import Finding
from advisor.model.questions import Question
from advisor.model.rulebook import Catalog
from advisor.model.rules import MEASURES, NOWHERE, Conclude, Evidence, Rule, Score

_SUM_BITS = 14  # a sum's part of packed sums
_SUM_ZERO = 1 << (_SUM_BITS - 1)  # sums may pass below none

# Stands for the rules of a measure to which a rulebook gives no points.
_SILENT = Rule("", "", (), "", (), (), NOWHERE)

Item = TypeVar("Item")
Key = tuple[int, tuple[str, ...]]  # what is added to sums, packed, and the findings concluded


class Part(NamedTuple):
    """Rules that belong together: one that adds to sums, those that conclude a finding, or a question read as it is."""

    reads: frozenset[str]
    adds: tuple[tuple[Rule, Mapping[str, int]], ...] = ()
    finding: Finding | None = None
    concludes: tuple[tuple[Rule, str], ...] = ()
    direct: str = ""

    @property
    def sums(self) -> set[str]:
        return {name for _, sums in self.adds for name in sums}


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that rules read together, the roots that they hang on, and what they give.

    `reads` are the questions and roots that its rules read.
    """

    questions: tuple[Question, ...]
    roots: tuple[str, ...]
    reads: tuple[str, ...]
    adds: tuple[tuple[Rule, int], ...]
    concludes: tuple[Part, ...]

    @property
    def name(self) -> str:
        """What tells the groups that ask something apart: the first question, since no two groups share one."""
        return self.questions[0].id

    def given(self, values: Mapping[str, str]) -> Key:
        """What the group gives on these answers."""
        total = sum([more for rule, more in self.adds if reference.met(rule.when, values)])
        return total, tuple([_concluded(part, values) for part in self.concludes])


@dataclass(frozen=True, slots=True)
class Block:
    """Groups that share a sum, and the roots that only they hang on.

    `fixed` are groups that hang on roots alone. `names` are its sums as levels or findings, then what its groups
    conclude; `above` the roots that other blocks hang on too; `questions` all whose answers it depends on, those roots
    aside.
    """

    groups: tuple[Group, ...]
    fixed: tuple[Group, ...]
    roots: tuple[Question, ...]
    above: tuple[str, ...]
    questions: tuple[str, ...]
    sums: tuple[Finding, ...]
    names: tuple[str, ...]

    @property
    def start(self) -> int:
        """Packed sums to which nothing is added yet."""
        return sum(_SUM_ZERO << (_SUM_BITS * at) for at in range(len(self.sums)))

    def given(self, roots: Mapping[str, str]) -> Key:
        """What the groups give that hang on roots alone."""
        given = [group.given(roots) for group in self.fixed]
        return sum([total for total, _ in given]), tuple([value for _, found in given for value in found])

    def banded(self, packed: int) -> tuple[str, ...]:
        """The values of the sums, levels without their caps; values of findings follow them in `names`."""
        mask = (1 << _SUM_BITS) - 1
        return tuple(
            band_of(finding.bands, ((packed >> (_SUM_BITS * at)) & mask) - _SUM_ZERO)
            for at, finding in enumerate(self.sums)
        )


@dataclass(frozen=True, slots=True)
class Structure:
    """All of it for one catalog: `common` are the roots that several blocks hang on; one stage for each block."""

    questions: tuple[str, ...]
    common: tuple[Question, ...]
    blocks: tuple[Block, ...]
    stages: tuple[Stage, ...]


@lru_cache(maxsize=4)
def structure_of(catalog: Catalog) -> Structure:
    """How the questions of a catalog fall apart."""
    parts = _parts(catalog)
    read = _with_above(catalog, (name for part in parts for name in part.reads))
    roots = {above for name in read for above in _above(catalog, name)}
    roots -= _of_one_group(catalog, parts, roots)
    roots |= _bridges(catalog, parts, roots)
    groups = _grouped(catalog, parts, roots)
    sums = [frozenset(name for part in group for name in part.sums) for group in groups]
    held = _gathered(range(len(groups)), [one or frozenset({f"group {at}"}) for at, one in enumerate(sums)])
    hang = [
        _with_above(catalog, (name for at in block for part in groups[at] for name in part.reads)) & roots
        for block in held
    ]
    shared = {name for name in roots if sum(name in names for names in hang) > 1}
    made = [
        _block(catalog, [groups[at] for at in block], names, roots, shared)
        for block, names in zip(held, hang, strict=True)
    ]
    # The largest first, whatever the order of topics: what is still needed after it then stays small for the others.
    blocks = tuple(sorted(made, key=lambda block: (-len(block.questions), block.names)))
    return Structure(
        tuple(name for name in catalog.questions if name in read),
        tuple(question for question in catalog.questions.values() if question.id in shared),
        blocks,
        stages_of(catalog, [block.names for block in blocks]),
    )


def _parts(catalog: Catalog) -> list[Part]:
    """All that gives points to a measure, or a value that caps and steps read."""
    caps = (cap for measure in catalog.measures.values() for cap in measure.caps)
    needed = {one.id for one in variables(catalog)} | {one.variable for cap in caps for one in cap.when}
    parts = [Part(frozenset({name}), direct=name) for name in catalog.questions if name in needed]
    for topic in catalog.topics:
        scored = {one.id for one in topic.findings if one.bands and one.id in needed}
        for rule in topic.table.rules:
            sums: dict[str, int] = {}
            for effect in rule.effects:
                if isinstance(effect, Evidence):
                    sums[effect.measure] = effect.points
                elif isinstance(effect, Score) and effect.finding in scored:
                    sums[effect.finding] = effect.points
            if sums:
                parts.append(Part(_read(rule), adds=((rule, sums),)))
        for finding in topic.findings:
            if finding.id in needed and not finding.bands:
                concludes = tuple(
                    (rule, effect.value)
                    for rule in topic.table.rules
                    for effect in rule.effects
                    if isinstance(effect, Conclude) and effect.finding == finding.id
                )
                reads = frozenset(name for rule, _ in concludes for name in _read(rule))
                parts.append(Part(reads, finding=finding, concludes=concludes))
    scored_by_none = catalog.measures.keys() - {name for part in parts for name in part.sums}
    return [*parts, *(Part(frozenset(), adds=((_SILENT, {name: 0}),)) for name in sorted(scored_by_none))]


def _grouped(catalog: Catalog, parts: list[Part], roots: set[str]) -> list[list[Part]]:
    """Parts together whose questions are the same or hang together; those that read roots alone need no company."""
    links = [_hung_on(catalog, [part]) - roots for part in parts]
    return _gathered(parts, [link or frozenset({f"part {at}"}) for at, link in enumerate(links)])


def _of_one_group(catalog: Catalog, parts: list[Part], roots: set[str]) -> set[str]:
    """Roots on which a single group of questions hangs, which then best belong to that group."""
    asking = [group for group in _grouped(catalog, parts, roots) if any(part.reads - roots for part in group)]
    hanging = [_hung_on(catalog, group) for group in asking]
    return {name for name in roots if sum(name in one for one in hanging) == 1}


def _bridges(catalog: Catalog, parts: list[Part], roots: set[str]) -> set[str]:
    """Questions on which both client work and plan work rest, which would tie all sums into one block."""
    found: set[str] = set()
    for group in _grouped(catalog, parts, roots):
        by_question: dict[str, set[str]] = {}
        for part in group:
            for name in part.reads - roots:
                by_question.setdefault(name, set()).update(MEASURES[one] for one in part.sums if one in MEASURES)
        found |= {name for name, sides in by_question.items() if len(sides) > 1}
    return found


def _read(rule: Rule) -> frozenset[str]:
    return frozenset(one.variable for one in rule.when)


def _concluded(part: Part, values: Mapping[str, str]) -> str:
    if part.finding is None:
        return values[part.direct]
    said = (value for rule, value in part.concludes if reference.met(rule.when, values))
    return next(said, part.finding.otherwise)


def _gathered(items: Iterable[Item], links: Iterable[frozenset[str]]) -> list[list[Item]]:
    """The items, those together that share a link, directly or through others."""
    found: list[tuple[set[str], list[Item]]] = []
    for item, link in zip(items, links, strict=True):
        touching = [one for one in found if one[0] & link]
        found = [one for one in found if not one[0] & link]
        found.append((set(link).union(*(one[0] for one in touching)), [*(i for one in touching for i in one[1]), item]))
    return [held for _, held in found]


def _above(catalog: Catalog, name: str) -> set[str]:
    """The questions that decide whether this one is asked, and what is usual."""
    question = catalog.questions[name]
    by = {question.usual.by} if question.usual is not None and question.usual.by else set()
    return {one.variable for one in question.when} | by


def _with_above(catalog: Catalog, names: Iterable[str]) -> set[str]:
    """These questions, those that decide about them, and so on upwards."""
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        found |= waiting
        waiting = {above for name in waiting for above in _above(catalog, name)} - found
    return found


def _hung_on(catalog: Catalog, parts: Iterable[Part]) -> frozenset[str]:
    return frozenset(_with_above(catalog, (name for part in parts for name in part.reads)))


def _roots_of(catalog: Catalog, parts: Iterable[Part], roots: set[str]) -> set[str]:
    """The roots that a group reads itself, or that decide about its questions."""
    reads = {name for part in parts for name in part.reads}
    asked = _hung_on(catalog, parts) - roots if reads - roots else set()
    return roots & reads.union(*(_above(catalog, name) for name in asked))


def _variety(group: Group) -> int:
    """In about how many ways the roots change what a group's answers weigh."""
    found = 1
    for root in group.roots:
        usual = [question.usual for question in group.questions if question.usual is not None]
        found *= 1 + max((len(one.answers) for one in usual if one.by == root), default=1)
    return found


def _block(catalog: Catalog, groups: list[list[Part]], hang: set[str], roots: set[str], shared: set[str]) -> Block:
    order = list(catalog.questions)
    sums = sorted({name for group in groups for part in group for name in part.sums})
    place = {name: _SUM_BITS * at for at, name in enumerate(sums)}
    hanging = [_roots_of(catalog, group, roots) for group in groups]
    built = [
        Group(
            tuple(catalog.questions[name] for name in order if name in _hung_on(catalog, group) - roots),
            tuple(name for name in order if name in roots_of),
            tuple(name for name in order if any(name in part.reads for part in group)),
            tuple(
                (
                    rule,
                    sum(
                        points << place[name] if points > 0 else -(-points << place[name])
                        for name, points in added.items()
                    ),
                )
                for part in group
                for rule, added in part.adds
            ),
            tuple(part for part in group if not part.adds),
        )
        for group, roots_of in zip(groups, hanging, strict=True)
    ]
    # What differs least from root to root comes first, so that the sums before it are shared by all that comes after.
    built.sort(key=lambda group: (len(group.concludes), _variety(group)))
    asking = [group for group in built if group.questions]
    fixed = [group for group in built if not group.questions]
    concluded = [part for group in (*asking, *fixed) for part in group.concludes]
    local = [name for name in order if name in hang - shared]
    asked = {question.id for group in built for question in group.questions}
    findings = {**catalog.findings}
    return Block(
        tuple(asking),
        tuple(fixed),
        tuple(catalog.questions[name] for name in local),
        tuple(name for name in order if name in hang & shared),
        tuple(name for name in order if name in asked or name in local),
        tuple(as_read(catalog, findings[name]) for name in sums),
        (*sums, *(part.finding.id if part.finding is not None else part.direct for part in concluded)),
    )
