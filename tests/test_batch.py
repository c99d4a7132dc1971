"""Batches: what is read, what is written for it, gates, and going on where a run was stopped."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openpyxl import Workbook

from advisor.batch import Item
from advisor.batch.gates import gate_from
from advisor.batch.inputs import items
from advisor.batch.report import Report
from advisor.batch.tables import columns
from advisor.batch.tally import Options
from advisor.batch.work import evaluate_item
from advisor.documents.advice.as_json import schema_of
from advisor.errors import BrokenInvariant
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES, REPOSITORY, Run
from tools.engagements import generate, generate_lines, generate_rows, header

pytestmark = pytest.mark.usefixtures("in_one_process")

ACME = str(EXAMPLES / "acme-portal.yaml")
GOOD = {"engagement": {"id": "good"}, "answers": {"risk": "low", "projects": "one"}}
BAD = {"engagement": {"id": "bad"}, "answers": {"risk": "lwo"}}


def results(folder: str = "out") -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(folder, "results.jsonl").read_text(encoding="utf-8").splitlines()]


def errors(folder: str = "out") -> list[str]:
    return Path(folder, "errors.txt").read_text(encoding="utf-8").splitlines()


def read(path: Path, catalog: Catalog) -> list[Report]:
    return [evaluate_item(item, Options()) for item in items([(path, path.stem)], lambda: catalog)]


class TestResults:
    def test_a_line_says_what_the_advice_says(self, run: Run) -> None:
        """A result line has what the whole advice has, by id: the model, the split, every cell."""
        run("batch", ACME, "-o", "out")
        (line,) = results()
        whole = json.loads(run("advise", "--format", "json", ACME).out)
        assert line["recommendation"]["model"] == whole["recommendation"]["model"]
        assert line["cells"] == {row["id"]: row["cells"] for row in whole["matrix"]["activities"]}
        assert line["left_out"] == [row["id"] for row in whole["matrix"]["left_out"]]
        assert line["split"]["overall"] == whole["split"]["overall"]
        assert line["findings"] == whole["findings"]
        assert line["guardrails"] == [one["id"] for one in whole["guardrails"]]
        assert line["orientation"] == whole["orientation"]

    def test_lines_keep_to_their_schema(self, run: Run) -> None:
        """Every line of every example, and of engagements with gaps and odd names, is what the schema promises."""
        Path("e.jsonl").write_text("\n".join(text for _, text in generate_lines(30, 11)), encoding="utf-8")
        run("batch", EXAMPLES, "e.jsonl", "-o", "out")
        check = jsonschema.Draft202012Validator(schema_of("result"))
        assert len(results()) > 30
        for line in results():
            check.validate(line)

    def test_whole_advice(self, run: Run) -> None:
        """With --full, each line is the whole advice, the same as a single run gives."""
        run("batch", ACME, "-o", "out", "--full")
        assert results() == [json.loads(run("advise", "--format", "json", ACME).out)]

    def test_a_table_beside_it(self, run: Run) -> None:
        """The same results stand in a CSV, a line each, with nothing in it that a spreadsheet would run."""
        odd = {**GOOD, "engagement": {"id": "odd", "name": "=1+1", "client": 'a,"b"'}}
        Path("e.jsonl").write_text(f"{json.dumps(GOOD)}\n{json.dumps(odd)}\n", encoding="utf-8")
        run("batch", "e.jsonl", "-o", "out")
        rows = list(csv.DictReader(io.StringIO(Path("out/results.csv").read_text(encoding="utf-8"))))
        assert [(row["source"], row["line"], row["id"]) for row in rows] == [
            ("e.jsonl", "1", "good"),
            ("e.jsonl", "2", "odd"),
        ]
        assert (rows[1]["name"], rows[1]["client"]) == ("'=1+1", 'a,"b"')
        assert [row["model"] for row in rows] == [line["recommendation"]["model"] or "" for line in results()]

    def test_every_line_is_accounted_for(self, run: Run) -> None:
        """Of many engagements, some broken in many ways, each line is a result or has its errors, in input order."""
        lines = list(generate_lines(200, 21, 0.2))
        Path("e.jsonl").write_text("\n".join(text for _, text in lines), encoding="utf-8", errors="surrogateescape")
        assert run("batch", "e.jsonl", "-o", "out").code == 1
        good = [number for number, (name, _) in enumerate(lines, start=1) if "-broken-" not in name]
        bad = [number for number, (name, _) in enumerate(lines, start=1) if "-broken-" in name]
        assert [line["line"] for line in results()] == good
        assert sorted({int(line.split(":")[1]) for line in errors()}) == bad and bad

    def test_a_contradiction_is_not_a_mistake_of_the_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A contradiction of the product is passed on; it is no reason to call the file bad."""

        def broken(*_: object) -> None:
            raise BrokenInvariant("broken")

        monkeypatch.setattr("advisor.advise.by_rulebook.advise", broken)
        with pytest.raises(BrokenInvariant):
            evaluate_item(Item(ACME, "acme", Path(ACME).read_bytes()), Options())

    def test_nothing_is_kept_without_a_folder(self, run: Run) -> None:
        """Without a folder, a batch only says what it found, as a check before a commit wants it."""
        Path("bad.yaml").write_text("answers: {risk: lwo}\n", encoding="utf-8")
        outcome = run("batch", ACME, "bad.yaml", "--fail-on", "unstaffed", "--report", "github")
        assert outcome.code == 1
        assert "::error file=bad.yaml,line=1,title=input::" in outcome.out
        assert "1 engagement from 2 files, 1 failed\n" in outcome.out
        assert [path.name for path in Path().iterdir()] == ["bad.yaml"]
        assert run("batch", ACME, "--full").code == 2


class TestInputs:
    def test_the_same_from_any_source(self, run: Run) -> None:
        """YAML, JSON, JSON Lines, CSV and standard input give the same results for the same engagements."""
        yaml, lines, rows = generate(12, 5), list(generate_lines(12, 5)), list(generate_rows(12, 5))
        Path("y").mkdir()
        for name, text in yaml:
            Path("y", name).write_text(text, encoding="utf-8")
        Path("e.jsonl").write_text("\n".join(text for _, text in lines) + "\n", encoding="utf-8")
        with Path("e.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([header(), *(cells for _, cells in rows)])
        Path("many.yaml").write_text("---\n".join(text for _, text in generate(12, 5)), encoding="utf-8")
        for name in ("y", "e.jsonl", "e.csv", "many.yaml"):
            assert run("batch", name, "-o", f"out-{name}").code == 0
        assert run("batch", "-", "-o", "out-stdin", stdin=Path("e.jsonl").read_bytes()).code == 0
        said = [
            [{key: value for key, value in line.items() if key not in ("source", "line")} for line in results(out)]
            for out in ("out-y", "out-e.jsonl", "out-e.csv", "out-many.yaml", "out-stdin")
        ]
        assert len(said[0]) == 12
        assert all(one == said[0] for one in said)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ('{"answers": {"risk": "lwo"}}', "answers.risk: 'lwo' is none of low, medium, high (did you mean low?)"),
            ('{"answers": {"risk": "low", "risk": "low"}}', "answers.risk: is given twice"),
            ('{"answers": {"risk": "low"}', "is no line of JSON: expecting ',' delimiter at column 28"),
            ("answers: {risk: low}", "is no line of JSON: expecting value at column 1"),
            ("[1]", "is no engagement; each line is one, in braces"),
            ('{"answers": {"risk": NaN}}', "answers.risk: 'NaN' is none of low, medium, high"),
            ("[" * 200_000, "is no line of JSON: not in UTF-8, or nested too deep"),
        ],
    )
    def test_a_line_that_is_wrong(self, tmp_path: Path, catalog: Catalog, text: str, message: str) -> None:
        """What is wrong with a line of JSON is said with its number, and costs that line."""
        path = tmp_path / "e.jsonl"
        path.write_text(f"{json.dumps(GOOD)}\n\n{text}\n{json.dumps(GOOD)}\n", encoding="utf-8")
        (report,) = read(path, catalog)
        assert [str(problem) for problem in report.problems] == [f"{path}:3: {message}"]
        assert (report.counts["done"], report.counts["failed"]) == (2, 1)

    def test_a_line_that_is_too_long(self, tmp_path: Path, catalog: Catalog) -> None:
        """A line without end is refused without being held in memory, and the next one is read."""
        path = tmp_path / "e.jsonl"
        path.write_text(f"{' ' * 2_500_000}{json.dumps(GOOD)}\n{json.dumps(GOOD)}\n", encoding="utf-8")
        first, second = read(path, catalog)
        assert [str(one) for one in first.problems] == [f"{path}:1: is a line of more than 2,000,000 bytes"]
        assert second.counts["done"] == 1

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
    def test_encodings(self, tmp_path: Path, catalog: Catalog, encoding: str) -> None:
        """UTF-8 and UTF-16 are read with a mark at the beginning, UTF-8 without one too; anything else is refused."""
        text = '{"engagement": {"id": "good", "name": "Žofia"}, "answers": {}}\n'
        table = "id,name,risk\ngood,Žofia,low\n"
        for name, content in (("e.jsonl", text), ("e.csv", table)):
            path = tmp_path / name
            path.write_bytes(content.encode(encoding))
            (report,) = read(path, catalog)
            if encoding == "utf-16-le":
                assert "done" not in report.counts and report.problems
            else:
                assert json.loads(report.output["results.jsonl"])["engagement"]["name"] == "Žofia"

    def test_text_in_another_encoding(self, tmp_path: Path, catalog: Catalog) -> None:
        """A table in an old encoding is refused with what to do."""
        path = tmp_path / "e.csv"
        path.write_bytes("id,name\na,Žofia\n".encode("cp1250"))
        (report,) = read(path, catalog)
        assert [str(one) for one in report.problems] == [f"{path}: is not UTF-8 text; save it as UTF-8"]

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_tables(self, tmp_path: Path, catalog: Catalog, delimiter: str) -> None:
        """Cells are set apart by comma, semicolon or tab; names may hold line breaks; lines count as in an editor."""
        head = ["id", "name", "risk", "people.delivery_manager", "dates.start"]
        rows = [head, ["a", "two\nlines", "low", "D. Osei", "2027-01-31"], [], ["b", "", "lwo", "", "2027-13-01"]]
        stream = io.StringIO()
        csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(rows)
        path = tmp_path / "e.csv"
        path.write_text(stream.getvalue(), encoding="utf-8")
        (report,) = read(path, catalog)
        assert json.loads(report.output["results.jsonl"])["engagement"] == {
            "id": "a",
            "name": "two lines",
            "client": "",
        }
        assert [str(one).removeprefix(str(path)) for one in report.problems] == [
            ":5: answers.risk: 'lwo' is none of low, medium, high (did you mean low?)",
            ":5: dates.start: '2027-13-01' is no date; write it as 2027-01-31",
        ]

    def test_a_head_that_is_wrong(self, run: Run) -> None:
        """All that is wrong with the head of a table is said at once, with what was meant."""
        Path("e.csv").write_text("id,rsk,risk,risk,,name\na,low,low,low,,b\n", encoding="utf-8")
        outcome = run("batch", "e.csv", "-o", "out")
        assert outcome.code == 1
        assert outcome.err.splitlines() == [
            "e.csv:1: column 2: 'rsk' is no column (did you mean risk?)",
            "e.csv:1: column 4: 'risk' is there twice",
            "e.csv:1: column 5: has no name",
        ]

    def test_a_head_that_goes_far_out(self, tmp_path: Path, catalog: Catalog) -> None:
        """One name in the last column that a sheet can have is one mistake, and empty ones beyond it are none."""
        path = tmp_path / "e.csv"
        path.write_text(f"id,risk{',' * 16_382}client{',' * 16_382}\na,low\n", encoding="utf-8")
        (report,) = read(path, catalog)
        more = "has no name; nor have 16,380 more before column 16384"
        assert [str(one) for one in report.problems] == [f"{path}:1: column 3: {more}"]

    def test_a_row_with_too_many_cells(self, tmp_path: Path, catalog: Catalog) -> None:
        """A row that is longer than the head is refused: nobody can tell what is in the wrong place."""
        path = tmp_path / "e.csv"
        path.write_text("id,risk\na,low\nb,c,low\n", encoding="utf-8")
        good, bad = read(path, catalog)
        assert good.counts["done"] == 1
        assert [str(one) for one in bad.problems] == [f"{path}:3: has 3 cells where the head has 2"]

    def test_the_head_that_new_writes(self, run: Run, catalog: Catalog) -> None:
        """A table begun by `advisor new` has a column for every question, and its row can be filled in."""
        assert run("new", "book.csv", "--format", "csv").code == 0
        (head,) = csv.reader(io.StringIO(Path("book.csv").read_text(encoding="utf-8-sig")))
        assert tuple(head) == columns(catalog)
        with Path("book.csv").open("a", encoding="utf-8") as stream:
            stream.write("acme" + "," * (len(head) - 1) + "\n")
        assert run("batch", "book.csv", "-o", "out").code == 0
        assert results()[0]["engagement"]["id"] == "acme"

    def test_excel(self, run: Run) -> None:
        """The first sheet of a workbook is read as a table: booleans as yes and no, dates as dates."""
        import datetime

        book = Workbook()
        sheet = book.worksheets[0]
        sheet.append(["id", "name", "risk", "regulated", "dates.start"])
        sheet.append(["a", 17, "low", True, datetime.date(2027, 1, 31)])
        sheet.append(["b", None, "lwo", False, None])
        book.save("e.xlsx")
        assert run("batch", "e.xlsx", "-o", "out").code == 1
        assert errors() == ["e.xlsx:3: answers.risk: 'lwo' is none of low, medium, high (did you mean low?)"]
        assert results()[0]["engagement"] == {"id": "a", "name": "17", "client": ""}

    def test_no_workbook(self, run: Run) -> None:
        """What only looks like a workbook is refused in one sentence."""
        Path("e.xlsx").write_bytes(b"PK\x03\x04 not really")
        outcome = run("batch", "e.xlsx", "-o", "out")
        assert outcome.err == "e.xlsx: is a damaged zip archive, no workbook or document that can be read\n"

    def test_patterns(self, run: Run) -> None:
        """A pattern that the shell left alone is understood, and one that matches nothing is an error."""
        for name in ("a/x.yaml", "a/b/y.yaml"):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text("answers: {}\n", encoding="utf-8")
        run("batch", "a/**/*.yaml", "-o", "out")
        assert [line["source"] for line in results()] == ["a/b/y.yaml", "a/x.yaml"]
        assert run("batch", "c/*.yaml", "-o", "out").err == "c/*.yaml: no such file\n"

    def test_results_are_not_read_as_engagements(self, run: Run) -> None:
        """A folder of results that lies among the engagements is passed over when they are evaluated again."""
        Path("e.yaml").write_text("answers: {}\n", encoding="utf-8")
        for _ in range(2):
            outcome = run("batch", ".", "-o", "out")
            assert outcome.code == 0 and outcome.out.startswith("1 engagement from 1 file, 0 failed")


class TestDocuments:
    def test_a_document_each(self, run: Run) -> None:
        """Documents are named after files as they lie in the folder, and after line and id where one holds many."""
        for name in ("in/a.yaml", "in/deep/a.yaml"):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text("answers: {risk: low}\n", encoding="utf-8")
        odd = {**GOOD, "engagement": {"id": "../Odd ID"}}
        Path("e.jsonl").write_text(f"{json.dumps(GOOD)}\n{json.dumps(odd)}\n", encoding="utf-8")
        assert run("batch", "in", "e.jsonl", "-o", "out", "--documents", "markdown,csv").code == 0
        made = sorted(path.relative_to("out/documents").as_posix() for path in Path("out/documents").rglob("*.*"))
        assert made == [
            f"{name}.{suffix}" for name in ("a", "deep/a", "e-1-good", "e-2-odd-id") for suffix in ("csv", "md")
        ]
        single = run("raci", "in/a.yaml", "-o", "one.md")
        assert single.code == 0
        assert Path("one.md").read_bytes() == Path("out/documents/a.md").read_bytes()

    def test_a_format_that_is_none(self, run: Run) -> None:
        """A format is checked before anything is read."""
        outcome = run("batch", ACME, "-o", "out", "--documents", "markdwn")
        assert (outcome.code, Path("out").exists()) == (2, False)
        assert "no format 'markdwn' (did you mean markdown?)" in outcome.err


class TestSeveral:
    """A question with several answers in a table."""

    def test_options_in_one_cell(self, run: Run) -> None:
        """They stand between spaces, commas or semicolons."""
        cells = ("suppliers product_owner", "suppliers;product_owner", "suppliers, product_owner")
        Path("book.csv").write_text("id,parties\n" + "".join(f'a,"{cell}"\n' for cell in cells), encoding="utf-8")
        assert run("batch", "book.csv", "-o", "out", "--full").code == 0
        told = [set(line["engagement"]["answers"]["parties"]) for line in results()]
        assert told == [{"suppliers", "product_owner"}] * 3

    def test_none_of_them(self, run: Run) -> None:
        """`none` says so; an empty cell leaves the question open."""
        Path("book.csv").write_text("id,client_contact,parties\na,weekly,none\nb,weekly,\n", encoding="utf-8")
        assert run("batch", "book.csv", "-o", "out", "--full").code == 0
        told = [json.loads(line) for line in Path("out/results.jsonl").read_text(encoding="utf-8").splitlines()]
        assert told[0]["engagement"]["answers"]["parties"] == []
        assert "parties" not in told[1]["engagement"]["answers"]

    def test_an_option_that_there_is_not(self, run: Run) -> None:
        """Is told with its line and the nearest match."""
        Path("book.csv").write_text("id,parties\na,suplier\n", encoding="utf-8")
        outcome = run("batch", "book.csv", "-o", "out")
        assert outcome.code == 1
        assert "book.csv:2" in outcome.err and "suppliers" in outcome.err


class TestGates:
    GATES = (
        ("guardrail:regulated", True),
        ("guardrail:merged_hats", False),
        ("model=paired", True),
        ("model != paired", False),
        ("status=settled", True),
        ("leaning", False),
        ("unstaffed", False),
        ("band=task_centric", False),
        ("delivery_risk=high", True),
        ("delivery_risk=medium", False),
        ("plan_until=full", True),
        ("guardrails>=5", True),
        ("unanswered>40", False),
    )

    def test_gates(self, run: Run) -> None:
        """Gates that an advice meets end the run with 1; each is told, as is each that none meets."""
        outcome = run("batch", ACME, "-o", "out", *(f"--fail-on={gate}" for gate, _ in self.GATES))
        assert outcome.code == 1
        for gate, met in self.GATES:
            told = "met by 1 engagement, see gates.txt" if met else "met by none"
            assert f"gate {gate}: {told}\n" in outcome.out
        met_lines = Path("out/gates.txt").read_text(encoding="utf-8").splitlines()
        assert len(met_lines) == sum(met for _, met in self.GATES)

    def test_gates_that_none_meets(self, run: Run) -> None:
        """They fail nothing, and the file of gates is empty."""
        outcome = run("batch", ACME, "-o", "out", *(f"--fail-on={gate}" for gate, met in self.GATES if not met))
        assert outcome.code == 0
        assert Path("out/gates.txt").read_text(encoding="utf-8") == ""

    @pytest.mark.parametrize(
        ("gate", "wrong"),
        [
            ("guardrail:reglated", "no guardrail is called 'reglated' (did you mean regulated?)"),
            ("modl=paired", "no name is called 'modl' (did you mean model?)"),
            ("model=pared", "no model is called 'pared' (did you mean paired?)"),
            ("model<paired", "'model<paired': model is compared with = or !="),
            ("guardrails<x", "'guardrails<x': guardrails is compared with a whole number, not 'x'"),
            ("open", "'open': there is always a model now; write leaning"),
            ("status=too_little", "'status=too_little': there is always a model now; write leaning"),
            ("margin<2", "'margin<2': how near another model is has become how sure this one is; write leaning"),
            ("what", "'what' is no gate; write guardrail:ID, unstaffed, leaning, or NAME=VALUE"),
        ],
    )
    def test_a_gate_that_is_none(self, catalog: Catalog, gate: str, wrong: str) -> None:
        """A gate that could never be met is wrong usage, with what was meant."""
        with pytest.raises(ValueError) as caught:
            gate_from(gate, catalog)
        assert str(caught.value).startswith(wrong)

    def test_what_build_servers_are_told(self, run: Run) -> None:
        """JUnit has a test for each engagement, SARIF and GitHub's lines a result for each error and gate met."""
        Path("bad.yaml").write_text("answers:\n  risk: lwo\n", encoding="utf-8")
        reports = [part for form in ("junit", "sarif", "github") for part in ("--report", form)]
        outcome = run("batch", ACME, "bad.yaml", "-o", "out", "--fail-on", "guardrail:regulated", *reports)
        assert outcome.code == 1
        junit = Path("out/report.junit.xml").read_text(encoding="utf-8")
        assert '<testsuite name="advisor batch" tests="2" failures="2"' in junit
        (one,) = json.loads(Path("out/report.sarif").read_text(encoding="utf-8"))["runs"]
        assert [result["ruleId"] for result in one["results"]] == ["guardrail:regulated", "input"]
        assert "::error file=bad.yaml,line=2,title=input::answers.risk%3A".replace("%3A", ":") in outcome.out


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "advisor", *map(str, arguments)]


class TestResume:
    def outputs(self, folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*.*"))
            if ".batch" not in path.parts
        }

    def test_killed_and_resumed(self, tmp_path: Path) -> None:
        """A run that is killed at any moment, again and again, and resumed, gives the bytes of one that was not."""
        lines = [text for _, text in generate_lines(200, 31, 0.05)]
        (tmp_path / "e.jsonl").write_text("\n".join(lines), encoding="utf-8", errors="surrogateescape")
        (tmp_path / "y").mkdir()
        for name, text in generate(20, 32, 0.1):
            (tmp_path / "y" / name).write_text(text, encoding="utf-8", errors="surrogateescape")
        job = ("e.jsonl", "y", "--fail-on", "leaning", "--documents", "csv", "-o")
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
        whole = subprocess.run(command("batch", *job, "whole"), cwd=tmp_path, env=environment, capture_output=True)
        chance, kills = random.Random(5), 0
        for _ in range(2):
            with subprocess.Popen(
                command("batch", *job, "again", "--resume", "--jobs", 2),
                cwd=tmp_path,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            ) as run:
                time.sleep(chance.uniform(0.6, 2.5))
                kills += run.poll() is None
                run.send_signal(signal.SIGKILL)
        assert kills
        assert not (tmp_path / "again" / "results.jsonl").exists()
        again = subprocess.run(
            command("batch", *job, "again", "--resume"), cwd=tmp_path, env=environment, capture_output=True
        )
        assert (again.returncode, again.stderr) == (whole.returncode, whole.stderr)
        assert again.stdout == whole.stdout.replace(b"whole", b"again")
        assert self.outputs(tmp_path / "again") == self.outputs(tmp_path / "whole")

    def test_what_is_done_is_not_done_again(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        """With --resume, only what has changed since the last run is evaluated, be it file or option."""
        for name in ("a", "b", "c"):
            Path(f"{name}.yaml").write_text(f"answers: {{}} # {name}\n", encoding="utf-8")
        tried: list[str] = []

        def noting(item: Item, options: Options) -> Report:
            tried.append(item.source)
            return evaluate_item(item, options)

        monkeypatch.setattr("advisor.cli.batch._evaluated", lambda options, jobs, cluster: here(noting, options))
        job = ("batch", "a.yaml", "b.yaml", "c.yaml", "-o", "out")

        def evaluated(*more: str) -> list[str]:
            tried.clear()
            assert run(*job, "--resume", *more).code == 0
            return list(tried)

        assert evaluated() == ["a.yaml", "b.yaml", "c.yaml"]
        assert evaluated() == []
        Path("b.yaml").write_text("answers: {risk: high}\n", encoding="utf-8")
        assert evaluated() == ["b.yaml"]
        assert [line["unanswered"] for line in results()] == [line["unanswered"] for line in results()]
        assert evaluated("--full") == ["a.yaml", "b.yaml", "c.yaml"]
        assert evaluated() == ["a.yaml", "b.yaml", "c.yaml"]
        with Path("out/results.jsonl").open("r+b") as stream:
            stream.write(b"X")
        assert evaluated() == ["a.yaml"]
        assert results()[0]["engagement"]["id"] == "a"

    def test_a_rulebook_that_changed(self, run: Run, tmp_path: Path) -> None:
        """What was advised by another rulebook is advised anew."""
        Path("ours").mkdir()
        Path("ours/rulebook.yaml").write_text("extends: standard\n", encoding="utf-8")
        Path("e.yaml").write_text("rulebook: ours\nanswers: {}\n", encoding="utf-8")
        run("batch", "e.yaml", "-o", "out", "--resume")
        before = results()[0]["rulebook"]["digest"]
        Path("ours/rulebook.yaml").write_text("extends: standard\nversion: 9.9.9\n", encoding="utf-8")
        from advisor.catalog.own import read_once

        read_once.cache_clear()
        run("batch", "e.yaml", "-o", "out", "--resume")
        assert results()[0]["rulebook"] != before and results()[0]["rulebook"]["version"] == "9.9.9"

    def test_without_resume_all_is_done(self, run: Run) -> None:
        """A run without --resume starts from nothing, and leaves one journal."""
        for _ in range(2):
            run("batch", ACME, "-o", "out")
        assert [path.name for path in Path("out/.batch").iterdir()] == ["1"]


def here(evaluate: Any, options: Options) -> Any:
    """Evaluates in this process, for tests that look on."""

    def evaluated(given: Any) -> Any:
        for chunk in given:
            yield chunk, [[evaluate(item, options)] for item in chunk]

    return evaluated
