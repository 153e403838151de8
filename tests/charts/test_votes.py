"""Votes in the General Assembly: agreement worked out by hand, absences, and pairs that cannot be
ranked.
"""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from upheaval import lesson
from upheaval.charts import votes


def calls(**cast: str) -> pd.DataFrame:
    """Roll calls for all states of the chart: each letter of ``cast`` a vote (y, n, a; - for
    absent), others yes.
    """
    vote_of = {"y": "yes", "n": "no", "a": "abstain", "-": "absent"}
    length = len(next(iter(cast.values())))
    rows = [
        (f"r{index}", state, vote_of[letter], ("undl-2025-es117",))
        for state in votes.STATES
        for index, letter in enumerate(cast.get(state, "y" * length))
    ]
    return pd.DataFrame(rows, columns=["resolution", "country_iso3", "vote", "sources"])


def test_agreement_is_counted_as_by_hand() -> None:
    frame = calls(RUS="nnnnnnnn", PRK="nnnnnnnn", CHN="nnaaaaaa", IRN="na-aa-aa")
    table = votes.agreement(frame, "RUS").table.set_index("State")
    columns = [
        "Roll calls compared",
        "Left out",
        "Equal votes",
        "Share of equal votes",
        "With half points",
    ]
    assert list(table.loc["North Korea", columns]) == [8, 0, 8, 1.0, 1.0]
    assert list(table.loc["China", columns]) == [8, 0, 2, 0.25, 0.625]
    assert list(table.loc["Iran", columns]) == [6, 2, 1, 0.167, 0.583]
    assert list(table.loc["Japan", columns]) == [8, 0, 0, 0.0, 0.0]
    counted = votes.agreement(frame, "RUS", "as_abstention").table.set_index("State")
    assert list(counted.loc["Iran", columns]) == [8, 0, 1, 0.125, 0.562]


def test_the_title_names_whose_votes_are_most_alike_and_the_rest_of_the_four() -> None:
    frame = calls(RUS="nnnnnnnn", PRK="nnnnnnnn", CHN="nnaaaaaa")
    assert (
        votes.agreement(frame, "RUS").title
        == "Russia votes most like North Korea (8 of 8 equal); with China 2 of 8, Iran 0 of 8"
    )
    assert (
        votes.agreement(frame, "CHN", measure="score").title
        == "China votes most like North Korea and Russia (2 of 8 equal); with Iran 0 of 8"
    )
    assert (
        votes.agreement(calls(RUS="yyyyyy"), "USA").title
        == "The United States votes alike with all others (6 of 6 equal)"
    )


def test_a_pair_with_few_roll_calls_is_not_ranked() -> None:
    frame = calls(RUS="nnnnnnnn", VEN="n-------")
    chart = votes.agreement(frame, "RUS")
    assert list(chart.table["State"])[-1] == "Venezuela" and "Venezuela" not in chart.title
    lines = chart.payload()["markedRows"]["groups"][0]["lines"]
    # Nothing equal is no bar, and too little to rank is none either: their words tell them apart.
    equal = [int(line["text"].partition(" ")[0]) > 0 for line in lines[:-1]]
    assert ["track" in line for line in lines] == [*equal, False]
    assert lines[-1]["text"] == "1 of 1 equal, too few to rank"
    assert (
        votes.agreement(frame, "VEN").title == "Too few roll calls to say with whom Venezuela votes"
    )
    counted = votes.agreement(frame, "RUS", "as_abstention").payload()["markedRows"]
    assert "too few" not in str(counted)


def test_every_choice_draws_and_counts_its_rows() -> None:
    frame = lesson.table("roll_calls")
    for country, absent, measure in itertools.product(votes.STATES, votes.ABSENCES, votes.MEASURES):
        chart = votes.agreement(frame, country, absent, measure)
        assert f"{len(chart.table)} states are compared with " in chart.description
        assert len(chart.table) == len(votes.STATES) - 1
        for row in chart.table.itertuples(index=False):
            told = f"over {row[2]}" if row[2] else f"{row[0]}, nothing to compare"
            assert told in chart.description
        assert chart.title and chart.sources and "nan" not in chart.title + chart.description


def test_nobody_to_compare_is_said() -> None:
    chart = votes.agreement(calls(RUS="nnnnnnnn", VEN="--------"), "RUS")
    assert "Venezuela, nothing to compare" in chart.description
    assert chart.payload()["table"]["rows"][-1][-1] is None
    last = chart.payload()["markedRows"]["groups"][0]["lines"][-1]
    assert last["text"] == "0 of 0: nothing to compare"


def test_wrong_choices_are_refused() -> None:
    frame = calls(RUS="nnnnnnnn")
    with pytest.raises(ValueError, match="no vote"):
        votes.agreement(frame, "ZZZ")
    with pytest.raises(KeyError):
        votes.agreement(frame, measure="warmth")
