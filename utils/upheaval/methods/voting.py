"""Agreement in roll calls: how alike two states vote, and how united a group does.

Eleven resolutions on one war are a narrow window: states that differ on everything else may vote
alike here, and votes taken by consensus leave no roll call at all (Häge and Hug, "Consensus
decisions and similarity measures in international organizations", International Interactions 42,
2016, 503–529). Researchers who compare whole foreign policies prefer ideal points estimated from
all votes of a year to a bare share of agreement.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from .columns import quoted_list, require

VALUES = {"yes": 1.0, "abstain": 0.5, "no": 0.0}
"""The three votes on one line: an abstention lies half way."""

ABSENT = ("drop", "as_abstention")
"""What to do with a roll call that one of two missed: leave it out, or count it as abstention."""


class Agreement(NamedTuple):
    """How alike two states vote.

    `compared`: roll calls compared; `left_out`: roll calls of the table that were not, because one
    was absent or is not listed; `same`: equal votes; `share`: same / compared; `score`: 1 for equal
    votes, 0.5 where one abstains, 0 for yes against no, averaged; `s`: the same on a scale from -1
    to 1. The last three are NaN where nothing could be compared.
    """

    compared: int
    left_out: int
    same: int
    share: float
    score: float
    s: float


class Matrix(NamedTuple):
    """Square tables by state in the order given: `share`, `score`, `compared` (as Agreement)."""

    share: pd.DataFrame
    score: pd.DataFrame
    compared: pd.DataFrame


def agreement(roll_calls: pd.DataFrame, one: str, other: str, absent: str = "drop") -> Agreement:
    """How alike two states vote over the roll calls of a table (resolution, country_iso3, vote).

    `share` counts equal votes. `score` is one minus the mean distance on yes 1, abstain 0.5, no 0,
    the three-point way that goes back to Lijphart ("The Analysis of Bloc Voting in the General
    Assembly: A Critique and a Proposal", American Political Science Review 57, 1963, 902–917); `s`
    = 2 × score − 1 is S of Signorino and Ritter for votes of equal weight ("Tau-b or Not Tau-b",
    International Studies Quarterly 43, 1999, 115–144), on which the affinity scores of Gartzke and
    of Strezhnev and Voeten's data rest. `absent` is a word of `ABSENT`: to drop is usual; to count
    absence as abstention is a claim about what it means. Raises ValueError for an unknown state,
    vote or word, or a state that votes twice.
    """
    table = _votes(roll_calls, (one, other), absent)
    return _compare(table[one], table[other])


def agreement_matrix(
    roll_calls: pd.DataFrame, states: Sequence[str], absent: str = "drop"
) -> Matrix:
    """`agreement` of every pair of `states`, as square tables, with the number compared.

    A state agrees with itself, over the roll calls in which it took part. Raises ValueError as
    `agreement`.
    """
    table = _votes(roll_calls, states, absent)
    pairs = {(one, other): _compare(table[one], table[other]) for one in states for other in states}

    def square(field: str, dtype: str) -> pd.DataFrame:
        cells = [[getattr(pairs[one, other], field) for other in states] for one in states]
        return pd.DataFrame(cells, index=list(states), columns=list(states), dtype=dtype)

    return Matrix(
        square("share", "float64"), square("score", "float64"), square("compared", "int64")
    )


def bloc(roll_calls: pd.DataFrame, states: Sequence[str], absent: str = "drop") -> pd.DataFrame:
    """How united a group votes: one row a resolution, in the order of the table.

    Columns: `resolution`, `yes`, `no`, `abstain`, `absent` (states of the group); `rice`, |yes −
    no| / (yes + no), which leaves abstentions out (Rice, "Quantitative Methods in Politics", 1928);
    `agreement_index`, (m − (n − m) / 2) / n with m the largest of the three camps and n their sum,
    from 0 (three equal camps) to 1 (Hix, Noury and Roland, "Power to the Parties", British Journal
    of Political Science 35, 2005, 209–234). Both are NaN where nobody voted in their sense. With
    `absent="as_abstention"` absent states join the abstaining camp of the index. The mean of a
    column is the cohesion of the group. A small group looks united by chance more easily than a
    large one. Raises ValueError as `agreement`.
    """
    table = _votes(roll_calls, states, "drop")
    _check_absent(absent)
    rows = []
    for resolution, votes in table.iterrows():
        count = {vote: int((votes == vote).sum()) for vote in VALUES}
        away = len(states) - sum(count.values())
        camps = [
            count["yes"],
            count["no"],
            count["abstain"] + (away if absent == "as_abstention" else 0),
        ]
        rows.append(
            (resolution, *count.values(), away, _rice(count["yes"], count["no"]), _index(camps))
        )
    names = ["resolution", *VALUES, "absent", "rice", "agreement_index"]
    found = pd.DataFrame(rows, columns=names)
    return found[["resolution", "yes", "no", "abstain", "absent", "rice", "agreement_index"]]


def _compare(one: pd.Series, other: pd.Series) -> Agreement:
    pairs = [
        (VALUES[left], VALUES[right])
        for left, right in zip(one, other, strict=True)
        if left in VALUES and right in VALUES
    ]
    compared = len(pairs)
    same = sum(left == right for left, right in pairs)
    if not compared:
        return Agreement(0, len(one), 0, math.nan, math.nan, math.nan)
    score = 1 - sum(abs(left - right) for left, right in pairs) / compared
    return Agreement(compared, len(one) - compared, same, same / compared, score, 2 * score - 1)


def _rice(yes: int, no: int) -> float:
    return abs(yes - no) / (yes + no) if yes + no else math.nan


def _index(camps: Sequence[int]) -> float:
    total, largest = sum(camps), max(camps)
    return (largest - (total - largest) / 2) / total if total else math.nan


def _votes(roll_calls: pd.DataFrame, states: Sequence[str], absent: str) -> pd.DataFrame:
    """Resolutions down, states across, "absent" for a missing vote, or as `absent` says."""
    require(roll_calls, "resolution", "country_iso3", "vote")
    _check_absent(absent)
    wrong = sorted(set(roll_calls["vote"]) - {*VALUES, "absent"})
    if wrong:
        raise ValueError(f"The votes {quoted_list(wrong)} should be yes, no, abstain or absent.")
    unknown = sorted(set(states) - set(roll_calls["country_iso3"]))
    if unknown:
        raise ValueError(
            f"This table has no vote of {quoted_list(unknown)}; states are named by codes such as"
            " PRK."
        )
    rows = roll_calls[roll_calls["country_iso3"].isin(list(states))]
    twice = rows[rows.duplicated(["resolution", "country_iso3"])]
    if not twice.empty:
        first = twice.iloc[0]
        raise ValueError(
            f"{first['country_iso3']} votes twice on {first['resolution']}; once would be right."
        )
    wide = rows.pivot(index="resolution", columns="country_iso3", values="vote")
    wide = wide.reindex(roll_calls["resolution"].drop_duplicates()).fillna("absent")
    return wide.replace("absent", "abstain") if absent == "as_abstention" else wide


def _check_absent(absent: str) -> None:
    if absent not in ABSENT:
        raise ValueError(f'absent="{absent}" is not known; choose one of {quoted_list(ABSENT)}.')
