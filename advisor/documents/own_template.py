"""Templates of the reader's own: read within limits, and every mistake in one said with its file, line and name."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path, PurePath

from jinja2 import TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError, TemplateNotFound

from advisor.documents.view import View
from advisor.errors import InputError, Problem, did_you_mean
from advisor.files import read_limited

MINE = "your template"
UNNAMED = "<template>"  # what Jinja calls the code of one that comes from no file
SUFFIXES = {"docx": ".docx", "html": ".html.j2", "markdown": ".md.j2", "confluence": ".confluence.j2"}
_ATTRIBUTE = re.compile(r"has no attribute '(\w+)'")
_UNDEFINED = re.compile(r"'(\w+)' is undefined")
CONTEXT = ("view", "document", "kind", "legend", "sources", "charts", "pictures", "logo")


def read_template(path: PurePath, suffix: str) -> bytes:
    """The template's bytes; InputError when it is too large, or of another kind than `suffix` says."""
    if not path.name.lower().endswith(suffix):
        raise InputError([Problem(str(path), 0, "", f"templates for this format end in {suffix}")])
    return read_limited(Path(path))


def mistake(error: Exception, name: str, view: View) -> InputError:
    """What is wrong with the template called `name`, as its author can mend it."""
    line = _line(error)
    lines = [str(one).strip() for one in getattr(error, "docx_context", ())]
    near = f" (near: {' '.join(one for one in lines if one)[:160]})" if lines else ""
    if isinstance(error, TemplateSyntaxError):
        return InputError([Problem(name, error.lineno or 0, "", f"{error.message}{near}")])
    if isinstance(error, TemplateNotFound):
        return InputError([Problem(name, line, "", f"there is no template called {error.name}")])
    if isinstance(error, SecurityError):
        return InputError([Problem(name, line, "", f"{error}; templates can only lay out what they are given")])
    message = str(error)
    if isinstance(error, UndefinedError):
        known = [field.name for field in fields(view)]
        attribute, undefined = _ATTRIBUTE.search(message), _UNDEFINED.search(message)
        if attribute is not None:
            message = f"nothing is called {attribute[1]!r} there{did_you_mean(attribute[1], known)}"
        elif undefined is not None:
            message = f"{undefined[1]!r} is not given to templates{did_you_mean(undefined[1], CONTEXT)}"
    return InputError([Problem(name, line, "", f"{message}{near}")])


def _line(error: Exception) -> int:
    """The last line of the reader's template on the way to the error, 0 where there is none."""
    found, step = 0, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == UNNAMED:
            found = step.tb_lineno
        step = step.tb_next
    return found
