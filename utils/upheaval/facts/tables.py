"""The tables of the collection: `read("events")` gives a DataFrame with the types of the schema.

The one schema is `datapackage.json` in the data folder (Frictionless Data Package v2, Table Schema
v2).
"""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .cells import TYPES, BadCell, convert
from .dates import bounds, span, spell, timestamps
from .files import Change, Sheet, load
from .problems import DataProblem, Problem, quoted, row_name
from .spreadsheets import put_back

__all__ = [
    "as_of",
    "folder",
    "knowledge_as_of",
    "names",
    "package",
    "read",
    "records",
    "resource",
    "schema",
    "span",
    "spell",
    "tuples",
    "used",
]

PACKAGE = "datapackage.json"
SINGLY = 3
"""How many cells of a column with the same fault are told one by one."""
SHOWN_LINES = 8
"""How many lines a message names that stands for many cells."""
TEXT = pd.StringDtype(na_value=np.nan)
"""The text type of pandas 3, missing cells as NaN; named here so that pandas 2.3 gives it too."""

_Stamp = tuple[tuple[int, int], ...]
_packages: dict[Path, tuple[_Stamp, dict[str, Any]]] = {}
_frames: dict[Path, tuple[_Stamp, pd.DataFrame]] = {}
_used: set[str] = set()


def folder() -> Path:
    """The data folder: by UPHEAVAL_DATA in the environment, or `data` beside `utils`."""
    chosen = os.environ.get("UPHEAVAL_DATA")
    return Path(chosen) if chosen else Path(__file__).resolve().parents[3] / "data"


def located(chosen: Path | str | None) -> Path:
    """The chosen folder, else `folder()`; absolute, so that a change of directory does no harm."""
    return Path(chosen if chosen is not None else folder()).absolute()


def package(folder: Path | str | None = None) -> dict[str, Any]:
    """The whole `datapackage.json` of a data folder.

    Raises DataProblem when it is missing or not JSON.
    """
    path = located(folder) / PACKAGE
    state = _stamps(path)
    if path not in _packages or _packages[path][0] != state:
        _packages[path] = state, _load_package(path)
    return _packages[path][1]


def names(folder: Path | str | None = None) -> tuple[str, ...]:
    """The names of all tables, in the order of the schema. Raises DataProblem."""
    return tuple(entry["name"] for entry in package(folder)["resources"])


def resource(name: str, folder: Path | str | None = None) -> dict[str, Any]:
    """The entry of one table in the schema: name, path, title, description, schema, dateColumn.

    Raises DataProblem, with the nearest name, when there is no such table.
    """
    entries: dict[str, dict[str, Any]] = {
        entry["name"]: entry for entry in package(folder)["resources"]
    }
    if name in entries:
        return entries[name]
    near = difflib.get_close_matches(str(name), entries, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    expected = f"{hint}The tables are: {', '.join(entries)}."
    raise DataProblem(Problem(PACKAGE, "", "", f"no table called {quoted(str(name))}", expected))


def schema(name: str, folder: Path | str | None = None) -> dict[str, Any]:
    """The Table Schema of one table: fields, primaryKey, foreignKeys. Raises DataProblem."""
    found: dict[str, Any] = resource(name, folder)["schema"]
    return found


def read(name: str, folder: Path | str | None = None) -> pd.DataFrame:
    """The table called `name` as a DataFrame with the types of the schema.

    Text is pandas' `str` with NaN for an empty cell, integers and years Int64, numbers float64,
    booleans bool, full dates datetime64, lists tuples of text (empty when the cell is). Partial
    dates and periods stay text: see `span`. The index counts the rows; `attrs["table"]` is the
    name. The frame is a copy, yours to change. Raises DataProblem, whose message names file, row,
    column, what was found and what would be right, when the file breaks the schema or names a
    source that sources.csv does not have.
    """
    home = located(folder)
    entry = resource(name, home)
    _used.add(name)
    path = home / entry["path"]
    state = stamp(name, home)
    if path not in _frames or _frames[path][0] != state:
        table = parse(entry, home)
        if not table.problems and "sources" in table.frame.columns:
            table.problems += table.dangling("sources", "sources", set(read("sources", home)["id"]))
        if table.problems:
            raise DataProblem(table.problems)
        _frames[path] = state, table.frame
    return _frames[path][1].copy()


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dicts, column name to cell.

    What type a cell has stands in the schema, which no type checker reads: hence ``Any``.
    """
    return [{str(column): cell for column, cell in row.items()} for row in frame.to_dict("records")]


def tuples(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a table as named tuples, cells by attribute and the index as ``row.Index``.

    What type a cell has stands in the schema, as for `records`.
    """
    yield from frame.itertuples()


def used() -> list[str]:
    """The names of all tables that this process has read, sorted."""
    return sorted(_used)


def as_of(
    frame: pd.DataFrame, day: str | date | pd.Timestamp, column: str | None = None
) -> pd.DataFrame:
    """The rows that a reader could know on `day`, with the index and the status they had then.

    A row is knowable when it was first reported, where `first_reported` is set, or else at its
    date: the column the schema names as `dateColumn`, or the one given. A partial date or a period
    counts from its last day, an open period from the end of its first date; a row without a date is
    left out. `day` may be partial too and then means its last day. Raises ValueError when `day` is
    no date or the column is missing.
    """
    if column is None:
        table = frame.attrs.get("table")
        column = resource(table).get("dateColumn", "date") if table else "date"
    if column not in frame.columns:
        raise ValueError(
            f'This table has no column "{column}"; name its column of dates: as_of(table, day,'
            ' "...").'
        )
    public_from = _knowable(frame[column])
    if "first_reported" in frame.columns:
        public_from = _knowable(frame["first_reported"]).fillna(public_from)
    last = span([day])["end"].iloc[0]
    if pd.isna(last):
        raise ValueError("Name a day, such as 2024-10-23.")
    public: pd.DataFrame = frame[public_from <= last].copy()
    if {"status_before", "status_since"} <= set(frame.columns):
        later = public["status_since"] > last
        public["status"] = public["status"].mask(later, public["status_before"])
    return public


def knowledge_as_of(folder: Path | str | None = None) -> str:
    """The partial date up to which the tables know the world; `spell` puts it into words."""
    return str(package(folder)["knowledgeAsOf"])


def stamp(name: str, folder: Path | str | None = None) -> _Stamp:
    """A value that changes when the file of a table, the schema or the sources change.

    Raises DataProblem.
    """
    home = located(folder)
    return _stamps(home / resource(name, home)["path"], home / PACKAGE, home / "sources.csv")


@dataclass
class Table:
    """One table as its file has it: its `entry` in the schema and the typed `frame`.

    `lines` has the line of each row in the file, `problems` what breaks the schema, `changes` what
    was put back on the way. Where there are problems the frame is empty.
    """

    entry: dict[str, Any]
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    lines: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def problem(self, row: int, column: str, found: str, expected: str) -> Problem:
        """A problem in one cell; `row` counts the rows of the frame from 0."""
        where = row_name(str(self.frame["id"].iloc[row]), self.lines[row])
        return Problem(self.entry["path"], where, column, found, expected)

    def dangling(self, column: str, target: str, ids: set[str]) -> list[Problem]:
        """The cells of `column`, an id or a list, that name none of `ids` of the table `target`."""
        problems = []
        for row, cell in enumerate(self.frame[column]):
            for one in cell if isinstance(cell, tuple) else () if pd.isna(cell) else (cell,):
                if one not in ids:
                    problems.append(
                        self.problem(row, column, quoted(one), advice(one, ids, target))
                    )
        return problems


def parse(entry: dict[str, Any], home: Path) -> Table:
    """Read a table of the folder `home` by its `entry` in the schema; keep problems, raise none."""
    return typed(entry, sheet_of(entry, home))


def sheet_of(entry: dict[str, Any], home: Path, encoding: str = "") -> Sheet:
    """The rows of one table of the folder `home` as text, by its `entry` in the schema.

    What a spreadsheet program has written in its own way is put back where it is beyond doubt; with
    an `encoding`, as `mend` asks, likely changes are made as well.
    """
    fields = entry["schema"]["fields"]
    required = [one["name"] for one in fields if one.get("constraints", {}).get("required")]
    sheet = load(home / entry["path"], [one["name"] for one in fields], encoding, required)
    if not sheet.problems:
        put_back(sheet, fields, entry["path"], offers=bool(encoding))
    return sheet


def typed(entry: dict[str, Any], sheet: Sheet) -> Table:
    """The rows of `sheet` with the schema's types; problems are kept and not raised."""
    fields = entry["schema"]["fields"]
    problems = [*sheet.problems, *sheet.doubts]
    bad_cells: list[tuple[tuple[str, int], str, BadCell]] = []
    columns: dict[str, list[Any]] = {column["name"]: [] for column in fields}
    for line, cells in sheet.rows if not sheet.problems else ():
        row = dict(zip(sheet.header, cells, strict=True))
        for column in fields:
            name = column["name"]
            if (line, name) in sheet.told:
                continue
            try:
                columns[name].append(convert(row[name], column))
            except BadCell as bad:
                bad_cells.append(((row.get("id", ""), line), name, bad))
    problems += _once(entry["path"], bad_cells)
    if problems:
        return Table(entry, problems=problems, changes=sheet.changes)
    frame = pd.DataFrame(
        {column["name"]: _series(columns[column["name"]], column) for column in fields}
    )
    frame.attrs["table"] = entry["name"]
    return Table(entry, frame, [line for line, _ in sheet.rows], changes=sheet.changes)


def _once(file: str, bad_cells: list[tuple[tuple[str, int], str, BadCell]]) -> list[Problem]:
    """A problem for each bad cell; what more than three cells of a column share is told once.

    `bad_cells` are (id and line of the row, column, what is wrong).
    """
    alike: dict[tuple[str, str], list[tuple[tuple[str, int], BadCell]]] = {}
    for row, column, bad in bad_cells:
        alike.setdefault((column, bad.expected), []).append((row, bad))
    problems = []
    for (column, expected), cells in alike.items():
        if len(cells) <= SINGLY:
            problems += [
                Problem(file, row_name(*row), column, bad.found, expected) for row, bad in cells
            ]
            continue
        (first, bad), *others = cells
        lines = ", ".join(str(line) for (_, line), _ in others[:SHOWN_LINES])
        left = len(others) - SHOWN_LINES
        lines += f" and {left} more" if left > 0 else ""
        found = f"{bad.found} here, and the like in {len(others)} more cells (lines {lines})"
        problems.append(Problem(file, row_name(*first), column, found, expected))
    return problems


def _series(values: list[Any], column: dict[str, Any]) -> pd.Series:
    """The values of one column with the pandas type of its type in the schema."""
    kind = column["type"]
    if kind == "date":
        return timestamps(values)
    if kind == "boolean" and not column.get("constraints", {}).get("required"):
        return pd.Series(values, dtype="boolean")
    series: pd.Series = pd.Series(values, dtype=_DTYPES[kind])
    return series


_DTYPES: dict[str, Any] = {
    "string": TEXT,
    "integer": "Int64",
    "year": "Int64",
    "number": "float64",
    "boolean": "bool",
    "list": "object",
}


def advice(found: str, ids: Iterable[str], target: str) -> str:
    """What to do about an id that `target` does not have: the nearest of `ids`, if any is."""
    near = difflib.get_close_matches(found, sorted(ids), n=1, cutoff=0.8)
    hint = f'Did you mean "{near[0]}"? ' if near else ""
    return f"{hint}It should be the id of a row of {target}.csv."


def _knowable(dates: pd.Series) -> pd.Series:
    """From when a date counts as known: its last day; of an open period, its first date's end."""

    def last_day(value: Any) -> date | None:
        if pd.isna(value):
            return None
        text = value.strftime("%Y-%m-%d") if isinstance(value, date) else str(value)
        end = bounds(text)[1]
        return end or bounds(text.partition("/")[0])[1]

    return timestamps([last_day(value) for value in dates], dates.index)


def _stamps(*paths: Path) -> _Stamp:
    """Time and size of files: while they stay, what was read from them holds.

    A missing file has no stamp.
    """
    stamps = []
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            stamps.append((0, -1))
        else:
            stamps.append((status.st_mtime_ns, status.st_size))
    return tuple(stamps)


def _load_package(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8-sig"))
        _check_package(found)
    except FileNotFoundError:
        expected = (
            f"The folder {path.parent} should hold {PACKAGE} and the CSV files that it describes."
        )
        raise DataProblem(Problem(PACKAGE, "", "", "no such file", expected)) from None
    except (OSError, ValueError) as error:
        expected = (
            "It should be the schema of the tables, in JSON. Undo the last change, or take a fresh"
            " copy."
        )
        raise DataProblem(
            Problem(PACKAGE, "", "", f"a file that cannot be used ({error})", expected)
        ) from None
    return found


def _check_package(found: Any) -> None:
    """Raise ValueError where the schema says something that this module does not understand."""
    if not isinstance(found, dict) or not isinstance(found.get("resources"), list):
        raise ValueError('it has no list called "resources"')
    for entry in found["resources"]:
        try:
            name, fields = entry["name"], entry["schema"]["fields"]
            kinds = {column["name"]: column["type"] for column in fields}
        except (KeyError, TypeError) as missing:
            raise ValueError(f"a table or a column lacks {missing}") from None
        for column, kind in kinds.items():
            if kind not in TYPES:
                raise ValueError(
                    f'the column "{column}" of {name} has the type "{kind}"; known are'
                    f" {', '.join(TYPES)}"
                )
