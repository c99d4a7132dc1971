"""Pieces of the Word template that ships: tables, lists, pictures and pages, with the tags that fill them."""

from __future__ import annotations

import datetime
import io
import zipfile
from copy import deepcopy
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell

from tools.word_styles import FOOT, INK, LINE, NAVY, WHITE, footer


def picture(document: Any, name: str, heading: str = "") -> None:
    """A picture, under a heading where one is given, left out where there is nothing to draw."""
    document.add_paragraph(f"{{%p if pictures.{name} %}}")
    if heading:
        document.add_heading(heading, 2)
    document.add_paragraph(f"{{{{ pictures.{name} }}}}", style="Picture")
    document.add_paragraph("{%p endif %}")


def bullets(document: Any, items: str, style: str = "List Bullet", because: bool = False) -> None:
    """One item of a list for each of `items`."""
    document.add_paragraph(f"{{%p for item in {items} %}}")
    why(document.add_paragraph(style=style), because)
    document.add_paragraph("{%p endfor %}")


def why(paragraph: Any, because: bool = True) -> None:
    """A rule's sentence, what it rests on in small letters, and what it read on a line of its own."""
    paragraph.add_run("{{ item.says }}")
    paragraph.add_run("{{ ' ' + item.grounds | join(', ') if item.grounds }}", style="Grounds")
    if because:
        paragraph.add_run("{%r if item.because %}")
        paragraph.add_run().add_break()
        paragraph.add_run("{{ item.because }}", style="Because")
        paragraph.add_run("{%r endif %}")


def coloured(paragraph: Any, condition: str, text: str, colours: tuple[Any, Any]) -> None:
    """The text in the first colour where the condition holds, in the second elsewhere."""
    for tag, colour in zip((f"{{%r if {condition} %}}", "{%r else %}"), colours, strict=True):
        paragraph.add_run(tag)
        run = paragraph.add_run(text)
        run.bold, run.font.color.rgb = True, colour
    paragraph.add_run("{%r endif %}")


def whole(table: Any) -> None:
    """A short table that is not broken over pages: all its rows but the last keep with the next."""
    for row in table.rows[:-1]:
        for cell in row._tr.tc_lst:
            for paragraph in cell.p_lst:
                paragraph.get_or_add_pPr().get_or_add_keepNext()


def grows(table: Any, total: int, *shares: int) -> None:
    """Say, where the product reads it, how wide a table that gains columns is: mm, and percents of the first ones."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), f"widths {total} {' '.join(str(share) for share in shares)}")
    table._tbl.tblPr.append(caption)


def new_table(document: Any, rows: int, widths: tuple[int, ...], *more: str) -> Any:
    """A table with lines between its rows, on more sides where they are named; widths in millimetres."""
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


def head(row: Any, texts: tuple[str, ...]) -> None:
    """Fill the head of a table, repeated on each page."""
    cells(row, texts, "Cell Head")
    for cell in row._tr.tc_lst:
        shade_xml(cell, "12395B")
    repeat(row)


def paragraph_of(row: Any, at: int) -> Any:
    """The first paragraph of the row's cell, loops counted as cells."""

    return _Cell(row._tr.tc_lst[at], row).paragraphs[0]


def cells(row: Any, texts: tuple[str, ...], style: str = "Cell") -> None:
    """Fill the row's cells, adding those that a loop over columns needs."""

    while len(row._tr.tc_lst) < len(texts):
        row._tr.append(deepcopy(row._tr.tc_lst[-1]))
    for at, text in enumerate(texts):
        paragraph = paragraph_of(row, at)
        paragraph.text, paragraph.style = text, style
    mark = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(mark)


def loop_row(table: Any, tag: str) -> None:
    """A row that holds a tag of Jinja's alone."""
    table.add_row().cells[0].text = tag


def repeat(row: Any) -> None:
    """Repeat the row at the top of each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def boxed(cell: Any, colour: str) -> None:
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
    shade_xml(cell._tc, colour)
    margins = OxmlElement("w:tcMar")
    for side, twips in (("top", 140), ("left", 200), ("bottom", 80), ("right", 200)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(twips))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties.append(margins)


def shade_xml(cell: Any, colour: str) -> None:
    """Lay a colour behind a cell."""
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{key}"), value)
    cell.get_or_add_tcPr().append(shade)


def section_ends(document: Any, landscape: bool) -> None:
    """A paragraph that ends a section of this orientation."""

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


def packed(document: Any, title: str) -> bytes:
    """The document under its title as the bytes of its file, with no time of writing in it."""
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
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


def matrix_table(document: Any, of: str, first: int, by_name: bool = False) -> None:
    """The matrix that `of` (view or brief) holds, on a page on its side; the activities take `first` percent of it.

    `by_name` heads the columns by who holds the roles, without a row of names below.
    """
    each_column = f"{{%tc for column in {of}.columns %}}"
    table = new_table(document, 1, (80, 28))
    grows(table, 257, first)
    named = "{{ column.head }}{% if column.under %}\n{{ column.under }}{% endif %}" if by_name else "{{ column.name }}"
    head(table.rows[0], ("Activity", each_column, named, "{%tc endfor %}"))
    paragraph_of(table.rows[0], 2).style = "Cell Column"  # smaller than other heads: names stand in narrow columns
    paragraph_of(table.rows[0], 2).alignment = WD_ALIGN_PARAGRAPH.CENTER
    if not by_name:
        people = table.add_row()
        cells(people, ("Held by", each_column, "{{ column.person }}", "{%tc endfor %}"), "Cell Person")
        people.cells[0].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
        repeat(people)
    loop_row(table, f"{{%tr for phase in {of}.phases %}}")
    row = table.add_row()
    cells(row, ("{{ phase.name }}", each_column, "", "{%tc endfor %}"), "Cell Phase")
    for cell in row._tr.tc_lst:
        shade_xml(cell, "E3ECF3")
    loop_row(table, "{%tr for row in phase.rows %}")
    row = table.add_row()
    texts = (
        "{{ row.name }}",
        "{%tc for cell in row.cells %}",
        "{% cellbg cell.kind | letter_fill %}",
        "{%tc endfor %}",
    )
    cells(row, texts, "Cell Letter")
    coloured(paragraph_of(row, 2), "'A' in cell.kind", "{{ cell.letters }}{{ cell.mark }}", (WHITE, INK))
    row.cells[0].paragraphs[0].style = "Cell"
    loop_row(table, "{%tr endfor %}")
    loop_row(table, "{%tr endfor %}")


def agreed_lines(document: Any) -> None:
    """What people agreed differently from the rules, below the matrix."""
    add = document.add_paragraph
    add("{%p if view.agreed %}")
    heading = add()
    heading.add_run("* Set by agreement").bold = True
    heading.paragraph_format.keep_with_next = True
    add("{%p for line in view.agreed %}")
    add("{{ line }}", style="List Bullet")
    add("{%p endfor %}")
    add("{%p endif %}")


def opening(document: Any, kind: str) -> None:
    """What a document begins with: a logo, what it is (`kind`), its title, and the client and days on one line."""
    add = document.add_paragraph
    add("{%p if logo %}")
    add("{{ logo }}")
    add("{%p endif %}")
    add(kind, style="Soft")
    add("{{ view.heading }}", style="Title")
    add("{%p if view.client or view.dated or view.dates %}")
    add(
        "{% if view.client %}{{ view.client_label }} {{ view.client }}   {% endif %}"
        "{% for date in view.dates %}{{ date.label }}: {{ date.text }}   {% endfor %}{{ view.dated }}",
        style="Soft",
    )
    add("{%p endif %}")


def sealed(document: Any, foot: str = FOOT) -> bytes:
    """The file, its second section lying on its side with a footer as wide as that."""
    lying = document.sections[1]
    lying.footer.is_linked_to_previous = False
    footer(lying, 257, foot)
    return packed(document, "{{ view.heading[:250] }}")  # Word allows 255
