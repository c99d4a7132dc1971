"""The whole catalog from its folders: every file read, every problem collected, one frozen value returned."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path, PurePath

from advisor.catalog.effects import (
    GUARDRAIL_EFFECTS,
    PHASE_EFFECTS,
    PROFILE_EFFECTS,
    SENSE_EFFECTS,
    SPLIT_EFFECTS,
)
from advisor.catalog.excludes import check_excludes
from advisor.catalog.fence import MOST_RULESETS, rulesets
from advisor.catalog.fields import Fields
from advisor.catalog.folders import PACK_ROWS, PERSON, STANDARD, Files, Layer, data_folder, files_of
from advisor.catalog.matrix import read_rows
from advisor.catalog.optional import read_kinds, read_policy, read_words
from advisor.catalog.papers import PAPER_EFFECTS
from advisor.catalog.parts import (
    read_claims,
    read_competencies,
    read_finding,
    read_measures,
    read_models,
    read_orientation,
    read_paid_days,
    read_phases,
    variable_of,
)
from advisor.catalog.points import POINT_EFFECTS, by_reads
from advisor.catalog.questions import Asked, read_questionnaire
from advisor.catalog.roles import read_roles
from advisor.catalog.rules import (
    LETTERS,
    Effects,
    Known,
    complain,
    identifier,
    once,
    read_table,
    recommendation_effects,
    topic_effects,
)
from advisor.catalog.settings import read_can_staff, read_monotone, read_outlook
from advisor.errors import InputError
from advisor.model.findings import Finding, Topic
from advisor.model.questions import Question, Questionnaire
from advisor.model.rulebook import Catalog, Role, Row
from advisor.model.rules import MODEL, ORIENTATION, WORK_ASKS_FOR, Table, Variable


def load_folders(rules: Path | None = None, questionnaires: Path | None = None) -> Catalog:
    """Read and check the catalog from the YAML in the two folders, by default those that ship with the product.

    Raises InputError with every problem found, each with file and line.
    """
    folders = (rules or data_folder("rules"), questionnaires or data_folder("questionnaires"))
    own, asked = (Layer(folder, folder.name) for folder in folders)
    return Loader(Files((own,), (asked,))).load()


def load_rulebook(folder: Path) -> Catalog:
    """Read and check a rulebook of one's own: the files of `rules` in the folder itself, and `questionnaires` below it.

    Where its rulebook.yaml says `extends: standard`, files and fields that it does not have are the shipped ones.
    Raises InputError with every problem found, each with the file as seen from where `folder` is, and the line.
    """
    return Loader(files_of(folder)).load()


class Loader:
    """Reads the files in the order in which they may refer to each other."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.known = Known()
        self.settings: list[Fields] = []
        self.inherited: set[str] = set()  # rules of tables that a rulebook of one's own has from the shipped one

    def load(self) -> Catalog:
        claimed = self.need("claims.yaml")
        claims_from = claimed.text("source", "the source article")
        claims = read_claims(claimed)
        self.known.claims = claims
        asked = Asked(claims, self.known.variables)
        questionnaires = self.load_questionnaires(asked)
        questions = asked.questions
        self.load_settings()
        part = self.setting("orientation").inner("orientation")
        orientation = read_orientation(part) if part is not None else Finding(ORIENTATION, "", {}, True, "", ())
        named = self.setting("topics").texts("topics")
        topics = tuple(self.load_topic(f"topics/{name}.yaml", questions) for name in named)
        self.know(orientation)
        levels = self.need("levels.yaml")
        measures = read_measures(levels, self.known.variables)
        paid_days = read_paid_days(levels, self.known.variables)
        for measure in measures.values():
            self.know(measure.finding)
        roles = self.load_roles({option for one in asked.several.values() for option in one.parts})
        self.known.roles = roles
        phase_fields = self.need("phases.yaml")
        phases = read_phases(phase_fields)
        self.known.phases = tuple(phase.id for phase in phases)
        models = read_models(self.need("models.yaml"), self.known)
        self.known.staffs = {model.id: model.staffs for model in models.values()}
        competencies = read_competencies(self.need("competencies.yaml"), claims)
        self.known.competencies = competencies
        needs = tuple(self.load_need(f"recommendation/{name}.yaml") for name in self.setting("needs").texts("needs"))
        asks_for = self.load_step("recommendation/work_asks_for.yaml", WORK_ASKS_FOR, tuple(models))
        recommend = self.load_step("recommendation/recommendation.yaml", MODEL, tuple(models))
        catalog = Catalog(
            title=self.setting("title").text("title"),
            version=self.setting("version").text("version"),
            digest="",
            claims=claims,
            questions=questions,
            questionnaires=questionnaires,
            roles=roles,
            phases=phases,
            models=models,
            competencies=competencies,
            topics=topics,
            bands=orientation.bands,
            measures=measures,
            needs=needs,
            asks_for=asks_for,
            recommend=recommend,
            outlook=read_outlook(self.setting("outlook")),
            monotone=read_monotone(self.setting("monotone"), questions),
            split=self.table(self.need("split.yaml"), SPLIT_EFFECTS),
            phase_rules=self.table(phase_fields, PHASE_EFFECTS),
            rows=self.load_rows(tuple(models)),
            guardrails=self.load_tables("guardrails", GUARDRAIL_EFFECTS),
            points=tuple(
                part
                for folder in ("points", "packs/*")
                for table in self.load_tables(folder, POINT_EFFECTS)
                for part in by_reads(table)
            ),
            profiles=self.load_tables("profiles", PROFILE_EFFECTS),
            role_sense=self.table(self.need("role_sense.yaml"), SENSE_EFFECTS),
            findings={
                finding.id: finding
                for finding in (
                    *(one for topic in (*topics, *needs, asks_for, recommend) for one in topic.findings),
                    *(measure.finding for measure in measures.values()),
                    orientation,
                )
            },
            several=asked.several,
            claims_from=claims_from,
            load=read_policy(self.files, self.known, tuple(models), topics),
            can_staff=read_can_staff(self.setting("can_staff"), topics),
            a_and_r="A/R" in self.known.letters,
            paid_days=paid_days,
            words=read_words(self.files, questions),
            matters=read_kinds(self.files, self.known),
            papers=tuple(part for table in self.load_tables("papers", PAPER_EFFECTS) for part in by_reads(table)),
        )
        spoken = [rule.id for table in (*catalog.guardrails, *catalog.points) for rule in table.rules]
        check_excludes(self.known.excluding, spoken, self.inherited)
        if sum(map(rulesets, catalog.tables())) > MOST_RULESETS:
            widest = max(catalog.tables(), key=rulesets).id
            complain(self.settings[0], "topics", f"has more rules than the rules engine can hold; begin with {widest}")
        self.settings[0].finish()
        self.files.report_unread()
        if self.files.problems:
            raise InputError(self.files.problems)
        return replace(catalog, digest=self.files.digest.hexdigest()[:12])

    def load_settings(self) -> None:
        """rulebook.yaml, then the one that it extends, and the policy on letters."""
        rulebook = self.need("rulebook.yaml")
        self.settings.append(rulebook)
        extends = rulebook.text("extends", "")
        if extends not in ("", STANDARD):
            complain(rulebook, "extends", f"{extends!r} is no rulebook; only {STANDARD} can be extended")
        if extends == STANDARD:
            below = self.files.open("rules", "rulebook.yaml", layer=-1)
            self.settings += [below] if below is not None else []
        settings = self.setting("a_and_r_in_one_cell")
        shared = settings.text("a_and_r_in_one_cell", "allowed")
        if shared not in ("allowed", "forbidden"):
            complain(settings, "a_and_r_in_one_cell", f"{shared!r} is neither allowed nor forbidden")
        self.known.letters = LETTERS if shared == "allowed" else tuple(one for one in LETTERS if one != "A/R")

    def setting(self, name: str) -> Fields:
        """The rulebook.yaml that has the field: one's own, or else the one that it extends."""
        return next((one for one in self.settings if name in one), self.settings[0])

    def need(self, name: str) -> Fields:
        """The mapping in a file of rules; the problems so far are raised when it cannot be read at all."""
        fields = self.files.open("rules", name)
        if fields is None:
            raise InputError(self.files.problems)
        return fields

    def load_questionnaires(self, asked: Asked) -> dict[str, Questionnaire]:
        questionnaires: dict[str, Questionnaire] = {}
        for name in self.files.names("questionnaires", ""):
            if name == PERSON:  # asks about people, and is read with the rules on people
                continue
            fields = self.files.open("questionnaires", name)
            if fields is not None:
                one = read_questionnaire(fields, asked)
                once(fields, "questionnaire", one.id, questionnaires, "a questionnaire")
                questionnaires[one.id] = one
        if not questionnaires and not self.files.problems:
            self.files.miss("questionnaires", "holds no questionnaire")
        return questionnaires

    gaps: tuple[str, ...] = ()  # the values of a finding that is not settled; none where every answer is assumed

    def know(self, finding: Finding) -> None:
        self.known.variables[finding.id] = variable_of(finding, self.gaps)

    def load_topic(self, name: str, questions: Mapping[str, Question]) -> Topic:
        fields = self.need(name)
        topic_id = identifier(fields, "topic")
        findings: dict[str, Finding] = {}
        for part in fields.each("findings", required=False):
            one = read_finding(part)
            taken = (*self.known.variables, *findings, ORIENTATION, MODEL, WORK_ASKS_FOR)
            once(part, "id", one.id, taken, "a question or a finding")
            findings[one.id] = one
        # Topics read answers: what a missing one could still change is found by trying every option of it.
        reads = fields.texts("reads")
        for name in reads:
            if name in self.known.variables and name not in questions:
                complain(fields, "reads", f"{name!r} is a finding; topics read answers only")
        answers = tuple(name for name in reads if name in questions or name not in self.known.variables)
        table = read_table(fields, topic_id, answers, self.known, topic_effects(findings))
        fields.finish()
        for finding in findings.values():
            self.know(finding)
        return Topic(table, tuple(findings.values()))

    def load_need(self, name: str) -> Topic:
        """A table over levels and findings that concludes one finding of its own."""
        fields = self.need(name)
        part = fields.inner("finding")
        if part is None:
            raise InputError(self.files.problems)
        finding = read_finding(part)
        once(part, "id", finding.id, self.known.variables, "a question or a finding")
        table = read_table(
            fields, identifier(fields, "step"), fields.texts("reads"), self.known, recommendation_effects(finding)
        )
        fields.finish()
        self.know(finding)
        return Topic(table, (finding,))

    def load_step(self, name: str, finding_id: str, models: tuple[str, ...]) -> Topic:
        """A step of the recommendation: it reads settled values only, gaps are worked out by trying every value."""
        fields = self.need(name)
        labels = {model: model for model in models}
        finding = Finding(finding_id, fields.text("text"), labels, False, "", (), fields.source)
        table = read_table(
            fields, identifier(fields, "step"), fields.texts("reads"), self.known, recommendation_effects(finding), 8
        )
        fields.finish()
        self.known.variables[finding_id] = Variable(finding_id, models)
        return Topic(table, (finding,))

    def load_roles(self, parties: Collection[str]) -> dict[str, Role]:
        """The roles; those of the rulebook that this one extends fill in what its own file does not say."""
        shipped: dict[str, Role] = {}
        if len(self.settings) > 1 and self.files.where("rules", "roles.yaml") == 0:
            below = self.files.open("rules", "roles.yaml", layer=-1)
            shipped = read_roles(below, self.known.variables, ()) if below is not None else {}
        return read_roles(self.need("roles.yaml"), self.known.variables, parties, shipped)

    def load_rows(self, models: tuple[str, ...]) -> tuple[Row, ...]:
        """The rows of the phases' files, each phase followed by those that packs add to it."""
        rows = [
            row
            for phase in self.known.phases
            for row in read_rows(self.need(f"matrix/{phase}.yaml"), phase, self.known, models)
        ]
        for name in self.files.names("rules", "packs/*", "rows"):
            rows += read_rows(self.need(name), "", self.known, models)
        order = {phase: at for at, phase in enumerate(self.known.phases)}
        return tuple(sorted(rows, key=lambda row: order.get(row.phase, 0)))

    def load_tables(self, folder: str, effects: Effects) -> tuple[Table, ...]:
        """The tables of every file in the folder, but for rows of the matrix, which packs bring along."""
        names = (name for name in self.files.names("rules", folder) if PurePath(name).name != PACK_ROWS)
        tables = {name: self.table(self.need(name), effects) for name in names}
        for name, table in tables.items():
            if self.files.where("rules", name) != 0:
                self.inherited.update(rule.id for rule in table.rules)
        return tuple(tables.values())

    def table(self, fields: Fields, effects: Effects) -> Table:
        table = read_table(fields, identifier(fields, "table"), fields.texts("reads"), self.known, effects)
        fields.finish()
        return table
