"""Missile tests: worked by hand on a few rows, and through every choice on the real tables."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from tiers import STEPS
from upheaval import lesson
from upheaval.charts import missile_panels, missiles
from upheaval.charts.draw import Chart
from upheaval.facts import tables
from upheaval.phrases import LONGEST

TESTS, NUCLEAR = lesson.table("missile_tests"), lesson.table("nuclear_tests")


def row(
    day: str, kind: str, number: int | None, outcome: str, distance: float | None
) -> dict[str, object]:
    return {
        "id": f"{day}-{kind}",
        "date": pd.Timestamp(day),
        "missile_name": f"Name of {kind}",
        "class": kind,
        "number_launched": number,
        "outcome": outcome,
        "apogee_km": None,
        "distance_km": distance,
        "sources": ("nagix-2026-missiletests",),
        "note": None,
    }


@pytest.fixture
def few() -> pd.DataFrame:
    """Two years; a number and two distances are blank."""
    return pd.DataFrame(
        [
            row("2022-03-01", "SRBM", 2, "success", 400),
            row("2022-05-01", "SRBM", 1, "failure", None),
            row("2023-02-01", "cruise", None, "unknown", 1500),
            row("2023-03-01", "cruise", 4, "unknown", None),
            row("2023-04-01", "ICBM", 1, "success", 1000),
        ]
    )


def traces(chart: Chart, kind: str) -> list[dict[str, object]]:
    return [trace for trace in chart.payload()["figure"]["data"] if trace["type"] == kind]


def test_missiles_are_counted_and_a_blank_number_is_one_at_least(few: pd.DataFrame) -> None:
    chart = missiles.launches(few, NUCLEAR)
    assert (
        chart.title
        == "All classes: at least 9 missiles, most in 2023; middle flight 1,000 km (400 if blanks"
        " are 0)"
    )
    assert (
        chart.description
        == "The farthest flew 1,500 km (Name of cruise, 1 February 2023); the newest: Name of"
        " ICBM, 1 April 2023. On show: 5 rows. By outcome: success 2, failure 1, outcome not known"
        " 2. Blank: the number in 1, the distance in 2."
    )
    bars = [trace["y"] for trace in traces(chart, "bar")]
    assert bars == [
        [2, 1],
        [1, 0],
        [0, 4],
        [0, 1],
    ]  # success, failure, unknown, no number published


def test_the_middle_leaves_blanks_out_and_shows_what_zeros_would_do(few: pd.DataFrame) -> None:
    cruise = missiles.launches(few, NUCLEAR, "cruise")
    assert (
        cruise.title
        == "Cruise missile: at least 5 missiles, all in 2023; the one published flight 1,500 km"
        " (750 if blanks are 0)"
    )
    line = next(trace for trace in traces(cruise, "scatter") if trace["mode"] == "lines")
    assert line["y"] == [1500, 1500, None, 750, 750, None]


def test_without_blanks_there_is_one_middle_and_without_distances_none(few: pd.DataFrame) -> None:
    assert missiles.launches(few, NUCLEAR, "ICBM").title.endswith(
        "1 missile, in 2023; it flew 1,000 km"
    )
    failed = missiles.launches(few, NUCLEAR, "SRBM", "failure")
    assert (
        failed.title
        == "Short range (SRBM), failure: 1 missile, in 2022; nobody published a distance"
    )


def test_rows_without_a_distance_stand_under_the_scale(few: pd.DataFrame) -> None:
    marks = [
        trace
        for trace in traces(missiles.launches(few, NUCLEAR), "scatter")
        if trace.get("hovertext")
    ]
    below = [y for trace in marks for y in trace["y"] if y < 0]
    assert len(below) == 2 and sum(len(trace["y"]) for trace in marks) == 5


def test_nuclear_tests_are_marks_and_those_before_are_named() -> None:
    chart = missiles.launches(TESTS, NUCLEAR)
    stars = next(
        trace for trace in traces(chart, "scatter") if trace["marker"].get("symbol") == "star"
    )
    assert stars["x"] == ["2013-02-12", "2016-01-06", "2016-09-09", "2017-09-03"]
    assert ("★", "nuclear test (4 here; before: 2006 and 2009)") in chart.legend


def test_markup_and_unknown_words(few: pd.DataFrame) -> None:
    few["missile_name"] = "<b>x</b>"
    assert "&lt;b&gt;x" in str(missiles.launches(few, NUCLEAR).payload()["figure"])
    for wrong in ({"kind": "tank"}, {"outcome": "maybe"}):
        with pytest.raises(KeyError):
            missiles.launches(few, NUCLEAR, **wrong)


def test_words_of_the_schema_are_known() -> None:
    fields = {field["name"]: field for field in tables.schema("missile_tests")["fields"]}
    assert set(fields["class"]["constraints"]["enum"]) == set(missiles.CLASSES)
    assert set(fields["outcome"]["constraints"]["enum"]) == set(missile_panels.OUTCOMES)


@STEPS
def test_every_choice_says_what_it_shows(step: int) -> None:
    kinds, outcomes = (
        [value for _, value in options]
        for options in (missiles.class_options(), missiles.outcome_options())
    )
    for kind, outcome in [*itertools.product(kinds, outcomes)][::step]:
        rows = TESTS[
            TESTS["class"].eq(kind or TESTS["class"])
            & TESTS["outcome"].eq(outcome or TESTS["outcome"])
        ]
        payload = missiles.launches(TESTS, NUCLEAR, kind, outcome).payload()
        assert len(payload["table"]["rows"]) == len(rows) and payload["empty"] == rows.empty
        assert payload["title"] and "nan" not in f"{payload['title']} {payload['description']}"
        if rows.empty:
            assert "Choose" in payload["description"]  # nuclear tests stand there all the same
            assert payload["legend"][0][0] == "★" and payload["references"]
            continue
        assert f"On show: {len(rows)} row" in payload["description"]
        assert len(payload["title"]) <= LONGEST
        bars = [trace["y"] for trace in payload["figure"]["data"] if trace["type"] == "bar"]
        missing = int(rows["number_launched"].isna().sum())
        assert sum(map(sum, bars)) == rows["number_launched"].sum() + missing


def test_a_steep_shot_says_how_high_it_went(few: pd.DataFrame) -> None:
    title = missiles.launches(few.assign(apogee_km=6000), NUCLEAR, "ICBM").title
    assert title.endswith("shot steeply: 1,000 km far, 6,000 km high")


def test_blanks_that_change_little_are_not_told(few: pd.DataFrame) -> None:
    same = few.assign(distance_km=[400, None, 400, 400, 400])
    assert missiles.launches(same, NUCLEAR).title.endswith("middle flight 400 km")
