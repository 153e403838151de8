"""Clauses side by side: the coding is told as it stands, and each clause has its words or says that
it has none.
"""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from upheaval import lesson
from upheaval.charts import clauses
from upheaval.facts import tables


@pytest.fixture
def frame() -> pd.DataFrame:
    return lesson.table("treaty_clauses")


def test_moscow_and_pyongyang_are_told_year_by_year(frame: pd.DataFrame) -> None:
    chart = clauses.compared(frame, "obligation", "moscow")
    assert (
        chart.title == "1961: help at once with all means; 2000: talks; "
        "2024: talks, then help at once with all means"
    )
    assert list(chart.table["Clause"].str[-9:].str.strip()) == [
        "Article 1",
        "Article 2",
        "Article 3",
        "Article 4",
    ]


def test_a_title_counts_what_the_rows_hold(frame: pd.DataFrame) -> None:
    for question, ask in clauses.QUESTIONS.items():
        title, counts = clauses.compared(frame, question).title, frame[ask.column].value_counts()
        for value, _, label in ask.answers:
            assert f"{label} ({counts[value]})" in title if value in counts else label not in title


def test_a_mark_stands_under_its_answer(frame: pd.DataFrame) -> None:
    chart = clauses.compared(frame, "limits")
    order = [value for value, _, _ in clauses.QUESTIONS["limits"].answers]
    rows = frame.sort_values(["signed", "id"]).reset_index(drop=True)
    marks = {
        int(row): x
        for trace in chart.figure.data
        if trace.ids
        for row, x in zip(trace.ids, trace.x, strict=True)
    }
    assert marks == {row: order.index(value) for row, value in rows["limits"].items()}


def test_every_choice_draws_and_counts_its_rows(frame: pd.DataFrame) -> None:
    for question, group in itertools.product(clauses.QUESTIONS, clauses.GROUPS):
        chart = clauses.compared(frame, question, group)
        assert len(chart.table) and chart.description.startswith(
            f"{len(chart.table)} clauses are shown."
        )
        assert chart.title and chart.sources
        assert chart.table["Read with care"].notna().all(), (
            "the list under the chart shows rows that have a note"
        )


def test_every_clause_is_in_one_group_and_every_answer_is_known(frame: pd.DataFrame) -> None:
    sizes = [
        len(clauses.compared(frame, group=group).table)
        for group in clauses.GROUPS
        if group != "all"
    ]
    assert sum(sizes) == len(frame)
    for ask in clauses.QUESTIONS.values():
        rules = next(
            one for one in tables.schema("treaty_clauses")["fields"] if one["name"] == ask.column
        )
        assert [value for value, _, _ in ask.answers] == rules["constraints"]["enum"]


def test_words_that_were_not_seen_are_not_quoted(frame: pd.DataFrame) -> None:
    table = clauses.compared(frame).table.set_index("Clause")["Words"]
    assert table["9 February 2000, Russia–North Korea, Article 2"] == "No text that we can quote."
    assert table["17 January 2025, Russia–Iran, Article 3"].endswith("(said of the article)")
    assert table["19 June 2024, Russia–North Korea, Article 4"].endswith("(translation)")


def test_the_coding_holds_together(frame: pd.DataFrame) -> None:
    """Help that is owed has a limit or none; a clause that only asks to talk owes no help and is
    not automatic.
    """
    talks = frame[frame["obligation"].eq("consult")]
    assert (
        talks["limits"].eq("no-help").all()
        and talks["automatic"].eq("no").all()
        and talks["consultation"].all()
    )
    assert (frame["automatic"].eq("yes") == frame["limits"].eq("none")).all()
    assert (frame["limits"].eq("no-help") == frame["automatic"].eq("no")).all()


def test_text_is_no_markup(frame: pd.DataFrame) -> None:
    chart = clauses.compared(frame.assign(excerpt="<script>alert(1)</script>", article="<b>x</b>"))
    assert "<script" not in str(chart.payload()["figure"]) and "<b>x" not in str(
        chart.payload()["figure"]
    )
