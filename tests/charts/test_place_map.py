"""The map: its lines, its marks and its words, through every choice."""

from __future__ import annotations

import itertools
import math
from typing import Any

import pandas as pd
import pytest

from drawing.checker import drawing_of, problems
from drawing.mutations import mutations
from tiers import few
from upheaval import lesson
from upheaval.charts import place_map
from upheaval.charts.draw import outlines
from upheaval.facts import tables
from upheaval.phrases import LONGEST

PLACES, REPORTS = lesson.table("places"), lesson.table("place_reports")
DAYS = [None, *place_map.AS_OF]
CHOICES = list(itertools.product(place_map.PARTS, place_map.ITEMS, DAYS))
#: The isthmus of Perekop, between 45.9 and 46.3 degrees north and 33.2 and 34.5 east.
PEREKOP = (33.2, 34.5, 45.9, 46.3)
Json = Any


def lines(name: str, kind: str) -> list[list[list[float]]]:
    return outlines._lines()[name][kind]


@pytest.mark.parametrize(("part", "item", "known"), few(CHOICES, 12))
def test_every_choice_draws_and_counts_its_rows(part: str, item: str, known: str | None) -> None:
    chart = place_map.place_map(PLACES, REPORTS, part, item, known)
    assert len(chart.title) <= LONGEST
    if chart.table.empty:
        assert "Choose" in chart.description
        return
    assert chart.description.startswith(
        "One report: " if len(chart.table) == 1 else f"{len(chart.table)} reports: "
    )
    assert not problems(chart)
    west, east, south, north = place_map.PARTS[part].frame
    assert chart.table["Degrees east"].between(west, east).all()
    assert chart.table["Degrees north"].between(south, north).all()


@pytest.mark.thorough
def test_wrong_drawings_of_the_map_are_seen() -> None:
    chart = place_map.place_map(PLACES, REPORTS)
    unseen = [
        fault for fault, drawing in mutations(drawing_of(chart)) if not problems(chart, drawing)
    ]
    assert not unseen, unseen


def test_nobody_says_anything_before_they_said_it() -> None:
    at = {day: place_map.place_map(PLACES, REPORTS, known=day) for day in place_map.AS_OF}
    assert "Washington" not in at["2024-10-18"].title
    assert "Seoul and Washington say" in at["2024-10-23"].title
    assert "NATO" not in at["2024-10-24"].title
    assert at["2024-10-24"].title.endswith("Moscow and Pyongyang deny 9 of 10 reports")
    assert set(at["2024-10-08"].table["Place"]) == {"Donetsk"}
    ports = place_map.place_map(PLACES, REPORTS, "ports", known="2024-10-18").title
    assert ports.endswith("; Moscow had denied such reports"), "Pyongyang spoke three days later"


def test_the_distance_of_the_title_is_that_of_the_tables() -> None:
    """By the spherical law of cosines, not by the formula of the collection."""
    where = PLACES.set_index("id")[["latitude", "longitude"]].map(math.radians)
    (south, west), (north, east) = where.loc["kursk"], where.loc["chongjin"]
    angle = math.acos(
        math.sin(south) * math.sin(north)
        + math.cos(south) * math.cos(north) * math.cos(east - west)
    )
    title = place_map.place_map(PLACES, REPORTS).title
    assert title.startswith(f"{round(6371 * angle, -1):,.0f} km from Chongjin to Kursk")


def test_at_the_border_the_title_says_what_is_confirmed_and_what_is_not() -> None:
    def title(day: str | None) -> str:
        return place_map.place_map(PLACES, REPORTS, "border", known=day).title

    assert "confirmed" not in title("2024-10-24") and "Pyongyang deny" not in title("2024-10-24")
    assert title(None) == title("2025-04-28")
    assert "near Kursk, in Russia, are confirmed" in title(None)
    assert "near Donetsk, in Ukraine, are reported" in title(None)
    weaker = REPORTS.assign(status=REPORTS["status"].replace("confirmed", "claimed"))
    assert "confirmed" not in place_map.place_map(PLACES, weaker, "border").title


def test_a_second_report_of_a_place_does_not_hide_the_first() -> None:
    figure: Json = place_map.place_map(PLACES, REPORTS, "border").payload()["figure"]
    there = [
        (trace["x"][0], trace["y"][0])
        for name in ("confirmed", "claimed")
        for trace in figure["data"]
        if trace.get("name") == name
    ]
    assert len(there) == 2, "one of the two at Kursk is confirmed, the other one claimed"
    assert there[0][0] != there[1][0] and there[0][1] == there[1][1]


def test_crimea_is_drawn_as_the_general_assembly_recognises_it() -> None:
    """Natural Earth has a border across the isthmus; the coast of Crimea is there all the same."""
    west, east, south, north = PEREKOP

    def on_isthmus(line: list[list[float]]) -> bool:
        return any(west < x < east and south < y < north for x, y in line)

    for name in ("way", "border"):
        assert not any(map(on_isthmus, lines(name, "border"))), name
    coasts = [point for line in lines("way", "coast") for point in line]
    assert any(33 < x < 36 and 44.3 < y < 45.5 for x, y in coasts), "the coast of Crimea"


def test_each_place_lies_on_its_side_of_the_border() -> None:
    """Walked east along a parallel from Kyiv, the border is crossed an odd number of times on the
    way into Russia, and an even one on the way to a place in Ukraine."""
    where = PLACES.set_index("id")
    border = lines("border", "border")

    def crossings(place: pd.Series) -> int:
        y, start, end = place["latitude"] + 0.001, 31.5, place["longitude"]
        count = 0
        for line in border:
            for (x1, y1), (x2, y2) in itertools.pairwise(line):
                if (y1 > y) != (y2 > y):
                    x = x1 + (y - y1) / (y2 - y1) * (x2 - x1)
                    count += start < x < end
        return count

    for name in ("sudzha", "belgorod"):
        assert crossings(where.loc[name]) % 2 == 1, name
    for name in ("sumy", "kharkiv", "donetsk"):
        assert crossings(where.loc[name]) % 2 == 0, name


def test_the_outlines_are_light_and_of_two_kinds() -> None:
    path = outlines._FILE
    assert path.stat().st_size <= 60_000
    assert set(outlines._lines()) == {part.ground for part in place_map.PARTS.values()}
    for name in outlines._lines():
        assert lines(name, "coast") and lines(name, "border")


def on_land(name: str, east: float, north: float) -> bool:
    """Whether an odd number of coasts lies west of a point."""
    count = 0
    for ring in lines(name, "coast"):
        assert ring[0] == ring[-1], "land is closed, or its tint would run out"
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            if (y1 > north) != (y2 > north):
                count += x1 + (north - y1) / (y2 - y1) * (x2 - x1) < east
    return count % 2 == 1


def test_land_has_a_tint_and_water_has_none() -> None:
    for name, part in place_map.PARTS.items():
        west, east, south, north = part.frame
        for place in tables.records(PLACES):
            x, y = place["longitude"], place["latitude"]
            # Ports lie so near the water that a coast of few points may leave them in it.
            if west < x < east and south < y < north and place["kind"] != "port":
                assert on_land(part.ground, x, y), (name, place["name"])
    siberia, ukraine = (100, 67), (32, 49)
    assert on_land("way", *siberia) and on_land("border", *ukraine)
    black_sea, caspian, sea_of_japan, azov = (34, 43), (51, 41.5), (134, 40), (36.5, 46.2)
    for water in (black_sea, caspian, sea_of_japan):
        assert not on_land("way", *water), water
    assert not on_land("ports", *sea_of_japan) and not on_land("border", *azov)
    coast, border = outlines.ground("way")
    assert coast["fill"] == "toself" and "fill" not in border


def test_another_part_or_item_gets_the_words_there_are() -> None:
    with pytest.raises(KeyError, match="way"):
        place_map.place_map(PLACES, REPORTS, "west")
    with pytest.raises(KeyError, match="soldiers"):
        place_map.place_map(PLACES, REPORTS, item="ships")
