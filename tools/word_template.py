"""Builds the Word template that ships, `advisor/documents/templates/document.docx`; run it after changing it here.

python tools/word_template.py
"""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

TEMPLATE = Path(__file__).parents[1] / "advisor" / "documents" / "templates" / "document.docx"
NAVY, SOFT, LINE = RGBColor(0x12, 0x39, 0x5B), RGBColor(0x51, 0x60, 0x6D), "D5DCE1"
FONT = "Calibri"


def build() -> bytes:
    """The template as the bytes of its file; the same every time."""
    document = Document()
    styles(document)
    page(document.sections[0], landscape=False)
    _footer(document.sections[0])
    _opening(document)
    _advice(document)
    _matrix(document)
    _closing(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "{{ view.heading }}", "", ""
    properties.created = properties.modified = datetime.datetime(2000, 1, 1)
    stream = io.BytesIO()
    document.save(stream)
    return undated(stream.getvalue())


def undated(data: bytes) -> bytes:
    """The archive with no time of writing in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            new.writestr(zipfile.ZipInfo(one.filename, (1980, 1, 1, 0, 0, 0)), old.read(one), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def styles(document: Any) -> None:
    """The styles that our templates use."""
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.1
    for name, size, before in (("Title", 24, 0), ("Heading 1", 15, 18), ("Heading 2", 11.5, 12)):
        style = styles[name]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), True
        style.font.color.rgb = NAVY
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        fonts.set(qn("w:ascii"), FONT)
        fonts.set(qn("w:hAnsi"), FONT)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)
        style.paragraph_format.keep_with_next = True
    border = styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        styles["Title"].element.pPr.remove(border)
    for name, size, colour, bold in (
        ("Soft", 9, SOFT, False),
        ("Recommendation", 13, NAVY, True),
        ("Cell", 9.5, None, False),
        ("Cell Head", 9.5, RGBColor(255, 255, 255), True),
        ("Cell Phase", 9.5, NAVY, True),
        ("Cell Letter", 9.5, None, True),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size, style.font.bold = normal, Pt(size), bold
        if colour is not None:
            style.font.color.rgb = colour
        if name.startswith("Cell"):
            style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(1)
            style.paragraph_format.line_spacing = 1.0
    styles["Cell Letter"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles["Cell Phase"].paragraph_format.keep_with_next = True
    styles["Recommendation"].paragraph_format.keep_with_next = True


def page(section: Any, landscape: bool) -> None:
    """A4, upright or on its side, with our margins."""
    width, height = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (height, width) if landscape else (width, height)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)


def _footer(section: Any) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.style = "Soft"
    paragraph.add_run("{{ view.heading }}, rulebook {{ view.version }}, digest {{ view.digest }}. Page ")
    field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    field(paragraph, "NUMPAGES")


def field(paragraph: Any, name: str) -> None:
    """A field of Word's, such as the number of the page."""
    for kind, text in (("begin", ""), ("", name), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run("1" if kind == "text" else "")
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            instruction = OxmlElement("w:instrText")
            instruction.text = text
            run._r.append(instruction)


def _opening(document: Any) -> None:
    add = document.add_paragraph
    add("{%p if logo %}")
    add("{{ logo }}")
    add("{%p endif %}")
    add("{{ kind }}", style="Soft")
    add("{{ view.heading }}", style="Title")
    add("{%p if view.client %}")
    add("For {{ view.client }}")
    add("{%p endif %}")
    add("{%p if view.dated %}")
    add("{{ view.dated }}", style="Soft")
    add("{%p endif %}")
    add("{%p if view.dates %}")
    add(
        "{% for date in view.dates %}{{ date.label }}: {{ date.text }}{{ '   ' if not loop.last }}{% endfor %}",
        style="Soft",
    )
    add("{%p endif %}")
    table = thin_table(document, 1, (170,))
    cell = table.rows[0].cells[0]
    shade(cell, "F4F6F7")
    cell.paragraphs[0].text = "Recommendation: {{ view.status_word }}"
    cell.paragraphs[0].style = "Soft"
    cell.add_paragraph("{{ view.title }}", style="Recommendation")
    for condition, text in (
        ("view.summary", "{{ view.summary }}"),
        ("view.watch", "Watch: {{ view.watch }}"),
    ):
        cell.add_paragraph(f"{{%p if {condition} %}}")
        cell.add_paragraph(text)
        cell.add_paragraph("{%p endif %}")
    cell.add_paragraph("{%p for line in view.staffing_lines %}")
    cell.add_paragraph("{{ line }}")
    cell.add_paragraph("{%p endfor %}")
    cell.add_paragraph("{{ view.status_line }} {{ view.margin_line }}", style="Soft")
    add("{%p if view.role_sense %}")
    add("Role names. {{ view.role_sense }}")
    add("{%p endif %}")


def _advice(document: Any) -> None:
    add, heading = document.add_paragraph, document.add_heading
    add("{%p if document != 'raci' %}")
    add("{%p if view.overall %}")
    heading("Who leads what", 1)
    add("Shares of the managing work in percent. They are a stated policy, not a measurement.", style="Soft")
    table = thin_table(document, 1, (45, 55, 35))
    _grows(table, 170, 26, 30)
    head(table.rows[0], ("Phase", "Led by", "{%tc for share in view.overall %}", "{{ share.name }}", "{%tc endfor %}"))
    loop_row(table, "{%tr for phase in view.split %}")
    row = table.add_row()
    cells(
        row,
        (
            "{{ phase.name }}",
            "{{ phase.lead }}",
            "{%tc for share in phase.shares %}",
            "{{ share.percent }} %",
            "{%tc endfor %}",
        ),
    )
    loop_row(table, "{%tr endfor %}")
    row = table.add_row()
    cells(
        row,
        ("Overall", "", "{%tc for share in view.overall %}", "{{ share.percent }} %", "{%tc endfor %}"),
        "Cell Phase",
    )
    _picture(document, "split")
    add("{%p endif %}")
    add("{%p if view.reasons or view.findings or view.sides %}")
    heading("Why", 1)
    _bullets(document, "view.reasons", "{{ item.says }}{{ ' (' + item.grounds | join(', ') + ')' if item.grounds }}")
    add("{%p if view.findings %}")
    heading("What the answers add up to", 2)
    table = thin_table(document, 1, (110, 60))
    head(table.rows[0], ("Asked", "Found"))
    loop_row(table, "{%tr for finding in view.findings %}")
    cells(table.add_row(), ("{{ finding.label }}", "{{ finding.text }}"))
    loop_row(table, "{%tr endfor %}")
    add("{%p endif %}")
    add("{%p if view.sides %}")
    heading("What speaks for each side", 2)
    add(
        "{{ view.sides[0].name }} {{ view.sides[0].points }} points, {{ view.sides[1].name | lower_first }} "
        "{{ view.sides[1].points }}: {{ view.leaning }}."
    )
    add("{%p for side in view.sides %}")
    add("{%p if side['items'] %}")
    add("{{ side.name }}", style="Recommendation")
    _bullets(
        document,
        "side['items']",
        "+{{ item.points }}: {{ item.says }}{{ ' (' + item.grounds | join(', ') + ')' if item.grounds }} "
        "{{ item.because }}",
    )
    add("{%p endif %}")
    add("{%p endfor %}")
    add("{%p endif %}")
    add("{%p endif %}")
    add("{%p if view.guardrails %}")
    heading("Guardrails", 1)
    _bullets(
        document,
        "view.guardrails",
        "{{ item.says }}{{ ' (' + item.grounds | join(', ') + ')' if item.grounds }}",
        "List Number",
    )
    add("{%p endif %}")
    add("{%p if view.profiles %}")
    heading("What to look for in the people", 1)
    add("{%p for profile in view.profiles %}")
    heading("{{ profile.role }}{{ ': ' + profile.person if profile.person }}", 2)
    _bullets(
        document,
        "profile['items']",
        "{{ item.says }} {{ item.because }}{{ ' (' + item.grounds | join(', ') + ')' if item.grounds }}",
    )
    add("{%p endfor %}")
    add("{%p endif %}")
    add("{%p endif %}")


def _matrix(document: Any) -> None:
    add, heading = document.add_paragraph, document.add_heading
    add("{%p if document != 'advice' %}")
    _section_ends(document, landscape=False)
    heading("Who does what", 1)
    add("{%p if view.columns %}")
    add("{%p if view.status == 'open' %}")
    add("Settle the open questions before this matrix is signed.")
    add("{%p endif %}")
    add("{% for pair in legend %}{{ pair.label }} = {{ pair.text }} {% endfor %}", style="Soft")
    table = thin_table(document, 1, (80, 28))
    _grows(table, 257, 34)
    head(table.rows[0], ("Activity", "{%tc for column in view.columns %}", "{{ column.name }}", "{%tc endfor %}"))
    people = table.add_row()
    cells(people, ("Held by", "{%tc for column in view.columns %}", "{{ column.person }}", "{%tc endfor %}"), "Soft")
    _repeat(people)
    loop_row(table, "{%tr for phase in view.phases %}")
    row = table.add_row()
    cells(row, ("{{ phase.name }}", "{%tc for column in view.columns %}", "", "{%tc endfor %}"), "Cell Phase")
    for cell in row._tr.tc_lst:
        _shade_xml(cell, "E3ECF3")
    loop_row(table, "{%tr for row in phase.rows %}")
    row = table.add_row()
    cells(
        row,
        (
            "{{ row.name }}",
            "{%tc for cell in row.cells %}",
            "{% cellbg cell.letters | letter_fill %}{{ cell.letters }}",
            "{%tc endfor %}",
        ),
        "Cell Letter",
    )
    row.cells[0].paragraphs[0].style = "Cell"
    loop_row(table, "{%tr endfor %}")
    loop_row(table, "{%tr endfor %}")
    add("{%p for holder in view.holders if holder.span > 1 %}")
    add("{{ holder.roles }}: one person holds both roles.", style="Soft")
    add("{%p endfor %}")
    add("{%p if view.without_column %}")
    add("Named, but without a column here: {{ view.without_column | join(', ') }}.", style="Soft")
    add("{%p endif %}")
    _picture(document, "accountability")
    add("{%p else %}")
    add(
        "There is no matrix yet: too little is known to say which roles the engagement needs. "
        "Answer the questions below first."
    )
    add("{%p endif %}")
    _section_ends(document, landscape=True)
    add("{%p if view.left_out %}")
    heading("Rows left out", 1)
    add("{%p for out in view.left_out %}")
    add("{{ out.reason }} Left out: {{ out.names | join('; ') }}.", style="List Bullet")
    add("{%p endfor %}")
    add("{%p endif %}")
    add("{%p endif %}")


def _closing(document: Any) -> None:
    add, heading = document.add_paragraph, document.add_heading
    add("{%p if view.unanswered or view.set_aside or view.noted or not view.for_client %}")
    heading("Assumptions and open questions", 1)
    for name, told, line in (
        (
            "view.unanswered",
            "Not answered. Nothing is assumed in their place; where one could still matter, the advice says so.",
            "{{ one }}",
        ),
        ("view.set_aside", "Answered, but of no bearing here:", "{{ one.label }} {{ one.text }}"),
        ("view.noted", "Noted with the answers:", "{{ one.label }} Note: {{ one.text }}"),
    ):
        add(f"{{%p if {name} %}}")
        add(told)
        add(f"{{%p for one in {name} %}}")
        add(line, style="List Bullet")
        add("{%p endfor %}")
        add("{%p endif %}")
    add("{%p if not view.unanswered and not view.set_aside and not view.for_client %}")
    add("Every question is answered.")
    add("{%p endif %}")
    add("{%p endif %}")
    add("{%p if document != 'advice' and view.columns %}")
    heading("Agreed by", 1)
    table = thin_table(document, 1, (50, 45, 45, 30))
    head(table.rows[0], ("Role", "Name", "Signature", "Date"))
    loop_row(table, "{%tr for holder in view.signatories %}")
    row = table.add_row()
    cells(row, ("{{ holder.roles }}", "{{ holder.person if holder.named }}", "", ""))
    row.height = Mm(10)
    loop_row(table, "{%tr endfor %}")
    add("{%p if not view.for_client %}")
    heading("Why each row stands as it does", 1)
    add("{%p for phase in view.phases %}")
    heading("{{ phase.name }}", 2)
    add("{%p for row in phase.rows %}")
    paragraph = add()
    paragraph.add_run("{{ row.name }}. ").bold = True
    paragraph.add_run(
        "{% for why in row.whys %}{{ why.says }}{{ ' (' + why.grounds | join(', ') + ')' if why.grounds }} {% endfor %}"
    )
    add("{%p endfor %}")
    add("{%p endfor %}")
    add("{%p endif %}")
    add("{%p endif %}")
    add("{%p if sources %}")
    heading("Sources", 1)
    add("{%p for source in sources %}")
    paragraph = add()
    paragraph.add_run("{{ source.id }} ").bold = True
    paragraph.add_run("{{ source.text }} ({{ source.section }})")
    add("{%p endfor %}")
    add("{%p endif %}")


def _picture(document: Any, name: str) -> None:
    document.add_paragraph(f"{{%p if pictures.{name} %}}")
    document.add_paragraph(f"{{{{ pictures.{name} }}}}")
    document.add_paragraph("{%p endif %}")


def _bullets(document: Any, items: str, line: str, style: str = "List Bullet") -> None:
    document.add_paragraph(f"{{%p for item in {items} %}}")
    document.add_paragraph(line, style=style)
    document.add_paragraph("{%p endfor %}")


def _grows(table: Any, total: int, *shares: int) -> None:
    """Say, where the product reads it, how wide a table that gains columns is: mm, and percents of the first ones."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), f"widths {total} {' '.join(str(share) for share in shares)}")
    table._tbl.tblPr.append(caption)


def thin_table(document: Any, rows: int, widths: tuple[int, ...]) -> Any:
    """A table with thin lines, its columns so wide in mm."""
    table = document.add_table(rows=rows, cols=len(widths))
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        edge = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE)):
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    table._tbl.tblPr.append(borders)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def head(row: Any, texts: tuple[str, ...]) -> None:
    """Make the row a head that is repeated on each page."""
    cells(row, texts, "Cell Head")
    for cell in row._tr.tc_lst:
        _shade_xml(cell, "12395B")
    _repeat(row)


def cells(row: Any, texts: tuple[str, ...], style: str = "Cell") -> None:
    """Fill the row's cells, adding those that a loop over columns needs."""
    from copy import deepcopy

    while len(row._tr.tc_lst) < len(texts):
        row._tr.append(deepcopy(row._tr.tc_lst[-1]))
    for cell, text in zip(row._tr.tc_lst, texts, strict=True):
        from docx.table import _Cell

        paragraph = _Cell(cell, row).paragraphs[0]
        paragraph.text, paragraph.style = text, style
    mark = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(mark)


def loop_row(table: Any, tag: str) -> None:
    """A row that only opens or closes a loop."""
    table.add_row().cells[0].text = tag


def _repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def shade(cell: Any, colour: str) -> None:
    """Fill a cell with a colour."""
    _shade_xml(cell._tc, colour)


def _shade_xml(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{key}"), value)
    cell.get_or_add_tcPr().append(shade)


def _section_ends(document: Any, landscape: bool) -> None:
    """A paragraph that ends a section of this orientation."""
    from copy import deepcopy

    properties = deepcopy(document.sections[-1]._sectPr)
    for reference in properties.findall(qn("w:footerReference")):
        if landscape:
            properties.remove(reference)
    size = properties.find(qn("w:pgSz"))
    width, height = (16838, 11906) if landscape else (11906, 16838)
    size.set(qn("w:w"), str(width))
    size.set(qn("w:h"), str(height))
    if landscape:
        size.set(qn("w:orient"), "landscape")
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph._p.get_or_add_pPr().append(properties)


if __name__ == "__main__":
    TEMPLATE.write_bytes(build())
