"""What each cell rests on: which columns a sentence must carry, and which cells none does.

The schema says of every column of a table that is `excerpted` what its `ground` is:

- `sentence`: a sentence of the row carries it (its excerpt names the column in `carries`).
- `day`: a sentence carries it, or it is the day of a page that the row cites: of a quotation that
  day is the day on which it was printed. Since when a status holds may follow from `denials`, too.
- `ours`: our own name, code, count or comment, which no page says.

A row for which no sentence was found has no ground at all, says so, and is weak. Of other rows the
cells without a ground stand in the table `unread_cells`, each with the reason why it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .carried import is_empty
from .cells import as_text
from .dates import bounds
from .excerpts import NAME as EXCERPTS
from .excerpts import text_of
from .problems import UNGROUNDED, Problem, quoted
from .tables import Sound, Table

NAME = "unread_cells"
SENTENCE, DAY, OURS = "sentence", "day", "ours"
_KNOWN = frozenset({EXCERPTS, "sources", "denials", NAME})
"""What must be readable, or nobody can tell which cells have a ground."""
_Cell = tuple[str, str]
"""The row and the column of a cell of one table."""


def ungrounded(sound: Sound) -> Iterator[Problem]:
    """Cells that no sentence carries and no page's day, and that are no exception."""
    if not set(sound) >= _KNOWN:
        return
    for table in sound.values():
        if table.entry.get("excerpted"):
            others = (sound[one] for one in (EXCERPTS, "sources", "denials", NAME))
            yield from table.once(_ungrounded, *others)


def exceptions(sound: Sound) -> Iterator[Problem]:
    """Exceptions of cells that are empty, that are our own words, or that have a ground by now."""
    if not set(sound) >= _KNOWN:
        return
    table = sound[NAME]
    for at, one in enumerate(table.records()):
        other = sound.get(one["table"])
        if other is None or one["row"] not in other.by_id():
            continue  # which is told as a row that is not there
        (known,) = other.once(_grounded, *(sound[one] for one in (EXCERPTS, "sources", "denials")))
        ground = _grounds(other)
        for column in one["columns"]:
            found, expected = f"{quoted(column)}, which has a ground", "Take it out."
            if column not in ground:
                found = quoted(column)
                expected = f"It should be a column of {one['table']}.csv with a ground."
            elif is_empty(other.by_id()[one["row"]][column]):
                found = f"{quoted(column)}, which is empty there"
            elif (one["row"], column) not in known:
                continue
            about = other.entry["path"], one["row"], column
            yield table.problem(at, "columns", found, expected, about)


def _grounds(table: Table) -> dict[str, str]:
    """The ground that each column of a table should have, but for those that are ours."""
    fields = table.entry["schema"]["fields"]
    return {one["name"]: one["ground"] for one in fields if one.get("ground", OURS) != OURS}


def _ungrounded(
    table: Table, excerpts: Table, sources: Table, denials: Table, excepted: Table
) -> Iterator[Problem]:
    name, path = table.entry["name"], table.entry["path"]
    (known,) = table.once(_grounded, excerpts, sources, denials)
    listed = {
        (one["row"], column)
        for one in excepted.records()
        if one["table"] == name
        for column in one["columns"]
    }
    read = {
        one["row"]
        for one in excerpts.records()
        if one["table"] == name and text_of(one["sentence"])
    }
    for at, row in enumerate(table.records()):
        for column, ground in _grounds(table).items() if row["id"] in read else ():
            if is_empty(row[column]) or (row["id"], column) in known | listed:
                continue
            also = ", and it is the day of no page of the row" if ground == DAY else ""
            found = f"{quoted(as_text(row[column]))}, which no sentence carries{also}"
            expected = (
                f"Name {column} in carries of the excerpt that says it, or say in its note how it"
                f' follows: "{column}: …"; or, where no page that was read says it, add a line to'
                f" {NAME}.csv with the reason."
            )
            yield table.problem(at, column, found, expected, (path, row["id"], column), UNGROUNDED)


def _grounded(
    table: Table, excerpts: Table, sources: Table, denials: Table
) -> Iterator[frozenset[_Cell]]:
    """The cells of a table that have a ground."""
    name = table.entry["name"]
    pages = {row["id"]: text_of(row["date"]) for row in sources.records()}
    denied = {ref for row in denials.records() for ref in row["rows"]}
    found: set[_Cell] = {
        (one["row"], column)
        for one in excerpts.records()
        if one["table"] == name
        for column in one["carries"]
    }
    days = [column for column, ground in _grounds(table).items() if ground == DAY]
    for row in table.records():
        for column in days:
            by_denial = column == "status_since" and f"{name}/{row['id']}" in denied
            if by_denial or _is_day_of_a_page(row, column, pages):
                found.add((row["id"], column))
    yield frozenset(found)


def _is_day_of_a_page(row: Mapping[str, Any], column: str, pages: Mapping[str, str]) -> bool:
    """Whether a page of a row is of the day in its column, or within its month or year."""
    if is_empty(row[column]):
        return False
    first, last = bounds(as_text(row[column]))
    spans = [bounds(pages[one]) for one in row.get("sources", ()) if pages.get(one)]
    return any(
        first and last and start and end and first <= start and end <= last for start, end in spans
    )
