"""Answers that `advisor ask` is given instead of asking, and what is missing where nobody can be asked."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.catalog.engagements import read_one
from advisor.errors import did_you_mean
from advisor.files import read_limited
from advisor.interview import state
from advisor.interview.adaptive import moves
from advisor.interview.state import Interview
from advisor.model.advice import Engagement
from advisor.model.rulebook import Catalog


def answers_from(catalog: Catalog, source: Path | None, pairs: tuple[str, ...]) -> dict[str, str]:
    """The answers of another engagement file, and over them those given as question=option."""
    answers = dict(read_one(read_limited(source), str(source), catalog).answers) if source is not None else {}
    for pair in pairs:
        name, _, option = (part.strip() for part in pair.partition("="))
        if name not in catalog.questions:
            raise click.UsageError(f"--set {pair}: {name!r} is no question{did_you_mean(name, catalog.questions)}")
        options = catalog.questions[name].option_ids
        if option not in options:
            hint = did_you_mean(option, options)
            raise click.UsageError(f"--set {pair}: choose one of {', '.join(options)}{hint}")
        answers[name] = option
    return answers


def say_what_is_missing(catalog: Catalog, engagement: Engagement, path: Path) -> None:
    """List the open questions on standard error, those first that can still change the model."""
    questionnaire = catalog.questionnaires[engagement.questionnaire]
    missing = state.waiting(catalog, questionnaire, Interview(None, engagement.answers))
    decisive = [one for one in missing if moves(catalog, engagement.answers, one)]
    count = len(missing)
    told = "1 answer is missing" if count == 1 else f"{count} answers are missing"
    click.echo(f"{path}: the model is still open; {told}.", err=True)
    for heading, questions in (
        ("Can still change the model:", decisive),
        ("Refine the rest of the advice:", [one for one in missing if one not in decisive]),
    ):
        if questions:
            click.echo(heading, err=True)
        for question in questions:
            click.echo(f"  {question.id}: {', '.join(question.option_ids)}", err=True)
