"""The tables of the collection: `read("events")` gives a DataFrame with the types of the schema.

The one schema is `datapackage.json` in the data folder (Frictionless Data Package v2, Table Schema
v2).
"""

from __future__ import annotations

import csv
import difflib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from .. import collection, os_errors
from . import package as schema_rules
from .cells import SPACES, BadCell, convert
from .dates import bounds, span, spell, timestamps
from .files import Change, Sheet, load
from .problems import MISSING, MOVED, DataProblem, Problem, quoted, row_name
from .spreadsheets import put_back

__all__ = [
    "as_of",
    "folder",
    "knowledge_as_of",
    "names",
    "next_look",
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

csv.field_size_limit(2**31 - 1)  # a text that is too long is told as such, not as a lost quotation
PACKAGE = "datapackage.json"
SINGLY = 3
"""How many cells of a column with the same fault are told one by one."""
QUOTES = "\"'“”„‟‘’‚‛«»‹›`´"
"""What programs put around a word, or make of what stands there."""
SHOWN_LINES = 8
"""How many lines a message names that stands for many cells."""
TEXT = pd.StringDtype(na_value=np.nan)
"""The text type of pandas 3, missing cells as NaN; named here so that pandas 2.3 gives it too."""

#: The tables whose rows say when they were first reported, which `as_of` rests on.
REPORTED = ("events", "estimates", "exchange", "policies", "place_reports")
#: Columns that rules of the collection stand on, by table. Without them rows would seem to be known
#: too early, and nothing would say so: hence a table without one is not read.
RULED = {name: ["first_reported"] for name in REPORTED}
for _table in ("events", "estimates", "exchange", "place_reports"):
    RULED[_table] = [*RULED[_table], "status_before", "status_since"]

T = TypeVar("T")
_Stamp = tuple[tuple[int, int], ...]
_packages: dict[Path, tuple[_Stamp, dict[str, Any]]] = {}
_frames: dict[Path, tuple[_Stamp, pd.DataFrame]] = {}
_used: set[str] = set()


def folder() -> Path:
    """The data folder: by UPHEAVAL_DATA in the environment, or `data` beside `utils`."""
    chosen = os.environ.get("UPHEAVAL_DATA")
    return Path(chosen) if chosen else collection.folder("data")


def located(chosen: Path | str | None) -> Path:
    """The chosen folder, else `folder()`; absolute, so that a change of directory does no harm."""
    return Path(chosen if chosen is not None else folder()).absolute()


def package(folder: Path | str | None = None) -> dict[str, Any]:
    """The whole `datapackage.json` of a data folder.

    Raises DataProblem when it is missing, not JSON, or says something that no rule reads.
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
        table.problems += _unruled(entry)
        if not table.problems and "sources" in table.frame.columns:
            table.problems += table.dangling("sources", "sources", set(read("sources", home)["id"]))
        if table.problems:
            raise DataProblem(table.problems)
        _frames[path] = state, table.frame
    return _frames[path][1].copy()


def _unruled(entry: dict[str, Any]) -> list[Problem]:
    """A problem for each column of `RULED` that the schema of a table lacks."""
    rule = "The rule that says what was known on a day reads it: see RULED in facts/tables.py."
    there = {field["name"] for field in entry["schema"]["fields"]}
    return [
        Problem(PACKAGE, entry["name"], column, "no such column", rule)
        for column in RULED.get(entry["name"], [])
        if column not in there
    ]


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
    if frame.attrs.get("table") in REPORTED and "first_reported" not in frame.columns:
        raise ValueError(
            "These rows have lost their column “first_reported”, which says what was public."
            " Take the table again, and choose rows from it."
        )
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


def next_look(folder: Path | str | None = None) -> str:
    """The ISO day on which all tables are to be looked at again; `spell` puts it into words."""
    return str(package(folder)["nextLook"])


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
    was put back on the way. Where there are problems the frame is empty. `memo` keeps what was
    worked out from the frame, which therefore nobody changes.
    """

    entry: dict[str, Any]
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    lines: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def has(self, *columns: str) -> bool:
        """Whether the table has all these columns."""
        return all(column in self.frame.columns for column in columns)

    def column(self, name: str) -> list[Any]:
        """The cells of one column as Python values: asking pandas for each is what takes long."""
        if name not in self.memo:
            self.memo[name] = list(self.frame[name])
        found: list[Any] = self.memo[name]
        return found

    def records(self) -> list[dict[str, Any]]:
        """The rows as dicts, column name to cell."""
        return self.once(_records)

    def by_id(self) -> dict[str, dict[str, Any]]:
        """The rows by id; of two with one id, which is told elsewhere, the first."""
        found: dict[str, dict[str, Any]] = self.once(_named)[0]
        return found

    def once(self, work: Callable[..., Iterable[T]], *others: Table) -> list[T]:
        """What `work(self, *others)` yields, worked out once for these very tables."""
        key = work, *(other.entry["name"] for other in others)
        state = [other.memo for other in others]
        known = self.memo.get(key)
        if known is None or any(old is not new for old, new in zip(known[0], state, strict=True)):
            known = self.memo[key] = state, list(work(self, *others))
        found: list[T] = known[1]
        return found

    def problem(
        self,
        row: int,
        column: str,
        found: str,
        expected: str,
        about: tuple[str, ...] = (),
        kind: str = "",
    ) -> Problem:
        """A problem in one cell; `row` counts the rows of the frame from 0.

        `about` names the cell of another row that it follows from, by file, id and column.
        """
        where = row_name(str(self.column("id")[row]), self.lines[row])
        return Problem(self.entry["path"], where, column, found, expected, about, kind)

    def missing(self, row: int, column: str, named: str, target: str, expected: str) -> Problem:
        """A problem in one cell that names a row of the table `target`, which has none such."""
        about = f"{target}.csv", named, "id"
        return self.problem(row, column, quoted(named), expected, about, MISSING)

    def dangling(self, column: str, target: str, ids: set[str]) -> list[Problem]:
        """The cells of `column`, an id or a list, that name none of `ids` of the table `target`."""
        problems = []
        advise = adviser(ids, target)
        for row, cell in enumerate(self.column(column)):
            named = cell if isinstance(cell, tuple) else () if pd.isna(cell) else (cell,)
            wrong = [one for one in named if one not in ids]
            if wrong and all(one.strip(QUOTES) in ids for one in wrong):
                expected = "Take out the quotation marks: an id has none."
                whole = ";".join(named)
                problems.append(self.missing(row, column, whole, target, expected))
                continue
            for one in wrong:
                problems.append(self.missing(row, column, one, target, advise(one)))
        return problems


Sound = Mapping[str, Table]
"""The tables that keep to the schema, by name."""


def _records(table: Table) -> list[dict[str, Any]]:
    return records(table.frame)


def _named(table: Table) -> Iterator[dict[str, dict[str, Any]]]:
    yield {row["id"]: row for row in reversed(table.records())}


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
    if not (sheet.problems or sheet.rows or entry.get("mayBeEmpty")):
        found, expected = "no rows under the first line", "There should be at least one."
        sheet.problems.append(Problem(entry["path"], "", "", found, expected))
    if not sheet.problems:
        put_back(sheet, fields, entry["path"], offers=bool(encoding))
    return sheet


def typed(entry: dict[str, Any], sheet: Sheet) -> Table:
    """The rows of `sheet` with the schema's types; problems are kept and not raised."""
    fields = entry["schema"]["fields"]
    problems = [*sheet.problems, *sheet.doubts]
    bad_cells: list[_Bad] = []
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


_Bad = tuple[tuple[str, int], str, BadCell]
"""A bad cell: id and line of its row, its column, what is wrong."""


def _once(file: str, bad_cells: list[_Bad]) -> list[Problem]:
    """A problem for each bad cell; what more than three cells share is told once.

    That is the same fault of a column, the same of several columns, or many faults of one row: then
    its cells may have moved.
    """
    in_row: dict[tuple[str, int], list[_Bad]] = {}
    for one in bad_cells:
        in_row.setdefault(one[0], []).append(one)
    moved = {
        row
        for row, cells in in_row.items()
        if len({bad.expected for *_, bad in cells}) > (1 if _nameless(cells) else SINGLY)
        and any(bad.found != "nothing" for *_, bad in cells)
    }
    if len(moved) > SINGLY:  # many such rows have one cause, which the columns tell better
        moved = set()
    problems = [_moved(file, in_row[row]) for row in in_row if row in moved]
    alike: dict[tuple[str, str], list[_Bad]] = {}
    for row, column, bad in bad_cells:
        if row not in moved:
            anywhere = "" if bad.expected == SPACES else column
            alike.setdefault((anywhere, bad.expected), []).append((row, column, bad))
    for (_, expected), cells in alike.items():
        if len(cells) <= SINGLY:
            problems += [
                Problem(file, row_name(*row), column, bad.found, expected)
                for row, column, bad in cells
            ]
            continue
        (first, column, bad), *others = cells
        others_in = list(dict.fromkeys(line for (_, line), *_ in others))
        lines = ", ".join(map(str, others_in[:SHOWN_LINES]))
        left = len(others_in) - SHOWN_LINES
        lines += f" and {left} more" if left > 0 else ""
        found = f"{bad.found} here, and the like in {len(others)} more cells (lines {lines})"
        problems.append(Problem(file, row_name(*first), column, found, expected))
    return problems


def _nameless(cells: list[_Bad]) -> bool:
    """Whether a row has lost its id: then its cells have mostly moved by one."""
    return any(column == "id" and bad.found == "nothing" for _, column, bad in cells)


def _moved(file: str, cells: list[_Bad]) -> Problem:
    """One problem for all cells of a row."""
    (row, column, bad), *others = cells
    columns = ", ".join(column for _, column, _ in others)
    found = f"{bad.found}, and cells that do not fit in {columns} as well"
    expected = f"Have the cells of this row moved, or is it no row? Else, here: {bad.expected}"
    return Problem(file, row_name(*row), column, found, expected, kind=MOVED)


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


def adviser(ids: Iterable[str], target: str) -> Callable[[str], str]:
    """As `advice`, for many rows: the nearest id is looked for a few times only.

    Where more are missing their table is the cause, and told as one; each look takes a while.
    """
    said: dict[str, str] = {}

    def advise(found: str) -> str:
        if found not in said:
            said[found] = advice(found, ids if len(said) <= SINGLY else (), target)
        return said[found]

    return advise


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
        found: dict[str, Any] = schema_rules.load(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        expected = (
            f"The folder {path.parent} should hold {PACKAGE} and the CSV files that it describes."
        )
        raise DataProblem(Problem(PACKAGE, "", "", "no such file", expected)) from None
    except NotADirectoryError:
        expected = f"Name the folder that holds {PACKAGE} and the CSV files, and no file in it."
        raise DataProblem(Problem(PACKAGE, "", "", "a file in its place", expected)) from None
    except (OSError, ValueError) as error:
        why = os_errors.reason(error) if isinstance(error, OSError) else schema_rules.why(error)
        expected = (
            "It should be the schema of the tables, in JSON. Undo the last change, or take a fresh"
            " copy."
        )
        raise DataProblem(
            Problem(PACKAGE, "", "", f"a file that cannot be used ({why})", expected)
        ) from None
    if problems := schema_rules.faults(found):
        raise DataProblem(problems)
    return found
