"""Lines up the rows and roles of a matrix with those of the advice: one to one, the best as a whole, mapping first."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from advisor.advise.reader_words import in_words_of
from advisor.catalog.wordings import ACTIVITIES, ROLES
from advisor.compare.assigning import best_pairs
from advisor.compare.likeness import SAME, Likeness, Words, plain
from advisor.compare.mapping import LiningUp, Mapped, key, label
from advisor.compare.values import ALONE, LIKELY, MAPPED, PERHAPS, SURE, Lined
from advisor.errors import did_you_mean
from advisor.model.advice import Advice
from advisor.model.found import FoundMatrix
from advisor.model.matrix import ActivityRow, LeftOut
from advisor.model.wordings import LinedUp, Wordings

_CLOSE = 1_000  # what is nearest to our own name decides between equal likenesses, and nothing else
_NAME = 1_000_000 * _CLOSE
_MOST_HINTS, _MOST_NEAR = 20, 1_000  # how often the nearest row is looked for, and among how many


@dataclass(frozen=True, slots=True)
class LinedUpMatrix:
    """All rows and roles of a matrix with what they are of ours, in its order; `notes` on what the mapping lacks."""

    rows: tuple[Lined, ...]
    roles: tuple[Lined, ...]
    notes: tuple[str, ...]


def activity_names(advice: Advice) -> dict[str, str]:
    """All rows of the rulebook by id, those too that this engagement does not need."""
    rows: tuple[ActivityRow | LeftOut, ...] = (*advice.matrix.activities, *advice.matrix.left_out)
    return {row.id: row.name for row in rows}


def role_names(advice: Advice) -> dict[str, str]:
    """All roles of the rulebook by id, as their columns are headed, those too that this engagement does not staff."""
    headed = advice.names.columns.get(advice.recommendation.model, {})
    return {role.id: headed.get(role.id, role.name) for role in advice.names.roles.values()}


def line_up(matrix: FoundMatrix, advice: Advice, wordings: Wordings, mapping: LiningUp | None = None) -> LinedUpMatrix:
    """What each row and role is of ours. The order of rows and columns makes no difference. Raises MissingExtra."""
    activities, roles = activity_names(advice), role_names(advice)
    spoken = in_words_of(advice)  # what our documents call a row or a role for this reader counts as well
    said = activity_names(spoken)
    words = Words(
        {
            id: tuple(dict.fromkeys((name, said[id], *wordings.activities.get(id, ()))))
            for id, name in activities.items()
        },
        wordings,
        ACTIVITIES,
    )
    texts = [row.activity for row in matrix.rows]
    phases = [row.phase for row in matrix.rows]
    told, notes = _told(mapping.activities if mapping else (), texts, phases, "row", mapping)
    rows = _rows(matrix, words, told, wordings.lined_up)
    people = advice.engagement.people
    known = {
        id: tuple(
            dict.fromkeys(
                (
                    name,
                    advice.names.roles[id].name,
                    spoken.names.roles[id].name,
                    *wordings.roles.get(id, ()),
                    *((people[id],) if people.get(id) else ()),
                )
            )
        )
        for id, name in roles.items()
    }
    named = [label(matrix, at) for at in range(len(matrix.roles))]
    told, more = _told(mapping.roles if mapping else (), named, [""] * len(named), "role", mapping)
    return LinedUpMatrix(rows, _roles(matrix, Words(known, wordings, ROLES), told, wordings), (*notes, *more))


def _told(
    entries: Sequence[Mapped], texts: Sequence[str], phases: Sequence[str], what: str, mapping: LiningUp | None
) -> tuple[dict[int, Mapped], list[str]]:
    """The entry for each place that has one; each entry is for one place, the first that it fits."""
    found: dict[int, Mapped] = {}
    notes: list[str] = []
    # By text and phase, and by text alone for entries that name no phase; the first place last, to be taken off.
    places: dict[tuple[str, str], list[int]] = {}
    for at in reversed(range(len(texts))):
        for phase in {key(phases[at]), ""}:
            places.setdefault((key(texts[at]), phase), []).append(at)
    hints = _MOST_HINTS
    for entry in entries:
        fits = places.get((key(entry.text), key(entry.phase)), [])
        while fits and fits[-1] in found:
            fits.pop()
        if fits:
            found[fits.pop()] = entry
        elif mapping is not None:
            near = ""
            if (key(entry.text), "") not in places and hints:
                near, hints = did_you_mean(entry.text, texts[:_MOST_NEAR]), hints - 1
            notes.append(f"{mapping.file}:{entry.line}: the matrix has no such {what}: {entry.text!r}{near}")
    return found, notes


def _rows(matrix: FoundMatrix, words: Words, told: Mapping[int, Mapped], policy: LinedUp) -> tuple[Lined, ...]:
    found = {at: Lined(at, entry.ours, MAPPED if entry.ours else ALONE) for at, entry in told.items()}
    like = {at: words.held_against(row.activity) for at, row in enumerate(matrix.rows) if at not in told}
    taken = {id for entry in told.values() for id in entry.ours}

    def standing(at: int) -> tuple[object, ...]:
        row = matrix.rows[at]
        letters = sorted((role.name, cell.letters) for role, cell in zip(matrix.roles, row.cells, strict=False))
        return (plain(row.activity), row.activity, row.phase, letters)

    # In an order of their own: which of two equals is taken must not depend on where they stand.
    order = sorted(
        (at for at, each in like.items() if any(one.score >= policy.likely for one in each.values())), key=standing
    )
    free = sorted({one for at in order for one in like[at]} - taken)
    order = _likeliest(order, like, free)
    gains = [[_gain(like[at].get(id), policy.likely) for at in order] for id in free]
    for id, column in zip(free, best_pairs(gains) if order else (), strict=False):
        if column is not None:
            at = order[column]
            found[at] = _lined(at, like[at][id], policy)
    gone = _taken(found)
    return tuple(found.get(at) or _alone(at, like[at].values(), gone, policy) for at in range(len(matrix.rows)))


def _likeliest(order: Sequence[int], like: Mapping[int, Mapping[str, Likeness]], ids: Sequence[str]) -> list[int]:
    """The places among which the best pairs are found: for each id as many as there are ids, the likeliest first.

    Whoever is paired with another could as well have one of these, since the other ids cannot take them all.
    """
    by_id: dict[str, list[tuple[int, int]]] = {id: [] for id in ids}
    for rank, at in enumerate(order):
        for id, one in like[at].items():
            if id in by_id:
                by_id[id].append((-one.score, rank))
    kept = {rank for found in by_id.values() for _, rank in heapq.nsmallest(len(ids), found)}
    return [order[rank] for rank in sorted(kept)]


def _roles(matrix: FoundMatrix, words: Words, told: Mapping[int, Mapped], wordings: Wordings) -> tuple[Lined, ...]:
    policy = wordings.lined_up
    found = {at: Lined(at, entry.ours, MAPPED if entry.ours else ALONE) for at, entry in told.items()}
    taken = {id for entry in told.values() for id in entry.ours}
    like = {at: _role_like(words, matrix, at) for at in range(len(matrix.roles)) if at not in told}

    def standing(at: int) -> tuple[object, ...]:
        role = matrix.roles[at]
        letters = sorted((row.activity, row.cells[at].letters) for row in matrix.rows)
        return (plain(role.name), role.name, role.people, letters)

    order = sorted(like, key=standing)
    # A team may have several columns, so whatever is most like one can be one; a second manager is none.
    best = {at: _best(like[at].values()) for at in order}
    teams = {at: one if one is not None and one.id in wordings.teams else None for at, one in best.items()}
    single = sorted({id for at in order for id in like[at]} - taken - wordings.teams)
    # A column without a letter is lined up where no other wants the role: firms keep columns that they fill later.
    used = {at for at in order if any(row.cells[at].letters for row in matrix.rows)} or set(order)
    gains = [
        [
            min(_gain(like[at].get(id), policy.likely), _NAME if at in used else 1) - _gain(teams[at], policy.likely)
            for at in order
        ]
        for id in single
    ]
    for id, column in zip(single, best_pairs(gains) if order else (), strict=False):
        if column is not None:
            found[order[column]] = _lined(order[column], like[order[column]][id], policy)
    for at in order:
        team = teams[at]
        if at not in found and team is not None and team.score >= policy.likely:
            found[at] = _lined(at, team, policy)
    gone = _taken(found, wordings.teams)
    return tuple(found.get(at) or _alone(at, like[at].values(), gone, policy) for at in range(len(matrix.roles)))


def _role_like(words: Words, matrix: FoundMatrix, at: int) -> dict[str, Likeness]:
    """By the role's name, or by the people who stand with it: the engagement may name them."""
    role = matrix.roles[at]
    best: dict[str, Likeness] = {}
    for text in (role.name, *role.people):
        for id, one in words.held_against(text).items():
            if id not in best or one.score > best[id].score:
                best[id] = one
    return best


def _gain(like: Likeness | None, least: int) -> int:
    """What lining up is worth over leaving alone: squared, since two poor likenesses should not outweigh a good one.

    The name itself outweighs all else.
    """
    if like is None or like.score < least:
        return 0
    if like.score == SAME:
        return _NAME
    return _CLOSE * (like.score - least + 1) ** 2 + min(like.close, _CLOSE - 1)


def _best(found: Iterable[Likeness]) -> Likeness | None:
    return max(found, key=lambda one: (one.score, one.id), default=None)


def _lined(at: int, like: Likeness, policy: LinedUp) -> Lined:
    return Lined(at, (like.id,), SURE if like.score >= policy.sure else LIKELY, like.score, like.by)


def _taken(found: Mapping[int, Lined], several: Iterable[str] = ()) -> frozenset[str]:
    """What is taken, so that nothing else is perhaps the same; what may have several is never taken."""
    return frozenset(id for one in found.values() for id in one.ours) - frozenset(several)


def _alone(at: int, found: Iterable[Likeness], taken: frozenset[str], policy: LinedUp) -> Lined:
    """What goes with none of ours, and the nearest of them; it is perhaps that one where nothing else is."""
    nearest = _best(found)
    if nearest is None:
        return Lined(at, (), ALONE, 0)
    how = PERHAPS if nearest.score >= policy.perhaps and nearest.id not in taken else ALONE
    return Lined(at, (), how, nearest.score, nearest.by, nearest.id)
