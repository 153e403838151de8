"""The charts of lesson 03: marks by kind, ranges worked out by hand, every choice, and the warning
on the bug hunt.
"""

from __future__ import annotations

import itertools
from typing import Any

import pandas as pd
import pytest

from rules import filtered
from upheaval import lesson
from upheaval.charts import estimates
from upheaval.facts import tables


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
        "as_of_note": "as said",
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


def traces(chart: Any) -> list[dict[str, Any]]:
    return chart.payload()["figure"]["data"]


def marks(chart: Any) -> list[tuple[str, float, str]]:
    """(row, place on the scale, symbol) of every mark."""
    return [
        (one, x, symbol)
        for trace in traces(chart)
        if trace["mode"] == "markers"
        for one, x, symbol in zip(trace["ids"], trace["x"], trace["marker"]["symbol"], strict=True)
    ]


# -- one row, by hand ------------------------------------------------------------------------------
def test_each_kind_has_marks_of_its_own() -> None:
    rows = frame(
        row("a", best=50),
        row("b", low=20, estimator_side="UKR"),
        row("c", high=100, estimator_side="US"),
        row("d", low=30, high=60, estimator_side="UK"),
    )
    chart = estimates.ranges(rows, "killed")
    scale, arrow = 118, 11.8  # the highest number and its room; a tenth of that
    assert chart.payload()["figure"]["layout"]["xaxis"]["range"] == [0, pytest.approx(scale)]
    assert sorted((one, round(x, 6), symbol) for one, x, symbol in marks(chart)) == [
        ("0", 50, "circle"),
        ("1", 20, "line-ns"),
        ("1", 20 + arrow, "triangle-right-open"),
        ("2", 100 - arrow, "triangle-left-open"),
        ("2", 100, "line-ns"),
        ("3", 30, "circle"),
        ("3", 60, "circle"),
    ]
    text = [one for trace in traces(chart) if trace["mode"] == "text" for one in trace["text"]]
    assert [one.strip("\u00a0") for one in text[4:]] == [
        "50",
        "at least 20",
        "up to 100",
        "30 to 60",
    ]


def test_an_arrow_to_the_left_ends_at_zero() -> None:
    rows = frame(row("a", high=5), row("b", best=1000, estimator_side="UKR"))
    assert min(x for _, x, _ in marks(estimates.ranges(rows, "killed"))) == 0


def test_the_same_side_replaces_its_number_and_others_do_not() -> None:
    rows = frame(
        row("old", best=10),
        row("new", best=40, date="2024-10-20"),
        row("one", best=90, estimator_side="independent", estimator="A"),
        row("two", best=70, date="2024-10-21", estimator_side="independent", estimator="B"),
    )
    chart = estimates.ranges(rows, "killed")
    assert chart.title.endswith("leaves 40 to 90 soldiers killed")
    assert "1 is grey" in chart.description and "contradict each other" in chart.description
    assert estimates.ranges(rows, "killed", "2024-10-18").title.endswith(
        "leaves 10 to 90 soldiers killed"
    )


def test_what_counts_something_else_stays_out_of_the_range() -> None:
    part = next(iter(estimates.OTHER_COUNTS))
    rows = frame(row("a", low=100), row(part, best=900, estimator_side="US"))
    chart = estimates.ranges(rows, "killed")
    assert chart.title.endswith("leaves 100 or more soldiers killed")
    assert "1 counts something else" in chart.description
    assert list(chart.table["In the range"]) == ["yes", f"no: {estimates.OTHER_COUNTS[part]}"]
    alone = estimates.ranges(rows[rows["id"] == part], "killed")
    assert "only for a part" in alone.title and not alone.payload()["figure"]["layout"].get(
        "shapes"
    )


def test_open_ends_of_the_range_are_paler() -> None:
    rows = frame(row("a", low=100), row("b", high=50, estimator_side="UKR"))
    shapes = estimates.ranges(rows, "killed").payload()["figure"]["layout"]["shapes"]
    assert [(one["x0"], one["x1"]) for one in shapes if one["type"] == "rect"] == [
        (50, 100),
        (100, 118),
        (0, 50),
    ]


def test_text_from_the_table_is_no_markup() -> None:
    rows = frame(row("a", best=1, estimator="<b>NIS</b>", as_of_note="<i>all</i>"))
    texts = str(traces(estimates.ranges(rows, "killed")))
    assert "<i>" not in texts and "<b>NIS" not in texts and "&lt;b&gt;NIS" in texts


# -- the table itself ------------------------------------------------------------------------------
def test_days_and_sides_of_the_table(table: pd.DataFrame) -> None:
    """Counted in the table by hand: in Russia, by 27 November 2024."""
    chart = estimates.ranges(table, "deployed_in_russia", "2024-11-27")
    assert (
        chart.title
        == "27 November 2024: what was public leaves 10,000 to 12,000 or more soldiers in Russia"
    )
    assert chart.description.startswith("10 of the 10 estimates")
    assert "South Korea 3, Ukraine 1, United States 6" in chart.description


def test_every_choice_has_words_that_agree_with_its_rows(table: pd.DataFrame) -> None:
    """And no row is from after the day."""
    public = {
        day: set(tables.as_of(table, day, "date")["id"] if day else table["id"])
        for day in estimates.DAYS
    }
    measures = [measure for _, measure in estimates.measure_options()]
    for measure, day, publishers in itertools.product(measures, estimates.DAYS, (1, 2)):
        payload = estimates.ranges(table, measure, day, publishers).payload()
        if publishers == 1:
            there = table["id"].isin(public[day]) & (table["measure"] == measure)
            assert len(payload["table"]["rows"]) == there.sum()
        marked = {one for trace in payload["figure"]["data"] for one in trace.get("ids", [])}
        assert len(marked) == len(payload["table"]["rows"]) == len(payload["rowFilters"]["when"])
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
            assert description.startswith({0: "None ", 1: "One "}.get(count, f"{count} of")), (
                description
            )
            assert visible["title"] and "{" not in visible["title"] + description
            assert count or "Choose" in description
        scale = payload["figure"]["layout"]["xaxis"]["range"]
        assert scale[0] == 0 and all(
            0 <= x <= scale[1] for trace in payload["figure"]["data"] for x in trace["x"]
        )


def test_rows_named_in_the_code_are_in_the_table(table: pd.DataFrame) -> None:
    assert {*estimates.OTHER_COUNTS, *estimates.HUNT, estimates.RETOLD_OF} <= set(table["id"])
    assert set(estimates.RETOLD) <= set(tables.read("sources")["id"])
    assert set(estimates.MEASURES) <= set(table["measure"])


# -- December --------------------------------------------------------------------------------------
def test_december_day_by_day(table: pd.DataFrame) -> None:
    titles = {day: estimates.december(table, day).title for day in estimates.DECEMBER}
    assert "no number yet" in titles["2024-12-14"]
    assert titles["2024-12-23"].endswith(
        "Seoul and Kyiv disagree: 1,100 to 3,000 or more killed and wounded"
    )
    assert titles["2024-12-27"].startswith(
        "27 December 2024: Washington counts one week; the totals of Seoul and Kyiv"
    )
    for day, telling in itertools.product(estimates.DECEMBER, ("said", "retold")):
        chart = estimates.december(table, day, telling)
        count = len(chart.table)
        assert chart.description.startswith("One row" if count == 1 else f"{count} rows")
    with pytest.raises(ValueError, match="'said' or 'retold'"):
        estimates.december(table, telling="heard")


def test_a_retelling_is_no_estimate(table: pd.DataFrame) -> None:
    said, retold = (
        estimates.december(table, "2024-12-31", telling) for telling in ("said", "retold")
    )
    more = retold.table.iloc[len(said.table) :]
    assert len(more) == len(estimates.RETOLD)
    assert set(more["Kind"]) == {"retelling"} and set(more["Measure"]) == {"Killed"}
    assert more["Lowest"].isna().all() and more["Estimate"].str.endswith(": as 1,000 killed").all()
    assert "x-thin" in {symbol for _, _, symbol in marks(retold)} - {
        symbol for _, _, symbol in marks(said)
    }


def test_panels_never_share_a_scale(table: pd.DataFrame) -> None:
    layout = estimates.december(table, "2024-12-27").payload()["figure"]["layout"]
    assert [layout[axis]["range"][1] for axis in ("xaxis", "xaxis2", "xaxis3")] == pytest.approx(
        [118, 1180, 3540]
    )
    lows, highs = zip(
        *(layout[axis]["domain"] for axis in ("yaxis", "yaxis2", "yaxis3")), strict=True
    )
    assert all(low >= high for low, high in zip(lows, highs[1:], strict=False)), (
        "one under the other"
    )


# -- the bug hunt ----------------------------------------------------------------------------------
def test_the_misleading_chart_says_so_wherever_it_goes(table: pd.DataFrame) -> None:
    payload = estimates.bug_hunt(table).payload()
    assert payload["title"].startswith("Deliberately misleading")
    assert payload["name"].startswith("deliberately-misleading")
    assert payload["table"]["columns"][0] == "Warning"
    assert {one[0] for one in payload["table"]["rows"]} == {estimates.MISLEADING}
    assert "MISLEADING" in payload["figure"]["layout"]["annotations"][0]["text"]
    assert payload["figure"]["layout"]["yaxis"]["range"][0] == 7000, "the axis is cut"


def test_the_honest_drawing_has_a_scale_for_each_measure(table: pd.DataFrame) -> None:
    chart = estimates.bug_hunt(table, "honest")
    layout = chart.payload()["figure"]["layout"]
    assert [layout[axis]["range"][0] for axis in ("xaxis", "xaxis2", "xaxis3")] == [
        0,
        0,
        0,
    ] and "xaxis4" not in layout
    assert "Warning" not in chart.table and "misleading" not in chart.title.lower()
    with pytest.raises(ValueError, match="'misleading' or 'honest'"):
        estimates.bug_hunt(table, "pretty")
