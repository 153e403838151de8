"""Whole numbers as few bytes (LEB128): seven bits a byte, the low ones first."""

from __future__ import annotations


def number_in(number: int) -> bytes:
    """The bytes of a `number`, which is not negative."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def number_of(data: bytes, at: int) -> tuple[int, int]:
    """The number that stands in `data` at a place, and the place behind it."""
    number = shift = 0
    while True:
        byte, at = data[at], at + 1
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return number, at
