"""Which tables are known beforehand: those that ship compiled, and those in the user's cache folder."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from advisor import reference
from advisor.advise.evaluator import Fire, checked
from advisor.advise.outcomes import LARGEST, Known, Outcomes, combinations, count, gathered, packed, print_of, unpacked
from advisor.catalog.folders import data_folder
from advisor.errors import InputError
from advisor.files import read_limited, write_atomically
from advisor.model.questions import Asking
from advisor.model.rules import Table

NO_CACHE = "ADVISOR_NO_CACHE"  # whoever sets it has nothing read from the cache folder, nor written there
SUFFIX = ".outcomes"
_MOST_FILES = 20  # in the cache folder: of the rulebooks compiled last


class Unusable(UserWarning):
    """A file of compiled tables that is damaged or of another version; what it holds is fired instead."""


def known_for(rulebook: Asking) -> Known:
    """What is known of the rulebook's tables, and perhaps of others."""
    kept = kept_at(rulebook)
    return {**shipped(), **(_read(kept) if kept is not None else {})}


@lru_cache(maxsize=1)
def shipped() -> Known:
    """The tables that ship compiled; none in a checkout of the sources."""
    return _read(data_folder("rules").parent / f"rules{SUFFIX}")


def kept_at(rulebook: Asking) -> Path | None:
    """The file in the user's cache folder for this rulebook; None where there is no such folder, or none is wanted."""
    if os.environ.get(NO_CACHE):
        return None
    try:
        folder = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    except RuntimeError:  # a user without a home
        return None
    return Path(folder) / "role-advisor" / f"{rulebook.digest}{SUFFIX}"


def missing(rulebook: Asking) -> dict[str, Table]:
    """The tables that are not known yet, by print."""
    known = known_for(rulebook)
    return {name: table for name, table in _own(rulebook).items() if name not in known}


def keep(rulebook: Asking, to: Path) -> Known:
    """Compile what does not ship of the rulebook into a file, with what others that are kept beside it know already.

    Raises OutputError when it cannot be written, and what `compiled` raises.
    """
    earlier: dict[str, Outcomes] = {}
    for path in to.parent.glob(f"*{SUFFIX}"):
        with suppress(ValueError, InputError):
            earlier |= unpacked(read_limited(path, LARGEST))
    known = compiled(_own(rulebook).values(), earlier)
    write_atomically(to, packed(known), private=True)
    for path in sorted(to.parent.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime)[:-_MOST_FILES]:
        path.unlink(missing_ok=True)
    return known


def compiled(tables: Iterable[Table], earlier: Known | None = None, fire: Fire = checked) -> Known:
    """Every combination of the tables fired, or taken from `earlier` where the reference agrees to all of a table.

    Raises BrokenInvariant where engine and reference differ, EngineRefusal when the engine cannot hold a table.
    """
    found: dict[str, Outcomes] = {}
    for table in tables:
        name = print_of(table)
        known = (earlier or {}).get(name)
        if known is None or known != _fired(table, reference.fire):
            known = _fired(table, fire)
        found[name] = known
    return found


def _fired(table: Table, fire: Fire) -> Outcomes:
    return gathered(fire(table, values) for values in combinations(table))


def _own(rulebook: Asking) -> dict[str, Table]:
    """The tables that do not ship, by print, up to as many as a file holds; what is beyond that is fired each time."""
    found: dict[str, Table] = {}
    held = 0
    for table in rulebook.tables():
        name = print_of(table)
        if name not in shipped() and name not in found and held + count(table) <= LARGEST:
            held += count(table)
            found[name] = table
    return found


def _read(path: Path) -> Known:
    """The tables in a file; none without one, nor where it cannot be used, which is said."""
    try:
        return unpacked(read_limited(path, LARGEST)) if path.exists() else {}
    except (InputError, OSError) as error:
        said = str(error)
    except Exception as error:  # whatever a file of somebody else's making leads to
        said = f"{path}: {error}"
    warnings.warn(f"{said}; not used, 'advisor rules compile' makes it anew", Unusable, stacklevel=2)
    return {}
