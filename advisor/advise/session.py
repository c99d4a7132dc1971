"""What is remembered between advices on one catalog: each step by the values that it reads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any, NamedTuple

from advisor import reference
from advisor.advise.evaluator import Evaluator
from advisor.advise.findings import TopicResult, evaluate_topic
from advisor.advise.guidance import Guidance, guardrails, profiles, role_sense
from advisor.advise.margin import Margins
from advisor.advise.matrix import build_matrix, lay_out, row_reads
from advisor.advise.memo import Memo
from advisor.advise.recommend import recommend
from advisor.advise.recommendation import Verdict, decide, variables
from advisor.advise.split import build_split
from advisor.model.advice import Matrix, Recommendation, Split
from advisor.model.rulebook import Catalog
from advisor.model.rules import MODEL, Table

MOST_LAYOUTS = 5_000  # a matrix of its own takes a kilobyte; its rows are shared


class Layout(NamedTuple):
    """The matrix and the split that go with it, and the ids of the rules that spoke for them."""

    matrix: Matrix
    split: Split
    spoke: tuple[str, ...]


class Session:
    """Advice on one catalog, each step of it worked out once for all that it can depend on.

    `evaluator` decides the advice; `what_if` and `margins` answer the many questions that give none themselves.
    """

    def __init__(self, catalog: Catalog, evaluator: Evaluator, what_if: Evaluator, margins: Margins) -> None:
        self._catalog = catalog
        self.evaluator = evaluator
        self.what_if = what_if
        self.margins = margins
        self._topics = {
            topic.table.id: Memo(
                _depends_on(catalog, topic.table),
                partial(evaluate_topic, catalog, topic, evaluator=evaluator, what_if=what_if),
            )
            for topic in catalog.topics
        }
        read = [one.id for one in variables(catalog)]
        self.direct = tuple(name for name in read if name in catalog.questions)
        self.verdicts = Memo(read, self._verdict)
        self.told = Memo(read, self._tell)
        self._rows = [
            Memo(row_reads(catalog, row), partial(lay_out, catalog, row, evaluator=evaluator)) for row in catalog.rows
        ]
        lays_out = (name for row in catalog.rows for name in row_reads(catalog, row))
        self.layouts = Memo((*lays_out, *catalog.phase_rules.names, *catalog.split.names), self._layout, MOST_LAYOUTS)
        looked_at = (name for table in catalog.profiles for name in table.names)
        self._guidance = [
            *(Memo(one.names, partial(guardrails, one, evaluator=evaluator)) for one in catalog.guardrails),
            Memo((MODEL, *looked_at), partial(profiles, catalog, evaluator=evaluator)),
            Memo(catalog.role_sense.names, partial(role_sense, catalog, evaluator=evaluator)),
        ]

    @property
    def memos(self) -> tuple[Memo[Any], ...]:
        """All that is remembered."""
        return (*self._topics.values(), self.verdicts, self.told, *self._rows, self.layouts, *self._guidance)

    def topic(self, table_id: str, values: Mapping[str, str]) -> TopicResult:
        """What one topic yields on these answers."""
        return self._topics[table_id](values)

    def topics(self, values: Mapping[str, str]) -> tuple[TopicResult, ...]:
        """What every topic yields on these answers."""
        return tuple([memo(values) for memo in self._topics.values()])

    def guidance(self, values: Mapping[str, str]) -> list[Guidance]:
        """What every table after the matrix says; without a model, those that do not read it."""
        if MODEL not in values:
            return [memo.work(values) for memo in self._guidance]
        return [memo(values) for memo in self._guidance]

    def _verdict(self, values: Mapping[str, str]) -> Verdict:
        """The verdict on complete findings, of which there is one."""
        findings = {one.id: values[one.id] for one in variables(self._catalog)}
        outcome, _ = decide(self._catalog, findings, self.evaluator)
        weights = dict.fromkeys(self._catalog.models, 0.0) | {outcome.model: 1.0}
        return Verdict((outcome.model,), outcome, findings, weights)

    def _tell(self, values: Mapping[str, str]) -> Recommendation:
        verdict = self.verdicts(values)
        possible = {name: (value,) for name, value in verdict.values.items()}
        return recommend(self._catalog, verdict, possible, values, self.evaluator, self.margins)

    def _layout(self, values: Mapping[str, str]) -> Layout:
        catalog = self._catalog
        matrix = build_matrix(catalog, values, self.evaluator, self._rows)
        present = {row.phase for row in matrix.activities}
        phases = [phase for phase in catalog.phases if phase.id in present]
        shifted = self.evaluator.rules(catalog.split, values)
        past = self.evaluator.rules(catalog.phase_rules, values)
        spoke = (
            *(rule for row in matrix.activities for rule in row.rules),
            *(one.rule for one in matrix.left_out),
            *(rule.id for rule in (*shifted, *past)),
        )
        return Layout(matrix, build_split(catalog.models[values[MODEL]], phases, shifted), spoke)


def _depends_on(catalog: Catalog, table: Table) -> tuple[str, ...]:
    """Questions that the topic reads, and those that decide whether one of them is asked."""
    hiding = (one.variable for name in table.names for one in catalog.questions[name].when)
    return tuple(dict.fromkeys((*table.names, *hiding)))


@lru_cache(maxsize=4)
def session_for(catalog: Catalog) -> Session:
    """The one session that all advice on this catalog shares: the checked engine, and the reference for what-ifs."""
    return Session(catalog, Evaluator(), Evaluator(reference.fire), Margins(catalog))


def reference_session(catalog: Catalog) -> Session:
    """A session that asks the reference evaluator only, for checks of the rulebook itself."""
    evaluator = Evaluator(reference.fire)
    return Session(catalog, evaluator, evaluator, Margins(catalog))
