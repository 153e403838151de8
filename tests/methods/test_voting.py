"""Agreement and cohesion against values worked out by hand, from a small table and from the
collection's own.
"""

from __future__ import annotations

import math

import pandas as pd
import pytest

from upheaval.facts import tables
from upheaval.methods import voting

# Five roll calls of four states. AAA and BBB: equal, one step apart, opposite, equal, BBB absent.
SMALL = {
    "AAA": ["yes", "abstain", "no", "no", "yes"],
    "BBB": ["yes", "no", "yes", "no", "absent"],
    "CCC": ["no", "absent", "absent", "absent", "absent"],
    "DDD": ["abstain", "abstain", "abstain", "abstain", "absent"],
}


def roll_calls(votes: dict[str, list[str]]) -> pd.DataFrame:
    rows = [
        (f"R{index}", state, vote)
        for state, cast in votes.items()
        for index, vote in enumerate(cast)
    ]
    return pd.DataFrame(rows, columns=["resolution", "country_iso3", "vote"])


def test_agreement_by_hand_with_absence_dropped() -> None:
    # Equal in 2 of 4; distances 0, 0.5, 1, 0, so the score is 1 - 1.5/4.
    assert voting.agreement(roll_calls(SMALL), "AAA", "BBB") == voting.Agreement(
        4, 1, 2, 0.5, 0.625, 0.25
    )


def test_agreement_by_hand_with_absence_as_abstention() -> None:
    # The fifth roll call adds a distance of 0.5: equal in 2 of 5, score 1 - 2/5.
    found = voting.agreement(roll_calls(SMALL), "AAA", "BBB", absent="as_abstention")
    assert (found.compared, found.left_out, found.same, found.share) == (5, 0, 2, 0.4)
    assert found.score == pytest.approx(0.6)
    assert found.s == pytest.approx(0.2)


def test_two_absent_states_agree_only_where_absence_is_called_abstention() -> None:
    table = roll_calls({"CCC": ["absent"], "DDD": ["absent"]})
    dropped = voting.agreement(table, "CCC", "DDD")
    assert (dropped.compared, dropped.left_out) == (0, 1)
    assert math.isnan(dropped.share) and math.isnan(dropped.score) and math.isnan(dropped.s)
    assert voting.agreement(table, "CCC", "DDD", "as_abstention").share == 1


def test_a_vote_that_is_not_listed_is_left_out() -> None:
    table = roll_calls(SMALL).drop(index=0)  # AAA's vote on R0
    assert voting.agreement(table, "AAA", "BBB").compared == 3


def test_the_matrix_holds_the_same_numbers_and_how_many_were_compared() -> None:
    found = voting.agreement_matrix(roll_calls(SMALL), ["BBB", "AAA", "CCC"])
    assert list(found.score.index) == list(found.score.columns) == ["BBB", "AAA", "CCC"]
    assert found.score.loc["AAA", "BBB"] == found.score.loc["BBB", "AAA"] == 0.625
    assert found.share.loc["AAA", "BBB"] == 0.5
    assert found.compared.loc["AAA", "BBB"] == 4
    assert found.compared.loc["CCC", "CCC"] == 1
    assert found.score.loc["CCC", "AAA"] == 0


@pytest.mark.parametrize(
    ("one", "other", "compared", "same", "distance"),
    [
        # Counted by hand in roll_calls.csv: both voted no on all eleven.
        ("RUS", "PRK", 11, 11, 0),
        # China: no on ES-11/3 and ES-11/5, abstention on nine, so half a step on nine of eleven.
        ("RUS", "CHN", 11, 2, 4.5),
        # Iran: absent on 68/262 and ES-11/4; no on ES-11/3, /5 and /9; abstention on six.
        ("RUS", "IRN", 9, 3, 3),
        # United States against Russia: no with it on ES-11/7, half a step on ES-11/8, yes against
        # no on nine.
        ("USA", "RUS", 11, 1, 9.5),
    ],
)
def test_real_agreements_counted_by_hand(
    one: str, other: str, compared: int, same: int, distance: float
) -> None:
    found = voting.agreement(tables.read("roll_calls"), one, other)
    assert (found.compared, found.left_out, found.same) == (compared, 11 - compared, same)
    assert found.share == pytest.approx(same / compared)
    assert found.score == pytest.approx(1 - distance / compared)
    assert found.s == pytest.approx(1 - 2 * distance / compared)


def test_a_bloc_by_hand() -> None:
    found = voting.bloc(roll_calls(SMALL), list(SMALL)).set_index("resolution")
    # R0: two yes, one no, one abstention. Rice 1/3; index (2 - 2/2) / 4.
    assert list(found.loc["R0", ["yes", "no", "abstain", "absent"]]) == [2, 1, 1, 0]
    assert found.loc["R0", "rice"] == pytest.approx(1 / 3)
    assert found.loc["R0", "agreement_index"] == pytest.approx(0.25)
    # R1: no yes, one no, two abstentions, one absent. Rice 1; index (2 - 1/2) / 3.
    assert found.loc["R1", "rice"] == 1
    assert found.loc["R1", "agreement_index"] == pytest.approx(0.5)
    # R2: one in each camp: as divided as can be, by both measures.
    assert found.loc["R2", "rice"] == 0
    assert found.loc["R2", "agreement_index"] == 0
    assert list(found.index) == ["R0", "R1", "R2", "R3", "R4"]


def test_a_bloc_with_absence_as_abstention() -> None:
    found = voting.bloc(roll_calls(SMALL), list(SMALL), absent="as_abstention").set_index(
        "resolution"
    )
    # R1: one no, three that did not say: (3 - 1/2) / 4. R4: one yes, three absent.
    assert found.loc["R1", "agreement_index"] == pytest.approx(0.625)
    assert found.loc["R4", "agreement_index"] == pytest.approx(0.625)
    assert found.loc["R4", "abstain"] == 0
    assert found.loc["R4", "absent"] == 3


def test_nobody_votes() -> None:
    found = voting.bloc(roll_calls({"CCC": ["absent"], "DDD": ["abstain"]}), ["CCC"]).iloc[0]
    assert math.isnan(found["rice"]) and math.isnan(found["agreement_index"])
    alone = voting.bloc(roll_calls({"DDD": ["abstain"]}), ["DDD"]).iloc[0]
    assert math.isnan(alone["rice"]) and alone["agreement_index"] == 1


def test_all_members_together_give_the_totals_of_the_resolutions() -> None:
    table = tables.read("roll_calls")
    found = voting.bloc(table, sorted(set(table["country_iso3"]))).set_index("resolution")
    totals = tables.read("resolutions").set_index("id")
    for vote in ("yes", "no", "abstain", "absent"):
        assert (found[vote] == totals.loc[found.index, vote]).all()


def test_mistakes_are_named() -> None:
    table = roll_calls(SMALL)
    with pytest.raises(ValueError, match='"ZZZ"'):
        voting.agreement(table, "AAA", "ZZZ")
    with pytest.raises(ValueError, match='absent="skip"'):
        voting.agreement(table, "AAA", "BBB", absent="skip")
    with pytest.raises(ValueError, match='absent="skip"'):
        voting.bloc(table, ["AAA"], absent="skip")
    with pytest.raises(ValueError, match="AAA votes twice on R0"):
        voting.agreement(pd.concat([table, table.head(1)]), "AAA", "BBB")
    with pytest.raises(ValueError, match='"maybe"'):
        voting.agreement(table.replace("no", "maybe"), "AAA", "BBB")
    with pytest.raises(ValueError, match='no column "vote"'):
        voting.agreement(table.drop(columns="vote"), "AAA", "BBB")
