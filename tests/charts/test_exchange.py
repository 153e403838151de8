"""The exchange: worked by hand on a few rows, and through every choice on the real table."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from upheaval import lesson
from upheaval.charts import exchange
from upheaval.facts import tables
from upheaval.saving import PLOTLY

ITEMS, EVENTS = lesson.table("exchange"), lesson.table("events")
HISTORY = exchange.with_history(ITEMS, EVENTS)


def row(
    name: str,
    giver: str,
    category: str,
    status: str,
    low: float | None = None,
    high: float | None = None,
    first: str = "2024-01-05",
    **more: object,
) -> dict[str, object]:
    """One row of a small table; who takes is the other side."""
    return {
        "id": name,
        "giver": giver,
        "receiver": "RUS" if giver == "PRK" else "PRK",
        "category": category,
        "item": f"Item {name}",
        "quantity_low": low,
        "quantity_high": high,
        "unit": "boxes",
        "period": "2024",
        "status": status,
        "claimant": ("KOR",),
        "disputed_by": (),
        "first_reported": first,
        "in_article": False,
        "weak": False,
        "sources": ("kbs-2024-unpanel",),
        "note": None,
        **more,
    }


@pytest.fixture
def few() -> pd.DataFrame:
    """Three from Pyongyang (confirmed, disputed, reported) and two from Moscow (claimed,
    speculated).
    """
    return pd.DataFrame(
        [
            row("a", "PRK", "troops", "confirmed", 10_000, 15_000),
            row("b", "PRK", "ammunition", "disputed", 1000, None),
            row("c", "PRK", "ammunition", "reported", None, 9),
            row("d", "RUS", "money", "claimed", 3, 3, first="2024-12-01"),
            row("e", "RUS", "space", "speculated"),
        ]
    )


# -- by hand ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("level", "visible", "title"),
    [
        (
            "confirmed",
            "a",
            "Confirmed: only 1 of 3 things from Pyongyang and none of 2 from Moscow",
        ),
        (
            "claimed",
            "ad",
            "Confirmed or claimed: only 1 of 3 things from Pyongyang and 1 of 2 from Moscow",
        ),
        (
            "disputed",
            "adb",
            "Confirmed, claimed or disputed: 2 of 3 things from Pyongyang and 1 of 2 from Moscow",
        ),
        (
            "reported",
            "adbc",
            "All but what is speculated: 3 of 3 things from Pyongyang and 1 of 2 from Moscow",
        ),
        (
            "speculated",
            "adbce",
            "How much is confirmed: only 1 of 3 things from Pyongyang and none of 2 from Moscow",
        ),
    ],
)
def test_a_level_shows_its_status_and_all_stronger_ones(
    few: pd.DataFrame, level: str, visible: str, title: str
) -> None:
    chart = exchange.flows(few, level)
    assert [item.removeprefix("Item ") for item in chart.table["Item"]] == list(visible)
    assert chart.title == title
    assert chart.description.startswith(
        f"{len(visible)} of the 5 items known {'is' if len(visible) == 1 else 'are'} shown"
    )


def test_quantities_keep_their_unit_and_their_kind(few: pd.DataFrame) -> None:
    table = exchange.flows(few).table.set_index("Item")
    assert dict(table["How much"]) == {
        "Item a": "10,000 to 15,000 boxes",
        "Item b": "at least 1,000 boxes",
        "Item c": "up to 9 boxes",
        "Item d": "3 boxes",
        "Item e": "no number given (boxes)",
    }
    assert list(
        table.loc[["Item a", "Item b", "Item c", "Item d", "Item e"], "Kind of number"]
    ) == ["a range", "at least (a floor)", "up to (a ceiling)", "one number", "no number"]


def test_nothing_counts_that_was_not_public(few: pd.DataFrame) -> None:
    chart = exchange.flows(few, known="2024-11-27")
    assert (
        chart.title
        == "How much is confirmed: only 1 of 3 things from Pyongyang and none of 1 from Moscow"
    )
    assert exchange.flows(few, known="2023-12-31").description.startswith("None of the items")
    assert (
        exchange.flows(few, known="2023-12-31").title
        == "Items: nothing was public by 31 December 2023"
    )


def test_one_lane_and_its_empty_state(few: pd.DataFrame) -> None:
    shells = exchange.flows(few, "disputed", "ammunition")
    assert list(shells.table["Item"]) == ["Item b"]
    assert (
        shells.title
        == "Shells and other ammunition. Confirmed, claimed or disputed: 1 of 2 things from"
        " Pyongyang"
    )
    empty = exchange.flows(few, "confirmed", "ammunition").payload()
    assert empty["empty"] and "Choose a longer list" in empty["description"]
    assert (
        empty["title"] == "Shells and other ammunition. Confirmed: none of 2 things from Pyongyang"
    )


def test_what_is_hidden_leaves_a_dot_in_its_place(few: pd.DataFrame) -> None:
    def positions(level: str) -> set[tuple[float, float]]:
        figure = exchange.flows(few, level).payload()["figure"]
        marked = [trace for trace in figure["data"] if trace["mode"] == "markers"]
        return {(x, y) for trace in marked for x, y in zip(trace["x"], trace["y"], strict=True)}

    assert positions("confirmed") == positions("speculated") and len(positions("confirmed")) == 5


def test_marks_carry_the_number_of_their_row(few: pd.DataFrame) -> None:
    for level in exchange.LEVELS:
        payload = exchange.flows(few, level).payload()
        marks = [one for trace in payload["figure"]["data"] for one in trace.get("ids", [])]
        assert sorted(map(int, marks)) == list(range(len(payload["table"]["rows"])))


def test_markup_in_the_data_stays_text(few: pd.DataFrame) -> None:
    few.loc[0, "item"] = "<b>bold</b> & <a href='x'>"
    for lane in (None, "people"):
        figure = str(exchange.flows(few, lane=lane).payload()["figure"])
        assert "&lt;b&gt;bold" in figure and "<a href" not in figure


def test_the_soldiers_were_disputed_until_moscow_admitted_them() -> None:
    def status(day: str | None) -> str:
        table = exchange.flows(HISTORY, lane="people", known=day).table.set_index("Item")["Status"]
        return str(table["Combat troops sent to Russia"])

    assert status("2024-11-27") == "✕ disputed"
    assert status("2025-04-26") == status(None) == "● confirmed"


def test_history_needs_its_events() -> None:
    with pytest.raises(KeyError, match="nis-announces-dispatch"):
        exchange.with_history(ITEMS, EVENTS[EVENTS["id"] != "nis-announces-dispatch"])


def test_unknown_words_are_refused(few: pd.DataFrame) -> None:
    with pytest.raises(KeyError):
        exchange.flows(few, lane="tanks")
    with pytest.raises(ValueError, match="confirmed"):
        exchange.flows(few, level="sure")
    with pytest.raises(KeyError):
        exchange.counters(few, "tanks")


def test_many_governments_are_counted_and_few_are_named() -> None:
    assert exchange.people(("KOR", "UKR")) == "South Korea, Ukraine"
    assert (
        exchange.people(("AUS", "CAN", "FRA", "KOR", "USA"))
        == "South Korea and 4 other governments"
    )
    assert exchange.people(()) == ""


def test_every_category_of_the_schema_has_a_lane() -> None:
    fields = {field["name"]: field for field in tables.schema("exchange")["fields"]}
    assert set(fields["category"]["constraints"]["enum"]) == set(exchange.LANE_OF)
    assert set(fields["giver"]["constraints"]["enum"]) == set(exchange.SIDES)
    assert set(fields["status"]["constraints"]["enum"]) == set(exchange.LEVELS)


# -- every choice ----------------------------------------------------------------------------------
def test_every_choice_says_what_it_shows() -> None:
    levels, lanes, days = (
        [value for _, value in options]
        for options in (exchange.level_options(), exchange.lane_options(), exchange.as_of_options())
    )
    for level, lane, day in itertools.product(levels, lanes, days):
        rows = tables.as_of(HISTORY, day, "period") if day else HISTORY
        rows = rows[rows["category"].map(exchange.LANE_OF).eq(lane) | (lane is None)]
        wanted = rows[rows["status"].map(exchange.LEVELS.index) <= exchange.LEVELS.index(level)]
        payload = exchange.flows(HISTORY, level, lane, day).payload()
        assert len(payload["table"]["rows"]) == len(wanted), (level, lane, day)
        assert payload["title"] and "nan" not in f"{payload['title']} {payload['description']}"
        assert payload["description"].startswith(
            f"{len(wanted)} of the {len(rows)} " if len(wanted) else "None "
        )
        assert payload["empty"] == wanted.empty


def test_a_chart_can_stand_alone() -> None:
    for chart in (exchange.flows(ITEMS), exchange.counters(ITEMS)):
        assert chart.standalone()["data"] and PLOTLY in chart._repr_mimebundle_()


# -- those who count -------------------------------------------------------------------------------
def test_counters_are_scaled_and_open_where_they_are(few: pd.DataFrame) -> None:
    few["unit"] = ["soldiers", "shells", "rounds", "billion USD", "boxes"]
    few.loc[1, ["quantity_low", "quantity_high"]] = [4_000_000, 6_000_000]
    few.loc[2, ["quantity_low", "quantity_high"]] = [12_000_000, None]
    shells = exchange.counters(few, "shells")
    assert (
        shells.title
        == "From 4 to at least 12 million: those who count shells do not count the same thing"
    )
    assert list(shells.table["How much"]) == [
        "at least 12,000,000 rounds",
        "4,000,000 to 6,000,000 shells",
    ]
    assert "1 of them is open on one side" in shells.description
    money = exchange.counters(few, "money")
    assert (
        list(money.table["How much"]) == ["3 billion USD"]
        and money.title == "No row gives a number"
    )


def test_the_counters_of_the_lesson() -> None:
    money = exchange.counters(ITEMS, "money")
    assert (
        money.title == "Pyongyang's deliveries: 1.7 to at least 20 billion dollars, by who counts; "
        "what came back: at most 1.19"
    )
    for _, what in exchange.counter_options():
        payload = exchange.counters(ITEMS, what).payload()
        assert payload["description"].startswith(f"{len(payload['table']['rows'])} rows")
        assert payload["references"]
    assert exchange.counters(ITEMS.iloc[:0]).payload()["description"].startswith("None of the rows")
