"""How many rows the printed matrix has: all, the main ones, or the N that rank highest, in every format."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement
from advisor.cli import cli
from advisor.documents import write
from advisor.documents.matrix.rows import ALL, MAIN, MOST, chosen_rows
from advisor.documents.shared.edition import Edition, Rows
from advisor.matrices import read_matrices
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES

pytestmark = pytest.mark.usefixtures("in_one_process")

ACME = str(EXAMPLES / "acme-portal.yaml")
FORMATS = {"xlsx": "xlsx", "csv": "csv", "markdown": "md", "html": "html", "docx": "docx"}


@pytest.fixture(scope="module")
def advice(catalog: Catalog) -> Advice:
    return advise(catalog, read_engagement(EXAMPLES / "acme-portal.yaml", catalog))


@pytest.mark.parametrize("rows", (1, 7, MOST))
def test_a_number_takes_the_highest_ranks_in_the_order_of_the_matrix(advice: Advice, rows: int) -> None:
    everything = advice.matrix.activities
    chosen = chosen_rows(advice, rows)
    assert len(chosen) == min(rows, len(everything))
    assert [row for row in everything if row in chosen] == list(chosen)
    left = [row.rank for row in everything if row not in chosen]
    assert min(row.rank for row in chosen) >= max(left, default=0)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("rows", (2, 10, MAIN, ALL, ""))
@pytest.mark.parametrize("document", ("brief", "raci"))
def test_every_format_prints_these_rows(advice: Advice, document: str, rows: Rows, form: str, tmp_path: Path) -> None:
    """Those asked for and no others; by itself a brief has the main ones and a matrix all."""
    if form == "csv" and document == "brief":
        pytest.skip("holds the matrix alone")
    file = tmp_path / f"matrix.{FORMATS[form]}"
    file.write_bytes(write(advice, form, Edition(document, rows=rows)))
    found = read_matrices(file)[0]
    wanted = chosen_rows(advice, rows or (MAIN if document == "brief" else ALL))
    assert [row.activity for row in found.rows] == [row.name for row in wanted]


def test_the_workbook_of_a_brief_keeps_the_full_matrix(advice: Advice) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write(advice, "xlsx", Edition("brief", rows=3))))
    names = {row.name for row in advice.matrix.activities}
    counts = {sheet: sum(cell.value in names for cell in book[sheet]["B"]) for sheet in ("Matrix", "Full matrix")}
    assert counts == {"Matrix": 3, "Full matrix": len(names)}


@pytest.mark.parametrize(
    ("rows", "said"), (("3", "58 more rows stand in the full matrix"), ("60", "1 more row stands"), ("all", ""))
)
def test_a_brief_counts_the_rows_that_it_does_not_show(rows: str, said: str) -> None:
    shown = " ".join(CliRunner().invoke(cli, ["advise", ACME, "--rows", rows]).output.split())
    assert said in shown if said else "full matrix" not in shown


def test_an_extract_says_that_it_is_one(advice: Advice) -> None:
    page = write(advice, "markdown", Edition("raci", rows=4)).decode()
    assert "These are the 4 rows that matter most; 57 more stand in the full matrix." in page
    assert "Rows left out" not in page
    assert "matter most" not in write(advice, "markdown", Edition("raci", rows=ALL)).decode()


@pytest.mark.parametrize("wrong", ("0", "101", "-1", "1.5", "many", "９", "1" * 5_000))
def test_other_values_are_refused_in_one_sentence(wrong: str) -> None:
    result = CliRunner().invoke(cli, ["advise", ACME, "--rows", wrong])
    assert result.exit_code == 2
    assert "is neither all, main nor a number from 1 to 100" in " ".join(result.output.split())


@pytest.mark.parametrize(
    ("args", "said"),
    (
        (["advise", ACME, "--rows", "3", "--format", "json"], "json always holds the whole advice"),
        (["advise", ACME, "--rows", "3", "--format", "markdown", "--full"], "the advice alone has no matrix"),
    ),
)
def test_what_has_no_rows_to_choose_refuses_the_option(args: list[str], said: str) -> None:
    result = CliRunner().invoke(cli, args)
    assert result.exit_code == 2
    assert said in result.output


def test_batch_documents_have_it_too(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = CliRunner().invoke(cli, ["batch", ACME, "-o", str(out), "--documents", "markdown", "--rows", "2"])
    assert done.exit_code == 0, done.output
    (page,) = out.rglob("*.md")
    assert len(read_matrices(page)[0].rows) == 2
