"""Delivery manager, project manager, or both: load a catalog, advise on answers, render the result."""

from __future__ import annotations

TYPE_CHECKING = False  # not from typing, whose loading can be interrupted before anything is there to say so
__version__ = "0.1.0"
__all__ = ["advise", "load_catalog", "read_engagement", "render", "write"]

if TYPE_CHECKING:
    from typing import Any

    from advisor.advise import advise
    from advisor.catalog import load_catalog
    from advisor.catalog.engagements import read_engagement
    from advisor.documents import render, write

_HOMES = {
    "advise": "advisor.advise",
    "load_catalog": "advisor.catalog",
    "read_engagement": "advisor.catalog.engagements",
    "render": "advisor.documents",
    "write": "advisor.documents",
}


def __getattr__(name: str) -> Any:
    # Imported when first used, so that `advisor --help` need not wait for parts that it does not run.
    if name in _HOMES:
        import importlib

        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'advisor' has no attribute {name!r}")
