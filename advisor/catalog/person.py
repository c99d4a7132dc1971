"""The rules on people from `rules/person` and `questionnaires/person.yaml`: read when fit is asked for, not before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from advisor.catalog.fields import Fields
from advisor.catalog.folders import PERSON, files_of, shipped_files
from advisor.catalog.load import Loader
from advisor.catalog.parts import read_claims, read_competencies, read_finding
from advisor.catalog.questions import Asked, read_questionnaire
from advisor.catalog.rules import complain, identifier, once, read_table, recommendation_effects
from advisor.errors import InputError, did_you_mean
from advisor.model.findings import Topic
from advisor.model.person import FitStep, Growth, PersonRules
from advisor.model.questions import Question, Questionnaire
from advisor.model.rulebook import Competency
from advisor.model.rules import SIDES, UNKNOWN, Variable

_PARTS = ("person", "person/topics", "person/fit")


@lru_cache(maxsize=8)
def person_rules(folder: Path | None = None) -> PersonRules:
    """The rules on people of the rulebook in `folder`, or those that ship where it has none of its own.

    Raises InputError with every problem found, each with file and line.
    """
    if folder is None or not (folder / "person" / "rulebook.yaml").exists():
        return _PersonLoader(shipped_files()).rules()
    return _PersonLoader(files_of(folder)).rules()


class _PersonLoader(Loader):
    """Reads the files in the order in which they may refer to each other; what was not seen leaves findings open."""

    gaps = (UNKNOWN,)

    def rules(self) -> PersonRules:
        claimed = self.need("claims.yaml")
        claims_from = claimed.text("source", "the source article")
        claims = read_claims(claimed)
        self.known.claims = claims
        competencies = read_competencies(self.need("competencies.yaml"), claims)
        asked = Asked(claims, self.known.variables, assumes=False)
        questionnaire = self._questionnaire(asked, competencies)
        questions = asked.questions
        settings = self.need("person/rulebook.yaml")
        topics = tuple(
            self.load_topic(f"person/topics/{name}.yaml", questions) for name in settings.texts("topics") if name
        )
        fits = tuple(self._fit(f"person/fit/{name}.yaml") for name in settings.texts("fits") if name)
        result = self._step(self.need("person/result.yaml"))
        steps = questionnaire.questions[0].option_ids if questionnaire.questions else ()
        rules = PersonRules(
            title=settings.text("title"),
            version=settings.text("version"),
            digest="",
            claims=claims,
            claims_from=claims_from,
            competencies=competencies,
            questionnaire=questionnaire,
            questions=questions,
            topics=topics,
            fits=fits,
            result=result,
            growth=self._growth(questions, steps),
            carries_from=_one_of(settings, "carries_from", steps),
            needs=self._needs(steps),
            most_gaps=settings.number("most_gaps", least=1),
            too_little_above=settings.number("too_little_above", least=1),
            findings={
                one.id: one for topic in (*topics, *(fit.conclusion for fit in fits), result) for one in topic.findings
            },
        )
        settings.finish()
        self.files.report_unread(_PARTS, ())
        if self.files.problems:
            raise InputError(self.files.problems)
        return replace(rules, digest=self.files.digest.hexdigest()[:12])

    def _questionnaire(self, asked: Asked, competencies: Mapping[str, Competency]) -> Questionnaire:
        fields = self.files.open("questionnaires", PERSON)
        if fields is None:
            raise InputError(self.files.problems)
        found = read_questionnaire(fields, asked)
        first = found.questions[0].option_ids if found.questions else ()
        for one in found.questions:
            where = f"questions[{one.id}]"
            if one.id not in competencies:
                hint = did_you_mean(one.id, competencies)
                fields.problems.add(fields.node, where, f"{one.id!r} is no competency{hint}")
            if one.option_ids != first or not one.ordered:
                fields.problems.add(fields.node, where, f"must have the steps {', '.join(first)}, ordered")
        return found

    def _fit(self, name: str) -> FitStep:
        fields = self.need(name)
        role = fields.text("role")
        if role not in SIDES:
            complain(fields, "role", f"{role!r} is none of {', '.join(SIDES)}{did_you_mean(role, SIDES)}")
        called = fields.text("name")
        step = self._step(fields)
        for one in step.findings:
            if not one.ordered:
                complain(fields, "finding", "must be ordered, from no fit to fit")
        return FitStep(role, called, step)

    def _step(self, fields: Fields) -> Topic:
        """A table over settled findings that concludes one; what may still change is found by trying every value."""
        part = fields.inner("finding")
        if part is None:
            raise InputError(self.files.problems)
        finding = read_finding(part)
        once(part, "id", finding.id, self.known.variables, "a question or a finding")
        variables = {one.id: Variable(one.id, one.values, (), one.ordered) for one in self.known.variables.values()}
        settled = replace(self.known, variables=variables)
        reads = fields.texts("reads")
        table = read_table(fields, identifier(fields, "step"), reads, settled, recommendation_effects(finding))
        fields.finish()
        self.know(finding)
        return Topic(table, (finding,))

    def _growth(self, questions: Mapping[str, Question], steps: tuple[str, ...]) -> dict[str, Growth]:
        fields = self.need("person/growth.yaml")
        found: dict[str, Growth] = {}
        for part in fields.each("growth"):
            competency = part.text("competency")
            if competency not in questions:
                complain(part, "competency", f"{competency!r} is not asked for{did_you_mean(competency, questions)}")
            once(part, "competency", competency, found, "given ways to grow")
            ways = {step: part.text(step) for step in steps if step in part}
            found[competency] = Growth(competency, part.text("about"), part.text("not_seen"), ways, part.source)
            part.finish()
        missing = [name for name in questions if name not in found]
        if missing:
            complain(fields, "growth", f"must name {', '.join(missing)} too")
        fields.finish()
        return found

    def _needs(self, steps: tuple[str, ...]) -> dict[str, str]:
        fields = self.need("person/engagement.yaml")
        found: dict[str, str] = {}
        part = fields.inner("needs")
        for step, key, _ in part.pairs() if part is not None else ():
            if step not in steps:
                fields.problems.add(key, f"needs.{step}", f"is no step{did_you_mean(step, steps)}")
            elif part is not None:
                found |= dict.fromkeys(part.texts(step), step)
        fields.finish()
        return found


def _one_of(fields: Fields, name: str, known: tuple[str, ...]) -> str:
    given = fields.text(name)
    if given not in known:
        complain(fields, name, f"{given!r} is none of {', '.join(known)}{did_you_mean(given, known)}")
    return given
