"""A day belongs to one fact: no row tells of a day after that on which it is known.

What such a row says too soon is moved to its note, or told by a row of its own.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

import pytest

from upheaval.facts import evidence, tables
from upheaval.facts.dates import bounds

_NAMES = calendar.month_name[1:]
MONTHS = {name[:size]: at for at, name in enumerate(_NAMES, 1) for size in (3, 4, len(name))}
_OF_THEM = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = re.compile(rf"\b(\d{{1,2}}) ({_OF_THEM})\b(?: (\d{{4}}))?")
_MONTH = re.compile(rf"(?<!\d )\b({_OF_THEM}) (\d{{4}})\b")
#: The words that a reader of a day is shown of a row, by its table.
SHOWN = {
    "events": ("title", "headline", "description"),
    "policies": ("position", "evidence"),
    "evidence": ("short", "statement"),
    "estimates": ("headline", "as_of_note"),
    "place_reports": ("statement",),
}
#: Days that lie ahead in what was said or ordered on the day of the row.
AHEAD = {
    "events/india-tariff": "the order says from when it is in force",
    "estimates/nis-2024-10-23-plan": "a plan, with the month that it names",
    "policies/conditions-on-kyiv-trump-2": "a deadline that was dropped two days before",
}


def named(text: str, own: date) -> Iterator[date]:
    """The days that a text names; one without a year lies as near to its row's own as it can."""
    for day, month, year in _DAY.findall(text):
        years = [int(year)] if year else [own.year - 1, own.year, own.year + 1]
        yield min((date(one, MONTHS[month], int(day)) for one in years), key=lambda d: abs(d - own))
    for month, year in _MONTH.findall(text):
        yield date(int(year), MONTHS[month], 1)


def known_days(table: str) -> dict[str, str]:
    """The last day by which each row of a table could be known."""
    facts = {one: evidence.fact(f"{table}/{one}") for one in tables.read(table)["id"]}
    return {one: fact.known for one, fact in facts.items() if fact and fact.known}


def own_day(row: dict[str, object], known: str) -> date:
    """The first day of a row by its date, or the day by which it is known."""
    first = bounds(str(row.get("date", known)))[0]
    return first or date.fromisoformat(known)


@pytest.mark.parametrize("table", SHOWN)
def test_no_row_tells_of_a_later_day_than_its_own(table: str) -> None:
    known = known_days(table)
    early = [
        f"{table}/{row['id']}, known on {known[row['id']]}: {day} in {column}"
        for row in tables.records(tables.read(table))
        if row["id"] in known and f"{table}/{row['id']}" not in AHEAD
        for column in SHOWN[table]
        if isinstance(row[column], str)
        for day in named(row[column], own_day(row, known[row["id"]]))
        if f"{day}" > known[row["id"]]
    ]
    assert not early, "\n".join(early)


def test_the_reading_of_days_finds_them() -> None:
    text = "On 16 December and 4 Feb 2025; on 21 Sep; in August 2025."
    found = [f"{one}" for one in named(text, date(2025, 1, 6))]
    assert found == ["2024-12-16", "2025-02-04", "2024-09-21", "2025-08-01"]


def test_a_tie_is_known_when_all_that_it_tells_is_past() -> None:
    known = known_days("ties")
    assert known["irn-rus-alabuga"] == "2025-08-31", "its row tells of August 2025"
    assert known["rus-chn-gas"] == "2025-12-31"
    assert known["rus-irn-su35"] <= "2026-02-28", "what is planned for 2028 makes it no later"
    assert known["chn-rus-xi-moscow"] == "2023-03-22", "and a tie that ended is known at its end"


def test_words_of_a_president_elect_count_with_the_campaign() -> None:
    for row in tables.records(tables.read("policies")):
        said = [
            (year, MONTHS[m], int(day)) for day, m, year in _DAY.findall(row["evidence"]) if year
        ]
        days = [f"{year}-{month:02d}-{day:02d}" for year, month, day in said]
        if row["administration"] == "trump-2":
            assert all(day >= "2025-01-20" for day in days), row["id"]
        elif row["administration"] == "biden":
            assert all(day <= "2025-01-20" for day in days), row["id"]
