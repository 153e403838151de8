"""Ties between states as a network: enough to ask whether four partners are an axis.

An axis would be a group in which every pair is tied, and tied strongly. Two strong pairs that share
a member are something else. The terms and measures are those of Wasserman and Faust, "Social
Network Analysis: Methods and Applications" (Cambridge University Press, 1994): density and degree
of a graph (part II), dyads, mutual and asymmetric, and triads (part V). A strength from 1 to 3 is
our coding; a count of ties is partly a count of what the table's makers looked for.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from ..facts import tables
from .columns import require

STRENGTHS = (1, 2, 3)
"""Strength of a tie: weak, medium, strong."""

FEWEST, MOST = 3, 8
"""How many states fit on a circle so that lines between them can still be told apart."""


class Dyads(NamedTuple):
    """How many pairs are tied both ways (`mutual`), one way (`asymmetric`), or not (`null`)."""

    mutual: int
    asymmetric: int
    null: int


def ties_in(
    ties: pd.DataFrame,
    year: int,
    kinds: Collection[str] | None = None,
    least: int = 1,
    status: Collection[str] | None = None,
) -> pd.DataFrame:
    """The rows of the table ties that held on at least one day of `year`, with their index.

    `kinds` are words of tie_kind and `status` words of status, None for all; `least` is the lowest
    strength, 1 to 3. A partial start date counts from its first day, a partial end to its last; an
    empty end counts as going on. Raises ValueError when a column is missing, `least` is no strength
    or the tables do not know the year yet.
    """
    require(ties, "start_date", "end_date", "tie_kind", "strength", "status")
    _check_strength(least)
    if year > int(tables.knowledge_as_of()[:4]):
        raise ValueError(f"{year} is after what the tables know; choose a year up to now.")
    begins = tables.span(ties["start_date"])["start"]
    ends = tables.span(ties["end_date"])["end"]
    held = (begins <= pd.Timestamp(year, 12, 31)) & (
        ends.isna() | (ends >= pd.Timestamp(year, 1, 1))
    )
    held &= ties["strength"] >= least
    if kinds is not None:
        held &= ties["tie_kind"].isin(list(kinds))
    if status is not None:
        held &= ties["status"].isin(list(status))
    found: pd.DataFrame = ties[held.astype(bool)].copy()
    return found


def pair_strength(ties: pd.DataFrame) -> pd.DataFrame:
    """The strongest tie of every pair that has one: a row a pair, in alphabetical order.

    Columns: `a`, `b` (codes, a before b in the alphabet); `strength`, the strongest of all;
    `forward`, the strongest from a to b, and `backward`, from b to a (0 for none; a mutual tie
    counts both ways); `direction`: "mutual", "a->b" or "b->a"; `ties`, how many; `kinds`, a tuple
    of their kinds, each once. Raises ValueError when a column is missing, or for a tie of a state
    with itself.
    """
    require(ties, "a_iso3", "b_iso3", "tie_kind", "direction", "strength")
    pairs: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    for one, other, kind, direction, strength in ties[
        ["a_iso3", "b_iso3", "tie_kind", "direction", "strength"]
    ].itertuples(index=False, name=None):
        if one == other:
            raise ValueError(f"A tie joins {one} with itself; it should join two states.")
        onward, back = int(strength), int(strength) if direction == "mutual" else 0
        way = (onward, back) if one < other else (back, onward)
        pairs.setdefault((min(one, other), max(one, other)), []).append((*way, kind))
    return pd.DataFrame(
        [_pair(*pair, found) for pair, found in sorted(pairs.items())],
        columns=["a", "b", "strength", "forward", "backward", "direction", "ties", "kinds"],
    )


def _pair(a: str, b: str, found: list[tuple[int, int, str]]) -> tuple[object, ...]:
    forward, backward = max(one[0] for one in found), max(one[1] for one in found)
    direction = "mutual" if forward and backward else "a->b" if forward else "b->a"
    kinds = tuple(dict.fromkeys(one[2] for one in found))
    return a, b, max(forward, backward), forward, backward, direction, len(found), kinds


def degree(ties: pd.DataFrame, states: Sequence[str]) -> pd.DataFrame:
    """With how many of the other `states` each is tied: a row a state, in the order given.

    Columns: `state`, `partners` (tied in any way), `gives` (partners it gives to) and `receives`
    (partners it receives from); a mutual tie counts as both. Raises ValueError for fewer than two
    states.
    """
    pairs = _among(ties, states)
    rows = []
    for state in states:
        as_a, as_b = pairs[pairs["a"] == state], pairs[pairs["b"] == state]
        gives = int((as_a["forward"] > 0).sum() + (as_b["backward"] > 0).sum())
        receives = int((as_a["backward"] > 0).sum() + (as_b["forward"] > 0).sum())
        rows.append((state, len(as_a) + len(as_b), gives, receives))
    return pd.DataFrame(rows, columns=["state", "partners", "gives", "receives"])


def density(ties: pd.DataFrame, states: Sequence[str], least: int = 1) -> float:
    """The share of possible pairs of `states` with a tie of strength `least` or more: 0 to 1.

    Raises ValueError for fewer than two states, or when `least` is no strength.
    """
    _check_strength(least)
    pairs = _among(ties, states)
    return int((pairs["strength"] >= least).sum()) / math.comb(len(states), 2)


def density_by_strength(ties: pd.DataFrame, states: Sequence[str]) -> pd.DataFrame:
    """`density` for every strength: columns `least` (1 to 3), `pairs`, `possible`, `share`.

    Raises ValueError for fewer than two states.
    """
    pairs, possible = _among(ties, states), math.comb(len(states), 2)
    counts = [int((pairs["strength"] >= least).sum()) for least in STRENGTHS]
    rows = [
        (least, count, possible, count / possible)
        for least, count in zip(STRENGTHS, counts, strict=True)
    ]
    return pd.DataFrame(rows, columns=["least", "pairs", "possible", "share"])


def dyads(ties: pd.DataFrame, states: Sequence[str]) -> Dyads:
    """The census of pairs among `states`: mutual, asymmetric, null.

    Raises ValueError for fewer than two.
    """
    pairs = _among(ties, states)
    mutual = int((pairs["direction"] == "mutual").sum())
    return Dyads(mutual, len(pairs) - mutual, math.comb(len(states), 2) - len(pairs))


def reciprocity(ties: pd.DataFrame, states: Sequence[str]) -> float:
    """The share of tied pairs that are tied both ways: mutual / (mutual + asymmetric), 0 to 1.

    NaN where no pair is tied. What goes one way may still be paid for in another coin: leave
    treaties and summits out, which are mutual by their nature, to ask who gives. Raises ValueError
    for fewer than two.
    """
    census = dyads(ties, states)
    tied = census.mutual + census.asymmetric
    return census.mutual / tied if tied else math.nan


def triads(ties: pd.DataFrame, states: Sequence[str], least: int = 1) -> pd.DataFrame:
    """All groups of three among `states`, in their order: is each a closed triangle?

    Columns: `states` (a tuple), `tied` (pairs with a tie of strength `least` or more, 0 to 3),
    `closed` (all three are), `weakest` (the strength of its weakest pair, 0 where a pair has no
    tie). Raises ValueError for fewer than two states, or when `least` is no strength.
    """
    _check_strength(least)
    pairs = _among(ties, states)
    strength = {
        frozenset((a, b)): int(found)
        for a, b, found in zip(pairs["a"], pairs["b"], pairs["strength"], strict=True)
    }
    rows = []
    for three in combinations(states, 3):
        found = [strength.get(frozenset(pair), 0) for pair in combinations(three, 2)]
        tied = sum(one >= least for one in found)
        rows.append((three, tied, tied == 3, min(found)))
    return pd.DataFrame(rows, columns=["states", "tied", "closed", "weakest"])


def circle(states: Sequence[str]) -> pd.DataFrame:
    """Places on a circle of radius 1 for three to eight `states`: columns `state`, `x`, `y`.

    The first stands at the top, the others follow clockwise in the order given. The places depend
    on that order alone and never on ties, so that nobody jumps when the year changes. Raises
    ValueError for another number of states, or a state named twice.
    """
    _check_states(states)
    if not FEWEST <= len(states) <= MOST:
        raise ValueError(f"A circle takes {FEWEST} to {MOST} states; these are {len(states)}.")
    turns = [2 * math.pi * index / len(states) for index in range(len(states))]
    # Rounded, so that the top is at x = 0 and not at 1e-17, on every machine.
    rows = [
        (state, round(math.sin(turn), 6) + 0.0, round(math.cos(turn), 6) + 0.0)
        for state, turn in zip(states, turns, strict=True)
    ]
    return pd.DataFrame(rows, columns=["state", "x", "y"])


def _among(ties: pd.DataFrame, states: Sequence[str]) -> pd.DataFrame:
    """`pair_strength` of the ties whose two ends are both among `states`."""
    require(ties, "a_iso3", "b_iso3")
    _check_states(states)
    if len(states) < 2:
        raise ValueError("A network needs at least two states.")
    chosen = list(states)
    return pair_strength(ties[ties["a_iso3"].isin(chosen) & ties["b_iso3"].isin(chosen)])


def _check_states(states: Sequence[str]) -> None:
    if len(set(states)) < len(states):
        raise ValueError("A state is named twice; each should be named once.")


def _check_strength(least: int) -> None:
    if least not in STRENGTHS:
        raise ValueError(f"Strength is 1, 2 or 3; {least} is none of them.")
