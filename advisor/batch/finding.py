"""Which files a batch reads: files, folders of them and patterns, each file once and in a stable order."""

from __future__ import annotations

import glob
from collections.abc import Iterable
from pathlib import Path

from advisor.catalog.people import FOLDER
from advisor.files import is_folder

SUFFIXES = (".yaml", ".yml", ".json", ".jsonl", ".ndjson")
RULEBOOK = "rulebook.yaml"  # a folder that holds it is no folder of engagements
JOURNAL = ".batch"  # nor is one that holds this: results of a batch


def find_files(paths: Iterable[Path]) -> list[tuple[Path, str]]:
    """Files named, and all engagement files under the folders named, each with what its documents are called.

    That is the path below the folder, or the name, without the suffix; a number is added where it would be taken. A
    path that does not exist is tried as a pattern (`2027/**/*.yaml`). A rulebook of one's own and results of a batch
    are passed over, with all that is in their folders; when named, they are taken as files, and so reported. So are
    folders called `people`. Tables (CSV, Excel) are read when they are named: a folder may hold others.
    """
    found: dict[Path, str] = {}
    for path in paths:
        for one in _matching(path):
            if is_folder(one) and not (one / RULEBOOK).is_file() and not (one / JOURNAL).is_dir():
                for file in _below(one):
                    found.setdefault(file, file.relative_to(one).with_suffix("").as_posix())
            else:
                found.setdefault(one, one.stem)
    taken: set[str] = set()
    for path, place in found.items():
        name, number = place, 1
        while name.lower() in taken:
            number += 1
            name = f"{place}-{number}"
        taken.add(name.lower())
        found[path] = name
    return list(found.items())


def _matching(path: Path) -> list[Path]:
    if path.exists() or not glob.has_magic(str(path)):
        return [path]
    found = glob.iglob(str(path), recursive=True)  # noqa: PTH207 (Path.glob takes no absolute patterns)
    return sorted(Path(one) for one in found) or [path]


def _below(folder: Path) -> list[Path]:
    inside = (one for one in folder.rglob("*") if one.suffix.lower() in SUFFIXES and one.is_file())
    apart = {one.parent for mark in (RULEBOOK, JOURNAL) for one in folder.rglob(mark)}
    return sorted(one for one in inside if not _passed_over(one, folder) and apart.isdisjoint(one.parents))


def _passed_over(path: Path, below: Path) -> bool:
    parts = path.relative_to(below).parts  # what was seen of colleagues is no batch's business
    return FOLDER in parts[:-1] or any(part.startswith(".") for part in parts)
