"""Writes what the wheel has compiled of the shipped rulebook: python -m tools.compiled FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

from advisor.advise.compiled import SUFFIX, compiled, known_for
from advisor.advise.outcomes import packed
from advisor.catalog import load_catalog
from advisor.catalog import packed as whole
from advisor.catalog.person import person_rules


def main(folder: Path, root: Path) -> None:
    """Write the catalog, and every table of the rules on engagements and on people."""
    catalog = load_catalog()
    known = {
        name: found
        for rulebook in (catalog, person_rules())
        for name, found in compiled(rulebook.tables(), known_for(rulebook)).items()
    }
    (folder / f"rules{SUFFIX}").write_bytes(packed(known))
    (folder / whole.NAME).write_bytes(whole.packed(catalog, root))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).resolve().parent.parent)
