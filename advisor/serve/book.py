"""The portfolio of the folder, as a page and as a file."""

from __future__ import annotations

from functools import lru_cache

from starlette.responses import Response

from advisor.documents.portfolio.portfolio import write
from advisor.documents.portfolio.portfolio_view import NotCounted, Report
from advisor.errors import AdvisorError, InputError
from advisor.model.rulebook import Catalog
from advisor.portfolio import summarise
from advisor.portfolio.lines import book_of, line_of
from advisor.portfolio.values import Book, Line
from advisor.serve.asked import Asked
from advisor.serve.folder import MOST_FILES
from advisor.serve.site import Site, attachment, document

FORMATS = {".xlsx": "Excel", ".html": "Web page", ".md": "Markdown", ".json": "JSON"}
State = tuple[tuple[str, int, int], ...]


def show(site: Site, _: Asked) -> Response:
    """The portfolio in a frame, what is not in it, and what it can be had as."""
    report = _report(site, _state(site))
    return site.page(
        "book.html.j2",
        "Portfolio",
        at="portfolio",
        counted=len(report.portfolio.entries),
        formats=FORMATS,
        failed=tuple(text for one in report.failed for text in one.reasons),
    )


def page_of(site: Site, _: Asked) -> Response:
    """The document by itself."""
    return document(_written(site, _state(site), ".html"))


def give(site: Site, asked: Asked) -> Response:
    """The document as a file."""
    suffix = asked.text("format")
    if suffix not in FORMATS:
        raise AdvisorError("Choose one of the formats.")
    return attachment(_written(site, _state(site), suffix), f"portfolio{suffix}")


def _state(site: Site) -> State:
    """What the files are by now, so that nothing is counted twice."""
    found = []
    for name in site.folder.names():
        try:
            stat = (site.folder.path / name).lstat()
        except OSError:
            continue
        found.append((name, stat.st_mtime_ns, stat.st_size))
    return tuple(found)


@lru_cache(maxsize=2)
def _report(site: Site, state: State) -> Report:
    found = [_line(site, one) for one in state]
    lines = [one for one in found if isinstance(one, Line)]
    return Report(summarise(lines), tuple(one for one in found if isinstance(one, NotCounted)))


@lru_cache(maxsize=4)
def _written(site: Site, state: State, suffix: str) -> bytes:
    return write(_report(site, state), suffix)


@lru_cache(maxsize=MOST_FILES)
def _line(site: Site, state: tuple[str, int, int]) -> Line | NotCounted:
    name = state[0]
    try:
        opened = site.open(name)
        return line_of(opened.advice, name, _book(opened.catalog))
    except InputError as error:
        return NotCounted(name, tuple(str(one) for one in error.problems))
    except AdvisorError as error:
        return NotCounted(name, (str(error),))


@lru_cache(maxsize=8)
def _book(catalog: Catalog) -> Book:
    return book_of(catalog)
