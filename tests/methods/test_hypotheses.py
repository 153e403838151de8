"""Competing hypotheses against a published ranking, and against scores worked out by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from upheaval.methods import hypotheses

# Heuer's own example (Psychology of Intelligence Analysis, figure 15): will Iraq retaliate for the
# bombing of 1993? H1: it will not; H2: it will sponsor some minor actions; H3: it plans a major
# attack. His + is C here, his - is I. The army manual TC 2-33.4 (1 July 2009, paragraph 2-55),
# which takes the example over, prints the result: H2 is the most likely, followed by H3 and finally
# H1. No copy with the figure was open to us: the six rows are a reconstruction, and what the test
# holds the method to is the printed ranking.
IRAQ = pd.DataFrame(
    [
        ("said it would not retaliate", "C", "C", "C"),
        ("no terrorist offensive in 1991", "C", "C", "I"),
        ("would not want another war", "C", "C", "I"),
        ("more radio messages to agents", "I", "C", "C"),
        ("embassies told to take care", "I", "C", "C"),
        ("not to retaliate is loss of face", "I", "C", "C"),
    ],
    columns=["id", "H1", "H2", "H3"],
)
THREE = ["H1", "H2", "H3"]

#: What the grid that a reader fills is held to as well, by `widgets/matrix/rules_test.ts`.
CASES = json.loads(
    Path(__file__).parents[1].joinpath("cases/hypotheses.json").read_text(encoding="utf-8")
)

# Three rows by hand. Weights: 2 (high, high), 1 (low, high), 0.5 (low, low).
HAND = pd.DataFrame(
    [
        ("r1", "act", "high", "high", "I", "CC"),
        ("r2", "act", "low", "high", "C", "II"),
        ("r3", "words", "low", "low", "II", "I"),
    ],
    columns=["id", "kind", "credibility", "relevance", "A", "B"],
)


def test_the_published_example_comes_out_as_published() -> None:
    scores = hypotheses.inconsistency(IRAQ, THREE, weighted=False)
    assert scores == {"H1": 3, "H2": 0, "H3": 2}
    order = hypotheses.ranking(scores)
    assert order.groups == (("H2",), ("H3",), ("H1",))
    assert [order.rank(one) for one in THREE] == [3, 1, 2]


def test_what_fits_all_has_no_diagnostic_value() -> None:
    """Heuer's doctor: a high temperature fits nearly every illness."""
    spread = [hypotheses.diagnosticity(row) for row in IRAQ[THREE].itertuples(index=False)]
    # C, C, I: of three pairs two differ by two steps.
    assert spread == [0, *[1.33] * 5]


@pytest.mark.parametrize(
    ("marks", "spread"),
    [
        (["CC", "II"], 4),
        (["C", "C"], 0),
        (["II", "II", "II"], 0),
        (["N"], 0),
        ([], 0),
        (["CC", "N", "N", "N", "N"], 0.8),  # 4 of 10 pairs differ by 2
        (["I", "N", "N", "N", "I"], 0.6),  # 6 of 10 pairs differ by 1
        (["CC", "C", "N", "I", "II"], 2.0),  # 4 × 1 + 3 × 2 + 2 × 3 + 4 = 20 over 10
    ],
)
def test_diagnosticity_by_hand(marks: list[str], spread: float) -> None:
    assert hypotheses.diagnosticity(marks) == spread


def test_weighted_scores_by_hand() -> None:
    # A: 1 × 2 + 0 + 2 × 0.5; B: 0 + 2 × 1 + 1 × 0.5.
    assert hypotheses.inconsistency(HAND, ["A", "B"]) == {"A": 3, "B": 2.5}
    assert hypotheses.inconsistency(HAND, ["A", "B"], weighted=False) == {"A": 3, "B": 3}
    assert hypotheses.support(HAND, ["A", "B"]) == {"A": 1, "B": 1}


def test_weights_are_the_published_ones() -> None:
    assert hypotheses.weight("low", "low") == pytest.approx(0.5)
    assert hypotheses.weight("high", "high") == pytest.approx(2)
    assert hypotheses.weight("low", "high") == pytest.approx(1)
    assert hypotheses.weight("medium", "high") == math.sqrt(2)


def test_ties_share_a_place_and_the_next_place_counts_them() -> None:
    order = hypotheses.ranking({"a": 2.0, "b": 0.5, "c": 2.0, "d": 3.0})
    assert order.groups == (("b",), ("a", "c"), ("d",))
    assert order.first == ("b",)
    assert [order.rank(one) for one in "abcd"] == [2, 1, 2, 4]
    assert hypotheses.ranking({"a": 0.0, "b": 0.0}).first == ("a", "b")
    assert hypotheses.ranking({}).first == ()


def test_leaving_out_a_row_and_a_kind() -> None:
    found = hypotheses.sensitivity(HAND, ["A", "B"]).set_index("left_out")
    # Without r1 A has 1 and B 2.5; without r2 A 3, B 0.5; without r3 both have 2: a tie is a change
    # as well.
    assert dict(found["first"]) == {"r1": ("A",), "r2": ("B",), "r3": ("A", "B")}
    assert dict(found["changes"]) == {"r1": True, "r2": False, "r3": True}
    kinds = hypotheses.sensitivity(HAND, ["A", "B"], by="kind").set_index("left_out")
    # Without acts A has 1 and B 0.5.
    assert dict(kinds["first"]) == {"act": ("B",), "words": ("A", "B")}
    assert not kinds.at["act", "changes"]


def test_no_rows_leave_everything_open() -> None:
    nothing = HAND.iloc[:0]
    assert hypotheses.inconsistency(nothing, ["A", "B"]) == {"A": 0, "B": 0}
    assert hypotheses.sensitivity(nothing, ["A", "B"]).empty


def test_consistency_never_changes_a_score() -> None:
    warmer = HAND.replace({"A": {"C": "CC"}, "B": {"CC": "N"}})
    assert hypotheses.inconsistency(warmer, ["A", "B"]) == hypotheses.inconsistency(
        HAND, ["A", "B"]
    )


def test_wrong_words_are_told() -> None:
    with pytest.raises(ValueError, match='"X" is no mark; the marks are "CC", "C"'):
        hypotheses.inconsistency(HAND.replace({"A": {"I": "X"}}), ["A", "B"])
    with pytest.raises(ValueError, match='"none" is no mark'):
        hypotheses.diagnosticity(["none"])
    with pytest.raises(ValueError, match='"big" is no weight'):
        hypotheses.weight("big", "low")
    with pytest.raises(ValueError, match='no column "C"'):
        hypotheses.support(HAND, ["A", "C"])
    with pytest.raises(ValueError, match='"z" is not ranked'):
        hypotheses.ranking({"a": 1.0}).rank("z")


# -- the cases that the front end runs, too --------------------------------------------------------
@pytest.mark.parametrize("case", CASES["grids"], ids=lambda case: case["name"])
def test_a_grid_of_the_cases_that_both_sides_run(case: dict[str, Any]) -> None:
    keys, weighted = case["columns"], case["weighted"]
    counting = [
        {**row, **row["marks"]}
        for row in case["rows"]
        if row["id"] not in case["left"] and len(row["marks"]) == len(keys)
    ]
    assert [row["id"] for row in counting] == case["counting"]
    rows = pd.DataFrame(counting, columns=["id", "credibility", "relevance", *keys])
    scores = hypotheses.inconsistency(rows, keys, weighted)
    assert scores == case["scores"] and hypotheses.support(rows, keys) == case["support"]
    assert [list(group) for group in hypotheses.ranking(scores).groups] == case["ranking"]
    turning = [
        {"id": one.left_out, "first": list(one.first), "changes": one.changes}
        for one in hypotheses.sensitivity(rows, keys, weighted=weighted).itertuples()
    ]
    assert turning == case["turning"]


def test_the_diagnosticity_of_the_cases_that_both_sides_run() -> None:
    found = {marks: hypotheses.diagnosticity(marks.split()) for marks in CASES["diagnosticity"]}
    assert found == CASES["diagnosticity"]


def test_the_cases_have_ties_gaps_rows_left_out_and_rows_that_carry_the_result() -> None:
    grids = CASES["grids"]
    assert {len(one["ranking"][0]) for one in grids} == {1, 2, 3}
    assert {one["weighted"] for one in grids} == {True, False}
    assert any(one["left"] for one in grids)
    assert any(len(row["marks"]) < len(one["columns"]) for one in grids for row in one["rows"])
    assert {turn["changes"] for one in grids for turn in one["turning"]} == {True, False}
    terms = {
        word
        for one in grids
        for row in one["rows"]
        for word in [row["credibility"], *row["marks"].values()]
    }
    assert terms >= {*hypotheses.MARKS, *hypotheses.WEIGHTS}
