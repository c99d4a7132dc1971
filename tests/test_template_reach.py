"""What a template of somebody's own can reach: plain values, and nothing that can be called but what only answers."""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Undefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement
from advisor.documents import Edition, write
from advisor.documents.advice import pages, pdf, word, word_fill
from advisor.documents.shared import TEMPLATES, sandbox
from advisor.documents.shared.edition import logo_from
from advisor.documents.shared.sandbox import Sandbox
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES, REPOSITORY

docx = pytest.importorskip("docx")
KINDS = ("md", "html", "confluence", "docx")
LOGO = logo_from((REPOSITORY / "tests" / "logo.png").read_bytes(), "logo.png")
# All that can be called in any template. Text, lists and the like answer; loops, macros and blocks are the template's.
CALLABLE = {
    *("append", "changed", "count", "cycle", "get", "index", "items", "keys", "next", "reset", "values"),
    *sandbox.NAMES[str],
    *("BlockReference", "Cycler", "Joiner", "LoopContext", "Macro", "Namespace", "dict", "safe_range"),
}
GIVEN_TO_FILTERS = ("view", "view.phases", "legend", "'a b'", "3", "[]")
PLAIN = (str, int, float, bool, type(None), Markup)


@pytest.fixture(scope="module")
def advice(catalog: Catalog) -> Advice:
    return advise(catalog, read_engagement(EXAMPLES / "acme-portal.yaml", catalog))


def given(advice: Advice, kind: str) -> tuple[Sandbox, dict[str, Any]]:
    """The sandbox of a kind of template and what it is given, everything that can be in it."""
    edition = Edition("both", "Title", dated="2027-01-31", logo=LOGO)
    if kind == "docx":
        return word_fill.environment(), dict(word.filling(advice, edition, b"", "t").given)
    return pages.environment(), pages.given_to(advice, edition, kind)


def reached(env: Sandbox, roots: list[Any]) -> Iterator[tuple[str, Any]]:
    """Everything that a template can come to from there: by name, by index and by going through it."""
    seen: set[int] = set()
    looked_at: set[type] = set()  # of plain values, one of each type says what all of it have
    kept: list[Any] = []
    queue = [(str(at), one) for at, one in enumerate(roots)]
    while queue:
        path, value = queue.pop()
        if id(value) in seen or isinstance(value, Undefined):
            continue
        seen.add(id(value))
        kept.append(value)  # alive, so that no other gets its id
        yield path, value
        queue += [(f"{path}[]", one) for one in inside(value)]
        if type(value) in (*PLAIN, tuple, list, dict):
            if type(value) in looked_at:
                continue
            looked_at.add(type(value))
        for name in {*dir(value), *dir(type(value))}:
            if name == "__weakref__" and _fits_no_instance(value):
                continue
            queue.append((f"{path}.{name}", env.getattr(value, name)))
            queue.append((f"{path}|attr({name!r})", env.filters["attr"](env, value, name)))


def _fits_no_instance(value: Any) -> bool:
    """Whether asking for it is an error: Python 3.11.2 leaves a data class with slots a descriptor of another class."""
    try:
        getattr(value, "__weakref__", None)
    except TypeError:
        return True
    return False


def inside(value: Any) -> Iterable[Any]:
    """What going through the value comes to; some filters only find out then that they do not take what they got."""
    if isinstance(value, dict):
        return value.values()
    try:
        return list(itertools.islice(value, 1_000)) if isinstance(value, (list, tuple, set, Iterator)) else ()
    except Exception:
        return ()


def called(value: Any) -> str:
    """What a callable is known by in the list above."""
    own = type(value).__name__
    return own if own in CALLABLE else str(getattr(value, "__name__", own))


@pytest.mark.parametrize("kind", KINDS)
class TestWhatIsReached:
    def test_from_what_is_given(self, advice: Advice, kind: str) -> None:
        """Plain values of ours, and nothing that can be called but what only answers."""
        env, names = given(advice, kind)
        found = list(reached(env, [names]))
        assert len(found) > 300
        for path, value in found:
            if callable(value):
                assert called(value) in CALLABLE, path
                continue
            ours = dataclasses.is_dataclass(value) and type(value).__module__.startswith("advisor.documents.")
            assert ours or type(value) in (*PLAIN, dict, tuple), path

    def test_from_what_the_language_has(self, advice: Advice, kind: str) -> None:
        """The globals, and what a template makes itself: loops, macros, blocks, namespaces, imported templates."""
        env, names = given(advice, kind)
        assert set(env.globals) == {"cycler", "dict", "joiner", "namespace", "range"}
        met: list[Any] = []

        def keep(value: Any) -> str:
            met.append(value)
            return ""

        env = env.overlay()
        env.filters = {**env.filters, "met": keep}
        text = """{% macro m(a) %}{{ caller | met }}{{ caller() }}{{ varargs | met }}{{ kwargs | met }}{% endmacro %}
            {% call m(1) %}{% endcall %}{{ m | met }}{{ self | met }}{{ cycler(1, 2) | met }}{{ joiner() | met }}
            {{ namespace(a=1) | met }}{{ dict(a=1) | met }}{{ range(3) | met }}
            {% for x in [1] recursive %}{{ loop | met }}{% endfor %}{% block b %}{{ self.b | met }}{% endblock %}"""
        env.from_string(text).render(names)
        for path, value in reached(env, [dict(env.globals), *met]):
            assert not callable(value) or called(value) in CALLABLE, path

    def test_from_what_filters_make(self, advice: Advice, kind: str) -> None:
        """Whatever a filter is put behind."""
        env, names = given(advice, kind)
        made = []
        for name, value in itertools.product(
            sorted(env.filters), ("view", "view.phases", "legend", "'a b'", "3", "[]")
        ):
            for more in ("", "('heading')", "(2)", "('upper')"):
                try:
                    made.append(env.compile_expression(f"({value}) | {name}{more}")(**names))
                except Exception:  # not every filter takes everything
                    continue
        assert len(made) > 300
        for path, value in reached(env, made):
            assert not callable(value) or called(value) in CALLABLE, path


def test_the_walk_finds_what_acts(advice: Advice) -> None:
    """Jinja's own sandbox lets through an object with methods that act, and the walk above would say so."""

    class Acts:
        def write(self) -> None: ...

    env = SandboxedEnvironment()
    assert any(callable(value) and called(value) == "write" for _, value in reached(env, [{"picture": Acts()}]))  # type: ignore[arg-type]
    assert not any(callable(value) for _, value in reached(Sandbox(), [Acts()]))


def test_a_pdf_is_laid_out_from_data(advice: Advice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its layout, which nobody can exchange, is given JSON and the logo, and no more."""
    seen: list[Any] = []

    def compiled(layout: Path, data: str, files: dict[str, bytes]) -> bytes:
        seen.extend((layout, json.loads(data), files))
        return b""

    monkeypatch.setattr(pdf, "compiled", compiled)
    write(advice, "pdf", Edition("both", logo=LOGO))
    assert (seen[0], list(seen[2])) == (TEMPLATES / "document.typ", ["logo.png", pdf.HOUSE])
