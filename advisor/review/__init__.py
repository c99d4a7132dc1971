"""An agreed engagement under today's facts and rulebook: what is no longer as signed, why, and what falls due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from advisor.advise import advise, advise_fitting
from advisor.advise.standing import LETTER, MODEL, Key, Standing, differing, standing_of
from advisor.errors import InputError, Problem
from advisor.model.advice import Advice
from advisor.model.agreed import Agreement
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog
from advisor.review.due import due_in
from advisor.review.values import AGREED, ANSWER, LED, RULE, STAGE, STATED, Cause, Change, Reviewed, Signed

__all__ = ["review"]


def review(catalog: Catalog, engagement: Engagement, file: str, signed: Signed | None, today: str) -> Reviewed:
    """The engagement as it stands on the day `today`, beside what was signed, where that is known."""
    advice, misfits = _advice(catalog, engagement)
    plain = standing_of(advise(catalog, replace(engagement, agreed=())))
    idle = tuple(one for one in advice.engagement.agreed if _same(one, plain))
    overdue, coming = due_in(replace(advice, engagement=engagement), signed, today)
    return Reviewed(
        file,
        today,
        advice,
        signed,
        _changes(catalog, engagement, advice, signed) if signed is not None else (),
        _holders(engagement, signed.people) if signed is not None else (),
        misfits,
        idle,
        overdue,
        coming,
    )


def _advice(catalog: Catalog, engagement: Engagement) -> tuple[Advice, tuple[Problem, ...]]:
    """The advice, and what is wrong with agreements that cannot hold any more."""
    try:
        return advise(catalog, engagement), ()
    except InputError as error:
        return advise_fitting(catalog, engagement), error.problems


def _same(agreement: Agreement, plain: Standing) -> bool:
    """Whether the rules give the letters that were agreed."""
    return all(plain.get((LETTER, f"{agreement.row}:{role}"), "") == one for role, one in agreement.letters.items())


def _holders(engagement: Engagement, before: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    now = engagement.people
    return tuple((role, was, now.get(role, "")) for role, was in before.items() if now.get(role, "") != was)


def _changes(catalog: Catalog, engagement: Engagement, advice: Advice, signed: Signed) -> tuple[Change, ...]:
    now = standing_of(advice)
    keys = differing(signed.standing, now)
    return _Causes(catalog, engagement, advice, signed).of(keys, now) if keys else ()


class _Causes:
    """Finds why things are no longer as signed, by trying what was signed under today's rulebook, answer by answer."""

    def __init__(self, catalog: Catalog, engagement: Engagement, advice: Advice, signed: Signed) -> None:
        self._catalog, self._engagement, self._signed = catalog, engagement, signed
        known = catalog.questions
        then = {name: one for name, one in signed.answers.items() if name in known and one in known[name].option_ids}
        self._then = replace(engagement, answers=then, agreed=signed.agreed)
        before = advise_fitting(catalog, self._then)
        self._before, self._mid, self._advice = before, standing_of(before), advice
        taken = ({**one.assumed, **one.engagement.answers} for one in (before, advice))
        was, has = taken
        self._moved = {
            name: (was.get(name, ""), has.get(name, ""))
            for name in known
            if was.get(name, "") != has.get(name, "") and (name in then or name in engagement.answers)
        }
        self._alone: dict[str, Standing] = {}
        self._without: dict[str, Standing] = {}

    def of(self, keys: tuple[Key, ...], now: Standing) -> tuple[Change, ...]:
        signed = self._signed.standing
        found = (
            Change(key, signed.get(key, ""), now.get(key, ""), tuple(self._causes(key, now.get(key)))) for key in keys
        )
        return tuple(replace(one, moved_on=self._moved_on(one)) for one in found)

    def _moved_on(self, one: Change) -> bool:
        """Whether it is only gone because the work has come further; a letter with its whole row."""
        row = one.key[1].partition(":")[0]
        stays = one.key[0] == LETTER and any(each.id == row for each in self._advice.matrix.activities)
        past = all(cause.kind == ANSWER and cause.about == STAGE for cause in one.causes)
        return not one.now and not stays and past

    def _causes(self, key: Key, now: str | None) -> Iterator[Cause]:
        mid, row = self._mid.get(key), key[1].partition(":")[0]
        if mid != self._signed.standing.get(key):
            same = self._signed.digest == self._advice.digest
            yield Cause(STATED) if same else Cause(RULE, self._rule(key), self._signed.version, self._advice.version)
        if now == mid:
            return
        if key[0] == LETTER and self._agreed_otherwise(row):
            yield Cause(AGREED, row)
            return
        yield from self._answers(key, now) or (Cause(STATED),)

    def _answers(self, key: Key, now: str | None) -> list[Cause]:
        """The answers that bring the change about alone; else another model; else answers it needs; else all."""
        found = [one for one in self._moved if self._with(one).get(key) == now]
        if not found and key[0] != MODEL and self._mid[MODEL, ""] != self._advice.recommendation.model:
            return [Cause(LED)]
        found = found or [one for one in self._moved if self._less(one).get(key) != now]
        return [Cause(ANSWER, one, *self._moved[one]) for one in found or self._moved]

    def _with(self, question: str) -> Standing:
        """What was signed, with today's answer to one question."""
        if question not in self._alone:
            self._alone[question] = self._at(self._then, question, self._engagement.answers)
        return self._alone[question]

    def _less(self, question: str) -> Standing:
        """Today's answers, with one question answered as it was."""
        if question not in self._without:
            self._without[question] = self._at(self._engagement, question, self._then.answers)
        return self._without[question]

    def _at(self, base: Engagement, question: str, answers: Mapping[str, str]) -> Standing:
        given = {name: one for name, one in base.answers.items() if name != question}
        given |= {question: answers[question]} if question in answers else {}
        return standing_of(advise_fitting(self._catalog, replace(base, answers=given)))

    def _agreed_otherwise(self, row: str) -> bool:
        """Whether the letters that people set in this row are others than those that hold now."""
        before, held = (
            next((dict(one.letters) for one in some if one.row == row), {})
            for some in (self._signed.agreed, self._advice.engagement.agreed)
        )
        return before != held

    def _rule(self, key: Key) -> str:
        """The rule that now gives a letter or the model."""
        if key[0] == MODEL:
            return next((one.rule for one in self._before.recommendation.reasons), "")
        row, _, role = key[1].partition(":")
        found = next((one for one in self._before.matrix.activities if one.id == row), None)
        if found is None:
            return next((one.rule for one in self._before.matrix.left_out if one.id == row), "")
        return next((cell.rule for cell in found.cells if cell.role == role), found.rules[0])
