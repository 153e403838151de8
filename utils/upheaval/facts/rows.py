"""The rules that the schema names between the cells of a row, and between rows of two tables.

`rowsIn` and `rowOf` (rows that must exist), `differsFrom`, `notBefore`, `atMost`, `sumOf`. Each
rule yields its problems.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from .dates import bounds
from .problems import Problem, quoted, row_name
from .tables import Sound, Table, adviser


def _declared(sound: Sound, word: str) -> Iterator[tuple[Table, str, Any]]:
    """Each column whose schema has this word: its table, its name, and what the word says."""
    for table in sound.values():
        for field in table.entry["schema"]["fields"]:
            if word in field:
                yield table, field["name"], field[word]


def rows_named(sound: Sound) -> Iterator[Problem]:
    """Rows of other tables, as `table/id` in a list or as an id beside the table's name."""
    ids = {name: set(table.column("id")) for name, table in sound.items()}
    advise = {name: adviser(known, name) for name, known in ids.items()}
    for table, column, allowed in _declared(sound, "rowsIn"):
        for row, cell in enumerate(table.column(column)):
            for one in cell:
                target, _, named = one.partition("/")
                if target not in allowed:
                    expected = f"It should be table/id, with one of: {', '.join(allowed)}."
                    yield table.problem(row, column, quoted(one), expected)
                elif target in ids and named not in ids[target]:
                    expected = advise[target](named)
                    yield replace(
                        table.missing(row, column, named, target, expected), found=quoted(one)
                    )
    for table, column, place in _declared(sound, "rowOf"):
        for row, (target, named) in enumerate(
            zip(table.column(place), table.column(column), strict=True)
        ):
            if target in ids and pd.notna(named) and named not in ids[target]:
                expected = advise[target](named)
                yield table.missing(row, column, named, target, expected)


def two_sides(sound: Sound) -> Iterator[Problem]:
    """Two sides that are one: a tie with oneself, a giver who receives."""
    for table, column, other in _declared(sound, "differsFrom"):
        for row, (one, two) in enumerate(
            zip(table.column(other), table.column(column), strict=True)
        ):
            if pd.notna(two) and one == two:
                found = f"{quoted(two)}, which is in {other} as well"
                yield table.problem(row, column, found, f"It should be another than {other}.")


ANNOUNCED = "announced beforehand"


def order_of_dates(sound: Sound) -> Iterator[Problem]:
    """What ends before it starts, closes before it opens, or is public before it happens.

    A promise is public before it is kept; then the note says that it was announced beforehand.
    """
    for table, column, start in _declared(sound, "notBefore"):
        reported = column == "first_reported" and table.has("note")
        notes = table.column("note" if reported else column)
        for row, (first, last, note) in enumerate(
            zip(table.column(start), table.column(column), notes, strict=True)
        ):
            starts, ends = _bound(first, 0), _bound(last, 1)
            if not (starts and ends and ends < starts) or (reported and ANNOUNCED in str(note)):
                continue
            found = f"{quoted(_written(last))} with {quoted(_written(first))} in {start}"
            expected = f"It should not be before {start}"
            told = f'; or the note should say that it was "{ANNOUNCED}"' if reported else ""
            yield table.problem(row, column, found, f"{expected}{told}.")


#: Series that are read to their end, and the last day that they may have: `knowledgeNote` says so.
SERIES = {
    "aid_totals": "2026-04-30", "aid_by_donor": "2026-04-30", "aid_over_time": "2026-04-30",
}  # fmt: skip
#: Tables that may cite a page of a later day: the series, the editions of a yearly book of figures,
#: a list of launches that exists in a later copy only, and the words and codes that explain them.
OF_LATER_PAGES = (*SERIES, "defence_spending", "missile_tests", "glossary", "countries")
#: Days that may lie ahead of what is known: a question may be open.
AHEAD = (("forecast_questions", "closes"),)
#: Tables of the days on which we read or mended something.
OURS = {"excerpts": "read", "errata": "since"}


def known_by_then(sound: Sound, known: str) -> Iterator[Problem]:
    """Days after `known`, the partial date up to which the collection knows the world."""
    last = bounds(known)[1]
    for name, table in sound.items():
        if name in OURS or name == "sources":
            continue
        until = SERIES.get(name, known)
        for field in table.entry["schema"]["fields"]:
            dated = field["type"] == "date" or field.get("partialDate")
            if dated and (name, field["name"]) not in AHEAD:
                yield from _after(table, field["name"], bounds(until)[1], until)
    if "sources" in sound and last:
        yield from _of_later_pages(sound, last, known)


def _of_later_pages(sound: Sound, last: date, known: str) -> Iterator[Problem]:
    """Rows, but for those of series, that rest on a page of a later day."""
    dates = zip(sound["sources"].column("id"), sound["sources"].column("date"), strict=True)
    later = {one: day for one, day in dates if (first := _bound(day, 0)) and first > last}
    for name, table in sound.items():
        if name in OF_LATER_PAGES or not later or not table.has("sources"):
            continue
        for row, cited in enumerate(table.column("sources")):
            for one in cited:
                if one in later:
                    found = f"{quoted(one)}, a page of {later[one]}"
                    expected = (
                        f"Take it out, or name a page of {known} or before instead; or is its date"
                        " in sources.csv wrong?"
                    )
                    about = "sources.csv", one, "date"
                    yield table.problem(row, "sources", found, expected, about)


def read_by_then(sound: Sound, until: str) -> Iterator[Problem]:
    """Days on which we read or mended something that lie after the next look, `until`."""
    last = bounds(until)[1]
    for name, column in OURS.items():
        for row, cell in enumerate(sound[name].column(column) if name in sound else ()):
            day = _bound(cell, 0)
            if day and last and day > last:
                found = f"{quoted(_written(cell))}, after the day of the next look, {until}"
                expected = (
                    "Write the day on which it was done, or move nextLook in datapackage.json."
                )
                yield sound[name].problem(row, column, found, expected)


def _after(table: Table, column: str, last: date | None, known: str) -> Iterator[Problem]:
    for row, cell in enumerate(table.column(column)):
        day = _bound(cell, 0)
        if day and last and day > last:
            found = f"{quoted(_written(cell))}, and the collection knows the world until {known}"
            expected = "Leave it out, or move knowledgeAsOf in datapackage.json."
            yield table.problem(row, column, found, expected)


def _written(cell: Any) -> str:
    return cell.strftime("%Y-%m-%d") if isinstance(cell, date) else str(cell)


def _bound(cell: Any, end: int) -> date | None:
    return None if pd.isna(cell) else bounds(_written(cell))[end]


def at_most(sound: Sound) -> Iterator[Problem]:
    """A number that is part of another and greater than it; one without the other."""
    for table, column, other in _declared(sound, "atMost"):
        for row, (part, whole) in enumerate(
            zip(table.column(column), table.column(other), strict=True)
        ):
            if pd.notna(part) and pd.isna(whole):
                yield table.problem(row, other, "nothing", f"Fill it: {column} is {part} of them.")
            elif pd.notna(part) and part > whole:
                found = f'"{part}" with "{whole}" in {other}'
                yield table.problem(row, column, found, f"It should not be above {other}.")


def sums(sound: Sound) -> Iterator[Problem]:
    """Totals that are not the sum of their parts, in columns of a row."""
    for table, column, parts in _declared(sound, "sumOf"):
        columns = zip(*(table.column(part) for part in parts), strict=True)
        for row, (total, cells) in enumerate(zip(table.column(column), columns, strict=True)):
            given = [cell for cell in cells if pd.notna(cell)]
            if given and len(given) < len(parts):
                missing = next(
                    part for part, cell in zip(parts, cells, strict=True) if pd.isna(cell)
                )
                expected = f"Fill all of {', '.join(parts)}, or none; 0 where there is nothing."
                yield table.problem(row, missing, "nothing", expected)
            elif given and not _adds_up(total, given):
                found = (
                    f'"{_plain(total)}", where {" + ".join(parts)} make {_plain(math.fsum(given))}'
                )
                yield table.problem(row, column, found, "The parts should add up to the total.")


def _plain(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _adds_up(total: float, parts: Collection[float]) -> bool:
    """Whether parts make a total, each of them rounded to thousandths (whole numbers: exactly)."""
    exact = all(float(number).is_integer() for number in (total, *parts))
    slack = 0 if exact else 0.0005 * (len(parts) + 1)
    return abs(total - math.fsum(parts)) <= slack + 1e-9


def totals_over_time(sound: Sound) -> Iterator[Problem]:
    """Rows of the kind `total` against the rows of their period and group that they add up."""
    for table in sound.values():
        if not {"period", "donor_group", "kind", "amount_eur_bn"} <= set(table.frame.columns):
            continue
        yield from _second_totals(table)
        wrong = list(_wrong_totals(table))
        told: set[int] = set()
        for row, over, found in wrong:
            # A row under another month or group is missing there, and too much here: told once.
            other = next((at for at, back, _ in wrong if abs(over + back) < _ALIKE), row)
            if other in told:
                continue
            told.add(row)
            if other != row:
                found += f"; and the total of {_row_of(table, other)} is as far off the other way"
            expected = "The total of a month should be the sum of its kinds."
            yield table.problem(row, "amount_eur_bn", found, expected)


_ALIKE = 1e-6
_OF_MONTH = ["period", "donor_group", "kind", "amount_eur_bn"]


def _second_totals(table: Table) -> Iterator[Problem]:
    """A second total of one month and group."""
    first: dict[tuple[Any, Any], int] = {}
    for row, (period, group, kind, _) in enumerate(table.frame[_OF_MONTH].itertuples(index=False)):
        if kind == "total" and first.setdefault((period, group), row) != row:
            found = f'"total" again for {group} in {period}; {_row_of(table, first[period, group])}'
            expected = "Write which kind of aid the row is: there is one total for each month."
            yield table.problem(row, "kind", f"{found} has it already", expected)


def _wrong_totals(table: Table) -> Iterator[tuple[int, float, str]]:
    """The place of each total that is not the sum of its kinds, by how much, and what is found."""
    parts: dict[tuple[Any, Any], list[float]] = {}
    totals: dict[tuple[Any, Any], list[int]] = {}
    told = list(table.frame[_OF_MONTH].itertuples(index=False, name=None))
    for row, (period, group, kind, amount) in enumerate(told):
        if kind == "total":
            totals.setdefault((period, group), []).append(row)
        else:
            parts.setdefault((period, group), []).append(amount)
    for (period, group), rows in totals.items():
        given, amount = parts.get((period, group), ()), told[rows[0]][3]
        if len(rows) == 1 and given and not _adds_up(amount, given):
            made = math.fsum(given)
            found = f'"{_plain(amount)}"; the other kinds for {group} in {period} make'
            yield rows[0], amount - made, f"{found} {_plain(made)}"


def _row_of(table: Table, row: int) -> str:
    return row_name(str(table.column("id")[row]), table.lines[row])


RULES = (
    rows_named,
    two_sides,
    order_of_dates,
    at_most,
    sums,
    totals_over_time,
)
"""The rules of this module, in the order in which they are asked."""
