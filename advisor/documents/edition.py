"""How a document is wanted: which one, under which title, for whom, with which logo and template."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from pathlib import PurePath

from advisor.errors import InputError, Problem

DOCUMENTS = ("raci", "advice", "both")
MOST_LOGO = 1_000_000  # bytes
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    (b"\xff\xd8\xff", "jpg", "image/jpeg"),
)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture for the head of the first page: PNG or JPEG, `kind` is `png` or `jpg`."""

    data: bytes
    kind: str
    media: str

    @property
    def uri(self) -> str:
        """The picture as it stands in a page that needs no network."""
        return f"data:{self.media};base64,{b64encode(self.data).decode()}"


@dataclass(frozen=True, slots=True)
class Edition:
    """What the reader asked for beside the advice itself.

    `document` is one of DOCUMENTS. `title` stands in place of the engagement's name. `client_view` leaves out what is
    for the firm alone. `dated` is the one date that is printed, ISO 8601, empty for none. `template` is the reader's
    own file, for formats that are laid out by one.
    """

    document: str = "raci"
    title: str = ""
    client_view: bool = False
    dated: str = ""
    logo: Logo | None = None
    template: PurePath | None = None


STANDARD = Edition()


def logo_from(data: bytes, name: str) -> Logo:
    """The picture in `data`, which messages call `name`; InputError when it is neither PNG nor JPEG, or too large."""
    if len(data) > MOST_LOGO:
        raise InputError([Problem(name, 0, "", f"is larger than {MOST_LOGO // 1_000_000} MB; a logo can be smaller")])
    for start, kind, media in _KINDS:
        if data.startswith(start):
            return Logo(data, kind, media)
    raise InputError([Problem(name, 0, "", "is no picture that documents can hold; use PNG or JPEG")])
