"""Soldiers sent abroad: the answer to “unprecedented?” for each yardstick, ranges, and cases
without a figure.
"""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from upheaval import lesson
from upheaval.charts import precedents


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
        "all": "Not without precedent: 2 other cases of soldiers sent to another state's war",
        "large": "Not without precedent: 1 other case of 10,000 soldiers or more",
        "century": "No other case since 2000: here 2024 stands alone",
        "pyongyang": "Not without precedent: 1 other case of soldiers sent by North Korea",
        "treaty": "No other case resting on a treaty: here 2024 stands alone",
        "moscow": "No other case of soldiers sent to fight for Moscow: here 2024 stands alone",
    }
    assert (
        precedents.deployments(frame, admitted="yes").title
        == "1 case of soldiers sent to another state's war, admitted at the time; the case of 2024"
        " is not among them"
    )
    assert (
        precedents.deployments(frame, "pyongyang", "yes").title
        == "No case of soldiers sent by North Korea, admitted at the time"
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
    said = ["no figure", "50,000", "at least 100", "up to 2,000", "10,000 to 15,000"]
    assert list(chart.table["Soldiers at one time"]) == said
    bars = [
        (trace.line.dash, list(trace.x)) for trace in chart.figure.data if trace.mode == "lines"
    ]
    assert bars == [("dot", [100, 250]), ("dot", [800, 2000]), ("solid", [10_000, 15_000])]
    assert (
        chart.description
        == "5 cases are shown: 1 admitted at the time, 4 not admitted at the time. The largest "
        "is 1964 South Korea for Vietnam (50,000). For 1 no figure was found."
    )


def test_a_range_has_its_mark_between_its_ends_and_the_case_of_2024_its_own_colour() -> None:
    chart = precedents.deployments(small(THIS, PILOTS))
    marks = {
        int(row): (x, colour)
        for trace in chart.figure.data
        if trace.ids
        for row, x, colour in zip(trace.ids, trace.x, trace.marker.color, strict=True)
    }
    assert marks[0][0] == pytest.approx((200 * 400) ** 0.5, abs=0.1)
    assert 10_000 < marks[1][0] < 15_000
    assert marks[1][1] != marks[0][1]


def test_vietnam_was_two_states() -> None:
    sides = ["Vietnam War (South Vietnamese side)", "Vietnam War (North Vietnamese side)"]
    frame = small(OLD, PILOTS).assign(conflict=sides)
    said = [case.split(":")[0] for case in precedents.deployments(frame).table["Case"]]
    assert said == ["South Korea for South Vietnam", "North Korea for North Vietnam"]


def test_every_choice_draws_and_counts_its_rows(cases: pd.DataFrame) -> None:
    for choice in itertools.product(precedents.YARDSTICKS, (None, *precedents.OPENNESS)):
        chart = precedents.deployments(cases, *choice)
        first = chart.description.split()[0]
        assert {"None": "0", "One": "1"}.get(first, first) == str(len(chart.table)), choice
        assert chart.title and (len(chart.table) or "Choose" in chart.description), choice
        drawn = sum(len(trace.ids) for trace in chart.figure.data if trace.ids)
        assert drawn == (chart.table["Soldiers at one time"] != "no figure").sum(), choice
        assert all(
            10 ** precedents.RANGE[0] < x < 10 ** precedents.RANGE[1]
            for trace in chart.figure.data
            if trace.ids
            for x in trace.x
        ), choice


def test_the_case_of_2024_is_there_and_every_word_of_admitting_is_known(
    cases: pd.DataFrame,
) -> None:
    assert set(precedents.OPENNESS) >= set(cases["acknowledged_at_time"])
    assert precedents.CASE in set(cases["id"])


def test_wrong_choices_are_refused_and_text_is_no_markup() -> None:
    for wrong in ({"compared": "heaviest"}, {"admitted": "maybe"}):
        with pytest.raises(KeyError):
            precedents.deployments(small(THIS), **wrong)
    assert "<img" not in str(
        precedents.deployments(small(THIS).assign(conflict="<img src=x>")).payload()["figure"]
    )
