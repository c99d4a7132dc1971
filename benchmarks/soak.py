"""The soak: attacks readers, rules engine, workers, interview and disk; a line a part, exit code 1 on any failure."""

from __future__ import annotations

import importlib
import os
import sys
import time
from pathlib import Path

import click

# Run as a file, Python looks beside it; the parts are found from the repository, as the tests find them.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

# Part, module, full count, what is counted.
PARTS = {
    "documents": ("soak_documents", 100_000, "hostile files read"),
    "readers": ("soak_readers", 32_000, "broken files of every format read"),
    "rulebooks": ("soak_rulebooks", 3_000, "bent rulebooks loaded"),
    "templates": ("soak_templates", 2_000, "bent templates of every format filled in"),
    "logos": ("soak_logos", 2_000, "bent pictures put into documents"),
    "answers": ("soak_answers", 20_000, "random engagements advised on by engine, reference and compiled tables"),
    "boundary": ("soak_boundary", 500, "random tables of rules fired by engine and reference"),
    "threads": ("soak_threads", 20_000, "random engagements advised on from eight threads, with forks"),
    "batch": ("soak_batch", 100_000, "engagements in a batch, killed and resumed, and on a Dask cluster"),
    "workers": ("soak_workers", 30, "poisoned files in a batch, and then as many kills of its workers"),
    "interview": ("soak_interview", 200, "kills of `advisor ask` in a pseudo-terminal"),
    "serve": ("soak_serve", 200, "kills of `advisor serve` while answers are sent"),
    "disk": ("soak_disk", 12, "amounts of room left on a disk"),
}
_COUNTS = "\n".join(f"  {name:<10} {count:>7,}  {what}" for name, (_, count, what) in PARTS.items())


@click.command(help=f"Run all PARTs with their full counts, or only the parts named.\n\n\b\n{_COUNTS}")
@click.argument("parts", metavar="[PART]...", nargs=-1, type=click.Choice(list(PARTS)))
@click.option("--count", type=click.IntRange(1), help="Instead of the full count of each part that is run.")
@click.option("--scale", type=click.FloatRange(0, min_open=True), default=1.0, help="So much of the full counts.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed makes other cases.")
@click.option("--processes", type=click.IntRange(1), default=min(2, os.cpu_count() or 1), show_default=True)
def soak(parts: tuple[str, ...], count: int | None, scale: float, seed: int, processes: int) -> None:
    """Run the parts one after the other and report each as it ends."""
    started, failures = time.monotonic(), 0
    for part in parts or PARTS:
        module, full, _ = PARTS[part]
        begun = time.monotonic()
        outcome = importlib.import_module(f"benchmarks.{module}").run(
            count or max(1, round(full * scale)), seed, processes
        )
        failures += len(outcome.failures)
        verdict = "FAILED" if outcome.failures else "ok"
        click.echo(f"{part:<10} {verdict:<7} {time.monotonic() - begun:>5.0f} s  {outcome.line}")
        for failure in outcome.failures[:20]:
            click.echo(f"    {failure}"[:1_000])
        if len(outcome.failures) > 20:
            click.echo(f"    and {len(outcome.failures) - 20} more")
    click.echo(f"{failures} failures in {time.monotonic() - started:.0f} s, seed {seed}, {processes} processes")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    soak()
