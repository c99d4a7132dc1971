"""Writes a comparison as a document: text, HTML, Excel or JSON, by the suffix."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath

from advisor.compare.values import Comparison
from advisor.errors import InputError, Problem, did_you_mean

FORMATS = {
    ".html": "compare_pages:html",
    ".xlsx": "compare_excel:write",
    ".json": "compare_json:write",
    ".txt": "compare_text:write",
}


def write(found: Comparison, suffix: str, title: str = "", dated: str = "") -> bytes:
    """The document in the format of that suffix; MissingExtra where it needs a package that is not installed."""
    module, name = FORMATS[suffix].split(":")
    writer: Callable[[Comparison, str, str], str | bytes] = getattr(
        import_module(f"advisor.documents.compare.{module}"), name
    )
    made = writer(found, title, dated)
    return made.encode("utf-8", "backslashreplace") if isinstance(made, str) else made


def suffix_of(path: str) -> str:
    """The suffix that says the format; InputError where there is none for it."""
    suffix = PurePath(path).suffix.lower()
    if suffix in FORMATS:
        return suffix
    *others, last = FORMATS
    wrong = f"no format for the suffix {suffix}" if suffix else "no suffix to tell the format by"
    near = did_you_mean(suffix, FORMATS)
    raise InputError([Problem(path, 0, "", f"{wrong}; comparisons end in {', '.join(others)} or {last}{near}")])
