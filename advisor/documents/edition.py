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
    """The picture in `data`, which messages call `name`; InputError when it is no whole PNG or JPEG, or too large."""
    if len(data) > MOST_LOGO:
        raise InputError([Problem(name, 0, "", f"is larger than {MOST_LOGO // 1_000_000} MB; a logo can be smaller")])
    for start, kind, media in _KINDS:
        if data.startswith(start):
            width, height = _png_size(data) if kind == "png" else _jpeg_size(data)
            if width and height:
                return Logo(data, kind, media, width, height)
    raise InputError([Problem(name, 0, "", "is no picture that documents can hold; use PNG or JPEG")])


def _png_size(data: bytes) -> tuple[int, int]:
    whole = data[12:16] == b"IHDR" and b"IEND" in data[-12:]
    return (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) if whole else (0, 0)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """From the frame's header, which stands after any number of other segments; none when the data ends before."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        kind, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 + length
    return 0, 0
