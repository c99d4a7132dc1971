"""The copy for a client: nothing that is meant for the firm alone stands in it, in any format or document."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement
from advisor.documents import DOCUMENTS, FORMATS, Edition, write
from advisor.documents.advice.pages import given_to
from advisor.documents.advice.viewing import view_of
from advisor.documents.client_copy import for_client
from advisor.errors import InputError
from advisor.model.advice import Advice, PersonGap
from advisor.model.engagement import Origin
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES, Run
from tests.readers import needs, pdf_text

COPIES = [name for name in FORMATS if name != "json"]
READABLE = [name for name in COPIES if name != "pdf"]
# What the view says to the firm alone, by field; each text of the advice that it comes from is marked below.
FOR_THE_FIRM = {
    "context",
    *("watch", "staffing_lines", "role_sense", "reasons", "findings", "leaning", "sides"),
    *("guardrails", "profiles", "set_aside", "noted", "matrix_sources", "advice_sources", "all_sources"),
}


def marked(value: Any, mark: str) -> Any:
    """The value with the mark in front of each of its sentences."""
    if isinstance(value, str):
        return f"{mark} {value}"
    if isinstance(value, tuple):
        return tuple(marked(one, mark) for one in value)
    sentences = {"says", "text", "because", "label", "note", "watch", "person"}
    found = {one.name for one in dataclasses.fields(value)} & sentences
    changed = {name: marked(getattr(value, name), mark) for name in found if isinstance(getattr(value, name), str)}
    return replace(value, **changed)


@pytest.fixture(scope="module")
def secret(catalog: Catalog) -> Advice:
    """An advice in which everything for the firm alone says so: notes, reasons, warnings, people, answers set aside."""
    engagement = read_engagement(EXAMPLES / "acme-portal.yaml", catalog)
    noted = {question: Origin(note="SECRET note") for question in engagement.answers}
    advice = advise(catalog, replace(engagement, origins=noted))
    return replace(
        advice,
        recommendation=replace(
            advice.recommendation,
            watch="SECRET watch",
            reasons=marked(advice.recommendation.reasons, "SECRET reason"),
            not_available=("project_manager",),
            runner_up="programme",
        ),
        findings=tuple(replace(one, text="SECRET finding", label="SECRET finding") for one in advice.findings),
        evidence=marked(advice.evidence, "SECRET evidence"),
        guardrails=marked(advice.guardrails, "SECRET guardrail"),
        people_gaps=(PersonGap("D. Osei", "delivery_manager", "x", "SECRET gap", ()),),
        profiles=tuple(
            replace(one, competencies=marked(one.competencies, "SECRET profile")) for one in advice.profiles
        ),
        set_aside=(next(iter(engagement.answers)),),
        role_sense=replace(advice.role_sense, note="SECRET role sense"),
        matrix=replace(
            advice.matrix,
            activities=tuple(
                replace(row, cells=tuple(replace(cell, says="SECRET why") for cell in row.cells))
                for row in advice.matrix.activities
            ),
        ),
        names=replace(
            advice.names,
            claims={id: replace(one, text="SECRET claim") for id, one in advice.names.claims.items()},
        ),
    )


def text_of(made: bytes, form: str) -> str:
    """Everything in the file, whatever part of it stands on which page or in which comment."""
    if form in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            return "\n".join(
                re.sub(r"<[^>]+>", "", archive.read(one).decode()) for one in archive.namelist() if one.endswith("xml")
            )
    return made.decode()


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("form", READABLE)
def test_no_word_for_the_firm(secret: Advice, form: str, document: str) -> None:
    """Not a note, a reason, a warning, a gap, a profile, a claim; the firm's own copy has them."""
    assert "SECRET" not in text_of(write(secret, form, Edition(document, client_view=True)), form)
    if form != "csv":
        assert "SECRET" in text_of(write(secret, form, Edition(document)), form)


@pytest.mark.parametrize("form", [one for one in READABLE if one != "csv"])
def test_notes_are_there_for_the_firm(secret: Advice, form: str) -> None:
    """So that a client's copy without them says something: each format has a place for notes."""
    assert "SECRET note" in text_of(write(secret, form, Edition("both")), form)


@needs("pdftotext")
@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_word_for_the_firm_in_a_pdf(secret: Advice, tmp_path: Path, document: str) -> None:
    """The same, as a reader selects it."""
    path = tmp_path / "x.pdf"
    path.write_bytes(write(secret, "pdf", Edition(document, client_view=True)))
    assert "SECRET" not in pdf_text(path)
    path.write_bytes(write(secret, "pdf", Edition(document)))
    if document != "raci":
        assert ("SECRET" if document == "brief" else "SECRET note") in pdf_text(path)  # a brief has no notes


def test_what_a_pdf_is_given(secret: Advice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing for the firm alone even reaches the layout of a client's PDF."""
    from advisor.documents.advice import pdf

    given: list[str] = []

    def compiled(_: Path, data: str, *files: object) -> bytes:
        given.append(data)
        return b""

    monkeypatch.setattr(pdf, "compiled", compiled)
    for document in DOCUMENTS:
        write(secret, "pdf", Edition(document, client_view=True))
        write(secret, "pdf", Edition(document))
    assert ["SECRET" in one for one in given] == [False, True] * len(DOCUMENTS)


@pytest.mark.parametrize("kind", ["md", "html", "confluence"])
def test_no_template_can_let_it_slip(secret: Advice, kind: str) -> None:
    """Nothing for the firm alone even reaches a template."""
    assert "SECRET" not in repr(given_to(secret, Edition("both", client_view=True), kind))
    assert "SECRET note" in repr(given_to(secret, Edition("both"), kind))


def test_what_is_for_the_firm_is_empty(secret: Advice) -> None:
    """Field by field: what is listed is there for the firm and empty for a client; else, only rows differ."""
    firm, client = view_of(secret), view_of(secret, Edition(client_view=True))
    differs = {one.name for one in dataclasses.fields(firm) if getattr(firm, one.name) != getattr(client, one.name)}
    assert differs == FOR_THE_FIRM | {"for_client", "phases"}
    assert not any(getattr(client, name) for name in FOR_THE_FIRM)
    assert all(getattr(firm, name) for name in FOR_THE_FIRM)


def test_what_is_inside_the_firm_is_left_out(secret: Advice) -> None:
    """Rows and points that the rulebook calls `inside` are in no client's copy; the others all are."""
    points = tuple(replace(one, inside=at % 2 == 0) for at, one in enumerate(secret.points))
    rows = tuple(replace(one, inside=at % 2 == 0) for at, one in enumerate(secret.matrix.activities))
    copy = for_client(replace(secret, points=points, matrix=replace(secret.matrix, activities=rows)))
    assert points and copy.points == points[1::2]
    assert rows and copy.matrix.activities == rows[1::2]


def test_json_has_no_copy_for_a_client(secret: Advice, run: Run) -> None:
    """It holds everything, so it is refused for a client rather than written whole."""
    with pytest.raises(InputError, match="it has no copy for a client"):
        write(secret, "json", Edition(client_view=True))
    outcome = run("raci", str(EXAMPLES / "acme-portal.yaml"), "-o", "x.json", "--client-view")
    assert (outcome.code, "--client-view: json always holds the whole advice" in outcome.err) == (2, True)
    assert not Path("x.json").exists()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_text_for_a_client(run: Run, document: str) -> None:
    """Plain text has no empty section where the reasons would stand."""
    command = ("raci", str(EXAMPLES / "acme-portal.yaml"), "-o", "n.txt", "--document", document, "--client-view")
    assert run(*command).code == 0
    assert "Why" not in Path("n.txt").read_text(encoding="utf-8").splitlines()
