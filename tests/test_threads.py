"""Threads may use everything that Python programs are given; `tests/test_soak.py` has them fork meanwhile."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import pytest
from jinja2 import lexer

from advisor.advise import advise
from advisor.catalog import load_catalog
from advisor.catalog.engagements import read_engagement
from advisor.documents import render, write
from advisor.documents.advice.pages import environment
from advisor.explain import explain
from advisor.interview import adaptive
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


def test_a_process_that_is_forked_while_a_thread_looks_ahead_can_look_ahead(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Threads and forks may do what they like, at any time: a child never waits for a thread that it does not have."""
    begun = threading.Event()

    def slowly(*_: object) -> dict[str, Fraction]:
        begun.set()
        time.sleep(0.3)
        return {}

    monkeypatch.setattr(adaptive, "_gains", slowly)
    thread = threading.Thread(target=adaptive.gains, args=(catalog, {}))
    thread.start()
    assert begun.wait(10)
    if not (child := os.fork()):
        signal.alarm(10)
        adaptive.gains(catalog, {})
        os._exit(0)
    thread.join()
    assert os.waitpid(child, 0)[1] == 0


def test_a_process_that_is_forked_while_a_thread_writes_can_write(catalog: Catalog) -> None:
    """What a library locks for one thread, no child waits for: a page is written all the same."""
    advice = advise(catalog, read_engagement(FILES[0], catalog))
    held = [getattr(cache, "_wlock", None) for cache in (environment().cache, lexer._lexer_cache)]
    with contextlib.ExitStack() as stack:
        for lock in filter(None, held):
            stack.enter_context(lock)
        if not (child := os.fork()):
            signal.alarm(20)
            environment().overlay().from_string(render(advice, "markdown"))
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
