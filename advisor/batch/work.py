"""What a worker does with one file: read it, advise on each document in it, and keep a mistake to that document."""

from __future__ import annotations

from pathlib import Path

from advisor.advise import advise
from advisor.batch import Done, Failed, Result
from advisor.catalog.engagements import read_engagements
from advisor.catalog.own import catalog_for
from advisor.documents.as_json import advice_as_dict, dumps
from advisor.errors import InputError, Problem
from advisor.files import read_limited


def evaluate_file(path: Path, rulebook: Path | None = None) -> list[Result]:
    """The results of one file in document order, by the rulebook given, named in the file, or shipped.

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
            results.append(Done(source, dumps(advice_as_dict(advice)), found.id, one.model, one.status))
    except InputError as error:
        results.append(Failed(source, error.problems))
    return results or [Failed(source, (Problem(source, 1, "", "is empty; 'advisor new' writes one to fill in"),))]
