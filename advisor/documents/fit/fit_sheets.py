"""Fit sheets: the formats that there are, and the sheet of one person, or what is shown of several, in one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import PurePath

from advisor.documents import Format, format_of
from advisor.errors import InputError, Problem, did_you_mean
from advisor.model.fit import Fit

# Writers take one fit and a date to print; they are imported when they are needed.
SHEETS = {
    "text": Format(".txt", "fit.fit_pages:text"),
    "json": Format(".json", "fit.fit_pages:as_json"),
    "markdown": Format(".md", "fit.fit_pages:markdown"),
    "html": Format(".html", "fit.fit_pages:html"),
    "docx": Format(".docx", "fit.fit_word:write", text=False),
    "pdf": Format(".pdf", "fit.fit_pdf:write", text=False),
}
ON_SCREEN = ("text", "json", "markdown")

_Writer = Callable[[Fit, str], str | bytes]


def sheet_format(path: str, wanted: str | None = None) -> str:
    """The format that is wanted, or that a file name's suffix asks for; InputError for none, or another than wanted."""
    if wanted is not None:
        return format_of(path, wanted)
    suffix = PurePath(path).suffix.lower()
    found = next((name for name, one in SHEETS.items() if one.suffix == suffix), None)
    if found is not None:
        return found
    suffixes = [one.suffix for one in SHEETS.values()]
    wrong = f"no sheet for the suffix {suffix}" if suffix else "no suffix to tell the format by"
    message = f"{wrong}; sheets end in {', '.join(suffixes)}{did_you_mean(suffix, suffixes)}"
    raise InputError([Problem(path, 0, "", message)])


def sheet(fit: Fit, format: str, dated: str = "") -> bytes:
    """The sheet of one person as the bytes of its file; MissingExtra when a format needs what is not installed."""
    module, name = SHEETS[format].writer.split(":")
    writer: _Writer = getattr(import_module(f"advisor.documents.{module}"), name)
    made = writer(fit, dated)
    return made.encode("utf-8", "backslashreplace") if isinstance(made, str) else made


def shown(fits: Sequence[Fit], format: str, dated: str = "") -> str:
    """Everybody in one text, `json` or `markdown`: several people side by side first."""
    from advisor.documents.fit import fit_pages
    from advisor.documents.fit.fit_json import fits_as_json

    return fits_as_json(fits) if format == "json" else fit_pages.together(fits, dated)
