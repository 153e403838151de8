"""Scoring forecasts: the Brier score, what it is made of, calibration, base rates, pools.

A forecast is a probability from 0 to 1 that the answer is yes; an outcome is True or False. A score
says how far forecasts lay from what happened: less is better. One score alone proves little; see
each function.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""The edges of `calibration`'s groups: five, since a class asks a dozen questions, no thousand."""


# -- scores ----------------------------------------------------------------------------------------
def brier(forecast: float, happened: bool) -> float:
    """The Brier score of one forecast, 0 (perfect) to 1 (worst): squared distance to what happened.

    Always saying 0.5 gives 0.25. Source: Glenn W. Brier, "Verification of Forecasts Expressed in
    Terms of Probability", Monthly Weather Review 78 (1950), 1–3. His own score adds up the squares
    of all outcomes, here of yes and of no, and so runs from 0 to 2; the half of it that most people
    use today stands here. Raises ValueError when `forecast` is no probability, or `happened`
    neither True nor False.
    """
    return (_probability(forecast) - _outcome(happened)) ** 2


def log_score(forecast: float, happened: bool) -> float:
    """The log score of one forecast in bits: 0 is perfect, 0.5 costs 1.

    It is minus the binary logarithm of the probability given to what happened, and proper, as the
    Brier score is; it punishes sure mistakes without a limit. Source: I. J. Good, "Rational
    Decisions", Journal of the Royal Statistical Society B 14 (1952), 107–114. Raises ValueError
    as `brier` does.
    """
    said = _probability(forecast)
    given = said if _outcome(happened) else 1 - said
    return math.inf if given == 0 else max(0.0, -math.log2(given))


def mean_brier(forecasts: Iterable[float], outcomes: Iterable[bool]) -> float:
    """The mean Brier score of several forecasts, 0 to 1; NaN when there are none.

    Raises ValueError when there are not as many outcomes as forecasts, or one of them is no
    probability.
    """
    pairs = _paired(forecasts, outcomes)
    return fmean(brier(forecast, happened) for forecast, happened in pairs) if pairs else math.nan


def expected_brier(forecast: float, share: float) -> float:
    """The mean score of always the same `forecast` over many questions, of which `share` come true.

    It is least where the two are equal: nobody gains by saying another number than the one held
    true. That is what makes the score a proper one; see Gneiting and Raftery, "Strictly Proper
    Scoring Rules, Prediction, and Estimation", Journal of the American Statistical Association 102
    (2007), 359–378. Raises ValueError.
    """
    share = _probability(share)
    return share * brier(forecast, True) + (1 - share) * brier(forecast, False)


def skill(score: float, reference: float) -> float:
    """How much better a score is than a reference: 1 is perfect, 0 no better, below 0 worse.

    It is 1 - score / reference, NaN where the reference is perfect itself. Source: Daniel S. Wilks,
    "Statistical Methods in the Atmospheric Sciences" (Academic Press, 1995), chapter 7. With few
    questions the number jumps about.
    """
    return 1 - score / reference if reference else math.nan


# -- base rates ------------------------------------------------------------------------------------
def base_rate(hits: int, cases: int) -> float:
    """The share of `cases` in which it happened.

    Raises ValueError for no cases, or more hits than cases.
    """
    if not 0 <= hits <= cases or cases < 1:
        raise ValueError(
            f"{hits} of {cases} is no share; give at least one case, and no more hits than cases."
        )
    return hits / cases


def succession(hits: int, cases: int) -> float:
    """Laplace's rule of succession, (hits + 1) / (cases + 2): it never says never.

    It is the chance of the next case when every rate was held equally likely at first. Source:
    Pierre-Simon Laplace, "Essai philosophique sur les probabilités" (1814). Raises ValueError as
    `base_rate` does.
    """
    base_rate(hits, cases)
    return (hits + 1) / (cases + 2)


# -- calibration and Murphy's parts ----------------------------------------------------------------
@dataclass(frozen=True)
class Group:
    """Forecasts from `low` to `high`: `count`, their `mean`, and the `share` that came true."""

    low: float
    high: float
    count: int
    mean: float
    share: float


def calibration(
    forecasts: Iterable[float], outcomes: Iterable[bool], edges: Sequence[float] = BINS
) -> list[Group]:
    """Forecasts in groups between `edges`: mean, and share that came true; empty groups left out.

    An edge belongs to the group above it, the last one to the last group. A forecaster is well
    calibrated when mean and share are close; a group of three tells next to nothing. Raises
    ValueError as `mean_brier`, and for edges that do not rise from 0 to 1.
    """
    if list(edges) != sorted(set(edges)) or edges[0] != 0 or edges[-1] != 1:
        raise ValueError("The edges of the groups must rise from 0 to 1.")
    pairs = _paired(forecasts, outcomes)
    found = []
    for low, high in pairwise(edges):
        inside = [pair for pair in pairs if low <= pair[0] < high or pair[0] == high == 1]
        if inside:
            found.append(_group(low, high, inside))
    return found


@dataclass(frozen=True)
class Parts:
    """A mean Brier score's parts: ``score = reliability - resolution + uncertainty + within``.

    `reliability`: how far the groups' forecasts lie from what happened in them (0 is best).
    `resolution`: how much the groups differ from one another in what happened (more is better).
    `uncertainty`: what the questions themselves cost, share × (1 - share). `within`: what grouping
    unequal forecasts hides; 0 where a group holds one forecast only.
    """

    score: float
    reliability: float
    resolution: float
    uncertainty: float
    within: float


def parts(
    forecasts: Iterable[float], outcomes: Iterable[bool], edges: Sequence[float] | None = None
) -> Parts:
    """The parts of the mean Brier score; without `edges` equal forecasts make a group.

    Source: Allan H. Murphy, "A New Vector Partition of the Probability Score", Journal of Applied
    Meteorology 12 (1973), 595–600; for groups of unequal forecasts, with the two terms that
    `within` adds up: Stephenson, Coelho and Jolliffe, "Two Extra Components in the Brier Score
    Decomposition", Weather and Forecasting 23 (2008), 752–757. All are NaN when there are no
    forecasts. Raises ValueError as `calibration`.
    """
    pairs = _paired(forecasts, outcomes)
    if not pairs:
        return Parts(*[math.nan] * 5)
    first, second = zip(*pairs, strict=True)
    groups = _equal(pairs) if edges is None else calibration(first, second, edges)
    total, share = len(pairs), fmean(second)
    reliability = sum(one.count * (one.mean - one.share) ** 2 for one in groups) / total
    resolution = sum(one.count * (one.share - share) ** 2 for one in groups) / total
    uncertainty = share * (1 - share)
    within = (
        sum(_within([pair for pair in pairs if _holds(one, pair[0])], one) for one in groups)
        / total
    )
    return Parts(mean_brier(first, second), reliability, resolution, uncertainty, within)


def _within(inside: Sequence[tuple[float, bool]], group: Group) -> float:
    """The sums of squares and products about a group's means, signed as in the score."""
    spread = sum((forecast - group.mean) ** 2 for forecast, _ in inside)
    together = sum(
        (forecast - group.mean) * (happened - group.share) for forecast, happened in inside
    )
    return spread - 2 * together


def _equal(pairs: Sequence[tuple[float, bool]]) -> list[Group]:
    levels = sorted({forecast for forecast, _ in pairs})
    return [_group(level, level, [pair for pair in pairs if pair[0] == level]) for level in levels]


def _group(low: float, high: float, inside: Sequence[tuple[float, bool]]) -> Group:
    means = fmean(forecast for forecast, _ in inside), fmean(happened for _, happened in inside)
    return Group(low, high, len(inside), *means)


def _holds(group: Group, forecast: float) -> bool:
    return (
        group.low <= forecast < group.high
        or forecast == group.high == 1
        or forecast == group.low == group.high
    )


# -- a crowd ---------------------------------------------------------------------------------------
def pooled(forecasts: Iterable[float], how: str = "median") -> float:
    """One forecast for a crowd: the ``"median"`` or the ``"mean"`` of its members; NaN for nobody.

    The median hardly moves when one member is far off. That a pool often beats most of its members,
    and why: Surowiecki, "The Wisdom of Crowds" (2004); for probabilities Satopää and others,
    "Combining multiple probability predictions using a simple logit model", International Journal
    of Forecasting 30 (2014), 344–356, who also show that a pool is often too careful. Raises
    ValueError for another `how`, and where one is no probability.
    """
    ways: dict[str, Callable[[list[float]], float]] = {"median": median, "mean": fmean}
    if how not in ways:
        raise ValueError(f'"{how}" is no way to pool forecasts; choose "median" or "mean".')
    members = [_probability(one) for one in forecasts]
    return ways[how](members) if members else math.nan


# -- reading ---------------------------------------------------------------------------------------
def _paired(forecasts: Iterable[float], outcomes: Iterable[bool]) -> list[tuple[float, bool]]:
    first, second = [_probability(one) for one in forecasts], [bool(one) for one in outcomes]
    if len(first) != len(second):
        raise ValueError(
            f"There are {len(first)} forecasts and {len(second)} outcomes; each forecast needs one."
        )
    return list(zip(first, second, strict=True))


def _probability(value: float) -> float:
    # NaN fails the comparison too.
    if not 0 <= value <= 1:
        raise ValueError(
            f"A probability is a number from 0 to 1; {value:g} is not. Divide per cents by 100."
        )
    return float(value)


def _outcome(happened: bool) -> bool:
    # A word counts as true in Python, "no" as well.
    if not isinstance(happened, str) and happened in (0, 1):
        return bool(happened)
    raise ValueError(f"“{happened}” is no outcome; it should be True or False.")
