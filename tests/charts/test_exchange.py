"""The exchange: worked by hand on a few rows, and through every choice on the real table."""

from __future__ import annotations

import itertools
import re

import pandas as pd
import pytest

from tiers import STEPS
from upheaval import lesson, stories
from upheaval.charts import counters, exchange, exchange_rows
from upheaval.facts import tables
from upheaval.phrases import LONGEST
from upheaval.saving import PLOTLY

ITEMS = lesson.table("exchange")


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
            "Confirmed: only 1 of 3 {on} Pyongyang gives and none of 2 on what Moscow gives",
        ),
        (
            "claimed",
            "ad",
            "Claimed by one side: none of 3 {on} Pyongyang gives and 1 of 2 on what Moscow gives",
        ),
        (
            "disputed",
            "adb",
            "Disputed: 1 of 3 {on} Pyongyang gives and none of 2 on what Moscow gives",
        ),
        (
            "reported",
            "adbc",
            "Only reported: 1 of 3 {on} Pyongyang gives and none of 2 on what Moscow gives",
        ),
        (
            "speculated",
            "adbce",
            "How much is confirmed: only 1 of 3 {on} Pyongyang gives and none of 2 on what Moscow"
            " gives",
        ),
    ],
)
def test_a_level_shows_its_status_and_all_stronger_ones(
    few: pd.DataFrame, level: str, visible: str, title: str
) -> None:
    chart = exchange.flows(few, level)
    assert [item.removeprefix("Item ") for item in chart.table["Item"]] == list(visible)
    assert chart.title == title.format(on="statements on what")
    assert f" On show: {stories.share(len(visible), 5)} statements: " in chart.description


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
        == "How much is confirmed: only 1 of 3 statements on what Pyongyang gives and none of 1 on"
        " what Moscow gives"
    )
    assert exchange.flows(few, known="2023-12-31").description.startswith("None of the items")
    assert (
        exchange.flows(few, known="2023-12-31").title
        == "Items: nothing was public by 31 December 2023"
    )


def test_one_lane_and_its_empty_state(few: pd.DataFrame) -> None:
    shells = exchange.flows(few, "disputed", "ammunition")
    assert list(shells.table["Item"]) == ["Item b"]
    assert shells.title == "Shells and other ammunition: of 2, only “Item b” is disputed"
    empty = exchange.flows(few, "confirmed", "ammunition").payload()
    assert empty["empty"] and "Choose a longer list" in empty["description"]
    assert empty["title"] == "Shells and other ammunition: neither of 2 statements is confirmed"


def test_what_is_hidden_leaves_a_dot_in_its_place(few: pd.DataFrame) -> None:
    def positions(level: str) -> set[tuple[float, float]]:
        figure = exchange.flows(few, level).payload()["figure"]
        marked = [trace for trace in figure["data"] if trace["mode"] == "markers"]
        return {(x, y) for trace in marked for x, y in zip(trace["x"], trace["y"], strict=True)}

    assert positions("confirmed") == positions("speculated") and len(positions("confirmed")) == 5


def test_marks_carry_the_number_of_their_row(few: pd.DataFrame) -> None:
    for level in exchange_rows.LEVELS:
        payload = exchange.flows(few, level).payload()
        marks = [one for trace in payload["figure"]["data"] for one in trace.get("ids", [])]
        assert sorted(map(int, marks)) == list(range(len(payload["table"]["rows"])))


def test_markup_in_the_data_stays_text(few: pd.DataFrame) -> None:
    few.loc[0, "item"] = "<b>bold</b> & <a href='x'>"
    for lane in (None, "people"):
        forms = exchange.flows(few, lane=lane)._repr_mimebundle_()
        shown = str({kind: form for kind, form in forms.items() if kind != "text/plain"})
        assert "&lt;b&gt;bold" in shown and "<a href" not in shown


def test_the_soldiers_were_disputed_until_moscow_admitted_them() -> None:
    def status(day: str | None) -> str:
        table = exchange.flows(ITEMS, lane="people", known=day).table.set_index("Item")["Status"]
        return str(table["Combat troops sent to Russia"])

    assert status("2024-11-27") == "✕ disputed"
    assert status("2025-04-26") == status(None) == "● confirmed"


def test_what_was_admitted_or_denied_later_has_the_status_of_its_day() -> None:
    then = tables.as_of(ITEMS, "2024-11-27", "period").set_index("id")["status"]
    now = ITEMS.set_index("id")["status"]
    assert (then["rus-troop-training"], now["rus-troop-training"]) == ("disputed", "confirmed")
    assert (then["rus-sam-missiles"], now["rus-sam-missiles"]) == ("claimed", "disputed")


def test_unknown_words_are_refused(few: pd.DataFrame) -> None:
    with pytest.raises(KeyError):
        exchange.flows(few, lane="tanks")
    with pytest.raises(KeyError, match="confirmed"):
        exchange.flows(few, level="sure")
    with pytest.raises(KeyError):
        counters.counters(few, "tanks")


def test_many_governments_are_counted_and_few_are_named() -> None:
    assert exchange_rows.people(("KOR", "UKR")) == "South Korea, Ukraine"
    assert (
        exchange_rows.people(("AUS", "CAN", "FRA", "KOR", "USA"))
        == "South Korea and 4 other governments"
    )
    assert exchange_rows.people(()) == ""


def test_every_category_of_the_schema_has_a_lane() -> None:
    fields = {field["name"]: field for field in tables.schema("exchange")["fields"]}
    assert set(fields["category"]["constraints"]["enum"]) == set(exchange_rows.LANE_OF)
    assert set(fields["giver"]["constraints"]["enum"]) == set(exchange_rows.SIDES)
    assert set(fields["status"]["constraints"]["enum"]) == set(exchange_rows.LEVELS)


# -- every choice ----------------------------------------------------------------------------------
@STEPS
def test_every_choice_says_what_it_shows(step: int) -> None:
    levels, lanes, days = (
        [value for _, value in options]
        for options in (exchange.level_options(), exchange.lane_options(), exchange.as_of_options())
    )
    for level, lane, day in [*itertools.product(levels, lanes, days)][::step]:
        rows = tables.as_of(ITEMS, day, "period") if day else ITEMS
        votes = ITEMS["id"].eq("prk-un-votes")  # Counted later, and public since the first of them.
        rows = ITEMS[ITEMS.index.isin(rows.index) | votes].assign(
            status=lambda all_rows, now=rows: (
                now["status"].reindex(all_rows.index).fillna(all_rows["status"])
            )
        )
        rows = rows[rows["category"].map(exchange_rows.LANE_OF).eq(lane) | (lane is None)]
        wanted = rows[
            rows["status"].map(exchange_rows.LEVELS.index) <= exchange_rows.LEVELS.index(level)
        ]
        payload = exchange.flows(ITEMS, level, lane, day).payload()
        assert len(payload["table"]["rows"]) == len(wanted), (level, lane, day)
        assert payload["title"] and "nan" not in f"{payload['title']} {payload['description']}"
        none = "Neither " if len(rows) == 2 else "None "
        share = stories.share(len(wanted), len(rows))
        counted = f"On show: {share} statements" if len(wanted) else none
        assert counted in payload["description"] and len(payload["title"]) <= LONGEST
        assert payload["empty"] == wanted.empty
        for item in re.findall("“(.+?)”$", payload["title"]):
            assert f"“{item}”" in payload["description"], "both name the same"


def test_what_began_in_the_open_or_is_known_to_a_month_is_not_new() -> None:
    """Votes are public on their own days, whenever they were counted; a claim of November 2024 may
    be older than the stop of the 27th.
    """
    votes = row("v", "PRK", "diplomatic-cover", "confirmed", 11, 11, first="2026-02-24")
    rows = [
        votes | {"period": "2022-03/2026-02"},
        row("m", "RUS", "space", "speculated", first="2024-11"),
        row("n", "RUS", "space", "speculated", first="2024-12"),
    ]
    news = exchange.flows(pd.DataFrame(rows)).news
    assert news == (
        "New since 27 November 2024: Item n. Perhaps new (no exact day is known): Item m."
    )
    then = exchange.flows(pd.DataFrame(rows), lane="cover", known="2024-11-27").table
    assert list(then["Item"]) == ["Item v"], "a vote is public then, on the earlier stop as well"
    assert "11" not in then["How much"][0] and "2026" not in " ".join(map(str, then.loc[0]))
    later = [votes | {"period": "2024-12/2026-02"}]
    assert exchange.flows(pd.DataFrame(later)).news == "New since 27 November 2024: Item v."


def test_a_chart_can_stand_alone() -> None:
    chart, counted = exchange.flows(ITEMS), counters.counters(ITEMS)
    assert chart.standalone()["data"] and PLOTLY in chart._repr_mimebundle_()
    assert "at least 12" in counted._repr_mimebundle_()["text/html"]


# -- those who count -------------------------------------------------------------------------------
def test_counters_are_scaled_and_open_where_they_are(few: pd.DataFrame) -> None:
    few["unit"] = ["soldiers", "shells", "rounds", "billion USD", "boxes"]
    few.loc[1, ["quantity_low", "quantity_high"]] = [4_000_000, 6_000_000]
    few.loc[2, ["quantity_low", "quantity_high"]] = [12_000_000, None]
    shells = counters.counters(few, "shells")
    assert (
        shells.title
        == "From 4 to at least 12 million: those who count shells do not count the same thing"
    )
    assert list(shells.table["How much"]) == [
        "at least 12,000,000 rounds",
        "4,000,000 to 6,000,000 shells",
    ]
    assert "One of them is open on one side" in shells.description
    # A year ends later than one of its months, and two that end on one day are both named.
    few.loc[[1, 2], "period"] = ["2024", "2024-03"]
    latest = counters.counters(few, "shells").description
    assert latest.startswith(f"Counted up to the latest day: {few.loc[1, 'item']}, 4 to 6 million")
    few.loc[2, "period"] = "2023/2024"
    both = counters.counters(few, "shells").description.split(".")[0]
    assert all(few.loc[at, "item"] in both for at in (1, 2))
    money = counters.counters(few, "money")
    assert (
        list(money.table["How much"]) == ["3 billion USD"]
        and money.title == "No row gives a number"
    )


def test_the_counters_of_the_lesson() -> None:
    money = counters.counters(ITEMS, "money")
    assert (
        money.title == "Pyongyang's deliveries: 1.7 to 20 billion dollars, by who counts; "
        "what came back: at most 1.19"
    )
    for _, what in counters.counter_options():
        payload = counters.counters(ITEMS, what).payload()
        assert f"On show: {len(payload['table']['rows'])} rows" in payload["description"]
        assert payload["references"]
    assert counters.counters(ITEMS.iloc[:0]).payload()["description"].startswith("None of the rows")
