"""The rulebook carried over to other engines, for benchmarks/decision.py: they decide what the product decides."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from advisor.model.rulebook import Catalog

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
CARRIED = {"closures": None, "generated": None, "clips": "clips", "zen": "zen"}  # with the package that each needs


@pytest.mark.skipif(not BENCHMARKS.is_dir(), reason="the benchmarks are not part of the source distribution")
@pytest.mark.parametrize(("module", "package"), CARRIED.items(), ids=list(CARRIED))
def test_rivals_agree(module: str, package: str | None, catalog: Catalog) -> None:
    """The carried-over rulebook gives the product's model and letters for each engagement of a fixed sample."""
    if package is not None:
        pytest.importorskip(package)
    decision = importlib.import_module("benchmarks.decision")
    decide = importlib.import_module(f"benchmarks.rivals.{module}").build(catalog)
    for answers in decision.engagements(catalog, 150, 7):
        assert decide(answers) == decision.as_decision(decision.product(catalog, answers)), answers
