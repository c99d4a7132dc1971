"""Whether a PNG or JPEG is whole and small enough to be unpacked, so that no writer and no reader stumbles over it."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterator

MOST_PIXELS = 10_000_000  # a page wide at 600 dots to the inch, and half as high
MOST_PROFILE = 4_000_000  # bytes that a colour profile may unpack into
MOST_SCANS = 100  # passes over a JPEG; each costs as much as the whole picture
_PNG = b"\x89PNG\r\n\x1a\n"
_NEEDED = (b"IHDR", b"PLTE", b"IDAT", b"IEND")
_COLOURS = (b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs")
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}  # by a PNG's kind of colour
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
_CUT = "it is cut short"


def png(data: bytes) -> tuple[bytes, int, int]:
    """A PNG without what it says beside its picture (texts, places, times), and its width and height.

    ValueError says what is wrong with one that is damaged or would unpack into too much.
    """
    chunks = list(_chunks(data))
    names = [name for name, _ in chunks]
    if names[:1] != [b"IHDR"] or names.count(b"IHDR") > 1 or chunks[-1] != (b"IEND", b""):
        raise _damaged(_CUT)
    if any(name[:1].isupper() and name not in _NEEDED for name in names):
        raise _damaged("it holds a part that no PNG has")
    head = chunks[0][1]
    if len(head) != 13 or head[8] not in _DEPTHS.get(head[9], ()) or any(head[10:12]) or head[12] > 1:
        raise _damaged("its header says what no PNG can be")
    width, height = _size(head[:4], head[4:8])
    palette = [content for name, content in chunks if name == b"PLTE"]
    if (head[9] == 3 and not palette) or len(palette) > 1 or any(len(one) % 3 or len(one) > 768 for one in palette):
        raise _damaged("its colours are not as they should be")
    for name, content in chunks:
        if name == b"iCCP" and len(_unpacked(content.partition(b"\0")[2][1:], MOST_PROFILE)) >= MOST_PROFILE:
            raise ValueError(f"holds a colour profile of more than {MOST_PROFILE // 1_000_000} MB")
    parts = [(width, height)] if not head[12] else [_every(width, height, *one) for one in _ADAM7]
    lines = [(1 + (wide * head[8] * _CHANNELS[head[9]] + 7) // 8, high) for wide, high in parts if wide and high]
    _check_lines(b"".join(content for name, content in chunks if name == b"IDAT"), lines)
    kept = (_chunk(name, content) for name, content in chunks if name in (*_NEEDED, *_COLOURS))
    return _PNG + b"".join(kept), width, height


def jpeg(data: bytes) -> tuple[bytes, int, int]:
    """A JPEG as it is, and its width and height.

    ValueError says what is wrong with one that is damaged, would unpack into too much, or is of a kind that is rare.
    """
    at, size = 2, None
    kinds: list[int] = []
    while True:
        if data[at : at + 1] != b"\xff" or at + 2 > len(data):
            raise _damaged(_CUT)
        kind, end = data[at + 1], at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if kind == 0xFF:  # any number of these may stand before a part
            at += 1
            continue
        if kind == 0xD9:
            break
        if end < at + 4 or end > len(data):
            raise _damaged(_CUT)
        if kind == 0xDA and size is None:
            raise _damaged("there is no picture in it")
        kinds.append(kind)
        if kind in (0xC0, 0xC1, 0xC2):
            if size is not None or end < at + 10 or data[at + 4] != 8 or data[at + 9] not in (1, 3, 4):
                raise _damaged("its header says what no such picture can be")
            size = _size(data[at + 7 : at + 9], data[at + 5 : at + 7])
        elif 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            raise ValueError("is a JPEG of a rare kind; save it as an ordinary one, or as PNG")
        at = _after_scan(data, end) if kind == 0xDA else end
    if size is None or not {0xC4, 0xDA, 0xDB} <= set(kinds):  # how it is packed, the packed picture, how coarse it is
        raise _damaged("there is no picture in it")
    if kinds.count(0xDA) > MOST_SCANS:
        raise ValueError(f"is a JPEG in more than {MOST_SCANS} passes; save it as an ordinary one")
    return data, *size


def _after_scan(data: bytes, at: int) -> int:
    """Where the packed picture ends: at a mark that is neither a zero, which is none, nor one of restarting."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise _damaged(_CUT)
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7 and data[at + 1] != 0xFF:
            return at
        at += 1


def _damaged(how: str) -> ValueError:
    return ValueError(f"is no picture that documents can hold: {how}; save it again as PNG or JPEG")


def _size(wide: bytes, high: bytes) -> tuple[int, int]:
    width, height = int.from_bytes(wide), int.from_bytes(high)
    if not width or not height:
        raise _damaged("its header says what no picture can be")
    if width * height > MOST_PIXELS:
        most = f"{MOST_PIXELS // 1_000_000} million"
        raise ValueError(f"is a picture of {width:,} by {height:,} pixels; a logo needs less than {most} of them")
    return width, height


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at < len(data):
        end = at + 8 + int.from_bytes(data[at : at + 4])
        name, content = data[at + 4 : at + 8], data[at + 8 : end]
        if end + 4 > len(data):
            raise _damaged(_CUT)
        if int.from_bytes(data[end : end + 4]) != zlib.crc32(name + content):
            raise _damaged("a part of it does not add up")
        yield name, content
        at = end + 4


def _chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)


def _unpacked(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        raise _damaged("a part of it cannot be unpacked") from None


def _every(width: int, height: int, left: int, top: int, across: int, down: int) -> tuple[int, int]:
    """The size of one of the seven parts of a picture that comes in ever more detail."""
    return len(range(left, width, across)), len(range(top, height, down))


def _check_lines(packed: bytes, lines: list[tuple[int, int]]) -> None:
    """Hold what is unpacked against the size that the header says; each line begins with how it was written."""
    whole = sum(long * high for long, high in lines)
    found = _unpacked(packed, whole + 1)
    starts = itertools.accumulate((long * high for long, high in lines), initial=0)
    if len(found) < whole:
        raise _damaged(_CUT)
    for start, (long, high) in zip(starts, lines, strict=False):
        if any(one > 4 for one in found[start : start + long * high : long]):
            raise _damaged("a part of it cannot be unpacked")
