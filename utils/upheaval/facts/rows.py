"""The rules that the schema names between the cells of a row, and between rows of two tables.

`rowsIn` and `rowOf` (rows that must exist), `differsFrom`, `notBefore`, `atMost`, `sumOf`; and what
the columns of claims and denials owe one another. Each rule yields its problems.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from .dates import bounds
from .problems import Problem, quoted
from .tables import Table, advice

Sound = Mapping[str, Table]
"""The tables that keep to the schema, by name."""


def _declared(sound: Sound, word: str) -> Iterator[tuple[Table, str, Any]]:
    """Each column whose schema has this word: its table, its name, and what the word says."""
    for table in sound.values():
        for field in table.entry["schema"]["fields"]:
            if word in field:
                yield table, field["name"], field[word]


def rows_named(sound: Sound) -> Iterator[Problem]:
    """Rows of other tables, as `table/id` in a list or as an id beside the table's name."""
    ids = {name: set(table.frame["id"]) for name, table in sound.items()}
    for table, column, allowed in _declared(sound, "rowsIn"):
        for row, cell in enumerate(table.frame[column]):
            for one in cell:
                target, _, named = one.partition("/")
                if target not in allowed:
                    expected = f"It should be table/id, with one of: {', '.join(allowed)}."
                    yield table.problem(row, column, quoted(one), expected)
                elif target in ids and named not in ids[target]:
                    expected = advice(named, ids[target], target)
                    yield table.problem(row, column, quoted(one), expected)
    for table, column, place in _declared(sound, "rowOf"):
        for row, (target, named) in enumerate(
            zip(table.frame[place], table.frame[column], strict=True)
        ):
            if target in ids and pd.notna(named) and named not in ids[target]:
                yield table.problem(row, column, quoted(named), advice(named, ids[target], target))


def two_sides(sound: Sound) -> Iterator[Problem]:
    """Two sides that are one: a tie with oneself, a giver who receives."""
    for table, column, other in _declared(sound, "differsFrom"):
        for row, (one, two) in enumerate(zip(table.frame[other], table.frame[column], strict=True)):
            if pd.notna(two) and one == two:
                found = f"{quoted(two)}, which is in {other} as well"
                yield table.problem(row, column, found, f"It should be another than {other}.")


def order_of_dates(sound: Sound) -> Iterator[Problem]:
    """What ends before it starts, closes before it opens."""
    for table, column, start in _declared(sound, "notBefore"):
        for row, (first, last) in enumerate(
            zip(table.frame[start], table.frame[column], strict=True)
        ):
            starts, ends = _bound(first, 0), _bound(last, 1)
            if starts and ends and ends < starts:
                found = f"{quoted(_written(last))} with {quoted(_written(first))} in {start}"
                yield table.problem(row, column, found, f"It should not be before {start}.")


def _written(cell: Any) -> str:
    return cell.strftime("%Y-%m-%d") if isinstance(cell, date) else str(cell)


def _bound(cell: Any, end: int) -> date | None:
    return None if pd.isna(cell) else bounds(_written(cell))[end]


def at_most(sound: Sound) -> Iterator[Problem]:
    """A number that is part of another and greater than it; one without the other."""
    for table, column, other in _declared(sound, "atMost"):
        for row, (part, whole) in enumerate(
            zip(table.frame[column], table.frame[other], strict=True)
        ):
            if pd.notna(part) and pd.isna(whole):
                yield table.problem(row, other, "nothing", f"Fill it: {column} is {part} of them.")
            elif pd.notna(part) and part > whole:
                found = f'"{part}" with "{whole}" in {other}'
                yield table.problem(row, column, found, f"It should not be above {other}.")


def sums(sound: Sound) -> Iterator[Problem]:
    """Totals that are not the sum of their parts, in columns of a row."""
    for table, column, parts in _declared(sound, "sumOf"):
        columns = zip(*(table.frame[part] for part in parts), strict=True)
        for row, (total, cells) in enumerate(zip(table.frame[column], columns, strict=True)):
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
        parts: dict[tuple[Any, Any], list[float]] = {}
        cells = table.frame[["period", "donor_group", "kind", "amount_eur_bn"]]
        told = list(cells.itertuples(index=False, name=None))
        for period, group, kind, amount in told:
            if kind != "total":
                parts.setdefault((period, group), []).append(amount)
        for row, (period, group, kind, amount) in enumerate(told):
            given = parts.get((period, group), ())
            if kind == "total" and given and not _adds_up(amount, given):
                made = f"the other kinds for {group} in {period} make {_plain(math.fsum(given))}"
                expected = "The total of a month should be the sum of its kinds."
                yield table.problem(row, "amount_eur_bn", f'"{_plain(amount)}"; {made}', expected)


BOTH_SIDES = "on both sides"


def denials(sound: Sound) -> Iterator[Problem]:
    """A dispute that nobody denies; someone who claims and denies the same.

    Two bodies of one state may say both; then the note says that it speaks on both sides.
    """
    for table in sound.values():
        if not {"status", "claimant", "disputed_by"} <= set(table.frame.columns):
            continue
        notes = table.frame["note"] if "note" in table.frame.columns else table.frame["status"]
        columns = (table.frame["status"], table.frame["claimant"], table.frame["disputed_by"])
        for row, (status, claims, denies, note) in enumerate(zip(*columns, notes, strict=True)):
            if status == "disputed" and not denies:
                expected = 'Name who denies it, or choose another status: "disputed" needs one.'
                yield table.problem(
                    row, "disputed_by", 'nothing, with the status "disputed"', expected
                )
            twice = [one for one in denies if one in claims]
            if twice and BOTH_SIDES not in str(note):
                found = f"{quoted(';'.join(twice))}, which is in claimant as well"
                expected = (
                    "Nobody denies a claim of their own. Take it out of one of the two, or say in"
                    f' the note who speaks "{BOTH_SIDES}".'
                )
                yield table.problem(row, "disputed_by", found, expected)


RULES = (
    rows_named,
    two_sides,
    order_of_dates,
    at_most,
    sums,
    totals_over_time,
    denials,
)
"""The rules of this module, in the order in which they are asked."""
