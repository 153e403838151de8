"""Partial dates and periods: their bounds, their words, and what was known on a day."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from upheaval.facts import dates, tables

BAD = [
    "2024-13",
    "2024-02-30",
    "24-10-2024",
    "10/2024",
    "2024-1-5",
    "October 2024",
    "",
    "/",
    "2024/2023",
    "a/b",
]
BAD += ["1850", "2024-10-23T12:00", "2024/2025/2026"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-10-23", date(2024, 10, 23), date(2024, 10, 23)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2023-09/2023-10", date(2023, 9, 1), date(2023, 10, 31)),
        ("2023/2024-08-06", date(2023, 1, 1), date(2024, 8, 6)),
        ("2023-09/", date(2023, 9, 1), None),
        ("/2024-06", None, date(2024, 6, 30)),
    ],
)
def test_bounds(text: str, first: date | None, last: date | None) -> None:
    assert dates.bounds(text) == (first, last)


@pytest.mark.parametrize("text", BAD)
def test_bad_dates_are_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"^\".*\" .*\.$"):
        dates.bounds(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2024-10-23", "23 October 2024"),
        ("2024-10", "October 2024"),
        ("2024", "2024"),
        ("2023-09/2023-10", "September to October 2023"),
        ("2023-09/2025-03", "September 2023 to March 2025"),
        ("2024-10-03/2024-10-09", "3 to 9 October 2024"),
        ("2024-10-30/2024-11-02", "30 October to 2 November 2024"),
        ("2022/2024-08", "2022 to August 2024"),
        ("2024/2024", "2024"),
        ("2023-09/", "since September 2023"),
        ("/2024-06", "until June 2024"),
        (date(2024, 10, 3), "3 October 2024"),
        (datetime(2024, 10, 3, 12), "3 October 2024"),
        (pd.Timestamp("2024-10-03"), "3 October 2024"),
        (None, ""),
        (float("nan"), ""),
        (pd.NaT, ""),
        (pd.NA, ""),
        ("", ""),
    ],
)
def test_spell(value: object, text: str) -> None:
    assert tables.spell(value) == text


def test_spell_refuses_what_is_no_date() -> None:
    with pytest.raises(ValueError, match="soon"):
        tables.spell("soon")


def test_span_keeps_the_index_and_the_gaps() -> None:
    column = pd.Series(["2024-10", None, "2023-09/"], index=[7, 3, 5])
    spans = tables.span(column)
    assert list(spans.index) == [7, 3, 5]
    assert spans["start"].tolist() == [
        pd.Timestamp("2024-10-01"),
        pd.NaT,
        pd.Timestamp("2023-09-01"),
    ]
    assert spans["end"].tolist() == [pd.Timestamp("2024-10-31"), pd.NaT, pd.NaT]
    assert str(spans["start"].dtype).startswith("datetime64")


def test_span_takes_timestamps_and_nothing_at_all() -> None:
    days = pd.Series(pd.to_datetime(["2024-10-23"]))
    assert tables.span(days)["end"].tolist() == [pd.Timestamp("2024-10-23")]
    assert tables.span([]).empty


def test_as_of_counts_a_partial_date_from_its_end() -> None:
    frame = pd.DataFrame({"date": ["2024-10-23", "2024-10", "2024", "2023-09/", None]})
    assert list(tables.as_of(frame, "2024-10-23").index) == [0, 3]
    assert list(tables.as_of(frame, "2024-10-31").index) == [0, 1, 3]
    assert list(tables.as_of(frame, date(2024, 12, 31)).index) == [0, 1, 2, 3]
    assert list(tables.as_of(frame, "2024").index) == [0, 1, 2, 3]


def test_as_of_uses_the_day_of_the_first_report() -> None:
    frame = pd.DataFrame(
        {"date": ["2024-10-08", "2024-10-08"], "first_reported": ["2024-10-18", None]}
    )
    assert list(tables.as_of(frame, "2024-10-10").index) == [1]
    assert list(tables.as_of(frame, "2024-10-18").index) == [0, 1]


def test_as_of_gives_the_status_of_the_day() -> None:
    since = pd.to_datetime(pd.Series(["2025-04-26", None]))
    frame = pd.DataFrame(
        {"date": "2024-10-18", "status": "confirmed", "status_before": ["disputed", None]}
    )
    frame["status_since"] = since
    assert tables.as_of(frame, "2024-10-23")["status"].tolist() == ["disputed", "confirmed"]
    assert tables.as_of(frame, "2025-04-26")["status"].tolist() == ["confirmed", "confirmed"]
    assert frame["status"].tolist() == ["confirmed", "confirmed"]


def test_as_of_knows_the_column_of_each_table() -> None:
    ties = tables.read("ties")
    assert tables.as_of(ties, "1999")["start_date"].max() < "2000"
    assert tables.as_of(tables.read("aid_over_time"), "2022-12")["period"].max() == "2022-12"
    assert len(tables.as_of(ties, "2100")) == len(ties)


@pytest.mark.parametrize("day", ["23 October 2024", "", None])
def test_as_of_asks_for_a_day(day: str) -> None:
    with pytest.raises(ValueError, match="2024-10-23"):
        tables.as_of(tables.read("events"), day)


def test_as_of_says_when_there_is_no_column_of_dates() -> None:
    with pytest.raises(ValueError, match="no column"):
        tables.as_of(tables.read("glossary"), "2024-10-23")
