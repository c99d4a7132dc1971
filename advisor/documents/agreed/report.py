"""A report as values, parts with lines, points and a table, and its writers: screen, Markdown, web page, Word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from advisor.documents.advice import pages
from advisor.documents.advice.word_fill import Filling, fill
from advisor.documents.shared import TEMPLATES
from advisor.documents.shared.paint import NARROWEST, Paper
from advisor.errors import InputError, MissingExtra, Problem, did_you_mean


@dataclass(frozen=True, slots=True)
class Table:
    """Columns with their headings; the first cell of a row names it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, and beneath it lines, points (numbered where their order counts) and a table, in this order."""

    title: str
    lines: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    table: Table | None = None
    numbered: bool = False
    level: int = 2


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report; `verdict` says in a sentence what comes out."""

    kind: str
    heading: str
    client: str
    dated: str
    verdict: str
    lines: tuple[str, ...]
    parts: tuple[Part, ...]
    foot: str
    logo: str = ""
    dates: tuple[str, ...] = ()


def as_text(report: Report, width: int = 80, colour: bool = False) -> str:
    """The report at most `width` columns wide (60 at the least); ANSI only with `colour`."""
    paper = Paper(max(width, NARROWEST), colour)
    name = f"{report.heading}, {report.client}" if report.client else report.heading
    lines = [paper.faint(line) for line in paper.paragraph(f"{report.kind}: {name}")]
    lines += [paper.accent(line) for line in paper.paragraph(report.verdict)]
    lines.append("─" * paper.width)
    for text in report.lines:
        lines += paper.paragraph(text)
    for part in report.parts:
        lines += ["", paper.accent(part.title)] if part.level == 2 and _is_head(part) else paper.heading(part.title)
        for text in part.lines:
            lines += paper.paragraph(text, 2)
        for at, text in enumerate(part.points, start=1):
            sign = f"{at}. " if part.numbered else "- "
            lines += paper.paragraph(f"{sign}{text}", 2, hang=len(sign))
        lines += _table(part.table, paper) if part.table is not None else []
    return "\n".join([*lines, "", *paper.paragraph(report.foot, style="2")]) + "\n"


def _is_head(part: Part) -> bool:
    """Whether the part only opens those that follow."""
    return not part.points and part.table is None


def _table(table: Table, paper: Paper) -> list[str]:
    """Row by row: what it is about, then each column that says something, under its heading."""
    lines: list[str] = []
    for row in table.rows:
        lines += [paper.bold(line) for line in paper.paragraph(f"- {row[0]}", 2, hang=2)]
        for column, text in zip(table.columns[1:], row[1:], strict=True):
            lines += paper.paragraph(f"{column}: {text}", 4, hang=2) if text else []
    return lines


def text(report: Report) -> str:
    """The report as it stands in a file."""
    return as_text(report, 96)


def markdown(report: Report) -> str:
    """The report as Markdown."""
    return pages.environment().get_template("report.md.j2").render(view=report)


def html(report: Report) -> str:
    """The report as one web page that needs nothing else."""
    return pages.environment().get_template("report.html.j2").render(view=report)


def word(report: Report) -> bytes:
    """The report as a Word file; MissingExtra without the package that fills it in."""
    try:
        import docxtpl  # noqa: F401
    except ImportError:
        raise MissingExtra("A Word document", "docxtpl", "office") from None
    ours = TEMPLATES / "report.docx"
    return fill(Filling(ours.read_bytes(), str(ours), {"view": report}, {}))


WRITERS: Mapping[str, Callable[[Report], str | bytes]] = {".txt": text, ".md": markdown, ".html": html, ".docx": word}


def write(report: Report, suffix: str) -> bytes:
    """The report in the format of that suffix."""
    made = WRITERS[suffix](report)
    return made.encode("utf-8", "backslashreplace") if isinstance(made, str) else made


def suffix_of(path: str, more: tuple[str, ...]) -> str:
    """The suffix that says the format, one of ours or of `more`; InputError where there is none for it."""
    known, suffix = (*WRITERS, *more), PurePath(path).suffix.lower()
    if suffix in known:
        return suffix
    wrong = f"no format for the suffix {suffix}" if suffix else "no suffix to tell the format by"
    near = did_you_mean(suffix, known)
    raise InputError([Problem(path, 0, "", f"{wrong}; it can end in {', '.join(known[:-1])} or {known[-1]}{near}")])
