"""What people agreed differently from the rules, in sentences that stand below a matrix."""

from __future__ import annotations

from advisor.documents.shared import words
from advisor.documents.shared.people import person
from advisor.model.advice import Advice
from advisor.model.agreed import Agreement
from advisor.model.lettering import Lettering
from advisor.model.matrix import ActivityRow

MARK = "*"  # beside a letter that people set themselves
NO_LETTER = "no letter"


def agreed_lines(advice: Advice, lettering: Lettering, for_client: bool) -> tuple[str, ...]:
    """A sentence or two for each row of the matrix in which letters are not those of the rules.

    A client reads which letters were agreed, by whom and until when, but neither ours nor the reason.
    """
    return tuple(
        f"{words.clean(row.name)}: {_letters(advice, row, lettering, for_client)}. {_who(advice, one, for_client)}"
        for row in advice.matrix.activities
        if (one := agreement_on(row)) is not None
    )


def agreement_on(row: ActivityRow) -> Agreement | None:
    """The agreement by which the row has other letters than the rules give it."""
    return next((cell.agreed for cell in row.cells if cell.agreed is not None), None)


def _letters(advice: Advice, row: ActivityRow, lettering: Lettering, for_client: bool) -> str:
    """`delivery manager A (by the rules R), client sponsor C (by the rules A)`."""
    told = []
    for cell in row.cells:
        if cell.agreed is not None:
            now, ruled = (lettering.printed(one) or NO_LETTER for one in (cell.letters, cell.ruled))
            beside = "" if for_client else f" (by the rules {ruled})"
            told.append(f"{words.lower_first(words.column_name(advice, cell.role))} {now}{beside}")
    return ", ".join(told)


def _who(advice: Advice, one: Agreement, for_client: bool) -> str:
    said = agreed_by(advice, one)
    return words.ended(said if for_client else f"{said}: {words.clean(one.why)}")


def agreed_by(advice: Advice, one: Agreement) -> str:
    """`Agreed by D. Osei and Ines Falk on 20 January 2027, until 30 June 2027`."""
    by = words.listed([person_called(advice, name) for name in one.by])
    on = f" on {words.date_words(one.on)}" if one.on else ""
    until = f", until {words.date_words(one.until)}" if one.until else ""
    return f"Agreed by {by}{on}{until}"


def person_called(advice: Advice, name: str) -> str:
    """The person, or of a role whoever holds it, or else the role."""
    if name not in advice.names.roles:
        return words.clean(name)
    held_by, named = person(advice, name)
    return held_by if named else f"the {words.lower_first(words.role_name(advice, name))}"
