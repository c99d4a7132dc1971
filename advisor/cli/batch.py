"""`advisor batch`: many engagements of any source to one result line each, documents, gates, and a summary."""

from __future__ import annotations

import os
import sys
from collections import Counter
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from advisor.cli import shared
from advisor.cli.against import against_option, batch_against
from advisor.cli.compiling import first_compiled
from advisor.cli.printing import letters_option, rows_option
from advisor.documents import ALL_DOCUMENTS, FORMATS
from advisor.documents.shared.edition import Edition, Rows
from advisor.errors import MOST_TOLD, did_you_mean

if TYPE_CHECKING:
    from advisor.batch.gates import Gate
    from advisor.batch.run import Evaluated
    from advisor.batch.tally import Options
    from advisor.documents.shared.reports import Case
    from advisor.model.lettering import Lettering


@click.command()
@shared.rulebook_option
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", metavar="DIR", type=click.Path(path_type=Path), help="Folder to write; none: keep nothing."
)
@click.option("--from", "kind", type=click.Choice(["yaml", "jsonl", "csv"]), help="What standard input (-) holds.")
@click.option("--full", is_flag=True, help="Write the whole advice into each line of results.jsonl.")
@click.option("--no-csv", is_flag=True, help="Write no results.csv beside results.jsonl.")
@click.option("--documents", metavar="FORMATS", default="", help="Also a document on each, such as docx,html.")
@click.option("--document", type=click.Choice(ALL_DOCUMENTS), default="brief", help="Which one.", show_default=True)
@rows_option
@letters_option
@click.option("--client-view", is_flag=True, help="Documents without what is for your firm alone.")
@click.option("--template", metavar="FILE", type=click.Path(path_type=Path), help="A template of your own for them.")
@click.option(
    "--fail-on", "gates", metavar="GATE", multiple=True, help="End with 1 when an advice meets it; repeatable."
)
@click.option("--report", "forms", type=click.Choice(shared.REPORTS), multiple=True, help="For CI; repeatable.")
@click.option("--resume", is_flag=True, help="Go on where a run was stopped; skip what is done and unchanged.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes at work.")
@click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler to work on, such as tcp://host:8786.")
@against_option
@click.option("--no-cache", is_flag=True, help="Neither read nor write compiled rules in your cache folder.")
def batch(
    paths: tuple[Path, ...],
    output: Path | None,
    kind: str | None,
    full: bool,
    no_csv: bool,
    documents: str,
    document: str,
    rows: Rows,
    letters: Lettering | None,
    client_view: bool,
    template: Path | None,
    gates: tuple[str, ...],
    forms: tuple[str, ...],
    resume: bool,
    jobs: int,
    cluster: str | None,
    against: Path | None,
    no_cache: bool,
) -> int:
    """Evaluate engagements in files, folders, patterns or standard input (-); bad ones are reported, the rest done.

    Reads YAML, JSON, JSON Lines, CSV (`advisor new --format csv` writes a head) and Excel. DIR gets results.jsonl and
    results.csv (a line for each engagement, in input order) and errors.txt (a line for each problem); without it,
    there is only the summary. A gate is guardrail:ID, unstaffed, leaning, or a comparison such as model!=paired,
    unanswered>9, delivery_risk=high.

    \b
    Example:
      advisor batch examples -o out
      advisor batch book.csv -o out --documents docx --jobs 4 --resume
      advisor batch engagements -o out --against our-rules
      advisor batch engagements -o out --fail-on unstaffed --fail-on leaning --report junit
    """
    from advisor.advise.compiled import NO_CACHE
    from advisor.batch.finding import find_files
    from advisor.batch.tally import Options

    if no_cache:
        os.environ[NO_CACHE] = "1"  # the processes at work have it from this one
    if against is not None:
        if full or documents or resume or gates or forms or cluster:
            raise click.UsageError(
                "--against compares two rulebooks and goes with -o, --from, --jobs and --rulebook alone"
            )
        return batch_against(find_files(paths), against, jobs, kind or "", output)
    if output is None and (full or documents or resume or set(forms) - {"github"}):
        raise click.UsageError("that is written to a folder; say which with -o")
    if shared.given_rulebook() is not None:
        shared.catalog()  # a mistake in it is one error, not one for each file
    options = Options(
        rulebook=shared.given_rulebook(),
        table=not no_csv,
        full=full,
        cases=bool(forms),
        gates=_gates(gates),
        documents=_formats(documents),
        edition=Edition(document, client_view=client_view, template=template, rows=rows, letters=letters),
    )
    for name in options.documents:
        shared.refuse_without_place(options.edition, name)
    files = find_files(paths)
    with nullcontext(output) if output is not None else TemporaryDirectory(prefix="advisor-") as folder:
        to = Path(folder)
        options = replace(options, to=to / "documents")
        evaluated = _evaluated(options, jobs, cluster)
        totals, cases = _run(files, kind or "", options, to, resume, evaluated, tell_gates=output is None)
        for form in forms:
            shared.report_to_ci(form, cases, to, "advisor batch")
    _summarise(totals, len(files), output, options.gates)
    return 1 if totals["failed"] or totals["gated"] or not totals["done"] else 0


def _run(
    files: list[tuple[Path, str]],
    kind: str,
    options: Options,
    to: Path,
    resume: bool,
    evaluated: Evaluated,
    tell_gates: bool,
) -> tuple[Counter[str], list[Case]]:
    from advisor.batch.inputs import items
    from advisor.batch.report import GATES, Report
    from advisor.batch.run import run
    from advisor.cli.progress import Progress

    cases: list[Case] = []
    with Progress([path for path, _ in files]) as progress:

        def told(report: Report) -> None:
            cases.extend(report.cases)
            progress.done(report.counts.get("done", 0) + report.counts.get("failed", 0))
            for problem in report.problems[:MOST_TOLD]:
                progress.say(str(problem))
            if len(report.problems) > MOST_TOLD:
                more = len(report.problems) - MOST_TOLD
                progress.say(f"{report.problems[0].file}: and {more:,} more problems; mend these first")
            if tell_gates:
                for hit in report.output.get(GATES, "").splitlines():
                    progress.say(hit)

        found = items(files, shared.catalog, kind, sys.stdin.buffer if sys.stdin else None, progress.read)
        return run(first_compiled(found, shared.catalog), options, to, evaluated, resume, told), cases


def _gates(texts: tuple[str, ...]) -> tuple[Gate, ...]:
    from advisor.batch.gates import gate_from

    try:
        return tuple(gate_from(text, shared.catalog()) for text in texts)
    except ValueError as error:
        raise click.UsageError(f"--fail-on {error}") from None


def _formats(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(one.strip() for one in text.split(",") if one.strip()))
    for name in names:
        if name not in FORMATS:
            near = did_you_mean(name, FORMATS) or f" (there are {', '.join(FORMATS)})"
            raise click.UsageError(f"--documents: no format {name!r}{near}")
    return names


def _evaluated(options: Options, jobs: int, cluster: str | None) -> Evaluated:
    from functools import partial

    from advisor.batch.run import stopped
    from advisor.batch.work import evaluate_item

    work = partial(evaluate_item, options=options)
    if cluster is not None:
        import logging

        from advisor.batch.cluster import evaluated_on

        logging.disable(logging.CRITICAL)  # what Dask logs, tracebacks and all, is one sentence of ours

        return partial(evaluated_on, cluster, evaluate=work, stopped=stopped)
    from advisor.batch import pool

    return partial(pool.evaluated, evaluate=work, stopped=stopped, jobs=jobs)


def _summarise(totals: Counter[str], files: int, output: Path | None, gates: tuple[Gate, ...]) -> None:
    from advisor.documents.shared.words import numbered

    kept = f"; results in {output}" if output is not None else ""
    found = f"{numbered(totals['done'], 'engagement')} from {numbered(files, 'file')}"
    click.echo(f"{found}, {totals['failed']:,} failed{kept}")
    models = Counter({name[6:]: count for name, count in totals.items() if name.startswith("model:")})
    for model, count in sorted(models.items(), key=lambda one: (-one[1], one[0])):
        click.echo(f"  {count:>5}  {model}")
    likely, leaning = totals["status:likely"], totals["status:leaning"]
    if likely or leaning:
        click.echo(
            f"  {totals['status:settled']} firm, {likely} likely, {leaning} leaning: more answers could change these"
        )
    see = ", see gates.txt" if output is not None else ""
    for gate in gates:
        count = totals[f"gate:{gate.text}"]
        met = f"met by {numbered(count, 'engagement')}{see}" if count else "met by none"
        click.echo(f"  gate {gate.text}: {met}")
