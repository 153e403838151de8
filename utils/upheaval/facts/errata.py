"""Corrections as data: what the table `errata` says of cells that were wrong and have been mended.

An erratum names a cell (table, row, column), what it said and what is right. What is right is what
the cell says today, or what the next erratum of the same cell begins with. A row that was taken out
has an erratum of its column `id`, whose `is` is empty.

How bad it was is a rule, not an opinion: see `kind` and `weight`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any

import pandas as pd

from . import plain_text, tables
from .cells import BadCell, as_text, convert
from .dates import bounds
from .problems import Problem, quoted
from .tables import Sound, Table, adviser

NAME = "errata"

Row = dict[str, Any]
Found = tuple[int, str, str, str]
"""What is wrong with an erratum: its place, the column, what was found and what would be right."""
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
WITHDRAWN = (
    "Was the row withdrawn? Add an erratum that says so: id as its column, the row's id in was, and"
    " nothing in is."
)


#: What a correction changed, worst first: a key, what it is called, and the rule in words.
KINDS = {
    "row": ("a whole row", "The row was withdrawn."),
    "value": (
        "a value",
        "A number, a yes or no, or a choice from a closed list: charts draw and count these, and"
        " checks take their answers from them.",
    ),
    "standing": (
        "its standing",
        "The status, who says so, who denies it, or how firm the ground is.",
    ),
    "day": ("a day", "A date: it decides what was known when."),
    "quotation": ("quoted words", "The words of a speaker or of a treaty."),
    "words": (
        "our words",
        "A title, a description or another text of ours that a reader is shown.",
    ),
    "note": ("a note", "A note to careful readers, or the list of what a row rests on."),
}
_STANDING = ("status", "status_before", "claimant", "disputed_by", "weak", "verified")
_DAYS = ("date_precision",)
_QUOTED = (("quotes", "text"), ("treaty_clauses", "excerpt"))
_NUMBERS = ("integer", "number")


def kind(table: str, field: Mapping[str, Any]) -> str:
    """What an erratum of that column changed: a key of `KINDS`, by what the schema says of it."""
    name, type_ = field["name"], field["type"]
    if name == "id":
        return "row"
    if name in _STANDING:
        return "standing"
    if type_ == "date" or field.get("partialDate") or name in _DAYS:
        return "day"
    listed = field.get("itemsIn", {}).get("resource") == "countries"
    if listed or type_ in (*_NUMBERS, "year", "boolean") or "enum" in field.get("constraints", {}):
        return "value"
    if (table, name) in _QUOTED:
        return "quotation"
    return "note" if name == "note" or type_ == "list" else "words"


def weight(table: str, field: Mapping[str, Any], was: str, is_: str) -> tuple[int, float]:
    """What errata are sorted by, worst first: the kind, and how far a number was off.

    A number that was half of what is right, or twice as large, counts alike; one that was not
    there, or should not have been, comes before those that differ.
    """
    place = list(KINDS).index(kind(table, field))
    if field["type"] not in _NUMBERS:
        return place, 0.0
    if not (_NUMBER.fullmatch(was) and _NUMBER.fullmatch(is_)):
        return place, -math.inf
    before, after = abs(float(was)), abs(float(is_))
    return place, -abs(math.log(after / before)) if before and after else -math.inf


def newest(folder: Path | str | None = None) -> dict[str, list[Row]]:
    """The corrections by table, in the order of the schema; in each the newest first.

    Cells are text (empty where nothing was), ``since`` an ISO day. Raises DataProblem.
    """
    frame = tables.read(NAME, folder)
    rows = [{key: as_text(cell) for key, cell in row.items()} for row in tables.records(frame)]
    found = {
        name: sorted(
            (row for row in reversed(rows) if row["table"] == name),
            key=lambda row: row["since"],
            reverse=True,
        )
        for name in tables.names(folder)
    }
    return {name: rows for name, rows in found.items() if rows}


def _asked(sound: Sound, rule: Callable[[Table, Table], Iterable[Found]]) -> Iterator[Problem]:
    """What a rule finds in the errata of each table that is sound, in the order of the errata.

    It is asked once for a pair of tables, however often others change.
    """
    if NAME not in sound:
        return
    table = sound[NAME]
    targets = dict.fromkeys(row["table"] for row in table.records())
    found = [one for name in targets if name in sound for one in table.once(rule, sound[name])]
    for at, column, what, expected in sorted(found, key=itemgetter(0)):
        row = table.records()[at]
        cell = sound[row["table"]].entry["path"], row["row"], row["column"]
        if rule is _cells_named and column == "row":
            yield table.missing(at, column, row["row"], row["table"], expected)
            continue
        about = cell if rule is _what_is_right and column == "is" else ()
        yield table.problem(at, column, what, expected, about)


def _of(table: Table, target: Table) -> list[tuple[int, Row]]:
    """The errata of one table, with their places."""
    rows = enumerate(table.records())
    return [(at, _texts(row)) for at, row in rows if row["table"] == target.entry["name"]]


def cells_named(sound: Sound) -> Iterator[Problem]:
    """Errata of rows or columns that do not exist, and rows called withdrawn that are there."""
    return _asked(sound, _cells_named)


def _cells_named(table: Table, target: Table) -> Iterator[Found]:
    errata = _of(table, target)
    gone = {row["row"] for _, row in errata if _withdraws(row)}
    columns = [field["name"] for field in target.entry["schema"]["fields"]]
    ids = set(target.by_id())
    advise = adviser(ids, target.entry["name"])
    for at, row in errata:
        lost = row["row"] not in ids and row["row"] not in gone
        if row["column"] not in columns and lost:
            found = f"{quoted(row['table'])}, which has neither that row nor that column"
            yield at, "table", found, "It should be the table that the cell is in."
        elif row["column"] not in columns:
            expected = f"It should be a column of {row['table']}.csv: {', '.join(columns)}."
            yield at, "column", quoted(row["column"]), expected
        elif lost:
            expected = f"{advise(row['row'])} {WITHDRAWN}"
            yield at, "row", quoted(row["row"]), expected
        if row["row"] in ids and _withdraws(row):
            found = f"nothing, though the row is in {row['table']}.csv"
            yield at, "is", found, "Take the row out there, or this erratum here."


def days_mended(sound: Sound) -> Iterator[Problem]:
    """Errata that are older than the page that says so."""
    if NAME not in sound:
        return
    table = sound[NAME]
    sources = sound["sources"].records() if "sources" in sound else []
    published = {row["id"]: _texts(row)["date"] for row in sources}
    for at, row in enumerate(table.records()):
        day, since = published.get(row["source"], ""), as_text(row["since"])
        first = bounds(day)[0] if day else None
        if first and since < first.isoformat():
            found = f"{quoted(since)}, when the page that says so was not there: it is of {day}"
            yield table.problem(at, "since", found, "Write the day on which the cell was mended.")


def what_was_wrong(sound: Sound) -> Iterator[Problem]:
    """What no text may hold, in what a cell said; dates and numbers of another form than theirs.

    A spreadsheet program rewrites these, and nothing else would tell. A number or a code, such as
    "none", may stand in place of a text.
    """
    return _asked(sound, _what_was_wrong)


def _what_was_wrong(table: Table, target: Table) -> Iterator[Found]:
    for at, row in _of(table, target):
        if row["was"] and target.has(row["column"]):
            for wrong, expected in _faults(row["was"], _field(target, row["column"])):
                yield at, "was", quoted(wrong), expected


def _faults(cell: str, field: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(what is wrong, what is right) of what a cell of that column said."""
    if field.get("partialDate") or field["type"] in ("date", "integer", "number", "year"):
        try:
            convert(cell, field)
        except BadCell as bad:
            yield cell, bad.expected
    elif not _NUMBER.fullmatch(cell) and cell not in field.get("constraints", {}).get("enum", ()):
        yield from plain_text.faults(cell)


def what_is_right(sound: Sound) -> Iterator[Problem]:
    """Errata that change nothing, or whose end is not what the cell, or the next one, says."""
    if NAME in sound:
        table = sound[NAME]
        for at, column, found, expected in table.once(_chains):
            yield table.problem(at, column, found, expected)
        strays = {
            (row["row"], row["column"])
            for row in table.records()
            if row["table"] in sound and row["row"] not in sound[row["table"]].by_id()
        }
        for one in _asked(sound, _what_is_right):
            # An erratum under the wrong table, which is told, may be the last of this cell.
            if one.about[1:] not in strays:
                yield one


def _cells(table: Table) -> Iterator[tuple[tuple[str, str, str], list[tuple[int, Row]]]]:
    """The errata of each cell, (table, row, column), by their day."""
    cells: dict[tuple[str, str, str], list[tuple[int, Row]]] = {}
    ordered = table.frame.sort_values("since", kind="stable")
    for at, one in zip(ordered.index, ordered.to_dict("records"), strict=True):
        row = _texts(one)
        cells.setdefault((row["table"], row["row"], row["column"]), []).append((at, row))
    return iter(cells.items())


def _chains(table: Table) -> Iterator[Found]:
    for _, chain in table.once(_cells):
        for at, row in chain:
            if row["was"] == row["is"]:
                found = f"{quoted(row['is'])}, as in was"
                yield at, "is", found, "It should say what is right."
        for (at, row), (_, after) in pairwise(chain):
            # Letters that no cell may have are told of the erratum that has them.
            if row["is"] not in (row["was"], after["was"]) and not any(
                plain_text.faults(after["was"])
            ):
                found = f"{quoted(row['is'])}, where the next erratum of this cell begins with"
                expected = "Of one cell, each erratum should begin where the one before it ends."
                yield at, "is", f"{found} {quoted(after['was'])}", expected


def _what_is_right(table: Table, target: Table) -> Iterator[Found]:
    for (name, row_id, column), chain in table.once(_cells):
        if name != target.entry["name"] or (now := _today(target, row_id, column)) is None:
            continue
        at, last = chain[-1]
        # What no cell may hold is told of the cell itself: one cause, one message.
        field = _field(target, column)
        told = last["is"] == last["was"] or any(_faults(now, field))
        if _as_written(last["is"], field) != now and not told:
            expected = (
                f"It should be what {name}.csv says today; or add a later erratum, which says"
                " what was changed since."
            )
            yield at, "is", f"{quoted(last['is'])}, where the cell says {quoted(now)}", expected


def _withdraws(row: Row) -> bool:
    return row["column"] == "id" and row["was"] == row["row"] and not row["is"]


def _today(target: Table, row_id: str, column: str) -> str | None:
    """What a cell says today, as its file has it; None where there is no such cell."""
    if column == "id" or not target.has(column):
        return None
    found = target.by_id().get(row_id)
    return None if found is None else as_text(found[column])


def _field(target: Table, column: str) -> dict[str, Any]:
    return next(one for one in target.entry["schema"]["fields"] if one["name"] == column)


def _as_written(text: str, field: dict[str, Any]) -> str:
    """`text` as a cell of this column is written: "1.0" and "1" are one number."""
    try:
        return as_text(convert(text, field))
    except BadCell:
        return text


def _texts(row: Mapping[Any, Any]) -> Row:
    return {str(column): "" if pd.isna(cell) else cell for column, cell in row.items()}


RULES = (cells_named, days_mended, what_was_wrong, what_is_right)
"""The rules of this module, in the order in which they are asked."""
