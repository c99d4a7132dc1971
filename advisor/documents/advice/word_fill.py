"""Fills a Word template, ours or somebody's own, with what a document says and its pictures."""

from __future__ import annotations

import io
import re
import traceback
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jinja2 import DictLoader, TemplateError
from markupsafe import Markup

from advisor.documents.advice.word_finish import Picture, finish, parts
from advisor.documents.shared.own_template import check_placeholders, line_of, mistake
from advisor.documents.shared.sandbox import Sandbox
from advisor.documents.shared.words import a, listed, lower_first
from advisor.errors import InputError, Problem

if TYPE_CHECKING:
    from docx.document import Document
    from docxtpl import DocxTemplate

MOST_INSIDE = 50_000_000  # bytes of a template once unpacked
_DEFINES = "defines a document type, as no Word document does"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FILLS = {"R": "C9DCEA", "S": "DFEAF2", "C": "EEF2F4"}


@dataclass(frozen=True, slots=True)
class Filling:
    """A template, what messages call it, what it is given by name, and the pictures that it may show."""

    template: bytes
    name: str
    given: Mapping[str, Any]
    pictures: Mapping[str, Picture]


def shown(picture: str) -> Markup:
    """What a template is given for a picture: text alone, which becomes the picture when all is filled in."""
    return Markup('</w:t></w:r><w:r><w:drawing w:picture="{}"/></w:r><w:r><w:t xml:space="preserve">').format(picture)


def fill(filling: Filling) -> bytes:
    """The document, from a template of ours."""
    template = _opened(filling)
    template.render(filling.given, environment(), autoescape=True)
    return _finished(template, filling)


def fill_own(filling: Filling) -> Callable[[], bytes]:
    """Gets ready to fill in a template of somebody's own; InputError, when it is done, for a mistake in it."""
    import docxtpl  # noqa: F401  (what is not loaded yet cannot be loaded later)

    environment()
    return lambda: _fill_own(filling)


def _fill_own(filling: Filling) -> bytes:
    name = filling.name
    try:
        _check(filling.template, name)
        template = _opened(filling)
        _check_parts(template.docx, name)
        texts = _texts(template.docx)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # what its libraries run into, given a file that no Word made
        raise _damaged(error, name) from None
    check_placeholders(texts, name)
    try:
        template.render(filling.given, environment(), autoescape=True)
    except MemoryError:
        raise
    except Exception as error:
        if not isinstance(error, (TemplateError, RecursionError)) and not line_of(error):
            raise _damaged(error, name) from None
        in_body = any(step.name == "build_xml" for step in traceback.extract_tb(error.__traceback__))
        raise mistake(error, name, filling.given, texts, _lines(template) if in_body else ()) from None
    try:
        return _finished(template, filling)
    except MemoryError:
        raise
    except Exception as error:
        raise _damaged(error, name) from None


def _damaged(error: Exception, name: str) -> InputError:
    said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return InputError(
        [Problem(name, 0, "", f"is damaged, or nothing that Word makes; open and save it in Word ({said})")]
    )


def _opened(filling: Filling) -> DocxTemplate:
    from docxtpl import DocxTemplate

    template = DocxTemplate(io.BytesIO(filling.template))
    template.init_docx()
    return template


def _finished(template: DocxTemplate, filling: Filling) -> bytes:
    finish(template.docx, filling.pictures)
    stream = io.BytesIO()
    template.save(stream)
    return undated(stream.getvalue())


def letter_fill(kind: str) -> str:
    """The shade behind a cell of this kind, as Word names colours."""
    return "12395B" if "A" in kind else _FILLS.get(kind, "FFFFFF")


def environment() -> Sandbox:
    """What Word templates may use."""
    environment = Sandbox(loader=DictLoader({}), autoescape=True)
    environment.filters |= {"letter_fill": letter_fill, "listed": listed, "lower_first": lower_first, "a": a}
    return environment


def _texts(document: Document) -> list[str]:
    """The paragraphs of the template, wherever they stand."""
    lines = (line for part in parts(document) for line in part.element.iter(f"{_W}p"))
    return ["".join(one.text or "" for one in line.iter(f"{_W}t")) for line in lines]


def _lines(template: DocxTemplate) -> list[str]:
    """What stands on each line that Jinja counts: docxtpl begins one before every paragraph."""
    return [re.sub(r"<[^>]+>", "", one) for one in re.split(r"(?=<w:p[ >])", template.patch_xml(template.get_xml()))]


def _check(data: bytes, name: str) -> None:
    """Refuse what is no Word document, what would unpack into too much, and what carries macros or entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = archive.infolist()
            names = {one.filename for one in inside}
            if sum(one.file_size for one in inside) > MOST_INSIDE:
                raise InputError([Problem(name, 0, "", "unpacks into more than 50 MB; a template can be smaller")])
            parts = {one.filename: archive.read(one) for one in inside if one.filename.endswith((".xml", ".rels"))}
    except zipfile.BadZipFile:
        raise InputError([Problem(name, 0, "", "is no Word document (.docx)")]) from None
    if "word/document.xml" not in names or "word/vbaProject.bin" in names:
        wrong = "carries macros" if "word/vbaProject.bin" in names else "is no Word document (.docx)"
        raise InputError([Problem(name, 0, "", f"{wrong}; save it as .docx")])
    for part, content in parts.items():
        if b"<!DOCTYPE" in content.replace(b"\0", b""):  # in UTF-16, every other byte
            raise InputError([Problem(name, 0, "", f"{part} in it {_DEFINES}")])


def _check_parts(document: Document, name: str) -> None:
    """Refuse macros and document types in what is kept of the file, whatever its parts are called and encoded in."""
    for part in document.part.package.iter_parts():
        kinds = (part.content_type, *(one.reltype for one in part.rels.values()))
        if any("vbaproject" in kind.lower() for kind in kinds):
            raise InputError([Problem(name, 0, "", "carries macros; save it as .docx")])
        root = getattr(part, "element", None)
        if root is not None and root.getroottree().docinfo.internalDTD is not None:
            raise InputError([Problem(name, 0, "", f"{part.partname} in it {_DEFINES}")])


def undated(data: bytes) -> bytes:
    """The same archive with no time of writing in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in sorted(old.infolist(), key=lambda one: (one.filename != "[Content_Types].xml", one.filename)):
            new.writestr(zipfile.ZipInfo(one.filename, (1980, 1, 1, 0, 0, 0)), old.read(one), zipfile.ZIP_DEFLATED)
    return made.getvalue()
