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
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

TEMPLATE = Path(__file__).parents[1] / "advisor" / "documents" / "templates" / "document.docx"
NAVY, ORANGE, SOFT = RGBColor(0x12, 0x39, 0x5B), RGBColor(0xB3, 0x56, 0x1B), RGBColor(0x51, 0x60, 0x6D)
WHITE, INK, LINE = RGBColor(255, 255, 255), RGBColor(0x17, 0x21, 0x2B), "D5DCE1"
HEADINGS = (("Heading 2", 11.5, 12), ("Heading 3", 10.5, 10))  # points, and points above
WIDE = "view.columns | length > 4"  # then the matrix lies on its side
FONT = "Calibri"


def build() -> bytes:
    """The template as the bytes of its file; the same every time."""
    document = Document()
    _settings(document)
    _styles(document)
    _page(document.sections[0], landscape=False)
    _footer(document.sections[0], 170)
    _opening(document)
    _advice(document)
    _matrix(document)
    _closing(document)
    lying = document.sections[1]
    lying.footer.is_linked_to_previous = False
    _footer(lying, 257)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "{{ view.heading[:250] }}", "", ""  # Word allows 255
    properties.created = properties.modified = datetime.datetime(2000, 1, 1)
    stream = io.BytesIO()
    document.save(stream)
    return _undated(stream.getvalue())


def _undated(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            new.writestr(zipfile.ZipInfo(one.filename, (1980, 1, 1, 0, 0, 0)), old.read(one), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _styles(document: Any) -> None:
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.1
    for name, size, before in (
        ("Title", 24, 0),
        ("Heading 1", 15, 18),
        ("Heading 2", 11.5, 12),
        ("Heading 3", 10.5, 10),
    ):
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
        ("Picture", 10.5, None, False),
        ("Source", 9, None, False),
        ("Recommendation", 13, NAVY, True),
        ("Cell", 9.5, None, False),
        ("Cell Head", 9.5, RGBColor(255, 255, 255), True),
        ("Cell Phase", 9.5, NAVY, True),
        ("Cell Letter", 9.5, None, True),
        ("Cell Person", 9, SOFT, False),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size, style.font.bold = normal, Pt(size), bold
        if colour is not None:
            style.font.color.rgb = colour
        if name.startswith("Cell"):
            style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(1.5)
            style.paragraph_format.line_spacing = 1.0
    for name, size in (("Grounds", 8.5), ("Because", 9)):
        style = styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.size, style.font.color.rgb = Pt(size), SOFT
    styles["Picture"].paragraph_format.space_before = Pt(8)
    source = styles["Source"].paragraph_format
    source.space_after, source.left_indent, source.first_line_indent = Pt(3), Mm(16), Mm(-16)
    source.tab_stops.add_tab_stop(Mm(16))
    for name in ("List Bullet", "List Number"):
        styles[name].paragraph_format.space_after = Pt(4)
    for name in ("Cell Letter", "Cell Person"):
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles["Cell Phase"].paragraph_format.keep_with_next = True
    styles["Recommendation"].paragraph_format.keep_with_next = True


def _page(section: Any, landscape: bool) -> None:
    width, height = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (height, width) if landscape else (width, height)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)


def _settings(document: Any) -> None:
    """As Word 2013 and later lay out a page: tables begin at the margin, and no note of an older mode."""
    (mode,) = document.settings.element.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']")
    mode.set(qn("w:val"), "15")
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _footer(section: Any, wide: int) -> None:
    """What the page belongs to on the left, its number at the right margin, `wide` mm further."""
    paragraph = section.footer.paragraphs[0]
    paragraph.style = "Soft"
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(wide), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.paragraph_format.right_indent = Mm(0)
    paragraph.add_run("{{ view.heading }}, rulebook {{ view.version }}, digest {{ view.digest }}\tPage ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, name: str) -> None:
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
    table = _table(document, 1, (170,))
    cell = table.rows[0].cells[0]
    _boxed(cell, "F4F6F7")
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
    paragraph = add()
    paragraph.paragraph_format.space_before = Pt(8)
    paragraph.add_run("Role names. ").bold = True
    paragraph.add_run("{{ view.role_sense }}")
    add("{%p endif %}")


def _advice(document: Any) -> None:
    add, heading = document.add_paragraph, document.add_heading
    add("{%p if document != 'raci' %}")
    add("{%p if view.overall %}")
    heading("Who leads what", 1)
    add("Shares of the managing work in percent. They are a stated policy, not a measurement.", style="Soft")
    table = _table(document, 1, (45, 55, 35))
    _grows(table, 170, 26, 30)
    _head(table.rows[0], ("Phase", "Led by", "{%tc for share in view.overall %}", "{{ share.name }}", "{%tc endfor %}"))
    _loop_row(table, "{%tr for phase in view.split %}")
    row = table.add_row()
    _cells(
        row,
        (
            "{{ phase.name }}",
            "{{ phase.lead }}",
            "{%tc for share in phase.shares %}",
            "{{ share.percent }} %",
            "{%tc endfor %}",
        ),
    )
    _loop_row(table, "{%tr endfor %}")
    row = table.add_row()
    _cells(
        row,
        ("Overall", "", "{%tc for share in view.overall %}", "{{ share.percent }} %", "{%tc endfor %}"),
        "Cell Phase",
    )
    _whole(table)
    _picture(document, "split")
    add("{%p endif %}")
    add("{%p if view.reasons or view.findings or view.sides %}")
    heading("Why", 1)
    _bullets(document, "view.reasons")
    add("{%p if view.findings %}")
    heading("What the answers add up to", 2)
    table = _table(document, 1, (110, 60))
    _head(table.rows[0], ("Asked", "Found"))
    _loop_row(table, "{%tr for finding in view.findings %}")
    _cells(table.add_row(), ("{{ finding.label }}", "{{ finding.text }}"))
    _loop_row(table, "{%tr endfor %}")
    _whole(table)
    add("{%p endif %}")
    add("{%p if view.sides %}")
    heading("What speaks for each side", 2)
    add(
        "{{ view.sides[0].name }} {{ view.sides[0].points }} points, {{ view.sides[1].name | lower_first }} "
        "{{ view.sides[1].points }}: {{ view.leaning }}."
    )
    add("{%p for side in view.sides %}")
    add("{%p if side['items'] %}")
    heading("{{ side.name }}", 3)
    table = _table(document, 1, (20, 150))
    table.rows[0].cells[0].text = "{%tr for item in side['items'] %}"
    row = table.add_row()
    _cells(row, ("", ""))
    points = row.cells[0].paragraphs[0]
    _coloured(points, "side.role == view.sides[0].role", "+{{ item.points }} {{ '■' * item.points }}", (NAVY, ORANGE))
    _why(row.cells[1].paragraphs[0])
    _loop_row(table, "{%tr endfor %}")
    add("{%p endif %}")
    add("{%p endfor %}")
    add("{%p endif %}")
    add("{%p endif %}")
    add("{%p if view.guardrails %}")
    heading("Guardrails", 1)
    _bullets(document, "view.guardrails", "List Number")
    add("{%p endif %}")
    add("{%p if view.profiles %}")
    heading("What to look for in the people", 1)
    add("{%p for profile in view.profiles %}")
    heading("{{ profile.role }}{{ ': ' + profile.person if profile.person }}", 2)
    _bullets(document, "profile['items']", because=True)
    add("{%p endfor %}")
    add("{%p endif %}")
    add("{%p endif %}")


def _matrix(document: Any) -> None:
    add, heading = document.add_paragraph, document.add_heading
    add("{%p if document != 'advice' %}")
    add(f"{{%p if {WIDE} %}}")
    _section_ends(document, landscape=False)
    add("{%p endif %}")
    heading("Who does what", 1)
    add("{%p if view.columns %}")
    add("{%p if view.status == 'open' %}")
    add("Settle the open questions before this matrix is signed.")
    add("{%p endif %}")
    paragraph = add("{% for pair in legend %}", style="Soft")
    paragraph.add_run("{{ pair.label }}").bold = True
    paragraph.add_run(" {{ pair.text }}   {% endfor %}")
    table = _table(document, 1, (80, 28))
    _grows(table, 257, 34)
    _head(table.rows[0], ("Activity", "{%tc for column in view.columns %}", "{{ column.name }}", "{%tc endfor %}"))
    people = table.add_row()
    _cells(
        people,
        ("Held by", "{%tc for column in view.columns %}", "{{ column.person }}", "{%tc endfor %}"),
        "Cell Person",
    )
    people.cells[0].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
    _paragraph(table.rows[0], 2).alignment = WD_ALIGN_PARAGRAPH.CENTER
    _repeat(people)
    _loop_row(table, "{%tr for phase in view.phases %}")
    row = table.add_row()
    _cells(row, ("{{ phase.name }}", "{%tc for column in view.columns %}", "", "{%tc endfor %}"), "Cell Phase")
    for cell in row._tr.tc_lst:
        _shade_xml(cell, "E3ECF3")
    _loop_row(table, "{%tr for row in phase.rows %}")
    row = table.add_row()
    _cells(
        row,
        (
            "{{ row.name }}",
            "{%tc for cell in row.cells %}",
            "{% cellbg cell.letters | letter_fill %}",
            "{%tc endfor %}",
        ),
        "Cell Letter",
    )
    _coloured(_paragraph(row, 2), "'A' in cell.letters", "{{ cell.letters }}", (WHITE, INK))
    row.cells[0].paragraphs[0].style = "Cell"
    _loop_row(table, "{%tr endfor %}")
    _loop_row(table, "{%tr endfor %}")
    add("{%p for holder in view.holders if holder.span > 1 %}")
    add("{{ holder.roles }}: one person holds both roles.", style="Soft")
    add("{%p endfor %}")
    add("{%p if view.without_column %}")
    add("Named, but without a column here: {{ view.without_column | join(', ') }}.", style="Soft")
    add("{%p endif %}")
    add("{%p else %}")
    add(
        "There is no matrix yet: too little is known to say which roles the engagement needs. "
        "Answer the questions below first."
    )
    add("{%p endif %}")
    add(f"{{%p if {WIDE} %}}")
    _section_ends(document, landscape=True)
    add("{%p endif %}")
    _picture(document, "accountability", "Who answers for the work, phase by phase")
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
    table = _table(document, 1, (45, 50, 48, 27), "insideV", "left", "right")
    _head(table.rows[0], ("Role", "Name", "Signature", "Date"))
    _loop_row(table, "{%tr for holder in view.signatories %}")
    row = table.add_row()
    _cells(row, ("{{ holder.roles }}", "{{ holder.person if holder.named }}", "", ""))
    row.height = Mm(11)
    _loop_row(table, "{%tr endfor %}")
    _whole(table)
    add("{%p if not view.for_client %}")
    heading("Why each row stands as it does", 1)
    add("{%p for phase in view.phases %}")
    heading("{{ phase.name }}", 2)
    add("{%p for row in phase.rows %}")
    paragraph = add()
    paragraph.add_run("{{ row.name }}. ").bold = True
    paragraph.add_run("{%r for why in row.whys %}")
    paragraph.add_run("{{ why.says }}")
    paragraph.add_run("{{ ' ' + why.grounds | join(', ') if why.grounds }} ", style="Grounds")
    paragraph.add_run("{%r endfor %}")
    add("{%p endfor %}")
    add("{%p endfor %}")
    add("{%p endif %}")
    add("{%p endif %}")
    add("{%p if sources %}")
    heading("Sources", 1)
    add("{%p for source in sources %}")
    paragraph = add(style="Source")
    paragraph.add_run("{{ source.id }}\t").bold = True
    paragraph.add_run("{{ source.text }} ")
    paragraph.add_run("{{ source.section }}", style="Grounds")
    add("{%p endfor %}")
    add("{%p endif %}")


def _picture(document: Any, name: str, heading: str = "") -> None:
    document.add_paragraph(f"{{%p if pictures.{name} %}}")
    if heading:
        document.add_heading(heading, 2)
    document.add_paragraph(f"{{{{ pictures.{name} }}}}", style="Picture")
    document.add_paragraph("{%p endif %}")


def _bullets(document: Any, items: str, style: str = "List Bullet", because: bool = False) -> None:
    document.add_paragraph(f"{{%p for item in {items} %}}")
    _why(document.add_paragraph(style=style), because)
    document.add_paragraph("{%p endfor %}")


def _why(paragraph: Any, because: bool = True) -> None:
    """A rule's sentence, what it rests on in small letters, and what it read on a line of its own."""
    paragraph.add_run("{{ item.says }}")
    paragraph.add_run("{{ ' ' + item.grounds | join(', ') if item.grounds }}", style="Grounds")
    if because:
        paragraph.add_run("{%r if item.because %}")
        paragraph.add_run().add_break()
        paragraph.add_run("{{ item.because }}", style="Because")
        paragraph.add_run("{%r endif %}")


def _coloured(paragraph: Any, condition: str, text: str, colours: tuple[Any, Any]) -> None:
    """The text in the first colour where the condition holds, in the second elsewhere."""
    for tag, colour in zip((f"{{%r if {condition} %}}", "{%r else %}"), colours, strict=True):
        paragraph.add_run(tag)
        run = paragraph.add_run(text)
        run.bold, run.font.color.rgb = True, colour
    paragraph.add_run("{%r endif %}")


def _whole(table: Any) -> None:
    """A short table that is not broken over pages: all its rows but the last keep with the next."""
    for row in table.rows[:-2]:
        for cell in row._tr.tc_lst:
            for paragraph in cell.p_lst:
                paragraph.get_or_add_pPr().get_or_add_keepNext()


def _grows(table: Any, total: int, *shares: int) -> None:
    """Say, where the product reads it, how wide a table that gains columns is: mm, and percents of the first ones."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), f"widths {total} {' '.join(str(share) for share in shares)}")
    table._tbl.tblPr.append(caption)


def _table(document: Any, rows: int, widths: tuple[int, ...], *more: str) -> Any:
    table = document.add_table(rows=rows, cols=len(widths))
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH", *more):
        edge = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE)):
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _head(row: Any, texts: tuple[str, ...]) -> None:
    _cells(row, texts, "Cell Head")
    for cell in row._tr.tc_lst:
        _shade_xml(cell, "12395B")
    _repeat(row)


def _paragraph(row: Any, at: int) -> Any:
    from docx.table import _Cell

    return _Cell(row._tr.tc_lst[at], row).paragraphs[0]


def _cells(row: Any, texts: tuple[str, ...], style: str = "Cell") -> None:
    """Fill the row's cells, adding those that a loop over columns needs."""
    from copy import deepcopy

    while len(row._tr.tc_lst) < len(texts):
        row._tr.append(deepcopy(row._tr.tc_lst[-1]))
    for at, text in enumerate(texts):
        paragraph = _paragraph(row, at)
        paragraph.text, paragraph.style = text, style
    mark = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(mark)


def _loop_row(table: Any, tag: str) -> None:
    table.add_row().cells[0].text = tag


def _repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _boxed(cell: Any, colour: str) -> None:
    """A panel with air inside and a bar at its left."""
    properties = cell._tc.get_or_add_tcPr()
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom"):
        edge = OxmlElement(f"w:{side}")
        told = {"val": "single", "sz": "24", "space": "0", "color": str(NAVY)} if side == "left" else {"val": "nil"}
        for key, value in told.items():
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    properties.append(borders)
    _shade_xml(cell._tc, colour)
    margins = OxmlElement("w:tcMar")
    for side, twips in (("top", 140), ("left", 200), ("bottom", 80), ("right", 200)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(twips))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties.append(margins)


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
        margins = properties.find(qn("w:pgMar"))
        margins.set(qn("w:top"), "800")
        margins.set(qn("w:bottom"), "800")
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph._p.get_or_add_pPr().append(properties)


if __name__ == "__main__":
    TEMPLATE.write_bytes(build())
