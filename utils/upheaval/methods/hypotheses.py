"""Analysis of competing hypotheses (ACH): explanations judged by what speaks against them.

The method is Richards J. Heuer's (Psychology of Intelligence Analysis, CIA 1999, chapter 8). Each
row is a piece of evidence, each column an explanation, each cell a mark: if this explanation were
true, would one expect to see this? Evidence that fits every explanation tells them apart no better
than a fever tells a doctor which illness it is. So nothing is counted that fits: the explanation
with the least *against* it stands best. The Tradecraft Primer of the U.S. government (2009) teaches
it beside the check of key assumptions.

The score is that of the ACH software of the Palo Alto Research Center: an inconsistent mark counts
1, a very inconsistent one 2, each times the weights of credibility and relevance, which are the
square root of one half for low, 1 for medium and the square root of two for high (we read this in a
description of the software, and the 1 and 2 in the manual of Open Source ACH as well).

What the numbers are not: probabilities. Trials with analysts found mixed effects or none on their
judgement (Dhami, Belton and Mandel, Applied Cognitive Psychology 33, 2019, 1080–1090; Karvetski and
Mandel, Judgment and Decision Making 15, 2020). The worth of a grid is that it shows which mark one
would have to change.

``widgets/matrix/rules.ts`` has the same method for a matrix that a reader fills; the cases in
``tests/cases/hypotheses.json``, which both sides run, hold the two equal.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from .columns import quoted_list, require

MARKS = {"CC": 2, "C": 1, "N": 0, "I": -1, "II": -2}
"""The marks as steps, from very consistent over neutral to very inconsistent."""

WORDS = {
    "CC": "very consistent",
    "C": "consistent",
    "N": "neutral",
    "I": "inconsistent",
    "II": "very inconsistent",
}
"""The marks in words."""

SIGNS = {"CC": "⊕", "C": "+", "N": "·", "I": "−", "II": "⊖"}
"""The marks as signs: a circle around plus or minus makes it count double."""

WEIGHTS = {"low": math.sqrt(0.5), "medium": 1.0, "high": math.sqrt(2)}
"""How much a row's credibility, and its relevance, multiply what its marks count."""


class Ranking(NamedTuple):
    """Explanations, least to most that speaks against them; equals stand in one group."""

    groups: tuple[tuple[str, ...], ...]

    @property
    def first(self) -> tuple[str, ...]:
        """Those with the least against them: more than one where they are equal."""
        return self.groups[0] if self.groups else ()

    def rank(self, hypothesis: str) -> int:
        """The rank of `hypothesis` from 1; equals share the better place.

        Raises ValueError if it is not ranked.
        """
        before = 0
        for group in self.groups:
            if hypothesis in group:
                return before + 1
            before += len(group)
        raise ValueError(
            f'"{hypothesis}" is not ranked; there are {quoted_list(itertools.chain(*self.groups))}.'
        )


def weight(credibility: str, relevance: str) -> float:
    """What the marks of a row are multiplied by, 0.5 to 2.

    Raises ValueError for a word not in `WEIGHTS`.
    """
    for word in (credibility, relevance):
        if word not in WEIGHTS:
            raise ValueError(f'"{word}" is no weight; the words are {quoted_list(WEIGHTS)}.')
    return WEIGHTS[credibility] * WEIGHTS[relevance]


def diagnosticity(marks: Iterable[str]) -> float:
    """How well a row tells explanations apart: how many steps two of its marks differ on average.

    0 means that all marks are equal: the row has no diagnostic value, however striking it is.
    ``CC`` against ``II`` in a row of two gives the most, 4. Heuer asks for evidence that changes
    the *relative* likelihood of hypotheses and gives no formula; this mean is our choice. Raises
    ValueError for a word that is no mark.
    """
    steps = [_step(one) for one in marks]
    pairs = list(itertools.combinations(steps, 2))
    return (
        round_half_up(sum(abs(one - other) for one, other in pairs) / len(pairs)) if pairs else 0.0
    )


def inconsistency(
    rows: pd.DataFrame, hypotheses: Sequence[str], weighted: bool = True
) -> dict[str, float]:
    """What speaks against each hypothesis: 1 an ``I``, 2 an ``II``, times the row's `weight`.

    `rows` has one column of marks for each of `hypotheses`, and ``credibility`` and ``relevance``
    unless `weighted` is false. Marks that fit count nothing. A score of 0 is no proof: perhaps
    nobody has looked. Rounded to two decimals, so that equals are equal. Raises ValueError for a
    missing column, an unknown mark or weight.
    """
    return _against(_records(rows, hypotheses, weighted), hypotheses, weighted)


def support(rows: pd.DataFrame, hypotheses: Sequence[str]) -> dict[str, int]:
    """How many rows fit each hypothesis (``C``, ``CC``): it misleads, since most fit several.

    Raises ValueError for a missing column or an unknown mark.
    """
    require(rows, *hypotheses)
    return {one: sum(_step(mark) > 0 for mark in rows[one]) for one in hypotheses}


def ranking(scores: Mapping[str, float]) -> Ranking:
    """The hypotheses, lowest score first, equals together in the order of `scores`."""
    groups = [
        tuple(one for one, score in scores.items() if score == level)
        for level in sorted({*scores.values()})
    ]
    return Ranking(tuple(groups))


def sensitivity(
    rows: pd.DataFrame, hypotheses: Sequence[str], by: str = "id", weighted: bool = True
) -> pd.DataFrame:
    """What happens to the first place when a row (or, with `by`, every row of a kind) is left out.

    One row for each value of the column `by`, in their order: ``left_out``, ``first`` (a tuple of
    those that would stand best) and ``changes`` (whether that differs from now). Raises ValueError
    as `inconsistency`.
    """
    require(rows, by)
    records = _records(rows, hypotheses, weighted)
    now = ranking(_against(records, hypotheses, weighted)).first
    found = []
    for value in rows[by].drop_duplicates():
        kept = [row for row in records if row[by] != value]
        then = ranking(_against(kept, hypotheses, weighted)).first
        found.append((value, then, then != now))
    return pd.DataFrame(found, columns=["left_out", "first", "changes"]).astype({"changes": "bool"})


def _records(
    rows: pd.DataFrame, hypotheses: Sequence[str], weighted: bool
) -> list[dict[Hashable, Any]]:
    require(rows, *hypotheses, *(("credibility", "relevance") if weighted else ()))
    return rows.to_dict("records")


def _against(
    records: list[dict[Hashable, Any]], hypotheses: Sequence[str], weighted: bool
) -> dict[str, float]:
    scores = dict.fromkeys(hypotheses, 0.0)
    for row in records:
        factor = weight(row["credibility"], row["relevance"]) if weighted else 1.0
        for one in hypotheses:
            scores[one] += max(0, -_step(row[one])) * factor
    return {one: round_half_up(score) for one, score in scores.items()}


def round_half_up(value: float) -> float:
    """`value`, not below 0, to two decimals, as the face in a page rounds it."""
    return math.floor(value * 100 + 0.5) / 100


def _step(mark: str) -> int:
    try:
        return MARKS[mark]
    except (KeyError, TypeError):
        raise ValueError(f'"{mark}" is no mark; the marks are {quoted_list(MARKS)}.') from None
