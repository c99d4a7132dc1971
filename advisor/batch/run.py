"""One run of a batch: items in, outputs and totals out, in input order, whatever was done already taken over."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import blake2b
from pathlib import Path

import advisor
from advisor.batch import Chunk, Item
from advisor.batch.journal import Journal, key_of
from advisor.batch.pool import chunks
from advisor.batch.report import ERRORS, GATES, RESULTS, TABLE, Report, failed, together
from advisor.batch.result import head
from advisor.batch.tally import Options
from advisor.catalog.own import catalog_at
from advisor.errors import InputError, Problem
from advisor.files import read_limited

MOST_WAITING = 500  # reports taken over that wait for one that is not there yet, before that one is hurried

# Takes chunks, and yields each with the reports on its items: processes of this machine, or of others.
Evaluated = Callable[[Iterable[Chunk]], Iterator[tuple[Chunk, list[list[Report]]]]]


def run(
    items: Iterable[Item],
    options: Options,
    folder: Path,
    evaluated: Evaluated,
    resume: bool = False,
    told: Callable[[Report], None] = lambda report: None,
) -> Counter[str]:
    """Evaluate the items, write what they came to into `folder`, and return what was counted.

    `told` is given each report, in order. The outputs of a run that was stopped, and is run again with `resume`, are
    those of one that was not, byte for byte. Raises OutputError when they cannot be written.
    """
    outputs = {RESULTS: "", ERRORS: ""}
    if options.table:
        outputs[TABLE] = head()
    if options.gates:
        outputs[GATES] = ""
    totals: Counter[str] = Counter()
    fingerprint = fingerprint_of(options)
    journal = Journal(folder, outputs, resume)
    order: deque[tuple[str, Report | None]] = deque()

    def emit() -> None:
        while order and (report := order[0][1]) is not None:
            key, _ = order.popleft()
            journal.add(key, report)
            totals.update(report.counts)
            told(report)

    def missing() -> Iterator[Item | None]:
        for item in items:
            key = key_of(item, fingerprint)
            order.append((key, journal.earlier(key, partial(still_right, options=options))))
            emit()
            if order and order[-1][1] is None:
                yield item
            elif len(order) % MOST_WAITING == MOST_WAITING - 1:
                yield None

    try:
        for chunk, reports in evaluated(chunks(missing())):
            found = iter(reports)
            places = [at for at, (_, report) in enumerate(order) if report is None][: len(chunk)]
            for at in places:
                order[at] = order[at][0], together(next(found))
            emit()
            journal.flush()
        emit()
        journal.finish()
    finally:
        journal.close()
    return totals


def still_right(report: Report, options: Options) -> bool:
    """Whether an earlier report would be given again: the same rulebooks, and all its documents there.

    What gave no advice is read again: a rulebook that it was held against is not known.
    """
    if not report.rulebooks or not all((options.to / name).is_file() for name in report.documents):
        return False
    try:
        return all(catalog_at(Path(at) if at else None).digest == digest for at, digest in report.rulebooks.items())
    except InputError:
        return False


def fingerprint_of(options: Options) -> str:
    """All that a report depends on beside its item and the rulebooks."""
    edition = options.edition
    template = read_limited(Path(edition.template)) if edition.template is not None else b""
    parts = (advisor.__version__, options.table, options.full, options.cases, options.gates, options.documents, edition)
    return blake2b(repr((parts, template)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def stopped(item: Item, problem: Problem) -> Report:
    """The report on an item that no worker survives."""
    return failed([problem], problem.line)
