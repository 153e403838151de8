"""Ties, pairs, density and triads of a small network worked out by hand, and of the collection's
four states.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from upheaval.facts import tables
from upheaval.methods import networks

FOUR = ["CHN", "RUS", "PRK", "IRN"]


def tie(a: str, b: str, strength: int, direction: str = "a->b", **cells: Any) -> dict[str, Any]:
    usual = {
        "tie_kind": "arms-transfer",
        "status": "confirmed",
        "start_date": "2020",
        "end_date": None,
    }
    return {
        "a_iso3": a,
        "b_iso3": b,
        "strength": strength,
        "direction": direction,
        **usual,
        **cells,
    }


# A gives to B twice, B to A once; A and C are bound mutually; D gives to A. B-C, B-D and C-D have
# nothing.
SMALL = pd.DataFrame(
    [
        tie("A", "B", 1),
        tie("A", "B", 3, tie_kind="troops"),
        tie("B", "A", 2),
        tie("C", "A", 2, "mutual", tie_kind="treaty"),
        tie("D", "A", 1),
        tie("D", "X", 3),
    ]
)
STATES = ["A", "B", "C", "D"]


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2022-07-13", "2022-07-13", {2022}),
        ("2023-12-30", None, {2023, 2024, 2025}),
        ("2022", "2023", {2022, 2023}),
        ("2023-01-01", "2024-01-01", {2023, 2024}),
        ("2021", "2021-12-31", set()),
    ],
)
def test_a_tie_holds_in_every_year_it_touches(start: str, end: str | None, years: set[int]) -> None:
    frame = pd.DataFrame([tie("A", "B", 1, start_date=start, end_date=end)], index=[5])
    held = {year for year in range(2022, 2026) if list(networks.ties_in(frame, year).index) == [5]}
    assert held == years


def test_ties_are_chosen_by_kind_strength_and_status() -> None:
    frame = pd.DataFrame(
        [tie("A", "B", 1), tie("A", "B", 2, status="claimed"), tie("A", "B", 3, tie_kind="troops")]
    )
    assert list(networks.ties_in(frame, 2020, kinds=["troops"])["strength"]) == [3]
    assert list(networks.ties_in(frame, 2020, least=2)["strength"]) == [2, 3]
    assert list(networks.ties_in(frame, 2020, status=["confirmed"])["strength"]) == [1, 3]
    assert networks.ties_in(frame, 2020, kinds=[]).empty
    assert networks.ties_in(frame, 2019).empty
    assert networks.pair_strength(networks.ties_in(frame, 2019)).empty


def test_pairs_by_hand() -> None:
    found = networks.pair_strength(SMALL).set_index(["a", "b"])
    assert list(found.index) == [("A", "B"), ("A", "C"), ("A", "D"), ("D", "X")]
    assert list(found.loc[("A", "B")]) == [3, 3, 2, "mutual", 3, ("arms-transfer", "troops")]
    assert list(found.loc[("A", "C")]) == [2, 2, 2, "mutual", 1, ("treaty",)]
    assert list(found.loc[("A", "D")]) == [1, 0, 1, "b->a", 1, ("arms-transfer",)]
    assert found.loc[("D", "X"), "direction"] == "a->b"


def test_degree_density_and_reciprocity_by_hand() -> None:
    found = networks.degree(SMALL, STATES)
    assert found.values.tolist() == [["A", 3, 2, 3], ["B", 1, 1, 1], ["C", 1, 1, 1], ["D", 1, 1, 0]]
    assert networks.density(SMALL, STATES) == 3 / 6
    assert networks.density(SMALL, STATES, least=2) == 2 / 6
    shares = networks.density_by_strength(SMALL, STATES)
    assert shares.values.tolist() == [[1, 3, 6, 0.5], [2, 2, 6, 2 / 6], [3, 1, 6, 1 / 6]]
    assert networks.dyads(SMALL, STATES) == networks.Dyads(mutual=2, asymmetric=1, null=3)
    assert networks.reciprocity(SMALL, STATES) == 2 / 3
    assert math.isnan(networks.reciprocity(SMALL, ["B", "C"]))


def test_triads_by_hand() -> None:
    closed = pd.concat([SMALL, pd.DataFrame([tie("C", "B", 1)])])
    found = networks.triads(closed, STATES).set_index("states")
    assert list(found.index) == [("A", "B", "C"), ("A", "B", "D"), ("A", "C", "D"), ("B", "C", "D")]
    assert list(found.loc[[("A", "B", "C")]].iloc[0]) == [3, True, 1]
    assert list(found.loc[[("A", "B", "D")]].iloc[0]) == [2, False, 0]
    assert list(found.loc[[("B", "C", "D")]].iloc[0]) == [1, False, 0]
    strong = networks.triads(closed, STATES, least=2).set_index("states")
    assert list(strong.loc[[("A", "B", "C")]].iloc[0]) == [2, False, 1]
    assert networks.triads(SMALL, ["A", "B"]).empty


def test_four_states_in_2024_counted_by_hand_in_the_table() -> None:
    ties = tables.read("ties")
    strong = networks.ties_in(ties, 2024, least=3)
    pairs = networks.pair_strength(
        strong[strong["a_iso3"].isin(FOUR) & strong["b_iso3"].isin(FOUR)]
    )
    # Beijing and Pyongyang (treaty, trade), Beijing and Moscow (goods), Tehran and Beijing (oil),
    # Moscow with Tehran (drones) and with Pyongyang (shells, treaty, troops): five of six, and
    # nothing strong between Pyongyang and Tehran.
    assert set(zip(pairs["a"], pairs["b"], strict=True)) == {
        *(("CHN", "PRK"), ("CHN", "RUS"), ("CHN", "IRN"), ("IRN", "RUS"), ("PRK", "RUS"))
    }
    assert networks.density(networks.ties_in(ties, 2024), FOUR, least=3) == pytest.approx(5 / 6)
    # Twenty years before, only two pairs: the treaty and trade with Pyongyang, and arms for
    # Beijing.
    assert networks.density(networks.ties_in(ties, 2004), FOUR, least=3) == pytest.approx(2 / 6)


def test_a_circle_depends_on_the_order_alone() -> None:
    found = networks.circle(FOUR).set_index("state")
    assert found.loc["CHN"].tolist() == [0, 1]
    assert found.loc["RUS"].tolist() == [1, 0]
    assert found.loc["PRK"].tolist() == [0, -1]
    assert found.loc["IRN"].tolist() == [-1, 0]
    for count in range(networks.FEWEST, networks.MOST + 1):
        positions = networks.circle([str(one) for one in range(count)])
        assert (positions["x"] ** 2 + positions["y"] ** 2).round(4).eq(1).all()
        assert not positions.duplicated(["x", "y"]).any()


@pytest.mark.parametrize("states", [["A", "B"], list("ABCDEFGHI"), ["A", "B", "A"]])
def test_a_circle_takes_three_to_eight_different_states(states: list[str]) -> None:
    with pytest.raises(ValueError, match="state"):
        networks.circle(states)


def test_mistakes_are_named() -> None:
    with pytest.raises(ValueError, match="Strength is 1, 2 or 3"):
        networks.ties_in(SMALL, 2024, least=0)
    with pytest.raises(ValueError, match="Strength is 1, 2 or 3"):
        networks.density(SMALL, STATES, least=4)
    with pytest.raises(ValueError, match="at least two"):
        networks.density(SMALL, ["A"])
    with pytest.raises(ValueError, match="twice"):
        networks.degree(SMALL, ["A", "A"])
    with pytest.raises(ValueError, match="itself"):
        networks.pair_strength(pd.DataFrame([tie("A", "A", 1)]))
    with pytest.raises(ValueError, match='no column "strength"'):
        networks.ties_in(SMALL.drop(columns="strength"), 2024)
