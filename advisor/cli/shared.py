"""What several commands share: loading the catalog, advising on files, telling terminals from pipes."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.errors import AdvisorError, InputError, did_you_mean

if TYPE_CHECKING:
    from advisor.documents.shared.edition import Edition
    from advisor.documents.shared.reports import Case, RuleText
    from advisor.model.advice import Advice
    from advisor.model.person import PersonRules
    from advisor.model.rulebook import Catalog
    from advisor.model.wordings import Wordings

STANDARD_INPUT = "-"
REPORTS = ("junit", "sarif", "github")
_RULEBOOK = "advisor.rulebook"


rulebook_option = click.option(
    "--rulebook",
    metavar="DIR",
    type=click.Path(path_type=Path),
    expose_value=False,
    callback=lambda ctx, _, value: ctx.meta.__setitem__(_RULEBOOK, value),
    help="A rulebook of your own, instead of the one that ships or that an engagement file names.",
)


def given_rulebook() -> Path | None:
    """The folder that `--rulebook` names, if it was given."""
    given: Path | None = click.get_current_context().meta.get(_RULEBOOK)
    return given


def rulebook_seen_from(file: Path) -> str:
    """What an engagement file at `file` has to name, so that no later run takes another rulebook than this one."""
    given = given_rulebook()
    return os.path.relpath(given, file.parent) if given is not None else ""


def catalog() -> Catalog:
    """The rulebook that was asked for, or the one that ships with the product."""
    from advisor.catalog.own import catalog_at

    return catalog_at(given_rulebook())


def person_rules_given() -> PersonRules:
    """The rules on people of the rulebook that was asked for, or those that ship where it has none of its own."""
    from advisor.catalog.person import person_rules

    return person_rules(given_rulebook())


def own_person_rules() -> PersonRules | None:
    """The rules on people of the rulebook that was asked for; None where it leaves them to the shipped one."""
    given = given_rulebook()
    return person_rules_given() if given is None or (given / "person").is_dir() else None


def refuse_without_place(edition: Edition, format: str) -> None:
    """Refuse an option that the format would have to leave aside, rather than leave it aside without a word."""
    from advisor.documents import FORMATS, PAPER_WRITERS, PAPERS, has_no_matrix, no_place_for

    if edition.document in PAPERS and format not in PAPER_WRITERS:
        raise click.UsageError(
            f"--document {edition.document}: is written as {', '.join(PAPER_WRITERS)}, not as {format}"
        )
    option = no_place_for(edition, format)
    if option and option not in FORMATS[format].lacks and has_no_matrix(edition, format):
        raise click.UsageError(f"--{option}: the advice alone has no matrix in {format}; a brief or a matrix takes it")
    if option and edition.document in PAPERS:
        other = "has a layout of its own" if option == "template" else "has no matrix; an annex has one"
        raise click.UsageError(f"--{option.replace('_', '-')}: a {edition.document} {other}")
    if option:
        others = ", ".join(name for name, one in FORMATS.items() if option not in one.lacks)
        whole = f"{format} always holds the whole advice"
        why = {
            "document": f"{format} holds the matrix alone",
            "client_view": whole,
            "rows": whole,
            "letters": f"{format} holds RACI, for programs",
        }
        said = why.get(option, f"{format} has no place for it")
        raise click.UsageError(f"--{option.replace('_', '-')}: {said}; these take it: {others}")


def check_questionnaire(name: str | None, known: Catalog) -> None:
    """Refuse the name of a questionnaire that the rulebook does not have."""
    if name is not None and name not in known.questionnaires:
        near = did_you_mean(name, known.questionnaires) or f" (known: {', '.join(known.questionnaires)})"
        raise click.UsageError(f"no questionnaire {name!r}{near}")


def advice_on(path: str, document: str = "") -> Advice:
    """The advice on one engagement file, or on standard input for `-`, with what `document` needs besides."""
    from advisor.advise.by_rulebook import advice_by
    from advisor.catalog.engagements import read_one
    from advisor.catalog.own import catalog_at, folder_for
    from advisor.files import read_limited, read_stream

    if path != STANDARD_INPUT:
        name, data = path, read_limited(Path(path))
    else:
        name, data = "standard input", read_stream(sys.stdin.buffer, "standard input") if sys.stdin else b""
    folder = folder_for(data, Path(name), given_rulebook())
    found = advice_by(folder, read_one(data, name, catalog_at(folder)), name, paper=document)
    if isinstance(found, InputError):
        raise found
    warn_of_expired(found, name)
    return found


def advice_with_wordings(path: str) -> tuple[Advice, Wordings]:
    """The advice on the engagement, and the wordings that go with its rulebook."""
    from advisor.advise import advise
    from advisor.catalog.engagements import read_one
    from advisor.catalog.own import catalog_at, folder_for
    from advisor.catalog.wordings import read_wordings
    from advisor.files import read_limited, read_stream

    if path != STANDARD_INPUT:
        name, data = path, read_limited(Path(path))
    else:
        name, data = "standard input", read_stream(sys.stdin.buffer, "standard input") if sys.stdin else b""
    folder = folder_for(data, Path(name), given_rulebook())
    known = catalog_at(folder)
    return advise(known, read_one(data, name, known)), read_wordings(known, folder)


def refuse_to_overwrite(output: str, mapping_out: Path | None, inputs: list[str], mapping: Path | None) -> None:
    """No input is lost, nor a mapping that somebody corrected and did not give."""
    read = {os.path.realpath(path) for path in inputs}
    kept = {os.path.realpath(mapping)} if mapping is not None else set()
    if output and os.path.realpath(output) in read | kept:
        raise AdvisorError(f"{output}: would overwrite an input; choose another name")
    if mapping_out is None:
        return
    place = os.path.realpath(mapping_out)
    if place in read or (output and place == os.path.realpath(output)):
        raise AdvisorError(f"{mapping_out}: would overwrite an input or the document; choose another name")
    if os.path.lexists(mapping_out) and place not in kept:
        raise AdvisorError(f"{mapping_out}: is already there; give it with --mapping too, or choose another name")


def warn_of_expired(advice: Advice, name: str) -> None:
    """Say on standard error which agreed letters have run out; they stand until somebody decides."""
    for one in advice.engagement.agreed:
        if one.expired(datetime.date.today().isoformat()):
            said = f"was agreed until {one.until}, which is past; 'advisor review' says what the rules give"
            click.echo(f"{name}:{one.source.line}: agreed.{one.row}: {said}", err=True)


def advice_with_people(path: str) -> tuple[Advice, int]:
    """The advice on one engagement file, with the gaps of the people it names whose files lie in `people` beside it.

    Problems with those files are reported and counted; the advice comes all the same.
    """
    advice = advice_on(path)
    named = set(advice.engagement.people.values())
    if path == STANDARD_INPUT or not named:
        return advice, 0
    from advisor.catalog.people import FOLDER, beside
    from advisor.catalog.person import person_rules

    if not (Path(path).parent / FOLDER).is_dir():
        return advice, 0
    from advisor.fit.engagement import with_people

    own = advice.engagement.rulebook
    rules = person_rules(given_rulebook() or (Path(path).parent / own if own else None))
    people, problems = beside(Path(path), named, rules)
    for problem in problems:
        report(problem)
    return (with_people(rules, advice, people) if people else advice), len(problems)


def date_given(option: str, text: str) -> str:
    """The date that an option was given, empty for none; wrong usage when it is no date."""
    try:
        return datetime.date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise click.UsageError(f"{option} {text}: is no date; write it as 2027-01-31") from None


def stem(path: str) -> str:
    """What a document is called after the engagement's file, without a suffix."""
    return "engagement" if path == STANDARD_INPUT else Path(path).stem


def at_a_terminal() -> bool:
    """Whether somebody sits there who can be asked: input and output are a terminal, and none of them is closed."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def coloured() -> bool:
    """Whether standard output is a terminal that wants colour."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def screen_width(narrowest: int = 60) -> int:
    """Columns to write for: the terminal's, within what reads well (and what tables need); 80 in pipes."""
    if not sys.stdout.isatty():
        return 80
    import shutil

    return max(narrowest, min(shutil.get_terminal_size((80, 24)).columns, 120))


def report(error: AdvisorError) -> None:
    """Print an error where others follow; those that mean a broken product end the run instead."""
    if error.exit_code == 3:
        raise error
    click.echo(str(error), err=True)


def report_to_ci(form: str, cases: list[Case], folder: Path | None, suite: str, rules: Sequence[RuleText] = ()) -> None:
    """Tell a build server in one of REPORTS: a file in the folder, or what GitHub reads from the screen."""
    import advisor
    from advisor.documents.shared import reports
    from advisor.files import write_atomically

    issues = [issue for case in cases for issue in case.issues]
    if form == "github":
        click.echo(reports.github(issues), nl=False)
    elif folder is not None and form == "junit":
        write_atomically(folder / "report.junit.xml", reports.junit(cases, suite))
    elif folder is not None:
        write_atomically(folder / "report.sarif", reports.sarif(issues, rules, advisor.__version__))


def suffixes_of(output: Sequence[str], read: Sequence[str], more: tuple[str, ...]) -> dict[str, str]:
    """The suffix of each file to write, a report's or one of `more`; AdvisorError where one of them was read."""
    from advisor.documents.agreed.report import suffix_of

    inputs = {os.path.realpath(path) for path in read}
    for path in output:
        if os.path.realpath(path) in inputs:
            raise AdvisorError(f"{path}: would overwrite an input; choose another name")
    try:
        return {path: suffix_of(path, more) for path in output}
    except InputError as error:
        raise click.UsageError(str(error)) from None
