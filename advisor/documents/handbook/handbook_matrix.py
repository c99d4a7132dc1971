"""The responsibility matrix in words: columns, each row's letters by model, what changes them, what is left out."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.documents.handbook.handbook_view import (
    Grid,
    GridRow,
    Item,
    Line,
    Section,
    joined,
    letter,
    line,
    link,
    said,
    small,
    strong,
)
from advisor.documents.handbook.handbook_words import Wording, anchor, quoted, rule_anchor, rule_link
from advisor.documents.matrix.letters import legend_of
from advisor.documents.shared.words import ended, listed, lower_first
from advisor.matrices.written import standard
from advisor.model.rulebook import Catalog, EngagementModel, Role, Row
from advisor.model.rules import LONE_MANAGER, LeaveOut, Letters, Rule


def roles(catalog: Catalog, wording: Wording) -> Section:
    """The columns of the matrix."""
    return Section(
        "roles",
        "Roles",
        lines=(line("The columns of the matrix, in order."),),
        items=tuple(_role(catalog, wording, role) for role in catalog.roles.values()),
    )


def _role(catalog: Catalog, wording: Wording, role: Role) -> Item:
    named = {row.id: row.name for row in catalog.rows}
    notes: list[Line] = []
    if role.manager:
        staffing = [quoted(model.name) for model in catalog.models.values() if role.id in model.staffs]
        notes.append(line("Has a column only in ", said(listed(staffing)), "."))
    if role.absent_when:
        either = [joined([wording.condition(one) for one in some], " and ") for some in role.absent_when]
        notes.append(line("Has no column when ", joined(either, "; or when "), "."))
    notes += _falls(catalog, role)
    if role.may_answer_for:
        rows = [line(link(named.get(row, row), anchor("row", row))) for row in role.may_answer_for]
        notes.append(line("May hold the A only in: ", joined(rows, "; "), "."))
    return Item(line(strong(role.name), " ", small(role.id)), says=joined(notes, " "), anchor=anchor("role", role.id))


def _falls(catalog: Catalog, role: Role) -> list[Line]:
    """Who holds the role's letters where it has no column."""
    if not role.falls_to and not role.answers_to:
        return []

    def fall(what: str, names: tuple[str, ...]) -> list[Line]:
        stand_ins = listed([catalog.roles[name].name for name in names], "or")
        return [line(f"{what} to the first who is there: ", said(stand_ins), ".")] if names else []

    if role.answers_to == role.falls_to:
        return fall("Without a column, its letters fall", role.falls_to)
    return fall("Without a column, its R, C and I fall", role.falls_to) + fall("Its A falls", role.answers_to)


def _every_letter(catalog: Catalog) -> Iterator[str]:
    """The letters that the rows' rules give, each as often as given."""
    for row in catalog.rows:
        for rule in row.table.rules:
            for one in rule.effects:
                if isinstance(one, Letters):
                    yield from one.cells.values()


def matrix(catalog: Catalog, wording: Wording) -> Section:
    """Each row: the letters by model, and the rules that change them."""
    return Section(
        "matrix",
        "The responsibility matrix",
        lines=(
            line(
                "Each row has one table of letters by model. The rules under it change single cells or leave the row "
                "out; several may fire together. In every row exactly one role holds the A and at least one an R."
            ),
        ),
        items=tuple(
            Item(line(strong(one.label), " ", one.text)) for one in legend_of(standard(), _every_letter(catalog))
        ),
        parts=tuple(
            Section(
                anchor("phase", phase.id),
                phase.name,
                parts=tuple(_row(catalog, wording, row) for row in catalog.rows if row.phase == phase.id),
            )
            for phase in catalog.phases
        ),
    )


def _row(catalog: Catalog, wording: Wording, row: Row) -> Section:
    base, changing = _base_of(catalog, row)
    rests = wording.grounds(row.cites, base[0].practice if base else "")
    return Section(
        anchor("row", row.id),
        row.name,
        id=row.id,
        lines=(line("Rests on ", rests, ". ", wording.reads(row.table)), *_stands(catalog, row)),
        grid=_letters(catalog, base),
        items=(*(_base_item(catalog, rule) for rule in base), *(wording.rule(rule) for rule in changing)),
    )


def _stands(catalog: Catalog, row: Row) -> list[Line]:
    """The row's rank, and where it goes on when its phase is past."""
    names = {one.id: lower_first(one.name) for one in catalog.phases}
    on = listed([names[phase] for phase in row.continues_in], "or")
    goes_on = f" When {names[row.phase]} is past, it goes on under {on}." if on else ""
    return [line(f"Rank {row.rank} of 100.", said(goes_on))]


def _base_of(catalog: Catalog, row: Row) -> tuple[list[Rule], list[Rule]]:
    """The row's base rules, which stand first and name each model once, and the rest."""
    base: list[Rule] = []
    named: set[str] = set()
    for rule in row.table.rules:
        if named >= set(catalog.models):
            break
        base.append(rule)
        named |= rule.when[0].allowed
    return base, list(row.table.rules[len(base) :])


def _base_item(catalog: Catalog, rule: Rule) -> Item:
    named = [quoted(model.name) for model in catalog.models.values() if model.id in rule.when[0].allowed]
    return Item(
        line(said(listed(named)), ": ", said(ended(rule.says)), " ", small(rule.id)), anchor=rule_anchor(rule.id)
    )


def _letters(catalog: Catalog, base: list[Rule]) -> Grid:
    cells = {
        model.id: _cells(rule, model)
        for model in catalog.models.values()
        for rule in base
        if model.id in rule.when[0].allowed
    }
    shown = [role for role in catalog.roles.values() if any(role.id in given for given in cells.values())]
    return Grid(
        (line("Model"), *(line(said(role.name)) for role in shown)),
        tuple(
            GridRow(
                (
                    line(said(model.name)),
                    *(letter(cells.get(model.id, {}).get(role.id, "")) for role in shown),
                )
            )
            for model in catalog.models.values()
        ),
    )


def _cells(rule: Rule, model: EngagementModel) -> dict[str, str]:
    """The letters that a base rule gives in one model, the lone manager named."""
    return {
        model.staffs[0] if role == LONE_MANAGER else role: letters
        for effect in rule.effects
        if isinstance(effect, Letters)
        for role, letters in effect.cells.items()
    }


def left_out(catalog: Catalog, wording: Wording) -> Section:
    """Every reason for which phases or rows are left out, with what it leaves out and the rule that does."""
    found: dict[str, list[Line]] = {}
    for rule in catalog.phase_rules.rules:
        for effect in rule.effects:
            if isinstance(effect, LeaveOut):
                what = joined([line(wording.phase(phase)) for phase in effect.phases], last=" and ")
                found.setdefault(ended(effect.reason), []).append(line(what, " (", rule_link(rule), ")"))
    for row in catalog.rows:
        for rule in row.table.rules:
            for effect in rule.effects:
                if isinstance(effect, LeaveOut) and effect.reason:
                    what = line(link(row.name, anchor("row", row.id)))
                    found.setdefault(ended(effect.reason), []).append(line(what, " (", rule_link(rule), ")"))
    return Section(
        "left-out",
        "Reasons for leaving out",
        lines=(line("Every reason that a document can give for a phase or a row that is not in the matrix."),),
        items=tuple(
            Item(line(strong(reason)), says=line("Leaves out: ", joined(what, "; "), "."))
            for reason, what in found.items()
        ),
    )
