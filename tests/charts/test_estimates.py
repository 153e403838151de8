"""The charts of lesson 03: marks by kind, ranges worked out by hand, every choice, and the warning
on the bug hunt.
"""

from __future__ import annotations

import itertools
from typing import Any

import pandas as pd
import pytest

from rules import filtered
from tiers import STEPS
from upheaval import lesson, stories
from upheaval.charts import bug_hunt, december, estimate_rows, estimates
from upheaval.charts.draw import Chart, Dot
from upheaval.facts import tables
from upheaval.phrases import LONGEST


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return lesson.table("estimates")


def row(name: str, **cells: Any) -> dict[str, Any]:
    """A row of the table with these cells; the rest is plain."""
    usual = {
        "id": name,
        "date": "2024-10-18",
        "estimator": "NIS",
        "estimator_side": "ROK",
        "measure": "killed",
        "low": None,
        "high": None,
        "best": None,
        "estimator_short": None,
        "as_of_note": "as said",
        "other_count": None,
        "headline": "One says so",
        "status": "claimed",
        "claimant": ("KOR",),
        "disputed_by": (),
        "first_reported": None,
        "weak": False,
        "sources": ("kbs-2024-nis18oct",),
        "note": None,
    }
    return {**usual, **cells}


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows)).astype({"low": "Int64", "high": "Int64", "best": "Int64"})


def marks(chart: Chart) -> list[tuple[int | None, float, float, str]]:
    """(row, from, to, look) of every bar and sign."""
    assert chart.rows is not None
    return [
        (line.at, one.at, one.at, one.mark.sign)
        if isinstance(one, Dot)
        else (line.at, one.low, one.high, one.look)
        for line in chart.rows.lines
        for one in line.track
    ]


def tops(chart: Chart) -> list[float]:
    """Where the scale of each measure ends."""
    assert chart.rows is not None
    return [group.scale.high for group in chart.rows.groups if group.scale]


# -- one row, by hand ------------------------------------------------------------------------------
def test_each_kind_has_marks_of_its_own() -> None:
    rows = frame(
        row("a", best=50),
        row("b", low=20, estimator_side="UKR"),
        row("c", high=100, estimator_side="US"),
        row("d", low=30, high=60, estimator_side="UK"),
    )
    chart = estimates.ranges(rows, "killed")
    assert chart.rows is not None and chart.rows.scale is not None
    scale = chart.rows.scale.high
    assert scale == pytest.approx(118), "the highest number and its room"
    assert [one for one in marks(chart) if one[0] is not None] == [
        (0, 50, 50, "△"),
        (1, 20, pytest.approx(0.97 * scale), "open"),
        (1, 20, 20, "△"),
        (1, pytest.approx(0.97 * scale), pytest.approx(0.97 * scale), "▶"),
        (2, pytest.approx(0.012 * scale), 100, "open"),
        (2, 100, 100, "△"),
        (2, pytest.approx(0.012 * scale), pytest.approx(0.012 * scale), "◀"),
        (3, 30, 60, "range"),
    ]
    said = [line.text for line in chart.rows.lines if line.at is not None]
    assert said == ["50", "at least 20", "up to 100", "30 to 60"]


def test_the_same_side_replaces_its_number_and_others_do_not() -> None:
    rows = frame(
        row("old", best=10),
        row("new", best=40, date="2024-10-20"),
        row("one", best=90, estimator_side="independent", estimator="A"),
        row("two", best=70, date="2024-10-21", estimator_side="independent", estimator="B"),
    )
    chart = estimates.ranges(rows, "killed")
    assert "since October 2024; the last: 70 to 90 or more" in chart.title, "as on its last day"
    november = estimates.ranges(rows, "killed", "2024-11-20")
    assert november.title.startswith("20 November 2024: 40 to 90 or more")
    told = november.description
    assert "One is grey" in told and "do not count alike" in told
    assert estimates.ranges(rows, "killed", "2024-10-18").title == (
        "18 October 2024: 10 to 90 soldiers killed, by what was said in October"
    )


def test_sums_of_two_days_do_not_contradict_each_other() -> None:
    rows = frame(row("a", best=40), row("b", best=90, date="2024-10-20", estimator_side="UKR"))
    told = estimates.ranges(rows, "killed", "2024-11-20").description
    assert "can have grown in between" in told


def test_what_counts_something_else_stays_out_of_the_range() -> None:
    part = {"best": 900, "estimator_side": "US", "other_count": "in one week"}
    rows = frame(row("a", low=100), row("part", **part))
    chart = estimates.ranges(rows, "killed")
    assert "the last: 100 or more" in chart.title
    assert "One counts something else" in chart.description
    assert list(chart.table["In the range"]) == ["yes", "no: in one week"]
    alone = estimates.ranges(rows[rows["id"] == "part"], "killed")
    assert "only for a part" in alone.title and {one[0] for one in marks(alone)} == {0}, "no range"


def test_the_range_stands_above_its_rows_and_shows_where_it_is_open() -> None:
    rows = frame(row("a", low=100), row("b", high=50, estimator_side="UKR"))
    chart = estimates.ranges(rows, "killed")
    ends = [(low, high, look) for at, low, high, look in marks(chart) if at is None]
    assert chart.rows is not None and chart.rows.lines[0].text in chart.title
    assert ends[0] == (50, 100, "range") and {look for *_, look in ends} >= {"▶", "◀"}
    closed = estimates.ranges(frame(row("a", best=9), row("b", best=7, estimator="B")), "killed")
    assert {look for at, *_, look in marks(closed) if at is None} <= {"range", "■"}


@pytest.mark.parametrize("measure", ["killed_and_wounded", "in_kursk"])
def test_a_floor_leaves_the_lower_end_to_counts_whatever_is_counted(measure: str) -> None:
    rows = frame(
        row("a", best=4000, measure=measure),
        row("b", low=3000, estimator_side="UKR", measure=measure),
    )
    assert ": 4,000 soldiers" in estimates.ranges(rows, measure, "2024-10-18").title


def test_plans_for_more_soldiers_are_told_beside_the_totals(table: pd.DataFrame) -> None:
    chart = estimates.ranges(table, "planned_total")
    assert chart.title == (
        "Plans by February 2026: 10,000 to 100,000 soldiers (said in 2024), then 6,000 to 30,000"
        " more (in 2025)"
    )
    assert "plans for more soldiers than were there: " in chart.description
    early = estimates.ranges(table, "planned_total", "2024-11-27")
    assert "more" not in early.title and "Beside these" not in early.description
    other = estimates.ranges(table, "deployed_in_russia")
    assert "Beside these" not in other.description


# -- the table itself ------------------------------------------------------------------------------
def test_days_and_sides_of_the_table(table: pd.DataFrame) -> None:
    """Counted in the table by hand: in Russia, by 27 November 2024."""
    chart = estimates.ranges(table, "deployed_in_russia", "2024-11-27")
    assert chart.title == (
        "27 November 2024: 11,000 to 12,000 or more soldiers in Russia, by what was said in"
        " October and November"
    )
    assert "On show: all 10 estimates" in chart.description
    assert "South Korea 3, Ukraine 1, United States 6" in chart.description


@STEPS
def test_every_choice_has_words_that_agree_with_its_rows(table: pd.DataFrame, step: int) -> None:
    """And no row is from after the day."""
    public = {
        day: set(tables.as_of(table, day, "date")["id"] if day else table["id"])
        for day in estimates.DAYS
    }
    measures = [measure for _, measure in estimates.measure_options()]
    choices = [*itertools.product(measures, estimates.DAYS, (1, 2))]
    for measure, day, publishers in choices[::step]:
        payload = estimates.ranges(table, measure, day, publishers).payload()
        if publishers == 1:
            there = table["id"].isin(public[day]) & (table["measure"] == measure)
            assert len(payload["table"]["rows"]) == there.sum()
        lines = [
            line["at"]
            for group in payload.get("markedRows", {"groups": []})["groups"]
            for line in group["lines"]
            if line["at"] is not None
        ]
        assert lines == list(range(len(payload["table"]["rows"])))
        assert len(lines) == len(payload["rowFilters"]["when"])
        for label, side in estimates.side_options():
            rule = {
                "name": "side",
                "column": "side",
                "rule": "contains",
                "value": side,
                "label": label,
            }
            visible = filtered(payload, [rule])
            count, description = len(visible["table"]["rows"]), visible["description"]
            here = {0: "None ", 1: "one of the "}.get(
                count, f"On show: {stories.share(count, payload['rowFilters']['total'])} "
            )
            assert here in description or "the only estimate" in description, description
            assert visible["title"] and "{" not in visible["title"] + description
            assert len(visible["title"]) <= LONGEST, visible["title"]
            left = [
                line["at"]
                for group in visible.get("markedRows", {"groups": []})["groups"]
                for line in group["lines"]
                if line["at"] is not None
            ]
            assert left == visible.get("visibleRows", left) and len(left) == count
            assert count or "Choose" in description


def test_rows_named_in_the_code_are_in_the_table(table: pd.DataFrame) -> None:
    assert {*bug_hunt.HUNT, december.RETOLD_OF} <= set(table["id"])
    assert set(december.RETOLD) <= set(tables.read("sources")["id"])
    assert set(estimate_rows.MEASURES) <= set(table["measure"])


def test_one_estimator_has_one_short_name(table: pd.DataFrame) -> None:
    names = table.fillna({"estimator_short": ""}).groupby("estimator")["estimator_short"].unique()
    assert all(len(found) == 1 for found in names) and table["estimator_short"].notna().sum() > 30


# -- December --------------------------------------------------------------------------------------
def test_december_day_by_day(table: pd.DataFrame) -> None:
    titles = {day: december.december(table, day).title for day in december.DECEMBER}
    assert "no number yet" in titles["2024-12-14"]
    assert titles["2024-12-23"].endswith(
        "Seoul and Kyiv disagree: 1,100 to 3,000 or more killed and wounded"
    )
    assert titles["2024-12-27"].startswith(
        "27 December 2024: Washington counts one week; the totals of Seoul and Kyiv"
    )
    for day, telling in itertools.product(december.DECEMBER, ("said", "retold")):
        chart = december.december(table, day, telling)
        count = len(chart.table)
        rows = "one row" if count == 1 else f"{count} rows"
        assert f"On show: {rows}. " in chart.description
        if telling == "retold" and day != december.DECEMBER[-1]:
            assert "nothing is retold yet" in chart.title
    with pytest.raises(ValueError, match="“said”, “retold”"):
        december.december(table, telling="heard")


def test_a_retelling_is_no_estimate(table: pd.DataFrame) -> None:
    said, retold = (
        december.december(table, "2024-12-31", telling) for telling in ("said", "retold")
    )
    more = retold.table.iloc[len(said.table) :]
    assert len(more) == len(december.RETOLD)
    assert set(more["Kind"]) == {"retelling"} and set(more["Measure"]) == {"Killed"}
    assert more["Lowest"].isna().all() and more["Estimate"].str.endswith(": as 1,000 killed").all()
    assert {"≠"} == {look for *_, look in marks(retold)} - {look for *_, look in marks(said)}


def test_panels_never_share_a_scale(table: pd.DataFrame) -> None:
    chart = december.december(table, "2024-12-27")
    assert tops(chart) == pytest.approx([118, 1180, 3540])


# -- the bug hunt ----------------------------------------------------------------------------------
def test_the_misleading_chart_says_so_wherever_it_goes(table: pd.DataFrame) -> None:
    payload = bug_hunt.bug_hunt(table).payload()
    assert payload["title"].startswith("Deliberately misleading")
    assert payload["name"].startswith("deliberately-misleading")
    assert payload["table"]["columns"][0] == "Warning"
    assert {one[0] for one in payload["table"]["rows"]} == {bug_hunt.MISLEADING}
    assert "MISLEADING" in payload["figure"]["layout"]["annotations"][0]["text"]
    assert payload["figure"]["layout"]["yaxis"]["range"][0] == 7000, "the axis is cut"


def test_the_honest_drawing_has_a_scale_for_each_measure(table: pd.DataFrame) -> None:
    chart = bug_hunt.bug_hunt(table, "honest")
    assert len(tops(chart)) == chart.table["Measure"].nunique() == 3
    assert "Warning" not in chart.table and "misleading" not in chart.title.lower()
    with pytest.raises(ValueError, match="“misleading”, “honest”"):
        bug_hunt.bug_hunt(table, "pretty")


# -- true sentences --------------------------------------------------------------------------------
def test_an_old_number_of_a_stock_is_pale_and_out_of_the_range() -> None:
    rows = frame(
        row("old", best=900, measure="in_kursk", date="2024-10-18", estimator_side="UKR"),
        row("new", best=500, measure="in_kursk", date="2025-02-01"),
    )
    chart = estimates.ranges(rows, "in_kursk", "2025-02-10")
    assert "500 soldiers in the Kursk region, by what was said in February" in chart.title
    assert "One is grey as old: nobody had said it again for 90 days" in chart.description
    assert ("grey:", estimate_rows.GREY["old"]) in chart.legend
    late = estimates.ranges(rows, "in_kursk", "2026-02-10").title
    assert late.startswith("10 February 2026: no new number") and "since February 2025" in late


def test_the_lower_end_of_a_sum_never_falls(table: pd.DataFrame) -> None:
    for measure in sorted({"cumulative_sent", "killed", "killed_and_wounded"}):
        for publishers in (1, 2):
            ends = [
                found.low or 0
                for day in estimates.DAYS
                if (found := _range(table, measure, day, publishers))
            ]
            assert ends == sorted(ends), (measure, publishers)


def _range(
    table: pd.DataFrame, measure: str, day: str | None, publishers: int
) -> estimates.DefensibleRange | None:
    public = estimate_rows.public_by(table[table["measure"] == measure], day)
    return estimate_rows.range_of(public[public["publishers"] >= publishers], measure, day)


def test_one_side_alone_has_its_own_title_and_range(table: pd.DataFrame) -> None:
    payload = estimates.ranges(table, "deployed_in_russia", "2024-11-27").payload()
    rule = {
        "name": "side",
        "column": "side",
        "rule": "contains",
        "value": "UKR",
        "label": "Ukraine",
    }
    alone = filtered(payload, [rule])
    assert (
        alone["title"]
        == "27 November 2024: Ukraine last spoke of 11,000 soldiers in Russia, in October"
    )
    first = alone["markedRows"]["groups"][0]["lines"]
    assert [line["title"] for line in first] == ["Ukraine alone:"]


def test_a_plan_is_called_a_plan(table: pd.DataFrame) -> None:
    title = estimates.ranges(table, "planned_total", "2024-11-27").title
    assert title.startswith("By 27 November 2024 plans spoke of 10,000 to 100,000 soldiers")
