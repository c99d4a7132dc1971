"""`advisor lint`: what is wrong with matrices that somebody already has, and how to mend it."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import shared
from advisor.cli.found import matrices_in, matrix_options
from advisor.errors import AdvisorError, InputError, did_you_mean

if TYPE_CHECKING:
    from advisor.documents.lint.lint_view import Failed
    from advisor.lint.values import Policy, Review, Waiver
    from advisor.matrices import Hints
    from advisor.model.found import FoundMatrix

FAILS = ("error", "warning", "info")


@click.command()
@click.argument("paths", metavar="MATRIX...", nargs=-1)
@matrix_options
@click.option("--policy", "named", metavar="NAME|FILE", default="usual", show_default=True, help="How strict to be.")
@click.option("--waivers", "waived", metavar="FILE", type=click.Path(path_type=Path), help="Findings to live with.")
@click.option("--today", metavar="DATE", default="", help="The day that end dates of waivers are held to; today's.")
@click.option("--fail-on", type=click.Choice(FAILS), default="error", show_default=True, help="What ends with 1.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--all", "every", is_flag=True, help="Show every finding, not only the first of each check.")
@click.option("--report", "reports", type=click.Choice(shared.REPORTS), multiple=True, help="For CI; repeatable.")
@click.option("-o", "--output", metavar="DIR", type=click.Path(path_type=Path), help="Folder for these reports.")
@click.option("--annotate", metavar="OUT.xlsx", type=click.Path(path_type=Path), help="Copy it, problems as comments.")
@click.option("--checks", "listing", is_flag=True, help="List every check under the policy, and stop.")
def lint(
    paths: tuple[str, ...],
    hints: Hints,
    named: str,
    waived: Path | None,
    today: str,
    fail_on: str,
    form: str,
    every: bool,
    reports: tuple[str, ...],
    output: Path | None,
    annotate: Path | None,
    listing: bool,
) -> int:
    """Say what is wrong with responsibility matrices in Excel, CSV, Markdown, HTML or Word files, and how to mend it.

    First it says what it took for what, and counts that you can check by hand; --sheet, --table and --map help where
    the guess is wrong. Policies are strict, usual, lenient, or a file of your own. Each finding has a check, a place, a
    reason, a mend and the source of the check.

    \b
    Example:
      advisor lint raci.xlsx
      advisor lint raci.xlsx --policy strict --annotate raci-problems.xlsx
      advisor lint plans/*.md --waivers waivers.yaml --report junit -o out
    """
    policy = _policy(named)
    if listing:
        from advisor.documents.lint.lint_text import checks_as_text
        from advisor.lint import shipped

        click.echo(checks_as_text(policy, shipped.checks(), shared.screen_width(), shared.coloured()), nl=False)
        return 0
    _check_usage(paths, form, reports, output, annotate)
    waivers = _waivers(waived)
    found, failed = _read(paths, hints)
    review = _review(found, policy, waivers, shared.date_given("--today", today))
    _show(review, failed, form, every)
    copied = annotate is None or not found or _annotate(paths[0], annotate, review)
    _report(review, failed, reports, output)
    bad = sum(review.count(severity) for severity in FAILS[: FAILS.index(fail_on) + 1])
    return 1 if bad or failed or not copied else 0


def _check_usage(
    paths: tuple[str, ...], form: str, reports: tuple[str, ...], output: Path | None, annotate: Path | None
) -> None:
    if not paths:
        raise click.UsageError("name a file with a matrix")
    if set(reports) - {"github"} and output is None:
        raise click.UsageError("a report is written to a folder; say which with -o")
    if output is not None and not set(reports) - {"github"}:
        raise click.UsageError("-o is for --report junit or sarif")
    if "github" in reports and form == "json":
        raise click.UsageError("--report github and --format json both go to the screen; choose one")
    if annotate is None:
        return
    if len(paths) > 1:
        raise click.UsageError("--annotate copies one workbook; name one MATRIX")
    suffix = Path(paths[0]).suffix.lower()
    if suffix not in (".xlsx", ".xlsm"):
        raise click.UsageError(f"--annotate is for Excel workbooks (.xlsx), which {paths[0]} is not")
    if annotate.suffix.lower() != suffix:
        raise click.UsageError(f"--annotate {annotate}: the copy must end in {suffix}, as the original does")
    if os.path.realpath(annotate) == os.path.realpath(paths[0]):
        raise click.UsageError("--annotate would overwrite the original; choose another name")


def _policy(named: str) -> Policy:
    """The policy of that name, or in the file of that name."""
    from advisor.files import read_limited
    from advisor.lint import shipped
    from advisor.lint.policies import policy_from, policy_of

    if named in shipped.POLICIES:
        return policy_of(named)
    if not os.path.lexists(named) and not named.endswith((".yaml", ".yml")):
        near = did_you_mean(named, shipped.POLICIES) or f" (known: {', '.join(shipped.POLICIES)})"
        raise click.UsageError(f"--policy: no policy and no file {named!r}{near}")
    return policy_from(read_limited(Path(named)), named)


def _waivers(file: Path | None) -> tuple[Waiver, ...]:
    from advisor.files import read_limited
    from advisor.lint.policies import waivers_from

    return waivers_from(read_limited(file), str(file)) if file is not None else ()


def _read(paths: tuple[str, ...], hints: Hints) -> tuple[list[FoundMatrix], tuple[Failed, ...]]:
    """The matrices of all files; what cannot be read is reported, and the rest looked at all the same."""
    from advisor.documents.lint.lint_view import Failed

    found: list[FoundMatrix] = []
    failed: list[Failed] = []
    for path in dict.fromkeys(paths):
        try:
            found += matrices_in(path, hints)
        except InputError as error:
            shared.report(error)
            reasons = tuple(f"{one.field}: {one.message}" if one.field else one.message for one in error.problems)
            failed.append(Failed(path, reasons, error.problems[0].line if error.problems else 0))
        except AdvisorError as error:
            shared.report(error)
            failed.append(Failed(path, (str(error),)))
    return found, tuple(failed)


def _review(found: list[FoundMatrix], policy: Policy, waivers: tuple[Waiver, ...], today: str) -> Review:
    from advisor.lint import review

    ends = any(one.until for one in (*policy.waivers, *waivers))
    return review(found, policy, waivers, today or datetime.date.today().isoformat() if ends else "")


def _annotate(path: str, annotate: Path, review: Review) -> bool:
    """Write the copy with comments; False, and the reason on the screen, where that cannot be done."""
    from advisor.documents.lint.lint_comments import annotated
    from advisor.files import read_limited, write_atomically
    from advisor.matrices.open import LARGEST_PACKED

    try:
        data, left_out = annotated(read_limited(Path(path), LARGEST_PACKED), review, path)
        write_atomically(annotate, data)
    except AdvisorError as error:
        shared.report(error)
        return False
    more = f"; {left_out:,} findings are not in it, since a sheet gets only so many" if left_out else ""
    click.echo(f"wrote {annotate}{more}", err=True)
    return True


def _show(review: Review, failed: tuple[Failed, ...], form: str, every: bool) -> None:
    if form == "json":
        from advisor.documents.lint.lint_json import review_as_json

        click.echo(review_as_json(review, failed), nl=False)
    else:
        from advisor.documents.lint.lint_text import review_as_text

        click.echo(review_as_text(review, failed, shared.screen_width(), shared.coloured(), every), nl=False)


def _report(review: Review, failed: tuple[Failed, ...], forms: tuple[str, ...], output: Path | None) -> None:
    if forms:
        from advisor.documents.lint.lint_reports import cases_of, rule_texts

        for form in forms:
            shared.report_to_ci(form, cases_of(review, failed), output, "advisor lint", rule_texts(review))
