"""A sentence of a rule that rests on an answer that nobody gave says so, in every document."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from functools import cache
from html import unescape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.advise import advise
from advisor.catalog import load_catalog
from advisor.documents import render, write
from advisor.documents.advice.as_json import advice_as_dict
from advisor.documents.shared.edition import Edition
from advisor.documents.shared.markdown import escape
from advisor.documents.shared.words import ended
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog
from tests.strategies import engagement, random_answers


@cache
def catalog() -> Catalog:
    return load_catalog()


def sentences(advice: Advice) -> Iterator[tuple[str, str]]:
    """Every rule that a document quotes, with what it says."""
    yield from ((one.rule, one.says) for one in advice.recommendation.reasons)
    yield from ((one.rule, one.says) for one in advice.evidence)
    yield from ((one.rule, one.text) for one in advice.guardrails)
    yield from ((one.rule, one.because) for profile in advice.profiles for one in profile.competencies)
    yield from ((cell.rule, cell.says) for row in advice.matrix.activities for cell in row.cells)
    yield from ((one.rule, one.reason) for one in advice.matrix.left_out)


def unmarked(advice: Advice, page: str) -> set[str]:
    """Rules whose sentences stand in the page as facts although they rest on assumptions."""
    known = {ended(says).casefold() for rule, says in sentences(advice) if rule not in advice.assuming}
    return {
        rule
        for rule, says in sentences(advice)
        if rule in advice.assuming
        # Another rule may say the same of what was told.
        and ended(says).casefold() not in known
        and ended(says).casefold() in page.casefold()
    }


def plain(text: str) -> str:
    return " ".join(unescape(text).split())


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10_000), st.sampled_from([0.2, 0.4, 0.6]))
def test_no_page_states_an_assumption_as_a_fact(seed: int, missing: float) -> None:
    """Text, Markdown, HTML and Confluence of random partial engagements."""
    advice = advise(catalog(), engagement(random_answers(catalog(), seed, missing)))
    for form in ("text", "markdown", "html", "confluence"):
        page = plain(render(advice, form, "both"))
        assert unmarked(advice, page) == set(), form


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10_000), st.sampled_from([0.2, 0.4, 0.6]))
def test_no_workbook_states_an_assumption_as_a_fact(seed: int, missing: float) -> None:
    """The same of Excel and Word, whatever part of the file a text stands in."""
    advice = advise(catalog(), engagement(random_answers(catalog(), seed, missing)))
    for form in ("xlsx", "docx"):
        with zipfile.ZipFile(io.BytesIO(write(advice, form, Edition("both")))) as archive:
            texts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
        assert unmarked(advice, plain(" ".join(texts))) == set(), form


def test_a_sentence_is_found_where_it_is_not_marked() -> None:
    """The check itself sees a page that forgets the mark."""
    advice = advise(catalog(), engagement(random_answers(catalog(), 1, 0.4)))
    assert advice.assuming
    rule, says = next((rule, says) for rule, says in sentences(advice) if rule in advice.assuming)
    assert rule in unmarked(advice, f"Before. {ended(says)} After.")
    assert unmarked(advice, escape("Nothing of the kind.")) == set()


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10_000), st.sampled_from([0.2, 0.4, 0.6]))
def test_json_names_the_questions(seed: int, missing: float) -> None:
    """Evidence, guardrails, competencies, rows and rows left out each carry the open questions that they rest on."""
    advice = advise(catalog(), engagement(random_answers(catalog(), seed, missing)))
    said = json.loads(json.dumps(advice_as_dict(advice)))
    for item in (*said["evidence"], *said["guardrails"]):
        assert item.get("assumes", []) == list(advice.assuming.get(item["rule"], ()))
    for row, told in zip(advice.matrix.activities, said["matrix"]["activities"], strict=True):
        expected = {question for cell in row.cells for question in advice.assuming.get(cell.rule, ())}
        assert set(told.get("assumes", [])) == expected
