"""Templates of somebody's own: attacks on what they are given, what they may cost, and damaged ones."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import socket
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement
from advisor.documents import Edition, write
from advisor.documents.shared import TEMPLATES, confined
from advisor.documents.shared.edition import logo_from
from advisor.errors import InputError
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES, REPOSITORY

docx = pytest.importorskip("docx")
FORMS = {"md": "markdown", "html": "html", "confluence": "confluence", "docx": "docx"}
LOGO = logo_from((REPOSITORY / "tests" / "logo.png").read_bytes(), "logo.png")
REFUSED = r"templates can only lay out|nothing is called '\w+' there|is not given|has no element"


@pytest.fixture(scope="module")
def advice(catalog: Catalog) -> Advice:
    return advise(catalog, read_engagement(EXAMPLES / "acme-portal.yaml", catalog))


def template(folder: Path, kind: str, text: str) -> Path:
    """A template with this text in it."""
    path = folder / (f"t.{kind}" if kind == "docx" else f"t.{kind}.j2")
    if kind != "docx":
        path.write_text(text, encoding="utf-8")
        return path
    document = docx.Document()
    document.add_paragraph(text)
    document.save(path)
    return path


def each_in_two_forms(*texts: str) -> list[tuple[str, str]]:
    """Every text in Word, which fills templates in its own way, and in one of the other forms."""
    others = [kind for kind in FORMS if kind != "docx"]
    return [(kind, text) for at, text in enumerate(texts) for kind in ("docx", others[at % len(others)])]


class TestAttacks:
    @pytest.mark.parametrize(
        "text",
        [
            "{{ pictures.split.tpl.docx.save('/tmp/x') }}",
            "{{ logo.tpl.render_xml_part('x', 0, {}) }}",
            "{{ (pictures.evidence | attr('tpl')).new_subdoc('/etc/passwd') }}",
            "{{ ([logo] | map(attribute='tpl') | first).docx }}",
            "{{ logo['tpl']['replace_pic']('x', '/etc/passwd') }}",
            "{{ pictures.split.image_descriptor.read() }}",
        ],
    )
    def test_through_the_pictures(self, advice: Advice, tmp_path: Path, text: str) -> None:
        """A picture is text to a template: there is no document behind it to save, to fill or to read files with."""
        edition = Edition(logo=LOGO, template=template(tmp_path, "docx", text))
        with pytest.raises(InputError, match=REFUSED):
            write(advice, "docx", edition)

    @pytest.mark.parametrize(
        ("kind", "text"),
        each_in_two_forms(
            "{{ ''.__class__ }}",
            "{{ view.phases.__class__.__base__.__subclasses__() }}",
            "{{ view['__init__'] }}",
            "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
            "{{ self._TemplateReference__context.environment }}",
            "{% for a in [1] %}{{ loop._iterator }}{% endfor %}",
            "{% for a in [1] %}{{ loop.__init__.__globals__ }}{% endfor %}",
            "{{ (view.phases | map('upper')).gi_frame.f_back }}",
            "{{ '{0.__class__}'.format(view) }}",
            "{{ '{0.__class__}'.format_map({'0': view}) }}",
            "{{ namespace.__init__.__globals__ }}",
            "{{ dict.mro() }}",
            "{{ (view | attr('__reduce_ex__'))(2) }}",
            "{{ view.heading.encode('idna') }}",
        ),
    )
    def test_through_python(self, advice: Advice, tmp_path: Path, kind: str, text: str) -> None:
        """No way from a value to its class, its module, the template's own workings or a generator's frame."""
        with pytest.raises(InputError, match=REFUSED):
            write(advice, FORMS[kind], Edition(template=template(tmp_path, kind, text)))

    def test_once_outside_the_sandbox(self, tmp_path: Path) -> None:
        """Code that got out all the same finds no file to open, none to write, no connection and no other program."""
        said = json.loads(confined.confined("tests.test_template_safety:escaped", str(tmp_path / "x"), "t"))
        assert said == {"read": "OSError", "write": "OSError", "connect": "OSError", "start": "OSError"}
        assert not (tmp_path / "x").exists()


def escaped(path: str) -> confined.Work:
    """What an attacker would do, in a process with limits."""

    def attempt(deed: Any) -> str:
        try:
            deed()
        except OSError:
            return "OSError"
        return "done"

    def work() -> bytes:
        return json.dumps(
            {
                "read": attempt(lambda: Path("/etc/passwd").read_text()),
                "write": attempt(lambda: Path(path).write_text("x")),
                "connect": attempt(socket.socket),
                "start": attempt(lambda: os.posix_spawn("/bin/true", ["true"], {})) if os.getuid() else "OSError",
            }
        ).encode()

    return work


SLOW = "takes more than 1 s to fill in|takes more than 30 s to fill in"  # the second, where others use the machine
LARGE = "needs more than 1,000 MB of memory"


def patience_for(message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Less time, where it is time that ends the work: one second shows the limit as well as five."""
    if message == SLOW:
        monkeypatch.setattr(confined, "SECONDS", 1)


class TestBounds:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", SLOW),
            ("{% set n = namespace(x=9) %}{% for a in range(60) %}{% set n.x = n.x * n.x %}{% endfor %}", SLOW),
            ("{% set n = namespace(x='x') %}{% for a in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}", LARGE),
            ("{% set n = namespace(x=['x']) %}{% for a in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}", LARGE),
            ("{% for a in range(99999) %}{{ 'x' * 99999 }}{% endfor %}", LARGE),
            ("{% for a in range(999) %}{{ 'x' * 99999 }}{% endfor %}", "makes a document of more than 50 MB"),
            ("{{ '%9999999999d' % 1 }}", LARGE),
            ("{{ 'x' | center(10 ** 10) }}", LARGE),
            ("{{ 'xx' | replace('', 'y' * 99999) | replace('', 'y' * 99999) }}", LARGE),
            ("{{ lipsum(n=10 ** 7) }}", "'lipsum' is not given to templates"),
            ("{{ '{:>9999999999}'.format(1) }}", "templates can only lay out"),
            ("{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}", "nested too deep"),
            ("{% extends view %}", r"there is no template called View\(heading=.{200,300}\.\.\.$"),
            ("{% if 1 %}" * 5_000 + "{% endif %}" * 5_000, "nested too deep"),
        ],
    )
    def test_of_a_text(
        self, advice: Advice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
    ) -> None:
        """Time, memory, output and nesting end in one sentence."""
        patience_for(message, monkeypatch)
        begun = time.monotonic()
        with pytest.raises(InputError, match=message):
            write(advice, "markdown", Edition(template=template(tmp_path, "md", text)))
        assert time.monotonic() - begun < confined.PATIENCE + 10

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", SLOW),
            ("{% for a in range(99999) %}{{ 'x' * 99999 }}{% endfor %}", LARGE),
        ],
    )
    def test_of_a_word_file(
        self, advice: Advice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
    ) -> None:
        """The same for Word."""
        patience_for(message, monkeypatch)
        with pytest.raises(InputError, match=message):
            write(advice, "docx", Edition(template=template(tmp_path, "docx", text)))

    def test_by_the_clock(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What waits rather than works is ended too, as on systems that limit nothing else."""
        monkeypatch.setattr(confined, "PATIENCE", 2.0)
        with pytest.raises(InputError, match="t: takes more than 2 s to fill in"):
            confined.confined("tests.test_template_safety:asleep", None, "t")

    def test_what_brings_the_process_down(self) -> None:
        """A crash in a library costs that one document."""
        with pytest.raises(InputError, match=r"t: brought down its process \(signal 11\): too much to fill in"):
            confined.confined("tests.test_template_safety:crashed", None, "t")


def asleep(_: None) -> confined.Work:
    def work() -> bytes:
        time.sleep(60)
        return b""

    return work


def crashed(_: None) -> confined.Work:
    def work() -> bytes:
        os.kill(os.getpid(), signal.SIGSEGV)
        return b""

    return work


def with_part(part: str, content: bytes | None) -> bytes:
    """Our Word template with one part exchanged or, for None, left out."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(TEMPLATES / "document.docx") as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in dict.fromkeys((*old.namelist(), part)):
            if name != part:
                new.writestr(name, old.read(name))
            elif content is not None:
                new.writestr(name, content)
    return stream.getvalue()


def types_with(part: str, kind: str) -> bytes:
    """Our Word template's list of types, with another for one part: what a part is, its name need not say."""
    with zipfile.ZipFile(TEMPLATES / "document.docx") as archive:
        said = archive.read("[Content_Types].xml").decode()
    return re.sub(rf'(PartName="/word/{part}.xml" ContentType=")[^"]+', rf"\g<1>{kind}", said).encode()


BODY = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">%s</w:document>'
DEEP = BODY % (b"<w:body>" + b"<w:p>" * 100_000 + b"</w:p>" * 100_000 + b"</w:body>")
ENTITIES = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">%s]>' % b"".join(
    b'<!ENTITY a%d "%s">' % (at, b"&a%d;" % (at - 1) * 10 if at > 1 else b"&a;" * 10) for at in range(1, 10)
)


class TestDamagedWordFiles:
    @pytest.mark.parametrize(
        ("part", "content", "message"),
        [
            ("word/document.xml", b"no XML", "is damaged"),
            ("word/document.xml", b"", "is damaged"),
            ("word/document.xml", BODY % b"", "is damaged"),
            (
                "word/document.xml",
                BODY % (b"<w:body>" + b"<w:p>" * 100_000 + b"</w:p>" * 100_000 + b"</w:body>"),
                "damaged",
            ),
            ("word/document.xml", ENTITIES + BODY % b"<w:body>&a9;</w:body>", "defines a document type"),
            ("word/document.xml", (ENTITIES + BODY % b"").decode().encode("utf-16"), "defines a document type"),
            ("word/document.xml", b'<!DOCTYPE w SYSTEM "file:///etc/passwd">' + BODY % b"", "defines a document type"),
            ("word/_rels/document.xml.rels", ENTITIES + b"<a>&a9;</a>", "defines a document type"),
            ("word/document.xml", None, "is no Word document"),
            ("[Content_Types].xml", b"<Types/>", "is damaged"),
            ("[Content_Types].xml", b"<Types", "is damaged"),
            ("[Content_Types].xml", None, "is damaged"),
            ("word/_rels/document.xml.rels", b"<x", "is damaged"),
            ("_rels/.rels", None, "is damaged"),
            ("word/vbaProject.bin", b"x", "carries macros"),
            ("[Content_Types].xml", types_with("styles", "application/vnd.ms-office.vbaProject"), "carries macros"),
            (
                "word/document.xml",
                b'<?xml version="1.0" encoding="UTF-7"?><+ACE-DOCTYPE w [<+ACE-ENTITY a "b">]>' + BODY % b"<w:body/>",
                "defines a document type",
            ),
            ("word/media/large.bin", bytes(60_000_000), "unpacks into more than 50 MB"),
        ],
    )
    def test_a_part(self, advice: Advice, tmp_path: Path, part: str, content: bytes | None, message: str) -> None:
        """No XML, no body, too deep, entities, broken lists of parts: one sentence that says what to do."""
        path = tmp_path / "t.docx"
        path.write_bytes(with_part(part, content))
        with pytest.raises(InputError, match=message) as caught:
            write(advice, "docx", Edition(template=path))
        assert (
            str(caught.value).startswith(str(path)) and len(str(caught.value)) < 400 and len(caught.value.problems) == 1
        )

    def test_pictures_wherever_they_are_asked_for(self, advice: Advice, tmp_path: Path) -> None:
        """In the body, twice, and in the head of the page; a name that is no picture stays away."""
        document = docx.Document()
        document.add_paragraph("{{ pictures.split }}{{ pictures.split }}")
        document.sections[0].header.paragraphs[0].text = "{{ logo }}"
        document.save(tmp_path / "t.docx")
        made = docx.Document(io.BytesIO(write(advice, "docx", Edition(logo=LOGO, template=tmp_path / "t.docx"))))
        assert len(made.inline_shapes) == 2
        head = made.sections[0].header._element
        assert head.xpath(".//wp:docPr/@descr") == ["Logo"]
        (related,) = head.xpath(".//a:blip/@r:embed")
        assert made.sections[0].header.part.related_parts[related].blob == LOGO.data
