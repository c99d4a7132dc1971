"""Styles, page and foot of the Word template that ships."""

from __future__ import annotations

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

NAVY, ORANGE, SOFT = RGBColor(0x12, 0x39, 0x5B), RGBColor(0xB3, 0x56, 0x1B), RGBColor(0x51, 0x60, 0x6D)
WHITE, INK, LINE = RGBColor(255, 255, 255), RGBColor(0x17, 0x21, 0x2B), "D5DCE1"
HEADINGS = (("Heading 2", 11.5, 12), ("Heading 3", 10.5, 10))  # points, and points above
FONT = "Calibri"
FOOT = "{{ view.heading }}, rulebook {{ view.version }}, digest {{ view.digest }}"


def styles(document: Any) -> None:
    """Fonts, sizes, colours and spaces of every style that the template uses."""
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
        ("Cell Column", 8, RGBColor(255, 255, 255), True),
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


def settings(document: Any) -> None:
    """As Word 2013 and later lay out a page: tables begin at the margin, and no note of an older mode."""
    (mode,) = document.settings.element.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']")
    mode.set(qn("w:val"), "15")
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def page(section: Any, landscape: bool) -> None:
    """A4, upright or on its side."""
    width, height = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (height, width) if landscape else (width, height)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)


def footer(section: Any, wide: int, told: str = FOOT) -> None:
    """What the page belongs to on the left, its number at the right margin, `wide` mm further."""
    paragraph = section.footer.paragraphs[0]
    paragraph.style = "Soft"
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(wide), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.paragraph_format.right_indent = Mm(0)
    paragraph.add_run(f"{told}\tPage ")
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
