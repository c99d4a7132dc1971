"""What a worker does with one file for a portfolio: each engagement in it becomes a line to be counted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from advisor.advise import advise
from advisor.batch import Done, Failed, Result
from advisor.catalog.engagements import read_engagements
from advisor.catalog.own import catalog_for
from advisor.errors import InputError, Problem
from advisor.files import read_limited
from advisor.model.rulebook import Catalog
from advisor.portfolio.lines import book_of, line_of
from advisor.portfolio.values import Book, Line


@dataclass(frozen=True, slots=True)
class Counted(Done):
    """One engagement evaluated, with its line for the portfolio in place of the advice."""

    counted: Line


def count_file(path: Path, rulebook: Path | None = None) -> list[Result]:
    """The lines of one file in document order, by the rulebook given, named in the file, or shipped.

    Raises BrokenInvariant when the product contradicts itself.
    """
    source = str(path)
    results: list[Result] = []
    try:
        data = read_limited(path)
        catalog = catalog_for(data, path, rulebook)
        for found in read_engagements(data, source, catalog):
            if isinstance(found, InputError):
                results.append(Failed(source, found.problems))
                continue
            advice = advise(catalog, found)
            one = advice.recommendation
            line = line_of(advice, source, _book(catalog))
            results.append(Counted(source, "", found.id, one.model, one.status, line))
    except InputError as error:
        results.append(Failed(source, error.problems))
    return results or [Failed(source, (Problem(source, 1, "", "is empty; 'advisor new' writes one to fill in"),))]


@lru_cache(maxsize=8)
def _book(catalog: Catalog) -> Book:
    return book_of(catalog)
