"""Files that were sent: the last few are kept in memory, so that they need not be sent again."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from advisor.errors import AdvisorError

MOST_KEPT = 4


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent, under the last part of the name that it had; `mended` where it is our own."""

    name: str
    data: bytes
    mended: bool = False


@dataclass(slots=True)
class Kept:
    """The last few files that were dropped, so that they need not be sent again for a copy or a comparison."""

    _files: OrderedDict[str, Upload] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def keep(self, upload: Upload) -> str:
        """What the file is called from now on."""
        name = secrets.token_urlsafe(12)
        with self._lock:
            self._files[name] = upload
            while len(self._files) > MOST_KEPT:
                self._files.popitem(last=False)
        return name

    def file(self, name: str) -> Upload:
        """The file that is called so."""
        found = self._files.get(name)
        if found is None:
            raise AdvisorError("That file is not kept any more; drop it again.")
        return found
