"""Aid: worked by hand on a few rows, and through every choice on the real tables."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pandas as pd
import pytest

from upheaval import lesson
from upheaval.charts import aid, aid_kinds, aid_sums, burden, packages
from upheaval.charts import donors as donor_charts
from upheaval.charts.draw import Dot

DONORS, MONTHS = lesson.table("aid_by_donor"), lesson.table("aid_over_time")
PACKAGES, TOTALS = lesson.table("aid_packages"), lesson.table("aid_totals")
SOURCES = ("kiel-2026-r29",)


def donor(
    name: str, measure: str, total: float, share: float | None = None, military: float = 0
) -> dict[str, Any]:
    return {
        "donor": name,
        "iso3": name[:3].upper(),
        "donor_kind": "country",
        "measure": measure,
        "total_eur_bn": total,
        "military_eur_bn": military,
        "financial_eur_bn": 0.0,
        "humanitarian_eur_bn": total - military,
        "pct_gdp": share,
        "as_of": date(2026, 4, 30),
        "sources": SOURCES,
    }


@pytest.fixture
def donors() -> pd.DataFrame:
    """The United States gives most, Denmark the largest share, Nauru only promises."""
    return pd.DataFrame(
        [
            donor("United States", "allocated", 115, 0.5, 60),
            donor("United States", "committed", 119),
            donor("Denmark", "allocated", 11, 3.3, 10),
            donor("Denmark", "committed", 30),
            donor("Nauru", "committed", 0.5),
        ]
    )


def month(period: str, group: str, amount: float) -> dict[str, Any]:
    return {
        "period": period,
        "donor_group": group,
        "kind": "total",
        "amount_eur_bn": amount,
        "as_of": date(2026, 4, 30),
        "sources": SOURCES,
    }


def package(
    name: str, day: str, amount: int, authority: str = "PDA", himars: str = "unknown"
) -> dict[str, Any]:
    return {
        "id": name,
        "date": day,
        "authority": authority,
        "amount_usd_millions": amount,
        "notable_items": "a; b",
        "includes_himars_ammo": himars,
        "includes_uas": "no",
        "sources": SOURCES,
        "note": None,
    }


# -- by donor --------------------------------------------------------------------------------------
def test_promises_and_allocations_stand_on_one_line(donors: pd.DataFrame) -> None:
    chart = donor_charts.by_donor(donors)
    assert (
        chart.title == "Denmark: 30.0 billion euros promised, 11.0 set aside, the widest gap of all"
    )
    assert list(chart.table["Donor"]) == ["United States", "Denmark", "Nauru"]
    assert (
        "Together they promised 150 billion euros and have set aside 126. 3 of 3 donors"
        in chart.description
    )
    assert pd.isna(chart.table.iloc[2]["Set aside (billion euros)"]), "a blank is no zero"


def test_shares_have_another_order_and_no_blanks(donors: pd.DataFrame) -> None:
    chart = donor_charts.by_donor(donors, "gdp")
    assert list(chart.table["Donor"]) == ["Denmark", "United States"]
    assert (
        chart.title
        == "Denmark set aside 3.3 % of a year's output; the United States, 0.5 %, is number 2"
    )
    assert "not among the first 1" in donor_charts.by_donor(donors, "gdp", 1).title


def test_kinds_add_up_to_what_was_set_aside(donors: pd.DataFrame) -> None:
    chart = donor_charts.by_donor(donors, "kinds")
    assert (
        chart.title
        == "United States: the most military aid set aside, 60.0 of its 115 billion euros"
    )
    assert "military 70.0, financial 0, humanitarian 56.0." in chart.description
    assert chart.rows is not None
    dots = [[one.at for one in line.track if isinstance(one, Dot)] for line in chart.rows.lines]
    assert [sum(each) for each in dots] == [115, 11]
    assert [line.text for line in chart.rows.lines] == ["115", "11.0"]


@pytest.mark.parametrize("measure", list(donor_charts.MEASURES))
def test_every_way_to_compare_donors(measure: str, donors: pd.DataFrame) -> None:
    payload = donor_charts.by_donor(DONORS, measure).payload()
    assert len(payload["table"]["rows"]) == donor_charts.TOP
    assert f"{donor_charts.TOP} of " in payload["description"]
    assert payload["asOf"] == "30 April 2026" and payload["references"]
    empty = donor_charts.by_donor(donors.iloc[:0], measure).payload()
    assert (
        empty["empty"]
        and empty["description"].startswith("None of the donors")
        and "Choose" in empty["description"]
    )
    with pytest.raises(KeyError):
        donor_charts.by_donor(DONORS, "weight")


# -- over time -------------------------------------------------------------------------------------
@pytest.fixture
def months() -> pd.DataFrame:
    return pd.DataFrame(
        [
            month("2024-11", "US", 2),
            month("2024-12", "US", 1),
            month("2024-12", "Europe", 1),
            month("2025-01", "US", 0),
            month("2025-02", "Europe", 5),
            month("2025-03", "Other", 1),
        ]
    )


def test_months_become_quarters(months: pd.DataFrame) -> None:
    chart = aid.over_time(months)
    assert chart.table.values.tolist() == [
        ["October to December 2024 (2 of 3 months)", 3, 1, 0],
        ["January to March 2025", 0, 5, 1],
    ]
    assert (
        chart.title
        == "All kinds of aid: last U.S. money set aside in December 2024; Europe set aside 5.0"
        " billion euros after that"
    )
    # Later months of the same quarter count: a quarter may hold two administrations.
    january = months.assign(amount_eur_bn=[*months["amount_eur_bn"][:-3], 2, 5, 1])
    title = aid.over_time(january).title
    assert "in January 2025; Europe set aside 5.0 billion euros after that" in title
    assert "2 quarters are shown." in chart.description
    assert "United States 3.0 and 0; Europe 1.0 and 5.0" in chart.description


def test_a_last_quarter_that_is_not_over_is_named_beside_the_picture(months: pd.DataFrame) -> None:
    both = pd.concat([months, months.assign(kind="military")], ignore_index=True)

    def subtitles(last: list[str]) -> list[str]:
        """Of the three charts, where the last quarter has these months."""
        march = both[both["period"] == "2025-03"]
        each = (march.assign(period=one) for one in last)
        rows = pd.concat([both[both["period"] < "2025"], *each], ignore_index=True)
        quarters = burden.aid(rows, lesson.table("events"), "total", "quarter")
        charts = [aid.over_time(rows), aid_kinds.side_by_side(rows), quarters]
        return [chart.subtitle for chart in charts]

    for count, words in ((1, "1 month"), (2, "2 months")):
        some = subtitles(["2025-01", "2025-02"][:count])
        assert all(f"quarter (last: {words})" in one for one in some), some
    assert "(last" not in str(subtitles(["2025-01", "2025-02", "2025-03"]))
    assert "(last" not in aid.over_time(months, added=True).subtitle


def test_added_up_each_quarter_holds_all_before_it(months: pd.DataFrame) -> None:
    chart = aid.over_time(months, added=True)
    assert list(chart.table.iloc[1])[1:] == [3, 6, 1]
    assert (
        chart.title
        == "All kinds of aid up to 30 April 2026, billion euros: United States 3.0, Europe 6.0,"
        " Other donors 1.0"
    )
    assert "each quarter from January to March 2025 on, Europe is ahead" in chart.description
    months.loc[months["donor_group"] == "Europe", "amount_eur_bn"] = 0
    assert "Europe is not ahead" in aid.over_time(months, added=True).description
    assert "to the end of the count" in aid.over_time(months.iloc[:2]).title


def test_every_kind_and_way_of_counting() -> None:
    for (_, kind), added in itertools.product(aid.kind_options(), (False, True)):
        payload = aid.over_time(MONTHS, kind, added).payload()
        assert len(payload["table"]["rows"]) == 18
        assert "18 quarters are shown" in payload["description"]
        if added:
            held = MONTHS[MONTHS["kind"] == kind].groupby("donor_group")["amount_eur_bn"].sum()
            assert payload["table"]["rows"][-1][1:] == pytest.approx(
                [held[one] for one in aid_sums.GROUPS], abs=0.01
            )
    empty = aid.over_time(MONTHS.iloc[:0]).payload()
    assert empty["empty"] and "Choose" in empty["description"]
    with pytest.raises(KeyError):
        aid.over_time(MONTHS, "weapons")


# -- packages --------------------------------------------------------------------------------------
@pytest.fixture
def announced() -> pd.DataFrame:
    return pd.DataFrame(
        [
            package("b", "2024-11-20", 500, himars="yes"),
            package("a", "2022-03-01", 1000, himars="no"),
            package("c", "2025-07", 800, "sale", "yes"),
        ]
    )


@pytest.fixture
def totals() -> pd.DataFrame:
    """One that counts; the others are of another measure, not official, or without a day."""
    rows = [
        (packages.SINCE, "official", "2024-11-20", 2.0),
        ("something else", "official", "2024-11-21", 9.0),
        (packages.SINCE, "news", "2024-11-22", 8.0),
        (packages.SINCE, "official", "2025", 7.0),
    ]
    return pd.DataFrame(
        [
            {
                "id": f"total-{number}",
                "measure": measure,
                "source_kind": kind,
                "as_of": day,
                "amount": amount,
                "sources": SOURCES,
            }
            for number, (measure, kind, day, amount) in enumerate(rows)
        ]
    )


def test_what_a_package_names_is_marked_and_a_sale_stands_apart(
    announced: pd.DataFrame, totals: pd.DataFrame
) -> None:
    chart = packages.packages(announced, totals)
    assert (
        chart.title
        == "Since the first (20 November 2024) 1 of 1 announcements name ammunition for HIMARS"
    ), "a share is over the packages that could have held it"
    assert (
        chart.description
        == "From 1 March 2022 to July 2025: named in the list 1; list read, not named 1; a proposed"
        " sale, which the buyer pays 1. 3 announcements are shown. 1 of them are older than the"
        " first that names ammunition for HIMARS: the title does not count them."
    )
    marks = chart.payload()["figure"]["data"]
    assert sorted(number for trace in marks for number in trace["ids"]) == ["0", "1", "2"]
    assert {trace["marker"]["symbol"] for trace in marks} == {
        "square",
        "square-open",
        "triangle-down-open",
    }


def test_money_that_a_law_allows_is_no_sale_and_is_never_added(
    announced: pd.DataFrame, totals: pd.DataFrame
) -> None:
    law = pd.DataFrame([package("d", "2025-12-18", 800, "other", "no")])
    with_law = pd.concat([announced, law], ignore_index=True)
    chart = packages.packages(with_law, totals)
    assert chart.title == packages.packages(announced, totals).title
    assert "pays 1; money that a law allows, and no package yet 1." in chart.description
    added = packages.packages(announced, totals, "sum").title
    assert packages.packages(with_law, totals, "sum").title == added


def test_the_sum_stands_beside_the_official_total_of_its_day(
    announced: pd.DataFrame, totals: pd.DataFrame
) -> None:
    chart = packages.packages(announced, totals, "sum")
    assert (
        chart.title
        == "By 20 November 2024 this list adds up to 1.5 billion dollars; the official total of"
        " that "
        "day is 2.0"
    )
    assert "Official totals: 1." in chart.description and len(chart.table) == 2
    assert "no official total" in packages.packages(announced, totals.iloc[1:], "sum").title


def test_the_list_of_the_lesson() -> None:
    for _, show in packages.package_options():
        payload = packages.packages(PACKAGES, TOTALS, show).payload()
        wanted = (
            PACKAGES if show != "sum" else PACKAGES[~PACKAGES["authority"].isin(packages.NO_AID)]
        )
        assert len(payload["table"]["rows"]) == len(wanted)
        assert (
            f"{len(wanted)} announcements are shown" in payload["description"]
            and "incomplete" in payload["subtitle"]
        )
        empty = packages.packages(PACKAGES.iloc[:0], TOTALS, show).payload()
        assert empty["empty"] and "Choose" in empty["description"]
    assert not PACKAGES["weak"].any()
    with pytest.raises(KeyError):
        packages.packages(PACKAGES, TOTALS, "tanks")
