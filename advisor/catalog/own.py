"""Which rulebook an engagement is read with: the one that is given, the one that its file names, or ours."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from advisor.catalog.load import load_catalog, load_rulebook
from advisor.catalog.source import compose
from advisor.errors import InputError
from advisor.model.rulebook import Catalog


@lru_cache(maxsize=8)
def catalog_at(folder: Path | None) -> Catalog:
    """The rulebook in `folder`, or the one that ships; read once a process."""
    return load_catalog() if folder is None else load_rulebook(folder)


def catalog_for(data: bytes, path: Path, given: Path | None = None) -> Catalog:
    """The rulebook for the engagement file at `path` with the text `data`.

    `given` wins; then what the file's own `rulebook:` names, seen from the file's folder; then ours. Raises InputError.
    """
    if given is None and b"rulebook" in data:
        named = _named(data)
        if named:
            given = path.parent / named
    return catalog_at(given)


def _named(data: bytes) -> str:
    try:
        documents = compose(data, "")
    except InputError:
        return ""  # what is wrong with the file is said when it is read
    for node, _ in documents[:1]:
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            if isinstance(key, yaml.ScalarNode) and key.value == "rulebook" and isinstance(value, yaml.ScalarNode):
                return str(value.value)
    return ""
