"""Drop a matrix: what is wrong with it beside the table that was read, a copy with comments, and a comparison."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup
from starlette.responses import Response

from advisor.catalog.own import folder_for
from advisor.documents.matrix.plain_excel import as_workbook
from advisor.documents.shared.typed import identifier, plain_text
from advisor.errors import AdvisorError, InputError
from advisor.files import read_limited
from advisor.lint.shipped import POLICIES
from advisor.matrices.open import LARGEST_PACKED
from advisor.serve.asked import Asked
from advisor.serve.kept import Upload
from advisor.serve.reviewed import COPY, JSON, MENDED, Against, Lint, compared, linted
from advisor.serve.site import Site, attachment, document

_MENDED = "-mended"
MOST_LETTERS = 60
_BOOKS = (".xlsx", ".xlsm")
_COMPARED = {"html": ".html", "xlsx": ".xlsx", "json": ".json", "text": ".txt"}


def show(site: Site, _: Asked) -> Response:
    """Where a file can be dropped."""
    return _shown(site)


def review(site: Site, asked: Asked) -> Response:
    """What is wrong with the file, beside the table that was read."""
    policy = asked.text("policy", "usual")
    try:
        if policy not in POLICIES:
            raise AdvisorError("Choose one of the policies.")
        upload, kept = _file(site, asked)
        page = Markup(linted(Lint(upload.data, upload.name, policy)).decode())
    except AdvisorError as error:
        return _shown(site, _lines(error), 400, policy)
    return _shown(site, (), 200, policy, upload.name, kept, page)


def mend(site: Site, asked: Asked) -> Response:
    """The table with the letters as they were changed, judged again; it can be taken away then."""
    upload, policy = site.kept.file(asked.text("kept")), asked.text("policy", "usual")
    changed = {}
    for name, given in asked.form.items():
        places = name.split(".")[1:]
        if name.startswith("cell.") and len(places) == 3 and all(one.isascii() and one.isdigit() for one in places):
            table, row, role = (int(one[:6]) for one in places)
            changed[table, row, role] = plain_text(given[0], MOST_LETTERS)
    try:
        data = linted(Lint(upload.data, upload.name, "usual", MENDED, changed))
    except AdvisorError as error:
        return _shown(site, _lines(error), 400, policy)
    stem = upload.name.rpartition(".")[0].removesuffix(_MENDED)
    return review(site, replace(asked, upload=Upload(f"{stem}{_MENDED}.csv", data, mended=True)))


def copy(site: Site, asked: Asked) -> Response:
    """The workbook with the problems as comments, or all problems as JSON."""
    upload = site.kept.file(asked.text("kept"))
    policy = asked.text("policy", "usual")
    if policy not in POLICIES:
        raise AdvisorError("Choose one of the policies.")
    if asked.text("act") in ("csv", "xlsx"):
        return _table(upload, asked.text("act"))
    wanted = JSON if asked.text("act") == JSON else COPY
    suffix = ".json" if wanted == JSON else next((one for one in _BOOKS if upload.name.lower().endswith(one)), "")
    if not suffix:
        raise AdvisorError("Only an Excel workbook can be given back with comments.")
    return attachment(linted(Lint(upload.data, upload.name, policy, wanted)), f"{_stem(upload)}-problems{suffix}")


def compare(site: Site, asked: Asked) -> Response:
    """The file compared with the advice on one of the engagements, as a page or a file."""
    upload = site.kept.file(asked.text("kept"))
    path = site.folder.file(asked.text("engagement"))
    suffix = _COMPARED.get(asked.text("format", "html"))
    if suffix is None:
        raise AdvisorError("Choose one of the formats.")
    folder = folder_for(read_limited(path), path, site.rulebook)
    made = compared(Against(upload.data, upload.name, str(path), str(folder or ""), suffix))
    return document(made) if suffix == ".html" else attachment(made, f"{_stem(upload)}-compared{suffix}")


def _file(site: Site, asked: Asked) -> tuple[Upload, str]:
    """The file that was sent, or one that is kept."""
    if asked.upload is None or not asked.upload.data:
        if asked.text("kept"):
            return site.kept.file(asked.text("kept")), asked.text("kept")
        raise AdvisorError("Choose a file first.")
    if len(asked.upload.data) > LARGEST_PACKED:
        raise AdvisorError(f"{asked.upload.name} is larger than {LARGEST_PACKED:,} bytes.")
    return asked.upload, site.kept.keep(asked.upload)


def _shown(
    site: Site,
    problems: tuple[str, ...] = (),
    status: int = 200,
    policy: str = "usual",
    file: str = "",
    kept: str = "",
    page: str = "",
) -> Response:
    return site.page(
        "matrix.html.j2",
        "Check a matrix",
        status,
        at="matrix",
        problems=problems,
        policies=tuple(POLICIES),
        policy=policy,
        file=file,
        kept=kept,
        page=page,
        mended=bool(kept) and site.kept.file(kept).mended,
        is_book=file.lower().endswith(_BOOKS),
        engagements=tuple(site.folder.names()),
    )


def _table(upload: Upload, form: str) -> Response:
    """A table that was mended here, as a file for spreadsheets; nobody else's is taken apart in this process."""
    if not upload.mended:
        raise AdvisorError("Mend the table first.")
    if form == "csv":
        return attachment("\ufeff".encode() + upload.data, f"{_stem(upload)}.csv")
    return attachment(as_workbook(csv.reader(io.StringIO(upload.data.decode()))), f"{_stem(upload)}.xlsx")


def _lines(error: AdvisorError) -> tuple[str, ...]:
    return tuple(str(one) for one in error.problems) if isinstance(error, InputError) else (str(error),)


def _stem(upload: Upload) -> str:
    return identifier(upload.name.rpartition(".")[0], Path(), "matrix")
