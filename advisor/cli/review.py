"""`advisor review`: what was agreed, under today's facts and rulebook; and the sign-off that it is compared with."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import shared
from advisor.errors import InputError

if TYPE_CHECKING:
    from advisor.review.values import Reviewed

CALENDAR = ".ics"


@click.command()
@shared.rulebook_option
@click.argument("paths", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--sign", is_flag=True, help="Keep what is agreed now beside each file, as the sign-off to review against."
)
@click.option("--by", "names", metavar="NAME", multiple=True, help="With --sign: who signed; repeatable.")
@click.option("--until", metavar="DATE", default="", help="With --sign: the day by which to look at it again.")
@click.option("--today", metavar="DATE", default="", help="The day to review for, or of the sign-off; today's.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    multiple=True,
    help="File to write: .txt, .md, .html, .docx, .json or .ics; repeatable.",
)
@click.option("--report", "reports", type=click.Choice(shared.REPORTS), multiple=True, help="For CI; repeatable.")
@click.option("--report-dir", metavar="DIR", type=click.Path(path_type=Path), help="Folder for these reports.")
@click.option("--title", metavar="TEXT", default="", help="A heading of your own.")
def review(
    paths: tuple[str, ...],
    sign: bool,
    names: tuple[str, ...],
    until: str,
    today: str,
    form: str,
    output: tuple[str, ...],
    reports: tuple[str, ...],
    report_dir: Path | None,
    title: str,
) -> int:
    """Look at agreed engagements again: what is no longer as signed, why, what to do, and what falls due.

    A sign-off stands beside the engagement file under its name with .signed; --sign writes it. It holds the model, who
    leads, every letter, the risks, the answers and the rulebook. The exit code is 1 where anything is not as signed
    or overdue. An .ics file has the days to come for your calendar.

    \b
    Example:
      advisor review acme.yaml --sign --by "D. Osei" --by "Ines Falk" --until 2027-06-30
      advisor review acme.yaml
      advisor review engagements/*.yaml -o review.md -o due.ics --report junit --report-dir out
    """
    day = shared.date_given("--today", today) or datetime.date.today().isoformat()
    last = shared.date_given("--until", until)
    _check_usage(sign, names, until, reports, report_dir, form)
    if sign:
        for path in paths:
            _sign(path, names, last, day)
        return 0
    suffixes = shared.suffixes_of(output, paths, (".json", CALENDAR))
    found, failed = _reviewed(paths, day)
    if found:
        _write(found, suffixes, title)
        _show(found, form, title)
    _report(found, failed, reports, report_dir)
    return 1 if failed or not all(one.stands for one in found) else 0


def _check_usage(
    sign: bool, names: tuple[str, ...], until: str, reports: tuple[str, ...], folder: Path | None, form: str
) -> None:
    if sign and not names:
        raise click.UsageError("--sign: say who signed, with --by NAME")
    if not sign and (names or until):
        raise click.UsageError("--by and --until go with --sign")
    if set(reports) - {"github"} and folder is None:
        raise click.UsageError("a report is written to a folder; say which with --report-dir")
    if "github" in reports and form == "json":
        raise click.UsageError("--report github and --format json both go to the screen; choose one")


def _sign(path: str, names: tuple[str, ...], until: str, day: str) -> None:
    """Keep the advice as it stands; where something agreed cannot hold or is past, that is settled first."""
    from advisor.catalog.plain import is_plain, why_not
    from advisor.files import write_atomically
    from advisor.review.signed import beside, signed_text

    for name in names:
        if not name.strip() or not is_plain(name):
            raise click.UsageError(f"--by {why_not(name)}")
    if until and until < day:
        raise click.UsageError(f"--until {until}: is before the day of the sign-off, {day}")
    place = beside(_file(path))
    write_atomically(place, signed_text(shared.advice_on(path), day, names, until))
    click.echo(f"wrote {place}", err=True)


def _file(path: str) -> Path:
    if path == shared.STANDARD_INPUT:
        raise click.UsageError("a sign-off stands beside a file; name one")
    return Path(path)


def _reviewed(paths: tuple[str, ...], day: str) -> tuple[list[Reviewed], list[InputError]]:
    """The reviews; what cannot be read is reported, and the rest looked at all the same."""
    found: list[Reviewed] = []
    failed: list[InputError] = []
    for path in dict.fromkeys(paths):
        try:
            found.append(_review(path, day))
        except InputError as error:
            shared.report(error)
            failed.append(error)
    return found, failed


def _review(path: str, day: str) -> Reviewed:
    from advisor.catalog.engagements import read_one
    from advisor.catalog.own import catalog_for
    from advisor.documents.agreed.review_view import with_looks
    from advisor.files import read_limited
    from advisor.review import review as reviewed
    from advisor.review.signed import beside, read_signed

    file = _file(path)
    data = read_limited(file)
    known = catalog_for(data, file, shared.given_rulebook())
    place = beside(file)
    signed = read_signed(read_limited(place), str(place)) if os.path.lexists(place) else None
    return with_looks(reviewed(known, read_one(data, path, known), path, signed, day))


def _write(found: Sequence[Reviewed], suffixes: dict[str, str], title: str) -> None:
    from advisor.documents.agreed.calendar import calendar
    from advisor.documents.agreed.report import write
    from advisor.documents.agreed.review_json import reviews_as_json
    from advisor.documents.agreed.review_view import report_of
    from advisor.files import write_atomically

    for path, suffix in suffixes.items():
        if suffix == CALENDAR:
            made = calendar(found)
        else:
            made = reviews_as_json(found).encode() if suffix == ".json" else write(report_of(found, title), suffix)
        write_atomically(Path(path), made)
        click.echo(f"wrote {path}", err=True)


def _show(found: Sequence[Reviewed], form: str, title: str) -> None:
    from advisor.documents.agreed.report import as_text
    from advisor.documents.agreed.review_json import reviews_as_json
    from advisor.documents.agreed.review_view import report_of

    if form == "json":
        click.echo(reviews_as_json(found), nl=False)
    else:
        click.echo(as_text(report_of(found, title), shared.screen_width(), shared.coloured()), nl=False)


def _report(
    found: Sequence[Reviewed], failed: Sequence[InputError], reports: tuple[str, ...], folder: Path | None
) -> None:
    if not reports:
        return
    from advisor.documents.agreed.review_json import cases_of, rule_texts
    from advisor.documents.shared.reports import ERROR, Case, Issue

    bad = [
        Case(
            one.problems[0].file,
            tuple(Issue(each.file, "input", ERROR, each.message, each.line) for each in one.problems),
        )
        for one in failed
        if one.problems
    ]
    for form in reports:
        shared.report_to_ci(form, [*cases_of(found), *bad], folder, "advisor review", rule_texts())
