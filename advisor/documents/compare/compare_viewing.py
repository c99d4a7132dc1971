"""Puts a comparison into words once, for every document on it."""

from __future__ import annotations

from pathlib import PurePath

from advisor.compare import activity_names
from advisor.compare.values import (
    ACCOUNTABLE,
    CONSULTED,
    HOW_WORDS,
    INFORMED,
    MAPPED,
    NOT_RESPONSIBLE,
    PERHAPS,
    RESPONSIBLE,
    SURE,
    Comparison,
    Difference,
    Lined,
)
from advisor.documents.advice.viewing import sources_of
from advisor.documents.compare import compare_words as said
from advisor.documents.compare.compare_view import (
    CompareView,
    DifferenceView,
    Group,
    LackingView,
    LinedView,
    LoadView,
    Pointer,
    Tile,
)
from advisor.documents.shared import advice_lines, words
from advisor.model.matrix import ActivityRow, Cell


def view_of(found: Comparison, title: str = "", dated: str = "") -> CompareView:
    """The comparison in words; `title` stands in place of the engagement's name."""
    advice, matrix = found.advice, found.matrix
    engagement = advice.engagement
    model = advice.recommendation.model or ""
    table = f", {words.clean(matrix.table)}" if matrix.table else ""
    lacking = tuple(_lacking(found, row) for row in found.lacking)
    groups = _groups(found)
    return CompareView(
        heading=words.clean(title) or words.clean(engagement.name) or words.clean(engagement.id) or "Engagement",
        client=words.clean(engagement.client),
        dated=words.date_words(dated) if dated else "",
        matrix=f"{words.clean(PurePath(matrix.file).name)}{table}",
        advice=words.model_name(advice, model),
        status=advice_lines.status_line(advice),
        verdict=said.verdict(found),
        tiles=_tiles(found),
        groups=groups,
        lacking=lacking,
        needless=tuple(_needless(found, at, one.name, one.reason, one.rule) for at, one in found.needless),
        unknown=tuple(_unknown(found, found.rows[at]) for at in found.unknown),
        roles_theirs=tuple(said.only_theirs(one.seat, one.accountable, one.responsible) for one in found.roles_theirs),
        roles_ours=tuple(said.only_ours(one.seat, one.accountable, one.responsible) for one in found.roles_ours),
        loads=_loads(found),
        load_policy=said.load_policy(found),
        rows=tuple(_lined_row(found, one) for one in found.rows),
        roles=tuple(_lined_role(found, one) for one in found.roles),
        lined_policy=said.lined_policy(found),
        notes=tuple(words.clean(note) for note in found.notes),
        taken=tuple(words.clean(one) for one in matrix.taken),
        passed_over=tuple(words.clean(one) for one in matrix.passed_over),
        sources=sources_of(advice, _cited(found)),
        foot=f"Rulebook {words.clean(advice.version)}, digest {advice.digest}; wordings "
        f"{words.clean(found.wordings.version)}, policy {words.clean(found.wordings.policy_version)}",
    )


def _tiles(found: Comparison) -> tuple[Tile, ...]:
    work = len(found.of_kind(RESPONSIBLE)) + len(found.of_kind(NOT_RESPONSIBLE))
    heard = len(found.of_kind(CONSULTED)) + len(found.of_kind(INFORMED))
    over = sum(bool(one.overloaded) for one in found.loads)
    shown = (
        (
            len(found.of_kind(ACCOUNTABLE)),
            "row in which another should answer",
            "rows in which another should answer",
            "accountable",
        ),
        (work, "difference in who does the work", "differences in who does the work", "responsible"),
        (heard, "difference in who is asked or told", "differences in who is asked or told", "heard"),
        (len(found.lacking), "activity that their matrix lacks", "activities that their matrix lacks", "lacking"),
        (len(found.needless), "row that is not needed", "rows that are not needed", "needless"),
        (len(found.unknown), "row that we do not know", "rows that we do not know", "unknown"),
        (over, "role with too much", "roles with too much", "load"),
    )
    return tuple(Tile(f"{number:,}", one if number == 1 else many, to) for number, one, many, to in shown)


def _groups(found: Comparison) -> tuple[Group, ...]:
    kinds = (
        (
            "accountable",
            "Who should answer instead",
            (ACCOUNTABLE,),
            "One party answers for a row. Here the advice names another.",
        ),
        ("responsible", "Who should do the work", (RESPONSIBLE, NOT_RESPONSIBLE), "Roles that both matrices have."),
        (
            "heard",
            "Who should be asked or told",
            (CONSULTED, INFORMED),
            "Roles that both matrices have; the lightest differences.",
        ),
    )
    return tuple(
        Group(anchor, title, note, tuple(_difference(found, one) for one in found.differences if one.kind in wanted))
        for anchor, title, wanted, note in kinds
    )


def _difference(found: Comparison, one: Difference) -> DifferenceView:
    row = found.matrix.rows[one.row]
    lined = found.rows[one.row]
    names = {each.id: each.name for each in found.advice.matrix.activities}
    if one.kind == ACCOUNTABLE:
        theirs, ours = said.answering(found, one), said.called(one.seat)
    else:
        theirs = said.holding(found, one)
        ours = f"{one.should or 'nothing'}"
    says = words.ended(one.says) if one.says else said.unsaid(one)
    doubt = "" if lined.how in (MAPPED, SURE) else f"{HOW_WORDS[lined.how]}, {lined.score} of 100"
    return DifferenceView(
        one.kind,
        words.clean(row.activity),
        words.clean(row.place),
        words.clean(names[one.activity]),
        one.activity,
        theirs,
        ours,
        said.kept(one),
        says,
        one.rule,
        words.grounds(one.claims),
        doubt,
    )


def _cited(found: Comparison) -> list[str]:
    told = [claim for one in found.differences for claim in one.claims]
    return told + [claim for row in found.lacking for claim in _answering_cell(row).claims]


def _answering_cell(row: ActivityRow) -> Cell:
    return next(one for one in row.cells if "A" in one.letters)


def _lacking(found: Comparison, row: ActivityRow) -> LackingView:
    cell = _answering_cell(row)
    seat = next(one for one in found.seats if cell.role in one.ours)
    phases = found.advice.names.phases
    at, phase = next((at, one.name) for at, one in enumerate(phases) if one.id == row.phase)
    return LackingView(
        row.id,
        words.clean(row.name),
        words.clean(phase),
        at,
        said.called(seat),
        words.ended(cell.says),
        cell.rule,
        words.grounds(cell.claims),
    )


def _needless(found: Comparison, at: int, name: str, reason: str, rule: str) -> Pointer:
    row = found.matrix.rows[at]
    return Pointer(
        words.clean(row.activity), words.clean(row.place), f"{words.ended(reason)} (“{words.clean(name)}”)", rule
    )


def _unknown(found: Comparison, lined: Lined) -> Pointer:
    row = found.matrix.rows[lined.at]
    says = ""
    if lined.score is None:
        says = "Set apart by your mapping."
    elif lined.near:
        names = activity_names(found.advice)
        holder = next((one for one in found.rows if lined.near in one.ours), None)
        says = f"Nearest is “{words.clean(names[lined.near])}”, {lined.score} of 100"
        enough = lined.score >= found.wordings.lined_up.perhaps
        says += f", which “{words.clean(found.matrix.rows[holder.at].activity)}” is." if enough and holder else "."
    return Pointer(words.clean(row.activity), words.clean(row.place), says)


def _loads(found: Comparison) -> tuple[LoadView, ...]:
    shown = []
    for one in found.loads:
        percents = (*one.accountable, *one.rows)
        says = {"accountable": "of what is answered for", "rows": "of the rows to answer for or work on"}
        over = words.listed([says[name] for name in one.overloaded])
        ours = one.seat.our_name if one.seat.ours else "none that we know"
        if said.party(one.seat) != words.clean(one.seat.name):
            ours = one.seat.name  # then the columns are what is left to be told
        shares = ["–" if percent is None else f"{percent} %" for percent in percents]
        shown.append(
            LoadView(
                said.party(one.seat),
                words.clean(ours),
                (shares[0], shares[1], shares[2], shares[3]),
                percents,
                f"Too much {over}" if over else "",
            )
        )
    return tuple(shown)


def _lined_row(found: Comparison, one: Lined) -> LinedView:
    row = found.matrix.rows[one.at]
    names = activity_names(found.advice)
    return _lined(words.clean(row.activity), words.clean(row.place), one, [names[id] for id in _shown(one)])


def _lined_role(found: Comparison, one: Lined) -> LinedView:
    role = found.matrix.roles[one.at]
    name = words.clean(role.name or ", ".join(role.people) or role.place)
    names = [words.role_name(found.advice, id) for id in _shown(one)]
    return _lined(name, words.clean(role.place), one, names)


def _lined(theirs: str, place: str, one: Lined, names: list[str]) -> LinedView:
    ours = words.clean(words.listed(names)) or "none of ours"
    score = "" if one.score is None or not names else str(one.score)
    word = HOW_WORDS[MAPPED] if one.score is None else HOW_WORDS[one.how]
    return LinedView(theirs, place, ours, one.how, word, score, words.clean(one.by) if names else "")


def _shown(one: Lined) -> tuple[str, ...]:
    """What it is of ours, or what it is perhaps."""
    return (one.near,) if one.how == PERHAPS else one.ours
