"""What denials do to the status of a row: one rule for all tables that have a status.

A denial of one thing stands in the row's `disputed_by`. A general denial, of a whole kind of thing,
is a row of the table `denials`, which names the rows that are about it. Those rows are disputed

- from the day of the denial, or of their own first report where that is later: until then they have
  the status that is in `status_before`;
- until one of those who deny it acknowledges the thing itself: then `status_before` is "disputed",
  and `status` says how well the row is known without the denial.

What is expected only stays speculated, and what only the press tells stays reported, unless it is
denied itself: no state has said it whom another could contradict.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from .dates import bounds
from .problems import Problem, quoted
from .tables import Sound, Table

NAME = "denials"
BOTH_SIDES = "on both sides"
DISPUTED = "disputed"
UNTOUCHED = frozenset({"reported", "speculated"})
"""What a general denial changes nothing in: a row is disputed when a state says it as well."""
_Denial = dict[str, Any]


def named(sound: Sound) -> Iterator[Problem]:
    """A dispute that nobody denies; a denial without a dispute; who claims and denies the same.

    Two bodies of one state may say both; then the note says that it speaks on both sides.
    """
    others = [sound[NAME]] if NAME in sound else []
    for table in sound.values():
        if table.has("status", "disputed_by"):
            yield from table.once(_named, *others)


def _named(table: Table, *denials: Table) -> Iterator[Problem]:
    about = {ref for one in denials for ref, _ in one.once(_about)}
    for at, row in enumerate(table.records()):
        statuses = {row[one] for one in ("status", "status_before") if pd.notna(row.get(one))}
        denies, twice = row["disputed_by"], _own_claims(row)
        if row["status"] == DISPUTED and not denies:
            found = 'nothing, with the status "disputed"'
            expected = 'Name who denies it, or choose another status: "disputed" needs one.'
        elif twice:
            found = f"{quoted(';'.join(twice))}, which is in claimant as well"
            expected = (
                "Nobody denies a claim of their own. Take it out of one of the two, or say in"
                f' the note who speaks "{BOTH_SIDES}".'
            )
        elif (
            denies
            and not {DISPUTED, "speculated"} & statuses
            and f"{table.entry['name']}/{row['id']}" not in about  # which `general` tells
        ):
            found = f"{quoted(';'.join(denies))}, and the row was never disputed"
            expected = "Say from when to when it was, in status, status_before and status_since."
        else:
            continue
        yield table.problem(at, "disputed_by", found, expected)


def _own_claims(row: Mapping[str, Any]) -> list[str]:
    """Who claims a thing and denies it, without a note that says so."""
    if BOTH_SIDES in str(row.get("note")):
        return []
    return [one for one in row["disputed_by"] if one in row.get("claimant", ())]


SINGLY = 3
"""How many rows are told one by one of one denial; more have one cause, which is told there."""
KIND = {
    "estimates": ("measure",),
    "exchange": ("giver", "category"),
    "ties": ("a_iso3", "b_iso3", "tie_kind"),
    "place_reports": ("item",),
}
"""The columns that say of which kind of thing a row is, by its table."""
MANY = 3
"""How many rows of a kind a general denial has, where it is about all of that kind."""
_Told = tuple[str, Problem]
"""The denials that a problem is about, and the problem."""


def general(sound: Sound) -> Iterator[Problem]:
    """Rows that a general denial is about, and that say otherwise; many at once are one cause."""
    if NAME not in sound:
        return
    denials = sound[NAME]
    alike: dict[str, list[Problem]] = {}
    for table in sound.values():
        if table.has("status", "status_before", "status_since", "disputed_by"):
            for which, one in table.once(_general, denials):
                alike.setdefault(which, []).append(one)
    sizes = {row["id"]: len(row["rows"]) for row in denials.records()}
    for which, found in alike.items():
        of = which.split(" and ")
        path, all_of_it = denials.entry["path"], max(2, min(sizes[one] for one in of))
        if len(found) < min(SINGLY + 1, all_of_it):
            yield from (replace(one, about=(path, which, "", one.row)) for one in found)
            continue
        at = _open(denials, of)
        files = ", ".join(dict.fromkeys(one.file for one in found))
        said = f"{len(found)} rows that say otherwise, in {files}: {found[0].row} and others"
        right = (
            f"Mend this denial (by, date, ended, rows); or else of the rows: {found[0].expected}"
        )
        yield denials.problem(at, "rows", said, right, (path, which, ""))


def _open(denials: Table, names: Sequence[str]) -> int:
    """The place of the first of these denials that has no end, or of the first."""
    places = [denials.column("id").index(one) for one in names]
    return next((at for at in places if pd.isna(denials.column("ended")[at])), places[0])


def _general(table: Table, denials: Table) -> Iterator[_Told]:
    about, first = dict(denials.once(_about)), table.by_id()
    for at, row in enumerate(table.records()):
        found = about.get(f"{table.entry['name']}/{row['id']}")
        # A second row of one name is told as such, and is no row of the denial.
        if found and row["status"] != "speculated" and first[row["id"]] is row:
            which = " and ".join(one["id"] for one in found)
            if not _own_claims(row):  # which `named` tells
                yield from ((which, one) for one in _as_denied(table, at, row, found))


def unlisted(sound: Sound) -> Iterator[Problem]:
    """Rows of a kind that a general denial is about, and that are not among its rows."""
    if NAME not in sound:
        return
    for name, columns in KIND.items():
        if name in sound and sound[name].has("status", *columns):
            yield from sound[name].once(_unlisted, sound[NAME])


def _unlisted(table: Table, denials: Table) -> Iterator[Problem]:
    name = table.entry["name"]
    for denial in denials.records():
        listed: dict[tuple[Any, ...], int] = {}
        others: dict[tuple[Any, ...], list[int]] = {}
        for at, row in enumerate(table.records()):
            kind = tuple(row[one] for one in KIND[name])
            if f"{name}/{row['id']}" in denial["rows"]:
                listed[kind] = listed.get(kind, 0) + 1
            elif _is_denied(table, row, denial):
                others.setdefault(kind, []).append(at)
        for kind, places in others.items():
            if listed.get(kind, 0) < max(MANY, len(places)):
                continue  # the denial is about single rows of that kind
            for at in places:
                found = f"{quoted(str(table.column('id')[at]))}, which {denial['by']} denies"
                expected = (
                    f"Add {name}/{table.column('id')[at]} to the rows of {denial['id']} in"
                    f' denials.csv; or say in its note that it is "outside {denial["id"]}".'
                )
                about = (denials.entry["path"], denial["id"], "rows")
                yield table.problem(at, "id", found, expected, about)


def _is_denied(table: Table, row: Mapping[str, Any], denial: _Denial) -> bool:
    """Whether a general denial reaches a row of its kind: a state says it whom it contradicts."""
    if row["status"] in ("speculated", "reported", DISPUTED) or denial["by"] in row.get(
        "claimant", ()
    ):
        return False
    public, ended = _public(table, row), denial["ended"]
    if public is not None and _begins_after(row.get("date"), public):
        return False  # public before it happened, which is told of that row
    over: bool = pd.notna(ended) and public is not None and public >= ended.date()
    return not over and f"outside {denial['id']}" not in str(row.get("note"))


def _begins_after(happened: Any, day: date) -> bool:
    """Whether a partial date or a day begins after another day; of an empty one nobody knows."""
    if pd.isna(happened):
        return False
    first = bounds(happened)[0] if isinstance(happened, str) else happened.date()
    return first is not None and first > day


def _about(denials: Table) -> Iterator[tuple[str, list[_Denial]]]:
    """The denials of every row, by its table and id."""
    about: dict[str, list[_Denial]] = {}
    for denial in denials.records():
        for ref in denial["rows"]:
            about.setdefault(ref, []).append(denial)
    return iter(about.items())


def _as_denied(
    table: Table, at: int, row: Mapping[str, Any], found: list[_Denial]
) -> Iterator[Problem]:
    """What is wrong with the status of one row that these denials are about: the first thing."""
    who = [one["by"] for one in found if one["by"] not in row.get("claimant", ())]
    which = " and ".join(one["id"] for one in found)
    missing = [one for one in who if one not in row["disputed_by"]]
    if missing:
        if row["disputed_by"] or row["status"] != DISPUTED:  # else `named` tells it
            told = quoted(";".join(row["disputed_by"])) if row["disputed_by"] else "nothing"
            expected = f"Add {';'.join(missing)}: the row is one of the general denial {which}."
            yield table.problem(at, "disputed_by", told, expected)
        return
    others = set(row["disputed_by"]) - {one["by"] for one in found}
    ended = [one["ended"].date() for one in found if pd.notna(one["ended"])]
    if len(ended) == len(found) and not others:
        yield from _given_up(table, at, row, min(ended))
    else:
        first = min(day for one in found if (day := _start(one["date"])))
        yield from _standing(table, at, row, first, which, bool(others))


def _given_up(table: Table, at: int, row: Mapping[str, Any], day: date) -> Iterator[Problem]:
    """A row whose denial ended on that day: it was disputed until then, or a little longer."""
    if row["status"] == DISPUTED or row["status_before"] != DISPUTED:
        column = "status" if row["status"] == DISPUTED else "status_before"
        told = row[column] if pd.notna(row[column]) else "nothing"
        expected = f"It should be disputed until {day}, when one who had denied it acknowledged it."
        yield table.problem(at, column, quoted(told), expected)
    elif pd.notna(row["status_since"]) and row["status_since"].date() < day:
        expected = f"It should not be before {day}: until then both had denied it."
        yield table.problem(at, "status_since", f'"{row["status_since"]:%Y-%m-%d}"', expected)


def _standing(
    table: Table, at: int, row: Mapping[str, Any], first: date, which: str, others: bool
) -> Iterator[Problem]:
    """A row whose denial stands: disputed from the first day of the denial that it was known."""
    public = _public(table, row)
    since = first if public and public < first else None
    known = row["status_since"].date() if pd.notna(row["status_since"]) else None
    if row["status"] != DISPUTED:
        expected = f"It should be disputed: the general denial {which} stands."
        yield table.problem(at, "status", quoted(row["status"]), expected)
    elif known and row["status_before"] in UNTOUCHED and known >= (public or first) >= first:
        return  # the press or an expert told it first, and a state on that day
    elif known != since and not others:
        told = f'"{known}"' if known else "nothing"
        until = f"It should be {since}, the day of the general denial {which}"
        never = f"Leave it empty: the general denial {which} is older than the row"
        yield table.problem(at, "status_since", told, f"{until if since else never}.")


def _public(table: Table, row: Mapping[str, Any]) -> date | None:
    """The first day on which a row could be known: that of its report, else of its date."""
    for column in ("first_reported", table.entry.get("dateColumn", "date")):
        if pd.notna(row.get(column)):
            return _start(row[column])
    return None


def _start(written: str) -> date | None:
    return bounds(written)[0]


RULES = (named, general)
"""The rules of this module, in the order in which they are asked; beside them stands `unlisted`."""
