"""What is wrong with the matrix as a whole: what is missing in it, and what is too much."""

from __future__ import annotations

from advisor.lint.look import Look, name_of, some
from advisor.model.found import ACCOUNTABLE, CONSULTED, INFORMED


def check_whole(look: Look) -> None:
    """Every check on what is missing, which needs all rows at once."""
    _check_after_go_live(look)
    _check_who_answers(look)
    _check_missing_rows(look)
    _check_talk(look)


def _check_after_go_live(look: Look) -> None:
    rows = look.after_go_live
    if len(rows) < look.limit("silent_after_go_live", "least"):
        return
    roles = look.matrix.roles
    clients = [at for at, role in enumerate(roles) if look.is_client(role)]
    support = [at for at, role in enumerate(roles) if look.words.is_support(role.name) and at not in clients]
    for columns in (clients, support):
        # A column without any letter is another matter.
        used = [at for at in columns if any(row.cells[at].letters for row in look.matrix.rows)]
        if used and not any(row.cells[at].letters or row.cells[at].unread for row in rows for at in columns):
            names = some([name_of(roles[at]) for at in used])
            has = "has" if len(used) == 1 else "have"
            said = f"{names} {has} no letter in the {len(rows)} rows after go-live"
            look.note("silent_after_go_live", roles[used[0]].place, said, role=roles[used[0]].name)


def _check_who_answers(look: Look) -> None:
    """A project manager who answers for what is a delivery manager's."""
    roles = look.matrix.roles
    managers = [at for at, role in enumerate(roles) if look.words.any("project_manager", role.name)]
    if any(look.words.any("delivery_manager", role.name) for role in roles):
        for at in managers:
            late = sum(ACCOUNTABLE in row.cells[at].letters for row in look.after_go_live)
            if late >= look.limit("project_manager_after_go_live", "least") and late < len(look.matrix.rows):
                said = f"{name_of(roles[at])} has A in {late} of the {len(look.after_go_live)} rows after go-live"
                look.note("project_manager_after_go_live", roles[at].place, said, role=roles[at].name)


def _check_missing_rows(look: Look) -> None:
    """A handover where something goes live and is then run; an escalation in a matrix of some size."""
    rows, place = look.matrix.rows, look.matrix.table
    if not (look.is_english and look.is_engagement):
        return
    after = len(look.after_go_live)
    with_go_live = 0 < after < len(rows) and any(row.phase for row in rows) and look.speaks_of("go_live")
    if with_go_live and not look.speaks_of("handover"):
        look.note(
            "no_handover_row", place, f"{after} of {len(rows)} rows come after go-live, and none hands over to them"
        )
    if len(rows) >= look.limit("no_escalation_row", "least") and not look.speaks_of("escalation"):
        look.note("no_escalation_row", place, f"none of the {len(rows)} rows says who takes what gets stuck")


def _check_talk(look: Look) -> None:
    rows = look.matrix.rows
    if len(rows) < look.limit("nobody_asked_or_told", "least"):
        return
    if not any({CONSULTED, INFORMED} & set(cell.letters) for row in rows for cell in row.cells):
        look.note("nobody_asked_or_told", look.matrix.table, f"no C and no I in any of the {len(rows)} rows")


def check_table(look: Look) -> None:
    """What is to be said of each table by itself: its size, and who accepts."""
    _check_size(look)
    _check_acceptance(look)


def _check_acceptance(look: Look) -> None:
    roles = look.matrix.roles
    clients = {at for at, role in enumerate(roles) if look.is_client(role)}
    for row in look.matrix.rows if clients else ():
        answers = {at for at, cell in enumerate(row.cells) if ACCOUNTABLE in cell.letters}
        if answers and not answers & clients and look.words.any("acceptance", row.activity):
            said = f"A: {some([name_of(roles[at]) for at in sorted(answers)])}"
            look.note("accepted_without_client", row.place, said, row.activity)


def _check_size(look: Look) -> None:
    roles, rows = len(look.matrix.roles), len(look.matrix.rows)
    if roles > look.limit("too_large", "roles"):
        look.note("too_large", look.matrix.table, f"{roles} roles")
    if rows > look.limit("too_large", "rows"):
        look.note("too_large", look.matrix.table, f"{rows:,} rows")
