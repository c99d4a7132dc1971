"""Markdown and HTML pages from the Jinja templates beside this file, in a sandbox that fails on unknown names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from advisor.documents import markdown
from advisor.documents.viewing import legend, view_of
from advisor.documents.words import a, listed, lower_first
from advisor.model.advice import Advice

TEMPLATES = Path(__file__).parent / "templates"
_SUFFIX = {"markdown": "md", "html": "html"}


def page(advice: Advice, format: str, document: str) -> str:
    """Lay out the document (`raci` or `advice`) as `markdown` or `html`."""
    template = _environment().get_template(f"{document}.{_SUFFIX[format]}.j2")
    letters = (cell.letters for row in advice.matrix.activities for cell in row.cells)
    return template.render(view=view_of(advice), legend=legend(letters))


@cache
def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        undefined=StrictUndefined,
        autoescape=_is_html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = markdown.escape
    environment.filters["aligned"] = markdown.aligned
    environment.filters["listed"] = listed
    environment.filters["lower_first"] = lower_first
    environment.filters["a"] = a
    return environment


def _is_html(name: str | None) -> bool:
    return name is None or ".html." in name
