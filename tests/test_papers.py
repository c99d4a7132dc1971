"""Charter, annex, transition plan and posting: from rules and the file, and about people who are there."""

from __future__ import annotations

import io
import json
import os
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from docx import Document

from advisor.advise import advise
from advisor.advise.papers import with_passages
from advisor.catalog.engagements import read_engagement
from advisor.catalog.load import load_rulebook
from advisor.documents import PAPER_WRITERS, Edition, write
from advisor.errors import InputError
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog
from advisor.model.rules import PAPERS
from advisor.model.stated import Stint
from tests.conftest import EXAMPLES, REPOSITORY, Run
from tests.readers import needs, pdf_text
from tests.test_documents import NASTY, WellFormed

pytestmark = pytest.mark.usefixtures("in_one_process")

SCHEMAS = REPOSITORY / "advisor" / "documents" / "schemas"
GOLDEN = Path(__file__).parent / "golden"
APPROVED = [
    ("retail-app-handover", "charter"),
    ("acme-portal", "annex"),
    ("regulated-migration", "transition"),
    ("office-move", "posting"),
]
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.yaml"))


def advice_on(catalog: Catalog, name: str, paper: str) -> Advice:
    return with_passages(catalog, advise(catalog, read_engagement(EXAMPLES / f"{name}.yaml", catalog)), paper)


def page(advice: Advice, edition: Edition) -> str:
    return write(advice, "markdown", edition).decode()


@pytest.mark.parametrize(("name", "paper"), APPROVED)
def test_reads_as_it_did(catalog: Catalog, name: str, paper: str) -> None:
    """After a wanted change: ADVISOR_UPDATE_GOLDEN=1 pytest tests/test_papers.py, then read the difference."""
    made = page(advice_on(catalog, name, paper), Edition(paper)).replace(catalog.digest, "DIGEST")
    path = GOLDEN / f"{name}.{paper}.md"
    if os.environ.get("ADVISOR_UPDATE_GOLDEN"):
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_is_whole(catalog: Catalog, name: str) -> None:
    """In each paper of each example: nothing left in braces, no small letter after a stop, nobody twice in a line."""
    for paper in PAPERS:
        try:
            made = page(advice_on(catalog, name, paper), Edition(paper))
        except InputError as error:
            assert paper == "transition"
            assert "has no transition: " in str(error)
            continue
        assert not re.search(r"[{}]|\bNone\b|  \.", made)
        assert not re.search(r"(?<!\be\.g)[.!?] [a-z]", made)
        for line in made.splitlines():
            cells = [one.strip() for one in line.split("|")[1:-1]]
            people = [one for one in cells if re.search(r", (project|delivery) manager$", one)]
            assert len(people) == len(set(people)), line


def test_names_nobody_who_is_not_there(catalog: Catalog) -> None:
    """A team's column without a name has none here, and a party that is not there is not mentioned."""
    made = page(advice_on(catalog, "regulated-migration", "annex"), Edition("annex"))
    for absent in ("account manager", "product owner", "steering committee", "delivery manager"):
        assert absent not in made.lower()
    assert "Miriam Feld, client sponsor" in made
    assert "Project manager (to be named)" in made


class TestDates:
    def test_are_counted_from_go_live(self, catalog: Catalog) -> None:
        made = page(advice_on(catalog, "acme-portal", "transition"), Edition("transition"))
        assert "| 19 August 2027, six weeks before go-live " in made
        assert "| 1 October 2027, one working day after go-live " in made  # a Friday, after a Thursday
        order = [
            made.index(f"| {day}") for day in ("5 August 2027", "19 August 2027", "30 September 2027", "28 October")
        ]
        assert order == sorted(order)

    def test_are_words_without_a_date_to_count_from(self, catalog: Catalog) -> None:
        advice = advice_on(catalog, "acme-portal", "transition")
        bare = replace(advice, engagement=replace(advice.engagement, dates={}))
        made = page(bare, Edition("transition"))
        assert "| Six weeks before go-live " in made
        assert "> - Give the date of go-live" in made

    def test_what_is_past_is_due_at_once(self, catalog: Catalog) -> None:
        late = page(advice_on(catalog, "acme-portal", "transition"), Edition("transition", dated="2027-09-10"))
        assert "| At once; it was due on 19 August 2027 " in late
        assert "| 16 September 2027, two weeks before go-live " in late


class TestClientsCopy:
    @pytest.mark.parametrize("paper", ["annex", "transition"])
    def test_has_nothing_for_the_firm_alone(self, catalog: Catalog, paper: str) -> None:
        """No rate, no row that is inside, no context, and no list of what is still to be settled."""
        advice = advice_on(catalog, "acme-portal", paper)
        engagement = replace(
            advice.engagement,
            people={**advice.engagement.people, "project_manager": ""},
            times={"delivery_manager": (Stint("D. Osei", 2, rate="EUR 640"),)},
            context="SECRET",
        )
        advice = replace(advice, engagement=engagement)
        firm, client = (page(advice, Edition(paper, client_view=view)) for view in (False, True))
        assert "Before you send it" in firm
        assert "Before you send it" not in client
        assert "SECRET" not in firm + client
        assert "640" not in firm + client
        assert not [row.name for row in advice.matrix.activities if row.inside and row.name in client]

    @pytest.mark.parametrize("paper", ["charter", "posting"])
    def test_is_refused_of_what_stays_in_the_firm(self, run: Run, paper: str) -> None:
        outcome = run("raci", str(EXAMPLES / "acme-portal.yaml"), "-o", "x.md", "--document", paper, "--client-view")
        assert (outcome.code, Path("x.md").exists()) == (1, False)
        assert "is for your firm alone and has no client's copy; annex and transition have one" in outcome.err


class TestRefused:
    @pytest.mark.parametrize(
        ("name", "why"),
        [
            ("payroll-support", "there is no project whose result could change hands"),
            ("kanban-operations", "changes go into a service that runs already"),
            ("small-internal-tool", "nothing follows delivery, since no support was bought"),
        ],
    )
    def test_transition_where_nothing_changes_hands(self, run: Run, name: str, why: str) -> None:
        outcome = run("raci", str(EXAMPLES / f"{name}.yaml"), "-o", "x.docx", "--document", "transition")
        assert (outcome.code, Path("x.docx").exists()) == (1, False)
        assert f"{name}: has no transition: {why}" in outcome.err

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            (("-o", "x.txt"), "charter: is written as markdown, html, docx, pdf, not as text"),
            (("-o", "x.docx", "--template", "x"), "--template: a charter has a layout of its own"),
            (("-o", "x.md", "--rows", "5"), "--rows: a charter has no matrix; an annex has one"),
        ],
    )
    def test_options_that_have_no_place(self, run: Run, more: tuple[str, ...], said: str) -> None:
        outcome = run("raci", str(EXAMPLES / "acme-portal.yaml"), "--document", "charter", *more)
        assert (outcome.code, said in outcome.err) == (2, True), outcome.err

    def test_by_a_rulebook_without_passages(self, run: Run) -> None:
        folder = EXAMPLES / "rulebooks" / "staffing-firm"
        example = next((folder / "examples").glob("*.yaml"))
        outcome = run("raci", str(example), "--rulebook", str(folder), "-o", "x.md", "--document", "charter")
        assert outcome.code == 1
        assert "its rulebook says nothing for a charter: no rule in papers/ speaks" in outcome.err


class TestFormats:
    def test_word_has_the_sentences_and_the_matrix(self, catalog: Catalog) -> None:
        advice = advice_on(catalog, "acme-portal", "annex")
        document = Document(io.BytesIO(write(advice, "docx", Edition("annex"))))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        said = "\n".join([*(one.text for one in document.paragraphs), *cells])
        for one in advice.passages:
            if one.passage.part == "annex_change":
                assert one.passage.label in said
        assert "L. Marin, project manager" in cells
        assert "Plan and schedule" in cells
        assert "{" not in said

    def test_html_is_one_page_that_fetches_nothing(self, catalog: Catalog) -> None:
        for paper in PAPERS:
            advice = advice_on(catalog, "acme-portal", paper)
            nasty = replace(advice, engagement=replace(advice.engagement, people={"project_manager": NASTY}))
            parsed = WellFormed(write(nasty, "html", Edition(paper)).decode())
            assert not parsed.tags & {"script", "link", "img", "iframe", "b"}
            assert all(after - before <= 1 for before, after in zip(parsed.headings, parsed.headings[1:], strict=False))

    @needs("pdftotext", "pdfinfo")
    def test_a_charter_has_one_page_a_role(self, catalog: Catalog, tmp_path: Path) -> None:
        path = tmp_path / "charter.pdf"
        path.write_bytes(write(advice_on(catalog, "acme-portal", "charter"), "pdf", Edition("charter")))
        said = pdf_text(path)
        assert "Page 3 of 3" in said
        assert said.count("Decides alone") == 3

    def test_the_word_template_is_the_built_one(self) -> None:
        from tools.paper_template import TEMPLATE, build

        assert TEMPLATE.read_bytes() == build()

    def test_batch_writes_them_too(self, run: Run) -> None:
        files = [str(EXAMPLES / f"{name}.yaml") for name in ("acme-portal", "payroll-support")]
        outcome = run("batch", *files, "-o", "out", "--documents", "markdown", "--document", "transition")
        assert outcome.code == 1
        assert [path.name for path in Path("out").rglob("*.md")] == ["acme-portal.md"]
        assert "payroll-support: has no transition" in outcome.err + Path("out/errors.txt").read_text()
        assert set(PAPER_WRITERS) == {"markdown", "html", "docx", "pdf"}


def test_explain_says_what_a_passage_does(run: Run) -> None:
    """In words, and as JSON by its schema; a question lists only the rules that advice depends on."""
    acme = str(EXAMPLES / "acme-portal.yaml")
    assert "with the client project manager" in " ".join(run("explain", acme, "change_within_plan").out.split())
    said = json.loads(run("explain", acme, "rule:change_within_plan", "--format", "json").out)
    schema = json.loads((SCHEMAS / "explain-2.json").read_text(encoding="utf-8"))
    assert not list(jsonschema.Draft202012Validator(schema).iter_errors(said))
    assert said["rule"]["look"]["effects"][0]["part"] == "annex_change"
    assert "change_within_plan" not in run("explain", acme, "lifecycle_scope", "--format", "json").out


def test_mistakes_in_passages_are_told(tmp_path: Path) -> None:
    """All at once, each with its line, its field, and the nearest right word."""
    mistakes = {
        "{charter_alone: {of: project_manager, rank: 5, text: '{nobody}.'}}": "{nobody} is neither a role nor one of",
        "{charter_alone: {of: project_manger, rank: 5, text: X.}}": "did you mean project_manager",
        "{charter_alone: {of: project_manager, rank: 500, text: X.}}": "must be at most 100",
        "{annex_change: {label: X, who: project_manager, by: today, rank: 5, text: X.}}": "annex_change.to",
        "{charter_allone: {of: project_manager, rank: 5, text: X.}}": "did you mean charter_alone",
    }
    (tmp_path / "rulebook.yaml").write_text("extends: standard\n")
    (tmp_path / "papers").mkdir()
    head = "says: S., cites: ['PRACTICE: x'], when: {model: paired}"
    rules = "".join(f"  - {{id: own_{at}, {head}, then: {then}}}\n" for at, then in enumerate(mistakes))
    (tmp_path / "papers" / "own.yaml").write_text(f"table: own_papers\ntitle: T\nreads: [model]\nrules:\n{rules}")
    with pytest.raises(InputError) as caught:
        load_rulebook(tmp_path)
    told = str(caught.value).splitlines()
    for line, said in enumerate(mistakes.values(), start=5):
        assert any(f"papers/own.yaml:{line}: " in one and said in one for one in told), (line, said, told)
