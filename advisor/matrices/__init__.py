"""Matrices that people already have: Excel, CSV, Markdown, HTML and Word files, and what was taken for what in them."""

from __future__ import annotations

from advisor.matrices.hints import Hints, Map, read_map
from advisor.matrices.read import read_matrices

__all__ = ["Hints", "Map", "read_map", "read_matrices"]
