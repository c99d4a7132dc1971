"""What is remembered between advices on one catalog: fired tables, what-if questions, margins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from advisor import reference
from advisor.advise.evaluator import MOST_REMEMBERED, Evaluator
from advisor.advise.findings import TopicResult, evaluate_topic
from advisor.advise.margin import Margins
from advisor.model.rulebook import Catalog, Topic


@dataclass(frozen=True, slots=True)
class Session:
    """`evaluator` decides the advice; `what_if` and `margins` answer the many questions that give none themselves.

    `topics` are results by topic and the answers that it reads.
    """

    evaluator: Evaluator
    what_if: Evaluator
    margins: Margins
    topics: dict[tuple[str, ...], TopicResult] = field(default_factory=dict)

    def topic(self, catalog: Catalog, topic: Topic, values: Mapping[str, str]) -> TopicResult:
        """What the topic yields on these answers, worked out once for all that it can depend on."""
        key = (topic.table.id, *[values[name] for name in _depends_on(catalog, topic.table.id)])
        result = self.topics.get(key)
        if result is None:
            if len(self.topics) >= MOST_REMEMBERED:
                self.topics.clear()
            result = evaluate_topic(catalog, topic, values, self.evaluator, self.what_if)
            self.topics[key] = result
        return result


@lru_cache(maxsize=256)
def _depends_on(catalog: Catalog, table_id: str) -> tuple[str, ...]:
    """Questions that the topic reads, and those that decide whether one of them is asked."""
    read = next(topic.table.names for topic in catalog.topics if topic.table.id == table_id)
    hiding = (one.variable for name in read for one in catalog.questions[name].when)
    return tuple(dict.fromkeys((*read, *hiding)))


@lru_cache(maxsize=4)
def session_for(catalog: Catalog) -> Session:
    """The one session that all advice on this catalog shares: the checked engine, and the reference for what-ifs."""
    what_if = Evaluator(reference.fire)
    return Session(Evaluator(), what_if, Margins(catalog))


def reference_session(catalog: Catalog) -> Session:
    """A session that asks the reference evaluator only, for checks of the rulebook itself."""
    evaluator = Evaluator(reference.fire)
    return Session(evaluator, evaluator, Margins(catalog))
