"""Advice by a rulebook that is named by its folder, whose own contradictions are faults of the file that names it."""

from __future__ import annotations

from pathlib import Path

from advisor.advise import advise
from advisor.advise.papers import with_passages
from advisor.catalog.own import catalog_at
from advisor.errors import BrokenInvariant, Contradiction, EngineRefusal, InputError, Problem
from advisor.model.advice import Advice
from advisor.model.engagement import Engagement
from advisor.model.rules import PAPERS


def advice_by(
    folder: Path | None, engagement: Engagement, source: str, line: int = 0, paper: str = ""
) -> Advice | InputError:
    """The advice by the rulebook in `folder` (None: the shipped one), or what keeps it from being given.

    With `paper`, one of PAPERS, it has the passages of that document. Raises BrokenInvariant when the shipped one does.
    """
    try:
        advice = advise(catalog_at(folder), engagement)
        return with_passages(catalog_at(folder), advice, paper) if paper in PAPERS else advice
    except InputError as error:  # what was agreed cannot hold in this matrix
        return error
    except (BrokenInvariant, EngineRefusal) as error:
        if folder is None:
            raise
        said = error.told if isinstance(error, Contradiction) else error
        return InputError([Problem(source, line, "rulebook", f"{folder}: {said}")])
