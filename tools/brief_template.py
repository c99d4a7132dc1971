"""Builds the Word template of the brief, `advisor/documents/templates/brief.docx`; run it after changing it here.

python -m tools.brief_template
"""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from tools.word_pieces import (
    boxed,
    cells,
    coloured,
    grows,
    head,
    loop_row,
    new_table,
    paragraph_of,
    picture,
    repeat,
    section_ends,
    shade_xml,
    whole,
)
from tools.word_styles import INK, WHITE, footer, page, settings, styles
from tools.word_template import undated

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
    _matrix(document)
    _closing(document)
    lying = document.sections[1]
    lying.footer.is_linked_to_previous = False
    footer(lying, 257)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "{{ view.heading[:250] }}", "", ""  # Word allows 255
    properties.created = properties.modified = datetime.datetime(2000, 1, 1)
    stream = io.BytesIO()
    document.save(stream)
    return undated(stream.getvalue())


def _opening(document: Any) -> None:
    add = document.add_paragraph
    add("{%p if logo %}")
    add("{{ logo }}")
    add("{%p endif %}")
    add("{{ kind }}", style="Soft")
    add("{{ view.heading }}", style="Title")
    add("{%p if view.client or view.dated or view.dates %}")
    add(
        "{% if view.client %}For {{ view.client }}   {% endif %}{% for date in view.dates %}{{ date.label }}: "
        "{{ date.text }}   {% endfor %}{{ view.dated }}",
        style="Soft",
    )
    add("{%p endif %}")
    table = new_table(document, 1, (170,))
    cell = table.rows[0].cells[0]
    boxed(cell, "F4F6F7")
    cell.paragraphs[0].text = "{{ brief.decision }}"
    cell.paragraphs[0].style = "Recommendation"
    for name in ("brief.effort", "brief.sure", "brief.staffing"):
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
        (("Role", 32), ("Who", 30), ("Time", 48), ("Answers for", 60)),
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
    add(f"{{%p if {WIDE} %}}")
    section_ends(document, landscape=False)
    add("{%p endif %}")
    document.add_heading("Who is responsible", 1)
    paragraph = add("{% for pair in legend %}", style="Soft")
    paragraph.add_run("{{ pair.label }}").bold = True
    paragraph.add_run(" {{ pair.text }}   {% endfor %}")
    table = new_table(document, 1, (80, 28))
    grows(table, 257, 30)
    head(table.rows[0], ("Activity", "{%tc for column in brief.columns %}", "{{ column.name }}", "{%tc endfor %}"))
    people = table.add_row()
    texts = ("Held by", "{%tc for column in brief.columns %}", "{{ column.person }}", "{%tc endfor %}")
    cells(people, texts, "Cell Person")
    people.cells[0].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph_of(table.rows[0], 2).alignment = WD_ALIGN_PARAGRAPH.CENTER
    repeat(people)
    loop_row(table, "{%tr for phase in brief.phases %}")
    row = table.add_row()
    cells(row, ("{{ phase.name }}", "{%tc for column in brief.columns %}", "", "{%tc endfor %}"), "Cell Phase")
    for cell in row._tr.tc_lst:
        shade_xml(cell, "E3ECF3")
    loop_row(table, "{%tr for row in phase.rows %}")
    row = table.add_row()
    texts = (
        "{{ row.name }}",
        "{%tc for cell in row.cells %}",
        "{% cellbg cell.letters | letter_fill %}",
        "{%tc endfor %}",
    )
    cells(row, texts, "Cell Letter")
    coloured(paragraph_of(row, 2), "'A' in cell.letters", "{{ cell.letters }}", (WHITE, INK))
    row.cells[0].paragraphs[0].style = "Cell"
    loop_row(table, "{%tr endfor %}")
    loop_row(table, "{%tr endfor %}")


def _closing(document: Any) -> None:
    add, heading = document.add_paragraph, document.add_heading
    add("{%p if brief.look_again %}")
    heading("When to look again", 1)
    add("{{ brief.look_again }}")
    add("{%p endif %}")
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
    add(f"{{%p if {WIDE} %}}")
    section_ends(document, landscape=True)
    add("{%p endif %}")


if __name__ == "__main__":
    TEMPLATE.write_bytes(build())
