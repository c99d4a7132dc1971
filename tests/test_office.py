"""Word and PDF: the same matrix, opened by the programs that readers open it with; templates of one's own."""

from __future__ import annotations

import dataclasses
import io
import itertools
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from advisor.advise import advise
from advisor.advise.reader_words import in_words_of
from advisor.catalog.engagements import read_engagement
from advisor.documents import Edition, write
from advisor.documents.shared import TEMPLATES
from advisor.documents.shared.edition import logo_from
from advisor.documents.shared.view import View
from advisor.errors import InputError, MissingExtra
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES, REPOSITORY, Run
from tests.readers import converted, needs, pdf_pages, pdf_text

docx = pytest.importorskip("docx")
Inches = docx.shared.Inches
NAMES = sorted(EXAMPLES.glob("*.yaml"))
PAPERS = [(path, ("A4", "Letter")[at % 2]) for at, path in enumerate(NAMES[::3])]  # each is a Word file laid out
WHERE = ("body", "table", "header")
ODD = "Žofia Нестерова 🙂 <b>&amp;{{ 7 * 7 }} #sys \\ *x*"
LOGO = logo_from((REPOSITORY / "tests" / "logo.png").read_bytes(), "logo.png")


def advice_on(catalog: Catalog, name: str = "acme-portal") -> Advice:
    return in_words_of(advise(catalog, read_engagement(EXAMPLES / f"{name}.yaml", catalog)))


def oddly_named(catalog: Catalog) -> Advice:
    """Names with all that could be markup somewhere, and an activity of 200 letters."""
    engagement = read_engagement(EXAMPLES / "acme-portal.yaml", catalog)
    named = replace(engagement, name=ODD, client=ODD, people=dict.fromkeys(engagement.people, ODD))
    advice = advise(catalog, named)
    long = ("Agree with everybody who is concerned what has to be agreed " * 4)[:200].strip()
    rows = tuple(replace(row, name=long) if at == 0 else row for at, row in enumerate(advice.matrix.activities))
    return replace(advice, matrix=replace(advice.matrix, activities=rows))


def word(advice: Advice, edition: Edition | None = None) -> Any:
    return docx.Document(io.BytesIO(write(advice, "docx", edition)))


def words_of(document: Any) -> str:
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


@pytest.mark.parametrize("path", NAMES, ids=[path.stem for path in NAMES])
def test_word_has_the_same_letters(catalog: Catalog, path: Path) -> None:
    """Row by row, in every example."""
    advice = advice_on(catalog, path.stem)
    expected = {row.name: [row.letters(role) for role in advice.matrix.roles] for row in advice.matrix.activities}
    found = {}
    for table in word(advice).tables:
        for row in table.rows:
            first, *others = (cell.text.strip() for cell in row.cells)
            if first in expected:
                found[first] = others
    assert found == expected


def test_word_is_made_to_be_edited(catalog: Catalog) -> None:
    """Real headings, the table's head repeated and its rows whole, the matrix on a page that lies on its side."""
    document = word(advice_on(catalog), Edition("both"))
    styles = {one.style.name for one in document.paragraphs}
    assert styles >= {"Title", "Heading 1", "Heading 2", "List Bullet"}
    matrix = next(table for table in document.tables if table.rows[0].cells[0].text == "Activity")
    repeated = [row for row in matrix.rows if row._tr.trPr is not None and row._tr.trPr.xpath("w:tblHeader")]
    assert len(repeated) == 2
    assert all(row._tr.trPr.xpath("w:cantSplit") for row in matrix.rows)
    assert [one.orientation for one in document.sections] == [0, 1, 0]
    mode = document.settings.element.xpath("//w:compatSetting[@w:name='compatibilityMode']/@w:val")
    assert mode == ["15"], "Word would open it in an older mode"


@pytest.mark.parametrize(("path", "paper"), PAPERS, ids=lambda one: getattr(one, "stem", one))
def test_word_tables_keep_within_the_margins(catalog: Catalog, tmp_path: Path, path: Path, paper: str) -> None:
    """On our page and on one that somebody set up otherwise; a matrix of few columns needs no page on its side."""
    advice = advice_on(catalog, path.stem)
    template = docx.Document(TEMPLATES / "document.docx")
    for section in template.sections if paper == "Letter" else ():
        lying = section.page_width > section.page_height
        section.page_width, section.page_height = (Inches(11), Inches(8.5)) if lying else (Inches(8.5), Inches(11))
        section.left_margin = section.right_margin = Inches(1)
    template.save(tmp_path / "ours.docx")
    document = word(advice, Edition("both", template=tmp_path / "ours.docx"))
    assert [one.orientation for one in document.sections] == ([0, 1, 0] if len(advice.matrix.roles) > 4 else [0])
    for section in document.sections:
        room = (section.page_width - section.left_margin - section.right_margin) / 635
        for table in (one for one in section.iter_inner_content() if hasattr(one, "rows")):
            widths = [int(one) for one in table._tbl.xpath("w:tblGrid/w:gridCol/@w:w")]
            assert sum(widths) <= room + 20
            assert not table._tbl.xpath("w:tblPr/w:tblCaption"), "what we note for ourselves is no title"
        pictures = [one for block in section.iter_inner_content() for one in block._element.xpath(".//wp:extent/@cx")]
        assert all(int(one) / 635 <= room + 20 for one in pictures)


def test_word_tells_its_pictures(catalog: Catalog) -> None:
    """Who cannot see a picture hears what it shows; none has a gap around it."""
    document = word(advice_on(catalog), Edition("both", logo=LOGO))
    told = document.element.body.xpath("//wp:inline/wp:docPr/@descr")
    assert len(told) == 3 and "Logo" in told
    assert any(one.startswith("Who leads what. Planning: Delivery manager 35 %") for one in told)
    assert set(document.element.body.xpath("//wp:inline/@distL")) == {"0"}


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_same_bytes(catalog: Catalog, form: str) -> None:
    """Nothing in the file says when it was made."""
    edition = Edition("both", title="Title", dated="2027-01-31", logo=LOGO)
    assert write(advice_on(catalog), form, edition) == write(advice_on(catalog), form, edition)


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx"])
def test_the_same_bytes_elsewhere(tmp_path: Path, form: str) -> None:
    """Another process, another clock, another time zone and another seed of hashes change nothing."""
    code = (
        "import sys, advisor, pathlib\n"
        "catalog = advisor.load_catalog()\n"
        "from advisor.advise import advise\n"
        "from advisor.documents import Edition, write\n"
        "advice = advise(catalog, advisor.read_engagement(pathlib.Path(sys.argv[1]), catalog))\n"
        "sys.stdout.buffer.write(write(advice, sys.argv[2], Edition('both')))\n"
    )
    made = []
    for more in (
        {"TZ": "UTC", "PYTHONHASHSEED": "1"},
        {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "2", "LC_ALL": "tr_TR.UTF-8", "SOURCE_DATE_EPOCH": "1500000000"},
    ):
        kept = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "LC_ALL")}
        command = [sys.executable, "-c", code, str(EXAMPLES / "acme-portal.yaml"), form]
        made.append(subprocess.run(command, check=True, capture_output=True, env={**kept, **more}).stdout)
    assert made[0] == made[1] and len(made[0]) > 10_000


def test_word_for_the_client(catalog: Catalog) -> None:
    """What is for the firm alone is left out."""
    advice = advice_on(catalog)
    text = words_of(word(advice, Edition("both", client_view=True)))
    assert not any(rail.text in text for rail in advice.guardrails)
    for heading in ("Why", "Guardrails", "Sources", "Watch:"):
        assert heading not in text
    assert "Who does what" in text


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(min_size=1, max_size=400), title=st.text(max_size=400))
@example(name="a\ufffeb\uffff\U0001ffff", title="\ud800\x00\x0b")
@example(name="x" * 5000, title="]]><!-- _x000D_ &amp; {{ 7 * 7 }} {% raw %}")
def test_any_name_can_be_written(catalog: Catalog, name: str, title: str) -> None:
    """Whatever people type: every part of the file is well-formed and both programs' readers open it."""
    openpyxl = pytest.importorskip("openpyxl")
    engagement = read_engagement(EXAMPLES / "small-internal-tool.yaml", catalog)
    named = replace(engagement, name=name, client=name, people=dict.fromkeys(catalog.roles, name))
    advice = advise(catalog, named)
    for form in ("docx", "xlsx"):
        made = io.BytesIO(write(advice, form, Edition("both", title=title)))
        with zipfile.ZipFile(made) as archive:
            for part in archive.namelist():
                if part.endswith((".xml", ".rels", ".vml")):
                    ElementTree.fromstring(archive.read(part))
        docx.Document(made) if form == "docx" else openpyxl.load_workbook(made)
    ElementTree.fromstring(f'<r xmlns:ac="a">{write(advice, "confluence", Edition("both")).decode()}</r>')


@needs("soffice", "pdftotext", "pdfinfo")
@pytest.mark.parametrize("which", ["small-internal-tool", "acme-portal", "odd"])
def test_word_opens(catalog: Catalog, tmp_path: Path, which: str) -> None:
    """LibreOffice shows every activity and every name as it was typed, and no empty page."""
    advice = oddly_named(catalog) if which == "odd" else advice_on(catalog, which)
    path = tmp_path / "x.docx"
    path.write_bytes(write(advice, "docx", Edition("both", logo=LOGO)))
    _shows_all(converted(path, "pdf", tmp_path), advice)


@needs("pdftotext", "pdfinfo")
@pytest.mark.parametrize("document", ["raci", "advice", "both"])
@pytest.mark.parametrize("which", ["small-internal-tool", "acme-portal", "first-meeting-open", "odd"])
def test_pdf_opens(catalog: Catalog, tmp_path: Path, which: str, document: str) -> None:
    """Every activity and every name can be read and selected, and no page is empty."""
    advice = oddly_named(catalog) if which == "odd" else advice_on(catalog, which)
    path = tmp_path / "x.pdf"
    path.write_bytes(write(advice, "pdf", Edition(document, logo=LOGO)))
    _shows_all(path, advice, matrix=document != "advice")


def endlessly_named(catalog: Catalog, name: str) -> Advice:
    """Names without a space in them, longer than any column."""
    engagement = read_engagement(EXAMPLES / f"{name}.yaml", catalog)
    endless = "Donaudampfschifffahrtsgesellschaftskapitän" * 3
    people = dict.fromkeys(catalog.roles, f"{endless} Щербаков-Преображенский")
    return advise(catalog, replace(engagement, name=endless, client=endless, people=people))


@needs("pdftotext")
@pytest.mark.parametrize("which", ["small-internal-tool", "acme-portal", "insurance-programme"])
def test_pdf_keeps_within_the_margins(catalog: Catalog, tmp_path: Path, which: str) -> None:
    """Words that fit no line are broken; no word stands outside the margins, and none over another."""
    path = tmp_path / "x.pdf"
    path.write_bytes(write(endlessly_named(catalog, which), "pdf", Edition("both", logo=LOGO)))
    command = ["pdftotext", "-bbox", str(path), "-"]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for page in re.split(r"<page ", shown)[1:]:
        wide = float(re.search(r'width="([\d.]+)"', page)[1])  # type: ignore[index]
        boxes = [
            [float(one) for one in box] for box in re.findall(r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax', page)
        ]
        margin = 45 if wide < 800 else 36
        assert all(left >= margin and right <= wide - margin for left, _, right in boxes)
        by_line: dict[float, list[tuple[float, float]]] = {}
        for left, top, right in boxes:
            by_line.setdefault(round(top), []).append((left, right))
        for line in by_line.values():
            line.sort()
            assert all(before[1] <= after[0] + 1 for before, after in itertools.pairwise(line))


def _shows_all(path: Path, advice: Advice, matrix: bool = True) -> None:
    text = re.sub(r"\s", "", pdf_text(path))
    for row in advice.matrix.activities if matrix else ():
        assert re.sub(r"\s", "", row.name) in text or len(row.name) > 60
    for name in (advice.engagement.client, advice.engagement.name):
        assert re.sub(r"[\s🙂]", "", name) in text.replace("🙂", "")
    shown = subprocess.run(["pdfinfo", path], check=True, capture_output=True, text=True).stdout
    pages = pdf_pages(path)
    assert len(pages) == int(re.search(r"Pages:\s+(\d+)", shown)[1])  # type: ignore[index]
    for number, page in enumerate(pages, start=1):
        assert len(page.split()) > 20, f"page {number} is empty"


@pytest.mark.parametrize("path", NAMES, ids=[path.stem for path in NAMES])
@needs("pdftotext")
def test_pdf_has_as_many_letters(catalog: Catalog, tmp_path: Path, path: Path) -> None:
    """Each row shows its letters in the order of the columns."""
    advice = advice_on(catalog, path.stem)
    made = tmp_path / "x.pdf"
    made.write_bytes(write(advice, "pdf"))
    text = pdf_text(made)
    for row in advice.matrix.activities:
        letters = " ".join(one for role in advice.matrix.roles if (one := row.letters(role)))
        if len(row.name) < 45:
            words = row.name.split()  # where the name takes two lines, the letters stand beside the first
            ways = (" ".join((*words[:at], letters, *words[at:])) for at in range(1, len(words) + 1))
            assert any(way in text for way in ways)


@pytest.mark.parametrize(("form", "module", "extra"), [("docx", "docxtpl", "office"), ("pdf", "typst", "pdf")])
def test_what_to_install(catalog: Catalog, monkeypatch: pytest.MonkeyPatch, form: str, module: str, extra: str) -> None:
    """Without its package a format says the one command."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra, match=re.escape(f"pip install 'role-advisor[{extra}]'")):
        write(advice_on(catalog), form)


def test_the_shipped_template_is_the_built_one() -> None:
    """tools/word_template.py builds what ships."""
    from tools.word_template import TEMPLATE, build

    with zipfile.ZipFile(TEMPLATE) as ships, zipfile.ZipFile(io.BytesIO(build())) as built:
        assert ships.namelist() == built.namelist()
        assert all(ships.read(part) == built.read(part) for part in ships.namelist())


class TestOwnTemplates:
    def edition(self, folder: Path, name: str, text: str | bytes) -> Edition:
        path = folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return Edition(template=path)

    def test_a_text_template_extends_ours(self, catalog: Catalog, tmp_path: Path) -> None:
        """A template changes what it names and takes the rest from the one that ships."""
        text = '{% extends "document.html.j2" %}{% block what %}Ours & yours{% endblock %}'
        made = write(advice_on(catalog), "html", self.edition(tmp_path, "ours.html.j2", text)).decode()
        assert '<p class="eyebrow">Ours & yours</p>' in made and "Budget plan" in made

    def test_the_example_in_the_docs(self, catalog: Catalog, tmp_path: Path) -> None:
        """The template shown in the docs works, and every name they list is given."""
        docs = (REPOSITORY / "docs" / "templates.md").read_text(encoding="utf-8")
        text = "".join(line[4:] + "\n" for line in docs.splitlines() if line.startswith(("    {%", "    <h1>")))
        made = write(advice_on(catalog), "html", self.edition(tmp_path, "ours.html.j2", text)).decode()
        assert "<h1>" in made and 'table class="matrix"' in made
        listed = docs.split("Of `view`")[1]
        names = [name for row in re.findall(r"^\| (`.*?) \|", listed, re.M) for name in re.findall(r"`(\w+)`", row)]
        assert set(names) <= {field.name for field in dataclasses.fields(View)} and "phases" in names

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("a\n{{ view.hedding }}", r"ours.md.j2:2: nothing is called 'hedding' there \(did you mean heading\?\)"),
            ("{{ vew.heading }}", r"ours.md.j2:1: 'vew' is not given to templates \(did you mean view\?\)"),
            ("a\n\n{% if view %}", r"ours.md.j2:3: "),
            ("{% include 'no.md.j2' %}", "there is no template called no.md.j2"),
            ("{{ view.__class__.__mro__ }}", "templates can only lay out"),
            ("{% for i in range(10**9) %}{% endfor %}", "Range too big"),
            ("{% include '../../errors.py' %}", "there is no template called"),
            ("\n{{ 1 / 0 }}", "ours.md.j2:2: division by zero"),
            ("{{ view.phases[0].nmae }}", r"'nmae' there \(did you mean name\?\)"),
            ("{{ pictures.split }}", r"'pictures' is not given to templates \(did you mean picture\?\)$"),
            ("{{ 'x' * 10**9 }}", "more than a template needs"),
            ("{{ 2 ** 9999 }}", "more than a template needs"),
            ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "recursion"),
            ("{{ ''.format.__globals__ }}", "templates can only lay out"),
            ("{{ cycler.__init__.__globals__.os }}", "templates can only lay out"),
        ],
    )
    def test_mistakes(self, catalog: Catalog, tmp_path: Path, text: str, message: str) -> None:
        """A mistake is said with its file, line and name; what a template must not do is refused."""
        with pytest.raises(InputError, match=message):
            write(advice_on(catalog), "markdown", self.edition(tmp_path, "ours.md.j2", text))

    def test_of_another_kind(self, catalog: Catalog, tmp_path: Path) -> None:
        """A template for one format is no template for another."""
        with pytest.raises(InputError, match=r"templates for this format end in .html.j2"):
            write(advice_on(catalog), "html", self.edition(tmp_path, "ours.md.j2", "x"))

    def test_word(self, catalog: Catalog, tmp_path: Path, run: Run) -> None:
        """The exported template, changed, is used; a mistake in it is said with what stands near it."""
        assert run("templates", "export", "docx", "-o", "ours").code == 0
        assert run("templates", "export", "docx", "-o", "ours").code == 2
        path = tmp_path / "ours" / "document.docx"
        document = docx.Document(path)
        document.paragraphs[0].insert_paragraph_before("Delivered by {{ view.client }}")
        document.save(path)
        example = str(EXAMPLES / "acme-portal.yaml")
        assert run("raci", example, "-o", "x.docx", "--template", str(path)).code == 0
        assert "Delivered by Acme Insurance" in words_of(docx.Document(tmp_path / "x.docx"))
        document.paragraphs[0].text = "By {{ view.cleint }}"
        document.save(path)
        outcome = run("raci", example, "-o", "y.docx", "--template", str(path))
        assert (outcome.code, "did you mean client?" in outcome.err) == (1, True)
        assert not (tmp_path / "y.docx").exists()

    @pytest.mark.parametrize(
        ("text", "message", "where"),
        [
            (*case, WHERE[at % 3])
            for at, case in enumerate(
                [
                    ("{{ view.hedding }}", r"'hedding' there \(did you mean heading\?\) \(near: {{ view.hedding }}\)"),
                    ("{{ view.heading }", r"{{ stands alone, .*: {{ view.heading }$"),
                    ("view.heading }}", r"}} stands alone, .*: view.heading }}$"),
                    ("{{ view.heading | shout }}", r"No filter named 'shout' \(near: {{ view.heading \| shout }}\)"),
                    ("{{ 1 / 0 }}", r"division by zero \(near: {{ 1 / 0 }}"),
                    ("{{ view.phases[99].name }}", r"no element 99 \(near: {{ view.phases\[99\].name }}"),
                    ("{{ '■' * 10 ** 9 }}", r"more than a template needs; .* \(near: {{ '■' \* 10 \*\* 9 }}"),
                    ("{% include '/etc/passwd' %}", r"no template called /etc/passwd"),
                ]
            )
        ],
    )
    def test_mistakes_in_word(self, catalog: Catalog, tmp_path: Path, text: str, message: str, where: str) -> None:
        """Word shows no lines, so a mistake is said with its placeholder, wherever in the file it stands."""
        document = docx.Document(TEMPLATES / "document.docx")
        if where == "header":
            document.sections[0].header.is_linked_to_previous = False
            document.sections[0].header.paragraphs[0].text = text
            message = message.split(r" \(near: ")[0] if "shout" not in text and "hedding" not in text else message
        elif where == "table":
            document.tables[0].rows[0].cells[0].paragraphs[0].text = text
        else:
            document.paragraphs[0].insert_paragraph_before(text)
        document.save(tmp_path / "ours.docx")
        with pytest.raises(InputError, match=f"ours.docx: .*{message}"):
            write(advice_on(catalog), "docx", Edition(template=tmp_path / "ours.docx"))

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no", b"<html>"])
    def test_no_word_document(self, catalog: Catalog, tmp_path: Path, data: bytes) -> None:
        """A file that is no .docx is refused in one sentence."""
        with pytest.raises(InputError, match="is no Word document"):
            write(advice_on(catalog), "docx", self.edition(tmp_path, "ours.docx", data))

    def test_word_runs_in_a_sandbox(self, catalog: Catalog, tmp_path: Path) -> None:
        """A Word template reaches nothing but what it is given."""
        document = docx.Document()
        document.add_paragraph("{{ view.__class__.__init__.__globals__ }}")
        document.save(tmp_path / "ours.docx")
        with pytest.raises(InputError, match="templates can only lay out"):
            write(advice_on(catalog), "docx", Edition(template=tmp_path / "ours.docx"))
