"""Mistakes in a rulebook: whoever edits the rules is told file, line, field and the nearest right word, all at once."""

from __future__ import annotations

import math
import re
import shutil
from pathlib import Path

import pytest

from advisor.catalog import load_catalog
from advisor.errors import InputError
from advisor.model.rulebook import Catalog
from tests.conftest import REPOSITORY

TOPIC = "rules/topics/after_delivery.yaml"
LINES = {
    "id": "  - id: planted",
    "says": "    says: A sentence.",
    "cites": "    cites: [KR1]",
    "when": "    when: {post_delivery: warranty}",
    "then": "    then: {evidence: {client_after: 1}}",
}


class Rulebook:
    """A copy of the shipped rulebook in which mistakes can be planted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("rules", "questionnaires"):
            shutil.copytree(REPOSITORY / name, folder / name)

    def add(self, file: str, text: str) -> int:
        """Write `text` at the end of `file` and return its first line."""
        before = (self.folder / file).read_text(encoding="utf-8")
        assert before.endswith("\n")
        (self.folder / file).write_text(before + text, encoding="utf-8")
        return before.count("\n") + 1

    def change(self, file: str, old: str, new: str) -> int:
        """Put `new` for the first `old` in `file` and return its line."""
        before = (self.folder / file).read_text(encoding="utf-8")
        assert old in before
        (self.folder / file).write_text(before.replace(old, new, 1), encoding="utf-8")
        return before[: before.index(old)].count("\n") + 1

    def write(self, file: str, text: str) -> None:
        (self.folder / file).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / file).write_text(text, encoding="utf-8")

    def load(self) -> Catalog:
        return load_catalog(self.folder / "rules", self.folder / "questionnaires")

    def complaints(self) -> list[str]:
        """What is wrong with it, a line for each problem."""
        with pytest.raises(InputError) as caught:
            self.load()
        return [str(problem) for problem in caught.value.problems]


@pytest.fixture
def rulebook(tmp_path: Path) -> Rulebook:
    return Rulebook(tmp_path)


def reads(catalog: Catalog, table: str) -> str:
    """What a table reads, as messages list it."""
    return ", ".join(next(one for one in catalog.tables() if one.id == table).names)


def test_the_shipped_rulebook_is_right(rulebook: Rulebook, catalog: Catalog) -> None:
    """The rulebook as shipped has no mistake, and reads the same from wherever it lies."""
    assert rulebook.load().digest == catalog.digest


def plant_rule(rulebook: Rulebook, **lines: str) -> int:
    """Add a rule to a topic, with some of its lines replaced; returns the line at which the rule begins."""
    return rulebook.add(TOPIC, "\n".join(line for line in (LINES | lines).values() if line) + "\n")


def test_the_rule_that_mistakes_are_planted_in_is_right(rulebook: Rulebook) -> None:
    """The rule by itself can be added, so each message below is about the mistake."""
    plant_rule(rulebook)
    assert "planted" in {rule.id for rule in rulebook.load().rules()}


class TestConditions:
    @pytest.mark.parametrize(
        ("when", "field", "message"),
        [
            ("{post_delivry: warranty}", ".post_delivry", "is not read here (did you mean post_delivery?)"),
            ("{stage: planning}", ".stage", "is not read here (read here: {reads})"),
            ("{any: [{post_delivery: none}]}", ".any", "is not read here (read here: {reads})"),
            (
                "{handover_to: runteam}",
                ".handover_to",
                "'runteam' is none of nobody, same_team, run_team, client_team, another_supplier, not_asked"
                " (did you mean run_team?)",
            ),
            (
                "{post_delivery: not_asked}",
                ".post_delivery",
                "'not_asked' is none of none, warranty, ongoing_support, managed_service",
            ),
            (
                "{handover_to: {at_least: same_team}}",
                ".handover_to",
                "is not ordered, so at_least has no meaning; list the values",
            ),
            (
                "{post_delivery: {at_least: unanswered}}",
                ".post_delivery.at_least",
                "'unanswered' is none of none, warranty, ongoing_support, managed_service",
            ),
            (
                "{post_delivery: {atleast: warranty}}",
                ".post_delivery",
                "must be a value, a list of values, {{at_least: value}} or {{at_most: value}}",
            ),
            ("{post_delivery: []}", ".post_delivery", "lists no value"),
            ("{post_delivery: [none, none]}", ".post_delivery", "lists a value twice"),
            (
                "{handover_to: [nobody, same_team, run_team, client_team, another_supplier, not_asked]}",
                ".handover_to",
                "lists every value, so it says nothing; leave it out",
            ),
            ("{handover_to: nobody, handover_to: run_team}", ".handover_to", "is given twice"),
            ("{}", "", "names no condition, so the rule would always fire"),
            ("[post_delivery]", "", "must be a mapping such as {{client_contact: weekly}}, not a list"),
        ],
    )
    def test_condition(self, rulebook: Rulebook, catalog: Catalog, when: str, field: str, message: str) -> None:
        """A condition names something that its table reads, and values that it can have."""
        line = plant_rule(rulebook, when=f"    when: {when}") + 3
        said = message.format(reads=reads(catalog, "after_delivery"))
        assert rulebook.complaints() == [f"{TOPIC}:{line}: rules[planted].when{field}: {said}"]

    def test_without_conditions(self, rulebook: Rulebook) -> None:
        """A rule says when it holds."""
        line = plant_rule(rulebook, when="")
        assert rulebook.complaints() == [f"{TOPIC}:{line}: rules[planted].when: is missing"]


class TestRules:
    @pytest.mark.parametrize(
        ("id_", "message"),
        [
            ("After-Support", "'After-Support' is no usable id"),
            ("über", "'über' is no usable id"),
            ("every", "'every' is no usable id"),
            ("x" * 64, f"'{'x' * 64}' is no usable id"),
        ],
    )
    def test_id(self, rulebook: Rulebook, id_: str, message: str) -> None:
        """An id is a plain word, as the rules engine needs it, and none of the product's own."""
        line = plant_rule(rulebook, id=f"  - id: {id_}")
        assert rulebook.complaints() == [
            f"{TOPIC}:{line}: rules[{id_}].id: {message}"
            " (a-z, 0-9 and _, a letter first, at most 63, not every, id, manager, sid)"
        ]

    def test_id_given_twice(self, rulebook: Rulebook, catalog: Catalog) -> None:
        """Two rules with one id are reported with the place of the other, in whichever file that is."""
        other = catalog.split.rules[0]
        line = plant_rule(rulebook, id=f"  - id: {other.id}")
        assert rulebook.complaints() == [
            f"rules/split.yaml:{other.source.line}: rules[{other.id}].id: "
            f"'{other.id}' is already the id of the rule at {TOPIC}:{line}"
        ]

    @pytest.mark.parametrize(
        ("cites", "message"),
        [
            ("[RF11]", "'RF11' is no claim (did you mean RF1?)"),
            ("[KR1, nothing]", "'nothing' is no claim"),
            ("[PRACTICE]", "PRACTICE wants a reason: 'PRACTICE: why this goes beyond the article'"),
            ('["PRACTICE: "]', "PRACTICE wants a reason: 'PRACTICE: why this goes beyond the article'"),
            ("[]", "names no claim and no practice"),
            ("KR1", "must be a list, not a single value"),
        ],
    )
    def test_cites(self, rulebook: Rulebook, cites: str, message: str) -> None:
        """A rule rests on claims that exist, or states a practice and the reason for it."""
        line = plant_rule(rulebook, cites=f"    cites: {cites}") + 2
        assert rulebook.complaints()[0] == f"{TOPIC}:{line}: rules[planted].cites: {message}"

    @pytest.mark.parametrize(
        ("then", "field", "message"),
        [
            ("{evidense: {client_after: 1}}", ".evidense", "has no meaning in this file (did you mean evidence?)"),
            (
                "{guardrail: Take care.}",
                ".guardrail",
                "has no meaning in this file (allowed here: evidence, score, finding)",
            ),
            (
                "{evidence: {team_lead: 1}}",
                ".evidence.team_lead",
                "is none of client_until, client_after, plan_until, plan_after",
            ),
            (
                "{evidence: {client_after: 0}}",
                ".evidence.client_after",
                "gives no points; leave it out",
            ),
            (
                "{evidence: {client_after: much}}",
                ".evidence.client_after",
                "must be a whole number, not 'much'",
            ),
            (
                "{finding: {post_delivery_scope: shortt}}",
                ".finding.post_delivery_scope",
                "'shortt' is none of none, short, continuing (did you mean short?)",
            ),
            (
                "{finding: {post_delivery_scop: short}}",
                ".finding.post_delivery_scop",
                "is no finding concluded here (did you mean post_delivery_scope?)",
            ),
            ("{finding: {staffing: both}}", ".finding.staffing", "is no finding concluded here"),
            ("{finding: {post_delivery_scope: }}", ".finding.post_delivery_scope", "is empty"),
            ("{score: {post_delivery_scope: 1}}", ".score.post_delivery_scope", "is no finding with bands here"),
            ("{}", "", "concludes nothing"),
            ("later", "", "must be a mapping of fields, not a single value"),
        ],
    )
    def test_effects_of_a_topic(self, rulebook: Rulebook, then: str, field: str, message: str) -> None:
        """A rule of a topic concludes findings of that topic, or points for one side, and nothing else."""
        line = plant_rule(rulebook, then=f"    then: {then}") + 4
        assert rulebook.complaints() == [f"{TOPIC}:{line}: rules[planted].then{field}: {message}"]

    @pytest.mark.parametrize(
        ("file", "when", "then", "field", "message"),
        [
            (
                "rules/profiles/team_lead.yaml",
                "model: team_led",
                "look: {role: team_lead, competency: organizing}",
                ".look.competency",
                "'organizing' is no competency (did you mean organising?)",
            ),
            (
                "rules/profiles/team_lead.yaml",
                "model: team_led",
                "look: {role: teamlead, competency: organising}",
                ".look.role",
                "'teamlead' is no role (did you mean team_lead?)",
            ),
            (
                "rules/split.yaml",
                "model: paired",
                "shift: {to: projectmanager, points: 10, phases: [planning]}",
                ".shift.to",
                "'projectmanager' is no role (did you mean project_manager?)",
            ),
            (
                "rules/split.yaml",
                "model: paired",
                "shift: {to: project_manager, points: -10, phases: [planning]}",
                ".shift.points",
                "must be a whole number of at least 1, not '-10'",
            ),
            (
                "rules/split.yaml",
                "model: paired",
                "shift: {to: project_manager, points: 10, phases: [planing]}",
                ".shift.phases",
                "'planing' is no phase (did you mean planning?)",
            ),
            (
                "rules/phases.yaml",
                "stage: planning",
                "leave_out: {phases: [planing], reason: It is past.}",
                ".leave_out.phases",
                "'planing' is no phase (did you mean planning?)",
            ),
            (
                "rules/recommendation/recommendation.yaml",
                "staffing: neither",
                "not_available: [deliverymanager]",
                ".not_available",
                "'deliverymanager' is no role (did you mean delivery_manager?)",
            ),
            ("rules/guardrails/people.yaml", "model: paired", 'guardrail: " "', ".guardrail", "is empty"),
            ("rules/role_sense.yaml", "delivery_manager_means: no_such_role", "sense: ", ".sense", "is empty"),
            (
                "rules/role_sense.yaml",
                "delivery_manager_means: no_such_role",
                "sens: x",
                ".sens",
                "has no meaning in this file (did you mean sense?)",
            ),
        ],
    )
    def test_effects_elsewhere(
        self, rulebook: Rulebook, file: str, when: str, then: str, field: str, message: str
    ) -> None:
        """What a rule of each other file concludes is held against the roles, phases and competencies there are."""
        line = rulebook.add(
            file,
            f"  - id: planted\n    says: A sentence.\n    cites: [KR1]\n    when: {{{when}}}\n    then: {{{then}}}\n",
        )
        assert rulebook.complaints() == [f"{file}:{line + 4}: rules[planted].then{field}: {message}"]

    def test_unknown_field(self, rulebook: Rulebook) -> None:
        """A field that has no meaning is reported, as is the one that is missing for it."""
        line = plant_rule(rulebook, says="    sayz: A sentence.")
        assert rulebook.complaints() == [
            f"{TOPIC}:{line}: rules[planted].says: is missing",
            f"{TOPIC}:{line + 1}: rules[planted].sayz: is no field that is known here (did you mean says?)",
        ]

    def test_nothing_said(self, rulebook: Rulebook) -> None:
        """A rule says what somebody can sign."""
        line = plant_rule(rulebook, says="    says:")
        assert rulebook.complaints() == [f"{TOPIC}:{line + 1}: rules[planted].says: is empty"]

    def test_not_a_rule(self, rulebook: Rulebook) -> None:
        """A list of something other than rules is reported once for each."""
        line = rulebook.add(TOPIC, "  - no rule\n")
        number = len(re.findall(r"^  - id: .*\n    says:", (rulebook.folder / TOPIC).read_text(), re.MULTILINE)) + 1
        assert rulebook.complaints() == [
            f"{TOPIC}:{line}: rules[{number}]: must be a mapping of fields, not a single value"
        ]


class TestTables:
    def test_unknown_variable(self, rulebook: Rulebook) -> None:
        """A table reads questions and findings that exist."""
        line = rulebook.change("rules/role_sense.yaml", "reads: [", "reads: [stag, ")
        assert rulebook.complaints() == [
            f"rules/role_sense.yaml:{line}: reads: 'stag' is no question or finding (did you mean stage?)"
        ]

    def test_findings_come_before_what_reads_them(self, rulebook: Rulebook) -> None:
        """A topic cannot read what is found only later."""
        line = rulebook.change("rules/topics/lifecycle.yaml", "reads: [", "reads: [staffing, ")
        assert rulebook.complaints() == [
            f"rules/topics/lifecycle.yaml:{line}: reads: 'staffing' is no question or finding (did you mean stage?)"
        ]

    def test_read_twice(self, rulebook: Rulebook) -> None:
        """A table names each variable once."""
        line = rulebook.change("rules/role_sense.yaml", "reads: [", "reads: [stage, stage, ")
        assert rulebook.complaints() == [f"rules/role_sense.yaml:{line}: reads: names a variable twice"]

    def test_too_many_reads(self, rulebook: Rulebook) -> None:
        """A table reads few enough variables to be enumerated in full."""
        more = "has_product_owner, has_account_manager, single_contact, regulated, new_technology, gates"
        line = rulebook.change("rules/role_sense.yaml", "reads: [", f"reads: [{more}, ")
        assert rulebook.complaints() == [
            f"rules/role_sense.yaml:{line}: reads: names 7 variables; at most 6 can be enumerated in full"
        ]

    def test_too_many_combinations(self, rulebook: Rulebook, catalog: Catalog) -> None:
        """A table makes at most 20,000 combinations, however few variables it reads."""
        more = ("model", "kind_of_work", "run_paid", "build_paid")
        sizes = {one.id: len(one.domain) for table in catalog.tables() for one in table.reads}
        count = math.prod(sizes[name] for name in (*more, *catalog.role_sense.names))
        line = rulebook.change("rules/role_sense.yaml", "reads: [", f"reads: [{', '.join(more)}, ")
        assert rulebook.complaints() == [
            f"rules/role_sense.yaml:{line}: reads: makes {count:,} combinations; at most 20,000 are allowed"
        ]

    def test_too_many_reads_of_a_row(self, rulebook: Rulebook, catalog: Catalog) -> None:
        """A row of the matrix reads the model and at most five other things."""
        row = next(row for row in catalog.rows if row.id == "resourcing")
        read = ", ".join(row.table.names[1:])
        file = "rules/matrix/planning.yaml"
        line = rulebook.change(file, f"reads: [{read}]", f"reads: [{read}, regulated, risk, vendors, reader]")
        count = len(row.table.names) + 4
        assert (
            f"{file}:{line}: rows[resourcing].reads: names {count} variables; at most 6 can be enumerated in full"
            in (rulebook.complaints())
        )

    @pytest.mark.parametrize("taken", ["profile_project_manager", "schedule", "lifecycle", "recommendation"])
    def test_two_tables_with_one_id(self, rulebook: Rulebook, taken: str) -> None:
        """No two tables, rows or topics have one id: results are remembered by it."""
        rulebook.change("rules/role_sense.yaml", "table: role_sense", f"table: {taken}")
        assert rulebook.complaints() == [f"rules/role_sense.yaml:2: '{taken}' is already the id of a table or row"]


class TestFindings:
    def plant(self, rulebook: Rulebook, finding: str) -> int:
        """Put a finding before the others of a topic; returns its line."""
        return rulebook.change(TOPIC, "findings:\n", f"findings:\n  - {finding}\n") + 1

    @pytest.mark.parametrize(
        ("finding", "field", "message"),
        [
            (
                "{id: planted, text: x, values: {low: l, high: h}, bands: {low: 4, high: 4}}",
                ".bands",
                "must rise from value to value",
            ),
            (
                "{id: planted, text: x, values: {low: l, high: h}, bands: {high: 0, low: 4}}",
                ".bands",
                "must name the finding's values, in order",
            ),
            (
                "{id: planted, text: x, values: {low: l, high: h}, bands: {low: 0, high: 4}, otherwise: low}",
                "",
                "has bands, so `otherwise` has no meaning",
            ),
            (
                "{id: planted, text: x, values: {low: l, high: h}, otherwise: hihg}",
                ".otherwise",
                "'hihg' is none of its values (did you mean high?)",
            ),
            (
                "{id: planted, text: x, values: {low: l, unknown: h}}",
                ".values.unknown",
                "is a word of the product's own; choose another",
            ),
            (
                "{id: planted, text: x, values: {low: l, Very high: h}}",
                ".values.Very high",
                "is no usable value (a-z, 0-9 and _, a letter first, at most 63)",
            ),
            ("{id: planted, text: x, values: {low: l, high: }}", ".values.high", "is empty"),
            ("{id: planted, text: x, values: {low: l}, ordered: yes}", ".ordered", "must be true or false, not 'yes'"),
            ("{id: planted, values: {low: l}}", ".text", "is missing"),
            (
                "{id: stage, text: x, values: {low: l}}",
                ".id",
                "'stage' is already a question or a finding",
            ),
            (
                "{id: lifecycle_scope, text: x, values: {low: l}}",
                ".id",
                "'lifecycle_scope' is already a question or a finding",
            ),
            ("{id: model, text: x, values: {low: l}}", ".id", "'model' is already a question or a finding"),
        ],
    )
    def test_finding(self, rulebook: Rulebook, finding: str, field: str, message: str) -> None:
        """A finding has a name of its own, labelled values, and either a value for silence or rising bands."""
        line = self.plant(rulebook, finding)
        name = re.search(r"id: (\w+)", finding)
        assert name is not None
        assert f"{TOPIC}:{line}: findings[{name[1]}]{field}: {message}" in rulebook.complaints()

    def test_bands_of_the_orientation_rise(self, rulebook: Rulebook) -> None:
        """The bands of the orientation rise too."""
        line = rulebook.change("rules/rulebook.yaml", "task_centric: {at_least: -1000", "task_centric: {at_least: 99")
        assert rulebook.complaints() == [
            f"rules/rulebook.yaml:{line}: orientation.bands: must rise from value to value"
        ]


class TestRows:
    FILE = "rules/matrix/governance.yaml"
    GROUPS = (
        "models: [project_manager, delivery_manager, team_led]",
        "models: [combined, handover, paired, programme]",
    )
    LETTERS = ("{manager: A/R, delivery_team: C}", "{delivery_manager: A, project_manager: R}")

    def plant(
        self, rulebook: Rulebook, groups: tuple[str, str] = GROUPS, letters: tuple[str, str] = LETTERS, rule: str = ""
    ) -> int:
        """Add a row; returns its line. Its two groups follow 4 and 7 lines below, its rule 12 lines below."""
        text = "  - id: planted\n    name: A row\n    cites: [KR1]\n    base:\n" + "".join(
            f"      - {group}\n        letters: {cells}\n        says: A sentence.\n"
            for group, cells in zip(groups, letters, strict=True)
        )
        if rule:
            text += "    reads: [reader]\n    rules:\n"
            text += f"      - {{id: planted_rule, says: A sentence., cites: [KR1], {rule}}}\n"
        return rulebook.add(self.FILE, text)

    def test_the_row_that_mistakes_are_planted_in_is_right(self, rulebook: Rulebook) -> None:
        """The row by itself can be added, so each message below is about the mistake."""
        self.plant(rulebook, rule="when: {model: paired}, then: {letters: {delivery_team: I}}")
        assert "planted" in {row.id for row in rulebook.load().rows}

    @pytest.mark.parametrize(
        ("letters", "field", "message"),
        [
            (
                "{manager: A/R, delivery_teem: C}",
                ".delivery_teem",
                "'delivery_teem' is no role (did you mean delivery_team?)",
            ),
            ("{manager: R/A}", ".manager", "'R/A' is none of R, A, C, I, A/R"),
            ("{manager: a}", ".manager", "'a' is none of R, A, C, I, A/R"),
            ("{manager: [A, R]}", ".manager", "must be a single value, not a list"),
            ("[A]", "", "must be a mapping of fields, not a list"),
        ],
    )
    def test_letters(self, rulebook: Rulebook, letters: str, field: str, message: str) -> None:
        """Cells are given by role, with the letters that a matrix has."""
        line = self.plant(rulebook, letters=(letters, self.LETTERS[1])) + 5
        assert rulebook.complaints() == [f"{self.FILE}:{line}: rows[planted].base[1].letters{field}: {message}"]

    @pytest.mark.parametrize(
        "groups",
        [
            (GROUPS[0], "models: [combined, handover, paired]"),
            (GROUPS[0], "models: [combined, handover, paired, programme, team_led]"),
        ],
        ids=["one missing", "one twice"],
    )
    def test_base_groups_name_each_model_once(
        self, rulebook: Rulebook, catalog: Catalog, groups: tuple[str, str]
    ) -> None:
        """The base letters of a row cover each model once."""
        line = self.plant(rulebook, groups=groups, letters=("{team_lead: A/R}", self.LETTERS[1]))
        assert rulebook.complaints() == [
            f"{self.FILE}:{line}: rows[planted].base: must name each model once: {', '.join(catalog.models)}"
            "; or have one item without `models`, for all of them"
        ]

    def test_unknown_model(self, rulebook: Rulebook, catalog: Catalog) -> None:
        """A model that does not exist is named, and so is the group that lacks the right one."""
        line = self.plant(rulebook, groups=(self.GROUPS[0], "models: [combined, handover, paired, program]"))
        assert rulebook.complaints() == [
            f"{self.FILE}:{line}: rows[planted].base: must name each model once: {', '.join(catalog.models)}"
            "; or have one item without `models`, for all of them",
            f"{self.FILE}:{line + 7}: rows[planted].base[2].models: 'program' is no model (did you mean programme?)",
        ]

    @pytest.mark.parametrize(
        ("when", "models"),
        [
            ("reader: buyer", "combined, handover, paired, programme"),
            ("model: [paired, team_led]", "paired"),
        ],
    )
    def test_manager_is_one_person(self, rulebook: Rulebook, when: str, models: str) -> None:
        """A rule may say `manager` only where every model that it can meet staffs one."""
        line = self.plant(rulebook, rule=f"when: {{{when}}}, then: {{letters: {{manager: A/R}}}}") + 12
        assert rulebook.complaints() == [
            f"{self.FILE}:{line}: rows[planted].planted_rule: "
            f"'manager' is nobody in particular in {models}; name the role"
        ]

    def test_manager_in_a_base_group(self, rulebook: Rulebook) -> None:
        """Base letters of models with two managers name them."""
        line = self.plant(rulebook, letters=(self.LETTERS[0], "{manager: A/R}")) + 7
        assert rulebook.complaints() == [
            f"{self.FILE}:{line}: rows[planted].planted_base_combined: "
            "'manager' is nobody in particular in combined, handover, paired, programme; name the role"
        ]

    def test_a_file_for_each_phase(self, rulebook: Rulebook) -> None:
        """The rows in a file belong to the phase that the file is called after."""
        line = rulebook.change(self.FILE, "phase: governance", "phase: planning")
        assert rulebook.complaints() == [f"{self.FILE}:{line}: phase: must be governance, as the file is called"]


class TestModelsRolesPhases:
    @pytest.mark.parametrize(
        ("file", "old", "new", "field", "message"),
        [
            (
                "rules/models.yaml",
                "initiation: {project_manager: 100}",
                "initiation: {project_manager: 90}",
                "models[project_manager].shares.initiation",
                "must add to 100",
            ),
            (
                "rules/models.yaml",
                "initiation: {project_manager: 100}",
                "initiation: {team_lead: 100}",
                "models[project_manager].shares.initiation",
                "must give a share to project_manager, and to nobody else",
            ),
            (
                "rules/models.yaml",
                "initiation: {project_manager: 100}",
                "initiation: {project_manager: all}",
                "models[project_manager].shares.initiation.project_manager",
                "must be a whole number of at least 0, not 'all'",
            ),
            (
                "rules/models.yaml",
                "staffs: [project_manager]",
                "staffs: [project_manager, teamlead]",
                "models[project_manager].staffs",
                "'teamlead' is no role (did you mean team_lead?)",
            ),
            ("rules/phases.yaml", "weight: 10", "weight: 11", "phases", "weights must add to 100"),
            (
                "rules/phases.yaml",
                "weight: 10",
                "weight: ten",
                "phases[initiation].weight",
                "must be a whole number of at least 0, not 'ten'",
            ),
            (
                "rules/roles.yaml",
                "manager: true",
                "manager: yes",
                "roles[delivery_manager].manager",
                "must be true or false, not 'yes'",
            ),
            (
                "rules/roles.yaml",
                "absent_when: {has_suppliers: no}",
                "absent_when: {has_suppliers: no, has_supplier: no}",
                "roles[suppliers].absent_when.has_supplier",
                "is not read here (did you mean has_suppliers?)",
            ),
            (
                "rules/rulebook.yaml",
                "usual_counts: 3",
                "usual_counts: 0",
                "outlook.usual_counts",
                "must be a whole number of at least 1, not '0'",
            ),
        ],
    )
    def test_value(self, rulebook: Rulebook, file: str, old: str, new: str, field: str, message: str) -> None:
        """Shares and weights add to 100, and names are those of roles, phases and findings."""
        rulebook.change(file, old, new)
        said = rulebook.complaints()
        assert any(re.fullmatch(rf"{file}:\d+: {re.escape(f'{field}: {message}')}", line) for line in said), said

    @pytest.mark.parametrize(
        ("file", "entry", "what"),
        [
            ("rules/roles.yaml", "{id: delivery_team, name: The same again}", "a role"),
            ("rules/claims.yaml", "{id: KR1, section: x, text: x, bears_on: x}", "a claim"),
            ("rules/competencies.yaml", "{id: organising, text: x, cites: [KR1]}", "a competency"),
        ],
    )
    def test_given_twice(self, rulebook: Rulebook, file: str, entry: str, what: str) -> None:
        """Nothing is given twice, where one would silently replace the other."""
        line = rulebook.add(file, f"  - {entry}\n")
        name = entry[5:].split(",")[0]
        list_name = Path(file).stem
        assert rulebook.complaints() == [f"{file}:{line}: {list_name}[{name}].id: '{name}' is already {what}"]

    def test_phase_given_twice(self, rulebook: Rulebook) -> None:
        """A phase stands in the list once."""
        line = rulebook.change("rules/phases.yaml", "{id: planning,", "{id: initiation,")
        expected = f"rules/phases.yaml:{line}: phases[initiation].id: 'initiation' is already a phase"
        assert expected in rulebook.complaints()

    def test_model_given_twice(self, rulebook: Rulebook) -> None:
        """A model stands in the list once."""
        line = rulebook.change("rules/models.yaml", "- id: team_led", "- id: programme")
        assert f"rules/models.yaml:{line}: models[programme].id: 'programme' is already a model" in (
            rulebook.complaints()
        )


class TestQuestionnaires:
    FILE = "questionnaires/engagement.yaml"

    USUAL = 'usual: {answer: a, reason: "PRACTICE: x"}'

    def plant(self, rulebook: Rulebook, question: str) -> int:
        return rulebook.add(
            self.FILE, f"  - {{section: S, text: T, help: H, why: W, cites: [KR1], {question}, {self.USUAL}}}\n"
        )

    @pytest.mark.parametrize(
        ("question", "name", "field", "message"),
        [
            ("id: stage, options: {a: A, b: B}", "stage", "id", "'stage' is already a question"),
            ("id: model, options: {a: A, b: B}", "model", "id", "'model' is already a finding"),
            ("id: planted, options: {a: A}", "planted", "options", "must have at least two options"),
            ("id: planted, options: {a: A, b: }", "planted", "options.b", "is empty"),
            (
                "id: planted, options: {a: A, unanswered: B}",
                "planted",
                "options.unanswered",
                "is a word of the product's own; choose another",
            ),
            (
                "id: planted, options: {a: A, Twice-a-week: B}",
                "planted",
                "options.Twice-a-week",
                "is no usable value (a-z, 0-9 and _, a letter first, at most 63)",
            ),
            (
                "id: planted, options: {a: A, b: B}, when: {risk: hihg}",
                "planted",
                "when.risk",
                "'hihg' is none of low, medium, high (did you mean high?)",
            ),
            (
                "id: planted, options: {a: A, b: B}, when: {zzzzzz: a}",
                "planted",
                "when.zzzzzz",
                "is not read here (read here: {earlier})",
            ),
            (
                "id: planted, option: {a: A, b: B}",
                "planted",
                "option",
                "is no field that is known here (did you mean options?)",
            ),
        ],
    )
    def test_question(
        self, rulebook: Rulebook, catalog: Catalog, question: str, name: str, field: str, message: str
    ) -> None:
        """A question has a name of its own, at least two options that rules can read, and looks back only."""
        line = self.plant(rulebook, question)
        said = message.format(earlier=", ".join(catalog.questions))
        assert f"{self.FILE}:{line}: questions[{name}].{field}: {said}" in rulebook.complaints()

    @pytest.mark.parametrize(
        ("entry", "message"),
        [
            ("client_contcat", "'client_contcat' is no question (did you mean client_contact?)"),
            ("stage", "names a question twice"),
        ],
    )
    def test_selection(self, rulebook: Rulebook, entry: str, message: str) -> None:
        """A shorter questionnaire picks from the questions that there are, each once."""
        rulebook.write(
            "questionnaires/short.yaml", f"questionnaire: short\ntitle: T\nquestions:\n  - stage\n  - {entry}\n"
        )
        assert rulebook.complaints() == [f"questionnaires/short.yaml:5: questions: {message}"]

    def test_two_with_one_name(self, rulebook: Rulebook) -> None:
        """Each questionnaire has a name of its own."""
        rulebook.write("questionnaires/short.yaml", "questionnaire: quick\ntitle: T\nquestions: [stage]\n")
        assert rulebook.complaints() == [
            "questionnaires/short.yaml:1: questionnaire: 'quick' is already a questionnaire"
        ]


class TestUsual:
    """What is taken for granted is an option of the question, hangs on an earlier one at most, and has a reason."""

    FILE = TestQuestionnaires.FILE

    @pytest.mark.parametrize(
        ("more", "field", "message"),
        [
            ("", "usual", "is missing"),
            ("usual: a", "usual", "must be a mapping of fields, not a single value"),
            ('usual: {reason: "PRACTICE: x"}', "usual.answer", "is missing"),
            ("usual: {answer: a}", "usual.reason", "is missing"),
            ("usual: {answer: a, reason: because}", "usual.reason", "must be 'PRACTICE: why', or a list of claims and"),
            ("usual: {answer: a, reason: [XX9]}", "usual.reason", "'XX9' is no claim"),
            ('usual: {answer: c, reason: "PRACTICE: x"}', "usual.answer", "'c' is none of a, b"),
            (
                'usual: {answer: a, by: {stag: {planning: b}}, reason: "PRACTICE: x"}',
                "usual.by.stag",
                "is no earlier question (did you mean stage?)",
            ),
            (
                'usual: {answer: a, by: {stage: {planing: b}}, reason: "PRACTICE: x"}',
                "usual.by.stage.planing",
                "is no option of stage (did you mean planning?)",
            ),
            (
                'usual: {answer: a, by: {stage: {planning: c}}, reason: "PRACTICE: x"}',
                "usual.by.planning",
                "'c' is none of a, b",
            ),
            (
                'usual: {answer: a, by: {stage: {planning: b}, risk: {low: b}}, reason: "PRACTICE: x"}',
                "usual.by",
                "must name one earlier question",
            ),
            (
                'several: true, usual: {answer: a, reason: "PRACTICE: x"}',
                "usual.answer",
                "must be a list, not a single value",
            ),
            (
                'several: true, usual: {answer: [c], reason: "PRACTICE: x"}',
                "usual.answer",
                "'c' is none of a, b",
            ),
            (
                'usual: {answer: a, reason: "PRACTICE: x"}, replaces: {before: {old: c}}',
                "replaces.before.old",
                "'c' is none of a, b",
            ),
            (
                'usual: {answer: a, reason: "PRACTICE: x"}, alike: [{options: [a], reason: "PRACTICE: x"}]',
                "alike[1].options",
                "must name two options or more, each once",
            ),
        ],
    )
    def test_usual(self, rulebook: Rulebook, more: str, field: str, message: str) -> None:
        line = rulebook.add(
            self.FILE,
            "  - {id: planted, section: S, text: T, help: H, why: W, cites: [KR1], options: {a: A, b: B}"
            + (f", {more}" if more else "")
            + "}\n",
        )
        said = rulebook.complaints()
        assert any(one.startswith(f"{self.FILE}:{line}: questions[planted].{field}: {message}") for one in said), said


class TestPolicies:
    """Levels, caps, weights of assumptions, steps, and what there is in people and money."""

    @pytest.mark.parametrize(
        ("file", "old", "new", "field", "message"),
        [
            ("levels.yaml", "some: {at_least: 6", "some: {at_least: 0", "levels", "must rise from value to value"),
            ("levels.yaml", "none: {at_least: 0", "none: {at_least: 1", "levels", "must have a level for no points"),
            ("levels.yaml", "days: [1.5, 3]", "days: [3, 1.5]", "levels.part.days", "must not fall"),
            ("levels.yaml", "days: [4, 5]", "days: [0, 5]", "levels.full.days", "must not fall"),
            ("levels.yaml", "days: [4, 5]", "days: [4]", "levels.full.days", "must be 2 numbers such as 0.5 or 3"),
            ("levels.yaml", "{level: none", "{level: non", "client_until.caps[1].level", "'non' is none of"),
            ("levels.yaml", "{level: none", "{level: more", "client_until.caps[1].level", "'more' is the highest"),
            (
                "levels.yaml",
                "plan_shape: none}",
                "plan_shap: none}",
                "client_until.caps[1].when.plan_shap",
                "is not read",
            ),
            ("levels.yaml", "plan_after:\n", "plan_afte:\n", "plan_after", "is missing"),
            (
                "rulebook.yaml",
                "likely_from_percent: 70",
                "likely_from: 70",
                "outlook.likely_from_percent",
                "is missing",
            ),
            (
                "rulebook.yaml",
                "  staffing:\n",
                "  stafing:\n",
                "can_staff.stafing",
                "is no finding (did you mean staffing?)",
            ),
            ("rulebook.yaml", "    neither: {free", "    nether: {free", "can_staff.staffing", "must name both,"),
            (
                "rulebook.yaml",
                "{free: [project_manager]",
                "{free: [team_lead]",
                "can_staff.staffing.project_manager_only.free",
                "'team_lead' is neither",
            ),
            (
                "rulebook.yaml",
                "paid: 0",
                "paid: none",
                "can_staff.staffing.neither.paid",
                "must be a whole number of at least 0",
            ),
            (
                "models.yaml",
                "plan_shape: clashing",
                "plan_shape: clash",
                "models[programme].only_when.plan_shape",
                "'clash' is none of",
            ),
            (
                "recommendation/plan_need.yaml",
                "plan_until: none, plan_after: none",
                "plan_until: nun, plan_after: none",
                "rules[plan_need_none].when.plan_until",
                "'nun' is none of",
            ),
        ],
    )
    def test_policy(self, rulebook: Rulebook, file: str, old: str, new: str, field: str, message: str) -> None:
        rulebook.change(f"rules/{file}", old, new)
        said = rulebook.complaints()
        assert any(
            re.match(rf"rules/[\w/]+\.yaml(:\d+)?: {re.escape(f'{field}: ' if field else '')}{re.escape(message)}", one)
            for one in said
        ), said


class TestFiles:
    @pytest.mark.parametrize("name", ["split.yaml", "claims.yaml", "topics/lifecycle.yaml", "matrix/planning.yaml"])
    def test_missing(self, rulebook: Rulebook, name: str) -> None:
        """A file that the rulebook needs and does not have is named."""
        (rulebook.folder / "rules" / name).unlink()
        (said,) = rulebook.complaints()
        assert said.endswith(f"rules/{name}: no such file")

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "rules/rulebook.yaml:1: must hold one YAML document, not 0"),
            ("title: a\n---\ntitle: b\n", "rules/rulebook.yaml:1: must hold one YAML document, not 2"),
            ("- a\n", "rules/rulebook.yaml:1: must be a mapping of fields, not a list"),
            ("title: a\n\ttopics: []\n", "rules/rulebook.yaml:2: a tab is used for indentation; YAML wants spaces"),
        ],
        ids=["empty", "two documents", "list", "tab"],
    )
    def test_not_readable(self, rulebook: Rulebook, text: str, message: str) -> None:
        """A file of the rulebook is one mapping; when it is not, nothing that follows from it is reported."""
        rulebook.write("rules/rulebook.yaml", text)
        assert rulebook.complaints() == [message]

    @pytest.mark.parametrize(
        "file",
        [
            "rules/topics/extra.yaml",
            "rules/matrix/extra.yaml",
            "rules/guardrails/extra.yml",
            "rules/extra.yaml",
            "questionnaires/extra.yml",
        ],
    )
    def test_not_read(self, rulebook: Rulebook, file: str) -> None:
        """A file that nothing reads is reported: its rules would never be heard."""
        rulebook.write(file, "table: extra\n")
        assert rulebook.complaints() == [
            f"{file}: is not read: topics must be listed in rulebook.yaml,"
            " rows stand in a file for each phase, names end in .yaml"
        ]

    def test_no_folder(self, tmp_path: Path) -> None:
        """A folder without a rulebook is reported by the first file that is missing."""
        with pytest.raises(InputError) as caught:
            load_catalog(tmp_path, tmp_path)
        assert str(caught.value).endswith(f"{tmp_path.name}/claims.yaml: no such file")


def test_several_mistakes_are_reported_together(rulebook: Rulebook) -> None:
    """Mistakes in several files come in one report, sorted by file and line."""
    guardrail = rulebook.add("rules/guardrails/people.yaml", "    planted: x\n")
    topic = plant_rule(rulebook, cites="    cites: [RF11]", when="    when: {post_delivery: warrant}")
    sense = rulebook.change("rules/role_sense.yaml", "reads: [", "reads: [stag, ")
    said = [re.sub(r"\[.*?\]", "[]", line) for line in rulebook.complaints()]
    assert [line.split(": ")[0] for line in said] == [
        f"rules/guardrails/people.yaml:{guardrail}",
        f"rules/role_sense.yaml:{sense}",
        f"{TOPIC}:{topic + 2}",
        f"{TOPIC}:{topic + 3}",
    ]
