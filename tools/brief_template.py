"""Builds the Word template of the brief, `advisor/documents/templates/brief.docx`; run it after changing it here.

python -m tools.brief_template
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Mm, Pt

from tools.word_pieces import (
    agreed_lines,
    boxed,
    cells,
    head,
    loop_row,
    matrix_table,
    new_table,
    opening,
    picture,
    sealed,
    section_ends,
    whole,
)
from tools.word_styles import footer, page, settings, styles

TEMPLATE = Path(__file__).parents[1] / "advisor" / "documents" / "templates" / "brief.docx"
WIDE = "brief.columns | length > 7"  # then the matrix lies on its side


def build() -> bytes:
    """The template as the bytes of its file; the same every time."""
    document = Document()
    settings(document)
    styles(document)
    document.styles["Normal"].font.size = Pt(10)
    page(document.sections[0], landscape=False)
    footer(document.sections[0], 170)
    _opening(document)
    _said(document)
    # A broad matrix has a page of its own; what follows it then stands before it, on the page that is begun.
    document.add_paragraph(f"{{%p if {WIDE} %}}")
    _closing(document)
    section_ends(document, landscape=False)
    document.add_paragraph("{%p endif %}")
    _matrix(document)
    document.add_paragraph(f"{{%p if {WIDE} %}}")
    section_ends(document, landscape=True)
    document.add_paragraph("{%p else %}")
    _closing(document)
    document.add_paragraph("{%p endif %}")
    return sealed(document)


def _opening(document: Any) -> None:
    add = document.add_paragraph
    opening(document, "{{ kind }}")
    table = new_table(document, 1, (170,))
    cell = table.rows[0].cells[0]
    boxed(cell, "F4F6F7")
    cell.paragraphs[0].text = "{{ brief.decision }}"
    cell.paragraphs[0].style = "Recommendation"
    for name in ("brief.sure", "brief.staffing"):
        cell.add_paragraph(f"{{%p if {name} %}}")
        cell.add_paragraph(f"{{{{ {name} }}}}")
        cell.add_paragraph("{%p endif %}")
    cell.add_paragraph("", style="Soft")
    add("{%p if view.context %}")
    add("{{ view.context }}").paragraph_format.space_before = Pt(6)
    add("{%p endif %}")


def _said(document: Any) -> None:
    add, heading = document.add_paragraph, document.add_heading
    add("{%p if brief.facts %}")
    heading("Because", 1)
    _list(document, "brief.facts", "{{ one }}")
    add("{%p endif %}")
    picture(document, "work")
    heading("Who does what when", 1)
    _table(
        document,
        "brief.seats",
        (("Role", 28), ("Who", 50), ("Time", 44), ("Answers for", 48)),
        ("{{ one.role }}", "{{ one.person }}", "{{ one.time }}", "{{ one.answers_for }}"),
    )
    add("{%p if brief.steps %}")
    heading("First steps", 1)
    add("{%p for one in brief.steps %}")
    paragraph = add(style="List Number")
    paragraph.add_run("{{ one.who }}, {{ one.by }}: ").bold = True
    paragraph.add_run("{{ one.what }}")
    add("{%p endfor %}")
    add("{%p endif %}")
    add("{%p if brief.look_again %}")
    heading("Dates ahead", 1)
    _list(document, "brief.look_again", "{{ one }}")
    add("{%p endif %}")
    add("{%p if brief.dangers %}")
    heading("Risks", 1)
    _table(
        document,
        "brief.dangers",
        (("Risk", 40), ("Trigger", 46), ("Owner", 28), ("Action", 56)),
        ("{{ one.what }}", "{{ one.trigger }}", "{{ one.owner }}", "{{ one.action }}"),
    )
    add("{%p endif %}")
    add("{%p if brief.unknown %}")
    heading("Not known", 1)
    _list(document, "brief.unknown", "{{ one }}")
    add("{%p endif %}")
    add("{%p if brief.role_names %}")
    paragraph = add()
    paragraph.add_run("Role names. ").bold = True
    paragraph.add_run("{{ brief.role_names }}")
    add("{%p endif %}")


def _list(document: Any, items: str, text: str) -> None:
    document.add_paragraph(f"{{%p for one in {items} %}}")
    document.add_paragraph(text, style="List Bullet")
    document.add_paragraph("{%p endfor %}")


def _table(document: Any, items: str, heads: tuple[tuple[str, int], ...], texts: tuple[str, ...]) -> None:
    """One row for each item, under heads with their widths in millimetres."""
    table = new_table(document, 1, tuple(width for _, width in heads))
    head(table.rows[0], tuple(name for name, _ in heads))
    loop_row(table, f"{{%tr for one in {items} %}}")
    cells(table.add_row(), texts)
    loop_row(table, "{%tr endfor %}")


def _matrix(document: Any) -> None:
    add = document.add_paragraph
    document.add_heading("Who is responsible", 1)
    paragraph = add("{% for pair in legend %}", style="Soft")
    paragraph.add_run("{{ pair.label }}").bold = True
    paragraph.add_run(" {{ pair.text }}   {% endfor %}")
    matrix_table(document, "brief", 30, by_name=True)
    agreed_lines(document)


def _closing(document: Any) -> None:
    add, heading = document.add_paragraph, document.add_heading
    add("{%p if brief.signatories %}")
    heading("Agreed by", 1)
    table = new_table(document, 1, (45, 50, 48, 27), "insideV", "left", "right")
    head(table.rows[0], ("Role", "Name", "Signature", "Date"))
    loop_row(table, "{%tr for column in brief.signatories %}")
    row = table.add_row()
    cells(row, ("{{ column.name }}", "{{ column.person if column.named }}", "", ""))
    row.height = Mm(10)
    loop_row(table, "{%tr endfor %}")
    whole(table)
    add("{%p endif %}")
    add("{%p if brief.agreed_by %}")
    add("{{ brief.agreed_by }}")
    add("{%p endif %}")


if __name__ == "__main__":
    TEMPLATE.write_bytes(build())
