"""Scores, base rates, calibration and pools against published values and values by hand; and the
face's scores, which are held to the methods by one file of cases.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Iterable
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import rules
from upheaval import lesson
from upheaval.methods import forecasting, language


# -- scores ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("forecast", "happened", "score"),
    # Rain in the bucket or not: the worked values of the encyclopaedias (en-academic.com, "Brier
    # score").
    [
        (1.0, True, 0.0),
        (1.0, False, 1.0),
        (0.7, True, 0.09),
        (0.3, True, 0.49),
        (0.5, True, 0.25),
        (0.5, False, 0.25),
        (0.8, True, 0.04),
        (0.0, False, 0.0),
        (0.0, True, 1.0),
    ],
)
def test_published_scores(forecast: float, happened: bool, score: float) -> None:
    assert forecasting.brier(forecast, happened) == pytest.approx(score)


def test_briers_own_score_is_twice_as_large() -> None:
    """His sum runs over both outcomes: (f - o)² for yes and ((1 - f) - (1 - o))² for no."""
    for forecast, happened in ((0.7, True), (0.2, True), (1.0, False)):
        both = (forecast - happened) ** 2 + ((1 - forecast) - (1 - happened)) ** 2
        assert both == pytest.approx(2 * forecasting.brier(forecast, happened)) and both <= 2


def test_a_mean_by_hand() -> None:
    # (0.1² + 0.7²) / 2 = 0.5 / 2
    assert forecasting.mean_brier([0.9, 0.7], [True, False]) == pytest.approx(0.25)
    assert forecasting.mean_brier([0.4], [True]) == pytest.approx(0.36)
    assert math.isnan(forecasting.mean_brier([], []))


def test_the_expected_score_is_least_for_the_true_share() -> None:
    # Said 0.8 where 60 of 100 come true: 0.6 × 0.04 + 0.4 × 0.64.
    assert forecasting.expected_brier(0.8, 0.6) == pytest.approx(0.28)
    assert forecasting.expected_brier(0.5, 0.9) == pytest.approx(0.25)
    for share in (0, 0.05, 0.3, 0.5, 1):
        least = min(
            range(101), key=lambda percent: forecasting.expected_brier(percent / 100, share)
        )
        assert least == round(100 * share)


def test_skill() -> None:
    assert forecasting.skill(0.2, 0.25) == pytest.approx(0.2)
    assert forecasting.skill(0.25, 0.25) == 0
    assert forecasting.skill(0.5, 0.25) == -1
    assert forecasting.skill(0, 0.25) == 1
    assert math.isnan(forecasting.skill(0.1, 0))


# -- base rates ------------------------------------------------------------------------------------
def test_base_rates_and_the_rule_of_succession() -> None:
    assert forecasting.base_rate(5, 19) == pytest.approx(0.263, abs=0.001)
    assert forecasting.base_rate(0, 8) == 0 and forecasting.succession(0, 8) == pytest.approx(0.1)
    assert forecasting.succession(3, 3) == pytest.approx(0.8)
    # Laplace's sunrise: after n mornings without fail, (n + 1) / (n + 2).
    assert forecasting.succession(1826213, 1826213) == pytest.approx(1826214 / 1826215)


@pytest.mark.parametrize(("hits", "cases"), [(1, 0), (0, 0), (4, 3), (-1, 5)])
def test_no_share_is_said(hits: int, cases: int) -> None:
    for method in (forecasting.base_rate, forecasting.succession):
        with pytest.raises(ValueError, match="is no share"):
            method(hits, cases)


# -- calibration -----------------------------------------------------------------------------------
def test_calibration_by_hand() -> None:
    forecasts, outcomes = (
        [0.1, 0.15, 0.2, 0.75, 0.8, 1.0, 0.05],
        [
            False,
            True,
            False,
            True,
            True,
            True,
            False,
        ],
    )
    assert [astuple(group) for group in forecasting.calibration(forecasts, outcomes)] == [
        (0.0, 0.2, 3, pytest.approx(0.1), pytest.approx(1 / 3)),
        (0.2, 0.4, 1, 0.2, 0),  # an edge belongs to the group above it
        (0.6, 0.8, 1, 0.75, 1),
        (0.8, 1.0, 2, 0.9, 1),  # the last edge to the last group
    ]
    assert forecasting.calibration([], []) == []


def test_calibration_refuses_crooked_edges() -> None:
    for edges in ((0, 0.5, 0.5, 1), (0.1, 1), (0, 0.9), (0, 0.7, 0.3, 1)):
        with pytest.raises(ValueError, match="edges"):
            forecasting.calibration([0.5], [True], edges)


@pytest.mark.thorough
def test_a_published_table_of_rain_forecasts() -> None:
    """Wilks 1995, table 7.3, as the R package verification prints it: forecasts, shares of rain,
    how often each.

    His share of rain overall is 0.162. (Two of the package's frequencies, 0.245 and 0.203, lack a
    zero, as its own comments and the sum show.)
    """
    levels = [0, 0.05, *(tenth / 10 for tenth in range(1, 11))]
    rained = [0.006, 0.019, 0.059, 0.15, 0.277, 0.377, 0.511, 0.587, 0.723, 0.779, 0.934, 0.933]
    often = [
        0.4112,
        0.0671,
        0.1833,
        0.0986,
        0.0616,
        0.0366,
        0.0303,
        0.0275,
        0.0245,
        0.022,
        0.017,
        0.0203,
    ]
    assert sum(often) == pytest.approx(1, abs=0.001)
    days = [
        (level, happened)
        for level, share, part in zip(levels, rained, often, strict=True)
        for happened, count in (
            (True, round(1e5 * part * share)),
            (False, round(1e5 * part * (1 - share))),
        )
        for _ in range(count)
    ]
    forecasts, outcomes = zip(*days, strict=True)
    share = sum(outcomes) / len(outcomes)
    assert share == pytest.approx(0.162, abs=0.001)  # the table is rounded
    found = forecasting.parts(forecasts, outcomes)
    assert found.uncertainty == pytest.approx(0.162 * (1 - 0.162), abs=0.001)
    by_hand = [
        sum(
            part * (level - rate) ** 2
            for level, rate, part in zip(levels, rained, often, strict=True)
        ),
        sum(part * (rate - share) ** 2 for rate, part in zip(rained, often, strict=True)),
    ]
    assert [found.reliability, found.resolution] == pytest.approx(by_hand, abs=0.0005)
    assert found.within == pytest.approx(0, abs=1e-9)


def test_parts_by_hand() -> None:
    # Two at 0.2 (one yes), two at 0.8 (both yes): share 3/4, score (0.64 + 0.04 + 0.04 + 0.04) / 4
    # = 0.19.
    found = forecasting.parts([0.2, 0.2, 0.8, 0.8], [True, False, True, True])
    # reliability (2 × 0.3² + 2 × 0.2²) / 4, resolution (2 × 0.25² + 2 × 0.25²) / 4, uncertainty 3/4
    # × 1/4.
    assert astuple(found) == pytest.approx((0.19, 0.065, 0.0625, 0.1875, 0))


def test_the_parts_add_up_however_forecasts_are_grouped() -> None:
    lot = random.Random(1973)
    for size in (1, 2, 3, 12, 200):
        forecasts = [lot.choice([0, 1, 0.5, lot.random()]) for _ in range(size)]
        outcomes = [lot.random() < 0.4 for _ in forecasts]
        for edges in (None, forecasting.BINS, (0, 1), tuple(tenth / 10 for tenth in range(11))):
            one = forecasting.parts(forecasts, outcomes, edges)
            assert one.score == pytest.approx(forecasting.mean_brier(forecasts, outcomes))
            assert one.score == pytest.approx(
                one.reliability - one.resolution + one.uncertainty + one.within
            )
            assert one.reliability >= 0 and one.resolution >= 0
            assert edges or one.within == pytest.approx(0)


def test_parts_of_nothing_and_of_a_constant() -> None:
    nothing = forecasting.parts([], [])
    assert all(map(math.isnan, astuple(nothing)))
    always = forecasting.parts([0.5] * 4, [True, False, False, False])
    assert (always.score, always.resolution) == (0.25, 0)
    assert always.reliability == pytest.approx(0.0625) and always.uncertainty == pytest.approx(
        0.1875
    )


# -- a crowd ---------------------------------------------------------------------------------------
def test_pools_by_hand() -> None:
    members = [0.1, 0.6, 0.7, 0.99]
    assert forecasting.pooled(members) == pytest.approx(0.65)
    assert forecasting.pooled(members, "mean") == pytest.approx(0.5975)
    assert forecasting.pooled([0.4]) == 0.4
    assert math.isnan(forecasting.pooled([]))


def test_a_pool_of_means_is_never_worse_than_its_members_are_on_average() -> None:
    """The square is convex (Jensen): the mean's score is at most the members' mean score."""
    lot = random.Random(7)
    for _ in range(50):
        members = [lot.random() for _ in range(9)]
        for happened in (True, False):
            alone = sum(forecasting.brier(one, happened) for one in members) / len(members)
            assert forecasting.brier(forecasting.pooled(members, "mean"), happened) <= alone + 1e-12


# -- mistakes --------------------------------------------------------------------------------------
def test_mistakes_are_named() -> None:
    for wrong in (70, -0.1, 1.01, math.nan):
        with pytest.raises(ValueError, match="A probability is a number from 0 to 1"):
            forecasting.brier(wrong, True)
        with pytest.raises(ValueError, match="probability"):
            forecasting.pooled([0.5, wrong])
    with pytest.raises(ValueError, match="2 forecasts and 1 outcomes"):
        forecasting.mean_brier([0.5, 0.5], [True])
    with pytest.raises(ValueError, match='"mode"'):
        forecasting.pooled([0.5], "mode")


@pytest.mark.parametrize("word", ["no", "yes", None, 2, float("nan")])
def test_an_outcome_is_true_or_false_and_no_word_counts_as_true(word: Any) -> None:
    for score in (forecasting.brier, forecasting.log_score):
        with pytest.raises(ValueError, match="should be True or False"):
            score(0.8, word)
        assert score(1, True) == score(1, 1) == 0


def test_the_log_score_counts_bits_and_never_forgives_certainty() -> None:
    assert [forecasting.log_score(0.5, one) for one in (True, False)] == [1, 1]
    assert forecasting.log_score(0.25, True) == 2 and forecasting.log_score(1, True) == 0
    assert forecasting.log_score(0, True) == math.inf
    with pytest.raises(ValueError, match="from 0 to 1"):
        forecasting.log_score(80, True)


# -- one file of cases, for the methods and for the face -------------------------------------------
Case = dict[str, Any]
SHARED: Case = json.loads(
    Path(__file__).parents[1].joinpath("cases", "forecasting.json").read_text(encoding="utf-8")
)


def by_the_methods(case: Case) -> Case:
    percents = [percent for percent, _ in case["forecasts"]]
    said = [percent / 100 for percent in percents]
    came = [happened for _, happened in case["forecasts"]]
    bands = pd.DataFrame(SHARED["bands"]).set_axis(["id", "low_pct", "high_pct"], axis=1)
    return {
        "scores": [forecasting.brier(*pair) for pair in zip(said, came, strict=True)],
        "mean": forecasting.mean_brier(said, came) if said else None,
        "median": 100 * forecasting.pooled(said) if said else None,
        "groups": [
            [100 * one.low, 100 * one.high, one.count, 100 * one.mean, 100 * one.share]
            for one in forecasting.calibration(said, came)
        ],
        "words": [language.band(percent, bands) for percent in percents],
        "log": _finite(forecasting.log_score(*pair) for pair in zip(said, came, strict=True)),
        "parts": list(astuple(forecasting.parts(said, came, forecasting.BINS))[1:])
        if said
        else None,
    }


def _finite(scores: Iterable[float]) -> list[float | None]:
    """Scores as JSON has them: no end is null."""
    return [None if math.isinf(one) else one for one in scores]


def by_the_face(case: Case) -> Case:
    code = """([pairs, bands]) => {
      const scores = pairs.map(([percent, happened]) => rules.scores.brierScore(percent, happened));
      return {
        scores,
        mean: rules.scores.mean(scores),
        median: rules.scores.median(pairs.map(([percent]) => percent)),
        groups: rules.scores.calibrationGroups(pairs)
          .map(({ low, high, count, mean, share }) => [low, high, count, mean, share]),
        words: pairs.map(([percent]) => rules.scores.likelihoodWord(percent, bands)?.term ?? null),
        log: pairs.map(([percent, happened]) => rules.scores.logScore(percent, happened)),
        parts: Object.values(rules.scores.brierParts(pairs) ?? {}),
      };
    }"""
    found: Case = rules.evaluate(code, [case["forecasts"], SHARED["bands"]])
    return found


@pytest.mark.parametrize("side", [by_the_methods, by_the_face])
@pytest.mark.parametrize("case", SHARED["cases"], ids=lambda case: case["name"])
def test_the_methods_and_the_face_score_alike(case: Case, side: Callable[[Case], Case]) -> None:
    found = side(case)
    for name in ("scores", "mean", "median"):
        assert found[name] == pytest.approx(case[name]), name
    assert len(found["groups"]) == len(case["groups"])
    for group, wanted in zip(found["groups"], case["groups"], strict=True):
        assert group == pytest.approx(wanted)
    assert found["words"] == case["words"]
    assert found["log"] == pytest.approx(case["log"])
    assert (found["parts"] or None) == (pytest.approx(case["parts"]) if case["parts"] else None)


def test_the_words_of_the_cases_are_those_of_the_unit() -> None:
    bands = lesson.table("probability_words").sort_values("order")
    assert [tuple(one.values()) for one in SHARED["bands"]] == list(
        bands[["id", "low_pct", "high_pct"]].itertuples(index=False, name=None)
    )
