"""`advisor rules verify`, `test` and `coverage`: the rulebook proven, tried on scenarios, and searched for gaps."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import shared

if TYPE_CHECKING:
    from advisor.model.person import PersonRules
    from advisor.model.rulebook import Catalog
    from advisor.model.rules import Rule
    from advisor.verify.person_scenarios import PersonScenario
    from advisor.verify.proof import Section
    from advisor.verify.scenarios import Scenario

_SCENARIOS = click.argument(
    "scenarios", metavar="SCENARIOS...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
_EXAMPLES = click.option(
    "--examples",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the engagements that scenarios start from; by default, `examples` beside or above them.",
)


@click.command()
@shared.rulebook_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def verify(form: str) -> int:
    """Prove the rulebook: all combinations through the rules engine, each promise held or its smallest counterexample.

    \b
    Example:
      advisor rules verify
    """
    from advisor.verify.people import prove_people
    from advisor.verify.proof import prove

    known, people = shared.catalog(), shared.own_person_rules()
    sections: list[Section] = []
    for section in itertools.chain(prove(known), prove_people(people, known) if people is not None else ()):
        sections.append(section)
        if form == "text":
            verdict = "FAILS" if section.faults else "holds"
            click.echo(f"{verdict}  {section.promise} ({section.counted:,} {section.unit}, {section.seconds:.1f} s)")
            for fault in section.faults:
                click.echo(f"       {fault}")
    faults = sum(len(section.faults) for section in sections)
    seconds = sum(section.seconds for section in sections)
    if form == "json":
        click.echo(json.dumps(_as_dict(known, people, sections, seconds), indent=2))
    else:
        if people is not None:
            click.echo(f"rules on people {people.version}, digest {people.digest}")
        verdict = f"not proven: {faults} fault{'s' * (faults != 1)}" if faults else "proven"
        click.echo(f"rulebook {known.version}, digest {known.digest}: {verdict}, in {seconds:.1f} s")
    return 1 if faults else 0


def _as_dict(known: Catalog, people: PersonRules | None, sections: list[Section], seconds: float) -> dict[str, object]:
    return {
        "schema": "advisor/proof-1",
        "rulebook": {"version": known.version, "digest": known.digest},
        "people": {"version": people.version, "digest": people.digest} if people is not None else None,
        "proven": not any(section.faults for section in sections),
        "seconds": round(seconds, 1),
        "sections": [
            {
                "promise": section.promise,
                "counted": section.counted,
                "unit": section.unit,
                "seconds": round(section.seconds, 1),
                "faults": [{"check": one.check, "where": one.where, "message": one.message} for one in section.faults],
            }
            for section in sections
        ],
    }


@click.command(name="test")
@shared.rulebook_option
@_SCENARIOS
@_EXAMPLES
def try_scenarios(scenarios: tuple[Path, ...], examples: Path | None) -> int:
    """Hold the rulebook against scenarios: engagements, or people, in YAML with what is expected of the advice.

    \b
    Example:
      advisor rules test tests/scenarios
    """
    from advisor.advise import advise
    from advisor.fit import fit
    from advisor.verify.person_scenarios import person_failures
    from advisor.verify.scenarios import failures

    known, people = shared.catalog(), shared.person_rules_given()
    on_engagements, on_people = _read(scenarios, examples, known, people)
    missed = [list(failures(one, advise(known, one.engagement))) for one in on_engagements]
    missed += [list(person_failures(one, fit(people, one.person, one.advice))) for one in on_people]
    for line in (line for lines in missed for line in lines):
        click.echo(line, err=True)
    failed = sum(bool(lines) for lines in missed)
    click.echo(f"{len(missed) - failed} of {len(missed)} scenarios hold")
    return 1 if failed or not missed else 0


@click.command()
@shared.rulebook_option
@_SCENARIOS
@_EXAMPLES
def coverage(scenarios: tuple[Path, ...], examples: Path | None) -> int:
    """Say what the scenarios leave untried: silent rules, lonely claims, and mutants that nothing notices.

    A mutant is the rulebook with one rule taken away, or one weight, band, cap or usual answer moved by one.

    \b
    Example:
      advisor rules coverage tests/scenarios
    """
    from advisor.verify.mutate import mutants
    from advisor.verify.person_mutants import PersonWatch, person_mutants
    from advisor.verify.watch import Watch

    known, people = shared.catalog(), shared.person_rules_given()
    on_engagements, on_people = _read(scenarios, examples, known, people)
    good = True
    if on_engagements or not on_people:
        watch = Watch(known, on_engagements)
        tried = ((one.what, watch.notices(one)) for one in mutants(known))
        good = _covered(watch.failing, watch.fired(), known.claims, known.rules(), tried, len(watch.scenarios))
    if on_people:
        click.echo("Rules on people:")
        held = PersonWatch(people, on_people)
        tried = ((one.what, held.notices(one)) for one in person_mutants(people))
        good &= _covered(held.failing, held.fired(), {}, people.rules(), tried, len(held.scenarios))
    return 0 if good else 1


def _covered(
    failing: Iterable[str],
    fired: Mapping[str, int],
    claims: Iterable[str],
    rules: Sequence[Rule],
    tried: Iterable[tuple[str, str]],
    scenarios: int,
) -> bool:
    """Print what is left untried; whether nothing is. `tried` are mutants, each with what noticed it."""
    failed = list(failing)
    for line in failed:
        click.echo(line, err=True)
    silent = [rule for rule, count in fired.items() if not count]
    for rule in silent:
        click.echo(f"no scenario fires {rule}")
    for claim in claims:
        citing = [rule.id for rule in rules if claim in rule.cites]
        if len(citing) < 2:
            click.echo(f"{claim} rests on {citing[0] if citing else 'no rule'} only")
    count = unnoticed = 0
    for what, noticed in tried:
        count += 1
        if not noticed:
            unnoticed += 1
            click.echo(f"nothing notices: {what}")
    click.echo(
        f"{scenarios} scenarios: {len(silent)} of {len(fired)} rules never fire; "
        f"{count - unnoticed} of {count} mutants are noticed"
    )
    return not (silent or unnoticed or failed)


def _read(
    paths: tuple[Path, ...], examples: Path | None, known: Catalog, people: PersonRules
) -> tuple[list[Scenario], list[PersonScenario]]:
    """The scenarios on engagements, and those on people."""
    from advisor.verify.person_scenarios import is_on_people, read_person_scenarios
    from advisor.verify.scenarios import read_scenarios

    files = [one for path in paths for one in (sorted(path.rglob("*.yaml")) if path.is_dir() else [path])]
    on_people = [file for file in files if is_on_people(file)]
    return (
        [
            one
            for file in files
            if file not in on_people
            for one in read_scenarios(file, examples or _beside(file), known)
        ],
        [one for file in on_people for one in read_person_scenarios(file, examples or _beside(file), known, people)],
    )


def _beside(file: Path) -> Path:
    """The nearest folder called examples, going up from the scenarios."""
    for folder in file.resolve().parents:
        if (folder / "examples").is_dir():
            return folder / "examples"
    return Path("examples")
