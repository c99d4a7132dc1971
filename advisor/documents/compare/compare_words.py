"""Sentences on a comparison: who answers and who should, roles that only one side has, what is policy."""

from __future__ import annotations

from advisor.compare.mapping import label
from advisor.compare.values import (
    ACCOUNTABLE,
    CONSULTED,
    INFORMED,
    NOT_RESPONSIBLE,
    RESPONSIBLE,
    Comparison,
    Difference,
    Seat,
)
from advisor.documents.shared import words

KIND_WORDS = {
    ACCOUNTABLE: "Another should answer",
    RESPONSIBLE: "Should do the work",
    NOT_RESPONSIBLE: "Need not do the work",
    CONSULTED: "Asked before",
    INFORMED: "Told after",
}

_MANY = 2  # columns, before our name is clearer than a list of theirs
_FEW = 4  # columns that are named one by one


def verdict(found: Comparison) -> str:
    """In how many rows the same party answers."""
    both = found.compared
    if not both:
        return "None of their rows could be lined up with a row that this engagement needs."
    if len(found.agreed) == both:
        same = "row" if both == 1 else f"{both:,} rows"
        return f"In {'the one' if both == 1 else 'all'} {same} that both have, the same party answers."
    return f"In {len(found.agreed):,} of the {words.numbered(both, 'row')} that both have, the same party answers."


def unsaid(one: Difference) -> str:
    """What there is to say where no rule of ours speaks of the role in this row."""
    if one.should:
        return f"The advice gives {_named(one.seat)} {one.should} here."
    return f"No rule gives {_named(one.seat)} a part in this row."


def party(seat: Seat) -> str:
    """What to call them: as theirs does, or by our name where theirs has many columns for it."""
    return words.clean(seat.our_name if len(seat.theirs) > _MANY else seat.name)


def columns(found: Comparison, row: int, seat: Seat, letters: str) -> list[str]:
    """The columns of the party that have one of the letters in the row, as theirs calls them."""
    cells = found.matrix.rows[row].cells
    return [words.clean(label(found.matrix, at)) for at in seat.theirs if set(letters) & set(cells[at].letters)]


def holding(found: Comparison, one: Difference) -> str:
    """What the party has in theirs, and in which of its columns where it has several."""
    seat = one.seat
    letters = "R" if one.kind == NOT_RESPONSIBLE else one.has.replace("/", "")
    among = columns(found, one.row, seat, letters) if len(seat.theirs) > 1 else []
    if len(among) == len(seat.theirs) <= _MANY:
        among = []
    which = words.listed(among) if len(among) <= _FEW else f"{len(among)} columns"
    return f"{party(seat)}: {one.has or 'nothing'}{f' ({which})' if among else ''}"


def answering(found: Comparison, one: Difference) -> str:
    """Who has the A in theirs."""
    seats = (one.seat, *one.others) if "A" in one.has else one.others
    holders = [name for seat in seats for name in columns(found, one.row, seat, "A")]
    if not holders:
        return "nobody"
    if len(holders) > 1:
        return f"{words.listed(holders)} together"
    return holders[0] if seats[0].ours else f"{holders[0]} (a role that we do not know)"


def kept(one: Difference) -> str:
    """What becomes of those who have the A now."""
    return "; ".join(
        f"{party(seat)} has {should or 'no part'}"
        for seat, should in zip(one.others, one.others_should, strict=True)
        if seat.staffed
    )


def called(seat: Seat) -> str:
    """Our role, and what theirs calls it where that is something else."""
    ours = words.clean(seat.our_name)
    if not seat.theirs:
        return f"{ours} (no column in theirs)"
    theirs = party(seat)
    return ours if theirs.casefold() == ours.casefold() else f"{ours} ({theirs})"


def _named(seat: Seat) -> str:
    return f"the {words.lower_first(words.clean(seat.our_name or seat.name))}"


def _held(accountable: int, responsible: int) -> str:
    parts = [
        f"answers for {words.numbered(accountable, 'row')}" if accountable else "",
        f"works on {words.numbered(responsible, 'row')}" + (" more" if accountable else "") if responsible else "",
    ]
    return words.listed([part for part in parts if part]) or "has neither A nor R"


def only_theirs(seat: Seat, accountable: int, responsible: int) -> str:
    """A role of theirs that the engagement does not staff, or that we do not know."""
    why = (
        f"is {_named_role(seat)} in our words, which this engagement does not staff"
        if seat.ours
        else "is none of the roles that we know"
    )
    return f"{party(seat)} {why}; in theirs it {_held(accountable, responsible)}."


def only_ours(seat: Seat, accountable: int, responsible: int) -> str:
    """A role of the advice that theirs does not have."""
    return f"{words.clean(seat.our_name)} has no column in theirs; in the advice it {_held(accountable, responsible)}."


def _named_role(seat: Seat) -> str:
    return words.a(words.clean(seat.our_name))


def load_policy(found: Comparison) -> str:
    """From when a role has too much."""
    policy = found.wordings.overload
    return (
        f"By stated policy, not measurement: too much is more than {policy.share_of_accountable} % of all As, or A or "
        f"R in more than {policy.share_of_rows} % of the rows, and at least {policy.above_ours} points above the "
        f"advice, in a matrix of {policy.fewest_rows} rows or more."
    )


def lined_policy(found: Comparison) -> str:
    """From when two wordings count as one."""
    policy = found.wordings.lined_up
    return (
        f"The number says how alike the words are, of 100: sure from {policy.sure}, likely from {policy.likely}, "
        f"perhaps from {policy.perhaps}, which counts as not lined up. Correct it with --write-mapping and --mapping."
    )
