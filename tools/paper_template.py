"""Builds the Word template of documents beside the matrix, `paper.docx`; run it after changing it here.

python -m tools.paper_template
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tools.word_pieces import (
    boxed,
    cells,
    grows,
    head,
    loop_row,
    matrix_table,
    new_table,
    opening,
    sealed,
    section_ends,
    whole,
)
from tools.word_styles import footer, page, settings, styles

TEMPLATE = Path(__file__).parents[1] / "advisor" / "documents" / "templates" / "paper.docx"
WIDE = "paper.matrix and paper.matrix.columns | length > 7"  # then the matrix lies on its side
FOOT = "{{ view.heading }}, rulebook {{ view.version }}, digest {{ view.digest }}"


def build() -> bytes:
    """The template as the bytes of its file; the same every time."""
    document = Document()
    settings(document)
    styles(document)
    document.styles["Normal"].font.size = Pt(9.5)
    document.styles["Title"].font.size = Pt(20)
    document.styles["Heading 2"].paragraph_format.space_before = Pt(7)
    page(document.sections[0], landscape=False)
    footer(document.sections[0], 170, FOOT)
    _opening(document)
    _pages(document)
    _matrix(document)
    return sealed(document, FOOT)


def _opening(document: Any) -> None:
    add = document.add_paragraph
    opening(document, "{{ paper.name }}")
    add("{%p for line in paper.opening %}")
    add("{{ line }}")
    add("{%p endfor %}")
    add("{%p if paper.before_sending %}")
    table = new_table(document, 1, (170,))
    cell = table.rows[0].cells[0]
    boxed(cell, "FDF6E3")
    lead = cell.paragraphs[0]
    lead.add_run("Before you send it. ").bold = True
    lead.add_run("This box is not in the client's copy.")
    cell.add_paragraph("{%p for line in paper.before_sending %}")
    cell.add_paragraph("{{ line }}", style="List Bullet")
    cell.add_paragraph("{%p endfor %}")
    add("{%p endif %}")


def _pages(document: Any) -> None:
    add, heading = document.add_paragraph, document.add_heading
    add("{%p for page in paper.pages %}")
    add("{%p if page.title and loop.first %}")
    heading("{{ page.title }}", 1)
    add("{%p elif page.title %}")
    heading("{{ page.title }}", 1).paragraph_format.page_break_before = True
    add("{%p endif %}")
    add("{%p for section in page.sections %}")
    heading("{{ section.title }}", 2)
    add("{%p for line in section.lines %}")
    add("{{ line }}")
    add("{%p endfor %}")
    add("{%p if section.grid and section.grid.rows and section.grid.to_sign %}")
    _table(document, 10, "insideV", "left", "right")
    add("{%p elif section.grid and section.grid.rows and section.grid.heads | join %}")
    _table(document, 0)
    add("{%p elif section.grid and section.grid.rows %}")
    _table(document, 0, headed=False)
    add("{%p endif %}")
    add("{%p for line in section.points %}")
    add("{{ line }}", style="List Bullet")
    add("{%p endfor %}")
    add("{%p endfor %}")
    add("{%p endfor %}")


def _table(document: Any, high: int, *more: str, headed: bool = True) -> None:
    """The section's table, its columns as wide as it says; rows to sign are `high` millimetres."""
    table = new_table(document, 1, (50, 120), *more)
    grows(table, 170, 0)
    caption = next(table._tbl.iter(qn("w:tblCaption")))
    caption.set(qn("w:val"), "widths 170 {{ section.grid.widths | join(' ') }}")
    first = table.rows[0]
    if headed:
        head(first, ("{%tc for one in section.grid.heads %}", "{{ one }}", "{%tc endfor %}"))
        loop_row(table, "{%tr for row in section.grid.rows %}")
    else:
        first.cells[0].text = "{%tr for row in section.grid.rows %}"
    row = table.add_row()
    cells(row, ("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}"))
    loop_row(table, "{%tr endfor %}")
    if high:
        row.height = Mm(high)
        whole(table)


def _matrix(document: Any) -> None:
    add = document.add_paragraph
    add("{%p if paper.matrix %}")
    add(f"{{%p if {WIDE} %}}")
    section_ends(document, landscape=False)
    add("{%p endif %}")
    document.add_heading("{{ paper.matrix.title }}", 1)
    paragraph = add("{% for pair in legend %}", style="Soft")
    paragraph.add_run("{{ pair.label }}").bold = True
    paragraph.add_run(" {{ pair.text }}   {% endfor %}")
    matrix_table(document, "paper.matrix", 30)
    add(f"{{%p if {WIDE} %}}")
    section_ends(document, landscape=True)
    add("{%p endif %}")
    add("{%p endif %}")


if __name__ == "__main__":
    TEMPLATE.write_bytes(build())
