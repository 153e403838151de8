"""What rows of a table become: cells under headings, tallies, groups of lines, their sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from ...facts import tables
from . import theme
from .rows import Group, Line
from .wording import words

#: A row of a table by the names of its columns, with what a chart works out of it.
Row = dict[str, Any]
#: The columns of a table by their headings: a text column's name, or a function of the row.
Columns = dict[str, str | Callable[[Row], Any]]


def table(rows: Sequence[Row], columns: Columns) -> pd.DataFrame:
    """The table of a chart: a column a heading, a row each; a missing text is empty."""
    made = {
        heading: [words(row[one]) if isinstance(one, str) else one(row) for row in rows]
        for heading, one in columns.items()
    }
    return pd.DataFrame(made, dtype=object)


def spelled(column: str) -> Callable[[Row], str]:
    """For `table`: the date in this column in words; empty where there is none."""
    return lambda row: tables.spell(row[column]) if words(row[column]) else ""


def yes_or_no(column: str) -> Callable[[Row], str]:
    """For `table`: whether the row has it."""
    return lambda row: "yes" if row[column] else "no"


def blank(cell: Any) -> bool:
    """Whether nobody published a number."""
    return bool(pd.isna(cell))


def number(column: str, of: Callable[[Any], float] = float) -> Callable[[Row], float | None]:
    """For `table`: the number in this column as ``of`` has it; None where nobody published one."""
    return lambda row: None if blank(row[column]) else of(row[column])


def tally(cells: Iterable[Any], names: Mapping[Any, str] | None = None, joint: str = ", ") -> str:
    """How often each word is among the cells, by name and in the order of ``names``, without those
    that are not: ``confirmed 3, claimed 1``. Without names, as they come.
    """
    counts = Counter(cells)
    named = {one: str(one) for one in counts} if names is None else names
    return joint.join(f"{label} {counts[one]}" for one, label in named.items() if counts[one])


def by_status(cells: Iterable[Any]) -> str:
    """How often each status is among the cells, the strongest first: ``confirmed 3, claimed 1``."""
    return tally(cells, {word: word for word in theme.STATUS})


def cited(rows: Iterable[Row]) -> list[str]:
    """All sources of rows, each once."""
    return list(dict.fromkeys(one for row in rows for one in row["sources"]))


def groups(lines: Iterable[tuple[Any, Line]]) -> list[Group]:
    """Lines under their headings, in the order in which these come."""
    found: dict[str, list[Line]] = {}
    for title, line in lines:
        found.setdefault(str(title), []).append(line)
    return [Group(title, each) for title, each in found.items()]
