"""Person files: every mistake with its line, nothing asked about who somebody is; the command that reads them."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from advisor.catalog.people import read_one_person, read_person
from advisor.catalog.person import person_rules
from advisor.errors import InputError
from advisor.fit import fit
from tests.conftest import EXAMPLES, Run

RULES = person_rules()
PEOPLE = sorted((EXAMPLES / "people").glob("*.yaml"))
ADA = """# seen by two of us
person: {id: ada, name: Ada Okafor}
answers:
  client_facing: alone   # the March review
  expectations: not_seen
"""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def ada(tmp_path: Path) -> Path:
    path = tmp_path / "ada.yaml"
    path.write_text(ADA, encoding="utf-8")
    return path


class TestReading:
    def test_examples_are_eight_and_each_result_is_among_them(self) -> None:
        found = {fit(RULES, read_person(path, RULES)).result for path in PEOPLE}
        assert len(PEOPLE) == 8
        assert found == {"delivery_manager", "project_manager", "both", "neither_yet", "too_little_seen", None}

    def test_not_seen_may_be_written_or_left_out(self) -> None:
        texts = ("not_seen", "unanswered", "", "~")
        found = [read_one_person(f"answers: {{methods: {one}}}".encode(), "x.yaml", RULES) for one in texts]
        assert all(one.answers == {} for one in found)

    def test_all_mistakes_are_told_at_once_with_their_lines(self) -> None:
        text = b"person: {id: a, nam: A}\nanswers:\n  metods: alone\n  organising: alon\n  methods: [alone]\nage: 40\n"
        with pytest.raises(InputError) as caught:
            read_one_person(text, "a.yaml", RULES)
        assert [str(one) for one in caught.value.problems] == [
            "a.yaml:1: person.nam: is no field that is known here (did you mean name?)",
            "a.yaml:3: answers.metods: is no question (did you mean methods?)",
            "a.yaml:4: answers.organising: 'alon' is none of first_steps, with_help, alone, under_pressure, teaches_it "
            "(did you mean alone?)",
            "a.yaml:5: answers.methods: takes one answer of first_steps, with_help, alone, under_pressure, teaches_it, "
            "not a list",
            "a.yaml:6: age: is no field that is known here (known here: person, asked_with, provenance, answers)",
        ]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "is empty; 'advisor new --questionnaire person' writes one to fill in"),
            ("engagement: {id: x}\nanswers: {}\n", "describes an engagement, not a person; give it with --engagement"),
            ("answers: {}\n---\nanswers: {}\n", "holds several documents; keep one person in each file"),
            ("- 1\n", "must be a mapping with person: and answers:, not a list"),
        ],
    )
    def test_what_is_no_person_is_told_so(self, text: str, message: str) -> None:
        with pytest.raises(InputError, match=re.escape(message)):
            read_one_person(text.encode(), "x.yaml", RULES)

    def test_a_blank_file_reads_back_as_nobody_seen(self, run: Run, tmp_path: Path) -> None:
        assert run("new", "zoe.yaml", "--questionnaire", "person", "--name", "Zoë").code == 0
        person = read_person(tmp_path / "zoe.yaml", RULES)
        assert (person.id, person.name, person.answers) == ("zoe", "Zoë", {})
        assert mode(tmp_path / "zoe.yaml") == 0o600
        assert run("new", "b.yaml", "--questionnaire", "person", "--client", "Acme").code == 2

    def test_files_keep_to_the_schema_for_editors(self, run: Run) -> None:
        import yaml

        schema = json.loads(run("schema", "person").out)
        jsonschema.Draft202012Validator.check_schema(schema)
        check = jsonschema.Draft202012Validator(schema)
        for path in PEOPLE:
            check.validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        assert list(check.iter_errors({"answers": {"methods": "well"}}))

    def test_nothing_is_asked_about_who_somebody_is(self) -> None:
        opening = RULES.questionnaire.opening
        assert "Nothing here asks who somebody is" in opening
        words = re.compile(
            r"\b(age|old|young|man|woman|he|she|his|her|family|origin|health|born|school|degree)\b", re.I
        )
        asked = [
            text
            for one in RULES.questions.values()
            for text in (one.text, one.help, one.why, *(option.label for option in one.options))
        ]
        asked += [text for one in RULES.growth.values() for text in (one.about, one.not_seen, *one.ways.values())]
        asked += [rule.says for rule in RULES.rules()]
        assert [text for text in asked if words.search(text)] == []


class TestCommand:
    def test_says_what_suits_and_why(self, run: Run) -> None:
        shown = run("fit", EXAMPLES / "people" / "aisha-farouk.yaml")
        assert shown.code == 0
        assert "The role of delivery manager suits now" in shown.out
        assert "What carries it:" in shown.out
        assert "Next: " in shown.out

    def test_the_order_of_people_is_of_no_matter(self, run: Run) -> None:
        shown = run("fit", *PEOPLE).out
        assert run("fit", *reversed(PEOPLE)).out == shown

    @pytest.mark.parametrize("form", ["text", "json", "markdown"])
    def test_an_engagement_is_held_against(self, run: Run, form: str) -> None:
        shown = run("fit", PEOPLE[0], "--engagement", EXAMPLES / "acme-portal.yaml", "--format", form).out
        assert "acme" in shown.lower()
        assert "difficult case" not in shown
        assert "Faults count against a firm promise" in shown

    def test_json_keeps_to_its_schema(self, run: Run) -> None:
        check = jsonschema.Draft202012Validator(json.loads(run("schema", "fit").out))
        for engagement in sorted(EXAMPLES.glob("*.yaml"))[::4]:
            check.validate(json.loads(run("fit", *PEOPLE, "--engagement", engagement, "--format", "json").out))

    def test_a_file_with_mistakes_is_reported_and_the_others_shown(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "bad.yaml").write_text("answers: {methods: best}\n", encoding="utf-8")
        shown = run("fit", "bad.yaml", PEOPLE[0], "gone.yaml")
        assert shown.code == 1
        assert "bad.yaml:1: answers.methods: 'best' is none of" in shown.err
        assert "gone.yaml: no such file" in shown.err
        assert "Aisha Farouk" in shown.out

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--format", "pdff"], "no format 'pdff' (did you mean pdf?)"),
            (["--format", "pdf"], "pdf goes to a file; say which with -o"),
            (["-o", "x.xlsx"], "no sheet for the suffix .xlsx"),
            (["-o", "x"], "no suffix to tell the format by"),
            (["--dated", "soon"], "is no date"),
            ([PEOPLE[1], "-o", "x.pdf"], "a sheet is about one person, so several go to a folder"),
        ],
    )
    def test_wrong_usage(self, run: Run, arguments: list[str], message: str) -> None:
        shown = run("fit", PEOPLE[0], *arguments)
        assert shown.code == 2
        assert message in " ".join(shown.err.split())

    def test_a_person_is_not_taken_for_an_engagement(self, run: Run) -> None:
        shown = run("advise", PEOPLE[0])
        assert (shown.code, shown.out) == (1, "")
        assert "describes a person, not an engagement; advisor fit reads it" in shown.err

    def test_never_overwrites_what_it_read(self, run: Run, ada: Path) -> None:
        shown = run("fit", ada, "-o", ada.with_suffix(".txt"))
        assert shown.code == 0
        (ada.parent / "ada.md").symlink_to(ada)
        assert run("fit", ada, "-o", "ada.md").code == 1
        assert ada.read_text(encoding="utf-8") == ADA

    def test_help_is_quick_to_load(self) -> None:
        code = "import sys; from advisor.cli import cli; assert not [m for m in sys.modules if 'advisor.fit' in m]"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
