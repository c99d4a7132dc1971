"""The proof of a rulebook: everything enumerated through the rules engine, each promise held or shown to fail."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from math import prod

from advisor import engine, reference
from advisor.advise.evaluator import Evaluator, Fire
from advisor.advise.outcomes import combinations
from advisor.advise.session import reference_session
from advisor.errors import BrokenInvariant
from advisor.model.questions import Asking
from advisor.model.rulebook import Catalog
from advisor.model.rules import excluding
from advisor.verify import assumed, beside, checks, neutral, options, reach, staffing
from advisor.verify.faults import Fault, relevant, shown


@dataclass(frozen=True, slots=True)
class Section:
    """One promise: what was gone through (`counted` in `unit`), how long it took, and what was found wrong."""

    promise: str
    counted: int
    unit: str
    seconds: float
    faults: tuple[Fault, ...]


def prove(catalog: Catalog, fire: Fire = engine.fire) -> Iterator[Section]:
    """Yield each section of the proof as it is finished; `fire` is what is held against the reference evaluator."""
    evaluator = Evaluator(reference.fire)
    tables = catalog.tables()
    cells = sum(prod(len(one.domain) for one in table.reads) for table in tables)
    rows = sum(prod(len(one.domain) for one in row.table.reads) for row in catalog.rows)
    session = reference_session(catalog)
    rules = catalog.rules()

    yield section(
        "engine and second evaluator agree on every combination of every table",
        "combinations",
        cells,
        lambda: agreement(catalog, fire),
    )
    yield section(
        "every claim is cited, every question and finding is read",
        "claims, questions and findings",
        len(catalog.claims) + len(catalog.questions) + len(catalog.findings),
        lambda: checks.unused(catalog),
    )
    yield section(
        "no rule contradicts another on a finding, and none is missing",
        "topics and steps",
        len(catalog.topics) + len(catalog.steps),
        lambda: checks.all_conclusions(catalog, evaluator),
    )
    yield section(
        "every row has one A, an R, no letter for who is not there, and no A where it may not be",
        "combinations",
        rows,
        lambda: [fault for row in catalog.rows for fault in checks.row_invariants(catalog, row, evaluator)],
    )
    yield section(
        "no role but a leading one can answer for more than 60 % of the rows",
        "rows",
        len(catalog.rows),
        lambda: checks.answering_bound(catalog, evaluator),
    )
    yield section(
        "the shares of every phase add to 100, and none is cut off",
        "combinations",
        prod(len(one.domain) for one in catalog.split.reads),
        lambda: checks.shares(catalog, evaluator),
    )
    yield section(
        "every rule can fire, and no two always fire together to say the same",
        "rules",
        len(rules),
        lambda: [fault for table in tables for fault in options.dead_or_doubled(table, evaluator)],
    )
    yield section(
        "no two rules of which one excludes the other can speak in one advice",
        "pairs",
        len(excluding(rules)),
        lambda: beside.both_speak(catalog, evaluator),
    )
    yield section(
        "every option of every question changes something, compared with any other, or says why it does not",
        "options",
        sum(len(question.options) for question in catalog.questions.values()),
        lambda: options.idle_options(catalog, evaluator),
    )
    yield section(
        "more never lowers a measure of the side that it speaks for",
        "questions",
        len(catalog.monotone),
        lambda: neutral.monotone(catalog, evaluator),
    )
    staffed = staffing.Staffed(catalog, evaluator)
    for promise, broken in staffing.PROMISES.items():
        yield section(
            promise, "combinations of levels, plans and people", len(staffed.verdicts), partial(broken, staffed)
        )
    yield section(
        "answering a question with its usual answer changes nothing",
        "questions",
        len(catalog.questions),
        lambda: assumed.usual_changes_nothing(catalog),
    )
    yield section(
        "the shares of models are those of all ways to answer what is open, weighted",
        "engagements",
        assumed.FEW + assumed.MANY,
        lambda: assumed.inexact(catalog, session),
    )
    yield section(
        "every rule, model, band, level, cap, guardrail and reason for leaving out is reached by an engagement",
        "rules, models, bands, levels and caps",
        len(rules) + len(catalog.models) + len(catalog.bands) + sum(len(one.caps) for one in reach.gathered(catalog)),
        lambda: reach.unreached(catalog, session),
    )


def section(promise: str, unit: str, counted: int, faults: Callable[[], Iterable[Fault]]) -> Section:
    """Look for faults, and say what was gone through and for how long."""
    begun = time.perf_counter()
    found = tuple(faults())
    return Section(promise, counted, unit, time.perf_counter() - begun, found)


def agreement(catalog: Asking, fire: Fire) -> Iterator[Fault]:
    """One fault for each table on which the two evaluators differ, or which the engine refuses."""
    for table in catalog.tables():
        try:
            for values in combinations(table):
                fired, expected = fire(table, values), reference.fire(table, values)
                if fired != expected:
                    odd = [table.rules[position] for position in sorted(set(fired) ^ set(expected))]
                    named = ", ".join(rule.id for rule in odd)
                    case = shown(relevant(values, odd))
                    yield Fault("agreement", str(odd[0].source), f"engine and reference differ on {named} at {case}")
                    break
        except BrokenInvariant as error:
            yield Fault("agreement", str(table.source), str(error))
