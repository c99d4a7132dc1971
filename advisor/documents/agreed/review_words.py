"""The words of a review: what is no longer as signed, why, what to do about it, and what falls due."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.advise.ahead import stage_of
from advisor.advise.reader_words import in_words_of
from advisor.advise.standing import LEAD, LETTER, MODEL, RISK
from advisor.documents.matrix.agreed_words import person_called
from advisor.documents.shared import words
from advisor.errors import Problem
from advisor.model.advice import Advice
from advisor.model.agreed import NONE
from advisor.review import values
from advisor.review.values import AGREED, ANSWER, LEAVES, LED, MATTER, RULE, SIGNED, Cause, Change, Due, Reviewed

MOST_CAUSES = 4  # that are told of one change

Line = tuple[str, str, str, str, str]  # what, as signed, now, because, what to do


def changed(reviewed: Reviewed) -> tuple[Line, ...]:
    """Each thing that is no longer as signed and has to be settled; what changed in one row stands together."""
    advice = in_words_of(reviewed.advice)
    some_kind = (some for some in _together(reviewed.changes) if not _light(some) and some[0].key[0] != RISK)
    found = [_line(reviewed, advice, some) for some in some_kind]
    for role, was, now in reviewed.holders:
        name = words.role_name(advice, role)
        do = f"Have {words.clean(now)} confirm what was signed." if now else "Name somebody."
        found.append((f"{name}: holder", words.clean(was), words.clean(now) or "nobody", "The file names another.", do))
    return tuple(found)


def risks(reviewed: Reviewed) -> tuple[tuple[str, str, str], ...]:
    """Risks that are new, gone or put otherwise, why, and what to do."""
    advice = in_words_of(reviewed.advice)
    some = (one for one in reviewed.changes if one.key[0] == RISK and not one.moved_on)
    return tuple(_risk(advice, one) for one in some)


def _risk(advice: Advice, one: Change) -> tuple[str, str, str]:
    because = _because(advice, one.causes)
    if not one.was:
        return f"New: {_sentence(one.now)}", because, "Put it on the risk list, with who watches it."
    if not one.now:
        return f"Gone: {_sentence(one.was)}", because, "Close it, or keep it and say why."
    return f"Put otherwise: {_sentence(one.now)}", because, "Put the new wording on the risk list."


def told_otherwise(reviewed: Reviewed) -> tuple[str, ...]:
    """The rows in which only who is asked or informed is another, in a sentence each."""
    advice = in_words_of(reviewed.advice)
    lines = (_line(reviewed, advice, some) for some in _together(reviewed.changes) if _light(some))
    return tuple(
        f"{what}: {words.lower_first(was)} becomes {words.lower_first(now)}. {because}"
        for what, was, now, because, _ in lines
    )


def done_since(reviewed: Reviewed) -> tuple[str, ...]:
    """The names of rows, and of risks, that are gone because the work has come further."""
    advice, signed = in_words_of(reviewed.advice), reviewed.signed
    some = [one for one in reviewed.changes if one.moved_on]
    names = signed.names if signed is not None else {}
    rows = dict.fromkeys(one.key[1].partition(":")[0] for one in some if one.key[0] == LETTER)
    leads = [words.lower_first(_phase(advice, one.key[1])) for one in some if one.key[0] == LEAD]
    risks = [_sentence(one.was).rstrip(".") for one in some if one.key[0] == RISK]
    told = (
        ("Phases that are past", leads),
        ("Rows of these phases", [words.clean(names.get(row, row)) for row in rows]),
        ("Risks that are past", risks),
    )
    return tuple(f"{what}: {'; '.join(which)}." for what, which in told if which)


def _together(changes: Sequence[Change]) -> list[list[Change]]:
    """What has to be settled, all letters of a row as one."""
    found: dict[object, list[Change]] = {}
    for one in changes:
        if not one.moved_on:
            key = (LETTER, one.key[1].partition(":")[0]) if one.key[0] == LETTER else one.key
            found.setdefault(key, []).append(one)
    return list(found.values())


def _light(some: list[Change]) -> bool:
    """Whether nobody who answers or works is concerned, only who is asked or informed."""
    return all(one.key[0] == LETTER and {one.was, one.now} <= {"C", "I", ""} for one in some)


def _phase(advice: Advice, id: str) -> str:
    return next((phase.name for phase in advice.names.phases if phase.id == id), id)


def _sentence(text: str) -> str:
    """The first sentence of a risk; what follows says what to do about it."""
    return words.ended(words.clean(text).split(". ", 1)[0])


def _line(reviewed: Reviewed, advice: Advice, some: list[Change]) -> Line:
    one = some[0]
    kind, id = one.key
    because = _because(advice, tuple(dict.fromkeys(cause for each in some for cause in each.causes)))
    if kind == MODEL:
        was, now = (words.model_name(advice, name) for name in (one.was, one.now))
        return "Who leads", was, now, because, "Agree anew who leads, hand over what changes hands, and sign again."
    if kind == LEAD:
        was, now = (words.role_name(advice, name) if name else "nobody" for name in (one.was, one.now))
        return f"Lead of {words.lower_first(_phase(advice, id))}", was, now, because, _do_of_lead(one, was, now)
    return _row(reviewed, advice, some, because)


def _do_of_lead(one: Change, was: str, now: str) -> str:
    if not one.now:
        return "Nothing is left to lead there: say so to whoever led it."
    if not one.was:
        return f"Tell the {words.lower_first(now)} that this is theirs."
    return f"Hand over from the {words.lower_first(was)} to the {words.lower_first(now)}, on a day that both know."


def _row(reviewed: Reviewed, advice: Advice, some: list[Change], because: str) -> Line:
    id = some[0].key[1].partition(":")[0]
    row = next((row for row in advice.matrix.activities if row.id == id), None)
    signed = reviewed.signed
    name = row.name if row is not None else signed.names.get(id, id) if signed is not None else id
    was = _letters(advice, [(one.key[1], one.was) for one in some])
    now = _letters(advice, [(one.key[1], one.now) for one in some])
    if row is None:
        return words.clean(name), was, "no longer in the matrix", because, "Strike the row, or say who keeps the work."
    if signed is not None and id not in signed.names:
        return words.clean(name), "not in the matrix", now, because, "Agree the row with whoever has a letter in it."
    if any("A" in (one.was + one.now) for one in some):
        do = "Hand it over, or write the signed letters under agreed: with who, why and until when."
    else:
        do = "Tell those concerned, or write the signed letters under agreed:."
    return words.clean(name), was, now, because, do


def _letters(advice: Advice, cells: Sequence[tuple[str, str]]) -> str:
    told = [
        f"{words.lower_first(words.role_name(advice, cell.partition(':')[2]))} {letters or NONE}"
        for cell, letters in cells
    ]
    return words.capital(", ".join(told))


def _because(advice: Advice, causes: Sequence[Cause]) -> str:
    said = list(dict.fromkeys(_cause(advice, one) for one in causes[:MOST_CAUSES]))
    more = len(causes) - MOST_CAUSES
    if more > 0:
        said.append(f"And {words.numbered(more, 'more answer')}.")
    return " ".join(said)


def _cause(advice: Advice, one: Cause) -> str:
    if one.kind == ANSWER:
        asked, now = words.value_words(advice, one.about, one.now) if one.now else ("", "")
        other, was = words.value_words(advice, one.about, one.was) if one.was else ("", "")
        changed_to = (
            f"“{was}” became “{now}”" if was and now else f"now “{now}”" if now else f"“{was}” no longer counts"
        )
        return f"{asked or other} {words.ended(words.capital(changed_to))}"
    if one.kind == RULE:
        rule = f" ({one.about})" if one.about else ""
        if one.was == one.now:
            return f"The rules of {one.now} have changed{rule}."
        return f"Rulebook {one.was} became {one.now}{rule}."
    if one.kind == AGREED:
        return "What was agreed on this row when it was signed is not what is agreed now."
    return "It follows from who leads." if one.kind == LED else "The file states other people, dates or matters."


def overdue(reviewed: Reviewed) -> tuple[tuple[str, str], ...]:
    """What is past, and what to do about it; first the agreements that cannot hold any more."""
    advice = in_words_of(reviewed.advice)
    found = [(_misfit(reviewed, advice, one), "Take the entry out, or agree anew.") for one in reviewed.misfits]
    return (*found, *(_overdue(advice, one) for one in reviewed.overdue))


def _misfit(reviewed: Reviewed, advice: Advice, one: Problem) -> str:
    """`Go-live decision, project manager (agreed, line 69): has no column in this matrix.`"""
    _, row, role = f"{one.field}..".split(".")[:3]
    names = reviewed.signed.names if reviewed.signed is not None else {}
    known = {out.id: out.name for out in advice.matrix.left_out}
    about = names.get(row) or known.get(row) or _row_name(advice, row)
    about += f", {words.lower_first(words.role_name(advice, role))}" if role else ""
    return words.ended(f"{words.clean(about)} (agreed, line {one.line}): {words.clean(one.message)}")


def _overdue(advice: Advice, one: Due) -> tuple[str, str]:
    day = words.date_words(one.day)
    who = words.listed([person_called(advice, name) for name in one.who])
    if one.kind == AGREED:
        return f"{_row_name(advice, one.about)}: agreed until {day}, by {who}. {_by_rules(advice, one.about)}", (
            "Agree anew with a later day, or take the entry out; the rules' letters then stand."
        )
    if one.kind == SIGNED:
        return f"The sign-off held until {day}.", "Look at this review together and sign again."
    if one.kind == LEAVES:
        first, *others = one.who or ("Nobody",)
        follows = f"{words.clean(others[0])} could follow." if others else ""
        name = words.lower_first(words.role_name(advice, one.about))
        return f"{words.clean(first)} was there until {day} and still holds the role of {name}. {follows}".strip(), (
            "Name who follows, and hand over."
        )
    if one.kind == MATTER:
        return f"Was due on {day}: {words.ended(words.clean(one.about))}", (
            f"{f'Ask {who}. ' if who else ''}Take it out once it is settled, or state a new day."
        )
    return _past_date(advice, one.about, day)


def _past_date(advice: Advice, name: str, day: str) -> tuple[str, str]:
    stage = stage_of(advice)
    said = words.value_words(advice, "stage", stage)[1] if stage else ""
    label = words.date_label(name)
    if name == "end":
        return f"The engagement ended on {day}.", "Close it, or state a new end."
    return f"{label} was on {day}, but the answers say “{said}”.", "Answer stage anew, or correct the date."


def _by_rules(advice: Advice, row: str) -> str:
    """What the rules give the roles whose letters were set."""
    cells = [cell for one in advice.matrix.activities if one.id == row for cell in one.cells if cell.agreed]
    if not cells:
        return "The rules now give the same letters."
    ruled = _letters(advice, [(f"{row}:{cell.role}", cell.ruled) for cell in cells])
    return f"By the rules: {words.lower_first(ruled)}."


def _row_name(advice: Advice, id: str) -> str:
    return words.clean(next((row.name for row in advice.matrix.activities if row.id == id), id))


def due_line(advice: Advice, one: Due) -> str:
    """What falls due, in a few words, without its day."""
    who = words.listed([person_called(advice, name) for name in one.who])
    match one.kind:
        case values.AGREED:
            return f"What was agreed on “{_row_name(advice, one.about)}” runs out ({who})"
        case values.SIGNED:
            return f"The sign-off runs out ({who})"
        case values.LEAVES:
            return f"Last day of {who or 'nobody'} as {words.lower_first(words.role_name(advice, one.about))}"
        case values.LOOK:
            return words.capital(words.clean(one.about))
        case values.MATTER:
            return words.clean(one.about).rstrip(".") + (f" ({who})" if who else "")
    return advice.names.go_live.capitalize() if one.about == "go_live" else words.date_label(one.about)
