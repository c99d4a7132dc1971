"""`advisor rules`: the rulebook listed, shown and checked."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from advisor.cli import shared
from advisor.cli.compiling import compile_rules
from advisor.cli.proving import coverage, try_scenarios, verify
from advisor.errors import InputError, Problem, did_you_mean

if TYPE_CHECKING:
    from advisor.model.rulebook import Catalog
    from advisor.model.rules import Rule, Table


@click.group()
def rules() -> None:
    """Look at the rulebook, and check it.

    \b
    Example:
      advisor rules list --claims
    """


rules.add_command(verify)
rules.add_command(try_scenarios)
rules.add_command(coverage)
rules.add_command(compile_rules)


@rules.command(name="list")
@shared.rulebook_option
@click.option("--claims", is_flag=True, help="Claim by claim: which rules rest on it.")
@click.option("--table", "wanted", metavar="TABLE", help="Only the rules of one table.")
def list_rules(claims: bool, wanted: str | None) -> None:
    """List all rules, table by table, or claim by claim.

    \b
    Example:
      advisor rules list --table after_delivery
    """
    known, people = shared.catalog(), shared.own_person_rules()
    of_people = people.tables() if people is not None else ()
    tables = {table.id: table for table in (*known.tables(), *of_people)}
    if wanted is not None and wanted not in tables:
        raise click.UsageError(f"no table {wanted!r}{did_you_mean(wanted, tables)}; known: {', '.join(tables)}")
    if claims:
        _by_claim(known)
        return
    for table in tables.values() if wanted is None else [tables[wanted]]:
        click.secho(f"{table.id}  {table.title if table.title != table.id else ''}".rstrip(), bold=True)
        for rule in table.rules:
            click.echo(f"  {rule.id}  [{' '.join(rule.grounds)}]")
    if people is not None and wanted is None:
        told = f"{len(people.rules())} rules in {len(of_people)} tables on people"
        click.echo(f"{told}, version {people.version}, digest {people.digest}")
    count = len(known.tables())
    click.echo(f"{len(known.rules())} rules in {count} tables, rulebook {known.version}, digest {known.digest}")


def _by_claim(known: Catalog) -> None:
    for claim in known.claims.values():
        citing = [rule.id for rule in known.rules() if claim.id in rule.cites]
        click.secho(f"{claim.id}  {claim.text}", bold=True)
        listed = ", ".join(citing) if citing else "no rule"
        click.echo(
            textwrap.fill(
                f"{len(citing)}: {listed}", shared.screen_width(), initial_indent="    ", subsequent_indent="    "
            )
        )
    practice = sum(bool(rule.practice) for rule in known.rules())
    uncovered = [claim for claim in known.claims if not any(claim in rule.cites for rule in known.rules())]
    click.echo(f"{len(known.claims)} claims, {len(uncovered)} without a rule; {practice} rules state a practice")


@rules.command()
@shared.rulebook_option
@click.argument("name", metavar="ID")
def show(name: str) -> None:
    """Show one rule, table or claim in full.

    \b
    Example:
      advisor rules show contact_daily
    """
    known, people = shared.catalog(), shared.own_person_rules()
    of_people = people.tables() if people is not None else ()
    tables = (*known.tables(), *of_people)
    found = [(table, rule) for table in tables for rule in table.rules if name in (rule.id, table.id)]
    if name in known.claims:
        claim = known.claims[name]
        click.echo(f"{claim.id} ({claim.section}): {claim.text}\nbears on {claim.bears_on}")
        found = [(table, rule) for table in tables for rule in table.rules if name in rule.cites]
    if not found:
        ids = [rule.id for table in tables for rule in table.rules] + [table.id for table in tables] + [*known.claims]
        raise InputError([Problem("rules", 0, name, f"is no rule, table or claim{did_you_mean(name, ids)}")])
    for table, rule in found:
        words = replace(known, questions=people.questions, findings=people.findings) if people else known
        click.echo(_rule_text(words if table in of_people else known, table, rule))


def _rule_text(known: Catalog, table: Table, rule: Rule) -> str:
    from advisor.documents.handbook.handbook_view import plain
    from advisor.documents.handbook.handbook_words import Wording

    conditions = [f"  when {one.variable} is {one.asked}" for one in rule.when]
    claims = [f"  {claim}: {known.claims[claim].text}" for claim in rule.cites]
    practice = [f"  PRACTICE: {rule.practice}"] if rule.practice else []
    wording = Wording(known)
    effects = [f"  then {plain(wording.effect(one))}" for one in rule.effects]
    return "\n".join(
        [f"\n{rule.id} ({table.id}, {rule.source})", f"  {rule.says}", *conditions, *effects, *claims, *practice]
    )


@rules.command()
@shared.rulebook_option
def check() -> int:
    """Check the rulebook: every table enumerated with the reference evaluator, every promise held.

    \b
    Example:
      advisor rules check
    """
    from advisor import reference
    from advisor.advise.evaluator import Evaluator
    from advisor.documents.shared.words import numbered
    from advisor.verify.checks import check as check_catalog
    from advisor.verify.people import check_people

    known, people = shared.catalog(), shared.own_person_rules()
    faults = list(check_catalog(known, Evaluator(reference.fire)))
    faults += check_people(people, known, Evaluator(reference.fire)) if people is not None else ()
    for fault in faults:
        click.echo(str(fault), err=True)
    click.echo(
        f"{len(known.rules())} rules, {len(known.rows)} rows, {len(known.claims)} claims: "
        + (numbered(len(faults), "fault") if faults else "no fault")
    )
    return 1 if faults else 0


@rules.command()
@shared.rulebook_option
@click.option("--format", "form", type=click.Choice(["markdown", "html"]), help="By default, from the suffix of PATH.")
@click.option("-o", "--output", metavar="PATH", help="File to write; without it, Markdown goes to the screen.")
def docs(form: str | None, output: str | None) -> None:
    """Write the rulebook as a handbook in plain words, to read it and to check advice by hand.

    \b
    Example:
      advisor rules docs -o rulebook.html
    """
    from pathlib import Path

    from advisor.documents import format_of
    from advisor.documents.handbook.handbook import FORMATS, handbook
    from advisor.files import write_atomically

    try:
        wanted = format_of(output, form) if output else form or "markdown"
    except InputError as error:
        raise click.UsageError(str(error)) from None
    if wanted not in FORMATS:
        raise click.UsageError(f"the handbook is written as .md or .html, not as {wanted}")
    text = handbook(shared.catalog(), wanted, shared.own_person_rules())
    if output is None:
        click.echo(text, nl=False)
        return
    write_atomically(Path(output), text)
    click.echo(f"wrote {output}", err=True)
