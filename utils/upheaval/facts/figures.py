"""The numbers that a sentence says, in figures or in words, as people write them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from .number_reader import Number, Reader
from .number_words import SCALES

_SIGNS = str.maketrans("０１２３４５６７８９，．٫٬", "0123456789,..,")
_RANGE = re.compile(
    r"\s*(?:[-–—‑~〜～]|to|and|or|through|bis|oder|à|ou|al?|o|y|e|и|или|до|чи|або|から|에서|tot"
    r"|do|ila)\s*",
)
"""What stands between the two ends of a range: "10-12 thousand", "between 10 and 12 thousand"."""
TIGHT = 1e-6


@lru_cache(maxsize=8192)  # a table is looked at again after every change of another
def numbers_in(text: str) -> frozenset[float]:
    """The numbers that a sentence says, as they are: "1.5 million" says 1,500,000 and no 1.5."""
    text = _plain(text)
    found = Reader(text).numbers()
    said = {one.bare for one in found if one.bare is not None}
    for at, one in enumerate(found):
        by = _counts_by(text, one, found[at + 1]) if at + 1 < len(found) else 1.0
        said.add(one.value * by)
        if by > 1 and found[at + 1].bare is not None:
            said.add(one.value)  # of "50-100 m" both are metres
        if by > 1 and " and " in text[one.end : found[at + 1].start] and "between" not in text:
            said.add(one.value)  # of "May 10 and 12 thousand men" the ten is a day
    return frozenset(filter(math.isfinite, said))  # 400 digits in a row are no number of anything


def _counts_by(text: str, first: Number, last: Number) -> float:
    """What the first end of a range counts by, which stands after the last: 10-12 thousand."""
    if (
        first.scale != 1
        or first.value >= 1_000
        or not _RANGE.fullmatch(text[first.end : last.start])
    ):
        return 1.0
    if last.scale > 1:
        return last.scale
    return 1_000.0 if first.value < 1_000 <= last.value and last.value % 1_000 == 0 else 1.0


@lru_cache(maxsize=8192)
def figures_in(text: str) -> tuple[tuple[str, frozenset[float]], ...]:
    """The numbers that a text has in figures, each as written and with what it may say.

    Those in the name of a thing ("KN-23", "Shahed-136") are none.
    """
    found, read = [], Reader(_plain(text)).numbers()
    for at, one in enumerate(read):
        written = text[one.start : one.end]
        if not _FIGURE.match(text, one.start):
            continue
        by = _counts_by(text, one, read[at + 1]) if at + 1 < len(read) else 1.0
        also = {other.value for other in read if other.start == one.start}
        bare = {one.bare} if one.bare is not None else set()
        found.append((written, frozenset({one.value * by, *also, *bare})))
    return tuple(dict(found).items())


_FIGURE = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)*(?:(?!\w)|(?:[km]|bn|mn)\b)", re.IGNORECASE)


def _plain(text: str) -> str:
    """A text with figures of one kind and in small letters, at the same places."""
    small = text.translate(_SIGNS).casefold()
    return small if len(small) == len(text) else text.translate(_SIGNS).lower()


def scale_of(field: Mapping[str, Any], cells: Mapping[str, Any]) -> float:
    """What a column of numbers counts by: millions, where its unit says so, else ones.

    `field` is its entry in the schema, whose `unit` may point to a column of the row `cells`.
    """
    unit = str(field.get("unit", ""))
    if unit.startswith("see the column "):
        unit = str(cells.get(unit.removeprefix("see the column "), ""))
    if found := re.search(r"\b(thousand|million|billion|bn)\b", unit):
        return SCALES[found[1]]
    return 0.01 if re.search(r"\bper cent\b", unit) else 1.0


def carries_number(text: str, value: float, scale: float = 1.0) -> bool:
    """Whether a sentence says `value`, in the unit of its column: `scale` is 1e6 for millions.

    The bare figure will do ("1,700", in a table of millions), and a part for a share ("a third").
    """
    said = numbers_in(text)
    if any(abs(value - one) < TIGHT for one in said):
        return True
    if scale < 1:
        return any(0 < one < 1 and abs(value - one / scale) < 0.5 for one in said)
    whole = value * scale
    return any(abs(whole - one) < TIGHT * scale for one in said)
