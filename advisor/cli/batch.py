"""`advisor batch`: many engagement files to one line of JSON each, and a summary."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from advisor.cli import shared


@click.command()
@shared.rulebook_option
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="DIR", required=True, type=click.Path(path_type=Path), help="Folder to write.")
def batch(paths: tuple[Path, ...], output: Path) -> int:
    """Evaluate engagement files and folders of them; bad ones are reported and the rest done.

    DIR gets results.jsonl (one line of JSON for each engagement, in input order) and errors.txt (one line a problem).

    \b
    Example:
      advisor batch examples -o out
    """
    from advisor.batch import Done, Failed, find_files
    from advisor.batch.work import evaluate_file
    from advisor.batch.worker import evaluate_files
    from advisor.files import write_atomically

    if shared.given_rulebook() is not None:
        shared.catalog()  # a mistake in it is one error, not one for each file
    files = find_files(paths)
    done: list[Done] = []
    failed: list[Failed] = []
    for result in evaluate_files(files, evaluate_file, shared.given_rulebook()):
        if isinstance(result, Done):
            done.append(result)
        else:
            failed.append(result)
            for problem in result.problems:
                click.echo(str(problem), err=True)
    write_atomically(output / "results.jsonl", "".join(f"{one.line}\n" for one in done))
    problems = [problem for one in failed for problem in one.problems]
    write_atomically(output / "errors.txt", "".join(f"{problem}\n" for problem in problems))
    click.echo(f"{len(done)} engagements from {len(files)} files, {len(failed)} failed; results in {output}")
    for model, count in Counter(one.model or one.status for one in done).most_common():
        click.echo(f"  {count:>5}  {model}")
    still_open = sum(one.status == "open" for one in done)
    if still_open:
        click.echo(f"  {still_open} of them still open: more answers could change the model")
    return 1 if failed or not done else 0
