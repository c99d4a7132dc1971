"""A file to the tables in it, whatever its format; what it is is told by what it holds, not by its name alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from advisor.errors import InputError, Problem, did_you_mean
from advisor.files import read_limited
from advisor.matrices.budget import Budget
from advisor.matrices.excel import Workbook
from advisor.matrices.grid import Grid, number_in
from advisor.matrices.markup import markup_grids
from advisor.matrices.package import Package
from advisor.matrices.plain import csv_grid, decoded, markdown_grids
from advisor.matrices.web import web_grids
from advisor.matrices.word import word_grids

LARGEST_PACKED = 20_000_000
LARGEST_TEXT = 5_000_000
READ = "Excel (.xlsx), CSV, Markdown, HTML and Word (.docx) are read"
_OTHERS = (
    (b"%PDF", "is a PDF"),
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


def open_tables(path: Path, budget: Budget, sheet: str = "") -> Opened:
    """The tables of the file, of one sheet when it is named; InputError says why there are none to be had."""
    file = str(path)
    data = read_limited(path, LARGEST_PACKED)

    def refuse(message: str) -> InputError:
        return InputError([Problem(file, 0, "", message)])

    if not data.strip():
        raise refuse("is empty")
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
    if start == "xl" and package.main.endswith(".xml"):
        return _workbook(package, sheet)
    if sheet:
        raise package.error("has no sheets; --sheet is for workbooks")
    if start == "word":
        return Opened(tuple(word_grids(package)))
    if start == "xl":
        raise package.error("is a binary workbook (.xlsb); save it as .xlsx")
    if package.start("mimetype").startswith(b"application/vnd.oasis"):
        raise package.error("is an OpenDocument file; save it as .xlsx or .docx")
    raise package.error(f"is an archive, but no workbook or document; {READ}")


def _workbook(package: Package, wanted: str) -> Opened:
    book = Workbook(package)
    if not book.sheets:
        raise package.error("has no sheet with cells")
    chosen = [one for one in book.sheets if not one.hidden]
    passed = [f"sheet “{one.name}” is hidden; --sheet reads it" for one in book.sheets if one.hidden]
    if wanted:
        names = [one.name for one in book.sheets]
        chosen = [one for one in book.sheets if one.name.strip().lower() == wanted.strip().lower()]
        if not chosen and (at := number_in(wanted)) and at <= len(names):
            chosen = [book.sheets[at - 1]]
        if not chosen:
            known = ", ".join(f"“{name}”" for name in names[:20])
            raise package.error(f"has no sheet {wanted!r}{did_you_mean(wanted, names)}; it has {known}")
        passed = [f"sheet “{one.name}”: another was asked for" for one in book.sheets if one not in chosen]
    return Opened(tuple(map(book.grid, chosen)), (), tuple(passed))


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


def _pages_inside(text: str, budget: Budget) -> list[tuple[int, Grid]]:
    """Tables of HTML inside Markdown, each with the line it opens on."""
    grids = web_grids(text, budget)
    opens = re.finditer(r"<table", text, re.IGNORECASE)
    return [(text.count("\n", 0, match.start()), grid) for match, grid in zip(opens, grids, strict=False)]
