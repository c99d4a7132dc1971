"""Which rulebook an engagement is read with: the one that is given, the one that its file names, or ours."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import yaml

from advisor.catalog import load_catalog
from advisor.catalog.fields import Problems, is_null
from advisor.catalog.source import Document, compose
from advisor.errors import InputError
from advisor.files import is_folder
from advisor.model.rulebook import Catalog


def catalog_at(folder: Path | None) -> Catalog:
    """The rulebook in `folder`, or the one that ships; read once a process."""
    return read_once(folder, "" if folder is None or folder.is_absolute() else str(Path.cwd()))


@lru_cache(maxsize=8)
def read_once(folder: Path | None, seen_from: str) -> Catalog:
    """The same for one working folder, since a path may begin there."""
    if folder is None:
        return load_catalog()
    from advisor.catalog.load import load_rulebook

    return load_rulebook(folder)


def catalog_for(data: bytes, path: Path, given: Path | None = None) -> Catalog:
    """The rulebook for the engagement file at `path` with the text `data`.

    `given` wins; then what the file's own `rulebook:` names, seen from the file's folder; then ours. Raises InputError.
    """
    return catalog_at(folder_for(data, path, given))


def folder_for(data: bytes, path: Path, given: Path | None = None) -> Path | None:
    """Where that rulebook lies; None for ours."""
    if given is None and b"rulebook" in data:
        try:
            documents = compose(data, str(path))
        except InputError:
            documents = []  # what is wrong with the file is said when it is read
        given = named_in(documents, path)
    return given


def named_in(documents: Iterable[Document], path: Path) -> Path | None:
    """The one folder that the documents of the file at `path` name; one that names none goes with the others.

    Raises InputError where they name several, or what is no folder.
    """
    named = [
        value
        for node, _ in documents
        for key, value in (node.value if isinstance(node, yaml.MappingNode) else ())
        if isinstance(key, yaml.ScalarNode) and key.value == "rulebook"
        if isinstance(value, yaml.ScalarNode) and not is_null(value)
    ]
    if not named:
        return None
    problems = Problems(str(path))
    for value in named[1:]:
        if value.value != named[0].value:
            hint = "keep engagements of another rulebook in a file of their own"
            problems.add(value, "rulebook", f"{named[0].value[:80]!r} is named above; {hint}")
    folder = path.parent / named[0].value
    if not is_folder(folder):
        problems.add(named[0], "rulebook", f"{named[0].value[:80]!r} is no folder, seen from {path.parent}")
    problems.raise_if_any()
    # Messages are easier to read without the way there and back; where that leads elsewhere (links), it stays.
    short = Path(os.path.normpath(folder))
    return short if is_folder(short) and short.samefile(folder) else folder
