"""Bytes of good files, bent: overwritten, cut, doubled, moved, with numbers that are far too large."""

from __future__ import annotations

import random

NUMBERS = (
    b"\x00",
    b"\xff",
    b"\x7f",
    b"\x80",
    b"\x00\x00\x00\x00",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"\xff\xd9",
)


def bent(data: bytes, chance: random.Random) -> bytes:
    """The data with one to ten such changes, mostly near its beginning, where files say what they are."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 10))):
        near = min(len(made), 200) if chance.random() < 0.5 else len(made)
        at = chance.randrange(near) if near else 0
        end = min(len(made), at + chance.choice((1, 1, 4, 20, 300)))
        deed = chance.randrange(7)
        if deed == 0:
            made[at:end] = chance.randbytes(end - at)
        elif deed == 1:
            del made[at:end]
        elif deed == 2:
            made[end:end] = made[at:end]
        elif deed == 3:
            del made[at:]
        elif deed == 4:
            number = chance.choice(NUMBERS)
            made[at : at + len(number)] = number
        elif made:
            made[min(at, len(made) - 1)] ^= 1 << chance.randrange(8)
    return bytes(made)
