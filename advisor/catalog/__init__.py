"""The catalog: questionnaires, rulebook and engagement files, read and checked into frozen values."""

from advisor.catalog.load import load_catalog

__all__ = ["load_catalog"]
