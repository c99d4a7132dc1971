"""Colleagues whose files lie in `people`, shown only where the server was started with `--people`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response

from advisor.catalog.people import FOLDER, read_one_person
from advisor.catalog.person import person_rules
from advisor.documents.fit.fit_sheets import sheet
from advisor.documents.shared.typed import identifier
from advisor.errors import AdvisorError
from advisor.files import read_limited
from advisor.fit import fit
from advisor.model.fit import Fit
from advisor.serve.asked import Asked
from advisor.serve.folder import Folder
from advisor.serve.site import Site, attachment, document

FORMATS = {"docx": ".docx", "pdf": ".pdf", "html": ".html"}


@dataclass(frozen=True, slots=True)
class Colleague:
    """One line: the file, who it is about, or why it cannot be read."""

    file: str
    name: str = ""
    problem: str = ""


def show(site: Site, _: Asked) -> Response:
    """Everybody with a file."""
    found = []
    for name in _folder(site).names():
        try:
            found.append(Colleague(name, _fit(site, name).person.name))
        except AdvisorError as error:
            found.append(Colleague(name, problem=str(error).splitlines()[0]))
    return site.page("people.html.j2", "People", at="people", found=tuple(found))


def give(site: Site, asked: Asked) -> Response:
    """Somebody's sheet, to look at or to take away."""
    one, form = _fit(site, asked.name), asked.text("format", "html")
    if form not in FORMATS:
        raise AdvisorError("Choose one of the formats.")
    made = sheet(one, form)
    if form == "html":
        return document(made)
    return attachment(made, f"{identifier(one.person.name, Path(asked.name))}{FORMATS[form]}")


def _folder(site: Site) -> Folder:
    """The folder, if it may be shown and is no link to another."""
    path = site.folder.path / FOLDER
    if not site.people or path.is_symlink() or not path.is_dir():
        raise HTTPException(404)
    return Folder(path)


def _fit(site: Site, name: str) -> Fit:
    path = _folder(site).file(name)
    rules = person_rules(site.rulebook)
    return fit(rules, read_one_person(read_limited(path), name, rules))
