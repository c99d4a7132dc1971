"""`advisor rules verify`, `test` and `coverage`: the rulebook proven, tried on scenarios, and searched for gaps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import shared

if TYPE_CHECKING:
    from advisor.model.rulebook import Catalog
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
    from advisor.verify.proof import prove

    known = shared.catalog()
    sections: list[Section] = []
    for section in prove(known):
        sections.append(section)
        if form == "text":
            verdict = "FAILS" if section.faults else "holds"
            click.echo(f"{verdict}  {section.promise} ({section.counted:,} {section.unit}, {section.seconds:.1f} s)")
            for fault in section.faults:
                click.echo(f"       {fault}")
    faults = sum(len(section.faults) for section in sections)
    seconds = sum(section.seconds for section in sections)
    if form == "json":
        click.echo(json.dumps(_as_dict(known, sections, seconds), indent=2))
    else:
        verdict = f"not proven: {faults} fault{'s' * (faults != 1)}" if faults else "proven"
        click.echo(f"rulebook {known.version}, digest {known.digest}: {verdict}, in {seconds:.1f} s")
    return 1 if faults else 0


def _as_dict(known: Catalog, sections: list[Section], seconds: float) -> dict[str, object]:
    return {
        "schema": "advisor/proof-1",
        "rulebook": {"version": known.version, "digest": known.digest},
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
    """Hold the rulebook against scenarios: engagements in YAML with what is expected of the advice.

    \b
    Example:
      advisor rules test tests/scenarios
    """
    from advisor.advise import advise
    from advisor.verify.scenarios import failures

    known = shared.catalog()
    found = _read(scenarios, examples, known)
    failed = 0
    for one in found:
        missed = list(failures(one, advise(known, one.engagement)))
        failed += bool(missed)
        for line in missed:
            click.echo(line, err=True)
    click.echo(f"{len(found) - failed} of {len(found)} scenarios hold")
    return 1 if failed or not found else 0


@click.command()
@shared.rulebook_option
@_SCENARIOS
@_EXAMPLES
def coverage(scenarios: tuple[Path, ...], examples: Path | None) -> int:
    """Say what the scenarios leave untried: silent rules, lonely claims, and mutants that nothing notices.

    A mutant is the rulebook with one rule taken away, or one weight moved by one.

    \b
    Example:
      advisor rules coverage tests/scenarios
    """
    from advisor.verify.mutate import Watch, mutants

    known = shared.catalog()
    watch = Watch(known, _read(scenarios, examples, known))
    for line in watch.failing:
        click.echo(line, err=True)
    silent = [rule for rule, count in watch.fired().items() if not count]
    for rule in silent:
        click.echo(f"no scenario fires {rule}")
    for claim in known.claims:
        citing = [rule.id for rule in known.rules() if claim in rule.cites]
        if len(citing) < 2:
            click.echo(f"{claim} rests on {citing[0] if citing else 'no rule'} only")
    count = unnoticed = 0
    for mutant in mutants(known):
        count += 1
        if not watch.notices(mutant):
            unnoticed += 1
            click.echo(f"nothing notices: {mutant.what}")
    click.echo(
        f"{len(watch.scenarios)} scenarios: {len(silent)} of {len(known.rules())} rules never fire; "
        f"{count - unnoticed} of {count} mutants are noticed"
    )
    return 1 if silent or unnoticed or watch.failing else 0


def _read(paths: tuple[Path, ...], examples: Path | None, known: Catalog) -> list[Scenario]:
    from advisor.verify.scenarios import read_scenarios

    files = [one for path in paths for one in (sorted(path.rglob("*.yaml")) if path.is_dir() else [path])]
    return [one for file in files for one in read_scenarios(file, examples or _beside(file), known)]


def _beside(file: Path) -> Path:
    """The nearest folder called examples, going up from the scenarios."""
    for folder in file.resolve().parents:
        if (folder / "examples").is_dir():
            return folder / "examples"
    return Path("examples")
