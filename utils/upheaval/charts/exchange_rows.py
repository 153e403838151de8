"""The rows of the exchange: who gives, what kind, how sure it is, and how much, in words."""

from __future__ import annotations

import functools
from typing import Any

import pandas as pd

from ..facts import tables
from ..methods import estimates
from . import draw
from .draw import Row, short_names, spelled, theme, words
from .timeline_rows import PRESENCE

#: Lanes of the chart: a name, its words, and the categories of the table that stand in it.
LANES = {
    "ammunition": ("Shells and other ammunition", ("ammunition",)),
    "missiles": ("Missiles and guns", ("missiles", "artillery")),
    "people": (
        "Soldiers, workers, and what they learn",
        ("troops", "combat-experience", "workers"),
    ),
    "technology": (
        "Missile, submarine and space technology",
        ("missile-tech", "submarine-tech", "space"),
    ),
    "defence": ("Air defence, jamming and drones", ("air-defence", "electronic-warfare", "drones")),
    "economy": ("Money, oil, food and trade", ("money", "oil", "food", "trade")),
    "cover": ("Votes, treaties and recognition", ("diplomatic-cover", "nuclear")),
}
LANE_OF = {category: lane for lane, (_, categories) in LANES.items() for category in categories}

#: The two sides of the exchange: who gives, in words.
SIDES = {"PRK": "Pyongyang", "RUS": "Moscow"}

#: From the strongest status down; a level shows its own status and all before it.
LEVELS = tuple(reversed(estimates.LADDER))

#: The kinds of numbers, in words.
NUMBERS = {
    "floor": "at least (a floor)",
    "ceiling": "up to (a ceiling)",
    "range": "a range",
    "point": "one number",
    "unknown": "no number",
}

#: The words of cells.
TEXTS = {
    "others": "{first} and {count} other governments",
    "denies": "denies it: {who}",
    "denied": "denied it until {day}: {who}",
    "until": "{who} (until {day})",
}

#: Headings of the tables that drawings refer to, and where words say which side gives.
FROM, ITEM, HOW_MUCH, STATUS, SAID_BY = "From", "Item", "How much", "Status", "Said by"
DENIED_BY = "Denied by"


def rows_of(items: pd.DataFrame, known: str | None = None) -> list[Row]:
    """The items public by a day, in chart order, with lane, rank of status and number (``said``).

    The strongest come first: the rows of a stronger level are then the first rows of a weaker one,
    with the same numbers.
    """
    public = tables.as_of(_in_the_open(items, known), known, "period") if known else items
    rows = [
        {
            **row,
            "lane": LANE_OF[row["category"]],
            "rank": LEVELS.index(row["status"]),
            "said": estimates.interval(row, "quantity_low", "quantity_high", None),
        }
        for row in tables.records(public)
    ]
    lanes, sides = list(LANES), list(SIDES)

    def order(row: Row) -> tuple[Any, ...]:
        place = sides.index(row["giver"]), lanes.index(row["lane"])
        return row["rank"], *place, row["period"], row["id"]

    return sorted(rows, key=order)


def _in_the_open(items: pd.DataFrame, day: str) -> pd.DataFrame:
    """The items with votes, treaties and recognitions public from their own first day, whenever
    somebody counted them: what was counted after `day` is left out, and the row still stands.
    """
    items = items.copy()
    first, last = tables.span(items["period"])["start"], tables.span([day])["end"].iloc[0]
    counted = tables.span(items["first_reported"])["end"]
    begun = (items["category"] == "diplomatic-cover") & (first <= last) & (counted > last)
    since = items.loc[begun, "period"].str.split("/").str[0]
    items.loc[begun, "first_reported"], items.loc[begun, "period"] = since, since + "/"
    items.loc[begun, ["quantity_low", "quantity_high"]] = float("nan")
    items.loc[begun, "note"] = ""
    return items


def from_side(giver: str, rows: list[Row]) -> int:
    """How many of the rows are about what one side gives."""
    return sum(row["giver"] == giver for row in rows)


def quantity(row: Row) -> str:
    """How much, in the row's unit: `at least 1,000 containers`, `4,000,000 to 6,000,000 shells`."""
    said = row["said"]
    unit = words(row["unit"])
    if said.kind == "unknown":
        return f"{said.text} ({unit})" if unit else str(said.text)
    # What was disputed first: the two capitals admitted the soldiers, and no number of them.
    was_denied = row["category"] == "troops" and row.get("status_before") == "disputed"
    admitted = was_denied and row["status"] == "confirmed"
    return f"{said.text} {unit}{f' (confirmed: {PRESENCE})' if admitted else ''}".strip()


def people(codes: tuple[str, ...]) -> str:
    """States and bodies by short name; of more than four, the first and how many others."""
    names = _names()
    short_names = [names.get(code, code) for code in codes]
    if len(short_names) <= 4:
        return ", ".join(short_names)
    first = next((names[code] for code in ("KOR", "USA") if code in codes), short_names[0])
    return TEXTS["others"].format(first=first, count=len(short_names) - 1)


#: Short names are looked up for every cell, and never change in a session.
_names = functools.cache(short_names)


def claimants(row: Row) -> tuple[str, ...]:
    """Who says so by the status of a row: who still denies it has not yet come to say it."""
    denying = row["disputed_by"] if row["status"] == "disputed" else ()
    return tuple(code for code in row["claimant"] if code not in denying)


def denied(row: Row) -> str:
    """Who denies a thing, or denied it until when; "" where nobody did."""
    if not row["disputed_by"]:
        return ""
    until = _until(row)
    text = TEXTS["denied" if until else "denies"]
    return text.format(who=people(row["disputed_by"]), day=until)


def deniers(row: Row) -> str:
    """The same for a column that is called so: "Russia (until 26 April 2025)"."""
    until = _until(row)
    who = people(row["disputed_by"])
    return TEXTS["until"].format(who=who, day=until) if until else who


def _until(row: Row) -> str:
    """The day on which those who denied a thing stopped, in words; "" where they have not."""
    over = row["disputed_by"] and row["status"] != "disputed"
    return tables.spell(row["status_since"]) if over else ""


#: The columns that say how much of a thing, when, how sure, and by whom.
COLUMNS: draw.Columns = {
    HOW_MUCH: quantity,
    "Kind of number": lambda row: NUMBERS[row["said"].kind],
    "When": spelled("period"),
    STATUS: lambda row: theme.signed_status(row["status"]),
    SAID_BY: lambda row: people(claimants(row)),
}
#: The last columns of all tables.
LAST_COLUMNS: draw.Columns = {"First public": spelled("first_reported"), "Note": "note"}
