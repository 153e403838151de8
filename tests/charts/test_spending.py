"""Defence spending: worked by hand on a few rows, and through every choice on the real table."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from upheaval import lesson
from upheaval.charts import course, editions, spending
from upheaval.charts.draw import Dot

REAL, COUNTRIES = lesson.table("defence_spending"), lesson.table("countries")
JUNE, MARCH, LONG = "NATO June 2024", "NATO SG annual report, March 2024", "NATO Aug 2025"


def row(
    iso: str, year: int, share: float, edition: str, estimate: bool = True
) -> dict[str, object]:
    return {
        "id": f"{iso}-{year}-{edition}".lower(),
        "country_iso3": iso,
        "year": year,
        "pct_gdp": share,
        "note": None,
        "estimate": estimate,
        "edition": edition,
        "weak": False,
        "sources": ("pa-2024-nato",),
    }


@pytest.fixture
def few() -> pd.DataFrame:
    return pd.DataFrame(
        [
            row("POL", 2024, 4.12, JUNE),
            row("NOR", 2024, 2.20, JUNE),
            row("ESP", 2024, 1.28, JUNE),
            row("POL", 2014, 1.88, JUNE, False),
            row("NOR", 2014, 1.54, JUNE, False),
            row("ESP", 2014, 1.30, JUNE, False),
            row("ESP", 2023, 1.98, "NATO July 2023"),
            row("ESP", 2023, 2.02, MARCH),
            *(
                row("ESP", year, 1 + (year - 2014) / 10, LONG, year > 2023)
                for year in range(2014, 2025)
            ),
        ]
    )


def test_one_edition_is_counted_and_its_middles_compared(few: pd.DataFrame) -> None:
    chart = spending.ranked(few, COUNTRIES)
    assert list(chart.table["Ally"]) == ["Poland", "Norway", "Spain"]
    assert (
        chart.title.replace("\u00a0", " ")
        == "2024, as seen in June 2024: 2 of 3 allies at 2 % or more; middle share near Russia"
        " 3.2 %, elsewhere 1.3 %"
    )
    assert (
        chart.description
        == "Median of the 2 with a land border with Russia: 3.2 %; of the 1 without one: 1.3 %."
        " 3 allies: 2 at 2 % or more, 1 below."
    )


def test_a_rise_is_in_points_and_within_one_edition(few: pd.DataFrame) -> None:
    chart = spending.ranked(few, COUNTRIES, "rise")
    assert list(chart.table["Rise (points)"]) == [2.24, 0.66, -0.02]
    assert chart.rows and chart.rows.lines[-1].text == "−0.02", "a true minus"
    assert chart.title.startswith("2014 to 2024: the share rose in 2 of 3 allies")


def test_neighbours_of_russia_stand_first_when_asked() -> None:
    first = spending.ranked(REAL, COUNTRIES, "jun24", "border").table["Land border with Russia"]
    assert list(first[:6]) == ["yes"] * 6 and "yes" not in set(first[6:])
    assert spending.ranked(REAL, COUNTRIES).table["2024 (% of GDP)"].is_monotonic_decreasing


def test_the_counts_are_those_that_nato_gave() -> None:
    """Eleven allies at the guideline in 2023 and 23 in 2024 are NATO's own counts; 23 is also said
    by Graphic News.
    """
    counts = {
        view: spending.ranked(REAL, COUNTRIES, view).description
        for view in ("jul23", "mar24", "jun24")
    }
    assert "30 allies: 11 at 2 %" in counts["jul23"] and "30 allies: 11 at 2 %" in counts["mar24"]
    assert "31 allies: 23 at 2 %" in counts["jun24"]


def test_a_view_with_many_gaps_has_no_middle() -> None:
    chart = spending.ranked(REAL, COUNTRIES, "aug25")
    assert (
        "No median" in chart.description
        and "Sweden" in chart.description
        and "middle" not in chart.title
    )


def test_the_same_year_in_two_editions(few: pd.DataFrame) -> None:
    chart = editions.revised(few, COUNTRIES, "ESP")
    assert (
        chart.title.replace("\u00a0", " ")
        == "Spain in 2024: 1.28 % in June 2024, 2.00 % in August 2025, on two sides of the 2 % line"
    )
    assert (
        chart.description
        == "Largest difference between editions, 2014: 0.30 points; 2023: 0.12 points; 2024: 0.72"
        " points. 7 figures for 3 years."
    )
    real = editions.revised(REAL, COUNTRIES, "ROU")
    assert real.title.endswith("on two sides of the 2\u00a0% line")
    assert editions.revised(few, COUNTRIES, "POL").payload()["empty"]


def test_a_course_tells_its_steps(few: pd.DataFrame) -> None:
    chart = course.course(few, COUNTRIES, "ESP")
    assert (
        chart.title
        == "Spain, share of GDP: +0.40 points from 2016 to 2020 and +0.40 from 2020 to 2024"
    )
    assert "11 years." in chart.description and "No figure for 2025." in chart.description
    assert course.course_options(few, COUNTRIES) == [("Spain", "ESP")]


def test_every_term_is_measured_from_the_year_before_it() -> None:
    """By the presidents as written down here by hand: whoever leads, by one rule."""
    last_years = [2016, 2020, 2024, 2025]  # of Obama, Trump, Biden; and the last with a figure
    assert list(course.STEPS) == list(itertools.pairwise([2014, *last_years]))
    rows = REAL[(REAL["edition"] == course.LONG_EDITION) & (REAL["country_iso3"] == "FRA")]
    share = dict(zip(rows["year"], rows["pct_gdp"], strict=True))
    title = course.course(REAL, COUNTRIES, "FRA").title
    for first, last in itertools.pairwise(last_years):
        assert f"{abs(share[last] - share[first]):.2f}" in title


def test_a_course_stands_over_the_terms_of_the_presidents() -> None:
    """Of each year the president in office on most of its days, as written down here by hand."""
    figure = course.course(REAL, COUNTRIES).figure.to_plotly_json()
    layout = figure["layout"]
    whose = [*["Obama"] * 3, *["Trump"] * 4, *["Biden"] * 4, "Trump"]  # 2014 to 2025
    bands = [one for one in layout["shapes"] if one["type"] == "rect"]
    for year, name in zip(range(2014, 2026), whose, strict=True):
        (band,) = [one for one in bands if one["x0"] < year < one["x1"]]
        (said,) = [one for one in layout["annotations"] if band["x0"] < one["x"] < band["x1"]]
        assert said["text"] == name, year


def test_the_newest_edition_of_a_year_is_filled() -> None:
    for _, ally in editions.revised_options(REAL, COUNTRIES):
        chart = editions.revised(REAL, COUNTRIES, ally)
        assert chart.rows
        years, lines = list(chart.table["Year"]), chart.rows.lines
        signs = [one.mark.sign for line in lines for one in line.track if isinstance(one, Dot)]
        for at, (year, sign) in enumerate(zip(years, signs, strict=True)):
            assert (sign == "■") == (year not in years[at + 1 :]), (ally, at)


def test_every_choice_says_what_it_shows() -> None:
    charts = [
        spending.ranked(REAL, COUNTRIES, view, order)
        for (_, view), (_, order) in itertools.product(
            spending.view_options(), spending.order_options()
        )
    ]
    charts += [
        editions.revised(REAL, COUNTRIES, ally)
        for _, ally in editions.revised_options(REAL, COUNTRIES)
    ]
    charts += [
        course.course(REAL, COUNTRIES, ally) for _, ally in course.course_options(REAL, COUNTRIES)
    ]
    assert len(charts) == 10 + 30 + 7
    for chart in charts:
        rows = chart.payload()["table"]["rows"]
        assert rows and chart.title and f"{len(rows)} " in chart.description and chart.sources
        assert "nan" not in f"{chart.title} {chart.description}"


def test_no_chart_joins_two_editions_to_a_trend() -> None:
    for _, view in spending.view_options():
        assert spending.ranked(REAL, COUNTRIES, view).table["Edition"].nunique() == 1
    assert (
        "Edition" not in course.course(REAL, COUNTRIES, "USA").table
    )  # its subtitle names the only one


def test_nothing_left_and_unknown_words(few: pd.DataFrame) -> None:
    empty = spending.ranked(few[:0], COUNTRIES).payload()
    assert empty["empty"] and "Choose" in empty["description"]
    assert "Choose" in course.course(few[:0], COUNTRIES, "ESP").description
    for wrong in ({"edition": "may99"}, {"order": "colour"}):
        with pytest.raises(KeyError):
            spending.ranked(few, COUNTRIES, **wrong)
