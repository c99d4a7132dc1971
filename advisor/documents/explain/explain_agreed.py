"""What people agreed of a row of the matrix, beside what the rules give, as lines of an explanation."""

from __future__ import annotations

from advisor.documents.explain.explain_parts import Parts
from advisor.documents.matrix.agreed_words import agreed_by
from advisor.documents.shared.words import clean, ended, listed
from advisor.explain.whys import RowWhy


def agreed(why: RowWhy, parts: Parts) -> list[str]:
    """What people agreed of the row, beside what the rules give."""
    if why.agreed is None:
        return []
    said = ended(f"{agreed_by(parts.advice, why.agreed)}: {clean(why.agreed.why)}")
    ruled = listed([f"{letters or 'no letter'} for the {parts.role(role)}" for role, letters in why.ruled.items()])
    beside = f"By the rules: {ruled}." if ruled else "The rules give the same letters now."
    return [*parts.heading("Agreed"), *parts.paper.paragraph(f"{said} {beside}", 2)]
