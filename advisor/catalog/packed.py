"""The shipped catalog as one file in the installed package: read in a tenth of the time that its YAML takes.

It is a pickle, which can run code when it is read. So it is read from the package's own folder alone, where whoever can
write could change the code itself; nothing of the kind is ever read from a cache, a rulebook, or a checkout.
"""

from __future__ import annotations

import os
import pickle
from hashlib import blake2b
from pathlib import Path

from advisor.model.rulebook import Catalog

NAME = "rules.catalog"
_PACKAGE = Path(__file__).resolve().parent.parent
_SIZE = 32


def packed(catalog: Catalog, package: Path) -> bytes:
    """The catalog, bound to every file of rules and questions in `package`."""
    body = pickle.dumps(catalog, 5)
    return _print_of(package) + blake2b(body, digest_size=_SIZE).digest() + body


def unpacked(data: bytes, package: Path) -> Catalog | None:
    """The catalog in a file that `packed` made; None where it is damaged, or any file is not what it was."""
    files, checksum, body = data[:_SIZE], data[_SIZE : 2 * _SIZE], data[2 * _SIZE :]
    if files != _print_of(package) or checksum != blake2b(body, digest_size=_SIZE).digest():
        return None
    found = pickle.loads(body)
    return found if isinstance(found, Catalog) else None


def shipped_catalog() -> Catalog | None:
    """The catalog as it was installed; None in a checkout, and where somebody has changed a rule in its place."""
    path = _PACKAGE / NAME
    return unpacked(path.read_bytes(), _PACKAGE) if path.is_file() else None


def _print_of(package: Path) -> bytes:
    found = blake2b(digest_size=_SIZE)
    root = str(package)
    # A hundred paths as values would take longer than all reading. Names are sorted, and written alike on every system.
    folders = (one for part in ("rules", "questionnaires") for one in os.walk(package / part))
    names = [f"{at[len(root) + 1 :]}/{name}".replace(os.sep, "/") for at, _, inside in folders for name in inside]
    for name in sorted(one for one in names if one.endswith(".yaml")):
        with open(f"{root}/{name}", "rb") as stream:  # noqa: PTH123
            data = stream.read()
        found.update(f"\0{name}\0{len(data)}\0".encode() + data)
    return found.digest()
