"""Logos: whole pictures of a size that a page can use, or one sentence that says what is wrong; in every format."""

from __future__ import annotations

import io
import time
import tracemalloc
import zlib

import pytest

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement
from advisor.documents import FORMATS, Edition, write
from advisor.documents.shared.edition import Logo, logo_from
from advisor.documents.shared.raster import MOST_PIXELS
from advisor.errors import InputError
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES, REPOSITORY, Run

pillow = pytest.importorskip("PIL.Image")
PNG = (REPOSITORY / "tests" / "logo.png").read_bytes()
WITH_LOGO = [name for name, one in FORMATS.items() if "logo" not in one.lacks]


@pytest.fixture(scope="module")
def advice(catalog: Catalog) -> Advice:
    return advise(catalog, read_engagement(EXAMPLES / "small-internal-tool.yaml", catalog))


def saved(kind: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **more: object) -> bytes:
    stream = io.BytesIO()
    pillow.new(mode, size, 1).save(stream, kind, **more)
    return stream.getvalue()


JPEG = saved("JPEG")


def chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)


def png(width: int, height: int, *more: bytes, lines: bytes = b"", depth: int = 8, colour: int = 0) -> bytes:
    """A PNG by hand: its header, whatever else, and its packed lines."""
    head = width.to_bytes(4) + height.to_bytes(4) + bytes((depth, colour, 0, 0, 0))
    parts = (chunk(b"IHDR", head), *more, chunk(b"IDAT", zlib.compress(lines, 9)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def jpeg_header(data: bytes) -> int:
    return next(at for at in range(len(data)) if data[at : at + 2] == b"\xff\xc0")


NAMED = {
    "half a PNG": PNG[: len(PNG) // 2],
    "a PNG's first bytes": PNG[:30],
    "a PNG without its end": PNG[:-12],
    "a PNG with a bit turned": PNG[:60] + bytes((PNG[60] ^ 1,)) + PNG[61:],
    "a PNG with something behind": PNG + b"<script>",
    "a PNG of too few lines": png(10, 10, lines=bytes(11 * 5)),
    "a PNG that does not unpack": png(10, 10).replace(zlib.compress(b"", 9), b"12345678"),
    "a PNG with lines of no kind": png(10, 10, lines=b"\x09" * 110),
    "a PNG without colours": png(10, 10, lines=bytes(110), colour=3),
    "a PNG of a depth that is none": png(10, 10, lines=bytes(110), depth=3),
    "a PNG with a part that is none": png(10, 10, chunk(b"EVIL", b""), lines=bytes(110)),
    "a PNG without height": png(10, 0),
    "half a JPEG": JPEG[: len(JPEG) // 2],
    "a JPEG of 31 bytes": JPEG[:31],
    "31 bytes that look like a JPEG": bytes.fromhex("ffd8ffc0000b080001000101011100ffda0008010100003f0000ffd9"),
    "a JPEG without its end": JPEG[:-2],
    "a JPEG's name": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "a GIF": b"GIF89a" + bytes(100),
    "nothing": b"",
    "an SVG": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
}
TOO_LARGE = {
    "a PNG of 977 MB": png(31_250, 31_250, lines=b""),
    "a PNG as wide as can be": png(2**32 - 1, 1),
    "a PNG as high as can be": png(1, 2**32 - 1),
    "a JPEG of 65,535 by 65,535": JPEG[: jpeg_header(JPEG) + 5] + b"\xff" * 4 + JPEG[jpeg_header(JPEG) + 9 :],
}
GOOD = {
    "the tests' own": PNG,
    "grey": saved("PNG", mode="L"),
    "with a palette": saved("PNG", mode="P"),
    "black and white": saved("PNG", mode="1"),
    "with colours and gaps": saved("PNG", mode="RGBA"),
    "grey, of 16 bits": saved("PNG", mode="I;16"),
    "JPEG": JPEG,
    "JPEG, grey": saved("JPEG", mode="L"),
    "JPEG, for print": saved("JPEG", mode="CMYK"),
    "JPEG, ever sharper": saved("JPEG", progressive=True, size=(300, 200)),
    "JPEG, without a name": JPEG[:2] + JPEG[20:],
    "as wide as a banner": saved("PNG", (9_000, 20)),
}


@pytest.mark.parametrize("data", NAMED.values(), ids=NAMED)
def test_a_broken_logo_is_refused(data: bytes) -> None:
    """Before any writer stumbles over it."""
    with pytest.raises(InputError, match=r"^logo: is no picture that documents can hold") as caught:
        logo_from(data, "logo")
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize("data", TOO_LARGE.values(), ids=TOO_LARGE)
def test_a_logo_that_would_unpack_into_too_much(data: bytes) -> None:
    """The header is enough to refuse it; nothing is unpacked."""
    tracemalloc.start()
    begun = time.process_time()
    with pytest.raises(InputError, match=r"pixels; a logo needs less than 10 million of them"):
        logo_from(data, "logo")
    assert tracemalloc.get_traced_memory()[1] < 5_000_000 and time.process_time() - begun < 1
    tracemalloc.stop()


def test_a_header_that_says_less_than_there_is() -> None:
    """What unpacks into more than the header says is unpacked no further than that."""
    data = png(10, 10, lines=bytes(100_000_000))
    tracemalloc.start()
    assert logo_from(data, "logo").height == 10
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_colour_profile_that_is_none() -> None:
    """A profile is a few kilobytes; one of a hundred megabytes is refused."""
    profile = chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(100_000_000), 9))
    with pytest.raises(InputError, match="holds a colour profile of more than 4 MB"):
        logo_from(png(10, 10, profile, lines=bytes(110)), "logo")


def test_a_jpeg_of_endless_passes() -> None:
    """Each pass costs as much as the picture, so a small file could keep a reader busy for hours."""
    many = saved("JPEG", (300, 200), progressive=True)
    last = many.rindex(b"\xff\xda")
    with pytest.raises(InputError, match="in more than 100 passes"):
        logo_from(many[:-2] + many[last:-2] * 200 + b"\xff\xd9", "logo")


def test_only_the_picture_is_handed_on() -> None:
    """What a PNG says of the place, the time or the program that made it does not travel to the client."""
    said = (chunk(b"tEXt", b"Author\0Jo"), chunk(b"zTXt", b"x\0\0" + zlib.compress(b"Jo")), chunk(b"eXIf", b"II*\0 Jo"))
    logo = logo_from(png(10, 10, *said, lines=bytes(110)), "logo")
    assert logo.data == png(10, 10, lines=bytes(110))


@pytest.mark.parametrize("form", WITH_LOGO)
@pytest.mark.parametrize("data", GOOD.values(), ids=GOOD)
def test_every_format_takes_what_one_takes(advice: Advice, data: bytes, form: str) -> None:
    """Whatever program wrote the picture."""
    logo = logo_from(data, "logo")
    assert isinstance(logo, Logo) and logo.width * logo.height <= MOST_PIXELS
    assert len(write(advice, form, Edition(logo=logo))) > 1_000


def test_on_the_command_line(run: Run) -> None:
    """One sentence, and nothing is written."""
    from pathlib import Path

    Path("half.png").write_bytes(NAMED["half a PNG"])
    for suffix in (FORMATS[name].suffix for name in WITH_LOGO):
        outcome = run("raci", str(EXAMPLES / "acme-portal.yaml"), "-o", f"x{suffix}", "--logo", "half.png")
        assert (outcome.code, outcome.out) == (2, "")
        assert "Error: half.png: is no picture that documents can hold" in outcome.err
        assert not Path(f"x{suffix}").exists()
