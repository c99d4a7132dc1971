"""Rulebooks that are bad or greedy: each is refused with its mistakes, or costs the engagements that name it only."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from advisor import engine
from advisor.advise import advise
from advisor.advise.evaluator import Evaluator
from advisor.advise.session import Session, reference_session
from advisor.batch import Item
from advisor.batch.inputs import items
from advisor.batch.tally import Options
from advisor.batch.work import evaluate_item
from advisor.catalog import load_catalog
from advisor.catalog.engagements import read_engagement
from advisor.catalog.fence import MOST_RULESETS, rulesets
from advisor.catalog.load import load_rulebook
from advisor.errors import EngineRefusal, InputError
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES, REPOSITORY, Run

GOOD = "engagement: {id: good, name: Good}\nanswers: {risk: low}\n"


def extended(folder: Path, reads: str, questions: str, rules: str) -> Path:
    """A rulebook that extends the shipped one by questions and a table of guardrails."""
    (folder / "questionnaires").mkdir(parents=True)
    (folder / "guardrails").mkdir()
    (folder / "rulebook.yaml").write_text("extends: standard\ntitle: Ours\nversion: 1\n", encoding="utf-8")
    asked = f"questionnaire: more\ntitle: More\nquestions:\n{questions}"
    (folder / "questionnaires" / "more.yaml").write_text(asked, encoding="utf-8")
    table = f"table: ours\nreads: [{reads}]\nrules:\n{rules}"
    (folder / "guardrails" / "ours.yaml").write_text(table, encoding="utf-8")
    return folder


def session_of(catalog: Catalog) -> Session:
    """One that remembers nothing yet, and asks the engine everything."""
    return Session(catalog, Evaluator(), Evaluator())


def question(name: str, *options: str) -> str:
    said = ", ".join(f"{one}: Yes" for one in options)
    usual = f'usual: {{answer: {options[0]}, reason: "PRACTICE: ours"}}'
    words = 'section: S, text: T, help: H, why: W, cites: ["PRACTICE: ours"]'
    return f"  - {{id: {name}, {words}, options: {{{said}}}, {usual}}}\n"


def rule(name: str, when: str) -> str:
    return f'  - {{id: {name}, says: S, cites: ["PRACTICE: ours"], when: {{{when}}}, then: {{guardrail: Look out.}}}}\n'


def contradictory(folder: Path) -> Path:
    """A rulebook that says of most engagements nothing about what the work asks for."""
    (folder / "recommendation").mkdir(parents=True)
    (folder / "rulebook.yaml").write_text("extends: standard\ntitle: Ours\nversion: 1\n", encoding="utf-8")
    shipped = (REPOSITORY / "rules/recommendation/work_asks_for.yaml").read_text(encoding="utf-8")
    only = "  - id: ".join(shipped.split("  - id: ")[:2])
    (folder / "recommendation" / "work_asks_for.yaml").write_text(only, encoding="utf-8")
    return folder


def test_options_that_the_engine_cannot_tell_apart(tmp_path: Path) -> None:
    """Two words with one hash are found when the rulebook is read, not when the first engagement meets them."""
    book = extended(tmp_path / "b", "film", question("film", "costarring", "liquid"), rule("r", "film: liquid"))
    with pytest.raises(InputError) as caught:
        load_rulebook(book)
    message = "the rules engine cannot tell 'costarring' from 'liquid'; rename one"
    assert f"{book}/guardrails/ours.yaml:1: {message}" in [str(one) for one in caught.value.problems]


def test_rules_too_wide_for_the_engine(tmp_path: Path) -> None:
    """A rule that allows almost everything is spelt out by the engine; beyond a limit it is refused, and named."""
    options = tuple(f"o{number}" for number in range(10))
    names = ("aa", "bb", "cc", "dd")
    wide = ", ".join(f"{name}: [{', '.join(options[1:])}]" for name in names)
    rules = rule("narrow", "aa: o1") + rule("wide", wide)
    book = extended(tmp_path / "b", ", ".join(names), "".join(question(one, *options) for one in names), rules)
    with pytest.raises(InputError) as caught:
        load_rulebook(book)
    message = "its rules allow 6,562 combinations of values, and 5,400 are possible; begin with wide"
    assert f"{book}/guardrails/ours.yaml:1: {message}" in [str(one) for one in caught.value.problems]


def test_more_rules_than_the_engine_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So is a rulebook that is too large as a whole."""
    tables = load_catalog().tables()
    most, widest = sum(map(rulesets, tables)), max(tables, key=rulesets).id
    assert most < MOST_RULESETS
    book = extended(tmp_path / "b", "film", question("film", "one", "two"), rule("r", "film: two"))
    monkeypatch.setattr("advisor.catalog.load.MOST_RULESETS", most + 1)
    load_rulebook(book)
    monkeypatch.setattr("advisor.catalog.load.MOST_RULESETS", most)
    with pytest.raises(InputError, match=f"has more rules than the rules engine can hold; begin with {widest}$"):
        load_rulebook(book)


@pytest.mark.parametrize("bound", ["MOST_FILES", "MOST_BYTES"])
def test_more_files_than_a_rulebook_has(bound: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are small one by one are counted together, before they take all time or memory."""
    book = extended(tmp_path / "b", "film", question("film", "one", "two"), rule("r", "film: two"))
    files = [*book.rglob("*.yaml"), *(REPOSITORY / "rules").rglob("*.yaml"), *REPOSITORY.glob("questionnaires/*.yaml")]
    most = {"MOST_FILES": len(files), "MOST_BYTES": sum(len(one.read_bytes()) for one in files)}[bound]
    monkeypatch.setattr(f"advisor.catalog.folders.{bound}", most)
    load_rulebook(book)
    monkeypatch.setattr(f"advisor.catalog.folders.{bound}", most // 2)
    with pytest.raises(InputError, match=r"^\S+/b: holds more than [\d,]+ files, or \d+ MB in all$"):
        load_rulebook(book)


def test_a_bad_rulebook_costs_its_engagements_only(run: Run) -> None:
    """In a batch, what is wrong with a rulebook is told of each engagement that names it, and all others are done."""
    here = Path()
    contradictory(here / "contradictory")
    extended(here / "alike", "film", question("film", "costarring", "liquid"), rule("r", "film: liquid"))
    (here / "none").mkdir()
    (here / "book").mkdir()
    for number, rulebook in enumerate(("", "contradictory", "alike", "none", "nowhere", "")):
        named = f"rulebook: ../{rulebook}\n" if rulebook else ""
        (here / "book" / f"e{number}.yaml").write_text(named + GOOD.replace("good", f"e{number}"), encoding="utf-8")
    lines = [{"answers": {"risk": "low"}}, *({"rulebook": one, "answers": {"risk": "low"}} for one in ("none", "/etc"))]
    (here / "book" / "lines.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    answers = (EXAMPLES / "acme-portal.yaml").read_text(encoding="utf-8")
    (here / "book" / "full.yaml").write_text(f"rulebook: ../contradictory\n{answers}", encoding="utf-8")
    outcome = run("batch", "book", "-o", "out")
    assert outcome.code == 1 and "internal error" not in outcome.err
    told = Path("out/errors.txt").read_text(encoding="utf-8").splitlines()
    results = Path("out/results.jsonl").read_text(encoding="utf-8")
    done = [json.loads(one)["engagement"]["id"] for one in results.splitlines()]
    assert {"e0", "e5", "lines-1"} <= set(done) <= {"e0", "e1", "e5", "lines-1"}
    assert [one for one in told if one.startswith("book/full.yaml:")] == [
        one for one in told if re.match(r"book/full\.yaml: rulebook: contradictory: .* must give one value", one)
    ]
    alike = "alike/guardrails/ours.yaml:1: the rules engine cannot tell 'costarring' from 'liquid'; rename one"
    assert f"book/e2.yaml:1: rulebook: {alike}" in told
    assert "book/e3.yaml:1: rulebook: none: has no rulebook.yaml, so it is no rulebook" in told
    assert "book/lines.jsonl:3: rulebook: /etc: has no rulebook.yaml, so it is no rulebook" in told
    assert any(one.startswith("book/full.yaml: rulebook: contradictory: ") for one in told)


def test_lines_of_many_rulebooks(tmp_path: Path, catalog: Catalog) -> None:
    """Lines come to a worker by the rulebook that they name, since each takes seconds to read, and keep their order."""
    named = ["", "", "a", "a", "b", "a", ""]
    lines = [json.dumps({"rulebook": one, "answers": {}} if one else {"answers": {}}) for one in named]
    (tmp_path / "e.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = [one.lines for one in items([(tmp_path / "e.jsonl", "e")], lambda: catalog)]
    assert found == [(1, 2), (3, 4), (5,), (6,), (7,)]


def test_a_contradiction_in_one_file_leaves_the_others(run: Run) -> None:
    """`advise` reports it and goes on with the next file."""
    contradictory(Path("contradictory"))
    answers = (EXAMPLES / "acme-portal.yaml").read_text(encoding="utf-8")
    Path("full.yaml").write_text(f"rulebook: contradictory\n{answers}", encoding="utf-8")
    Path("good.yaml").write_text(answers, encoding="utf-8")
    outcome = run("advise", "full.yaml", "good.yaml")
    assert outcome.code == 1
    assert outcome.err.startswith("full.yaml: rulebook: contradictory: ") and "must give one value" in outcome.err
    assert "Customer portal rebuild" in outcome.out


def test_more_rulebooks_than_the_engine_holds(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rulebooks that do not fit together are fired one after the other, as often as they come, with the same advice."""
    books = REPOSITORY / "examples/rulebooks"
    cases = [(catalog, EXAMPLES / "acme-portal.yaml")]
    for folder in sorted(books.iterdir()):
        own = load_rulebook(folder)
        cases += [(own, one) for one in sorted((folder / "examples").glob("*.yaml"))[:2]]
    engagements = [(known, read_engagement(file, known)) for known, file in cases]
    expected = [advise(known, one, reference_session(known)) for known, one in engagements]
    monkeypatch.setattr(engine, "MOST_RULESETS", 10)
    monkeypatch.setattr(engine, "_the_engine", engine._Engine(engine._imported()))
    for _ in range(2):
        found = [advise(known, one, session_of(known)) for known, one in engagements]
        assert [(one.recommendation, one.matrix, one.split) for one in found] == [
            (one.recommendation, one.matrix, one.split) for one in expected
        ]
        assert engine._engine().count <= 10
    assert engine._engine().named > 200


def test_an_engine_that_takes_no_more_is_no_internal_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the engine lacks, it is one sentence, and with a rulebook of one's own an error of its engagement."""

    def full(*_: object) -> None:
        raise MemoryError

    book = extended(tmp_path / "b", "risk", question("film", "one", "two"), rule("r", "risk: low"))
    monkeypatch.setattr(engine._engine().module, "Ruleset", full)
    (tmp_path / "e.yaml").write_text("rulebook: b\n" + GOOD, encoding="utf-8")
    item = Item(str(tmp_path / "e.yaml"), "e", (tmp_path / "e.yaml").read_bytes())
    report = evaluate_item(item, Options())
    assert report.counts == {"failed": 1}
    assert "rulebook: " in str(report.problems[0]) and "the rules engine takes no more rules" in str(report.problems[0])
    table = next(one for one in load_rulebook(book).tables() if one.id == "ours")
    with pytest.raises(EngineRefusal):
        engine._engine().register([(0, {"risk": "low"})])
    assert table.rules


def test_a_rulebook_that_many_name_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bad one costs its reading once, however many engagements it spoils."""
    shutil.copytree(REPOSITORY / "examples/rulebooks/agile-public-sector", tmp_path / "bad")
    (tmp_path / "bad/roles.yaml").write_text("nonsense: 1\n", encoding="utf-8")
    read: list[Path] = []

    def watched(folder: Path) -> Catalog:
        read.append(folder)
        return load_rulebook(folder)

    monkeypatch.setattr("advisor.catalog.load.load_rulebook", watched)
    for number in range(3):
        text = b"rulebook: bad\nanswers: {}\n"
        assert evaluate_item(Item(str(tmp_path / f"{number}.yaml"), "e", text), Options()).counts == {"failed": 1}
    assert len(read) == 1


@pytest.mark.parametrize(
    "command",
    [
        ("explain", "full.yaml"),
        ("diff", "full.yaml", "full.yaml"),
        ("compare", REPOSITORY / "tests/matrices/rich.xlsx", "--engagement", "full.yaml"),
    ],
    ids=["explain", "diff", "compare"],
)
def test_a_contradiction_is_the_rulebooks_fault(run: Run, command: tuple[str, ...]) -> None:
    """Wherever the advice comes out, one line names the rules and the command that finds the rest."""
    contradictory(Path("contradictory"))
    answers = (EXAMPLES / "acme-portal.yaml").read_text(encoding="utf-8")
    Path("full.yaml").write_text(f"rulebook: contradictory\n{answers}", encoding="utf-8")
    outcome = run(*command)
    assert outcome.code == 1
    assert re.fullmatch(r"the rulebook contradicts itself: .* must give one value .*verify' finds.*\n", outcome.err)
