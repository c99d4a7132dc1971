"""The command line: what each command prints, writes and returns; no mistake of its user ends in a traceback."""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
import yaml
from click.testing import CliRunner

import advisor
from advisor.catalog.engagements import read_engagement
from advisor.cli import cli
from advisor.errors import BrokenInvariant, MissingEngine
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES, REPOSITORY, Outcome, Run

ACME = str(EXAMPLES / "acme-portal.yaml")
GARETH = str(EXAMPLES / "people" / "gareth-pugh.yaml")
LOGO = str(REPOSITORY / "tests" / "logo.png")
AGENCY = str(EXAMPLES / "agency-site.yaml")
ALL = sorted(str(path) for path in EXAMPLES.glob("*.yaml"))
TITLE = "Customer portal rebuild"
ESCAPE = "\x1b["


def command(*arguments: str) -> list[str]:
    """The command line as a process of its own."""
    return [sys.executable, "-m", "advisor", *arguments]


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS")}
    return {**kept, "PYTHONPATH": str(REPOSITORY), "TERM": "xterm", **more}


def good_and_bad() -> None:
    """A good engagement file and one with a mistake, in the current folder."""
    Path("good.yaml").write_bytes(Path(ACME).read_bytes())
    Path("bad.yaml").write_text("answers: {risk: hihg}\n", encoding="utf-8")


BAD = "bad.yaml:1: answers.risk: 'hihg' is none of low, medium, high (did you mean high?)\n"


def all_commands(group: click.Group = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    with click.Context(group) as context:
        for name in group.list_commands(context):
            found = group.get_command(context, name)
            yield (*path, name)
            if isinstance(found, click.Group):
                yield from all_commands(found, (*path, name))


class TestHelp:
    @pytest.mark.parametrize("path", [(), *all_commands()], ids=" ".join)
    def test_help_has_an_example(self, run: Run, path: tuple[str, ...]) -> None:
        """The help of every command shows how to call it, with its own name."""
        outcome = run(*path, "--help")
        assert (outcome.code, outcome.err) == (0, "")
        assert "Example:\n" in outcome.out
        assert f"  advisor {' '.join(path)}".rstrip() in outcome.out.partition("Example:\n")[2]

    def test_help_names_every_command(self, run: Run) -> None:
        """The help as a whole lists all commands, each with a line that says what it is for."""
        shown = run("--help").out
        for path in all_commands():
            if len(path) == 1:
                assert any(line.startswith(f"  {path[0]} ") and line.endswith(".") for line in shown.splitlines())

    def test_version(self, run: Run) -> None:
        """The version is that of the package."""
        assert run("--version") == Outcome(0, f"advisor, version {advisor.__version__}\n", "")


class TestUsage:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["advize"], "no command 'advize' (did you mean advise?)"),
            (["zzz"], "no command 'zzz' (known: ask, advise, "),
            (["advise"], "Missing argument 'FILE...'"),
            (["advise", ACME, "--formt", "json"], "--formt"),
            (["advise", ACME, "--format", "jsn"], "'jsn' is not one of 'text', 'json', 'markdown'"),
            (["raci", ACME], "Missing option '-o'"),
            (["raci", ACME, "-o", "a.rtf"], "a.rtf: no format for the suffix .rtf"),
            (["raci", ACME, "-o", "a.pdf", "--format", "docx"], "a.pdf: ends as pdf does, but the format asked for is"),
            (["raci", ACME, "-o", "a.html", "--format", "text"], "ends as html does, but the format asked for is text"),
            (["raci", ACME, "-o", "a.txt", "--format", "docx"], "ends as text does, but the format asked for is docx"),
            (["raci", ACME, "-o", "a.csv", "--document", "advice"], "--document: csv holds the matrix alone"),
            (["raci", ACME, "-o", "a.csv", "--document", "both"], "--document: csv holds the matrix alone"),
            (
                ["raci", ACME, "-o", "a.pdf", "--template", "t"],
                "--template: pdf has no place for it; these take it: mark",
            ),
            (["raci", ACME, "-o", "a.json", "--title", "T"], "--title: json has no place for it"),
            (
                ["raci", ACME, "-o", "a.md", "--dated", "2027-01-31", "--logo", LOGO],
                "--logo: markdown has no place for it",
            ),
            (["batch", ACME, "-o", "o", "--documents", "docx,csv", "--document", "both"], "--document: csv holds the"),
            (["batch", ACME, "-o", "o", "--documents", "json", "--client-view"], "--client-view: json always holds"),
            (
                ["fit", GARETH, "-o", "a.pdf", "--format", "docx"],
                "a.pdf: ends as pdf does, but the format asked for is",
            ),
            (
                ["rules", "docs", "-o", "a.md", "--format", "html"],
                "a.md: ends as markdown does, but the format asked for",
            ),
            (["chart", ACME, "-o", "a.png", "--format", "svg"], "a.png: ends in .png, but the format asked for is svg"),
            (["raci", ACME, "-o", "a.htm"], "(did you mean .html?)"),
            (["raci", ACME, "-o", "a"], "a: no suffix to tell the format by"),
            (["raci", ACME, AGENCY, "-o", "out"], "say their format with --format"),
            (["raci", ACME, "-o", "."], "say their format with --format"),
            (["batch", ACME, "--resume"], "that is written to a folder; say which with -o"),
            (["schema", "engagment"], "'engagment' is not one of 'engagement', 'person'"),
            (["new"], "Missing argument 'FILE'"),
            (["new", "a.yaml", "--questionnaire", "quik"], "no questionnaire 'quik' (did you mean quick?)"),
            (["new", "a.yaml", "--questionnaire", "x"], "no questionnaire 'x' (known: engagement, quick)"),
            (["rules", "lst"], "No such command 'lst'"),
            (["rules", "list", "--table", "splt"], "no table 'splt' (did you mean split?)"),
        ],
        ids=lambda value: " ".join(map(str, value)) if isinstance(value, list) else "",
    )
    def test_wrong_usage(self, run: Run, arguments: list[str], message: str) -> None:
        """A call that cannot be meant is explained, does nothing and returns 2."""
        outcome = run(*arguments)
        assert (outcome.code, outcome.out) == (2, "")
        assert message in outcome.err
        assert list(Path().iterdir()) == []

    @pytest.mark.parametrize("arguments", [[], ["rules"]])
    def test_nothing_asked_for(self, run: Run, arguments: list[str]) -> None:
        """Without a command, the help is shown."""
        outcome = run(*arguments)
        assert outcome.code == 2
        assert "Commands:" in outcome.out + outcome.err


class TestAdvise:
    def test_text(self, run: Run) -> None:
        """By default the advice is text for the screen, 80 columns wide where it is no screen."""
        outcome = run("advise", ACME)
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out.startswith(TITLE)
        assert max(map(len, outcome.out.splitlines())) <= 80

    def test_json(self, run: Run) -> None:
        """As JSON, each file gives one value, the same as in a document."""
        outcome = run("advise", "--format", "json", ACME, AGENCY)
        first, end = json.JSONDecoder().raw_decode(outcome.out)
        second = json.loads(outcome.out[end:])
        assert [one["engagement"]["id"] for one in (first, second)] == ["acme-portal", "agency-site"]
        run("raci", ACME, "-o", "acme.json")
        assert json.loads(Path("acme.json").read_text(encoding="utf-8")) == first

    def test_markdown(self, run: Run) -> None:
        """As Markdown, the advice begins with a heading."""
        assert run("advise", "--format", "markdown", ACME).out.startswith("# ")

    @pytest.mark.parametrize("order", [("bad.yaml", "good.yaml"), ("good.yaml", "bad.yaml")])
    def test_one_bad_file(self, run: Run, order: tuple[str, str]) -> None:
        """A file with mistakes is reported with all of them, the others are advised on, and 1 is returned."""
        good_and_bad()
        outcome = run("advise", *order)
        assert (outcome.code, outcome.err) == (1, BAD)
        assert outcome.out.startswith(TITLE)
        assert "=====" not in outcome.out

    def test_several_files(self, run: Run) -> None:
        """Between the advice on two files there is a line across."""
        outcome = run("advise", ACME, AGENCY)
        assert outcome.code == 0
        assert outcome.out.count("=" * 80) == 1

    @pytest.mark.parametrize("arguments", [["advise", "no.yaml"], ["raci", "no.yaml", "-o", "a.md"]])
    def test_no_such_file(self, run: Run, arguments: list[str]) -> None:
        """A file that is not there is an error of its own."""
        assert run(*arguments) == Outcome(1, "", "no.yaml: no such file\n")

    def test_standard_input(self, run: Run) -> None:
        """A dash reads the engagement from standard input."""
        outcome = run("advise", "-", stdin=Path(ACME).read_bytes())
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out.startswith(TITLE)

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", "standard input:1: is empty; 'advisor new' writes one to fill in"),
            (b"\nanswers: {rsk: low}\n", "standard input:2: answers.rsk: is no question (did you mean risk?)"),
            (b"answers: {}\n---\nanswers: {}\n", "standard input: holds 2 documents; one engagement is read here"),
            (b"#" * 2_000_001, "standard input: is larger than 2,000,000 bytes"),
        ],
        ids=["empty", "mistake", "two", "too large"],
    )
    def test_bad_standard_input(self, run: Run, data: bytes, message: str) -> None:
        """Mistakes on standard input are reported like those in a file."""
        outcome = run("advise", "-", stdin=data)
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err.startswith(message)


class TestRaci:
    @pytest.mark.parametrize(
        ("suffix", "begins"), [(".md", "# "), (".html", "<!doctype html>"), (".json", "{"), (".txt", "customer portal")]
    )
    @pytest.mark.parametrize("document", ["raci", "advice"])
    def test_format_from_the_suffix(self, run: Run, suffix: str, begins: str, document: str) -> None:
        """The suffix of the file says in which format it is written."""
        outcome = run("raci", ACME, "-o", f"new/acme{suffix}", "--document", document)
        assert outcome == Outcome(0, "", f"wrote new/acme{suffix}\n")
        text = Path(f"new/acme{suffix}").read_text(encoding="utf-8")
        assert text.lower().startswith(begins)
        assert TITLE in " ".join(text.split())

    def test_csv(self, run: Run) -> None:
        """The matrix alone, for a spreadsheet."""
        assert run("raci", ACME, "-o", "acme.csv", "--document", "raci").code == 0
        assert Path("acme.csv").read_text(encoding="utf-8").startswith("phase,activity_id,activity,status,")

    def test_format_that_is_asked_for(self, run: Run) -> None:
        """A format that is asked for wins over the suffix."""
        assert run("raci", ACME, "-o", "acme.txt", "--format", "json").code == 0
        assert json.loads(Path("acme.txt").read_text(encoding="utf-8"))["schema"] == "advisor/advice-2"

    def test_a_folder(self, run: Run) -> None:
        """Several documents go to a folder, which is made, each under the name of its engagement file."""
        outcome = run("raci", *ALL, "-o", "out/here", "--format", "csv")
        assert (outcome.code, outcome.out) == (0, "")
        assert sorted(path.name for path in Path("out/here").iterdir()) == [f"{Path(one).stem}.csv" for one in ALL]

    def test_an_existing_folder(self, run: Run) -> None:
        """One document goes into a folder too, when there is one of that name."""
        Path("out").mkdir()
        assert run("raci", ACME, "-o", "out", "--format", "markdown").err == "wrote out/acme-portal.md\n"
        assert (
            run("raci", "-", "-o", "out", "--format", "csv", stdin=b"answers: {}").err == "wrote out/engagement.csv\n"
        )

    def test_one_bad_file(self, run: Run) -> None:
        """A file with mistakes is reported, and the documents of the others are written."""
        good_and_bad()
        assert run("raci", "bad.yaml", "good.yaml", "-o", "out", "--format", "html") == Outcome(
            1, "", f"{BAD}wrote out/good.html\n"
        )

    def test_two_documents_with_one_name(self, run: Run) -> None:
        """A document never replaces another of the same run."""
        Path("other").mkdir()
        good_and_bad()
        Path("other/good.yaml").write_bytes(Path(AGENCY).read_bytes())
        outcome = run("raci", "good.yaml", "other/good.yaml", "-o", "out", "--format", "markdown")
        assert outcome.code == 1
        assert outcome.err.splitlines() == [
            "wrote out/good.md",
            "other/good.yaml: would overwrite out/good.md, written for good.yaml; rename one of them",
        ]
        assert TITLE in Path("out/good.md").read_text(encoding="utf-8")

    @pytest.mark.parametrize("output", ["e.json", "./e.json", "link.json", "."])
    def test_the_engagement_file_is_kept(self, run: Run, output: str) -> None:
        """A document never replaces the engagement file that it is made from, by whatever name that is called."""
        before = b'{"answers": {"risk": "low"}}'
        Path("e.json").write_bytes(before)
        Path("link.json").symlink_to("e.json")
        outcome = run("raci", "e.json", "-o", output, "--format", "json")
        assert (outcome.code, outcome.out) == (1, "")
        assert "would overwrite the engagement file" in outcome.err
        assert Path("e.json").read_bytes() == before


class TestBatch:
    def test_a_folder(self, run: Run) -> None:
        """All engagement files below a folder are evaluated, in the order of their names, one result line for each."""
        outcome = run("batch", EXAMPLES, "-o", "out")
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out.startswith(f"{len(ALL)} engagements from {len(ALL)} files, 0 failed; results in out\n")
        lines = Path("out/results.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["engagement"]["id"] for line in lines] == [Path(one).stem for one in ALL]
        assert Path("out/errors.txt").read_text(encoding="utf-8") == ""

    def test_files_and_folders(self, run: Run) -> None:
        """Files and folders can be mixed; each file is read once, and what is hidden or no engagement file is not."""
        for name in ("in/b.yaml", "in/deep/a.JSON", "in/c.yml", "in/.hidden.yaml", "in/.git/d.yaml", "in/notes.txt"):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text("answers: {}\n", encoding="utf-8")
        Path("in/notes.txt").write_text("engagement: {id: asked-for}\nanswers: {}\n", encoding="utf-8")
        outcome = run("batch", "in/notes.txt", "in", "in/c.yml", "-o", "out")
        assert outcome.code == 0
        lines = Path("out/results.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["engagement"]["id"] for line in lines] == ["asked-for", "b", "c", "a"]

    def test_bad_files(self, run: Run) -> None:
        """Bad files are reported on the screen and in errors.txt, the rest are done, and 1 is returned."""
        good_and_bad()
        Path("two.yaml").write_text("answers: {}\n---\nanswers: [x]\n", encoding="utf-8")
        outcome = run("batch", "bad.yaml", "good.yaml", "no.yaml", "two.yaml", "-o", "out")
        errors = f"{BAD}no.yaml: no such file\ntwo.yaml:3: answers: must be a mapping of fields, not a list\n"
        assert (outcome.code, outcome.err) == (1, errors)
        assert outcome.out.startswith("2 engagements from 4 files, 3 failed; results in out\n")
        assert Path("out/errors.txt").read_text(encoding="utf-8") == errors
        assert len(Path("out/results.jsonl").read_text(encoding="utf-8").splitlines()) == 2

    def test_nothing_found(self, run: Run) -> None:
        """A folder without engagement files is a failure, so that a wrong folder is noticed."""
        Path("empty").mkdir()
        outcome = run("batch", "empty", "-o", "out")
        assert (outcome.code, outcome.out) == (1, "0 engagements from 0 files, 0 failed; results in out\n")

    def test_the_same_advice(self, run: Run) -> None:
        """A batch gives the same advice as a single run does."""
        run("batch", ACME, "-o", "out", "--full")
        line = json.loads(Path("out/results.jsonl").read_text(encoding="utf-8"))
        assert line == json.loads(run("advise", "--format", "json", ACME).out)

    def test_file_names_that_are_no_text(self, run: Run) -> None:
        """A file whose name is not even text is reported like any other."""
        name = os.fsdecode(b"\xff.yaml")
        try:
            Path(name).write_text("answers: [x]\n", encoding="utf-8")
        except OSError:
            pytest.skip("this system has no such file names")
        assert run("batch", ".", "-o", "out").code == 1
        assert Path("out/errors.txt").read_text(encoding="utf-8").startswith("\\udcff.yaml:1: answers: must be")


class TestRules:
    def test_list(self, run: Run, catalog: Catalog) -> None:
        """All rules are listed with the claims that they rest on, and counted."""
        shown = run("rules", "list").out
        assert all(f"  {rule.id}  [{' '.join(rule.grounds)}]\n" in shown for rule in catalog.rules())
        assert f"{len(catalog.rules())} rules in {len(catalog.tables())} tables" in shown.splitlines()[-1]

    def test_list_a_table(self, run: Run, catalog: Catalog) -> None:
        """The rules of one table can be listed alone."""
        shown = run("rules", "list", "--table", "split").out.splitlines()
        assert [line.split()[0] for line in shown[1:-1]] == [rule.id for rule in catalog.split.rules]

    def test_list_by_claim(self, run: Run, catalog: Catalog) -> None:
        """Claim by claim, it shows which rules rest on it, and that none is without."""
        shown = run("rules", "list", "--claims").out
        assert all(f"{claim.id}  {claim.text}\n" in shown for claim in catalog.claims.values())
        assert f"{len(catalog.claims)} claims, 0 without a rule" in shown.splitlines()[-1]

    def test_show(self, run: Run, catalog: Catalog) -> None:
        """A rule is shown with where it stands, what it says, when it holds and the claims that it rests on."""
        rule = next(rule for rule in catalog.rules() if rule.id == "contact_daily")
        shown = run("rules", "show", "contact_daily").out
        assert str(rule.source) in shown
        assert rule.says in shown
        assert "client_contact is daily" in shown
        assert "then +8 points for How much client work is there until delivery?" in shown
        assert all(f"{claim}: {catalog.claims[claim].text}" in shown for claim in rule.cites)

    @pytest.mark.parametrize("name", ["split", "KR2"])
    def test_show_several(self, run: Run, catalog: Catalog, name: str) -> None:
        """A table or a claim is shown with all its rules."""
        shown = run("rules", "show", name).out
        rules = catalog.split.rules if name == "split" else [one for one in catalog.rules() if name in one.cites]
        assert all(f"\n{rule.id} (" in shown for rule in rules)

    def test_show_nothing(self, run: Run) -> None:
        """What is no rule, table or claim is reported with the nearest that is."""
        assert run("rules", "show", "contact_dayly") == Outcome(
            1, "", "rules: contact_dayly: is no rule, table or claim (did you mean contact_daily?)\n"
        )

    def test_check(self, run: Run) -> None:
        """The shipped rulebook is checked, and found right."""
        outcome = run("rules", "check")
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out.endswith(" claims: no fault\n")


def as_shown(path: str) -> Any:
    """A YAML file as the product reads it: all values the text that the file shows."""
    return yaml.load(Path(path).read_bytes(), Loader=yaml.BaseLoader)


def as_guessed(path: str) -> Any:
    """A YAML file as editors read it: `yes` as true, nothing as null."""
    return _without_dates(yaml.safe_load(Path(path).read_bytes()))


def _without_dates(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_dates(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_without_dates(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


class TestSchema:
    @pytest.fixture(scope="class")
    @classmethod
    def validator(cls) -> jsonschema.Draft202012Validator:
        schema = json.loads(CliRunner().invoke(cli, ["schema", "engagement"]).output)
        jsonschema.Draft202012Validator.check_schema(schema)
        return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())

    @pytest.mark.parametrize("read", [as_shown, as_guessed])
    def test_engagement(self, validator: jsonschema.Draft202012Validator, read: Callable[[str], Any]) -> None:
        """Every example is right by the schema, whichever way an editor reads YAML."""
        for example in ALL:
            validator.validate(read(example))

    @pytest.mark.parametrize("questionnaire", ["engagement", "quick"])
    def test_new_file(self, run: Run, validator: jsonschema.Draft202012Validator, questionnaire: str) -> None:
        """A blank engagement file is right by the schema."""
        run("new", "a.yaml", "--questionnaire", questionnaire)
        validator.validate(as_guessed("a.yaml"))

    @pytest.mark.parametrize(
        "text",
        [
            "answers: {client_contcat: weekly}",
            "answers: {client_contact: weekli}",
            "answers: {client_contact: [weekly]}",
            "answers: {client_contact: true}",
            "answers: [weekly]",
            "engagement: {id: a}",
            "answers: {}\nfoo: 1",
            "answers: {}\nengagement: {nam: a}",
            "answers: {}\nquestionnaire: quik",
            "answers: {}\npeople: {x: A}",
            "answers: {}\npeople: {team_lead: [[A]]}",
            "answers: {}\ndates: {start: '2027-02-30'}",
            f"answers: {{}}\nengagement: {{name: {'x' * 301}}}",
        ],
    )
    def test_mistakes(self, run: Run, validator: jsonschema.Draft202012Validator, text: str) -> None:
        """What the product refuses is wrong by the schema too."""
        Path("a.yaml").write_text(text, encoding="utf-8")
        assert run("advise", "a.yaml").code == 1
        assert not validator.is_valid(as_guessed("a.yaml"))

    @pytest.mark.parametrize(
        "text",
        [
            "answers:",
            "answers: {single_contact: true, improvement: no, risk: , projects: none, scope: unanswered}",
            "answers: {}\nengagement:\nquestionnaire:\npeople:\ndates:",
            "answers: {}\nengagement: {name: null}\npeople: {team_lead: }\ndates: {start: , end: 2027-01-31}",
        ],
    )
    def test_no_mistakes(self, run: Run, validator: jsonschema.Draft202012Validator, text: str) -> None:
        """What the product accepts as nothing, or as yes and no, is right by the schema too."""
        Path("a.yaml").write_text(text, encoding="utf-8")
        assert run("advise", "a.yaml").code == 0
        validator.validate(as_guessed("a.yaml"))

    def test_advice(self, run: Run) -> None:
        """The advice on every example, and on nothing at all, is right by the schema of advice."""
        schema = json.loads(run("schema", "advice").out)
        jsonschema.Draft202012Validator.check_schema(schema)
        Path("nothing.yaml").write_text("answers: {}\n", encoding="utf-8")
        text = run("advise", "--format", "json", *ALL, "nothing.yaml").out
        count = 0
        while text.strip():
            advice, end = json.JSONDecoder().raw_decode(text := text.strip())
            jsonschema.validate(advice, schema)
            text, count = text[end:], count + 1
        assert count == len(ALL) + 1


class TestNew:
    @pytest.mark.parametrize("questionnaire", ["engagement", "quick"])
    def test_reads_back(self, run: Run, catalog: Catalog, questionnaire: str) -> None:
        """The blank file asks every question, with its options, and reads back with nothing answered."""
        outcome = run("new", "in/My File.yaml", "--questionnaire", questionnaire, "--name", "A", "--client", "B")
        assert outcome == Outcome(0, "", "wrote in/My File.yaml; fill it in, then: advisor advise in/My File.yaml\n")
        engagement = read_engagement(Path("in/My File.yaml"), catalog)
        assert (engagement.id, engagement.name, engagement.client) == ("my-file", "A", "B")
        assert (engagement.answers, engagement.questionnaire) == ({}, questionnaire)
        text = Path("in/My File.yaml").read_text(encoding="utf-8")
        for question in catalog.questionnaires[questionnaire].questions:
            assert f"\n  {question.part_of or question.id}:\n" in text
            if question.part_of:
                continue
            assert all(f"\n  #   {option.id} " in text for option in question.options)

    @pytest.mark.parametrize("name", ["Grün & Söhne 😀", 'a "quoted" \\name\\', "#x: {y} [z]", "no", "null", "- a", ""])
    def test_any_name(self, run: Run, catalog: Catalog, name: str) -> None:
        """Whatever stands in a name, the file reads back with it."""
        assert run("new", "a.yaml", "--name", name, "--client", name).code == 0
        engagement = read_engagement(Path("a.yaml"), catalog)
        assert (engagement.name, engagement.client) == (name or "a", name)

    @pytest.mark.parametrize("name", ["a\x1b[31mb", "a\x7fb", "x" * 301, "a\udcffb"])
    def test_names_that_are_no_text(self, run: Run, name: str) -> None:
        """A name that could not be read back is refused."""
        outcome = run("new", "a.yaml", "--name", name)
        assert outcome.code == 2
        assert "--name must be plain text of at most 300 characters" in outcome.err
        assert not Path("a.yaml").exists()

    @pytest.mark.parametrize("there", ["file", "folder", "link"])
    def test_never_overwrites(self, run: Run, there: str) -> None:
        """A file, a folder or a link of that name stays as it is."""
        place = Path("a.yaml")
        if there == "file":
            place.write_text("mine", encoding="utf-8")
        elif there == "folder":
            place.mkdir()
        else:
            place.symlink_to("nowhere.yaml")
        outcome = run("new", "a.yaml")
        assert outcome.code == 2
        assert "a.yaml is already there; choose another name" in outcome.err
        assert [path.name for path in Path().iterdir()] == ["a.yaml"]
        assert there != "file" or place.read_text(encoding="utf-8") == "mine"


class TestWriting:
    @pytest.mark.parametrize(
        "arguments",
        [
            ["raci", ACME, "-o", "file/a.md"],
            ["raci", ACME, "-o", "file/deep/a.md"],
            ["raci", ACME, "-o", "file/a", "--format", "html"],
            ["new", "file/a.yaml"],
        ],
    )
    def test_below_a_file(self, run: Run, arguments: list[str]) -> None:
        """What cannot be written is reported with the path and the reason."""
        Path("file").write_text("mine", encoding="utf-8")
        path = next(one for one in arguments if one.startswith("file"))
        message = f"{path}: cannot be written: a part of its path is a file, not a folder\n"
        assert run(*arguments) == Outcome(1, "", message)
        assert Path("file").read_text(encoding="utf-8") == "mine"

    def test_results_below_a_file(self, run: Run) -> None:
        """A batch that cannot write its results says so."""
        Path("file").write_text("mine", encoding="utf-8")
        assert run("batch", ACME, "-o", "file") == Outcome(
            1, "", "file/results.jsonl: cannot be written: a part of its path is a file, not a folder\n"
        )

    @pytest.mark.parametrize("arguments", [["raci", ACME, "-o", "{}.md"], ["new", "{}.yaml"]])
    def test_name_too_long(self, run: Run, arguments: list[str]) -> None:
        """A name that the system refuses is reported as that."""
        outcome = run(*(one.format("x" * 300) for one in arguments))
        assert outcome.code == 1
        assert outcome.err.endswith(": cannot be written: File name too long\n")

    @pytest.mark.parametrize("step", ["fsync", "replace", "open"])
    def test_the_old_file_stays_whole(self, run: Run, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
        """When the disk is full, or whatever goes wrong, the old file is whole and nothing else is left behind."""

        whole = os.open

        def fail(path: Any, flags: int = 0, *rest: int, **__: object) -> int:
            if step == "open" and not flags & os.O_CREAT:
                return whole(path, flags, *rest)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        Path("a.md").write_text("the old one", encoding="utf-8")
        monkeypatch.setattr(f"os.{step}", fail)
        assert run("raci", ACME, "-o", "a.md") == Outcome(1, "", "a.md: cannot be written: No space left on device\n")
        assert [path.name for path in Path().iterdir()] == ["a.md"]
        assert Path("a.md").read_text(encoding="utf-8") == "the old one"

    def test_permissions_are_kept(self, run: Run) -> None:
        """A file that is replaced keeps its permissions, and a link still leads to it."""
        Path("real.md").write_text("the old one", encoding="utf-8")
        Path("real.md").chmod(0o640)
        Path("a.md").symlink_to("real.md")
        assert run("raci", ACME, "-o", "a.md").code == 0
        assert Path("a.md").is_symlink()
        assert stat.S_IMODE(Path("real.md").stat().st_mode) == 0o640
        assert TITLE in Path("real.md").read_text(encoding="utf-8")

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
    def test_pipes_and_devices_are_not_replaced(self, run: Run) -> None:
        """A named pipe, or a device such as /dev/null, is never replaced by a document."""
        os.mkfifo("a.md")
        assert run("raci", ACME, "-o", "a.md") == Outcome(1, "", "a.md: cannot be written: it is a pipe or a device\n")
        assert stat.S_ISFIFO(Path("a.md").stat().st_mode)


class TestInternalErrors:
    @pytest.mark.parametrize(
        ("error", "code", "shown"),
        [
            (BrokenInvariant("two As"), 3, "internal error: two As\n"),
            (MissingEngine("durable-rules is missing"), 1, "durable-rules is missing\n"),
        ],
    )
    @pytest.mark.parametrize(
        ("arguments", "where"),
        [
            (["advise", ACME], "advisor.advise.by_rulebook.advise"),
            (["raci", ACME, "-o", "a.md"], "advisor.advise.by_rulebook.advise"),
            (["batch", ACME, "-o", "out"], "advisor.batch.pool.evaluated"),
        ],
        ids=["advise", "raci", "batch"],
    )
    def test_exit_code(
        self,
        run: Run,
        monkeypatch: pytest.MonkeyPatch,
        error: Exception,
        code: int,
        shown: str,
        arguments: list[str],
        where: str,
    ) -> None:
        """A product that contradicts itself ends with 3 and gives no advice; a missing rules engine ends with 1."""

        def broken(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr(where, broken)
        assert run(*arguments) == Outcome(code, "", shown)
        assert [path for path in Path().rglob("*.*") if path.is_file() and ".batch" not in path.parts] == []

    def test_no_advice_after_a_contradiction(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        """After a contradiction the files that follow are not advised on: nothing that they got could be trusted."""

        def broken(*_: object) -> None:
            raise BrokenInvariant("two As")

        monkeypatch.setattr("advisor.advise.by_rulebook.advise", broken)
        assert run("advise", ACME, AGENCY, "no.yaml") == Outcome(3, "", "internal error: two As\n")


class TestStreams:
    def test_no_colours_in_a_pipe(self) -> None:
        """What goes to a file or a pipe has no colours."""
        for arguments in (["advise", ACME], ["rules", "list"]):
            done = subprocess.run(command(*arguments), env=environment(), capture_output=True, check=True)
            assert b"\x1b" not in done.stdout

    @pytest.mark.skipif(sys.platform == "win32", reason="this system has no pseudo-terminals")
    @pytest.mark.parametrize("arguments", [["advise", ACME], ["rules", "list", "--table", "split"]])
    @pytest.mark.parametrize(
        ("settings", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)], ids=str
    )
    def test_colours_on_a_terminal(self, arguments: list[str], settings: dict[str, str], coloured: bool) -> None:
        """A terminal gets colours, unless its user does not want any or it cannot show them."""
        assert (ESCAPE in on_a_terminal(command(*arguments), environment(**settings))) is coloured

    @pytest.mark.parametrize("arguments", [["advise", *ALL, *ALL], ["advise", "--format", "json", *ALL]])
    def test_a_reader_that_goes_away(self, arguments: list[str]) -> None:
        """When the reader has seen enough (`| head -1`), the run ends without a word."""
        with subprocess.Popen(
            command(*arguments), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            process.stdout.close()
            assert process.stderr.read() == b""
            assert process.wait() == 1

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
    @pytest.mark.parametrize("arguments", [["advise", ACME], ["schema", "engagement"], ["--help"]])
    def test_a_full_disk(self, arguments: list[str]) -> None:
        """Output that cannot be written is an error, with the reason."""
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(command(*arguments), env=environment(), stdout=full, stderr=subprocess.PIPE)
        assert (done.returncode, done.stderr) == (1, b"cannot write the output: No space left on device\n")

    @pytest.mark.skipif(sys.platform == "win32", reason="this system has no such shell")
    @pytest.mark.parametrize(
        ("closed", "path", "code"),
        [(">&-", ACME, 0), ("<&-", "-", 1), ("2>&-", "no.yaml", 1)],
        ids=["out", "in", "err"],
    )
    def test_closed_streams(self, closed: str, path: str, code: int) -> None:
        """A stream that the caller has closed is no reason to fail."""
        shell = ["sh", "-c", f'"$@" {closed}', "sh", *command("advise", path)]
        done = subprocess.run(shell, env=environment(), capture_output=True)
        assert done.returncode == code
        assert b"Traceback" not in done.stderr

    def test_names_that_cannot_be_shown(self, tmp_path: Path) -> None:
        """A name that the output has no letters for is spelt out, and the rest is shown."""
        file = tmp_path / "e.yaml"
        file.write_text("engagement: {name: Ünal 東}\nanswers: {}\n", encoding="utf-8")
        done = subprocess.run(
            command("advise", str(file)), env=environment(PYTHONIOENCODING="latin-1"), capture_output=True
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.startswith("Ünal \\u6771".encode("latin-1"))

    @pytest.mark.parametrize("form", ["text", "json", "markdown"])
    def test_signs_of_ours_that_cannot_be_shown(self, form: str) -> None:
        """Rules, bars and quotation marks become the likest that there is, with not one escape; JSON stays JSON."""
        done = subprocess.run(
            command("advise", ACME, "--full", "--format", form),
            env=environment(PYTHONIOENCODING="latin-1"),
            capture_output=True,
        )
        shown = done.stdout.decode("latin-1")
        assert "\\u" not in shown
        if form == "json":
            json.loads(shown)
        if form == "text":
            assert "\n" + "-" * 80 + "\n" in shown
            assert "###" in shown

    @pytest.mark.skipif(sys.platform == "win32", reason="this system has no such locale")
    def test_letters_typed_where_the_locale_knows_none(self, tmp_path: Path) -> None:
        """What is typed in a plain C locale is kept as it was typed."""
        settings = environment(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
        file = tmp_path / "e.yaml"
        subprocess.run(
            command("ask", str(file), "--name", "E", "--client", "", "--all"),
            env=settings,
            input="note Größe, Łódź\nquit\n".encode(),
            capture_output=True,
            check=True,
        )
        assert "Größe, Łódź" in file.read_text(encoding="utf-8")


def on_a_terminal(arguments: list[str], settings: dict[str, str]) -> str:
    """What a command prints when its output is a terminal."""
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(arguments, env=settings, stdout=theirs, stderr=theirs, stdin=theirs) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                more = os.read(ours, 65536)
            except OSError:  # how Linux says that the other end is closed
                break
            if not more:
                break
            shown += more
        assert process.wait() == 0
    os.close(ours)
    return shown.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="this system interrupts processes in another way")
class TestInterrupts:
    def test_while_reading(self) -> None:
        """Ctrl-C ends a run that waits for its input, in one word and with 130."""
        with subprocess.Popen(
            command("advise", "-"),
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdin is not None
            process.stdin.write(b"#" * 200_000)  # more than a pipe holds: once it is gone, the run is reading
            process.stdin.flush()
            process.send_signal(signal.SIGINT)
            _, said = process.communicate()
            assert (process.returncode, said.strip()) == (130, b"interrupted")

    def test_a_batch(self, tmp_path: Path) -> None:
        """Ctrl-C ends a batch and its worker, in one word and with 130."""
        (tmp_path / "0.yaml").write_text("answers: [x]\n", encoding="utf-8")
        for number in range(1, 2000):
            (tmp_path / f"{number}.yaml").write_bytes(Path(ACME).read_bytes())
        with subprocess.Popen(
            command("batch", str(tmp_path), "-o", str(tmp_path / "out")),
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as process:
            assert process.stderr is not None
            process.stderr.readline()  # the bad file is reported: the run is under way
            os.killpg(process.pid, signal.SIGINT)
            _, said = process.communicate()
            assert (process.returncode, said.strip()) == (130, b"interrupted")


def test_a_clients_copy_that_promises_somebody_who_is_not_there_warns(run: Run) -> None:
    """One sentence on standard error; the document is written all the same."""
    text = (EXAMPLES / "acme-portal.yaml").read_text(encoding="utf-8")
    lacking = text.replace("managers_available: both", "managers_available: project_manager")
    assert lacking != text
    Path("e.yaml").write_text(lacking, encoding="utf-8")
    assert "promises" not in run("raci", "e.yaml", "-o", "ours.md").err
    outcome = run("raci", "e.yaml", "-o", "theirs.md", "--client-view")
    assert outcome.code == 0
    assert "e.yaml: this copy promises the client a delivery manager (not available)" in outcome.err
    assert Path("theirs.md").exists()
