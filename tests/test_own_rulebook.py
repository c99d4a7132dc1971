"""Rulebooks of one's own: two that lie in examples/rulebooks, what extending means, and what mistakes in them say."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from advisor import reference
from advisor.advise import advise
from advisor.advise.evaluator import Evaluator
from advisor.catalog.engagements import read_engagement
from advisor.catalog.own import catalog_at, catalog_for
from advisor.documents import render
from advisor.errors import InputError
from advisor.model.rulebook import Catalog
from advisor.model.rules import SIDES, Letters
from advisor.verify.checks import check
from advisor.verify.mutate import mutants
from advisor.verify.proof import prove
from advisor.verify.scenarios import Scenario, failures, read_scenarios
from advisor.verify.watch import Watch
from tests.conftest import EXAMPLES, Run

pytestmark = pytest.mark.usefixtures("in_one_process")

FIRM = EXAMPLES / "rulebooks" / "staffing-firm"
PUBLIC = EXAMPLES / "rulebooks" / "agile-public-sector"
BOTH = [pytest.param(FIRM, id="staffing-firm"), pytest.param(PUBLIC, id="agile-public-sector")]
HARBOUR = FIRM / "examples" / "harbour-payments.yaml"
PARKING = PUBLIC / "examples" / "parking-permits.yaml"


def scenarios_of(folder: Path) -> list[Scenario]:
    files = sorted((folder / "scenarios").glob("*.yaml"))
    return [one for file in files for one in read_scenarios(file, folder / "examples", catalog_at(folder))]


def letters(catalog: Catalog) -> set[str]:
    """Every letter that a row can give."""
    effects = [one for row in catalog.rows for rule in row.table.rules for one in rule.effects]
    return {text for one in effects if isinstance(one, Letters) for text in one.cells.values()}


class Own:
    """A rulebook in a folder `ours`, seen from the working folder, to be changed in a test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> int:
        """Put `new` for the first `old` in a file; returns its line."""
        text = (self.folder / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))
        return text[: text.index(old)].count("\n") + 1

    def load(self) -> Catalog:
        return catalog_at(self.folder)

    def complaints(self) -> list[str]:
        with pytest.raises(InputError) as caught:
            self.load()
        return [str(problem) for problem in caught.value.problems]


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def firm(workplace: Path) -> Own:
    """A copy of the staffing firm's rulebook."""
    shutil.copytree(FIRM, workplace / "ours")
    return Own(Path("ours"))


@pytest.fixture
def extending(workplace: Path) -> Own:
    """A rulebook that extends the shipped one and changes nothing."""
    own = Own(Path("ours"))
    own.write("rulebook.yaml", "extends: standard\n")
    return own


class TestBoth:
    @pytest.mark.parametrize("scenario", [*scenarios_of(FIRM), *scenarios_of(PUBLIC)], ids=lambda one: one.title)
    def test_scenario(self, scenario: Scenario) -> None:
        """What their own people signed is what their rulebook advises."""
        folder = FIRM if str(FIRM) in scenario.source.file else PUBLIC
        missed = list(failures(scenario, advise(catalog_at(folder), scenario.engagement)))
        assert not missed, "\n".join(missed)

    @pytest.mark.parametrize("folder", BOTH)
    def test_examples_name_it(self, folder: Path) -> None:
        """Each example says `rulebook: ..`, seen from where it lies, and its advice carries that rulebook's digest."""
        for path in (folder / "examples").glob("*.yaml"):
            known = catalog_for(path.read_bytes(), path)
            assert advise(known, read_engagement(path, known)).digest == catalog_at(folder).digest

    def test_is_held_by_scenarios_of_its_own(self) -> None:
        """A whole rulebook needs many; one that changes a little needs some for that little."""
        assert len(scenarios_of(FIRM)) >= 20
        assert len(scenarios_of(PUBLIC)) >= 5


class TestStaffingFirm:
    def test_is_proven_through_the_rules_engine(self) -> None:
        """Every combination of every table, in about a second; CI proves the larger ones by `advisor rules verify`."""
        sections = list(prove(catalog_at(FIRM)))
        assert [str(fault) for section in sections for fault in section.faults] == []
        assert len({section.promise for section in sections}) == len(sections)

    def test_every_mutant_is_noticed(self) -> None:
        """Its scenarios hold every rule, weight, band, share and limit in place."""
        watch = Watch(catalog_at(FIRM), scenarios_of(FIRM))
        assert watch.failing == []
        assert [rule for rule, count in watch.fired().items() if not count] == []
        assert [one.what for one in mutants(catalog_at(FIRM)) if not watch.notices(one)] == []

    def test_shares_nothing_with_ours(self, catalog: Catalog) -> None:
        """Claims, questions, models, phases and rows are the firm's; of the roles, the two sides keep their ids."""
        own = catalog_at(FIRM)
        assert not set(own.claims) & set(catalog.claims)
        assert not set(own.models) & set(catalog.models)
        assert not {row.id for row in own.rows} & {row.id for row in catalog.rows}
        assert not {rule.id for rule in own.rules()} & {rule.id for rule in catalog.rules()}
        assert set(own.roles) & set(catalog.roles) == set(SIDES)
        assert [own.roles[side].name for side in SIDES] == ["Account manager", "Placement lead"]

    def test_its_examples_show_each_of_its_models(self) -> None:
        """Three ways to run a placement, three examples."""
        own = catalog_at(FIRM)
        files = (FIRM / "examples").glob("*.yaml")
        assert {advise(own, read_engagement(one, own)).recommendation.model for one in files} == set(own.models)

    @pytest.mark.parametrize("document", ["raci", "advice"])
    @pytest.mark.parametrize("form", ["markdown", "html"])
    def test_documents_speak_its_language(self, document: str, form: str) -> None:
        """Columns and sources carry the firm's names, and nothing of ours shows through."""
        own = catalog_at(FIRM)
        made = render(advise(own, read_engagement(FIRM / "examples" / "museum-tills.yaml", own)), form, document)
        assert "Placement lead" in made
        for foreign in ("elivery manager", "roject manager", "article", "A/R"):
            assert foreign not in made

    def test_practice_is_beyond_its_own_document(self) -> None:
        """What no claim says is said to go beyond what the claims come from, as claims.yaml calls it."""
        own = catalog_at(FIRM)
        made = render(advise(own, read_engagement(FIRM / "examples" / "museum-tills.yaml", own)), "text", "advice")
        assert "practice" in made
        assert own.claims_from == 'our handbook "How we work", edition of 2027'

    def test_role_sense_is_its_own_question(self) -> None:
        """What a title means is the answer to the first question that its role_sense.yaml reads."""
        own = catalog_at(FIRM)
        assert advise(own, read_engagement(HARBOUR, own)).role_sense.means == "split_desk"


class TestAgilePublicSector:
    def test_adds_to_ours(self, catalog: Catalog) -> None:
        """A question, a questionnaire, a row and guardrails come on top; all that is ours is there."""
        own = catalog_at(PUBLIC)
        assert set(own.questions) - set(catalog.questions) == {"assessment"}
        assert set(own.questionnaires) - set(catalog.questionnaires) == {"public_service"}
        assert {row.id for row in own.rows} - {row.id for row in catalog.rows} == {"service_assessment"}
        assert {table.id for table in own.guardrails} - {table.id for table in catalog.guardrails} == {
            "guardrails_assessment"
        }
        assert {rule.id for rule in catalog.rules()} <= {rule.id for rule in own.rules()}

    def test_names_roles_anew(self) -> None:
        """The same columns under the names that people there carry."""
        own = catalog_at(PUBLIC)
        made = render(advise(own, read_engagement(PARKING, own)), "text", "raci")
        assert "Service owner" in made
        assert "Senior responsible owner" in made


class TestExtending:
    def test_what_is_missing_is_ours(self, extending: Own, catalog: Catalog) -> None:
        """A rulebook.yaml that only extends is our rulebook, under a digest of its own."""
        own = extending.load()
        assert [rule.id for rule in own.rules()] == [rule.id for rule in catalog.rules()]
        assert own.title == catalog.title
        assert own.digest != catalog.digest

    def test_fields_of_rulebook_yaml_one_by_one(self, extending: Own, catalog: Catalog) -> None:
        """A field that is given replaces ours as a whole; the others stay."""
        extending.write("rulebook.yaml", "extends: standard\ntitle: Ours\nmonotone: {project_manager: [risk]}\n")
        own = extending.load()
        assert own.title == "Ours"
        assert own.monotone == (("risk", "project_manager"),)
        assert own.bands == catalog.bands

    def test_a_file_replaces_ours_of_that_name(self, extending: Own) -> None:
        """A file with rules left out takes a whole table of ours away."""
        extending.write("guardrails/method.yaml", "table: guardrails_method\ntitle: None of it\nreads: [model]\n")
        tables = {table.id: table for table in extending.load().guardrails}
        assert tables["guardrails_method"].rules == ()
        assert tables["guardrails_people"].rules

    def test_a_questionnaire_lists_known_questions(self, extending: Own) -> None:
        """Ids of our questions can be asked in an order of one's own."""
        extending.write("questionnaires/brief.yaml", "questionnaire: brief\ntitle: Two\nquestions: [stage, risk]\n")
        assert [one.id for one in extending.load().questionnaires["brief"].questions] == ["stage", "risk"]

    def test_without_extending_nothing_is_ours(self, extending: Own) -> None:
        """Each file that is not there is missed, at the place where it would lie."""
        extending.write("rulebook.yaml", "title: Ours\n")
        assert extending.complaints() == ["ours/claims.yaml: no such file"]

    def test_only_ours_can_be_extended(self, extending: Own) -> None:
        """`extends` knows one word."""
        extending.write("rulebook.yaml", "title: Ours\nextends: ../theirs\n")
        shutil.copy(FIRM / "claims.yaml", "ours/claims.yaml")
        shutil.copytree(FIRM / "questionnaires", "ours/questionnaires")
        assert (
            "ours/rulebook.yaml:2: extends: '../theirs' is no rulebook; only standard can be extended"
            in extending.complaints()
        )

    def test_the_same_wherever_it_lies(self, firm: Own) -> None:
        """The digest is of what is written, not of where."""
        assert firm.load().digest == catalog_at(FIRM).digest


class TestLetters:
    def test_forbidden(self, firm: Own) -> None:
        """With `a_and_r_in_one_cell: forbidden`, whoever answers never does the work, and A/R is an error."""
        assert letters(catalog_at(FIRM)) == {"R", "A", "C", "I"}
        line = firm.change("matrix/search.yaml", "{manager: A, sourcing_desk: R}", "{manager: A/R}")
        assert firm.complaints() == [
            f"ours/matrix/search.yaml:{line}: rows[find_candidates].base[1].letters.manager:"
            " 'A/R' is none of R, A, C, I"
        ]

    def test_allowed_unless_forbidden(self, firm: Own) -> None:
        """It is what our own rulebook allows, and what holds where nothing is said."""
        firm.change("rulebook.yaml", "a_and_r_in_one_cell: forbidden\n", "")
        firm.change("matrix/search.yaml", "{manager: A, sourcing_desk: R}", "{manager: A/R}")
        assert "A/R" in letters(firm.load())

    def test_our_rows_do_not_forbid(self, extending: Own) -> None:
        """Who extends ours and forbids has to write all rows anew: the complaints name our files."""
        extending.write("rulebook.yaml", "extends: standard\na_and_r_in_one_cell: forbidden\n")
        assert {one.split("/")[0] for one in extending.complaints()} == {"rules"}

    def test_nothing_between(self, extending: Own) -> None:
        """There are two policies."""
        extending.write("rulebook.yaml", "extends: standard\na_and_r_in_one_cell: perhaps\n")
        assert (
            "ours/rulebook.yaml:2: a_and_r_in_one_cell: 'perhaps' is neither allowed nor forbidden"
            in extending.complaints()
        )


class TestMistakes:
    def test_file_and_line_as_given(self, firm: Own) -> None:
        """A mistake is named by the path that was given."""
        line = firm.change("topics/demand.yaml", "{skills: scarce}", "{skils: scarce}")
        assert firm.complaints() == [
            f"ours/topics/demand.yaml:{line}: rules[search_needed].when.skils: is not read here (did you mean skills?)"
        ]

    def test_file_and_line_from_the_engagement(self, firm: Own, run: Run) -> None:
        """Through `rulebook: ..` the path leads from the engagement file to the rulebook, without detours."""
        line = firm.change("topics/demand.yaml", "{skills: scarce}", "{skils: scarce}")
        outcome = run("advise", "ours/examples/harbour-payments.yaml")
        assert outcome.code == 1
        assert outcome.err.startswith(f"ours/topics/demand.yaml:{line}: ")

    def test_a_mistake_that_lies_in_ours(self, extending: Own) -> None:
        """What no longer fits in a file or field of ours is named as ours."""
        extending.write("questionnaires/engagement.yaml", "questionnaire: engagement\ntitle: None\nquestions: []\n")
        complaints = extending.complaints()
        assert any(one.startswith("rules/topics/lifecycle.yaml:") for one in complaints)
        assert any(one.startswith("rules/rulebook.yaml:") and "monotone" in one for one in complaints)

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("nowhere", "portal.yaml:2: rulebook: 'nowhere' is no folder, seen from ."),
            ("portal.yaml", "portal.yaml:2: rulebook: 'portal.yaml' is no folder, seen from ."),
            ("empty", "empty: has no rulebook.yaml, so it is no rulebook"),
            ("[ours]", "portal.yaml:2: rulebook: must be a single value, not a list"),
        ],
    )
    def test_no_such_rulebook(self, workplace: Path, run: Run, name: str, said: str) -> None:
        """`rulebook:` names a folder that is one."""
        (workplace / "empty").mkdir()
        Path("portal.yaml").write_text(f"answers: {{}}\nrulebook: {name}\n", encoding="utf-8")
        outcome = run("advise", "portal.yaml")
        assert (outcome.code, outcome.err) == (1, f"{said}\n")

    @pytest.mark.parametrize("nothing", ["", "null", "~"])
    def test_none_named(self, workplace: Path, run: Run, nothing: str) -> None:
        """A `rulebook:` with nothing behind it is ours."""
        Path("portal.yaml").write_text(f"answers: {{}}\nrulebook: {nothing}\n", encoding="utf-8")
        assert run("advise", "portal.yaml").code == 0

    def test_no_such_folder(self, workplace: Path, run: Run) -> None:
        """`--rulebook` names one too."""
        outcome = run("rules", "check", "--rulebook", "nowhere")
        assert (outcome.code, outcome.err) == (1, "nowhere: no such folder\n")

    def test_two_in_one_file(self, workplace: Path, run: Run) -> None:
        """The documents of a file are read with one rulebook; another one is a mistake, none is the same."""
        text = f"rulebook: {FIRM}\nanswers: {{}}\n---\nanswers: {{}}\n"
        Path("two.yaml").write_text(text, encoding="utf-8")
        assert run("batch", "two.yaml", "-o", "out").code == 0
        Path("two.yaml").write_text(f"{text}---\nrulebook: other\nanswers: {{}}\n", encoding="utf-8")
        outcome = run("batch", "two.yaml", "-o", "out")
        assert outcome.code == 1
        assert outcome.err.startswith("two.yaml:6: rulebook: ")

    def test_two_sides_of_evidence(self, firm: Own) -> None:
        """Whatever they are called, both sides that evidence speaks for have a role."""
        firm.change("roles.yaml", "id: project_manager", "id: placement_lead")
        said = "must have project_manager, with manager: true: evidence speaks for it (name it freely)"
        assert f"ours/roles.yaml:3: roles: {said}" in firm.complaints()

    def test_monotone_is_about_a_side(self, firm: Own) -> None:
        """A promise about points names one of the two sides."""
        line = firm.change("rulebook.yaml", "  delivery_manager: [client_h", "  account_manager: [client_h")
        assert firm.complaints() == [
            f"ours/rulebook.yaml:{line}: monotone.account_manager: is neither delivery_manager nor project_manager"
        ]

    def test_topics_read_answers(self, firm: Own) -> None:
        """A topic cannot read what another one found."""
        line = firm.change("topics/account.yaml", "reads: [client_history,", "reads: [demand, client_history,")
        assert firm.complaints() == [
            f"ours/topics/account.yaml:{line}: reads: 'demand' is a finding; topics read answers only"
        ]

    def test_no_questionnaire(self, firm: Own) -> None:
        """A rulebook has to ask something."""
        shutil.rmtree(firm.folder / "questionnaires")
        assert "ours/questionnaires: holds no questionnaire" in firm.complaints()

    def test_faults_have_their_place(self, firm: Own) -> None:
        """What the check finds is named by the same path, down to the claim that nobody cites."""
        line = firm.change(
            "claims.yaml", "  - id: HS12", "  - {id: HS0, section: s, text: T., bears_on: it}\n  - id: HS12"
        )
        faults = [str(fault) for fault in check(firm.load(), Evaluator(reference.fire))]
        assert faults == [f"ours/claims.yaml:{line}: no rule cites HS0 [uncited claim]"]


class TestCommands:
    @pytest.mark.parametrize("folder", BOTH)
    @pytest.mark.parametrize(
        ("arguments", "shown"),
        [
            (("rules", "check"), "no fault"),
            (("rules", "list"), "rules in"),
            (("rules", "list", "--claims"), "0 without a rule"),
            (("rules", "docs"), "Service owner|Placement lead"),
            (("schema", "engagement"), '"assessment"|"start_together"'),
        ],
        ids=lambda one: "-".join(one) if isinstance(one, tuple) else "",
    )
    def test_looks_at_it(self, run: Run, folder: Path, arguments: tuple[str, ...], shown: str) -> None:
        """Each command that looks at a rulebook takes `--rulebook`."""
        outcome = run(*arguments, "--rulebook", folder)
        assert outcome.code == 0
        assert any(one in outcome.out for one in shown.split("|"))

    @pytest.mark.parametrize("folder", BOTH)
    def test_tries_its_scenarios(self, run: Run, folder: Path) -> None:
        """`rules test` finds the examples that scenarios start from beside them."""
        outcome = run("rules", "test", folder / "scenarios", "--rulebook", folder)
        assert outcome.code == 0
        assert outcome.err == ""

    def test_proves_and_covers_it(self, run: Run) -> None:
        """`verify` and `coverage` end well on the staffing firm's."""
        assert run("rules", "verify", "--rulebook", FIRM).code == 0
        assert run("rules", "coverage", FIRM / "scenarios", "--rulebook", FIRM).code == 0

    def test_coverage_wants_scenarios_that_hold(self, firm: Own, run: Run) -> None:
        """A scenario that fails anyway is said, whatever is noticed."""
        firm.change("scenarios/requests.yaml", "model: account_manager_alone", "model: shared_desk")
        outcome = run("rules", "coverage", "ours/scenarios", "--rulebook", "ours")
        assert outcome.code == 1
        assert "model is account_manager_alone, expected shared_desk" in outcome.err

    def test_new_names_it(self, firm: Own, run: Run) -> None:
        """A blank engagement says whose questions it holds, and is read with them from then on."""
        assert run("new", "sub/blank.yaml", "--rulebook", "ours").code == 0
        assert 'questionnaire: placement\nrulebook: "../ours"\n' in Path("sub/blank.yaml").read_text(encoding="utf-8")
        assert "How does your office work?" in Path("sub/blank.yaml").read_text(encoding="utf-8")
        assert "Leave it with the account manager" in run("advise", "sub/blank.yaml").out

    def test_new_with_a_questionnaire_of_its_own(self, firm: Own, run: Run) -> None:
        """`--questionnaire` takes the rulebook's questionnaires, and no others."""
        assert run("new", "blank.yaml", "--rulebook", "ours", "--questionnaire", "short").code == 0
        outcome = run("new", "other.yaml", "--rulebook", "ours", "--questionnaire", "quick")
        assert outcome.code == 2
        assert "no questionnaire 'quick' (known: placement, short)" in outcome.err

    def test_ask_with_a_questionnaire_of_its_own(self, firm: Own, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        """`ask` puts the rulebook's questions, of a new file and of one that names it, and no others."""
        texts = [one.text for one in firm.load().questions.values()]
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
        new = ("--name", "A", "--client", "B")
        begun = run("ask", "a.yaml", "--rulebook", "ours", "--questionnaire", "short", *new).out
        assert "Six questions for the first call" in begun
        assert any(text in begun for text in texts)
        assert "questionnaire: short\n\nrulebook: ours\n" in Path("a.yaml").read_text(encoding="utf-8")
        continued = run("ask", "a.yaml", "--questionnaire", "placement").out
        assert any(text in continued for text in texts)
        assert "questionnaire: placement\n" in Path("a.yaml").read_text(encoding="utf-8")
        assert run("ask", "a.yaml", "--questionnaire", "engagement").code == 2
        assert run("ask", "b.yaml", "--questionnaire", "placement", *new).code == 2

    def test_what_is_given_wins_over_what_is_named(self, firm: Own, run: Run) -> None:
        """`--rulebook` tries an engagement with another rulebook than its own."""
        firm.change("rulebook.yaml", "version: 1.3.0", "version: next")
        named = json.loads(run("advise", "--format", "json", HARBOUR).out)
        given = json.loads(run("advise", "--format", "json", HARBOUR, "--rulebook", "ours").out)
        assert (named["rulebook"]["version"], given["rulebook"]["version"]) == ("1.3.0", "next")

    def test_documents(self, workplace: Path, run: Run) -> None:
        """Engagements of several rulebooks can be written in one run, each by its own."""
        outcome = run("raci", HARBOUR, PARKING, EXAMPLES / "acme-portal.yaml", "-o", "out", "--format", "html")
        assert outcome.code == 0
        assert "Placement lead" in Path("out/harbour-payments.html").read_text(encoding="utf-8")
        assert "Service owner" in Path("out/parking-permits.html").read_text(encoding="utf-8")
        assert "Delivery manager" in Path("out/acme-portal.html").read_text(encoding="utf-8")


class TestBatch:
    def test_passes_over_rulebooks(self, workplace: Path, run: Run) -> None:
        """Files of a rulebook that lies among engagements are no engagements."""
        shutil.copytree(EXAMPLES, "examples")
        outcome = run("batch", "examples", "-o", "out")
        assert (outcome.code, outcome.err) == (0, "")
        count = len(list(EXAMPLES.glob("*.yaml")))
        assert f"{count} engagements from {count} files, 0 failed" in outcome.out

    def test_takes_its_engagements_when_named(self, workplace: Path, run: Run) -> None:
        """The folder of a rulebook's engagements is named like any other."""
        outcome = run("batch", FIRM / "examples", PUBLIC / "examples", "-o", "out")
        assert outcome.code == 0
        lines = [json.loads(line) for line in Path("out/results.jsonl").read_text(encoding="utf-8").splitlines()]
        assert {line["rulebook"]["version"] for line in lines} == {"1.3.0", "2027.1"}

    def test_a_rulebook_is_no_engagement(self, firm: Own, run: Run) -> None:
        """Named itself, a rulebook is reported instead of read file by file."""
        outcome = run("batch", "ours", "-o", "out")
        assert (outcome.code, outcome.err) == (1, "ours: is a folder; a file is needed\n")


class TestSmallest:
    """The least that can be called a rulebook: a claim, a question, two models, a phase and a row."""

    FILES: Mapping[str, str] = {
        "rulebook.yaml": """
title: The least
version: 1
topics: [size]
needs: []
orientation: {text: Where to?, bands: {task: {at_least: -9, label: task}, client: {at_least: 1, label: client}}}
outlook: {usual_counts: 1, likely_from_percent: 70}
""",
        "levels.yaml": """
levels: {none: {at_least: 0, days: [0, 0], label: none}, some: {at_least: 1, days: [0.5, 3], label: some}}
client_until: {text: Client work?}
client_after: {text: Client work after?}
plan_until: {text: Plan work?}
plan_after: {text: Plan work after?}
""",
        "claims.yaml": "claims: [{id: C1, section: all, text: Work is led., bears_on: all}]\n",
        "roles.yaml": """
roles:
  - {id: delivery_manager, name: Owner, manager: true}
  - {id: project_manager, name: Runner, manager: true}
""",
        "phases.yaml": """
phases: [{id: work, name: Work, weight: 100}]
table: phases
title: Nothing is left out
reads: []
""",
        "models.yaml": """
models:
  - id: one
    name: One
    title: One leads
    summary: One leads.
    watch: Nothing.
    staffs: [delivery_manager]
    shares: {work: {delivery_manager: 100}}
  - id: other
    name: Other
    title: The other leads
    summary: The other leads.
    watch: Nothing.
    staffs: [project_manager]
    shares: {work: {project_manager: 100}}
""",
        "competencies.yaml": "competencies: []\n",
        "split.yaml": "table: split\ntitle: Nothing moves\nreads: []\n",
        "role_sense.yaml": """
table: role_sense
title: A note
reads: [orientation]
rules:
  - {id: to_the_client, says: A., cites: [C1], when: {orientation: client}, then: {sense: An owner owns it.}}
""",
        "topics/size.yaml": """
topic: size
title: Size
reads: [big]
findings: []
rules:
  - {id: much, says: A., cites: [C1], when: {big: yes}, then: {evidence: {client_until: 1}}}
""",
        "recommendation/work_asks_for.yaml": """
step: work_asks_for
title: What is asked for
text: What?
reads: [big]
rules:
  - {id: asks_little, says: A., cites: [C1], when: {big: no}, then: {finding: {work_asks_for: one}}}
  - {id: asks_much, says: A., cites: [C1], when: {big: yes}, then: {finding: {work_asks_for: other}}}
""",
        "recommendation/recommendation.yaml": """
step: recommendation
title: Whom to name
text: Whom?
reads: [work_asks_for]
rules:
  - {id: name_one, says: A., cites: [C1], when: {work_asks_for: one}, then: {finding: {model: one}}}
  - {id: name_other, says: A., cites: [C1], when: {work_asks_for: other}, then: {finding: {model: other}}}
""",
        "matrix/work.yaml": """
phase: work
rows:
  - {id: do, name: Do it, cites: [C1], base: [{models: [one, other], letters: {manager: A/R}, says: A.}]}
""",
        "questionnaires/only.yaml": """
questionnaire: only
title: One question
questions:
  - id: big
    section: All
    text: Big?
    help: H.
    why: W.
    cites: [C1]
    ordered: true
    options: {no: No, yes: Yes}
    usual: {answer: no, reason: "PRACTICE: most are not"}
""",
    }

    @pytest.fixture
    def smallest(self, workplace: Path) -> Own:
        own = Own(Path("ours"))
        for name, text in self.FILES.items():
            own.write(name, text)
        return own

    def test_is_proven(self, smallest: Own) -> None:
        """Tables may be without rules or reads, topics without findings, matrices without guardrails and profiles."""
        sections = list(prove(smallest.load(), reference.fire))
        assert [str(fault) for section in sections for fault in section.faults] == []

    @pytest.mark.parametrize(
        ("given", "status", "model", "note"),
        [("", "leaning", "one", ""), ("no", "settled", "one", ""), ("yes", "settled", "other", "An owner owns it.")],
    )
    def test_advises(self, smallest: Own, run: Run, given: str, status: str, model: str, note: str) -> None:
        """Every document can be written from it, with the question answered or not."""
        Path("it.yaml").write_text(f"rulebook: ours\nanswers: {{big: {given}}}\n", encoding="utf-8")
        made = json.loads(run("advise", "--format", "json", "it.yaml").out)
        assert (made["recommendation"]["status"], made["recommendation"]["model"]) == (status, model)
        assert made["role_sense"]["note"] == note
        for form in ("html", "markdown", "csv", "json"):
            assert run("raci", "it.yaml", "-o", f"it.{form}", "--format", form).code == 0
        assert run("rules", "docs", "--rulebook", "ours", "-o", "rulebook.html").code == 0
