"""Reading a cell of a chart's table as a person does: its numbers, and the time that it names.

Written without the code that made the cell, so that a fault there is not repeated here.
"""

from __future__ import annotations

import calendar
import functools
import re
from datetime import date, timedelta
from typing import Any

MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_NUMBER = re.compile(r"(?<![\w.,])([-−+]?)(?:€|\$)?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_DATE = re.compile(
    rf"(?:(?:(\d{{1,2}}) )?({'|'.join(MONTHS)})(?: (\d{{4}}))?)|(\d{{4}})|(\d{{1,2}})\b"
)


def numbers(cell: Any) -> list[tuple[float, float]]:
    """The numbers of a cell in order, each with half a unit of its last place (its rounding).

    A year in a text, four digits without a comma, is not rounded.
    """
    if isinstance(cell, bool) or cell is None:
        return []
    if isinstance(cell, int | float) and cell == cell:
        digits = len(repr(float(cell)).partition(".")[2]) if cell != int(cell) else 0
        return [(float(cell), 0.5 * 10**-digits if digits else 0.0)]
    return list(_numbers_of(str(cell)))


@functools.lru_cache(maxsize=20_000)
def _numbers_of(text: str) -> tuple[tuple[float, float], ...]:
    found = []
    for sign, whole, decimals in _NUMBER.findall(text):
        value = float(whole.replace(",", "") + decimals)
        year = len(whole) == 4 and not decimals and 1900 <= value <= 2100
        rounding = 0.5 * 10 ** -(len(decimals) - 1) if decimals else 0.0 if year else 0.5
        found.append((-value if sign in "-−" and sign else value, rounding))
    return tuple(found)


def period(cell: Any) -> tuple[date, date] | None:
    """First and last day of the time that a cell names: "23 October 2024", "2 to 5 May 2025".

    None where it names none, or where a side is open.
    """
    text = str(cell)
    first, middle, last = text.partition(" to ")
    ends = [_parts(first), _parts(last)] if middle else [_parts(first)]
    if any(part is None for part in ends):
        return None
    year, month, day = ends[-1]  # what both share is said once, at the end
    begin = tuple(
        a if a is not None else b
        for a, b in zip(ends[0], (year, month, day if not middle else None), strict=True)
    )
    return _days(begin)[0], _days((year, month, day))[1]


def middle(first: date, last: date) -> date:
    """The day half-way."""
    return first + timedelta(days=(last - first).days / 2)


def _parts(text: str) -> tuple[int | None, int | None, int | None] | None:
    found = _DATE.search(text.strip())
    if not found:
        return None
    day, month, year, alone, only_day = found.groups()
    if alone:
        return int(alone), None, None
    if only_day:
        return None, None, int(only_day)
    return int(year) if year else None, MONTHS[month], int(day) if day else None


def _days(parts: tuple[int | None, ...]) -> tuple[date, date]:
    year, month, day = parts
    assert year is not None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)
