"""Soak, templates: whatever somebody's own template holds, it makes a document or is refused in one clear line."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from advisor.advise import advise
from advisor.catalog import load_catalog
from advisor.catalog.engagements import read_engagement
from advisor.documents import Edition
from advisor.documents.advice import pages, word, word_fill
from advisor.documents.shared import TEMPLATES
from advisor.documents.shared.confined import confined, result, worked
from advisor.errors import InputError
from benchmarks.soak_bytes import bent
from benchmarks.soak_crew import Outcome, Terms, Try, Wrong, keep, work_off

T = TypeVar("T")
REPOSITORY = Path(__file__).resolve().parent.parent
KINDS = ("md", "html", "confluence", "docx", "docx", "docx")
CONFINED_EVERY = 20  # so often in a process of its own, as the product does it, which takes far longer
PIECES = (
    *("{{ view.heading }}", "{{ view.__class__ }}", "{{ view.nothing }}", "{{ logo }}", "{{ pictures.split.tpl }}"),
    *("{% for p in view.phases %}", "{% endfor %}", "{% if view %}", "{% endif %}", "{%p if logo %}", "{%tr endfor %}"),
    *("{{", "}}", "{%", "%}", "{#", "#}", "{{ '", "| attr('tpl')", "| map('upper')", "| list", "| tojson", "| pprint"),
    *("{% include 'document.md.j2' %}", "{% extends 'base.html.j2' %}", "{% import 'macros.md.j2' as m %}{{ m }}"),
    *("{% macro a(b) %}{{ caller() }}{% endmacro %}", "{% call a() %}x{% endcall %}", "{{ self }}", "{{ loop }}"),
    *("{% block what %}", "{% endblock %}", "{{ super() }}", "{{ namespace(a=1).a }}", "{{ 'x' * 99999 }}"),
    *("{% set x = cycler(1, 2) %}{{ x.next() }}", "{{ dict(a=view).a.split[0].lead }}", "{{ 1 / 0 }}", "{{ [][1] }}"),
    *("{% for a in view.columns recursive %}{{ loop(a) }}", "{{ view.split | groupby('lead') }}", "{% colspan 3 %}"),
    *("{% vm %}", "{% hm %}", "{%tc for s in view.overall %}", "{{r logo }}", "{% cellbg 'red' %}", "{% raw %}"),
    *("\x00", "\ufffe", "\u202e", "&", "&#0;", "&undefined;", "<", "</w:p>", "<w:p>", "<!--", "]]>", "<?x?>"),
)


def run(count: int, seed: int, processes: int) -> Outcome:
    """Try so many templates."""
    found = work_off(make, count, seed, Terms(processes, chunk=50, slow=20.0, patience=120.0))
    templates = Templates()
    failures = []
    for number, message in found.failures:
        kind, data = templates.template(seed, number)
        file = keep("template", seed, number, data, f".{kind}")
        failures.append(f"template {number}: {message} (kept in {file.name})")
    counts = {name: f"{int(number):,}" for name, number in found.counts.items()}
    line = (
        f"{count:,} templates: {counts.get('filled', 0)} filled in, {counts.get('refused', 0)} refused; "
        f"slowest {found.slowest[0]:.2f} s (number {found.slowest[1]})"
    )
    return Outcome("templates", line, tuple(failures))


class Templates:
    """Good templates of every kind, and what becomes of them."""

    def __init__(self) -> None:
        shipped = {kind: (TEMPLATES / f"document.{kind}.j2").read_bytes() for kind in KINDS if kind != "docx"}
        self.texts: dict[str, tuple[bytes, ...]] = {
            kind: (data, b"{% extends 'document." + kind.encode() + b".j2' %}") for kind, data in shipped.items()
        }
        self.files = ((TEMPLATES / "document.docx").read_bytes(), _small(), _small())

    def template(self, seed: int, number: int) -> tuple[str, bytes]:
        """The kind of template `number`, and the template."""
        chance = random.Random(f"template {seed}:{number}")
        kind = KINDS[number % len(KINDS)]
        if kind != "docx":
            data = chance.choice(self.texts[kind])
            return kind, bent(data, chance) if chance.random() < 0.3 else _scratched(data, chance)
        data = chance.choice(self.files)
        return kind, bent(data, chance) if chance.random() < 0.3 else _with_part_bent(data, chance)


def make(seed: int) -> Try:
    """Fills a template in, by number."""
    catalog = load_catalog()
    advice = advise(catalog, read_engagement(REPOSITORY / "examples" / "small-internal-tool.yaml", catalog))
    edition = Edition("both")
    templates = Templates()
    filling = word.filling(advice, edition, b"", "t")
    given = {kind: pages.given_to(advice, edition, kind) for kind in KINDS if kind != "docx"}

    def try_one(number: int) -> Mapping[str, float]:
        kind, data = templates.template(seed, number)
        try:
            if kind == "docx":
                job = word_fill.Filling(data, "t", filling.given, filling.pictures)
                made = _made("advisor.documents.advice.word_fill:fill_own", word_fill.fill_own, job, number)
            else:
                own = pages.Own(data, "t", kind, given[kind])
                made = _made("advisor.documents.advice.pages:fill_own", pages.fill_own, own, number)
        except InputError as error:
            for problem in error.problems:
                if (
                    problem.file != "t"
                    or not problem.message
                    or len(str(problem)) > 1_000
                    or not str(problem).isprintable()
                ):
                    raise Wrong(f"not one clear line: {str(problem)[:1_500]!r}") from None
                if "Too many open files" in problem.message or "brought down" in problem.message:
                    raise Wrong(f"not the template's fault: {problem}") from None
            return {"refused": 1}
        if kind == "docx" and not zipfile.is_zipfile(io.BytesIO(made)):
            raise Wrong("no Word file came of it")
        return {"filled": 1}

    return try_one


def _made(function: str, ready: Callable[[T], Callable[[], bytes]], job: T, number: int) -> bytes:
    if number % CONFINED_EVERY < 2:  # even and odd ones, so that every kind comes
        return confined(function, job, "t")
    return result(worked(ready(job), "t"))


def _small() -> bytes:
    import docx

    document = docx.Document()
    document.add_paragraph("{{ view.heading }} {{ pictures.split }}")
    table = document.add_table(3, 2)
    for row, texts in enumerate(
        (("{%tr for p in view.split %}", ""), ("{{ p.name }}", "{{ p.lead }}"), ("{%tr endfor %}", ""))
    ):
        for column, text in enumerate(texts):
            table.rows[row].cells[column].text = text
    document.sections[0].header.paragraphs[0].text = "{{ view.client }} {{ logo }}"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _with_part_bent(data: bytes, chance: random.Random) -> bytes:
    """The Word file with one or two of its parts bent, lost, or taken from elsewhere in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    likely = [name for name in parts if name.endswith(("document.xml", "Types].xml", ".rels", "header1.xml"))]
    for _ in range(chance.choice((1, 1, 2))):
        name = chance.choice(likely if chance.random() < 0.8 else list(parts))
        deed = chance.random()
        if deed < 0.05:
            parts.pop(name, None)
        elif deed < 0.1:
            parts[name] = parts.get(chance.choice(list(parts)), b"")
        elif deed < 0.6:
            parts[name] = _scratched(parts.get(name, b""), chance)
        else:
            parts[name] = bent(parts.get(name, b""), chance)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _scratched(data: bytes, chance: random.Random) -> bytes:
    """The text with a few pieces put in, mostly where text or a tag ends, or with a word exchanged for another."""
    text = data.decode("utf-8", "replace")
    for _ in range(chance.choice((1, 1, 2, 5))):
        ends = [
            at
            for at in (text.find(one, chance.randrange(len(text) + 1)) for one in ("</w:t>", "}}", ">", "\n"))
            if at >= 0
        ]
        at = chance.choice(ends) if ends and chance.random() < 0.8 else chance.randrange(len(text) + 1)
        if chance.random() < 0.7:
            text = text[:at] + chance.choice(PIECES) + text[at:]
        else:
            words = text.split(" ")
            words[chance.randrange(len(words))] = chance.choice(words)
            text = " ".join(words)
    return text.encode("utf-8", "replace")
