"""The checker of drawings, tried on small charts by hand: right ones, and wrong ones."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from drawing.checker import drawing_of
from drawing.small import problems
from upheaval.charts.draw import Chart, theme
from upheaval.encoding import (
    At,
    Beyond,
    Category,
    Cell,
    Count,
    Fixed,
    Median,
    Position,
    Share,
    Units,
    encode,
    encode_layout,
)

TABLE = pd.DataFrame(
    {
        "Name": ["Anna", "Berta", "Clara"],
        "Status": ["● confirmed", "○ speculated", "● confirmed"],
        "Number": [10, 20, 40],
        "Said": ["at least 10", "up to 20", "30 to 40"],
    }
)


def chart(*traces: dict[str, Any], table: pd.DataFrame = TABLE, **layout: Any) -> Chart:
    """A chart of hand-made traces over a table; rows without a mark are no fault here."""
    layout = {"meta": encode_layout(undrawn="a small chart"), **layout}
    return Chart(
        theme.figure(*traces, **layout), subtitle="Numbers", table=table, sources=[], title="Three"
    )


def marks(y: list[Any], channel: Any, **more: Any) -> dict[str, Any]:
    """A trace with a mark for each of three rows, one below the other."""
    meta = encode(range(len(y)), {"x": Position(), "y": channel, **more.pop("channels", {})})
    trace = {"type": "scatter", "mode": "markers", "x": [0, 1, 2][: len(y)], "y": y, "meta": meta}
    return {**trace, **more}


@pytest.mark.parametrize(
    ("right", "wrong", "channel"),
    [
        ([10, 20, 40], [40, 20, 10], Cell("Number")),
        ([0.25, 0.5, 1], [0.25, 0.5, 0.9], Share("Number", 1)),
        ([1.25, 1.5, 2], [0.25, 0.5, 1], Share("Number", 1, start=1)),
        ([0.01, 0.02, 0.04], [10, 20, 40], Cell("Number", per=1000)),
        ([20, 20, 20], [23, 23, 23], Median("Number")),
        ([1, 1, 1], [1, 2, 1], Count()),
    ],
)
def test_a_number_that_is_not_the_rows_is_a_fault(
    right: list[float], wrong: list[float], channel: Any
) -> None:
    assert problems(chart(marks(right, channel))) == []
    assert problems(chart(marks(wrong, channel)))


def test_a_point_for_several_rows_is_their_sum_and_for_none_it_is_0() -> None:
    def bars(y: list[float]) -> Chart:
        meta = encode([[0, 1], [], [2]], {"x": Position("any"), "y": Cell("Number")})
        return chart({"type": "bar", "x": [0, 1, 2], "y": y, "meta": meta})

    assert problems(bars([30, 0, 40])) == []
    assert problems(bars([30, 1, 40])) and problems(bars([20, 0, 40]))


def test_an_open_end_is_an_arrow_on_its_side_of_the_number() -> None:
    def open_end(x: float, symbol: str, channel: Beyond) -> Chart:
        meta = encode([0], {"x": channel, "y": Position()})
        marker = {"symbol": symbol}
        trace = {"type": "scatter", "mode": "markers", "x": [x], "y": [0], "marker": marker}
        return chart({**trace, "meta": meta})

    assert problems(open_end(12, "triangle-right", Beyond("Said"))) == []
    assert problems(open_end(8, "triangle-right", Beyond("Said")))
    assert problems(open_end(12, "circle", Beyond("Said")))
    assert problems(open_end(12, "triangle-right", Beyond("Said", by=5)))


def test_a_symbol_tells_values_apart_and_looks_like_the_sign() -> None:
    def symbols(*names: str) -> Chart:
        channels = {"marker.symbol": Category("Status")}
        marker = {"symbol": list(names)}
        return chart(marks([10, 20, 40], Cell("Number"), channels=channels, marker=marker))

    assert problems(symbols("circle", "circle-open", "circle")) == []
    assert problems(symbols("circle", "circle", "circle"))
    assert problems(symbols("circle-open", "circle", "circle-open"))


def test_columns_told_by_colour_alone_are_a_fault() -> None:
    def two(dash: str) -> Chart:
        table = TABLE.assign(Other=[1, 2, 3]).drop(columns="Status")
        styles = ({"color": "red"}, {"color": "blue", "dash": dash})
        return chart(
            *(
                {**marks(list(table[name]), Cell(name)), "mode": "lines", "line": style}
                for name, style in zip(("Number", "Other"), styles, strict=True)
            ),
            table=table,
        )

    assert problems(two("dash")) == []
    assert problems(two("solid")) == ["only colour tells 'Number' from 'Other'"]


def test_words_stand_at_their_row_and_exactly_above_its_mark() -> None:
    def labelled(text: list[str], y: list[float]) -> Chart:
        meta = encode(
            range(3), {"x": Fixed(0), "y": Position(offset=-5), "text": Cell("Name", "text")}
        )
        label = {"type": "scatter", "mode": "text", "x": [0] * 3, "y": y, "text": text}
        mark = {"type": "scatter", "mode": "markers", "x": [10, 20, 40], "y": [10, 20, 30]}
        mark["meta"] = encode(range(3), {"x": Cell("Number"), "y": Position()})
        return chart({**label, "meta": meta}, mark, yaxis={"range": [40, 0]})

    names = list(TABLE["Name"])
    assert problems(labelled(names, [5, 15, 25])) == []
    assert problems(labelled(names[::-1], [5, 15, 25]))
    assert problems(labelled(names, [15, 25, 35])), "a row too low"
    assert problems(labelled(names, [7, 17, 27]))


def test_marks_that_count_are_as_many_as_the_cell_says_and_fill_their_lines() -> None:
    table = pd.DataFrame({"Group": ["all"], "● yes": [2], "○ no": [1]})

    def units(yes: list[int], no: list[int]) -> Chart:
        def trace(x: list[int], column: str, symbol: str) -> dict[str, Any]:
            meta = encode([0] * len(x), {"x": Units(column), "y": At("all", 10, "after")})
            trace = {"x": x, "y": [8] * len(x), "mode": "markers", "type": "scatter"}
            return {**trace, "marker": {"symbol": symbol}, "meta": meta}

        name = {"type": "scatter", "mode": "text", "x": [1], "y": [0], "text": ["all"]}
        name["meta"] = {"decoration": "name"}
        traces = (trace(yes, "● yes", "circle"), trace(no, "○ no", "circle-open"), name)
        return chart(*traces, table=table)

    assert problems(units([1, 2], [3])) == []
    assert problems(units([1], [2])), "one too few"
    assert problems(units([1, 3], [2])), "not one kind after the other"
    assert problems(units([1, 2], [4])), "a gap"


def test_a_mark_without_a_row_is_a_fault() -> None:
    trace = marks([10, 20, 40], Cell("Number"))
    drawing = drawing_of(chart(trace))
    drawing["data"][0]["meta"]["rows"][1] = None
    assert problems(chart(trace), drawing)


def test_rows_without_a_mark_have_to_be_named() -> None:
    two = marks([10, 20], Cell("Number"))
    assert problems(chart(two, meta=encode_layout()))
    assert problems(chart(two, meta=encode_layout(undrawn="no number", undrawn_rows=[2]))) == []
    assert problems(chart(two, meta=encode_layout(undrawn="no number", undrawn_rows=[1, 2])))


def test_a_label_with_another_number_or_unit_is_a_fault() -> None:
    def label(template: str) -> list[str]:
        return problems(chart(marks([10, 20, 40], Cell("Number"), hovertemplate=template)))

    assert label("Number: %{y}<extra></extra>") == []
    assert label("Number: 5%{y}<extra></extra>")
    assert label("Number: %{y} million<extra></extra>")
