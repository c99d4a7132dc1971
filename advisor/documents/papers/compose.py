"""From an advice with its passages to the document that is wanted, or why this engagement has no such document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from advisor.advise.reader_words import in_words_of
from advisor.documents.advice.viewing import view_of
from advisor.documents.client_copy import for_client
from advisor.documents.papers import annex, charter, posting, transition
from advisor.documents.papers.content import Page, Paper
from advisor.documents.papers.saying import all_of, named_for
from advisor.documents.shared import words
from advisor.documents.shared.edition import Edition
from advisor.documents.shared.view import View
from advisor.errors import InputError, Problem
from advisor.model.advice import Advice
from advisor.model.rules import PAPERS

NAMES = {
    "charter": "Role charter",
    "annex": "Annex on roles, escalation, changes and acceptance",
    "transition": "Transition plan",
    "posting": "Role to fill",
}
FOR_CLIENTS = ("annex", "transition")  # go to the client, so nothing that is for the firm alone is in them
MARKS = "“(assumed)” stands where nobody has given the answer yet."


class Made(NamedTuple):
    """A document, and the view with the names, dates and letters around it."""

    paper: Paper
    view: View


def paper_of(advice: Advice, edition: Edition) -> Made:
    """The document that the edition asks for; InputError where it does not apply to this engagement."""
    kind = edition.document
    if edition.client_view and kind not in FOR_CLIENTS:
        raise _refused(
            advice, f"a {kind} is for your firm alone and has no client's copy; annex and transition have one"
        )
    if not advice.passages:
        raise _refused(advice, f"its rulebook says nothing for a {kind}: no rule in papers/ speaks")
    goes_out = kind in FOR_CLIENTS
    shown = for_client(advice) if goes_out else advice
    told, view = in_words_of(shown), view_of(shown, replace(edition, client_view=goes_out))
    if kind == "transition" and (reason := transition.why_not(told)):
        raise _refused(advice, f"has no transition: {words.lower_first(reason)}")
    pages = _pages(told, kind, view)
    opening = all_of(told, f"{kind}_opening") if kind == "transition" else ()
    paper = Paper(
        name=NAMES[kind],
        opening=(*opening, *((MARKS,) if words.assumes(told, *(item.rule for item in told.passages)) else ())),
        before_sending=() if edition.client_view or not goes_out else tuple(_before_sending(told, kind)),
        pages=pages,
        matrix=annex.schedule(told, view) if kind == "annex" else None,
    )
    if not any(page.sections for page in pages):
        raise _refused(advice, f"nobody here has a role that a {kind} could be about")
    return Made(paper, replace(view, context=""))  # a posting says it itself; the others are not about it


def _pages(advice: Advice, kind: str, view: View) -> tuple[Page, ...]:
    if kind == "charter":
        return charter.pages(advice)
    if kind == "posting":
        return posting.pages(advice)
    return annex.pages(advice) if kind == "annex" else transition.pages(advice, view.as_of)


def _before_sending(advice: Advice, kind: str) -> Iterator[str]:
    """What is still open in a document that goes to the client: names, dates, answers."""
    unnamed = [
        words.lower_first(words.column_name(advice, role))
        for role in advice.matrix.roles
        if not named_for(advice, role)[1] and (advice.names.roles[role].manager or role in annex.SPONSORS)
    ]
    if unnamed:
        yield f"Name the {words.listed(unnamed)}."
    if kind == "transition" and not advice.engagement.dates.get("go_live"):
        yield f"Give the date of {advice.names.go_live}: days are counted from it."
    for question in words.assumes(advice, *(item.rule for item in advice.passages)):
        asks, took = words.value_words(advice, question, advice.assumed[question])
        yield f"{asks} We took “{took}”."


def _refused(advice: Advice, message: str) -> InputError:
    return InputError([Problem(advice.engagement.id or "engagement", 0, "", message)])


__all__ = ["NAMES", "PAPERS", "Made", "paper_of"]
