"""Ranges, who is behind a number, what could be defended on a day, and the Admiralty code, against
values by hand.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from upheaval.facts import tables
from upheaval.methods import estimates
from upheaval.methods.estimates import Interval, Standing


def rows(*given: dict[str, Any]) -> pd.DataFrame:
    """Rows of estimates; what is not given is one estimator, one measure, no number."""
    usual = {
        "date": "2024-10-23",
        "estimator": "A",
        "measure": "killed",
        "low": None,
        "high": None,
        "best": None,
    }
    made = [{"id": f"row-{index}", **usual, **row} for index, row in enumerate(given)]
    frame = pd.DataFrame([{"estimator_side": row["estimator"], **row} for row in made])
    return frame.astype({"low": "Int64", "high": "Int64", "best": "Int64"})


@pytest.mark.parametrize(
    ("low", "high", "best", "kind", "text"),
    [
        (3000, None, None, "floor", "at least 3,000"),
        (None, 8000, None, "ceiling", "up to 8,000"),
        (11000, 12000, None, "range", "11,000 to 12,000"),
        (None, None, 1100, "point", "1,100"),
        (9, 9, None, "point", "9"),
        (None, None, None, "unknown", "no number given"),
        (1.7, 5.5, None, "range", "1.7 to 5.5"),
        (20, None, 25, "floor", "at least 20"),
    ],
)
def test_an_interval_keeps_floor_and_ceiling_apart(
    low: float | None, high: float | None, best: float | None, kind: str, text: str
) -> None:
    found = estimates.interval({"id": "x", "low": low, "high": high, "best": best})
    assert (found.kind, found.text) == (kind, text)


def test_every_kind_has_a_meaning_and_every_estimate_of_the_collection_a_kind() -> None:
    frame = tables.read("estimates")
    found = estimates.intervals(frame)
    assert found.index.equals(frame.index)
    assert set(found["kind"]) == set(estimates.KINDS)
    by_id = found.set_index(frame["id"])
    assert by_id.loc["us-2024-10-23-deployed", "words"] == "at least 3,000"
    assert by_id.loc["us-2024-10-31-kursk", "kind"] == "ceiling"


def test_the_exchange_has_its_own_columns() -> None:
    found = estimates.intervals(tables.read("exchange"), "quantity_low", "quantity_high", None)
    assert {"floor", "point", "range", "unknown", "ceiling"} == set(found["kind"])


@pytest.mark.parametrize(("low", "high", "best"), [(5, 4, None), (5, None, 4), (None, 5, 6)])
def test_a_row_that_contradicts_itself_is_named(
    low: int | None, high: int | None, best: int | None
) -> None:
    with pytest.raises(ValueError, match='Row "odd"'):
        estimates.interval({"id": "odd", "low": low, "high": high, "best": best})


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match='no column "best"'):
        estimates.intervals(pd.DataFrame({"low": [1], "high": [2]}))


# -- who is behind a number ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("publisher", "names"),
    [
        ("The Kyiv Independent", {"kyiv independent"}),
        ("AFP (Inquirer)", {"afp"}),
        ("Reuters via Arab News", {"reuters"}),
        ("Hindustan Times (Reuters)", {"reuters"}),
        ("KBS World (citing BBC)", {"bbc"}),
        ("BBC (repost on snapbard.com)", {"bbc"}),
        ("Jang, citing NPR", {"npr"}),
        ("Online.UA (citing Reuters and OSC)", {"reuters", "open source centre"}),
        ("The Korea Herald / Yonhap", {"korea herald", "yonhap"}),
        ("KBS World (Indonesian)", {"kbs"}),
        ("ABC News (US)", {"abc news"}),
        ("Mint (agency)", set()),
        ("24ukraine.com (repost)", set()),
    ],
)
def test_origins_reads_whose_voice_a_page_carries(publisher: str, names: set[str]) -> None:
    assert estimates.origins(publisher) == names


SOURCES = pd.DataFrame(
    [
        ("afp", "AFP (Inquirer)", ()),
        ("afp-2", "APP / AFP (UrduPoint)", ()),
        ("app", "APP", ()),
        ("kyiv", "Kyiv Independent", ()),
        ("repost", "24ukraine.com (repost)", ()),
        ("mint", "Mint (agency)", ()),
        ("tass", "TASS", ("RUS",)),
        ("rt", "RT", ("RUS",)),
        ("kcna", "KCNA", ("PRK",)),
        ("both", "TASS / KCNA", ("RUS", "PRK")),
    ],
    columns=["id", "publisher", "state_media_of"],
)


@pytest.mark.parametrize(
    ("ids", "count"),
    [
        (("afp", "kyiv"), 2),
        (("afp", "afp-2"), 1),
        (("afp", "app"), 2),
        (("afp", "app", "afp-2"), 1),  # the page of both ties the two together
        (("kyiv", "repost"), 1),
        (("repost", "mint"), 1),
        (("repost",), 1),
        (("tass", "rt"), 1),
        (("tass", "kcna"), 2),
        (("tass", "kcna", "both"), 1),
        ((), 0),
    ],
)
def test_a_repost_and_an_owner_are_no_second_publisher(ids: tuple[str, ...], count: int) -> None:
    frame = pd.DataFrame({"sources": [ids]}, index=[7])
    found = estimates.independent(frame, SOURCES)
    assert found.loc[7] == count
    assert str(found.dtype) == "Int64"


def test_an_unknown_source_is_named() -> None:
    with pytest.raises(ValueError, match='"nowhere"'):
        estimates.independent(pd.DataFrame({"sources": [("afp", "nowhere")]}), SOURCES)


def test_the_real_sources_never_count_more_publishers_than_documents() -> None:
    frame = tables.read("estimates")
    found = estimates.independent(frame, tables.read("sources"))
    assert (found <= frame["sources"].map(len)).all()
    assert (found >= 1).all()
    by_id = found.set_axis(frame["id"])
    # By hand: BBC twice and The Moscow Times; two houses; a page that names no original, beside a
    # paper.
    assert by_id["western-2025-01-killed"] == 2
    assert by_id["us-2024-10-23-deployed"] == 2
    assert by_id["hur-2024-11-deployed"] == 1
    # Korea JoongAng Daily with Yonhap, and News.Az citing Yonhap.
    assert by_id["jcs-2025-03-27-additional"] == 1


# -- what could be defended on a day ---------------------------------------------------------------
def test_what_could_be_defended_on_23_october_2024() -> None:
    found = estimates.defensible_range(tables.read("estimates"), "deployed_in_russia", "2024-10-23")
    # Kyiv: nearly 11,000, which is no ceiling; Seoul: 3,000, which replaces 1,500; Washington: at
    # least 3,000.
    assert (found.low, found.high, found.open_below, found.open_above) == (
        3000,
        11000,
        False,
        False,
    )
    assert found.ids == (
        "hur-2024-10-17-training",
        "nis-2024-10-23-deployed",
        "us-2024-10-23-deployed",
    )
    assert found.replaced == ("nis-2024-10-18-first",)
    assert found.shared is None
    assert found.text == "3,000 to 11,000"


def test_the_disagreement_of_23_december_2024_has_no_upper_end_and_nothing_shared() -> None:
    frame = tables.read("estimates")
    found = estimates.defensible_range(frame, "killed_and_wounded", "2024-12-23")
    assert found.text == "1,100 to 3,000 or more"
    assert found.shared is None
    assert found.without_number == ("us-2024-12-17-casualties",)
    that_day = frame[(frame["measure"] == "killed_and_wounded") & (frame["date"] == "2024-12-23")]
    assert estimates.disagreement(that_day) == pytest.approx(3000 / 1100)


def test_only_a_ceiling_or_a_floor_leaves_that_side_open() -> None:
    frame = rows({"high": 800, "estimator": "A"}, {"low": 1000, "estimator": "B"})
    found = estimates.defensible_range(frame, "killed", "2024-10-23")
    assert found.text == "800 or fewer to 1,000 or more"
    assert found.shared is None


def test_a_floor_and_a_ceiling_close_each_other() -> None:
    frame = rows({"low": 800, "estimator": "A"}, {"high": 1000, "estimator": "B"})
    found = estimates.defensible_range(frame, "killed", "2024-10-23")
    assert (found.open_below, found.open_above) == (False, False)
    assert (found.text, found.shared) == ("800 to 1,000", (800, 1000))


@pytest.mark.parametrize(
    ("row", "text", "shared"),
    [
        ({"low": 100}, "100 or more", (100, None)),
        ({"high": 100}, "100 or fewer", (None, 100)),
        ({"best": 100}, "100", (100, 100)),
        ({}, "no number given", None),
    ],
)
def test_one_statement_alone(row: dict[str, Any], text: str, shared: object) -> None:
    found = estimates.defensible_range(rows(row), "killed", "2024-10-23")
    assert (found.text, found.shared) == (text, shared)


def test_nothing_is_known_before_it_is_published() -> None:
    frame = rows({"best": 5, "date": "2024-10-24"}, {"best": 6, "date": "2024-10"})
    found = estimates.defensible_range(frame, "killed", "2024-10-23")
    assert (found.text, found.low, found.ids) == ("nothing published yet", None, ())


def test_independent_bodies_do_not_replace_one_another() -> None:
    frame = rows(
        {"best": 5, "date": "2024-10-01", "estimator": "A", "estimator_side": "independent"},
        {"best": 9, "date": "2024-10-02", "estimator": "B", "estimator_side": "independent"},
        {"best": 7, "date": "2024-10-03", "estimator": "A", "estimator_side": "independent"},
    ).assign(measure="in_kursk")
    found = estimates.defensible_range(frame, "in_kursk", "2024-10-23")
    assert (found.text, found.replaced) == ("7 to 9", ("row-0",))


@pytest.mark.parametrize(
    ("newest", "text", "grown"),
    [
        ({"low": 11}, "12 or more", False),
        ({"best": 16}, "12 to 16", True),
        ({"best": 10}, "10 to 12 or more", False),
    ],
)
def test_in_a_sum_that_grows_an_old_number_is_no_upper_end(
    newest: dict[str, Any], text: str, grown: bool
) -> None:
    frame = rows(
        {"best": 12, "date": "2024-10-01", "estimator": "A"},
        {**newest, "date": "2024-10-03", "estimator": "B"},
    )
    found = estimates.defensible_range(frame, "killed", "2024-10-23", by="estimator")
    assert (found.text, found.grown) == (text, grown)
    there = frame.assign(measure="in_kursk")  # who is there can also have left again
    found = estimates.defensible_range(there, "in_kursk", "2024-10-23", by="estimator")
    assert "or more" not in found.text
    assert not found.grown


def test_measures_are_never_mixed() -> None:
    frame = rows({"best": 5}, {"best": 9, "measure": "wounded"})
    with pytest.raises(ValueError, match="cannot be mixed"):
        both: Any = ["killed", "wounded"]
        estimates.defensible_range(frame, both, "2024-10-23")
    with pytest.raises(ValueError, match='"killed", "wounded"'):
        estimates.defensible_range(frame, "dead", "2024-10-23")
    with pytest.raises(ValueError, match="mix the measures"):
        estimates.disagreement(frame)
    with pytest.raises(ValueError, match="not a date"):
        estimates.defensible_range(frame, "killed", "")


def test_disagreement_needs_two_numbers() -> None:
    assert estimates.disagreement(rows({"low": 10, "high": 20}, {"best": 40})) == 4
    assert math.isnan(estimates.disagreement(rows({"low": 10, "high": 20})))
    assert math.isnan(estimates.disagreement(rows({"best": 5}, {})))
    assert estimates.disagreement(rows({"best": 0}, {"best": 3})) == math.inf
    assert estimates.disagreement(rows({"best": 0}, {"best": 0})) == 1


# -- the Admiralty code ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("right", "wrong", "letter"),
    [
        *((0, 0, "F"), (1, 0, "C"), (1, 1, "D"), (0, 2, "D"), (0, 3, "E")),
        *((10, 0, "A"), (9, 0, "B"), (3, 1, "B"), (2, 2, "C"), (1, 3, "D")),
    ],
)
def test_reliability_goes_by_the_record(right: int, wrong: int, letter: str) -> None:
    assert estimates.reliability(right, wrong) == letter


@pytest.mark.parametrize(
    ("agreeing", "contradicting", "digit"),
    [(0, 0, 6), (2, 0, 1), (1, 0, 2), (1, 1, 3), (2, 1, 3), (1, 2, 4), (0, 1, 5)],
)
def test_credibility_goes_by_what_others_say(agreeing: int, contradicting: int, digit: int) -> None:
    assert estimates.credibility(agreeing, contradicting) == digit


def test_a_grade_judges_source_and_statement_apart() -> None:
    found = estimates.grade(borne_out=3, not_borne_out=1, agreeing=0, contradicting=2)
    assert found.code == "B5"
    assert "usually reliable" in found.reasons[0]
    assert "improbable" in found.reasons[1]
    assert list(estimates.RELIABILITY) == list("ABCDEF")
    assert list(estimates.CREDIBILITY) == [1, 2, 3, 4, 5, 6]
    with pytest.raises(ValueError, match="borne_out"):
        estimates.grade(-1, 0, 0, 0)
    with pytest.raises(ValueError, match="contradicting"):
        estimates.credibility(0, -1)


FLOOR = Interval("floor", 3000, None, None)
POINT = Interval("point", 1100, 1100, 1100)


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (FLOOR, POINT, False),  # 1,100 is below four fifths of 3,000
        (FLOOR, Interval("point", 2400, 2400, 2400), True),  # just within a fifth
        (FLOOR, Interval("point", 2399, 2399, 2399), False),
        (FLOOR, Interval("ceiling", None, 11000, None), True),
        (POINT, Interval("ceiling", None, 800, None), False),
        (FLOOR, Interval("floor", 90000, None, None), True),
        (FLOOR, Interval("unknown", None, None, None), None),
    ],
)
def test_statements_agree_where_both_can_be_about_right(
    one: Interval, other: Interval, verdict: bool | None
) -> None:
    assert estimates.agrees(one, other) is verdict
    assert estimates.agrees(other, one) is verdict


def test_support_counts_sides_and_not_statements() -> None:
    frame = rows(
        {"best": 100, "estimator": "A"},
        {"best": 500, "estimator": "A"},  # its own side does not count
        {"best": 110, "estimator": "B", "date": "2024-10-01"},
        {"best": 900, "estimator": "B", "date": "2024-10-02"},  # B's later word
        {"low": 50, "estimator": "C"},
        {"estimator": "D"},  # no number
        {"best": 100, "estimator": "E", "measure": "wounded"},
    )
    assert estimates.support(frame, "row-0") == (1, 1)
    split = rows({"best": 100}, {"best": 900, "estimator": "B"}, {"best": 100, "estimator": "B"})
    assert estimates.support(split, "row-0") == (0, 1)
    with pytest.raises(ValueError, match='"row-99"'):
        estimates.support(frame, "row-99")


# -- the status of what is known -------------------------------------------------------------------
@pytest.mark.parametrize(
    ("statuses", "status", "contested"),
    [
        (["speculated"], "speculated", False),
        (["reported", "speculated"], "reported", False),
        (["reported", "disputed"], "disputed", True),
        (["disputed", "claimed"], "claimed", True),
        (["claimed", "confirmed"], "confirmed", False),
        (["confirmed", "disputed"], "confirmed", True),
    ],
)
def test_a_denial_is_kept_in_sight_whatever_is_strongest(
    statuses: list[str], status: str, contested: bool
) -> None:
    assert estimates.strongest(statuses) == Standing(status, contested)


def test_the_ladder_has_the_words_of_the_schema() -> None:
    statuses = next(one for one in tables.schema("exchange")["fields"] if one["name"] == "status")[
        "constraints"
    ]["enum"]
    assert set(statuses) == set(estimates.LADDER)
    with pytest.raises(ValueError, match='"certain"'):
        estimates.strongest(["certain"])
    with pytest.raises(ValueError, match="no row"):
        estimates.strongest([])


def test_a_range_does_not_fall_because_days_go_by() -> None:
    """Between two days without a new statement no lower end becomes less."""
    table = tables.read("estimates")
    for measure in ("deployed_in_russia", "in_kursk"):
        before = None
        for day in pd.date_range("2024-10-18", "2026-02-28", freq="11D").strftime("%Y-%m-%d"):
            public = len(tables.as_of(table[table["measure"] == measure], day, "date"))
            low = estimates.defensible_range(table, measure, day, by="estimator").low
            if before and before[0] == public and before[1] is not None:
                assert low is not None and low >= before[1], (measure, day)
            before = public, low


def test_newer_floors_leave_an_old_number_in_the_range_and_a_newer_number_does_not() -> None:
    def found(*more: dict[str, Any]) -> estimates.DefensibleRange:
        number = {"date": "2024-10-17", "estimator": "A", "low": 11000, "high": 11000}
        floor = {"date": "2024-11-26", "estimator": "B", "low": 12000}
        frame = rows(*(one | {"measure": "in_russia"} for one in (number, floor, *more)))
        return estimates.defensible_range(frame, "in_russia", "2025-01-22")

    kept = found()
    assert (kept.text, kept.kept, kept.old) == ("11,000 to 12,000 or more", ("row-0",), ())
    newer = found({"date": "2024-12-01", "estimator": "C", "low": 9000, "high": 9000})
    assert (newer.low, newer.kept, newer.old) == (9000, (), ("row-0",))
