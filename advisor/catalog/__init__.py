"""The catalog: questionnaires, rulebook and engagement files, read and checked into frozen values."""

from __future__ import annotations

from pathlib import Path

from advisor.catalog.packed import shipped_catalog
from advisor.model.rulebook import Catalog


def load_catalog(rules: Path | None = None, questionnaires: Path | None = None) -> Catalog:
    """Read and check the catalog from `rules` and `questionnaires`, by default the ones that ship with the product.

    Raises InputError with every problem found, each with file and line.
    """
    if rules is questionnaires is None and (shipped := shipped_catalog()) is not None:
        return shipped
    from advisor.catalog.load import load_folders  # all that reads YAML; an installed product seldom needs it

    return load_folders(rules, questionnaires)
