"""Templates of the reader's own: read within limits, every mistake in one said with its file and place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path, PurePath

from jinja2 import TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError, TemplateNotFound

from advisor.documents.shared import people, view
from advisor.errors import InputError, Problem, did_you_mean
from advisor.files import read_limited

MINE = "your template"
LONGEST_SAID = 300  # characters of what went wrong; libraries quote whole values
UNNAMED = "<template>"  # what Jinja calls the code of one that comes from no file
SUFFIXES = {"docx": ".docx", "html": ".html.j2", "markdown": ".md.j2", "confluence": ".confluence.j2"}
_ATTRIBUTE = re.compile(r"has no attribute '(\w+)'")
_UNDEFINED = re.compile(r"'(\w+)' is undefined")
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_LOOSE = re.compile(r"\{[{%]|[}%]\}")


def read_template(path: PurePath, suffix: str) -> bytes:
    """The template's bytes; InputError when it is too large, or of another kind than `suffix` says."""
    if not path.name.lower().endswith(suffix):
        raise InputError([Problem(str(path), 0, "", f"templates for this format end in {suffix}")])
    return read_limited(Path(path))


def check_placeholders(texts: Iterable[str], name: str) -> None:
    """Find what is opened and not closed in the paragraphs of a Word template, which would be printed as it stands."""
    problems = []
    for text in texts:
        loose = _LOOSE.search(_PLACEHOLDER.sub("", text))
        if loose is not None:
            at = text.rindex(loose[0])
            near = text[at : at + 80] if loose[0][0] == "{" else text[max(0, at - 78) : at + 2]
            problems.append(Problem(name, 0, "", f"{loose[0]} stands alone, so this would be printed as it is: {near}"))
    if problems:
        raise InputError(problems)


def mistake(
    error: Exception, name: str, given: Iterable[str], texts: Sequence[str] = (), lines: Sequence[str] = ()
) -> InputError:
    """What is wrong with the template called `name`, as its author can mend it.

    `given` are the names it may use. A Word template has no lines to point at, so the placeholder is quoted: `texts`
    are its paragraphs, `lines` the same as Jinja was given them.
    """
    message, culprit = _message(error, given)
    if len(message) > LONGEST_SAID:
        message = f"{message[:LONGEST_SAID]}..."
    if not texts:
        line = (error.lineno if isinstance(error, TemplateSyntaxError) else 0) or line_of(error)
        return InputError([Problem(name, line, "", message)])
    found = [one for text in texts for one in _PLACEHOLDER.findall(text)]
    near = next((one for one in found if culprit and re.search(rf"\b{re.escape(culprit)}\b", one)), "")
    line = line_of(error)
    if not near and isinstance(error, TemplateSyntaxError):
        near = " ".join(one for said in getattr(error, "docx_context", ()) if (one := str(said).strip()))[:160]
    elif not near and 0 < line <= len(lines):
        near = lines[line - 1].strip()[:160]
    return InputError([Problem(name, 0, "", f"{message} (near: {near})" if near else message)])


def _message(error: Exception, given: Iterable[str]) -> tuple[str, str]:
    """What is wrong, and the name that is at fault where it is one."""
    message = str(error).rstrip(".") or type(error).__name__
    if isinstance(error, RecursionError):
        return "is nested too deep, or calls itself without end (recursion)", ""
    if isinstance(error, TemplateNotFound):
        return f"there is no template called {error.name}", str(error.name)
    if isinstance(error, SecurityError):
        unsafe = re.search(r"attribute '(\w+)'", message)
        return f"{message}; templates can only lay out what they are given", unsafe[1] if unsafe else ""
    if isinstance(error, TemplateSyntaxError):
        unknown = re.search(r"named '(\w+)'", message)
        return message, unknown[1] if unknown else ""
    attribute, undefined = _ATTRIBUTE.search(message), _UNDEFINED.search(message)
    if isinstance(error, UndefinedError) and attribute is not None:
        return f"nothing is called {attribute[1]!r} there{did_you_mean(attribute[1], _names())}", attribute[1]
    if isinstance(error, UndefinedError) and undefined is not None:
        if undefined[1] in given:
            return f"{undefined[1]!r} is not known here: what is imported is given nothing", undefined[1]
        return f"{undefined[1]!r} is not given to templates{did_you_mean(undefined[1], given)}", undefined[1]
    return message, ""


@cache
def _names() -> tuple[str, ...]:
    """What the parts of a view are called."""
    kinds = [one for module in (view, people) for one in vars(module).values() if is_dataclass(one)]
    return tuple(dict.fromkeys(field.name for kind in kinds for field in fields(kind)))


def line_of(error: Exception) -> int:
    """The last line of the reader's template on the way to the error, 0 where there is none."""
    found, step = 0, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == UNNAMED:
            found = step.tb_lineno
        step = step.tb_next
    return found
