"""Weighing: worked by hand on two options and two aims, and on ties; and the face's rules, which
are held to the method by one file of cases.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import rules
from upheaval.methods import weighing
from upheaval.methods.weighing import Score, Switch

# a: 4-5 on x, 1-1 on y; b: 2-2 on x, 3-4 on y.
TWO = pd.DataFrame(
    [("a", "x", 4, 5), ("a", "y", 1, 1), ("b", "x", 2, 2), ("b", "y", 3, 4)],
    columns=["option", "criterion", "low", "high"],
)


def test_scores_by_hand() -> None:
    # a: low (2*4 + 1*1)/3, high (2*5 + 1*1)/3; b: low (2*2 + 1*3)/3, high (2*2 + 1*4)/3.
    assert weighing.scores(TWO, {"x": 2, "y": 1}) == [
        Score("a", 3, 20 / 6, 11 / 3),
        Score("b", 7 / 3, 15 / 6, 8 / 3),
    ]
    assert weighing.leaders(TWO, {"x": 2, "y": 1}) == ("a",)


def test_a_misspelled_criterion_is_told_with_what_there_is() -> None:
    for method in (weighing.scores, weighing.leaders, weighing.switches):
        with pytest.raises(ValueError, match="“X” is no criterion; choose one of “x”, “y”"):
            method(TWO, {"X": 2, "y": 1})


def test_without_weights_nothing_leads() -> None:
    assert (
        weighing.scores(TWO, {"x": 0, "y": 0}) == []
        and weighing.leaders(TWO, {"x": 0, "y": 0}) == ()
    )
    assert weighing.leaders(TWO, {}) == () and weighing.switches(TWO, {}) == []


def test_options_that_are_level_lead_together() -> None:
    # Twice the middles: a 9x + 2y, b 4x + 7y: level for x = y.
    assert weighing.leaders(TWO, {"x": 3, "y": 3}) == ("a", "b")
    assert weighing.leaders(TWO, {"x": 1, "y": 2}) == ("b",)


def test_the_smallest_changes_of_one_weight() -> None:
    assert weighing.switches(TWO, {"x": 2, "y": 1}) == [
        Switch("x", 1, ("a", "b")),
        Switch("y", 2, ("a", "b")),
    ]
    # x 5, y 0: only y to 5 makes them level, and x to 0 leaves nothing.
    assert weighing.switches(TWO, {"x": 5, "y": 0}) == [Switch("y", 5, ("a", "b"))]
    assert weighing.switches(TWO, {"x": 5}) == []


@pytest.mark.parametrize("weight", [-1, 6, 2.5, "3"])
def test_other_weights_are_refused(weight: object) -> None:
    with pytest.raises(ValueError, match="whole number from 0 to 5"):
        weighing.leaders(TWO, {"x": weight})  # type: ignore[dict-item]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match='no column "high"'):
        weighing.scores(TWO.drop(columns="high"), {"x": 1})


# -- one file of cases, for the method and for the face --------------------------------------------
Case = dict[str, Any]
CASES: list[Case] = json.loads(
    Path(__file__).parents[1].joinpath("cases", "weighing.json").read_text(encoding="utf-8")
)["cases"]


def by_the_method(case: Case) -> list[Any]:
    rows = [
        (option, criterion, *ends)
        for option, criteria in case["ratings"].items()
        for criterion, ends in criteria.items()
    ]
    ratings = pd.DataFrame(rows, columns=["option", "criterion", "low", "high"])
    weights = case["weights"]
    return [
        {one.option: [one.low, one.middle, one.high] for one in weighing.scores(ratings, weights)},
        list(weighing.leaders(ratings, weights)),
        [
            [one.criterion, one.weight, list(one.leaders)]
            for one in weighing.switches(ratings, weights)
        ],
        list(weighing.ever_first(ratings)),
    ]


def by_the_face(case: Case) -> list[Any]:
    code = """({ ratings, weights }) => [
      ...["scores", "leaders", "switches"].map((name) => rules.weights[name](ratings, weights)),
      rules.weights.everFirst(ratings),
    ]"""
    found: list[Any] = rules.evaluate(code, case)
    return found


@pytest.mark.parametrize("side", [by_the_method, by_the_face])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_method_and_the_face_weigh_alike(case: Case, side: Callable[[Case], list[Any]]) -> None:
    # Whole numbers divided once: the same to the last digit on both sides.
    wanted = [case["scores"], case["leaders"], case["switches"], case["ever first"]]
    assert side(case) == wanted


def test_the_largest_weight_is_the_same_on_both_sides() -> None:
    assert rules.evaluate("() => rules.weights.LARGEST") == weighing.LARGEST
