"""How a document is wanted: which one, under which title, for whom, with which logo and template."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from pathlib import PurePath

from advisor.documents.shared.raster import jpeg, png
from advisor.errors import InputError, Problem
from advisor.model.lettering import Lettering

Rows = str | int  # `main`, `all` or a number; empty for what the document has by itself

DOCUMENTS = ("brief", "raci", "advice", "both")
MOST_LOGO = 1_000_000  # bytes
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "png", "image/png", png),
    (b"\xff\xd8\xff", "jpg", "image/jpeg", jpeg),
)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture for the head of the first page: PNG or JPEG, `kind` is `png` or `jpg`; width and height in pixels."""

    data: bytes
    kind: str
    media: str
    width: int
    height: int

    @property
    def uri(self) -> str:
        """The picture as it stands in a page that needs no network."""
        return f"data:{self.media};base64,{b64encode(self.data).decode()}"

    def within(self, wide: float, high: float) -> tuple[float, float]:
        """The largest width and height that keep the picture's shape and are at most these."""
        scale = min(wide / self.width, high / self.height)
        return self.width * scale, self.height * scale


@dataclass(frozen=True, slots=True)
class Edition:
    """What the reader asked for beside the advice itself.

    `document` is one of DOCUMENTS, or one of PAPERS (`model/rules.py`) for an advice that has its passages. `title`
    stands in place of the engagement's name. `client_view` leaves out what is for the firm alone. `dated` is the one
    date that is printed, ISO 8601, empty for none. `template` is the reader's own file, for formats that are laid out
    by one. `rows` says how many the matrix has: `main`, `all` or the number of those that rank highest; empty for what
    the document has by itself, a brief the main ones and all others all. `letters` are those that it is printed in,
    RACI where nothing else is asked for.
    """

    document: str = "raci"
    title: str = ""
    client_view: bool = False
    dated: str = ""
    logo: Logo | None = None
    template: PurePath | None = None
    rows: Rows = ""
    letters: Lettering | None = None


STANDARD = Edition()


def logo_from(data: bytes, name: str) -> Logo:
    """The picture in `data`, which messages call `name`; InputError when it is no whole PNG or JPEG, or too large.

    Nothing is unpacked before its header has said that it is small enough.
    """
    if len(data) > MOST_LOGO:
        raise InputError([Problem(name, 0, "", f"is larger than {MOST_LOGO // 1_000_000} MB; a logo can be smaller")])
    for start, kind, media, read in _KINDS:
        if data.startswith(start):
            try:
                data, width, height = read(data)
            except ValueError as error:
                raise InputError([Problem(name, 0, "", str(error))]) from None
            return Logo(data, kind, media, width, height)
    raise InputError([Problem(name, 0, "", "is no picture that documents can hold; use PNG or JPEG")])
