"""The rules of the data folder: those of the schema, and those that look across rows and tables.

`check()` returns every problem it finds, each with file, row, column, what was found and what would
be right.

The rules beyond types, allowed values and keys:

- A lowest figure is not above its highest, and a single figure lies between them. Columns belong
  together by their names: `low`, `high` and `best` or `point` (`quantity_low` and `quantity_high`,
  and so on).
- Nothing ends before it starts, and `date_precision` says how the date is written.
- Every source is cited by some row, so that the list of sources is not padded.
- The roll call of a resolution adds up to its totals.
- A confirmed row does not rest on state media alone, unless it is an actor's own admission: the
  outlet is owned by the claimant (in a table without claimants, by one of the two states of the
  tie). `state_media_of` of a source names the states that own the outlet.
- `landmark` and `why_it_matters` are filled together, and so are `status_before` and
  `status_since`. A status that has changed was another one before, and did not change before the
  event.
- No cell holds markup or script, or letters that went through a wrong encoding.

A quotation without speaker or date needs no rule here: the schema requires both cells.
"""

from __future__ import annotations

import difflib
import functools
import math
import re
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from . import files, tables
from .dates import bounds, precision
from .problems import DataProblem, Problem, quoted, row_name
from .tables import PACKAGE

MARKUP = re.compile(
    r"<[a-z!/?]|\bon[a-z]{3,}\s*=\s*[\"'\w]|(java|vb)script\s*:|data\s*:\s*text/html", re.IGNORECASE
)
"""What could run as script or be read as HTML: `<script`, `onerror=`, `javascript:` and so on."""
MOJIBAKE = re.compile("\u00e2\u20ac|\u00c3[\u0080-\u00bf\u0192\u201a-\u2122]|\ufffd")
"""What UTF-8 looks like after a program took it for another encoding and saved it again."""


class Folder:
    """One data folder: all its `tables` by name, and `sound`, those that keep to the schema."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.tables = {
            name: tables.parse(tables.resource(name, home), home) for name in tables.names(home)
        }
        self.sound = {name: table for name, table in self.tables.items() if not table.problems}

    def having(self, *columns: str) -> Iterator[tables.Table]:
        """Each sound table that has all these columns."""
        return (table for table in self.sound.values() if set(columns) <= set(table.frame.columns))


@dataclass(frozen=True)
class Report:
    """What `examine` found: `problems` in the order of the schema, and two things to say besides.

    `changes` has, by file, what reading has put back after a spreadsheet program. `unasked` names
    the files with problems of their own: rules across tables were not asked of them.
    """

    problems: list[Problem]
    changes: dict[str, list[files.Change]]
    unasked: list[str]


def check(folder: Path | str | None = None) -> list[Problem]:
    """Every problem of a data folder (by default the collection's own); empty when all is well.

    A table that breaks the schema is told with its own problems and left out of the rules across
    tables.
    """
    return examine(folder).problems


def examine(folder: Path | str | None = None) -> Report:
    """As `check`, with what was put back while reading, and which files the rules did not see."""
    try:
        data = Folder(tables.located(folder))
    except DataProblem as schema:
        return Report(list(schema.problems), {}, [PACKAGE])
    problems = [problem for table in data.tables.values() for problem in table.problems]
    problems += [problem for rule in _RULES for problem in rule(data)]
    order = {table.entry["path"]: number for number, table in enumerate(data.tables.values())}
    return Report(
        sorted(problems, key=lambda problem: order.get(problem.file, -1)),
        {table.entry["path"]: table.changes for table in data.tables.values() if table.changes},
        [table.entry["path"] for table in data.tables.values() if table.problems],
    )


def try_row(
    table: str, row: Mapping[str, Any] | pd.Series, folder: Path | str | None = None
) -> list[Problem]:
    """What the rules say against one more row of `table`; empty when they accept it.

    No file is written.

    `row` maps columns to cells, as text or as values: a list, True or False, a date; a column that
    is left out is an empty cell. The row stands at the end of the table, and only problems that
    came with it are told: its own, and those that it makes elsewhere (a vote that a total no longer
    fits). A row that breaks the schema is told so, and no further rule is asked. Raises DataProblem
    when there is no such table, or when its file cannot be used.
    """
    home = tables.located(folder)
    entry = tables.resource(table, home)
    if not isinstance(row, Mapping | pd.Series):
        expected = 'Write one row as {"id": "my-row", "date": "2024-10-23"}, with all its columns.'
        return [Problem(entry["path"], "", "", "no row", expected)]
    sheet = tables.sheet_of(entry, home)
    before = tables.typed(entry, sheet)
    if before.problems:
        raise DataProblem(before.problems)
    line = sheet.rows[-1][0] + 1
    where = row_name(_text_of(row.get("id")).strip(), line)
    if unknown := list(_unknown_columns(entry, row, where)):
        return unknown
    sheet.rows.append((line, [_text_of(row.get(name)) for name in sheet.header]))
    after = tables.typed(entry, sheet)
    if after.problems:
        return after.problems
    data = copy(_folder(home, tuple(tables.stamp(name, home) for name in tables.names(home))))
    data.tables, data.sound = {**data.tables, table: after}, {**data.sound, table: after}
    found = [problem for rule in _RULES for problem in rule(data)]
    if all((problem.file, problem.row) == (entry["path"], where) for problem in found):
        return found
    old = set(check(home))
    return [problem for problem in found if problem not in old]


@functools.lru_cache(maxsize=1)
def _folder(home: Path, stamps: tuple[Any, ...]) -> Folder:
    """The folder as its files are by their `stamps`, read once for all rows a reader tries."""
    return Folder(home)


def _unknown_columns(
    entry: dict[str, Any], row: Mapping[str, Any] | pd.Series, where: str
) -> Iterator[Problem]:
    """The names in a row that the schema does not know."""
    columns = [field["name"] for field in entry["schema"]["fields"]]
    for name in row.keys():  # noqa: SIM118 (a Series iterates over its values)
        if name not in columns:
            near = difflib.get_close_matches(str(name), columns, n=1)
            hint = f"Did you mean {near[0]}? " if near else ""
            expected = f"{hint}The columns of {entry['path']} are: {', '.join(columns)}."
            yield Problem(
                entry["path"], where, str(name), "a column that the schema does not know", expected
            )


def _text_of(cell: Any) -> str:
    """A value as a CSV file writes it."""
    if isinstance(cell, list | tuple):
        return ";".join(map(_text_of, cell))
    if (
        cell is None
        or cell is pd.NA
        or cell is pd.NaT
        or (isinstance(cell, float) and math.isnan(cell))
    ):
        return ""
    if isinstance(cell, bool | np.bool_):
        return "yes" if cell else "no"
    if isinstance(cell, date):
        return cell.strftime("%Y-%m-%d")
    return str(cell)


def remarks(folder: Path | str | None = None) -> list[Problem]:
    """What is unusual but harmless: a byte order mark, which Excel writes. Raises DataProblem."""
    home = tables.located(folder)
    paths = [home / tables.resource(name, home)["path"] for name in tables.names(home)]
    expected = "This is harmless: Excel writes it and the lessons read past it."
    return [
        Problem(path.name, "line 1", "", "a byte order mark before the first letter", expected)
        for path in paths
        if files.starts_with_bom(path)
    ]


def _undescribed_files(data: Folder) -> Iterator[Problem]:
    described = {table.entry["path"] for table in data.tables.values()}
    for path in sorted(data.home.glob("*.csv")):
        if path.name not in described:
            expected = "Describe it in datapackage.json, or take it out of the folder."
            yield Problem(path.name, "", "", "a file that the schema does not describe", expected)


def _duplicates(data: Folder) -> Iterator[Problem]:
    """Cells that should be there once: ids, and other columns that the schema calls unique."""
    for table in data.sound.values():
        for field in table.entry["schema"]["fields"]:
            if not field.get("constraints", {}).get("unique"):
                continue
            lines: dict[Any, int] = {}
            for row, value in enumerate(table.frame[field["name"]]):
                if value in lines:
                    found = f"{quoted(str(value))} again; line {lines[value]} has it already"
                    yield table.problem(
                        row, field["name"], found, "It should be there once in this column."
                    )
                elif pd.notna(value):
                    lines[value] = table.lines[row]


def _dangling(data: Folder) -> Iterator[Problem]:
    """Ids of other tables that are not there."""
    ids = {name: set(table.frame["id"]) for name, table in data.sound.items()}
    for table in data.sound.values():
        schema = table.entry["schema"]
        links = [
            (field["name"], field["itemsIn"]) for field in schema["fields"] if "itemsIn" in field
        ]
        links += [
            (foreign_key["fields"][0], foreign_key["reference"])
            for foreign_key in schema.get("foreignKeys", [])
        ]
        for column, target in links:
            if target["resource"] in ids:
                yield from table.dangling(column, target["resource"], ids[target["resource"]])


def _unused_sources(data: Folder) -> Iterator[Problem]:
    """Sources that no row cites.

    Only told when every table could be read, for one of them may cite it.
    """
    if len(data.sound) < len(data.tables):
        return
    used = {
        one for table in data.having("sources") for cited in table.frame["sources"] for one in cited
    }
    for row, source in enumerate(data.sound["sources"].frame["id"]):
        if source not in used:
            found = f"the source {quoted(source)}, which no row cites"
            expected = (
                "Take it out, or name it in the column sources of the row that was read in it."
            )
            yield data.sound["sources"].problem(row, "id", found, expected)


def _ranges(data: Folder) -> Iterator[Problem]:
    for table in data.sound.values():
        for low in table.frame.columns:
            parts = low.split("_")
            if "low" not in parts:
                continue
            index = parts.index("low")
            named = {
                word: "_".join([*parts[:index], word, *parts[index + 1 :]]) for word in _PARTNERS
            }
            if named["high"] in table.frame.columns:
                points = [
                    named[word] for word in ("best", "point") if named[word] in table.frame.columns
                ]
                yield from _range(table, low, named["high"], points)


_PARTNERS = ("high", "best", "point")


def _range(table: tables.Table, low: str, high: str, points: list[str]) -> Iterator[Problem]:
    """Rows whose lowest figure is above the highest, or whose single figure is outside the two."""
    for row, (least, most) in enumerate(zip(table.frame[low], table.frame[high], strict=True)):
        if pd.notna(least) and pd.notna(most) and least > most:
            expected = f"It should not be above {high}."
            yield table.problem(row, low, f'"{least}" with "{most}" in {high}', expected)
        for point in points:
            value = table.frame[point].iloc[row]
            if pd.isna(value):
                continue
            if pd.notna(least) and value < least:
                expected = f"It should not be below {low}."
                yield table.problem(row, point, f'"{value}" with "{least}" in {low}', expected)
            if pd.notna(most) and value > most:
                expected = f"It should not be above {high}."
                yield table.problem(row, point, f'"{value}" with "{most}" in {high}', expected)


def _order_of_dates(data: Folder) -> Iterator[Problem]:
    for start, end in (("start_date", "end_date"), ("start", "end")):
        for table in data.having(start, end):
            for row, (first, last) in enumerate(
                zip(table.frame[start], table.frame[end], strict=True)
            ):
                if pd.isna(first) or pd.isna(last):
                    continue
                starts, ends = bounds(first)[0], bounds(last)[1]
                if starts and ends and ends < starts:
                    found = f"{quoted(last)} with {quoted(first)} in {start}"
                    yield table.problem(row, end, found, f"It should not be before {start}.")


def _precision(data: Folder) -> Iterator[Problem]:
    for table in data.having("date", "date_precision"):
        columns = table.frame["date"], table.frame["date_precision"]
        for row, (written, said) in enumerate(zip(*columns, strict=True)):
            if precision(written) != said:
                found = f"{quoted(said)} with the date {quoted(written)}"
                expected = (
                    f"A date written like this is known to the {precision(written)}; write that"
                    " word."
                )
                yield table.problem(row, "date_precision", found, expected)


def _landmarks(data: Folder) -> Iterator[Problem]:
    for table in data.having("landmark", "why_it_matters"):
        columns = table.frame["landmark"], table.frame["why_it_matters"]
        for row, (label, reason) in enumerate(zip(*columns, strict=True)):
            if pd.notna(label) and pd.isna(reason):
                found = f"nothing, though the event is the landmark {quoted(label)}"
                yield table.problem(
                    row, "why_it_matters", found, "Say in one sentence why it matters."
                )
            if pd.isna(label) and pd.notna(reason):
                found = f"{quoted(reason)} without a landmark"
                expected = "Give the event a landmark label, or leave this cell empty."
                yield table.problem(row, "why_it_matters", found, expected)


def _status_history(data: Folder) -> Iterator[Problem]:
    columns = ["date", "status", "status_before", "status_since"]
    for table in data.having(*columns):
        for row, (happened, status, before, since) in enumerate(
            table.frame[columns].itertuples(index=False)
        ):
            if pd.isna(before) and pd.isna(since):
                continue
            if pd.isna(before) or pd.isna(since):
                missing = "status_before" if pd.isna(before) else "status_since"
                expected = "Fill status_before and status_since, or neither."
                yield table.problem(row, missing, "nothing", expected)
                continue
            if before == status:
                expected = "It should differ from status; leave it empty where nothing has changed."
                yield table.problem(row, "status_before", quoted(before), expected)
            starts = bounds(happened)[0]
            if starts and since < pd.Timestamp(starts):
                found = f'"{since:%Y-%m-%d}" with the date {quoted(happened)}'
                yield table.problem(
                    row, "status_since", found, "It should not be before the event."
                )


def _roll_calls(data: Folder) -> Iterator[Problem]:
    """The votes counted in roll_calls against the totals in resolutions."""
    if not {"roll_calls", "resolutions"} <= set(data.sound):
        return
    counts = data.sound["roll_calls"].frame.groupby(["resolution", "vote"]).size().to_dict()
    totals = data.sound["resolutions"]
    for row, resolution in enumerate(totals.frame["id"]):
        for vote in ("yes", "no", "abstain", "absent"):
            total, count = totals.frame[vote].iloc[row], counts.get((resolution, vote), 0)
            if total != count:
                expected = (
                    f"roll_calls.csv has {count} of them; the total and the roll call should agree."
                )
                yield totals.problem(row, vote, f'{total} votes "{vote}"', expected)


def _owners_of_state_media(data: Folder) -> Iterator[Problem]:
    for table in data.having("kind", "state_media_of"):
        columns = table.frame["kind"], table.frame["state_media_of"]
        for row, (kind, states) in enumerate(zip(*columns, strict=True)):
            if (kind == "state-media") != bool(states):
                found = f"{quoted(';'.join(states))} with the kind {quoted(kind)}"
                expected = (
                    "It should name the state that owns the outlet, for state media and for no"
                    " other kind."
                )
                yield table.problem(row, "state_media_of", found, expected)


def _state_media(data: Folder) -> Iterator[Problem]:
    """Rows marked confirmed on state media alone that are not the admission of that state."""
    if "sources" not in data.sound:
        return
    sources = data.sound["sources"].frame
    columns = sources["id"], sources["kind"], sources["state_media_of"]
    owners = {
        one: set(states)
        for one, kind, states in zip(*columns, strict=True)
        if kind == "state-media"
    }
    expected = (
        "Media of a state confirm only what that state admits of itself. Add an independent source,"
        " name the state in claimant if this is its own admission, or choose another status."
    )
    for table in data.having("status", "sources"):
        for row, (status, cited) in enumerate(
            zip(table.frame["status"], table.frame["sources"], strict=True)
        ):
            if status != "confirmed" or not all(one in owners for one in cited):
                continue
            if not _speakers(table.frame, row) & set().union(*(owners[one] for one in cited)):
                found = f'"confirmed" on state media alone ({", ".join(cited)})'
                yield table.problem(row, "status", found, expected)


def _speakers(frame: pd.DataFrame, row: int) -> set[str]:
    """The states that speak of themselves in a row: its claimants, or both sides of a tie."""
    if "claimant" in frame.columns:
        return set(frame["claimant"].iloc[row])
    return {frame[side].iloc[row] for side in ("a_iso3", "b_iso3") if side in frame.columns}


def _text(data: Folder) -> Iterator[Problem]:
    """Markup, script, and letters that a wrong encoding has changed."""
    for table in data.sound.values():
        for field in table.entry["schema"]["fields"]:
            if field["type"] not in ("string", "list"):
                continue
            cells = [
                ";".join(cell) if isinstance(cell, tuple) else "" if pd.isna(cell) else cell
                for cell in table.frame[field["name"]]
            ]
            whole = "\n".join(
                cells
            )  # a column without a fault, and nearly all are, is looked through in one go
            suspects = [
                (pattern, expected) for pattern, expected in _FORBIDDEN if pattern.search(whole)
            ]
            for row, text in enumerate(cells if suspects else ()):
                for pattern, expected in suspects:
                    if found := pattern.search(text):
                        said = f"{quoted(found.group())} in {quoted(text)}"
                        yield table.problem(row, field["name"], said, expected)


_FORBIDDEN = (
    (MARKUP, "Write plain text: the lessons show it, and markup could run as a script there."),
    (MOJIBAKE, f"Type these letters again: a wrong encoding has changed them. {files.SAVE_AS}"),
)
_RULES = (
    _undescribed_files,
    _duplicates,
    _dangling,
    _unused_sources,
    _ranges,
    _order_of_dates,
    _precision,
    _landmarks,
    _status_history,
    _roll_calls,
    _owners_of_state_media,
    _state_media,
    _text,
)
