"""Aid of Europe and the United States: worked by hand on a few months, and through every choice on
the real table.
"""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from upheaval import lesson
from upheaval.charts import aid_sums, burden

REAL, EVENTS = lesson.table("aid_over_time"), lesson.table("events")


@pytest.fixture
def few() -> pd.DataFrame:
    amounts = {
        "2022-01": (1.0, 2.0, 0.5),
        "2022-02": (3.0, 4.0, 0.0),
        "2022-03": (5.0, 1.0, 0.0),
        "2022-04": (2.0, 0.0, 1.0),
    }
    return pd.DataFrame(
        [
            {
                "id": f"{month}-{side}",
                "period": month,
                "donor_group": side,
                "kind": "total",
                "amount_eur_bn": amount,
                "as_of": pd.Timestamp("2022-04-30"),
                "sources": ("kiel-2026-r29",),
            }
            for month, row in amounts.items()
            for side, amount in zip(("Europe", "US", "Other"), row, strict=True)
        ]
    )


def test_added_up_month_after_month(few: pd.DataFrame) -> None:
    chart = burden.aid(few, EVENTS)
    assert (
        chart.title
        == "All aid by April 2022: Europe €11.0 billion, the U.S. €7.0 billion; Europe ahead since"
        " March 2022"
    )
    assert (
        chart.description
        == "In all: Europe €11.0 billion, the United States €7.0 billion, other donors €1.5"
        " billion. 4 months, each added to the ones before."
    )
    assert list(chart.table["Europe (€ bn)"]) == [1, 4, 9, 11]
    assert chart.as_of == "30 April 2022"


def test_who_is_ahead_for_good(few: pd.DataFrame) -> None:
    added = few.pivot(index="period", columns="donor_group", values="amount_eur_bn").cumsum()
    assert aid_sums.ahead_since(added) == "2022-03"
    assert aid_sums.ahead_since(added.assign(US=99.0)) is None
    assert aid_sums.ahead_since(added.assign(US=0.0)) == "2022-01"


def test_quarters_hold_their_months_and_say_when_one_is_short(few: pd.DataFrame) -> None:
    chart = burden.aid(few, EVENTS, count="quarter")
    assert list(chart.table["Quarter"]) == ["First quarter of 2022", "Second quarter of 2022"]
    assert list(chart.table["United States (€ bn)"]) == [7, 0]
    assert chart.title == "All aid: the U.S. allocated more than Europe in none of 2 quarters"
    assert "2 quarters." in chart.description and "goes up to April 2022 only." in chart.description


def test_bars_of_a_quarter_stand_side_by_side_and_are_no_sum(few: pd.DataFrame) -> None:
    assert burden.aid(few, EVENTS, count="quarter").figure.layout.barmode == "group"


def test_months_name_the_last_one_with_more(few: pd.DataFrame) -> None:
    chart = burden.aid(few, EVENTS, count="month")
    assert chart.title.endswith("in 2 of 4 months, last in February 2022")
    assert "Europe: €5.0 billion in March 2022" in chart.description


def test_every_choice_agrees_with_the_table() -> None:
    for (_, kind), (_, count) in itertools.product(burden.kind_options(), burden.count_options()):
        chart = burden.aid(REAL, EVENTS, kind, count)
        rows = chart.payload()["table"]["rows"]
        whole = REAL[(REAL["kind"] == kind) & (REAL["donor_group"] == "Europe")][
            "amount_eur_bn"
        ].sum()
        assert (
            f"{len(rows)} " in chart.description
            and f"Europe €{whole:,.1f} billion" in chart.description
        )
        assert chart.sources == ["kiel-2026-r29"]


def test_the_kinds_add_up_to_all_aid() -> None:
    sums = REAL.groupby("kind")["amount_eur_bn"].sum()
    assert sums["total"] == pytest.approx(sums.drop("total").sum(), abs=0.01)


def test_nothing_left_and_unknown_words(few: pd.DataFrame) -> None:
    empty = burden.aid(few[:0], EVENTS).payload()
    assert empty["empty"] and "Choose" in empty["description"]
    for wrong in ({"kind": "tanks"}, {"count": "daily"}):
        with pytest.raises(KeyError):
            burden.aid(few, EVENTS, **wrong)
