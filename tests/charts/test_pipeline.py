"""The pipeline of a table: hand-worked counts at each step, every state, blanks kept, text never
read as markup.
"""

from __future__ import annotations

import itertools
import json
from typing import Any

import pandas as pd
import pytest

from upheaval.charts import pipeline
from upheaval.charts.estimates import MEASURES
from upheaval.facts import tables

ESTIMATES, COUNTRIES = tables.read("estimates"), tables.read("countries")
ESTIMATES = ESTIMATES[~ESTIMATES["weak"]].reset_index(drop=True)


def row(
    name: str, claimant: tuple[str, ...] = ("KOR",), measure: str = "killed", **cells: Any
) -> dict[str, Any]:
    return {
        "id": name,
        "date": "2025-01-13",
        "estimator": "NIS",
        "measure": measure,
        "low": pd.NA,
        "high": pd.NA,
        "best": pd.NA,
        "claimant": claimant,
        "sources": (f"page-{name}",),
    } | cells


#: Five statements on the killed: two of Seoul, one of Seoul and Washington together, one of nobody,
#: one of Pyongyang.
MADE = pd.DataFrame(
    [
        row("a", best=300),
        row("b", low=100, date="2024-12-19"),
        row("c", ("KOR", "USA"), low=200, high=400),
        row("d", (), high=1000),
        row("e", ("PRK",), best=9),
        row("f", measure="workers", best=5),
    ]
).astype({"low": "Int64", "high": "Int64", "best": "Int64"})


@pytest.fixture(autouse=True)
def sources_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "upheaval.chart.citations.entries", lambda ids: [{"id": one} for one in ids]
    )


def step(name: str, rows: pd.DataFrame = MADE, measure: str = "killed") -> Any:
    return pipeline.pipeline(rows, COUNTRIES, measure, name)


def lines(chart: Any) -> list[str]:
    """The words of the figure, from the top."""
    return list(chart.figure.data[0].text)


def test_load_counts_every_row_by_what_it_counts() -> None:
    chart = step("load")
    assert chart.title == "6 statements count 2 different things; 5 count soldiers killed"
    assert chart.description.startswith("6 rows, one for each statement. 3 give a single number")
    assert lines(chart) == ["Killed: 5", "Workers: 1"] and list(chart.figure.data[1].x) == [5, 1]
    colours = chart.figure.data[1].marker.color
    assert colours[0] != colours[1], "the measure chosen stands out, in words too"
    assert len(chart.table) == 6


def test_choose_keeps_floors_and_ceilings_apart() -> None:
    chart = step("choose")
    assert chart.title == "5 of 6 rows are left: statements on soldiers killed"
    assert (
        chart.description
        == "5 rows: 2 with a single number, 1 with a range, 1 with a floor (at least), "
        "1 with a ceiling (up to)."
    )
    assert lines(chart) == [
        "NIS: at least 100",
        "NIS: 300",
        "NIS: 200 to 400",
        "NIS: up to 1,000",
        "NIS: 9",
    ]
    assert list(chart.table["Date"])[:2] == [
        "19 December 2024",
        "13 January 2025",
    ], "in order of the day"
    assert chart.table["Lowest"].tolist() == [100, None, 200, None, None], "a blank stays a blank"
    points = next(trace for trace in chart.figure.data if trace.mode == "markers")
    floor, point, ceiling = (
        [index for index, y in enumerate(points.y) if y == 38 * row + 27] for row in (0, 1, 3)
    )
    assert [points.marker.symbol[index] for index in floor] == ["line-ns", "triangle-right"]
    assert points.x[floor[0]] == 100 < points.x[floor[1]]
    assert [points.x[index] for index in point] == [300]
    assert points.x[ceiling[0]] == 1000 > points.x[ceiling[1]]


def test_join_makes_rows_and_keeps_who_is_not_named() -> None:
    chart = step("join")
    assert (
        chart.title == "After the join, 5 statements are now 6 rows: one alone names 2 governments"
    )
    assert (
        chart.description
        == "6 rows from 5 statements. Governments named: one in 3, several in 1, none in 1."
    )
    assert lines(chart)[
        0
    ] == "South Korea: 3 of 6 rows" and f"{pipeline.NOBODY}: 1 of 6 rows" in lines(chart)
    assert chart.table["Code"].isna().sum() == chart.table["Government"].isna().sum() == 1


def test_join_that_adds_no_row_says_so() -> None:
    chart = step("join", MADE[MADE["id"].isin(["a", "b", "d"])])
    assert chart.title == "After the join, 3 statements are still 3 rows, 1 without a government"
    assert (
        step("join", MADE[MADE["id"] == "a"]).title == "After the join, 1 statement is still 1 row"
    )


def test_count_divides_by_statements_and_names_who_is_silent() -> None:
    chart = step("count")
    assert (
        chart.title
        == "Seoul speaks in 3 of 5 statements on soldiers killed; Pyongyang in 1, Moscow in none"
    )
    assert lines(chart) == [
        "South Korea: 3 of 5 statements",
        "United States: 1 of 5 statements",
        "North Korea: 1 of 5 statements",
        "Russia: none of 5 statements",
    ]
    assert chart.table.iloc[0].tolist() == ["South Korea", 3, "60%"]
    assert (
        chart.description == "4 rows, one for each government. The bars add up to the 5 statements."
    )


@pytest.mark.parametrize(
    ("kept", "title", "added"),
    [
        (
            "ab",
            "Seoul speaks in 2 of 2 statements on soldiers killed; Pyongyang and Moscow in none",
            "the 2 statements.",
        ),
        (
            "ae",
            (
                "Seoul and Pyongyang each speak in 1 of 2 statements on soldiers killed; Moscow in"
                " none"
            ),
            "the 2",
        ),
        (
            "ac",
            "Seoul speaks in 2 of 2 statements on soldiers killed; Pyongyang and Moscow in none",
            "3, more than the 2",
        ),
        (
            "ad",
            "Seoul speaks in 1 of 2 statements on soldiers killed; Pyongyang and Moscow in none",
            "1, fewer than the 2",
        ),
    ],
)
def test_the_finding_is_computed(kept: str, title: str, added: str) -> None:
    chart = step("count", MADE[MADE["id"].isin(list(kept))])
    assert chart.title == title and f"The bars add up to {added}" in chart.description


@pytest.mark.parametrize(("measure", "name"), list(itertools.product(MEASURES, pipeline.STEPS)))
def test_every_state_of_the_real_table(measure: str, name: str) -> None:
    payload = pipeline.pipeline(ESTIMATES, COUNTRIES, measure, name).payload()
    rows = payload["table"]["rows"]
    assert payload["title"] and payload["description"].startswith(f"{len(rows)} row")
    assert not any(word in json.dumps(payload) for word in ("nan", "NaT", "<NA>"))
    chosen = ESTIMATES[ESTIMATES["measure"] == measure]
    expected = {
        "load": len(ESTIMATES),
        "choose": len(chosen),
        "join": int(chosen["claimant"].map(len).clip(lower=1).sum()),
    }
    assert len(rows) == expected.get(name, len(rows))
    left = chosen if name != "load" else ESTIMATES
    assert {one["id"] for one in payload["references"]} == {
        one for cell in left["sources"] for one in cell
    }
    assert len(payload["figure"]["data"][0]["text"]) >= 1


def test_a_measure_that_nobody_counts_and_unknown_words() -> None:
    chart = step("choose", measure="wounded")
    assert chart.table.empty and "Choose statements on something else" in chart.description
    assert "Choose statements on" in step("count", measure="wounded").description
    for wrong in ({"name": "draw"}, {"name": "load", "measure": "horses"}):
        with pytest.raises(KeyError):
            step(**wrong)


def test_text_from_the_table_is_no_markup_in_the_figure() -> None:
    bad = MADE.assign(estimator="<b>NIS</b>")
    assert "&lt;b&gt;NIS" in json.dumps(step("choose", bad).payload()["figure"])
    countries = COUNTRIES.assign(
        short_name=COUNTRIES["short_name"].where(COUNTRIES["id"] != "KOR", "<i>Korea</i>")
    )
    assert "<i>" not in json.dumps(
        pipeline.pipeline(MADE, countries, "killed", "join").payload()["figure"]
    )


def test_long_names_are_cut_in_the_figure_only() -> None:
    long = MADE.assign(estimator="Ukraine Centre for Countering Disinformation")
    chart = step("choose", long)
    assert all(len(line) < 50 and "…" in line for line in lines(chart))
    assert set(chart.table["Who"]) == {"Ukraine Centre for Countering Disinformation"}
