"""Builds the Word template that ships, `advisor/documents/templates/document.docx`; run it after changing it here.

python -m tools.word_template
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Mm, Pt

from tools.word_pieces import (
    agreed_lines,
    boxed,
    bullets,
    cells,
    coloured,
    grows,
    head,
    loop_row,
    matrix_table,
    new_table,
    picture,
    sealed,
    section_ends,
    whole,
    why,
)
from tools.word_styles import NAVY, ORANGE, footer, page, settings, styles

TEMPLATE = Path(__file__).parents[1] / "advisor" / "documents" / "templates" / "document.docx"
WIDE = "view.columns | length > 4"  # then the matrix lies on its side


def build() -> bytes:
    """The template as the bytes of its file; the same every time."""
    document = Document()
    settings(document)
    styles(document)
    page(document.sections[0], landscape=False)
    footer(document.sections[0], 170)
    _opening(document)
    _advice(document)
    _matrix(document)
    _closing(document)
    return sealed(document)


def _opening(document: Any) -> None:
    add = document.add_paragraph
    add("{%p if logo %}")
    add("{{ logo }}")
    add("{%p endif %}")
    add("{{ kind }}", style="Soft")
    add("{{ view.heading }}", style="Title")
    add("{%p if view.client %}")
    add("{{ view.client_label }} {{ view.client }}")
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
    add("{%p if view.context %}")
    add("{{ view.context }}")
    add("{%p endif %}")
    table = new_table(document, 1, (170,))
    cell = table.rows[0].cells[0]
    boxed(cell, "F4F6F7")
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
    cell.add_paragraph("{{ view.status_line }}", style="Soft")
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
    table = new_table(document, 1, (45, 55, 35))
    grows(table, 170, 26, 30)
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
    whole(table)
    picture(document, "split")
    add("{%p endif %}")
    add("{%p if view.reasons or view.findings or view.sides %}")
    heading("Why", 1)
    bullets(document, "view.reasons")
    add("{%p if view.findings %}")
    heading("What the answers add up to", 2)
    table = new_table(document, 1, (110, 60))
    head(table.rows[0], ("Asked", "Found"))
    loop_row(table, "{%tr for finding in view.findings %}")
    cells(table.add_row(), ("{{ finding.label }}", "{{ finding.text }}"))
    loop_row(table, "{%tr endfor %}")
    whole(table)
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
    table = new_table(document, 1, (20, 150))
    table.rows[0].cells[0].text = "{%tr for item in side['items'] %}"
    row = table.add_row()
    cells(row, ("", ""))
    points = row.cells[0].paragraphs[0]
    coloured(
        points,
        "side.role == view.sides[0].role",
        "{{ '%+d' | format(item.points) }} {{ '■' * item.points }}",
        (NAVY, ORANGE),
    )
    why(row.cells[1].paragraphs[0])
    loop_row(table, "{%tr endfor %}")
    add("{%p endif %}")
    add("{%p endfor %}")
    add("{%p endif %}")
    add("{%p endif %}")
    add("{%p if view.guardrails %}")
    heading("Guardrails", 1)
    bullets(document, "view.guardrails", "List Number")
    add("{%p endif %}")
    add("{%p if view.profiles %}")
    heading("What to look for in the people", 1)
    add("{%p for profile in view.profiles %}")
    heading("{{ profile.role }}{{ ': ' + profile.person if profile.person }}", 2)
    bullets(document, "profile['items']", because=True)
    add("{%p endfor %}")
    add("{%p endif %}")
    add("{%p endif %}")


def _matrix(document: Any) -> None:
    add, heading = document.add_paragraph, document.add_heading
    add("{%p if document != 'advice' %}")
    add(f"{{%p if {WIDE} %}}")
    section_ends(document, landscape=False)
    add("{%p endif %}")
    heading("Who does what", 1)
    add("{%p if view.before_signing %}")
    add("{{ view.before_signing }}")
    add("{%p endif %}")
    paragraph = add("{% for pair in legend %}", style="Soft")
    paragraph.add_run("{{ pair.label }}").bold = True
    paragraph.add_run(" {{ pair.text }}   {% endfor %}")
    matrix_table(document, "view", 34)
    agreed_lines(document)
    add("{%p for holder in view.holders if holder.span > 1 %}")
    add("{{ holder.roles }}: one person holds both roles.", style="Soft")
    add("{%p endfor %}")
    add("{%p if view.without_column %}")
    add("Named, but without a column here: {{ view.without_column | join(', ') }}.", style="Soft")
    add("{%p endif %}")
    add(f"{{%p if {WIDE} %}}")
    section_ends(document, landscape=True)
    add("{%p endif %}")
    picture(document, "accountability", "Who answers for the work, phase by phase")
    add("{%p if view.left_out %}")
    heading("Rows left out", 1)
    add("{%p for out in view.left_out %}")
    add("{{ out.reason }} Left out: {{ out.names | join('; ') }}.", style="List Bullet")
    add("{%p endfor %}")
    add("{%p endif %}")
    add("{%p endif %}")


def _closing(document: Any) -> None:
    add, heading = document.add_paragraph, document.add_heading
    add("{%p if view.assumptions or view.replaced or view.set_aside or view.noted or not view.for_client %}")
    heading("What we assumed", 1)
    for name, told, line in (
        ("view.assumptions", "", "{{ one }}"),
        ("view.replaced", "Read from answers to earlier questions:", "{{ one }}"),
        ("view.set_aside", "Answered, but of no bearing here:", "{{ one.label }} {{ one.text }}"),
        ("view.noted", "Noted with the answers:", "{{ one.label }} Note: {{ one.text }}"),
    ):
        add(f"{{%p if {name} %}}")
        if told:
            add(told)
        add(f"{{%p for one in {name} %}}")
        add(line, style="List Bullet")
        add("{%p endfor %}")
        add("{%p endif %}")
    add("{%p if not view.assumptions and not view.replaced and not view.set_aside and not view.for_client %}")
    add("Every question is answered.")
    add("{%p endif %}")
    add("{%p endif %}")
    add("{%p if document != 'advice' %}")
    heading("Agreed by", 1)
    table = new_table(document, 1, (45, 50, 48, 27), "insideV", "left", "right")
    head(table.rows[0], ("Role", "Name", "Signature", "Date"))
    loop_row(table, "{%tr for holder in view.signatories %}")
    row = table.add_row()
    cells(row, ("{{ holder.roles }}", "{{ holder.person if holder.named }}", "", ""))
    row.height = Mm(11)
    loop_row(table, "{%tr endfor %}")
    whole(table)
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


if __name__ == "__main__":
    TEMPLATE.write_bytes(build())
