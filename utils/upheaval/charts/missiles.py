"""Missile tests: how many in a year, how they ended, how far they flew, and blanks read as 0."""

from __future__ import annotations

import functools
from collections import Counter
from typing import Any

import pandas as pd

from .. import stories
from ..facts import evidence, tables
from ..facts.wording import counted, whole
from . import draw
from .draw import Chart, Row, blank, chosen
from .missile_panels import (
    DATE,
    DISTANCE,
    LAUNCHED,
    MISSILE,
    NOT_PUBLISHED,
    OUTCOME,
    OUTCOMES,
    middle,
    number_of,
    panels,
    part_label,
)

#: Classes of the table and their words.
CLASSES = {
    "SRBM": "Short range (SRBM)",
    "MRBM": "Medium range (MRBM)",
    "IRBM": "Intermediate range (IRBM)",
    "ICBM": "Intercontinental (ICBM)",
    "SLBM": "From a submarine (SLBM)",
    "SLV": "Satellite launcher (SLV)",
    "cruise": "Cruise missile",
    "hypersonic": "Called hypersonic",
    "unknown": "Type not known",
}


#: The words of titles, subtitles and descriptions.
TEXTS = {
    "all classes": "All classes",
    "with outcome": "{about}, {outcome}",
    "unknown": "outcome unknown",
    "floor": "at least ",
    "none": "{about}: no such launch in the table",
    "choose": "None of the launches fits. Choose another class or another outcome.",
    "title": "{about}: {missiles}; {measured}",
    "no distance": "nobody published a distance",
    "flat shot": "{flight} {far} km",
    "high": "{flight} {far} km far, {high} km high",
    "steep": "shot steeply: {far} km far, {high} km high",
    "zero": " ({zero} if blanks are 0)",
    "missiles": "{floor}{count}, {peak}",
    "peak": "most in {years}",
    "all in": "all in {years}",
    "the one": "in {years}",
    "flat": "at most {most} a year",
    "subtitle": "Above: missiles a year, {first} to {last}; below: kilometres flown, one mark a"
    " row. Counted by CNS, cruise missiles by CSIS",
    "rows": "{far} On show: {rows}. By outcome: {outcomes}.{blanks}",
    "blanks": " Blank: the number in {numbers}, the distance in {distances}.",
    "only": "It flew {far} km ({name}, {day}).",
    "both": "The farthest, and the newest, flew {far} km ({name}, {day}).",
    "farthest": "The farthest flew {far} km ({name}, {day}); the newest: {last}, {when}.",
    "newest": "The newest: {last}, {when}; nobody published a distance.",
    "nameless": "a missile without a name",
    "middle": "middle of the distances (in brackets: if blanks were 0)",
    "nuclear": "nuclear test ({here} here{before})",
}

#: What is told of the distances: of one missile, of the one that has a distance, or of several.
FLIGHTS = {"one": "it flew", "only": "the one published flight", "several": "middle flight"}
#: How the table calls a missile that has no name.
_NAMELESS = "Unnamed"
#: By how much of it blanks read as 0 must lower the middle to be told in the title.
MISLEADS = 0.1

class_options = draw.offer(CLASSES, first="All classes")
outcome_options = draw.offer(
    {one: f"{sign} {one}" for one, (_, _, sign) in OUTCOMES.items()}, first="Any outcome"
)


def launches(
    tests: pd.DataFrame, nuclear: pd.DataFrame, kind: str | None = None, outcome: str | None = None
) -> Chart:
    """Missile tests by year in two panels: how many, by outcome, and how far each flew.

    ``tests`` and ``nuclear`` are (rows of) the tables ``missile_tests`` and ``nuclear_tests``,
    whose days are stars; ``kind`` and ``outcome`` select a class and an outcome. A row is the
    launches of one missile type on one date that went alike. Blanks (a number or a distance that
    nobody published) stay blanks; beside the middle of the distances a line shows what a careless
    program would find that reads blanks as 0. Raises ``KeyError`` for an unknown word.
    """
    about = chosen(CLASSES, kind, "class of missile") if kind else TEXTS["all classes"]
    if outcome:
        chosen(OUTCOMES, outcome, "outcome")
        ended = TEXTS["unknown"] if outcome == "unknown" else outcome
        about = TEXTS["with outcome"].format(about=about, outcome=ended)
    fits = tests["class"].eq(kind or tests["class"])
    fits &= tests["outcome"].eq(outcome or tests["outcome"])
    first, last = (int(year) for year in (tests["date"].dt.year.min(), tests["date"].dt.year.max()))
    rows = tables.records(tests[fits].sort_values(["date", "id"]))
    blasts = sorted(zip(nuclear["date"], nuclear["id"], strict=True))
    here = [(day, one) for day, one in blasts if first <= day.year <= last]
    said = {"about": about, "missiles": _counted(rows), "measured": _measured(rows)}
    stars = ("★", _nuclear_label([day for day, _ in here], [day for day, _ in blasts]))
    cited = [*(row["sources"] for row in rows), *nuclear["sources"]]
    return Chart(
        panels(rows, here, first, last),
        title=_title(said) if rows else TEXTS["none"].format(**said),
        subtitle=TEXTS["subtitle"].format(first=first, last=last),
        description=_description(rows),
        table=draw.table(rows, _COLUMNS),
        sources=[one for cell in cited for one in cell],
        refs=evidence.refs("missile_tests", (row["id"] for row in rows)),
        known="rows",
        name="missiles",
        legend=[*_legend(rows), *([stars] if here else [])],
        mobile={"marks": 0.7},
    )


# -- words -----------------------------------------------------------------------------------------
def _counted(rows: list[Row]) -> str:
    """How many missiles, and in which year most of them."""
    years: Counter[int] = Counter()
    for row in rows:
        years[row["date"].year] += number_of(row)
    most = max(years.values(), default=0)
    busiest = [str(year) for year in sorted(years) if years[year] == most]
    which = "peak" if len(busiest) < 3 else "flat"
    if len(years) == 1:
        which = "the one" if most == 1 else "all in"
    peak = TEXTS[which].format(years=" and ".join(busiest), most=most)
    floor = TEXTS["floor"] if any(blank(row["number_launched"]) for row in rows) else ""
    return TEXTS["missiles"].format(floor=floor, count=counted(years.total(), "missile"), peak=peak)


def _measured(rows: list[Row]) -> str:
    """The middle of the distances: how high, where missiles are shot steeply, and read as 0."""
    median, zero = middle(rows), middle(rows, blank_as=0.0)
    if median is None or zero is None:
        return TEXTS["no distance"]
    measured = sum(not blank(row["distance_km"]) for row in rows)
    flight = FLIGHTS["several" if measured > 1 else "one" if len(rows) == 1 else "only"]
    highest = middle(rows, of="apogee_km")
    if highest is not None and highest > median:
        which = "steep" if highest > 2 * median else "high"
        return TEXTS[which].format(flight=flight, far=f"{median:,.0f}", high=f"{highest:,.0f}")
    usual = TEXTS["flat shot"].format(flight=flight, far=f"{median:,.0f}")
    if median - zero < MISLEADS * median:
        return usual
    return usual + TEXTS["zero"].format(zero=f"{zero:,.0f}")


def _title(said: dict[str, str]) -> str:
    """How many, and how far; what blanks would do is left out where it does not fit."""
    title = TEXTS["title"].format(**said)
    return stories.first_fitting([title, title.rpartition(" (")[0]])


def _description(rows: list[Row]) -> str:
    if not rows:
        return TEXTS["choose"]
    blanks = {
        one: sum(blank(row[one]) for row in rows) or "none"
        for one in ("number_launched", "distance_km")
    }
    return TEXTS["rows"].format(
        far=_told(rows),
        rows=counted(len(rows), "row"),
        outcomes=draw.tally(
            (row["outcome"] for row in rows), {one: part_label(one) for one in OUTCOMES}
        ),
        blanks=""
        if set(blanks.values()) == {"none"}
        else TEXTS["blanks"].format(
            numbers=blanks["number_launched"], distances=blanks["distance_km"]
        ),
    )


def _told(rows: list[Row]) -> str:
    """The farthest flight and the newest."""
    said = {"last": _name(rows[-1]), "when": _spelled(rows[-1]["date"])}
    measured = [row for row in rows if not blank(row["distance_km"])]
    if not measured:
        return TEXTS["newest"].format(**said)
    far = max(measured, key=lambda row: row["distance_km"])
    about = {"far": f"{far['distance_km']:,.0f}", "name": _name(far)}
    which = "only" if len(rows) == 1 else "both" if far is rows[-1] else "farthest"
    return TEXTS[which].format(**about, day=_spelled(far["date"]), **said)


def _name(row: Row) -> str:
    named = row["missile_name"] != _NAMELESS
    return str(row["missile_name"]) if named else TEXTS["nameless"]


@functools.cache
def _spelled(day: Any) -> str:
    """A day in words; each is written in many states of the chart."""
    return tables.spell(day)


def _legend(rows: list[Row]) -> list[tuple[str, str]]:
    present = {row["outcome"] for row in rows}
    bars = {"success": "█", "failure": "▩", "unknown": "▨"}
    signs = [(one, sign) for one, (_, _, sign) in OUTCOMES.items() if one in present]
    legend = [(f"{bars[one]} {sign}", part_label(one)) for one, sign in signs]
    if any(blank(row["number_launched"]) for row in rows):
        legend.append(("░", part_label(NOT_PUBLISHED)))
    if middle(rows) is not None:
        legend.append(("╌", TEXTS["middle"]))
    return legend


def _nuclear_label(in_span: list[Any], blasts: list[Any]) -> str:
    years = " and ".join(str(day.year) for day in blasts if day not in in_span)
    before = f"; before: {years}" if years else ""
    return TEXTS["nuclear"].format(here=len(in_span), before=before)


_COLUMNS: draw.Columns = {
    DATE: lambda row: _spelled(row["date"]),
    MISSILE: "missile_name",
    "Class": "class",
    LAUNCHED: draw.number("number_launched", whole),
    OUTCOME: lambda row: f"{OUTCOMES[row['outcome']][2]} {row['outcome']}",
    "Highest point (km)": draw.number("apogee_km", whole),
    DISTANCE: draw.number("distance_km", whole),
    "Note": "note",
}
