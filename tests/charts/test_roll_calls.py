"""Every vote: each cell is the vote of its state in its resolution, and heads count equal ones."""

from __future__ import annotations

import itertools
from collections import Counter

import pandas as pd
import pytest

from drawing.checker import problems
from upheaval import lesson
from upheaval.charts import roll_calls, votes

CALLS = lesson.table("roll_calls")
RESOLUTIONS = lesson.table("resolutions")


def made(country: str = "RUS", **cast: str) -> roll_calls.Chart:
    """The chart of three roll calls: each letter of ``cast`` a vote (y, n, a; - for absent)."""
    vote_of = {"y": "yes", "n": "no", "a": "abstain", "-": "absent"}
    calls = pd.DataFrame(
        [
            (f"r{at}", state, vote_of[letter], ("undl-2025-es117",))
            for state in votes.STATES
            for at, letter in enumerate(cast.get(state, "yyy"))
        ],
        columns=["resolution", "country_iso3", "vote", "sources"],
    )
    resolutions = pd.DataFrame(
        {
            "id": ["r0", "r1", "r2"],
            "date": ["2022-03-02", "2022-10-12", "2025-02-24"],
            "title": ["One", "Two", "Three"],
            "sources": [("undl-2025-es117",)] * 3,
        }
    )
    return roll_calls.every_vote(calls, resolutions, country)


def test_every_cell_is_the_vote_of_its_state() -> None:
    cast = CALLS.set_index(["resolution", "country_iso3"])["vote"].to_dict()
    names = dict(votes.state_options())
    chart = roll_calls.every_vote(CALLS, RESOLUTIONS, "CHN")
    (group,) = chart.payload()["markedRows"]["groups"]
    heads = [head[0] for head in chart.payload()["markedRows"]["columns"]]
    assert heads[0] == "China" and sorted(heads) == sorted(names)
    ids = list(chart.table["Roll call"])
    assert ids[0] == "A/RES/68/262" and sorted(ids) == sorted(RESOLUTIONS["id"])
    for call, line in zip(ids, group["lines"], strict=True):
        for head, (_, _, word) in zip(heads, line["cells"], strict=True):
            assert word == cast[call, names[head]]


def test_the_three_votes_and_an_absence_differ_by_more_than_colour() -> None:
    assert len({mark.sign for mark in roll_calls.VOTES.values()}) == len(roll_calls.VOTES)
    chart = made(RUS="nnn", CHN="aa-")
    assert [label for _, label in chart.legend] == ["yes", "no", "abstain", "absent"]
    assert [label for _, label in made().legend] == ["yes"], "only what is drawn"


def test_the_head_of_a_column_counts_equal_votes() -> None:
    chart = made(RUS="nnn", CHN="na-", IRN="---", PRK="nny")
    assert chart.rows is not None
    heads = {head.title: head.note for head in chart.rows.columns}
    assert heads["Russia"] == heads["Iran"] == "", "itself, and nothing to compare"
    assert heads["China"] == "1 of 2" and heads["North Korea"] == "2 of 3"
    # With so few roll calls none is ranked, so all stand in the order of their share.
    assert list(heads)[:3] == ["Russia", "North Korea", "China"]
    assert "China: no 1, abstain 1, absent 1 (the same as Russia: 1 of 2)" in chart.description
    assert "Iran: absent 3 (nothing to compare)" in chart.description


def test_the_title_says_what_the_state_did_and_who_did_the_same() -> None:
    chart = made(RUS="nnn", CHN="na-", IRN="---", PRK="nny")
    told = "Russia voted no in all 3 roll calls; the same vote: North Korea 2 of 3, China 1 of 2"
    assert chart.title == told
    chart = made("USA", USA="yna", RUS="nnn")
    words = "voted yes in 1 of 3 roll calls, no in 1 and abstained in 1"
    assert chart.title == f"The United States {words}; the same vote: Russia 1 of 3"
    assert (
        "abstained in 1 of 3 roll calls, voted yes in 1 and no in 1" in made("IND", IND="ayn").title
    )


def test_a_single_vote_that_both_cast_is_no_all_and_nobody_is_called_the_only_one() -> None:
    chart = made("VEN", VEN="--n", RUS="nnn", PRK="nnn")
    told = "Venezuela was absent in 2 of 3 roll calls and voted no in 1"
    told += "; the same vote: Russia the one both cast"
    assert chart.title == told
    assert "(the same as Venezuela: the one both cast)" in chart.description


@pytest.mark.parametrize("country", votes.STATES)
def test_every_choice_draws_its_rows_and_tells_of_russia(country: str) -> None:
    chart = roll_calls.every_vote(CALLS, RESOLUTIONS, country)
    assert problems(chart) == []
    assert f"{len(RESOLUTIONS)} roll calls are shown." in chart.description
    assert "Russia" in chart.title and "nan" not in chart.title + chart.description
    others = [names for names, code in votes.state_options() if code != country]
    assert all(f"{name}: " in chart.description for name in others)
    cells = Counter(itertools.chain(*(chart.table[name] for name, _ in votes.state_options())))
    drawn = CALLS[CALLS["country_iso3"].isin(votes.STATES)]["vote"]
    assert cells == Counter(drawn)


def test_a_state_without_votes_is_refused() -> None:
    with pytest.raises(ValueError, match="no vote"):
        roll_calls.every_vote(CALLS, RESOLUTIONS, "ZZZ")
