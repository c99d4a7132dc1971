"""Builds the Word template of fit sheets, `advisor/documents/templates/fit.docx`; run it after changing it here.

python -m tools.fit_template
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Mm, Pt

from tools.word_pieces import boxed, cells, head, loop_row, new_table, packed
from tools.word_styles import footer, page, settings, styles

TEMPLATE = Path(__file__).parents[1] / "advisor" / "documents" / "templates" / "fit.docx"


def build() -> bytes:
    """The template as the bytes of its file; the same every time."""
    document = Document()
    settings(document)
    styles(document)
    page(document.sections[0], landscape=False)
    footer(document.sections[0], 170, "{{ kind }}: {{ view.name }}. {{ view.foot }}")
    _opening(document)
    document.add_paragraph("{%p for one in view.roles %}")
    document.add_heading("As {{ one.name | lower_first }}", 1)
    _role(document)
    document.add_paragraph("{%p endfor %}")
    _engagement(document)
    _closing(document)
    return packed(document, "{{ kind }}: {{ view.name }}")


def _opening(document: Any) -> None:
    add = document.add_paragraph
    add("{{ kind }}", style="Soft")
    add("{{ view.name }}", style="Title")
    add("{%p if view.dated %}")
    add("{{ view.dated }}", style="Soft")
    add("{%p endif %}")
    table = new_table(document, 1, (170,))
    cell = table.rows[0].cells[0]
    boxed(cell, "F4F6F7")
    cell.paragraphs[0].text, cell.paragraphs[0].style = "Where things stand", "Soft"
    cell.add_paragraph("{{ view.title }}", style="Recommendation")
    cell.add_paragraph("{%p for reason in view.reasons %}")
    _said(cell.add_paragraph(), "reason")
    cell.add_paragraph("{%p endfor %}")
    cell.add_paragraph("{%p if view.status_line %}")
    cell.add_paragraph("{{ view.status_line }}", style="Soft")
    cell.add_paragraph("{%p endif %}")
    note = add("{{ opening }}", style="Soft")
    note.paragraph_format.space_before = Pt(8)


def _role(document: Any) -> None:
    """What is said of `one` role."""
    add = document.add_paragraph
    stands = add()
    stands.add_run("{{ one.stands }}").bold = True
    stands.add_run("{%r for reason in one.reasons %}")
    stands.add_run(" ")
    _said(stands, "reason")
    stands.add_run("{%r endfor %}")
    add("{%p if one.strengths %}")
    _lead(document, "{{ one.carries }}")
    add("{%p for item in one.strengths %}")
    _said(add(style="List Bullet"), "item")
    add("{%p endfor %}")
    add("{%p endif %}")
    add("{%p if one.gaps %}")
    _lead(document, "What to grow, most telling first")
    add("{%p for gap in one.gaps %}")
    about = add()
    about.add_run("{{ loop.index }}. {{ gap.about }}. ").bold = True
    _said(about, "gap", "needs")
    about.paragraph_format.keep_with_next = True
    for label, text, condition in (
        ("Seen", "{{ gap.seen }}", ""),
        ("Why here", "{{ gap.because }}", "gap.because"),
        ("Next", "{{ gap.close }}", ""),
    ):
        if condition:
            add(f"{{%p if {condition} %}}")
        line = add()
        line.paragraph_format.left_indent, line.paragraph_format.space_after = Mm(6), Pt(2)
        line.paragraph_format.keep_with_next = label != "Next"
        line.add_run(f"{label}: ").bold = label == "Next"
        line.add_run(text)
        if condition:
            add("{%p endif %}")
    add("{%p endfor %}")
    add("{%p if one.more %}")
    add("{{ one.more }}", style="Soft")
    add("{%p endif %}")
    add("{%p endif %}")
    add("{%p if one.not_seen %}")
    add("{{ one.not_seen }}", style="Soft")
    add("{%p endif %}")


def _said(paragraph: Any, item: str, words: str = "says") -> None:
    """A sentence, and what it rests on in small letters."""
    paragraph.add_run(f"{{{{ {item}.{words} }}}}")
    paragraph.add_run(f"{{{{ ' ' + {item}.grounds | join(', ') if {item}.grounds }}}}", style="Grounds")


def _lead(document: Any, text: str) -> None:
    """A few words in bold over a list."""
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = True
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.keep_with_next = Pt(8), True


def _engagement(document: Any) -> None:
    add = document.add_paragraph
    add("{%p if view.engagement %}")
    document.add_heading("For {{ view.engagement }}", 1)
    add("{{ view.engagement_note }}")
    add("{%p for one in view.engagement_roles %}")
    document.add_heading("{{ one.name }}", 2)
    _role(document)
    add("{%p endfor %}")
    add("{%p endif %}")


def _closing(document: Any) -> None:
    add = document.add_paragraph
    add("{%p if view.settle %}")
    document.add_heading("What we would like to see next", 1)
    add("{%p for pair in view.settle %}")
    line = add(style="List Bullet")
    line.add_run("{{ pair.label }}: ").bold = True
    line.add_run("{{ pair.text }}")
    add("{%p endfor %}")
    add("{%p endif %}")
    document.add_heading("What was seen", 1)
    table = new_table(document, 1, (60, 110))
    head(table.rows[0], ("Competency", "Seen"))
    loop_row(table, "{%tr for pair in view.seen %}")
    cells(table.add_row(), ("{{ pair.label }}", "{{ pair.text }}"))
    loop_row(table, "{%tr endfor %}")
    document.add_heading("What we agreed", 1)
    table = new_table(document, 1, (80, 45, 45))
    head(table.rows[0], tuple(f"{{{{ agreed[{at}] }}}}" for at in range(3)))
    for _ in range(2):
        row = table.add_row()
        cells(row, ("", "", ""))
        row.height = Mm(14)
    add("{%p if view.sources %}")
    document.add_heading("Sources", 1)
    add("{%p for source in view.sources %}")
    line = add()
    line.add_run("{{ source.id }} ").bold = True
    line.add_run("{{ source.text }} ({{ source.section }})")
    add("{%p endfor %}")
    add("{%p endif %}")


if __name__ == "__main__":
    TEMPLATE.write_bytes(build())
