"""Clauses side by side: the coding is told as it stands, and each clause has its words or says that
it has none.
"""

from __future__ import annotations

import itertools
import re

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


def test_a_title_names_who_gave_the_answer_that_matters(frame: pd.DataFrame) -> None:
    told = {"obligation": "all-means", "limits": "none"}
    for question, value in told.items():
        title = clauses.compared(frame, question).title
        years = set(frame.loc[frame[question] == value, "signed"].str[:4])
        assert years and set(re.findall(r"\b\d{4}\b", title)) == years
    threats = frame["trigger"].eq("threat").sum()
    title = clauses.compared(frame, "trigger").title
    assert title.startswith(f"A threat is enough for {threats} of {len(frame)} clauses, to talk;")
    limits = clauses.compared(frame, "limits").title
    for value, heading, _ in clauses.QUESTIONS["limits"].answers[:-1]:
        assert f"{heading} in {frame['limits'].eq(value).sum()}" in limits
    assert "for no clause" in clauses.compared(frame, "trigger", "four").title


def test_a_mark_stands_under_its_answer(frame: pd.DataFrame) -> None:
    chart = clauses.compared(frame, "limits")
    order = [value for value, _, _ in clauses.QUESTIONS["limits"].answers]
    rows = frame.sort_values(["signed", "id"]).reset_index(drop=True)
    assert chart.rows
    marks = {
        line.at: at
        for line in chart.rows.lines
        for at, mark in enumerate(line.cells)
        if mark is not None
    }
    assert marks == {row: order.index(value) for row, value in rows["limits"].items()}


def test_every_choice_draws_and_counts_its_rows(frame: pd.DataFrame) -> None:
    for question, group in itertools.product(clauses.QUESTIONS, clauses.GROUPS):
        chart = clauses.compared(frame, question, group)
        assert len(chart.table) and f"{len(chart.table)} clauses are shown." in chart.description
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


def test_a_sign_is_that_of_the_wording(frame: pd.DataFrame) -> None:
    chart = clauses.compared(frame)
    assert chart.rows
    wording = frame.sort_values(["signed", "id"])["wording"].tolist()
    signs = [next(mark for mark in line.cells if mark) for line in chart.rows.lines]
    assert signs == [clauses.WORDING[one] for one in wording]


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
    shown = chart._repr_mimebundle_()["text/html"]
    assert "<script" not in shown and "<b>x" not in shown
