"""Many engagement files: found, evaluated in a worker that may die, and returned in input order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from advisor.errors import Problem
from advisor.files import is_folder

SUFFIXES = (".yaml", ".yml", ".json")
RULEBOOK = "rulebook.yaml"  # a folder that holds it is no folder of engagements


@dataclass(frozen=True, slots=True)
class Done:
    """One engagement evaluated: where it came from, the advice as one line of JSON, and what a summary needs."""

    source: str
    line: str
    engagement: str
    model: str | None
    status: str


@dataclass(frozen=True, slots=True)
class Failed:
    """One file or document that gave no advice, and every reason why."""

    source: str
    problems: tuple[Problem, ...]


Result = Done | Failed


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Files named, and all engagement files under the folders named, each once and in a stable order.

    A rulebook of one's own that lies under such a folder is passed over, with all that is in its folder. A folder that
    is itself a rulebook is taken as a file, and so reported.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if is_folder(path) and not (path / RULEBOOK).is_file():
            inside = (one for one in path.rglob("*") if one.suffix.lower() in SUFFIXES and one.is_file())
            rulebooks = {one.parent for one in path.rglob(RULEBOOK)}
            wanted = (one for one in inside if not _hidden(one, path) and rulebooks.isdisjoint(one.parents))
            found.update(dict.fromkeys(sorted(wanted)))
        else:
            found[path] = None
    return list(found)


def _hidden(path: Path, below: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(below).parts)
