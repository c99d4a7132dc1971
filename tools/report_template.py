"""Builds the Word template of reports, `advisor/documents/templates/report.docx`; run it after changing it here.

python -m tools.report_template
"""

from __future__ import annotations

from pathlib import Path

from docx import Document

from tools.word_pieces import boxed, cells, grows, head, loop_row, new_table, packed
from tools.word_styles import footer, page, settings, styles

TEMPLATE = Path(__file__).parents[1] / "advisor" / "documents" / "templates" / "report.docx"


def build() -> bytes:
    """The template as the bytes of its file; the same every time."""
    document = Document()
    settings(document)
    styles(document)
    page(document.sections[0], landscape=False)
    footer(document.sections[0], 170, "{{ view.kind }}: {{ view.heading }}. {{ view.foot }}")
    add = document.add_paragraph
    add("{{ view.kind }}", style="Soft")
    add("{{ view.heading }}", style="Title")
    add("{%p for line in [view.client, view.dated] if line %}")
    add("{{ line }}", style="Soft")
    add("{%p endfor %}")
    panel = new_table(document, 1, (170,)).rows[0].cells[0]
    boxed(panel, "F4F6F7")
    panel.paragraphs[0].text, panel.paragraphs[0].style = "{{ view.verdict }}", "Recommendation"
    panel.add_paragraph("{%p for line in view.lines %}")
    panel.add_paragraph("{{ line }}")
    panel.add_paragraph("{%p endfor %}")
    add("{%p for part in view.parts %}")
    for level in (2, 3):
        add(f"{{%p if part.level == {level} %}}")
        document.add_heading("{{ part.title }}", level - 1)
        add("{%p endif %}")
    add("{%p for line in part.lines %}")
    add("{{ line }}")
    add("{%p endfor %}")
    add("{%p for point in part.points %}")
    add("{%p if part.numbered %}")
    add("{{ loop.index }}. {{ point }}")
    add("{%p else %}")
    add("{{ point }}", style="List Bullet")
    add("{%p endif %}")
    add("{%p endfor %}")
    add("{%p if part.table %}")
    table = new_table(document, 1, (60, 60))
    grows(table, 170, 24)
    each = "{%tc for text in part.table.columns[1:] %}"
    head(table.rows[0], ("{{ part.table.columns[0] }}", each, "{{ text }}", "{%tc endfor %}"))
    loop_row(table, "{%tr for row in part.table.rows %}")
    cells(table.add_row(), ("{{ row[0] }}", "{%tc for text in row[1:] %}", "{{ text }}", "{%tc endfor %}"))
    loop_row(table, "{%tr endfor %}")
    add("{%p endif %}")
    add("{%p endfor %}")
    return packed(document, "{{ view.kind }}: {{ view.heading }}")


if __name__ == "__main__":
    TEMPLATE.write_bytes(build())
