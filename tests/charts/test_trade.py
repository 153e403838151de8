"""Goods with two uses: worked by hand on a few rows, and through every choice on the real table."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from upheaval import lesson
from upheaval.charts import trade

GOODS, SOURCES = lesson.table("dual_use_trade"), lesson.table("sources")


def row(
    name: str, item: str, period: str, dollars: float | None, share: float | None = None
) -> dict[str, object]:
    return {
        "id": name,
        "item": item,
        "period": period,
        "value_usd_millions": dollars,
        "share_of_russian_imports_pct": share,
        "weak": False,
        "sources": ("rusi-2024-ore",),
        "note": None,
    }


@pytest.fixture
def few() -> pd.DataFrame:
    return pd.DataFrame(
        [
            row("a", "CNC machine tools", "2023-07", 68, 57),
            row("b", "CNC machine tools", "2022-02", 6.5),
            row("c", "Machine tool parts", "2022", None, 32),
            row("d", "Total trade", "2023", 240_100),
        ]
    )


def test_figures_stand_apart_each_over_its_time(few: pd.DataFrame) -> None:
    chart = trade.figures(few, SOURCES)
    assert chart.title == "Machine tools: 3 figures on 2 kinds of goods, and not one series"
    newest = "The newest: CNC machine tools, $68 million · 57 % of imports (July 2023). "
    assert chart.description.startswith(
        f"{newest}3 figures for 2 kinds of goods, each over one month or a year."
    )
    groups = chart.payload()["markedRows"]["groups"]
    assert [group["title"] for group in groups] == ["Machine tool parts", "CNC machine tools"]
    year, month = (group["lines"][0]["track"][0] for group in groups)
    assert year[1] - year[0] == pytest.approx(364 / 730, abs=1e-3)
    assert month[1] - month[0] == pytest.approx(27 / 730, abs=1e-3)
    assert list(chart.table["Months"]) == [12, 1, 1]


def test_the_joined_line_says_that_it_is_wrong(few: pd.DataFrame) -> None:
    chart = trade.figures(few, SOURCES, drawing="joined")
    assert chart.title == "Machine tools. Do not read this line: nobody measured between its marks"
    assert [trace["y"] for trace in chart.payload()["figure"]["data"]] == [[6.5, 68.0]]
    assert (
        trade.figures(few, SOURCES, "all", "joined").title
        == "All trade, for scale: one figure makes no line"
    )
    alone = trade.figures(few, SOURCES, "all", "joined")
    assert "each" not in alone.description and "The only figure in dollars" in alone.description
    first, last = alone.payload()["figure"]["layout"]["xaxis"]["range"]
    drawn = alone.payload()["figure"]["data"][0]["x"][0]
    assert first < drawn < last, "even one mark stands between two years that are named"
    empty = trade.figures(few, SOURCES, "chips", "joined").payload()
    assert empty["empty"] and "Choose" in empty["description"]


@pytest.mark.parametrize(
    ("dollars", "share", "text"),
    [
        (6.5, None, "$6.5 million"),
        (68, 57, "$68 million · 57 % of imports"),
        (240_100, None, "$240.1 billion"),
        (None, 12.6, "12.6 % of imports"),
        (None, None, "no value printed"),
    ],
)
def test_values_in_words(dollars: float | None, share: float | None, text: str) -> None:
    assert (
        trade.value({"value_usd_millions": dollars, "share_of_russian_imports_pct": share}) == text
    )


def test_items_find_their_group() -> None:
    assert trade.group("Integrated circuits, China to Russia") == "chips"
    assert trade.group("High-priority goods from Hong Kong companies to Russia") == "listed"
    assert trade.group("All goods, China to Russia") == "all"
    assert trade.group("Ball bearings, China to Russia") == "other"


def test_markup_and_unknown_words(few: pd.DataFrame) -> None:
    few["item"] = "Machine <b>tool</b>"
    joined = trade.figures(few, SOURCES, drawing="joined")
    assert "&lt;b&gt;" in str(joined.payload()["figure"])
    for wrong in ({"goods": "tanks"}, {"drawing": "round"}):
        with pytest.raises(KeyError):
            trade.figures(few, SOURCES, **wrong)


def test_every_choice_says_what_it_shows() -> None:
    groups, drawings = (
        [value for _, value in options]
        for options in (trade.goods_options(), trade.drawing_options())
    )
    seen = 0
    for goods, drawing in itertools.product(groups, drawings):
        payload = trade.figures(GOODS, SOURCES, goods, drawing).payload()
        rows = payload["table"]["rows"]
        seen += len(rows) if drawing == "apart" else 0
        assert payload["title"] and payload["references"] and not payload["empty"]
        alone = drawing == "joined" and len(rows) == 1
        told = "The only figure" if alone else f"{len(rows)} figure"
        assert told in payload["description"]
        assert "nan" not in f"{payload['title']} {payload['description']}"
    assert seen == len(GOODS)
