"""Soak, logos: whatever the picture, it is refused in one clear line, or every format takes it."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from advisor.advise import advise
from advisor.catalog import load_catalog
from advisor.catalog.engagements import read_engagement
from advisor.documents import Edition, write
from advisor.documents.shared.edition import Logo, logo_from
from advisor.errors import InputError, OutputError
from benchmarks.soak_bytes import bent
from benchmarks.soak_crew import Outcome, Terms, Try, Wrong, keep, work_off

REPOSITORY = Path(__file__).resolve().parent.parent
FORMATS = ("xlsx", "docx", "pdf", "html")  # one for each case, in turn: they take far longer than the picture


def run(count: int, seed: int, processes: int) -> Outcome:
    """Try so many pictures."""
    found = work_off(make, count, seed, Terms(processes, chunk=50, slow=10.0, patience=60.0))
    pictures = Pictures()
    failures = []
    for number, message in found.failures:
        file = keep("logo", seed, number, pictures.picture(seed, number), ".bin")
        failures.append(f"logo {number}: {message} (kept in {file.name})")
    counts = {name: f"{int(number):,}" for name, number in found.counts.items()}
    line = (
        f"{count:,} pictures: {counts.get('taken', 0)} taken, {counts.get('refused', 0)} refused, "
        f"{counts.get('late', 0)} of those taken refused by the PDF's own reader; slowest {found.slowest[0]:.2f} s"
    )
    return Outcome("logos", line, tuple(failures))


class Pictures:
    """Good pictures of every kind, and what becomes of them."""

    def __init__(self) -> None:
        self.good = [(REPOSITORY / "tests" / "logo.png").read_bytes()]
        for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
            self.good.append(_saved(mode, "PNG", optimize=mode == "P"))
        for more in ({}, {"progressive": True}, {"quality": 5, "dpi": (300, 300)}, {"subsampling": 2}):
            self.good += [_saved(mode, "JPEG", **more) for mode in ("L", "RGB", "CMYK")]

    def picture(self, seed: int, number: int) -> bytes:
        """Picture `number`: a good one with a few bytes bent, its sums put right again in every second PNG."""
        chance = random.Random(f"logo {seed}:{number}")
        data = chance.choice(self.good)
        if number % 50 == 0:
            return data
        data = bent(data, chance)
        return _summed(data) if chance.random() < 0.5 else data


def make(seed: int) -> Try:
    """Puts a picture into a document, by number."""
    catalog = load_catalog()
    advice = advise(catalog, read_engagement(REPOSITORY / "examples" / "small-internal-tool.yaml", catalog))
    pictures = Pictures()

    def try_one(number: int) -> Mapping[str, float]:
        try:
            logo = logo_from(pictures.picture(seed, number), "logo")
        except InputError as error:
            if not str(error).startswith("logo: ") or len(str(error)) > 200 or not str(error).isprintable():
                raise Wrong(f"not one clear line: {error!r}") from None
            if number % 50 == 0:
                raise Wrong(f"refused, though it is good: {error}") from None
            return {"refused": 1}
        return {"taken": 1, "late": _written(logo, FORMATS[number % len(FORMATS)])}

    def _written(logo: Logo, form: str) -> int:
        try:
            write(advice, form, Edition(logo=logo))
        except OutputError as error:
            if "the logo" not in str(error):
                raise
            return 1
        return 0

    return try_one


def _saved(mode: str, kind: str, **more: object) -> bytes:
    noise = random.Random(mode).randbytes(64 * 48 * 4)
    image = Image.frombytes("RGBA" if mode != "CMYK" else "CMYK", (64, 48), noise)
    stream = io.BytesIO()
    (Image.new(mode, (64, 48), 999) if mode == "I;16" else image.convert(mode)).save(stream, kind, **more)
    return stream.getvalue()


def _summed(data: bytes) -> bytes:
    """A PNG with the check sums that its parts ask for, so that what is bent in them is looked at."""
    made, at = bytearray(data), 8
    while data.startswith(b"\x89PNG") and at + 12 <= len(made):
        end = at + 8 + int.from_bytes(made[at : at + 4])
        if end + 4 > len(made):
            break
        made[end : end + 4] = zlib.crc32(made[at + 4 : end]).to_bytes(4)
        at = end + 4
    return bytes(made)
