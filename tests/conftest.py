"""What all tests share: the shipped catalog, loaded once, and the examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.catalog import load_catalog
from advisor.model.rulebook import Catalog

REPOSITORY = Path(__file__).resolve().parent.parent
EXAMPLES = REPOSITORY / "examples"


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The rulebook and questionnaires that ship with the product."""
    return load_catalog()
