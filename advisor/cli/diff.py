"""`advisor diff`: two engagement files, or one file under two rulebooks, and all that differs in the advice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from advisor.cli import shared
from advisor.model.advice import Advice

SCHEMA = "advisor/diff-1"
_TITLES = {
    "engagement": "Engagement",
    "rulebook": "Rulebook",
    "answers": "Answers",
    "findings": "Findings",
    "recommendation": "Recommendation",
    "cells": "Cells",
    "guardrails": "Guardrails",
}
# What differs: a key, and what it was and is; None where one side does not have it.
Changes = dict[str, tuple[str | None, str | None]]


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="[NEW]", required=False)
@click.option("--rulebook", "first", metavar="DIR", type=click.Path(path_type=Path), help="Rulebook to read OLD with.")
@click.option(
    "--against", "second", metavar="DIR", type=click.Path(path_type=Path), help="Rulebook for the other side."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def diff(old: str, new: str | None, first: Path | None, second: Path | None, form: str) -> int:
    """Compare the advice on two engagement files, or on one file under two rulebooks.

    With two files, --rulebook alone is for both. With one file, --against is the other rulebook.

    \b
    Example:
      advisor diff acme-march.yaml acme-may.yaml
      advisor diff acme.yaml --against our-rules
    """
    if new is None and second is None:
        raise click.UsageError("give a second file, or another rulebook with --against")
    before = _advice(old, first)
    after = _advice(new or old, second or first)
    found = differences(before, after)
    if form == "json":
        said = {part: {key: list(both) for key, both in changes.items()} for part, changes in found.items()}
        click.echo(json.dumps({"schema": SCHEMA, **said}, indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_as_text(found)))
    return 0


def _advice(path: str, rulebook: Path | None) -> Advice:
    from advisor.advise import advise
    from advisor.catalog.engagements import read_one
    from advisor.catalog.own import catalog_for
    from advisor.files import read_limited

    data = read_limited(Path(path))
    known = catalog_for(data, Path(path), rulebook)
    return advise(known, read_one(data, path, known))


def differences(before: Advice, after: Advice) -> dict[str, Changes]:
    """All that differs between two pieces of advice, by part; a part in which nothing does is empty."""
    return {
        "engagement": _changes(
            *({"name": one.engagement.name, "client": one.engagement.client} for one in (before, after))
        ),
        "rulebook": _changes(*({"version": one.version, "digest": one.digest} for one in (before, after))),
        "answers": _changes(before.engagement.answers, after.engagement.answers),
        "findings": _changes(*({finding.id: finding.value for finding in one.findings} for one in (before, after))),
        "recommendation": _changes(_recommendation(before), _recommendation(after)),
        "cells": _changes(_cells(before), _cells(after)),
        "guardrails": _changes(*({rail.id: rail.text for rail in one.guardrails} for one in (before, after))),
    }


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    keys = dict.fromkeys((*before, *after))
    return {key: (before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)}


def _recommendation(advice: Advice) -> dict[str, str]:
    one, orientation = advice.recommendation, advice.orientation
    shares = ", ".join(f"{role} {share} %" for role, share in advice.split.overall.items())
    told = {
        "status": one.status,
        "model": one.model or "",
        "candidates": ", ".join(one.candidates),
        "unstaffed": ", ".join(one.unstaffed),
        "margin": "" if one.margin is None else str(one.margin),
        "orientation": orientation.band,
        "points": f"delivery_manager {orientation.delivery_manager}, project_manager {orientation.project_manager}",
        "overall split": shares,
    }
    return {name: text for name, text in told.items() if text}


def _cells(advice: Advice) -> dict[str, str]:
    return {
        f"{row.id}:{cell.role}": cell.letters for row in advice.matrix.activities for cell in row.cells if cell.letters
    }


def _as_text(found: Mapping[str, Changes]) -> Iterable[str]:
    for part, changes in found.items():
        if not changes:
            continue
        yield click.style(_TITLES[part], bold=True)
        for key, (was, now) in changes.items():
            if part == "guardrails":
                yield from _wrapped(f"{'-' if now is None else '+'} {key}: {was if now is None else now}")
            else:
                yield from _wrapped(f"{key}: {'none' if was is None else was} -> {'none' if now is None else now}")
        yield ""
    same = [_TITLES[part].lower() for part, changes in found.items() if not changes]
    if len(same) == len(found):
        yield "Nothing differs."
    elif same:
        yield from _wrapped(f"The same in both: {', '.join(same)}.", "")


def _wrapped(text: str, indent: str = "  ") -> list[str]:
    import textwrap

    from advisor.documents.words import clean

    return textwrap.wrap(clean(text), shared.screen_width(), initial_indent=indent, subsequent_indent=indent + "  ")
