"""What a worker does with one item: read it, advise on each engagement in it, and keep a mistake to that engagement."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from advisor.advise.by_rulebook import advice_by
from advisor.batch import Item
from advisor.batch.report import Report
from advisor.batch.tally import Options, Tally
from advisor.catalog.engagements import engagements_in
from advisor.catalog.own import catalog_at, named_in
from advisor.catalog.records import accept
from advisor.catalog.source import compose
from advisor.errors import InputError, Problem
from advisor.model.advice import Advice
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog


class Advised(NamedTuple):
    """One engagement of an item, or what is wrong with it: its line (0: the whole file), its place, its rulebook."""

    found: Advice | InputError
    line: int
    place: str
    folder: Path | None


def advised(item: Item, rulebook: Path | None, document: str = "") -> Iterator[Advised]:
    """The advice on each engagement of the item, in order, by `rulebook` or the one that it names or the shipped one.

    Each has what `document` needs besides.
    A rulebook of one's own that cannot be read, or contradicts itself, costs those engagements that name it. Raises
    BrokenInvariant when the product does so.
    """
    if item.problems:
        yield Advised(InputError(item.problems), 0, item.place, None)
        return
    empty = True
    try:
        for folder, found, line, place in _engagements(item, rulebook):
            empty = False
            told = found if isinstance(found, InputError) else advice_by(folder, found, item.source, line, document)
            yield Advised(told, line, place, folder)
    except InputError as error:
        yield Advised(error, 0, item.place, None)
        return
    if empty and not item.lines:
        yield Advised(_wrong(item.source, 1, "is empty; 'advisor new' writes one to fill in"), 0, item.place, None)


def evaluate_item(item: Item, options: Options) -> Report:
    """The report on one item. Raises BrokenInvariant when the product contradicts itself."""
    tally = Tally(options)
    for one in advised(item, options.rulebook, options.edition.document if options.documents else ""):
        if isinstance(one.found, InputError):
            tally.fail(one.found.problems, one.line)
        else:
            tally.add(one.found, item.source, one.line, one.place, one.folder)
    return tally.report()


@lru_cache(maxsize=16)
def _known(folder: Path | None) -> Catalog | InputError:
    """The rulebook, or what is wrong with it: read once, however many engagements name it."""
    if folder is not None:
        gc.collect()  # many rulebooks in a batch each leave cycles behind, and a worker seldom looks for those itself
    try:
        return catalog_at(folder)
    except InputError as error:
        return error


def _catalog(folder: Path | None, source: str, line: int) -> Catalog:
    """The rulebook; where it cannot be read, each of its problems, told of the engagement that names it."""
    known = _known(folder)
    if isinstance(known, InputError):
        raise InputError([Problem(source, line, "rulebook", str(one)) for one in known.problems])
    return known


_Found = tuple[Path | None, Engagement | InputError, int, str]


def _engagements(item: Item, rulebook: Path | None) -> Iterator[_Found]:
    """Each engagement in the item: its rulebook's folder, what was read, its line, what its documents are called."""
    if not item.lines:
        documents = compose(item.data, item.source)
        folder = rulebook or named_in(documents, Path(item.source))
        several = len(documents) > 1
        catalog = _catalog(folder, item.source, documents[0][1] if documents else 1)
        for (_, line), found in zip(documents, engagements_in(documents, item.source, catalog), strict=True):
            yield folder, found, line if several else 0, f"{item.place}-{line}" if several else item.place
        return
    given = _catalog(rulebook, item.source, item.lines[0])
    for line, text in zip(item.lines, item.data.split(b"\n"), strict=True):
        place = f"{item.place}-{line}"
        quick = _quickly(text, given, place)
        if quick is None:
            yield from _with_care(text, item.source, line, place, rulebook)
        else:
            yield rulebook, quick, line, place


def _quickly(text: bytes, catalog: Catalog, called: str) -> Engagement | None:
    try:
        record = _decode(text.decode())
        engagement = accept(record, catalog, called)
    except (ValueError, RecursionError, TypeError, AttributeError):
        return None
    return engagement if engagement is not None and not engagement.rulebook else None


def _with_care(text: bytes, source: str, line: int, place: str, rulebook: Path | None) -> Iterator[_Found]:
    """A line that is not as it should be, or names a rulebook: read as a file would be, to say why."""
    try:
        record = json.loads(text.decode())
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "not in UTF-8, or nested too deep"
        at = f" at column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        yield rulebook, _wrong(source, line, f"is no line of JSON: {reason[0].lower()}{reason[1:]}{at}"), line, place
        return
    if not isinstance(record, dict):
        yield rulebook, _wrong(source, line, "is no engagement; each line is one, in braces"), line, place
        return
    try:
        documents = compose(text, source)
        folder = rulebook or named_in(documents, Path(source))
        (found,) = engagements_in(documents, source, _catalog(folder, source, line), place)
    except InputError as error:
        folder, found = rulebook, error
    if isinstance(found, InputError):
        found = InputError([Problem(one.file, line, one.field, one.message) for one in found.problems])
    yield folder, found, line, place


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field is given twice")
    return found


_decode: Callable[[str], Any] = json.JSONDecoder(object_pairs_hook=_once).decode


def _wrong(source: str, line: int, message: str) -> InputError:
    return InputError([Problem(source, line, "", message)])
