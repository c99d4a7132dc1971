"""The matrix in other letters: what becomes of each cell, what every format prints, and that we read it back."""

from __future__ import annotations

import html
import io
import json
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.advise import advise
from advisor.advise.seating import seated
from advisor.advise.session import reference_session
from advisor.catalog.engagements import read_engagement
from advisor.cli import cli
from advisor.documents import FORMATS, write
from advisor.documents.matrix.letters import kinds
from advisor.documents.shared.edition import Edition
from advisor.errors import InputError
from advisor.matrices import read_matrices
from advisor.matrices.cells import read_cell
from advisor.matrices.vocabulary import words
from advisor.matrices.written import MOST_WORD, known, lettering, lettering_of
from advisor.model.advice import Advice
from advisor.model.lettering import BOTH, Lettering
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES
from tests.readers import needs, pdf_text
from tests.strategies import answers, engagement

pytestmark = pytest.mark.usefixtures("in_one_process")

ACME = str(EXAMPLES / "acme-portal.yaml")
OURS = """
name: House letters
A: {letter: O, word: owns the result}
R: {letter: Do, word: does the work}
S: {letter: H, word: helps <along>}
C: {letter: K, word: is asked & heard}
I: {letter: N, word: is told}
"""
HOUSE = lettering_of(OURS.encode(), "house.yaml")
ALL = {**known(), "house": HOUSE}
READ = {"xlsx": "xlsx", "csv": "csv", "markdown": "md", "html": "html", "docx": "docx"}
often = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def advice(catalog: Catalog) -> Advice:
    return advise(catalog, read_engagement(EXAMPLES / "acme-portal.yaml", catalog))


def mapped(advice: Advice, letters: Lettering) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Each row as the rules give it and as it is printed, both by role."""
    for row in advice.matrix.activities:
        ours = {cell.role: cell.letters for cell in row.cells if cell.letters}
        yield ours, dict(kinds(advice, row, letters))


@pytest.mark.parametrize("id", ALL)
@often
@given(data=st.data())
def test_every_row_has_one_a_and_no_cell_is_lost(catalog: Catalog, id: str, data: st.DataObject) -> None:
    """Whatever the answers: one A, at least one R (exactly one where others support), and the same roles as before."""
    letters = ALL[id]
    chosen = engagement(data.draw(answers(catalog)))
    for ours, theirs in mapped(advise(catalog, chosen, reference_session(catalog)), letters):
        assert theirs.keys() == ours.keys()
        printed = [letters.printed(kind) for kind in theirs.values()]
        assert all(printed)
        assert sum("A" in kind.split("/") for kind in theirs.values()) == 1
        leads = sum("R" in kind.split("/") for kind in theirs.values())
        assert leads == 1 if letters.one_lead else leads >= 1
        for role, kind in theirs.items():
            assert kind == ours[role] or (ours[role] == "R" and kind == letters.others)


def test_raci_is_what_the_rules_give(advice: Advice) -> None:
    assert all(ours == theirs for ours, theirs in mapped(advice, known()["raci"]))


@pytest.mark.parametrize(
    ("row", "printed"),
    (
        ("requirements_sign_off", {"project_manager": "R", "delivery_team": "S", "product_owner": "A"}),
        ("risk_register", {"project_manager": "A/R", "quality_compliance": "S"}),
        ("migration_cutover", {"project_manager": "A", "delivery_team": "R", "client_team": "S"}),
    ),
)
def test_who_leads_a_row_keeps_the_r(advice: Advice, row: str, printed: dict[str, str]) -> None:
    """A manager before the team, whoever has A/R before all others, the team before the client's people."""
    found = next(one for one in advice.matrix.activities if one.id == row)
    held = kinds(advice, found, known()["rasci"])
    assert {role: held.get(role) for role in printed} == printed


def test_one_who_drives_and_approves_has_both_letters_in_daci(advice: Advice) -> None:
    row = next(one for one in advice.matrix.activities if one.id == "risk_register")
    daci = known()["daci"]
    held = kinds(advice, row, daci)
    assert held["project_manager"] == BOTH
    assert daci.printed(BOTH) == "D/A"
    assert daci.printed(held["quality_compliance"]) == "C"


def test_printed_letters_are_those_that_are_read() -> None:
    """One source: what a vocabulary prints for a kind it reads as that kind."""
    for id, one in known().items():
        reads = words().vocabularies[id].letters
        assert [reads[sign.letter] for sign in one.signs] == [sign.stands_for for sign in one.signs]
        assert {sign.stands_for for sign in one.signs} >= {"A", "R", "C", "I", one.others}
        assert all(letter in one.key for letter in reads)


@pytest.mark.parametrize("form", READ)
@pytest.mark.parametrize("id", ("rasci", "daci"))
@pytest.mark.parametrize("document", ("brief", "raci"))
def test_our_readers_know_what_we_print(advice: Advice, document: str, id: str, form: str, tmp_path: Path) -> None:
    """Vocabulary and letters of every cell, in all that we can read; a contributor is read as C."""
    if form == "csv" and document == "brief":
        pytest.skip("holds the matrix alone")
    file = tmp_path / f"matrix.{READ[form]}"
    file.write_bytes(write(advice, form, Edition(document, rows="all", letters=known()[id])))
    found = read_matrices(file)[0]
    assert found.vocabulary == id
    shown = seated(advice) if document == "brief" else advice
    printed = [sorted(sorted(kind.split("/")) for kind in theirs.values()) for _, theirs in mapped(shown, known()[id])]
    assert [sorted(sorted(c.letters) for c in row.cells if c.letters) for row in found.rows] == printed
    assert not [cell for row in found.rows for cell in row.cells if cell.unread or cell.remark]


@pytest.mark.parametrize("command", ("lint", "compare"))
@pytest.mark.parametrize(("id", "name"), (("rasci", "RASCI"), ("daci", "DACI")))
def test_lint_and_compare_say_which_letters_they_found(id: str, name: str, command: str, tmp_path: Path) -> None:
    file = str(tmp_path / "matrix.xlsx")
    assert CliRunner().invoke(cli, ["raci", ACME, "-o", file, "--document", "raci", "--letters", id]).exit_code == 0
    args = ["lint", file] if command == "lint" else ["compare", file, "--engagement", ACME]
    result = CliRunner().invoke(cli, [*args, "--format", "json"])
    assert result.exit_code in (0, 1), result.output
    assert f"letters are read as {name}" in result.output


class TestLegends:
    """The words for the letters, wherever a format has a legend."""

    @pytest.mark.parametrize("form", ("text", "markdown", "html", "confluence"))
    @pytest.mark.parametrize("document", ("brief", "both"))
    @pytest.mark.parametrize("id", ALL)
    def test_of_text(self, advice: Advice, id: str, document: str, form: str) -> None:
        made = write(advice, form, Edition(document, letters=ALL[id])).decode()
        said = " ".join(html.unescape(made).replace("\\", "").split())
        sentence = form == "text" or (document == "brief" and form != "html")
        lines = [ALL[id].key] if sentence else [sign.word for sign in ALL[id].signs]
        assert all(line in said for line in lines)
        assert (known()["raci"].key in said) == (id == "raci" and sentence)
        assert id != "house" or form == "text" or "<along>" not in made

    @pytest.mark.parametrize("id", ALL)
    def test_of_word(self, advice: Advice, id: str) -> None:
        made = docx.Document(io.BytesIO(write(advice, "docx", Edition("raci", letters=ALL[id]))))
        said = " ".join(line.text for line in made.paragraphs)
        assert all(sign.word in said for sign in ALL[id].signs)

    @needs("pdftotext")
    @pytest.mark.parametrize("id", ALL)
    def test_of_pdf(self, advice: Advice, id: str, tmp_path: Path) -> None:
        file = tmp_path / "matrix.pdf"
        file.write_bytes(write(advice, "pdf", Edition("brief", letters=ALL[id])))
        said = " ".join(pdf_text(file).split())
        assert all(sign.word in said for sign in ALL[id].signs)

    @pytest.mark.parametrize("id", ALL)
    def test_of_a_workbook(self, advice: Advice, id: str) -> None:
        """Legend, letters to choose from, the check beside each row and the name of the sheet."""
        book = openpyxl.load_workbook(io.BytesIO(write(advice, "xlsx", Edition("raci", letters=ALL[id]))))
        sheet = book.worksheets[0]
        assert sheet.title == (id.upper() if id != "house" else "Matrix")
        texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
        assert any(all(sign.word in text for sign in ALL[id].signs) for text in texts)
        (choice,) = sheet.data_validations.dataValidation
        allowed = choice.formula1.strip('"').split(",")
        assert set(allowed) >= {sign.letter for sign in ALL[id].signs}
        checks = [text for text in texts if "Unknown letter" in text]
        lead = ALL[id].printed("R")
        assert all(f'"No {ALL[id].printed("A")}"' in text and f'"No {lead}"' in text for text in checks)
        assert all((f'&" {lead}s"' in text) == ALL[id].one_lead for text in checks)


def test_json_stays_raci() -> None:
    runner = CliRunner()
    result = runner.invoke(cli, ["advise", ACME, "--format", "json", "--letters", "daci"])
    assert result.exit_code == 2
    assert "json holds RACI" in result.output
    same = runner.invoke(cli, ["advise", ACME, "--format", "json", "--letters", "raci"])
    assert json.loads(same.output)["schema"] == "advisor/advice-2"


def test_batch_documents_have_them_too(tmp_path: Path) -> None:
    house = tmp_path / "house.yaml"
    house.write_text(OURS, encoding="utf-8")
    out = tmp_path / "out"
    args = ["batch", ACME, "-o", str(out), "--documents", "markdown", "--letters", str(house)]
    assert CliRunner().invoke(cli, args).exit_code == 0
    (page,) = out.rglob("*.md")
    assert "O/Do" in page.read_text(encoding="utf-8")


class TestOfOnesOwn:
    """Letters of a house: every mistake at once, with line and field, and never a traceback."""

    @pytest.mark.parametrize(
        ("text", "said"),
        (
            ("", ["must hold one YAML document"]),
            ("[R]", ["must be a mapping of fields"]),
            ("A: O\nR: [D]\n", ["A: must be a mapping", "R: must be a mapping", "C: is missing", "I: is missing"]),
            (OURS.replace("letter: O", "letter: =1+1"), ["house.yaml:3: A.letter: must be 1 to 3 letters or digits"]),
            (OURS.replace("letter: O", "letter: A/R"), ["A.letter: must be 1 to 3"]),
            (OURS.replace("letter: O", "letter: LONG"), ["A.letter: must be 1 to 3"]),
            (OURS.replace("letter: K", "letter: o"), ["C.letter: 'o' stands for A already"]),
            (OURS.replace("word: is told", ""), ["I.word: is missing"]),
            (OURS.replace("is told", "x" * (MOST_WORD + 1)), [f"I.word: must be at most {MOST_WORD} characters"]),
            (OURS.replace("is told", '"a\\x00b"'), ["I.word: "]),
            (OURS + "Q: {letter: Q, word: q}\n", ["Q: is no field that is known here"]),
            (OURS.replace("letter: N", "leter: N"), ["I.letter: is missing", "I.leter: is no field"]),
            (OURS.replace("word: is told", "word: [1]"), ["I.word: must be a single value"]),
            (OURS + "A: {letter: B, word: b}\n", ["A: is given twice"]),
        ),
    )
    def test_what_is_wrong_is_said(self, text: str, said: list[str], tmp_path: Path) -> None:
        with pytest.raises(InputError) as caught:
            lettering_of(text.encode(), "house.yaml")
        assert all(one in str(caught.value) for one in said), str(caught.value)
        file = tmp_path / "house.yaml"
        file.write_text(text, encoding="utf-8")
        result = CliRunner().invoke(cli, ["advise", ACME, "--letters", str(file)], standalone_mode=False)
        assert isinstance(result.exception, InputError)

    def test_without_support_all_who_do_the_work_keep_their_letter(self, advice: Advice) -> None:
        plain = lettering_of(OURS.replace("S: {letter: H, word: helps <along>}\n", "").encode(), "house.yaml")
        assert not plain.one_lead
        assert all(ours == theirs for ours, theirs in mapped(advice, plain))

    @pytest.mark.parametrize("name", ("rascy", "owns", "no/such/file.yaml", "x" * 500))
    def test_what_is_neither_scheme_nor_file_is_wrong_usage(self, name: str) -> None:
        result = CliRunner().invoke(cli, ["advise", ACME, "--letters", name])
        assert result.exit_code == 2
        assert "is none of raci, rasci, daci" in result.output

    def test_other_spellings_are_known(self) -> None:
        assert lettering("RASIC") is known()["rasci"]


def test_every_format_has_the_option_or_says_that_it_has_not() -> None:
    assert [name for name, one in FORMATS.items() if "letters" in one.lacks] == ["json"]


@pytest.mark.parametrize(
    ("text", "letters"),
    (("D. Osei", ()), ("C. Meyer-Lund", ()), ("A.I. Falk", ()), ("A. Approver", ("A",)), ("C. until go-live", ("C",))),
)
def test_a_name_with_an_initial_is_no_letter(text: str, letters: tuple[str, ...]) -> None:
    """Under a matrix in DACI, whoever signs as `D. Osei` drives nothing."""
    assert read_cell(text, words().vocabularies["daci"]).letters == letters
