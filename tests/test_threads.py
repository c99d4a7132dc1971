"""Threads may use everything that Python programs are given; `tests/test_soak.py` has them fork meanwhile."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from advisor.advise import advise
from advisor.catalog import load_catalog
from advisor.catalog.engagements import read_engagement
from advisor.documents import render, write
from advisor.explain import explain
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES

FILES = sorted(EXAMPLES.glob("*.yaml"))


@pytest.fixture(autouse=True)
def _restless() -> Iterator[None]:
    """Threads change places as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def in_threads(count: int = 8) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(count)


def test_the_advice_of_one_thread(catalog: Catalog) -> None:
    """Eight threads that meet a rulebook anew give the advice that one thread gives."""
    fresh = load_catalog()
    engagements = [read_engagement(file, catalog) for file in FILES]
    with in_threads() as pool:
        found = list(pool.map(advise, [fresh] * (4 * len(engagements)), engagements * 4))
    expected = [advise(catalog, one) for one in engagements]
    assert [(one.recommendation, one.matrix, one.guardrails) for one in found] == [
        (one.recommendation, one.matrix, one.guardrails) for one in expected * 4
    ]


@pytest.mark.parametrize("form", ["html", "text", "json", "docx", "xlsx", "pdf"])
def test_the_documents_of_one_thread(catalog: Catalog, form: str) -> None:
    """Documents that are written side by side are those that are written one after the other."""
    advices = [advise(catalog, read_engagement(file, catalog)) for file in FILES[:4]]
    make = write if form in ("docx", "xlsx", "pdf") else render
    with in_threads() as pool:
        found = list(pool.map(make, advices * 2, [form] * 8))
    assert found == [make(one, form) for one in advices] * 2


def test_the_explanations_of_one_thread(catalog: Catalog) -> None:
    """What would change an advice is found by all threads alike."""
    engagements = [read_engagement(file, catalog) for file in FILES[:4]]
    with in_threads(4) as pool:
        found = list(pool.map(explain, [load_catalog()] * 4, engagements))
    assert list(map(repr, found)) == [repr(explain(catalog, one)) for one in engagements]
