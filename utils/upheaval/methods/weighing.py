"""Weighing options: how well each serves several aims, which matter more or less to a decider.

The weighted mean of ratings is the plainest method of decision analysis (Keeney and Raiffa,
*Decisions with Multiple Objectives*, 1976, as an additive value function). It hides two things that
this module brings back: a rating is a judgement with a range, and a lead may hang on a single
weight.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..facts.problems import UnknownWord
from .columns import require

LARGEST = 5
"""Weights are whole numbers from 0 (does not count) to this."""


@dataclass(frozen=True)
class Score:
    """The weighted mean of an option's ratings: all at the low end, the middle, the high end."""

    option: str
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Switch:
    """One weight that, changed to ``weight`` and alone, puts other ``leaders`` first."""

    criterion: str
    weight: int
    leaders: tuple[str, ...]


def scores(ratings: pd.DataFrame, weights: Mapping[str, int]) -> list[Score]:
    """The score of every option, in the order of `ratings` (columns option, criterion, low, high).

    Criteria without a weight do not count. The list is empty when no weight is above 0. Raises
    ValueError for a missing column, for a weight that is no whole number from 0 to `LARGEST`, and
    for the weight of a criterion that nothing is rated by: a misspelled one would count nothing.
    """
    total = _total(weights)
    if not total:
        return []
    return [
        Score(option, low / total, (low + high) / (2 * total), high / total)
        for option, (low, high) in _sums(ratings, weights).items()
    ]


def leaders(ratings: pd.DataFrame, weights: Mapping[str, int]) -> tuple[str, ...]:
    """The options whose middle score is the highest: one, or several; none without weights.

    Raises ValueError as `scores` does.
    """
    if not _total(weights):
        return ()
    # Whole numbers: options are level or they are not, whatever a division would round.
    middles = {option: low + high for option, (low, high) in _sums(ratings, weights).items()}
    return tuple(option for option, middle in middles.items() if middle == max(middles.values()))


def switches(ratings: pd.DataFrame, weights: Mapping[str, int]) -> list[Switch]:
    """The smallest changes of one weight that give another lead, fewest steps first.

    The list is empty when no change of one weight does it. Raises ValueError as `scores` does.
    """
    now = leaders(ratings, weights)
    for step in range(1, LARGEST + 1):
        found = []
        for criterion, weight in weights.items():
            for other in (weight - step, weight + step):
                if 0 <= other <= LARGEST:
                    then = leaders(ratings, {**weights, criterion: other})
                    if then and then != now:
                        found.append(Switch(criterion, other, then))
        if found:
            return found
    return []


def ever_first(ratings: pd.DataFrame) -> tuple[str, ...]:
    """The options that lead alone under at least one set of weights, in the order of `ratings`.

    Every set of whole weights from 0 to `LARGEST` is tried. An option that leads under none is
    dominated: whatever its reader values, another does as well. Raises ValueError for a missing
    column.
    """
    require(ratings, "option", "criterion", "low", "high")
    middles = ratings.assign(middle=ratings["low"] + ratings["high"]).pivot(
        index="option", columns="criterion", values="middle"
    )
    middles = middles.loc[list(dict.fromkeys(ratings["option"]))]
    one = np.arange(LARGEST + 1)
    every = np.stack(np.meshgrid(*[one] * middles.shape[1]), axis=-1).reshape(-1, middles.shape[1])
    sums = every @ middles.to_numpy().T
    alone = (sums == sums.max(axis=1, keepdims=True)).sum(axis=1) == 1
    leading = set(sums[alone].argmax(axis=1).tolist())
    return tuple(str(option) for at, option in enumerate(middles.index) if at in leading)


def _total(weights: Mapping[str, int]) -> int:
    wrong = {name: weight for name, weight in weights.items() if weight not in range(LARGEST + 1)}
    if wrong:
        name, weight = next(iter(wrong.items()))
        raise ValueError(
            f"The weight of {name} is “{weight}”; it should be a whole number from 0 to {LARGEST}."
        )
    return sum(int(weight) for weight in weights.values())


def _sums(ratings: pd.DataFrame, weights: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """The weighted sums of the low and of the high ends, by option."""
    require(ratings, "option", "criterion", "low", "high")
    rated = dict.fromkeys(ratings["criterion"])
    for name in weights:
        if rated and name not in rated:
            raise UnknownWord("criterion", name, rated)
    sums: dict[str, tuple[int, int]] = {}
    for option, criterion, low, high in zip(
        *(ratings[name] for name in ("option", "criterion", "low", "high")), strict=True
    ):
        weight = int(weights.get(criterion, 0))
        before = sums.get(option, (0, 0))
        sums[option] = (before[0] + weight * int(low), before[1] + weight * int(high))
    return sums
