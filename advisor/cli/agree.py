"""`advisor agree`: the same engagement answered by several people, and what they have to settle."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import shared
from advisor.errors import InputError, Problem

if TYPE_CHECKING:
    from advisor.agree.values import Voice
    from advisor.model.engagement import Engagement
    from advisor.model.rulebook import Catalog

ENGAGEMENT = ".yaml"


@click.command()
@shared.rulebook_option
@click.argument("paths", metavar="FILE FILE...", nargs=-1, required=True)
@click.option("--anonymous", is_flag=True, help="Say how many said what, and not who.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    multiple=True,
    help="The agenda (.txt, .md, .html, .docx, .json), or what all agree on (.yaml); repeatable.",
)
@click.option("--title", metavar="TEXT", default="", help="A heading in place of the engagement's name.")
def agree(paths: tuple[str, ...], anonymous: bool, form: str, output: tuple[str, ...], title: str) -> int:
    """Compare two to nine people's answers on one engagement, and say what they have to settle.

    Each person fills in a file of their own, called after them (acme-delivery.yaml, acme-sales.yaml). Says which
    answers differ, which of these change who leads, a letter or a risk, and how, and which do not matter; the fewest
    questions to settle, in order. The .yaml has what all agree on, and with each open question who said what: go on
    with advisor ask.

    \b
    Example:
      advisor agree acme-delivery.yaml acme-sales.yaml acme-client.yaml
      advisor agree acme-*.yaml -o agenda.docx -o agreed.yaml --anonymous
    """
    from advisor.agree import FEWEST, MOST
    from advisor.agree import meeting as met
    from advisor.documents.agreed.agenda import agenda_of
    from advisor.documents.agreed.agenda_json import meeting_as_json
    from advisor.documents.agreed.report import as_text, write
    from advisor.files import write_atomically
    from advisor.interview.writing import dump_engagement

    if not FEWEST <= len(paths) <= MOST:
        raise click.UsageError(f"name {FEWEST} to {MOST} files, one for each person, not {len(paths)}")
    suffixes = shared.suffixes_of(output, paths, (".json", ENGAGEMENT))
    catalog, voices = _voices(paths)
    if anonymous:  # the order of the files must not tell whose they are
        voices = sorted(voices, key=lambda one: hashlib.sha256(repr(one.engagement.answers).encode()).digest())
    found = met(catalog, voices, anonymous)
    report = agenda_of(found, title, anonymous)
    for path, suffix in suffixes.items():
        if suffix == ENGAGEMENT:
            made: str | bytes = dump_engagement(_seen_from(found.agreed, paths[0], path), catalog.several)
        else:
            made = meeting_as_json(found, anonymous) if suffix == ".json" else write(report, suffix)
        write_atomically(Path(path), made)
        click.echo(f"wrote {path}", err=True)
    if form == "json":
        click.echo(meeting_as_json(found, anonymous), nl=False)
    else:
        click.echo(as_text(report, shared.screen_width(), shared.coloured()), nl=False)
    return 0


def _seen_from(engagement: Engagement, first: str, path: str) -> Engagement:
    """The engagement with its rulebook named as a file at `path` has to, after files beside `first`."""
    folder = shared.given_rulebook() or (Path(first).parent / engagement.rulebook if engagement.rulebook else None)
    return replace(engagement, rulebook=os.path.relpath(folder, Path(path).parent) if folder else "")


def _voices(paths: tuple[str, ...]) -> tuple[Catalog, list[Voice]]:
    """Everybody's answers under one rulebook; InputError with all that is wrong with their files."""
    from advisor.agree.values import Voice
    from advisor.catalog.engagements import read_one
    from advisor.catalog.own import catalog_at, folder_for
    from advisor.files import read_limited

    problems: list[Problem] = []
    read: list[tuple[str, Engagement]] = []
    first: Path | None = None
    for at, path in enumerate(paths):
        try:
            data = read_limited(Path(path))
            folder = folder_for(data, Path(path), shared.given_rulebook())
            if at and folder != first:
                other = f"is under another rulebook than {paths[0]}; --rulebook says which one to use for all"
                problems.append(Problem(path, 0, "rulebook", other))
                continue
            first = folder if not at else first
            read.append((path, read_one(data, path, catalog_at(folder))))
        except InputError as error:
            problems += error.problems
    problems += _on_something_else(read)
    if len({os.path.realpath(path) for path in paths}) < len(paths):
        problems.append(Problem(paths[-1], 0, "", "a file is named twice; each person has one of their own"))
    if problems:
        raise InputError(problems)
    names = voice_names([path for path, _ in read])
    return catalog_at(first), [Voice(name, Path(path).name, one) for name, (path, one) in zip(names, read, strict=True)]


def _on_something_else(read: Sequence[tuple[str, Engagement]]) -> list[Problem]:
    """Files that are on another engagement, by id and by name, than the first that says on which it is."""
    from advisor.catalog.engagements import id_from

    said = [(path, one) for path, one in read if (one.id, one.name) != (id_from(path), one.id)]
    if not said:
        return []
    first, about = said[0]
    return [
        Problem(
            path, 0, "engagement.id", f"is {one.id}, but {first} is on {about.id}; give them one id if it is the same"
        )
        for path, one in said[1:]
        if one.id != about.id and one.name != about.name
    ]


def voice_names(paths: Sequence[str]) -> list[str]:
    """What people are called by the names of their files: what `acme-delivery` and `acme-sales` do not share."""
    stems = [Path(path).stem for path in paths]
    if len(set(stems)) < len(stems):
        stems = [f"{Path(path).absolute().parent.name}/{Path(path).stem}" for path in paths]
    shared_part = re.sub(r"[^-_./ ]*$", "", _begin_alike(stems))
    short = [stem[len(shared_part) :] for stem in stems]
    names = [name.replace("-", " ").replace("_", " ").strip() for name in (short if all(short) else stems)]
    return names if len(set(names)) == len(names) and all(names) else list(paths)


def _begin_alike(texts: Sequence[str]) -> str:
    """What all of them begin with."""
    letters = zip(*texts, strict=False)
    return "".join(each[0] for each in takewhile(lambda each: len(set(each)) == 1, letters))
