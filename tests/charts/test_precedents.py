"""Soldiers sent abroad: the answer to “unprecedented?” for each yardstick, ranges, and cases
without a figure.
"""

from __future__ import annotations

import itertools
import re

import pandas as pd
import pytest

from upheaval import lesson
from upheaval.charts import precedents
from upheaval.charts.draw import Bar
from upheaval.facts import tables


@pytest.fixture
def cases() -> pd.DataFrame:
    return lesson.table("deployments_abroad")


def small(*rows: tuple[str, str, str, str, object, object, str, str]) -> pd.DataFrame:
    """Rows of (id, sender, host, start, low, high, admitted at the time, kind of basis)."""
    names = [
        "id",
        "sender_iso3",
        "host_or_ally_iso3",
        "start",
        "peak_troops_low",
        "peak_troops_high",
        "acknowledged_at_time",
        "basis_kind",
    ]
    frame = pd.DataFrame(rows, columns=names).astype(
        {"peak_troops_low": "Int64", "peak_troops_high": "Int64"}
    )
    return frame.assign(
        end=None,
        conflict="a war",
        acknowledged_later=None,
        treaty_basis="a request",
        note="a note",
        sources=[("kh-2024-treaty",)] * len(rows),
    )


THIS = ("prk-rus-2024", "PRK", "RUS", "2024-10", 10_000, 15_000, "no", "treaty")
OLD = ("kor-vnm-1964", "KOR", "VNM", "1964", 50_000, 50_000, "yes", "request")
PILOTS = ("prk-vnm-1966", "PRK", "VNM", "1966", 200, 400, "no", "agreement")


def test_the_title_answers_for_the_yardstick() -> None:
    frame = small(THIS, OLD, PILOTS)
    titles = {name: precedents.deployments(frame, name).title for name in precedents.YARDSTICKS}
    assert titles == {
        "all": "Beside 2024, 2 cases since 1945; the largest, 1964 South Korea for Vietnam"
        " (50,000)",
        "large": "Beside 2024, one case of 10,000 soldiers or more: 1964 South Korea for Vietnam"
        " (50,000)",
        "century": "No other case since 2000: in our table 2024 is alone",
        "pyongyang": "Beside 2024, one case of soldiers sent by North Korea: 1966 North Korea for"
        " Vietnam (200 to 400)",
        "treaty": "No other case resting on a treaty: in our table 2024 is alone",
        "moscow": "No other case of soldiers sent to fight for Moscow: in our table 2024 is alone",
    }
    assert (
        precedents.deployments(frame, admitted="yes").title
        == "One case since 1945, admitted at the time; 2024 was not admitted at the time"
    )
    weak = tables.read("deployments_abroad")["weak"].sum()
    subtitle = precedents.deployments(frame).subtitle
    assert weak and f"{weak} that rest on one weak page left out" in subtitle
    assert (
        precedents.deployments(frame, "pyongyang", "yes").title
        == "No case of soldiers sent by North Korea, admitted at the time, in our table"
    )


def test_numbers_are_said_as_they_are_known() -> None:
    frame = small(
        THIS,
        ("a", "CHN", "PRK", "1950", None, None, "no", "none"),
        ("b", "SUN", "EGY", "1970", 100, None, "no", "none"),
        ("c", "IRN", "SYR", "2015", None, 2000, "no", "none"),
        OLD,
    )
    chart = precedents.deployments(frame)
    said = ["50,000", "10,000 to 15,000", "up to 2,000", "at least 100", "no figure"]
    assert list(chart.table["Soldiers at one time"]) == said
    assert chart.rows is not None
    bars = [
        (one.look, one.low, one.high)
        for line in chart.rows.lines
        for one in line.track
        if isinstance(one, Bar)
    ]
    assert bars == [("range", 10_000, 15_000), ("open", 800, 2000), ("open", 100, 250)]
    assert (
        chart.description
        == "The largest is 1964 South Korea for Vietnam (50,000). 5 cases are shown: 1 admitted at"
        " the time, 4 not admitted at the time. For one no figure was found."
    )


def test_the_case_of_2024_has_a_colour_of_its_own_and_sizes_are_powers_of_ten() -> None:
    rows = precedents.deployments(small(THIS, PILOTS)).payload()["markedRows"]
    this, pilots = rows["groups"][0]["lines"]
    assert (pilots["sign"][1], this["sign"][1]) == ("blue", "orange")
    assert next(tick for tick, _ in rows["ticks"]) > 0
    (low, high, *_), (start, end, *_) = pilots["track"][0], this["track"][0]
    assert high - low > end - start, "twice as many is further than half as many more"


def test_the_largest_stands_first_and_a_line_through_all_is_the_most_of_2024(
    cases: pd.DataFrame,
) -> None:
    for choice in itertools.product(precedents.YARDSTICKS, (None, *precedents.OPENNESS)):
        chart = precedents.deployments(cases, *choice)
        ends = [re.findall(r"[\d,]{2,}", cell) for cell in chart.table["Soldiers at one time"]]
        sizes = [int(one[-1].replace(",", "")) if one else 0 for one in ends]
        assert sizes == sorted(sizes, reverse=True), choice
        assert chart.rows is not None and chart.rows.scale is not None
        own = cases.set_index("id").at[precedents.CASE, "peak_troops_high"]
        assert chart.rows.scale.goal == own and "most of 2024" in chart.rows.scale.title
    without = precedents.deployments(small(OLD)).payload()["markedRows"]
    assert "goal" not in without and "2024" not in without["unit"]


def test_vietnam_was_two_states() -> None:
    sides = ["Vietnam War (South Vietnamese side)", "Vietnam War (North Vietnamese side)"]
    frame = small(OLD, PILOTS).assign(conflict=sides)
    said = [case.split(":")[0] for case in precedents.deployments(frame).table["Case"]]
    assert said == ["South Korea for South Vietnam", "North Korea for North Vietnam"]


def test_every_choice_draws_and_counts_its_rows(cases: pd.DataFrame) -> None:
    for choice in itertools.product(precedents.YARDSTICKS, (None, *precedents.OPENNESS)):
        chart = precedents.deployments(cases, *choice)
        count = len(chart.table)
        said = {0: "None of the cases", 1: "One case is"}.get(count, f"{count} cases are")
        assert said in chart.description, choice
        assert chart.title and (len(chart.table) or "Choose" in chart.description), choice
        assert chart.rows is not None
        drawn = sum(bool(line.track) for line in chart.rows.lines)
        assert drawn == (chart.table["Soldiers at one time"] != "no figure").sum(), choice
        assert all(
            0 < precedents.SCALE.part(one.low) <= precedents.SCALE.part(one.high) < 1
            for line in chart.rows.lines
            for one in line.track
            if isinstance(one, Bar)
        ), choice


def test_the_case_of_2024_is_there_and_every_word_of_admitting_is_known(
    cases: pd.DataFrame,
) -> None:
    assert set(precedents.OPENNESS) >= set(cases["acknowledged_at_time"])
    assert precedents.CASE in set(cases["id"])


def test_wrong_choices_are_refused() -> None:
    for wrong in ({"compared": "heaviest"}, {"admitted": "maybe"}):
        with pytest.raises(KeyError):
            precedents.deployments(small(THIS), **wrong)
