"""The pipeline of a table: hand-worked counts at each step, every state, blanks kept, text never
read as markup.
"""

from __future__ import annotations

import itertools
import json
from typing import Any

import pandas as pd
import pytest

from tiers import few
from upheaval.charts import pipeline
from upheaval.charts.draw import Dot
from upheaval.charts.estimate_rows import MEASURES
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
        "other_count": None,
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
        "upheaval.charts.draw.spec.citations.entries", lambda ids: [{"id": one} for one in ids]
    )


def step(name: str, rows: pd.DataFrame = MADE, measure: str = "killed") -> Any:
    return pipeline.pipeline(rows, COUNTRIES, measure, name)


def lines(chart: Any) -> list[str]:
    """The words of the lines, from the top."""
    return [f"{line.title}: {line.text}" for line in chart.rows.lines]


def test_load_counts_every_row_by_what_it_counts() -> None:
    chart = step("load")
    assert chart.title == "6 statements count 2 different things; 5 count soldiers killed"
    assert chart.description.startswith("6 rows, one for each statement. 3 give a single number")
    assert lines(chart) == ["Killed: 5 rows", "Workers: 1 row"]
    bars = [one for line in chart.rows.lines for one in line.track]
    assert [one.high for one in bars] == [5, 1]
    assert bars[0].look != bars[1].look, "the measure chosen stands out, and not by colour alone"
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
    tracks = [
        [(one.mark.sign, one.at) for one in line.track if isinstance(one, Dot)]
        for line in chart.rows.lines
    ]
    (number, low), (arrow, end) = tracks[0]
    assert (number, arrow) == ("●", "▶") and low == 100 < end
    assert tracks[1] == [("●", 300)]
    (number, high), (arrow, end) = tracks[3]
    assert (number, arrow) == ("●", "◀") and high == 1000 > end


def test_join_makes_rows_and_keeps_who_is_not_named() -> None:
    chart = step("join")
    assert (
        chart.title == "After the join, 5 statements are now 6 rows: one alone names 2 governments"
    )
    assert (
        chart.description
        == "6 rows from 5 statements. Governments named: one in 3, several in 1, none in 1."
    )
    assert lines(chart)[0] == "South Korea: 3 rows"
    assert f"{pipeline.NOBODY}: 1 row" in lines(chart)
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
        "South Korea: 3 statements (60%)",
        "United States: 1 statement (20%)",
        "North Korea: 1 statement (20%)",
        "Russia: 0 statements (0%)",
    ]
    assert chart.table.iloc[0].tolist() == ["South Korea", 3, "60%"]
    assert (
        chart.description
        == "4 rows: 3 governments with a bar, and Russia without one. The bars add up to the 5"
        " statements."
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


@pytest.mark.parametrize(
    ("measure", "name"), few(list(itertools.product(MEASURES, pipeline.STEPS)), 12)
)
def test_every_state_of_the_real_table(measure: str, name: str) -> None:
    payload = pipeline.pipeline(ESTIMATES, COUNTRIES, measure, name).payload()
    rows = payload["table"]["rows"]
    assert payload["title"] and payload["description"].startswith(f"{len(rows)} row")
    bars = [one for one in rows if one[1]] if name == "count" else []
    assert not bars or f"{len(bars)} government" in payload["description"], "who speaks, no more"
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
    assert payload["empty"] or payload["markedRows"]["groups"][0]["lines"]


def test_a_measure_that_nobody_counts_and_unknown_words() -> None:
    chart = step("choose", measure="wounded")
    assert chart.table.empty and "Choose statements on something else" in chart.description
    assert "Choose statements on" in step("count", measure="wounded").description
    for wrong in ({"name": "draw"}, {"name": "load", "measure": "horses"}):
        with pytest.raises(KeyError):
            step(**wrong)


def test_text_from_the_table_is_no_markup() -> None:
    bad = MADE.assign(estimator="<b>NIS</b>")
    assert "&lt;b&gt;NIS" in step("choose", bad)._repr_mimebundle_()["text/html"]
    countries = COUNTRIES.assign(
        short_name=COUNTRIES["short_name"].where(COUNTRIES["id"] != "KOR", "<i>Korea</i>")
    )
    shown = pipeline.pipeline(MADE, countries, "killed", "join")._repr_mimebundle_()
    assert "<i>" not in shown["text/html"]
