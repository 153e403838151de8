"""Rows as evidence: what kind of thing a row is, since when the public could know it, its sources.

A row is named by its table and its id: "events/nato-confirms".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from . import tables
from .said_dates import dates_in, years_in

#: What a row of a table is called as evidence: one vocabulary, whichever door it came through.
KINDS = {
    "events": "event",
    "estimates": "estimate",
    "quotes": "quotation",
    "exchange": "exchange",
    "place_reports": "report of a place",
    "policies": "policy",
    "aid_packages": "aid package",
    "claims": "claim of the article",
    "ties": "tie",
    "treaty_clauses": "treaty clause",
    "deployments_abroad": "precedent",
    "missile_tests": "missile test",
    "dual_use_trade": "trade figure",
    "defence_spending": "spending figure",
    "evidence": "evidence",
    "probability_words": "word of likelihood",
}
#: The article that the claims are of: whatever a source says of one, it became public that day.
ARTICLE = "georgetown-2024-axis"
#: Where a row tells of more than its beginning, it could be known when all of it could.
_LAST_DAY = {"ties": "end_date", "deployments_abroad": "end"}
_STATUS = re.compile(r"\b(confirmed|claimed|disputed|reported|speculated)\b")


@dataclass(frozen=True)
class Fact:
    """A row: the ISO day by which it was public (empty where nobody can say), status, sources."""

    known: str
    status: str
    sources: tuple[str, ...]


_facts: dict[str, tuple[object, dict[str, Fact]]] = {}


def refs(table: str, ids: Iterable[str]) -> list[str]:
    """The names of rows of a table, by their ids."""
    return [f"{table}/{one}" for one in ids]


def fact(ref: str) -> Fact | None:
    """The row that `ref` names, or None where the collection has none of that name."""
    table, _, row = ref.partition("/")
    stamp = tables.stamp(table)
    if table not in _facts or _facts[table][0] != stamp:
        _facts[table] = stamp, _read(table)
    return _facts[table][1].get(row)


def kind(ref: str) -> str:
    """What the row that `ref` names is called. Raises ``KeyError`` for another table."""
    return KINDS[ref.partition("/")[0]]


def status_in(cell: object) -> str:
    """The word of status in a cell ("✕ disputed then"), or an empty text."""
    found = _STATUS.search(cell) if isinstance(cell, str) else None
    return found[1] if found else ""


def _read(table: str) -> dict[str, Fact]:
    frame = tables.read(table)
    days = _days(table, frame)
    return {
        row["id"]: Fact(
            f"{day:%Y-%m-%d}" if pd.notna(day) else "",
            status_in(row.get("status")),
            tuple(row.get("sources", ())),
        )
        for row, day in zip(tables.records(frame), days, strict=True)
    }


def _days(table: str, frame: pd.DataFrame) -> pd.Series:
    """The last day by which each row of `table` could be known; NaT where nobody can say."""
    column = tables.resource(table).get("dateColumn")
    if table == "claims":
        return _printed(pd.Series([(ARTICLE,)] * len(frame), index=frame.index))
    dated = tables.span(frame[column].astype(str))["end"] if column else _printed(frame["sources"])
    if table in tables.REPORTED:
        return tables.span(frame["first_reported"])["end"].fillna(dated)
    if table in _LAST_DAY:
        last = tables.span(frame[_LAST_DAY[table]])["end"]
        if table != "ties":  # its sources leave open when a deployment ended
            return last.fillna(_printed(frame["sources"], max))
        # A tie without an end goes on, and its row tells of later days than that of its beginning.
        return _told_by(frame["description"], last.fillna(dated))
    if column in ("year", "period"):  # a figure about a time is known when somebody prints it
        return _printed(frame["sources"]).fillna(dated)
    return dated


def _told_by(texts: pd.Series, days: pd.Series) -> pd.Series:
    """The days, or the last day that a text names where that is later: all of it is known then.

    What lies after the day up to which the collection knows the world is a plan.
    """
    end = tables.span([tables.knowledge_as_of()])["end"].iloc[0]
    found = []
    for text, day in zip(texts, days, strict=True):
        dates = [one for one in dates_in(text) if one.year]
        said = ["-".join(f"{part:02d}" for part in one if part) for one in dates]
        said += map(str, years_in(text) - {one.year for one in dates})
        named = tables.span(said)["end"] if said else pd.Series(dtype="datetime64[s]")
        found.append(max([day, *named[named <= end]]))
    return pd.Series(found, index=days.index, dtype="datetime64[s]")


def _printed(cells: pd.Series, of: Callable[..., Any] = min) -> pd.Series:
    """The day of the first (or the last) dated source in each cell.

    A page that only names the year up to which the collection knows the world was there by then.
    """
    pages = tables.read("sources")
    printed, now = (
        tables.span(pages["date"]),
        tables.span([tables.knowledge_as_of()])["end"].iloc[0],
    )
    ends = printed["end"].mask((printed["start"] <= now) & (printed["end"] > now), now)
    day = dict(zip(pages["id"], ends, strict=True))
    return pd.Series(
        [of((day[one] for one in cell if pd.notna(day[one])), default=pd.NaT) for cell in cells],
        index=cells.index,
        dtype="datetime64[s]",
    )
