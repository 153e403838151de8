"""The rules of the data folder: those of the schema, and those that look across rows and tables.

`check()` returns every problem it finds, each with file, row, column, what was found and what would
be right.

The rules beyond types, allowed values and keys:

- A lowest figure is not above its highest, and a single figure lies between them. Columns belong
  together by their names: `low`, `high` and `best` or `point` (`quantity_low` and `quantity_high`,
  and so on).
- Nothing ends, or is reported, before it starts (`notBefore`), and `date_precision` says how the
  date is written.
- No day is later than the one up to which the collection knows the world, and no row rests on a
  page of a later day; but for the series that are read to their end. What we read or mended, we did
  before the next look.
- A prediction and a promise have an outcome of their own kind, and no other quotation has one. A
  question was settled while it was open, and a sentence carries its outcome; one that is open yet
  closes after that day, and its end is empty: see `outcomes`.
- Rows that a row names exist (`rowsIn`, `rowOf`); two sides are two (`differsFrom`); a part is not
  greater than the whole (`atMost`), and parts make their total (`sumOf`; the total of a month).
- What is disputed names who denies it, and nobody denies a claim of their own. What a general
  denial is about is disputed while that stands: see `denials`.
- No row is another one under a new id, with all other cells the same.
- Every source is cited by some row, so that the list of sources is not padded.
- The roll call of a resolution adds up to its totals.
- A confirmed row does not rest on state media alone, unless it is an actor's own admission: the
  outlet is owned by the claimant (in a table without claimants, by one of the two states of the
  tie). `state_media_of` of a source names the states that own the outlet.
- `landmark` and `why_it_matters` are filled together, and so are `status_before` and
  `status_since`. A status that has changed was another one before, and did not change before the
  event.
- What a sender admitted from the start, it did not admit later.
- Each row of a table that is `excerpted` has a sentence of a page that was read, which says what
  it is said to carry: see `excerpts` and `carried`. A row without one is weak. Which columns a
  sentence must carry, and what else a day may rest on, the schema says: see `grounds`.
- A headline is short and in the present tense, its numbers are those of its row or of its
  excerpts. What is or was disputed is said in it by somebody, and neither confirmed nor counted:
  see `headlines`.
- What `errata` calls right is what the cell says today, and no erratum is older than the page that
  says so: see `errata`.
- No text holds what nobody sees, markup or script, letters that went through a wrong encoding, a
  formula, or a placeholder, and none is longer than a page can show: see `plain_text.faults`.
- `datapackage.json` has no word that nothing reads: see `package.faults`. And none of its rules is
  gone that `rules.json` lists: see `kept_rules`.

A quotation without speaker or date needs no rule here: the schema requires both cells.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from . import (
    carried,
    denials,
    errata,
    excerpts,
    files,
    grounds,
    headlines,
    kept_rules,
    outcomes,
    plain_text,
    rows,
    tables,
)
from .causes import folded
from .cells import as_text
from .dates import bounds, precision
from .problems import COPY, TWICE, UNUSED, DataProblem, Problem, quoted, row_name
from .tables import PACKAGE, SINGLY


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
        return (table for table in self.sound.values() if table.has(*columns))


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
    home = tables.located(folder)
    try:
        if gone := kept_rules.faults(tables.package(home), home):
            return Report(gone, {}, [PACKAGE])
        data = Folder(home)
    except DataProblem as schema:
        return Report(list(schema.problems), {}, [PACKAGE])
    problems = [problem for table in data.tables.values() for problem in table.problems]
    problems = folded(problems + [problem for rule in _RULES for problem in rule(data)])
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
    fits). A row that breaks the schema is told so, and no further rule is asked; that it needs a
    sentence in the table `excerpts`, or a place in `denials`, is told when it stands in its table.
    Raises DataProblem when there is no such table, or when its file cannot be used.
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
    where = row_name(as_text(row.get("id")).strip(), line)
    if unknown := list(_unknown_columns(entry, row, where)):
        return unknown
    sheet.rows.append((line, [as_text(row.get(name)) for name in sheet.header]))
    after = tables.typed(entry, sheet)
    if after.problems:
        return after.problems
    data = copy(_folder(home, tuple(tables.stamp(name, home) for name in tables.names(home))))
    data.tables, data.sound = {**data.tables, table: after}, {**data.sound, table: after}
    rules = [rule for rule in _RULES if rule not in (_named_elsewhere, _copies)]
    found = folded(problem for rule in rules for problem in rule(data))
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


def _undescribed_files(data: Folder) -> Iterator[Problem]:
    described = {table.entry["path"] for table in data.tables.values()}
    for path in sorted(data.home.glob("*.csv")):
        if path.name not in described:
            expected = "Describe it in datapackage.json, or take it out of the folder."
            yield Problem(path.name, "", "", "a file that the schema does not describe", expected)


def _duplicates(table: tables.Table) -> Iterator[Problem]:
    """Cells that should be there once: ids, and other columns that the schema calls unique."""
    for field in table.entry["schema"]["fields"]:
        if not field.get("constraints", {}).get("unique"):
            continue
        lines: dict[Any, int] = {}
        twice = []
        for row, value in enumerate(table.column(field["name"])):
            if value in lines:
                twice.append(
                    (row, f"{quoted(str(value))} again; line {lines[value]} has it already")
                )
            elif pd.notna(value):
                lines[value] = table.lines[row]
        kind = TWICE if field["name"] == "id" else ""
        expected = "It should be there once in this column."
        if len(twice) > SINGLY:
            row, found = twice[0]
            twice = [(row, f"{found}, and so in {len(twice) - 1} more rows")]
            expected += " Has the table, or a part of it, been pasted in twice?"
        for row, found in twice:
            yield table.problem(row, field["name"], found, expected, kind=kind)


def _repeated(table: tables.Table) -> Iterator[Problem]:
    """Rows that are about the same thing, by the columns that the schema names as `uniqueKeys`."""
    for key in table.entry["schema"].get("uniqueKeys", ()):
        if not table.has(*key):
            continue
        first: dict[tuple[str, ...], int] = {}
        ids, twice = table.column("id"), []
        for row, cells in enumerate(zip(*map(table.column, key), strict=True)):
            same = first.setdefault(tuple(map(str, cells)), row)
            if ids[same] != ids[row]:  # else it is the whole row, which is told by its id
                said = ", ".join(
                    f"{quoted(str(one))} in {name}" for name, one in zip(key, cells, strict=True)
                )
                twice.append((row, f"{said}, as the row {quoted(ids[same])} has it already"))
        expected = "One row tells it: change that one, or name what this row is about."
        if len(twice) > SINGLY:
            row, found = twice[0]
            twice = [(row, f"{found}, and so in {len(twice) - 1} more rows")]
        for row, found in twice:
            yield table.problem(row, key[0], found, expected)


def _copies(data: Folder) -> Iterator[Problem]:
    """Rows that are another one under a new name; who tries a row may take one that is there."""
    for table in data.sound.values():
        if "uniqueKeys" not in table.entry["schema"]:  # else `_repeated` tells it, with these
            yield from table.once(_copies_of)


def _copies_of(table: tables.Table) -> Iterator[Problem]:
    names = [name for name in table.frame.columns if name != "id"]
    ids, first = table.column("id"), dict[tuple[str, ...], int]()
    for row, cells in enumerate(zip(*map(table.column, names), strict=True)):
        same = first.setdefault(tuple(map(str, cells)), row)
        if ids[same] != ids[row]:
            found = f"{quoted(ids[row])}, whose other cells are those of {quoted(ids[same])}"
            expected = "Take out one of the two rows, or write what makes this one another."
            yield table.problem(row, "id", found, expected, kind=COPY)


def _dangling(data: Folder) -> Iterator[Problem]:
    """Ids of other tables that are not there."""
    for table in data.sound.values():
        targets = dict.fromkeys(target for _, target in _links(table))
        yield from table.once(
            _dangling_of, *(data.sound[name] for name in targets if name in data.sound)
        )


def _links(table: tables.Table) -> Iterator[tuple[str, str]]:
    """The columns of a table that hold ids, each with the table that they are ids of."""
    schema = table.entry["schema"]
    for field in schema["fields"]:
        if "itemsIn" in field:
            yield field["name"], field["itemsIn"]["resource"]
    for foreign_key in schema.get("foreignKeys", []):
        yield foreign_key["fields"][0], foreign_key["reference"]["resource"]


def _dangling_of(table: tables.Table, *targets: tables.Table) -> Iterator[Problem]:
    ids = {target.entry["name"]: set(target.column("id")) for target in targets}
    for column, target in _links(table):
        if target in ids:
            yield from table.dangling(column, target, ids[target])


def _unused_sources(data: Folder) -> Iterator[Problem]:
    """Sources that no row cites.

    Only told when every table could be read, for one of them may cite it.
    """
    if len(data.sound) < len(data.tables) or "sources" not in data.sound:
        return
    used = {
        one
        for table in data.having("sources")
        for cited in table.column("sources")
        for one in cited
    }
    used |= {one for table in data.having("source") for one in table.column("source")}
    for row, source in enumerate(data.sound["sources"].frame["id"]):
        if source not in used:
            found = f"the source {quoted(source)}, which no row cites"
            expected = (
                "Take it out, or name it in the column sources of the row that was read in it."
            )
            yield data.sound["sources"].problem(row, "id", found, expected, kind=UNUSED)


def _ranges(table: tables.Table) -> Iterator[Problem]:
    for low in table.frame.columns:
        parts = low.split("_")
        if "low" not in parts:
            continue
        index = parts.index("low")
        named = {word: "_".join([*parts[:index], word, *parts[index + 1 :]]) for word in _PARTNERS}
        if named["high"] in table.frame.columns:
            points = [
                named[word] for word in ("best", "point") if named[word] in table.frame.columns
            ]
            yield from _range(table, low, named["high"], points)


_PARTNERS = ("high", "best", "point")


def _range(table: tables.Table, low: str, high: str, points: list[str]) -> Iterator[Problem]:
    """Rows whose lowest figure is above the highest, or whose single figure is outside the two."""
    for row, (least, most) in enumerate(zip(table.column(low), table.column(high), strict=True)):
        single = {point: table.column(point)[row] for point in points}
        if pd.notna(least) and pd.notna(most) and least > most:
            if any(value >= least for value in single.values() if pd.notna(value)):
                expected = f"It should not be below {low}."  # two of three agree
                yield table.problem(row, high, f'"{most}" with "{least}" in {low}', expected)
            else:
                expected = f"It should not be above {high}."
                yield table.problem(row, low, f'"{least}" with "{most}" in {high}', expected)
            continue
        for point, value in single.items():
            if pd.isna(value):
                continue
            if pd.notna(least) and value < least:
                expected = f"It should not be below {low}."
                yield table.problem(row, point, f'"{value}" with "{least}" in {low}', expected)
            if pd.notna(most) and value > most:
                expected = f"It should not be above {high}."
                yield table.problem(row, point, f'"{value}" with "{most}" in {high}', expected)


def _precision(table: tables.Table) -> Iterator[Problem]:
    if not table.has("date", "date_precision"):
        return
    columns = table.column("date"), table.column("date_precision")
    for row, (written, said) in enumerate(zip(*columns, strict=True)):
        if precision(written) != said:
            found = f"{quoted(said)} with the date {quoted(written)}"
            expected = (
                f"A date written like this is known to the {precision(written)}; write that word."
            )
            yield table.problem(row, "date_precision", found, expected)


def _landmarks(table: tables.Table) -> Iterator[Problem]:
    if not table.has("landmark", "why_it_matters"):
        return
    columns = table.column("landmark"), table.column("why_it_matters")
    for row, (label, reason) in enumerate(zip(*columns, strict=True)):
        if pd.notna(label) and pd.isna(reason):
            found = f"nothing, though the event is the landmark {quoted(label)}"
            yield table.problem(row, "why_it_matters", found, "Say in one sentence why it matters.")
        if pd.isna(label) and pd.notna(reason):
            found = f"{quoted(reason)} without a landmark"
            expected = "Give the event a landmark label, or leave this cell empty."
            yield table.problem(row, "why_it_matters", found, expected)


def _status_history(table: tables.Table) -> Iterator[Problem]:
    # An event has its date; of a thing that is exchanged one knows when it was first reported.
    known = ("date", "first_reported", table.entry.get("dateColumn", "date"))
    first = next((one for one in known if table.has(one)), "date")
    columns = [first, "status", "status_before", "status_since"]
    if not table.has(*columns):
        return
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
        starts = bounds(happened)[0] if pd.notna(happened) else None
        if starts and since < pd.Timestamp(starts):
            found = f'"{since:%Y-%m-%d}" with {first} {quoted(happened)}'
            yield table.problem(row, "status_since", found, "It should not be before the event.")


_VOTES = ("yes", "no", "abstain", "absent")


def _roll_calls(data: Folder) -> Iterator[Problem]:
    """The votes counted in roll_calls against the totals in resolutions."""
    calls = [
        table for table in data.having("resolution", "vote") if table.entry["name"] == "roll_calls"
    ]
    sums = [table for table in data.having(*_VOTES) if table.entry["name"] == "resolutions"]
    if not calls or not sums:
        return
    counts = calls[0].frame.groupby(["resolution", "vote"]).size().to_dict()
    wrong = list(_votes_wrong(sums[0], counts))
    while wrong:
        row, vote, total, count = wrong.pop(0)
        # One vote under another word, or another resolution, is missing there: told once.
        other = next((one for one in wrong if total - count == one[3] - one[2]), None)
        beside = ""
        if other:
            wrong.remove(other)
            beside = f'; and {other[2]} votes "{other[1]}" in {sums[0].column("id")[other[0]]}'
            beside += f", where roll_calls.csv has {other[3]}"
        expected = f"roll_calls.csv has {count} of them; the total and the roll call should agree."
        yield sums[0].problem(row, vote, f'{total} votes "{vote}"{beside}', expected)


def _votes_wrong(
    totals: tables.Table, counts: Mapping[Any, int]
) -> Iterator[tuple[int, str, int, int]]:
    """Each total that is not that of the roll call: row, vote, total and count."""
    for row, resolution in enumerate(totals.column("id")):
        for vote in _VOTES:
            total, count = totals.column(vote)[row], counts.get((resolution, vote), 0)
            if pd.notna(total) and total != count:
                yield row, vote, int(total), count


def _owners_of_state_media(data: Folder) -> Iterator[Problem]:
    for table in data.having("kind", "state_media_of"):
        columns = table.column("kind"), table.column("state_media_of")
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
    described = list(data.having("kind", "state_media_of"))
    if not described:
        return
    sources = described[0].frame
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
            zip(table.column("status"), table.column("sources"), strict=True)
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


def _acknowledged(table: tables.Table) -> Iterator[Problem]:
    """A deployment admitted from the start and later again, which is for what was not told then."""
    if not table.has("acknowledged_at_time", "acknowledged_later"):
        return
    both = zip(*(table.column(f"acknowledged_{one}") for one in ("at_time", "later")), strict=True)
    for row, (then, later) in enumerate(both):
        if then == "yes" and pd.notna(later):
            found = f'{quoted(later)} with "yes" in acknowledged_at_time'
            expected = "Leave it empty where the sender admitted it from the start; or was that so?"
            yield table.problem(row, "acknowledged_later", found, expected)


def _text(table: tables.Table) -> Iterator[Problem]:
    """What no text may hold: see `plain_text.faults`. Columns with a form of their own keep it."""
    keys = [key["fields"] for key in table.entry["schema"].get("foreignKeys", [])]
    for field in table.entry["schema"]["fields"]:
        rules = field.get("constraints", {})
        if (
            [field["name"]] in keys
            or field["type"] not in ("string", "list")
            or "enum" in rules
            or "pattern" in rules
        ):
            continue
        if {"itemsIn", "rowsIn", "itemPattern", "rowOf", "cellOf", "partialDate"} & set(field):
            continue
        for row, cell in enumerate(table.column(field["name"])):
            for text in cell if isinstance(cell, tuple) else () if pd.isna(cell) else (cell,):
                for wrong, expected in plain_text.faults(text):
                    whole = quoted(wrong) == quoted(text)
                    said = quoted(text) if whole else f"{quoted(wrong)} in {quoted(text)}"
                    yield table.problem(row, field["name"], said, expected)


def _within(data: Folder) -> Iterator[Problem]:
    for table in data.sound.values():
        for rule in _OF_ONE_TABLE:
            yield from table.once(rule)


def _between(data: Folder) -> Iterator[Problem]:
    for rule in (
        *rows.RULES,
        *denials.RULES,
        *excerpts.RULES,
        *carried.RULES,
        grounds.exceptions,
        *headlines.RULES,
        *outcomes.RULES,
        *errata.RULES,
    ):
        yield from rule(data.sound)


def _later(data: Folder) -> Iterator[Problem]:
    package = tables.package(data.home)
    if isinstance(known := package.get("knowledgeAsOf"), str):
        yield from rows.known_by_then(data.sound, known)
        yield from outcomes.open_by_then(data.sound, known)
    if isinstance(until := package.get("nextLook"), str):
        yield from rows.read_by_then(data.sound, until)


def _named_elsewhere(data: Folder) -> Iterator[Problem]:
    """Rows that another table has to name: their sentence, what denies them, what carries them."""
    yield from excerpts.rows_without(data.sound)
    yield from denials.unlisted(data.sound)
    yield from grounds.ungrounded(data.sound)


_OF_ONE_TABLE = (
    *(_duplicates, _repeated, _ranges, _precision, _landmarks, _status_history, _acknowledged),
    _text,
)
_RULES = (
    _undescribed_files,
    _within,
    _copies,
    _dangling,
    _unused_sources,
    _roll_calls,
    _owners_of_state_media,
    _state_media,
    _between,
    _later,
    _named_elsewhere,
)
