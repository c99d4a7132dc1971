"""What is remembered between advices on one catalog: each step by the values that it reads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from itertools import chain
from typing import Any, NamedTuple

from advisor import reference
from advisor.advise.compiled import known_for
from advisor.advise.evaluator import Evaluator
from advisor.advise.findings import TopicResult, evaluate_topic
from advisor.advise.guidance import Guidance, guardrails, points, profiles, role_sense, together
from advisor.advise.matrix import build_matrix, laying, row_reads
from advisor.advise.memo import Memo
from advisor.advise.outlook import Outlook, outlook_for
from advisor.advise.recommendation import decide, variables
from advisor.advise.split import build_split
from advisor.model.matrix import Matrix, Split
from advisor.model.rulebook import Catalog
from advisor.model.rules import MODEL, Table

_PRESENT = "phases present"  # the one thing besides values that a split depends on
MOST_LAYOUTS = 1_000  # a matrix of its own takes a kilobyte; its rows are shared


class Layout(NamedTuple):
    """The matrix, its split, and the ids of the rules that shifted the split or left out phases."""

    matrix: Matrix
    split: Split
    spoke: tuple[str, ...]


class Session:
    """Advice on one catalog, each step of it worked out once for all that it can depend on.

    `evaluator` decides the advice; `what_if` answers the many questions that give none themselves.
    """

    def __init__(self, catalog: Catalog, evaluator: Evaluator, what_if: Evaluator) -> None:
        self._catalog = catalog
        self.evaluator = evaluator
        self.what_if = what_if
        self._topics = {
            topic.table.id: Memo(
                _depends_on(catalog, topic.table),
                partial(evaluate_topic, catalog, topic, evaluator=evaluator, what_if=what_if),
            )
            for topic in catalog.topics
        }
        self.verdicts = Memo([one.id for one in variables(catalog)], partial(decide, catalog, evaluator=evaluator))
        reads = [row_reads(catalog, row) for row in catalog.rows]
        self._rows = [
            Memo(names, laying(catalog, row, evaluator)) for names, row in zip(reads, catalog.rows, strict=True)
        ]
        lays_out = chain.from_iterable(reads)
        self.layouts = Memo((*lays_out, *catalog.phase_rules.names, *catalog.split.names), self._layout, MOST_LAYOUTS)
        self._splits = Memo((MODEL, *catalog.split.names, _PRESENT), self._split)
        self._tables = [
            *(
                (one.names, Memo(one.names, partial(guardrails, one, evaluator=evaluator)))
                for one in catalog.guardrails
            ),
            *((one.names, Memo(one.names, partial(points, one, evaluator=evaluator))) for one in catalog.points),
            *(
                (one.names, Memo((MODEL, *one.names), partial(profiles, catalog, one, evaluator=evaluator)))
                for one in catalog.profiles
            ),
            (
                catalog.role_sense.names,
                Memo(catalog.role_sense.names, partial(role_sense, catalog, evaluator=evaluator)),
            ),
        ]
        read_later = (name for names, _ in self._tables for name in names)
        self._guidance = Memo((MODEL, *read_later), self._guide, MOST_LAYOUTS)

    @property
    def memos(self) -> tuple[Memo[Any], ...]:
        """All that is remembered."""
        tables = (memo for _, memo in self._tables)
        parts: tuple[Memo[Any], ...] = (*self._topics.values(), *self._rows, *tables)
        return (*parts, self.verdicts, self.layouts, self._splits, self._guidance)

    @property
    def outlook(self) -> Outlook:
        """What open questions could still lead to."""
        return outlook_for(self._catalog, self.what_if)

    def topic(self, table_id: str, values: Mapping[str, str]) -> TopicResult:
        """What one topic yields on these answers."""
        return self._topics[table_id](values)

    def topics(self, values: Mapping[str, str]) -> tuple[TopicResult, ...]:
        """What every topic yields on these answers."""
        return tuple([memo(values) for memo in self._topics.values()])

    def guidance(self, values: Mapping[str, str]) -> Guidance:
        """What the tables after the matrix say."""
        return self._guidance(values)

    def _guide(self, values: Mapping[str, str]) -> Guidance:
        return together([memo(values) for _, memo in self._tables])

    def _layout(self, values: Mapping[str, str]) -> Layout:
        past = self.evaluator.rules(self._catalog.phase_rules, values)
        matrix = build_matrix(self._catalog, values, past, self._rows)
        present = ",".join(dict.fromkeys([row.phase for row in matrix.activities]))
        split, shifted = self._splits({**values, _PRESENT: present})
        return Layout(matrix, split, (*shifted, *[rule.id for rule in past]))

    def _split(self, values: Mapping[str, str]) -> tuple[Split, tuple[str, ...]]:
        """The split over the phases present, and the ids of the rules that shifted it."""
        present = values[_PRESENT].split(",")
        phases = [phase for phase in self._catalog.phases if phase.id in present]
        shifted = self.evaluator.rules(self._catalog.split, values)
        model = self._catalog.models[values[MODEL]]
        return build_split(model, phases, shifted), tuple(rule.id for rule in shifted)


def _depends_on(catalog: Catalog, table: Table) -> tuple[str, ...]:
    """Questions that the topic reads, and those that decide whether one of them is asked."""
    hiding = (one.variable for name in table.names for one in catalog.questions[name].when)
    return tuple(dict.fromkeys((*table.names, *hiding)))


@lru_cache(maxsize=4)
def session_for(catalog: Catalog) -> Session:
    """The one session that all advice on this catalog shares: the checked engine, and the reference for what-ifs."""
    known = known_for(catalog)
    return Session(catalog, Evaluator(known=known), Evaluator(reference.fire, known))


def reference_session(catalog: Catalog) -> Session:
    """A session that asks the reference evaluator only, for checks of the rulebook itself."""
    evaluator = Evaluator(reference.fire)
    return Session(catalog, evaluator, evaluator)
