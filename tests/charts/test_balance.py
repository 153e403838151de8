"""The balance around Korea: two rows by hand, and every choice on the real table."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from upheaval import lesson
from upheaval.charts import balance

REAL, COUNTRIES = lesson.table("military_balance", weak=True), lesson.table("countries")


@pytest.fixture
def two() -> pd.DataFrame:
    cells = {
        "year": 2024,
        "milex_usd_bn_current": None,
        "nuclear_warheads": 0,
        "weak_columns": None,
        "note": None,
        "sources": ("sipri-2025-milex",),
    }
    return pd.DataFrame(
        [
            {
                "iso3": "PRK",
                "active_personnel": 1_200_000,
                "population_m": 25.0,
                "gdp_usd_bn": 25.0,
                **cells,
                "weak_columns": ("gdp_usd_bn",),
            },
            {
                "iso3": "KOR",
                "active_personnel": 500_000,
                "population_m": 50.0,
                "gdp_usd_bn": 2000.0,
                **cells,
                "milex_usd_bn_current": 47.6,
            },
        ]
    )


def test_ratios_and_what_is_worked_out(two: pd.DataFrame) -> None:
    chart = balance.pairs(two, COUNTRIES)
    assert (
        chart.title == "2024: the North has 2.4 times the South's soldiers; "
        "the South's economy is about 80 times the North's"
    )
    found = chart.table.set_index(["Measure", "State"])["Value"]
    assert found["Soldiers for every 1,000 people", "North Korea"] == 48
    assert found["Soldiers for every 1,000 people", "South Korea"] == 10
    assert found["Military spending", "North Korea"] is None


def test_weak_and_missing_figures_are_told(two: pd.DataFrame) -> None:
    chart = balance.pairs(two, COUNTRIES)
    assert (
        "12 rows: 6 measures of 2 states; 11 have a figure, 1 of these is weak. "
        "Without a figure: North Korea, military spending." in chart.description
    )
    assert "Counts are not capability" in chart.description
    weak = chart.table[chart.table["Weak"] == "yes"]
    assert list(zip(weak["Measure"], weak["State"], strict=True)) == [
        ("Size of the economy", "North Korea")
    ]
    drawn = str(chart.payload()["markedRows"])
    assert balance.NOTHING in drawn and "(weak)" in drawn


def test_a_zero_has_words_and_no_bar(two: pd.DataFrame) -> None:
    groups = balance.pairs(two, COUNTRIES).payload()["markedRows"]["groups"]
    bars = [[bar for line in group["lines"] for bar in line.get("track", [])] for group in groups]
    # 12 rows without one blank and two zeros; the longest bar of a measure fills its line.
    assert sum(map(len, bars)) == 9 and all(
        max(high for _, high, *_ in one) == 1 for one in bars[:-1]
    )
    assert [look for *_, look, _ in bars[3]] == ["outline", "bar"], "the North's economy is weak"


def test_every_choice_says_what_it_shows() -> None:
    for (_, year), (_, beside) in itertools.product(
        balance.year_options(), balance.beside_options()
    ):
        payload = balance.pairs(REAL, COUNTRIES, year, beside).payload()
        rows = payload["table"]["rows"]
        assert (
            f"{len(rows)} rows" in payload["description"]
            and payload["references"]
            and payload["title"]
        )
        assert len(rows) == 6 * (2 if beside == "none" else 4)
        assert "nan" not in f"{payload['title']} {payload['description']}"


def test_nothing_left_and_unknown_words(two: pd.DataFrame) -> None:
    empty = balance.pairs(two[:0], COUNTRIES).payload()
    assert empty["empty"] and "Choose" in empty["description"]
    for wrong in ({"year": 1999}, {"beside": "the Moon"}):
        with pytest.raises(KeyError):
            balance.pairs(two, COUNTRIES, **wrong)
