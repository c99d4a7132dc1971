"""Matrices that people already have: Excel, CSV, Markdown, HTML and Word files, and what was taken for what in them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from advisor.matrices.hints import Hints, Map, read_map
    from advisor.matrices.read import read_matrices

__all__ = ["Hints", "Map", "read_map", "read_matrices"]
_FROM = {"Hints": "hints", "Map": "hints", "read_map": "hints", "read_matrices": "read"}


def __getattr__(name: str) -> Any:
    """What the package offers, imported once it is asked for: a document needs the letters, but none of the readers."""
    if name not in _FROM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_FROM[name]}"), name)
