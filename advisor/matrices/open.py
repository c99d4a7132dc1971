"""A file to the tables in it, whatever its format; what it is is told by what it holds, not by its name alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from advisor.errors import InputError, Problem, did_you_mean
from advisor.files import read_limited
from advisor.matrices.budget import Budget
from advisor.matrices.excel import Workbook
from advisor.matrices.grid import Grid, number_in
from advisor.matrices.markup import markup_grids
from advisor.matrices.mermaid import ANY
from advisor.matrices.opendocument import Sheet, open_sheets
from advisor.matrices.package import Package
from advisor.matrices.plain import csv_grid, decoded, markdown_grids
from advisor.matrices.structured import json_value, structured_grids, yaml_value
from advisor.matrices.web import web_grids
from advisor.matrices.word import word_grids

LARGEST_PACKED = 20_000_000
LARGEST_TEXT = 5_000_000
READ = "Excel, Word, OpenDocument, CSV, Markdown, HTML, wiki markup, JSON and YAML are read"
_OTHERS = (
    (
        b"%PDF",
        "is a PDF, whose tables are not read: copy the table into a spreadsheet, or ask for the file it was made from",
    ),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
    (b"GIF8", "is a picture"),
    (b"{\\rtf", "is an RTF document"),
    (b"BM", "is a picture"),
    (b"\x1f\x8b", "is compressed (gzip)"),
    (b"7z\xbc\xaf", "is compressed (7z)"),
    (b"Rar!", "is compressed (RAR)"),
)
_MARKDOWN = (".md", ".markdown", ".mdx", ".qmd", ".rmd")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Opened:
    """The tables of a file in their order, what was taken for what, what was left aside; its text if it has lists."""

    grids: tuple[Grid, ...]
    taken: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    text: str = ""


def open_tables(path: Path, budget: Budget, sheet: str = "", data: bytes | None = None) -> Opened:
    """The tables of the file, of one sheet when it is named; InputError says why there are none to be had."""
    file = str(path)
    if data is None:
        data = read_limited(path, LARGEST_PACKED)

    def refuse(message: str) -> InputError:
        return InputError([Problem(file, 0, "", message)])

    if not data.strip():
        raise refuse("is empty")
    if len(data) > LARGEST_PACKED:
        raise refuse(f"is larger than {LARGEST_PACKED:,} bytes")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise refuse("is protected by a password; save it without one")
        raise refuse("is in the old format of Office (.xls or .doc); save it as .xlsx or .docx")
    if data.startswith(b"PK"):
        return _packed(Package(data, budget), sheet)
    for start, what in _OTHERS:
        if data.startswith(start) and (start != b"BM" or b"\0" in data[:200]):
            raise refuse(f"{what}; {READ}")
    if len(data) > LARGEST_TEXT:
        raise refuse(f"is larger than {LARGEST_TEXT:,} bytes, which no matrix in text is")
    if sheet:
        raise refuse("has no sheets; --sheet is for workbooks")
    return _text(data, path, budget, refuse)


def _packed(package: Package, sheet: str) -> Opened:
    start = package.main.partition("/")[0]
    kind = package.start("mimetype")
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return _sheets(package, open_sheets(package), sheet)
    if start == "xl" and package.main.endswith(".xml"):
        return _workbook(package, sheet)
    if sheet:
        raise package.error("has no sheets; --sheet is for workbooks")
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return Opened(tuple(one.grid for one in open_sheets(package)))
    if kind.startswith(b"application/vnd.oasis"):
        raise package.error("is an OpenDocument drawing or presentation; save its table as .ods or .xlsx")
    if start == "word":
        return Opened(tuple(word_grids(package)))
    if start == "xl":
        raise package.error("is a binary workbook (.xlsb); save it as .xlsx")
    raise package.error(f"is an archive, but no workbook or document; {READ}")


def _workbook(package: Package, wanted: str) -> Opened:
    book = Workbook(package)
    chosen, passed = _wanted(package, [(one.name, one.hidden) for one in book.sheets], wanted)
    return Opened(tuple(book.grid(book.sheets[at]) for at in chosen), (), passed)


def _sheets(package: Package, sheets: Sequence[Sheet], wanted: str) -> Opened:
    chosen, passed = _wanted(package, [(one.name, one.hidden) for one in sheets], wanted)
    return Opened(tuple(sheets[at].grid for at in chosen), (), passed)


def _wanted(package: Package, sheets: Sequence[tuple[str, bool]], wanted: str) -> tuple[list[int], tuple[str, ...]]:
    """Which of the sheets are read, and what is said of the others; each has a name and may be hidden."""
    if not sheets:
        raise package.error("has no sheet with cells")
    if not wanted:
        chosen = [at for at, (_, hidden) in enumerate(sheets) if not hidden]
        return chosen, tuple(f"sheet “{name}” is hidden; --sheet reads it" for name, hidden in sheets if hidden)
    names = [name for name, _ in sheets]
    chosen = [at for at, name in enumerate(names) if name.strip().lower() == wanted.strip().lower()]
    if not chosen and (number := number_in(wanted)) and number <= len(names):
        chosen = [number - 1]
    if not chosen:
        known = ", ".join(f"“{name}”" for name in names[:20])
        raise package.error(f"has no sheet {wanted!r}{did_you_mean(wanted, names)}; it has {known}")
    return chosen, tuple(f"sheet “{name}”: another was asked for" for at, name in enumerate(names) if at not in chosen)


def _text(data: bytes, path: Path, budget: Budget, refuse: Callable[[str], InputError]) -> Opened:
    text, guessed = decoded(data, str(path))
    suffix = path.suffix.lower()
    taken = (f"the text is {guessed}",) if guessed else ()
    start = text.lstrip()[:2000].lower()
    if 'progid="excel.sheet"' in start or (
        "urn:schemas-microsoft-com:office:spreadsheet" in start and start.startswith("<?xml")
    ):
        raise refuse("is an XML spreadsheet of Excel 2003; save it as .xlsx")
    if start.startswith("mime-version:"):
        raise refuse("is a web archive (.mht); save it as .xlsx or .html")
    if suffix in (".json", ".jsonl", ".ndjson") or (start[:1] in ("{", "[") and _is_json(text)):
        return Opened(tuple(structured_grids(json_value(text, str(path)), budget)), (*taken, "the file is JSON"))
    if suffix in (".yaml", ".yml"):
        value = yaml_value(text.encode(), str(path))
        return Opened(tuple(structured_grids(value, budget)), (*taken, "the file is YAML"), text=text)
    if suffix in (".mmd", ".mermaid") or ANY.match(text[:5000]):
        only = "of Mermaid, flowcharts are read whose arrows carry letters from roles to activities"
        return Opened((), taken, (only,), text)
    page = suffix in (".html", ".htm", ".xhtml") or re.match(
        r"<(!doctype html|html|table|head|body|div|meta|\?xml)", start
    )
    if page:
        return Opened(tuple(web_grids(text, budget)), taken)
    if suffix not in (".csv", ".tsv", ".tab"):
        marked, kind = markup_grids(text, budget) if suffix not in _MARKDOWN else ([], "")
        if marked:
            return Opened(tuple(marked), (*taken, f"the text is markup of {kind}"), text=text)
        tables = markdown_grids(text, budget)
        if "<table" in text.lower():
            tables += _pages_inside(text, budget)
        if tables or suffix in _MARKDOWN:
            ordered = sorted(tables, key=lambda pair: pair[0])
            grids = tuple(replace(grid, name=f"table {at}") for at, (_, grid) in enumerate(ordered, 1))
            return Opened(grids, taken, text=text)
    return Opened((csv_grid(text, budget),), taken, text="" if suffix in (".csv", ".tsv", ".tab") else text)


def _is_json(text: str) -> bool:
    """Whether a text that opens as JSON does is JSON, and not the marks of a wiki."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _pages_inside(text: str, budget: Budget) -> list[tuple[int, Grid]]:
    """Tables of HTML inside Markdown, each with the line it opens on."""
    grids = web_grids(text, budget)
    opens = re.finditer(r"<table", text, re.IGNORECASE)
    return [(text.count("\n", 0, match.start()), grid) for match, grid in zip(opens, grids, strict=False)]
