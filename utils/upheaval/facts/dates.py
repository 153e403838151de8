"""Dates that may be known to the day, the month or the year only, and periods made of two of them.

A partial date is text: `2024-10-23`, `2024-10` or `2024`. A period is one partial date, or two with
a slash between them (`2023-09/2023-10`); nothing stands for an end that is open (`2023-09/`,
`/2024-06`). Text is kept, and not a timestamp, because "October 2024" is a different statement from
"1 October 2024".
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import pandas as pd

PARTIAL_DATE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
"""Regular expression of a partial date."""
_PARTIAL = re.compile(PARTIAL_DATE)
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100


def bounds(text: str) -> tuple[date | None, date | None]:
    """First and last day of a partial date or a period; None stands for an open end.

    Raises ValueError with a sentence when `text` is neither, when the day is in no calendar, or
    when a period ends before it starts.
    """
    parts = text.strip().split("/")
    if len(parts) == 1:
        return _partial(parts[0])
    if len(parts) != 2 or not any(parts):
        raise ValueError(f'"{text}" is not a period such as 2023-09/2023-10, 2023-09/ or /2024-06.')
    start = _partial(parts[0])[0] if parts[0] else None
    end = _partial(parts[1])[1] if parts[1] else None
    if start and end and start > end:
        raise ValueError(f'"{text}" ends before it starts.')
    return start, end


@lru_cache(maxsize=8192)
def _partial(text: str) -> tuple[date, date]:
    if not _PARTIAL.fullmatch(text):
        raise ValueError(f'"{text}" is not a date such as 2024-10-23, 2024-10 or 2024.')
    numbers = [int(part) for part in text.split("-")]
    year, month, day = [*numbers, 0, 0][:3]
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(f'"{text}" has a year outside {EARLIEST_YEAR} to {LATEST_YEAR}.')
    if len(numbers) == 1:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= month <= 12:
        raise ValueError(f'"{text}" has no such month.')
    length = calendar.monthrange(year, month)[1]
    if len(numbers) == 2:
        return date(year, month, 1), date(year, month, length)
    if not 1 <= day <= length:
        raise ValueError(f'"{text}" is a day that is in no calendar.')
    return date(year, month, day), date(year, month, day)


def precision(text: str) -> str:
    """`day`, `month` or `year`: how exactly a partial date is known."""
    return ("year", "month", "day")[text.count("-")]


def span(dates: Iterable[Any]) -> pd.DataFrame:
    """First and last day of each partial date or period, as a table with columns `start` and `end`.

    `dates` is a column of text or of timestamps; its index is kept. A day starts and ends on
    itself; a missing date and an open end give NaT. Raises ValueError when a text is not a date.
    """
    column = dates if isinstance(dates, pd.Series) else pd.Series(list(dates), dtype="object")
    pairs = [_bounds_of(value) for value in column]
    starts, ends = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return pd.DataFrame(
        {"start": timestamps(starts, column.index), "end": timestamps(ends, column.index)}
    )


def _bounds_of(value: Any) -> tuple[date | None, date | None]:
    return (None, None) if pd.isna(value) else bounds(_text(value))


def timestamps(days: Sequence[date | None], index: pd.Index | None = None) -> pd.Series:
    """Days as a column of timestamps with this index, and NaT for None."""
    return pd.Series(list(days), index=index, dtype="datetime64[s]")


def _text(value: Any) -> str:
    """A date of any kind as ISO text."""
    return value.strftime("%Y-%m-%d") if isinstance(value, (date, datetime)) else str(value)


def spell(value: Any) -> str:
    """A date in words: `23 October 2024`, `October 2024`, `2024`, `September to October 2023`.

    `value` is a partial date, a period, a date or a timestamp; a missing one gives the empty text.
    An open period reads `since September 2023` or `until June 2024`. Raises ValueError when it is
    not a date.
    """
    if value is None or pd.isna(value) or value == "":
        return ""
    text = _text(value).strip()
    bounds(text)
    start, slash, end = text.partition("/")
    if not slash or start == end:
        return " ".join(_date_parts(start))
    if not end:
        return f"since {' '.join(_date_parts(start))}"
    if not start:
        return f"until {' '.join(_date_parts(end))}"
    return _spell_period(_date_parts(start), _date_parts(end))


def _date_parts(text: str) -> list[str]:
    """Day, month and year of a partial date as words, those known, in reading order."""
    numbers = [int(part) for part in text.split("-")]
    parts = [str(numbers[0])]
    if len(numbers) > 1:
        parts.insert(0, calendar.month_name[numbers[1]])
    if len(numbers) > 2:
        parts.insert(0, str(numbers[2]))
    return parts


def _spell_period(start: list[str], end: list[str]) -> str:
    """Two dates with `to` between them; what both share at the end (the year) is said once."""
    if len(start) == len(end) > 1 and start[-1] == end[-1]:
        return f"{_spell_period(start[:-1], end[:-1])} {end[-1]}"
    return f"{' '.join(start)} to {' '.join(end)}"
