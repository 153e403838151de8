"""The checker on small charts made by hand: what is right passes, what is wrong is named."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from drawing.checker import amounts
from drawing.small import problems
from upheaval.charts.draw import Chart, theme
from upheaval.encoding import (
    At,
    Bin,
    Cell,
    Channel,
    Count,
    Extent,
    Fixed,
    Greatest,
    Mapped,
    Numbers,
    Position,
    Said,
    Toward,
    decoration,
    encode,
)

TABLE = pd.DataFrame(
    {
        "Who": ["North", "South", "South"],
        "When": ["3 May 2024", "June 2024", "2025"],
        "Million U.S. dollars": [1200.0, 68.5, 0.0],
        "Range": ["1 to 4", "2 to 3", "no band"],
        "Best": [1, 3, 2],
        "Status": ["● sure", "○ open", "○ open"],
    }
)


def drawn(
    trace: dict[str, Any], says: dict[str, Channel | list[Channel | None]], *others: dict[str, Any]
) -> list[str]:
    """The faults of a chart of one trace, a mark for each row of `TABLE` where nothing is said."""
    rows = trace.pop("rows", [0, 1, 2])
    marks = {"type": "scatter", "mode": "markers", **trace, "meta": encode(rows, says)}
    rest = {
        "type": "scatter",
        "mode": "markers",
        "x": [0, 0, 0],
        "y": [0, 1, 2],
        "meta": encode([0, 1, 2], {"x": Fixed(0), "y": Position("any", facet="rest")}),
    }
    figure = theme.figure(marks, rest, *others, yaxis={"range": [8, -1]})
    chart = Chart(figure, "By hand", TABLE, [], description="North 3.50, South 1.25")
    return problems(chart)


def texts(x: list[float], y: list[float], text: list[str]) -> dict[str, Any]:
    """Names that the chart draws."""
    return {"type": "scatter", "mode": "text", "x": x, "y": y, "text": text, "meta": decoration("")}


NAMES = texts([0, 5], [0, 5], ["North", "South"])
AT = {"x": [0, 1, 2], "y": [0, 1, 2]}
PLACED: dict[str, Any] = {"x": Position("any"), "y": Position()}

CASES: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any], tuple[Any, ...]]] = {
    "half-way between the ends of a range": (
        {"x": [2.5, 2.5], "y": [0, 1], "rows": [0, 1]},
        {"x": [2.5, 3.5], "y": [0, 1], "rows": [0, 1]},
        {"x": Cell("Range", "mean"), "y": Position()},
        (),
    ),
    "the least of several columns": (
        {"x": [1, 3, 0], "y": [0, 1, 2]},
        {"x": [1200, 3, 0], "y": [0, 1, 2]},
        {"x": Extent(("Best", "Million U.S. dollars"), "low"), "y": Position()},
        (),
    ),
    "a scale that begins at a drawn name": (
        {"x": [1, 8, 7], "y": [0, 1, 2]},
        {"x": [6, 8, 7], "y": [0, 1, 2]},
        {"x": [Cell("Best", origin=who) for who in TABLE["Who"]], "y": Position()},
        (NAMES,),
    ),
    "so far beside the name that a cell says": (
        {"x": [1, 6, 6], "y": [0, 1, 2]},
        {"x": [1, 6, 5], "y": [0, 1, 2]},
        {"x": At(offset=1, columns=("Who",)), "y": Position()},
        (NAMES,),
    ),
    "the number in words": (
        {"x": [0] * 3, "y": [0, 1, 2], "text": ["North $1.2 billion", "South $68.5 million", "0"]},
        {"x": [0] * 3, "y": [0, 1, 2], "text": ["North $1.2 million", "South $68.5 million", "0"]},
        {"x": Fixed(0), "y": Position(), "text": Cell("Million U.S. dollars")},
        (),
    ),
    "the numbers of words, in their order": (
        {"x": [0] * 3, "y": [0, 1, 2], "text": ["North 1,200 of 1", "South 68.5 of 3", "0 of 2"]},
        {"x": [0] * 3, "y": [0, 1, 2], "text": ["North 1 of 1,200", "South 68.5 of 3", "0 of 2"]},
        {"x": Fixed(0), "y": Position(), "text": Numbers("Who", ("Million U.S. dollars", "Best"))},
        (),
    ),
    "how many rows there are, and all of them": (
        {"x": [1, 2], "y": [0, 1], "rows": [[0], [1, 2]]},
        {"x": [1, 1], "y": [0, 1], "rows": [[0], [1]]},
        {"x": Count("Who"), "y": Position("any")},
        (),
    ),
    "a symbol for words": (
        {**AT, "marker": {"symbol": ["circle", "circle-open", "circle-open"]}},
        {**AT, "marker": {"symbol": ["circle", "circle", "circle-open"]}},
        {**PLACED, "marker.symbol": Mapped("Status", {"●": "circle", "○": "circle-open"})},
        (),
    ),
    "the greatest looks different": (
        {**AT, "marker": {"symbol": ["circle-open", "circle", "circle-open"]}},
        {**AT, "marker": {"symbol": ["circle", "circle-open", "circle-open"]}},
        {**PLACED, "marker.symbol": Greatest("Best", "number", "circle", "circle-open")},
        (),
    ),
    "the step of an axis": (
        {"x": [0.5, 1.5, 2.5], "y": [0, 1, 2]},
        {"x": [1.5, 1.5, 2.5], "y": [0, 1, 2]},
        {"x": Bin("When", ("2024-05-31", "2024-12-31", "9999-12-31")), "y": Position()},
        (),
    ),
    "under the name of its lane": (
        {"x": [1, 1, 2], "y": [0.5, 5.5, 6]},
        {"x": [1, 1, 2], "y": [6.5, 0.5, 1]},
        {"x": Position("any"), "y": Position("any", group="Who", headed=True)},
        (NAMES,),
    ),
    "the way from one name to another": (
        {"x": [0], "y": [0], "rows": [[0, 1, 2]], "marker": {"angle": [45]}},
        {"x": [0], "y": [0], "rows": [[0, 1, 2]], "marker": {"angle": [225]}},
        {"x": Fixed(0), "y": Position(), "marker.angle": Toward("North", "South")},
        (NAMES,),
    ),
    "a number that follows a name in the description": (
        {"mode": "text", "x": [0], "y": [3], "text": ["3.50"], "rows": [None]},
        {"mode": "text", "x": [0], "y": [3], "text": ["1.25"], "rows": [None]},
        {"x": Fixed(0), "y": Fixed(3), "text": Said(after="North")},
        (),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_right_drawing_passes_and_the_wrong_one_does_not(case: str) -> None:
    right, wrong, says, others = CASES[case]
    assert drawn(dict(right), says, *others) == []
    assert drawn(dict(wrong), says, *others) != []


def test_a_label_a_row_too_low_is_seen() -> None:
    """All marks moved by one row stand beside the labels of other rows."""
    says = {"x": Fixed(0), "y": Position(offset=-0.3), "text": Cell("Who", "text")}
    marks = {
        "type": "scatter",
        "mode": "markers",
        "x": [1, 3, 2],
        "meta": encode([0, 1, 2], {"x": Cell("Best"), "y": Position()}),
    }
    label = {"mode": "text", "x": [0] * 3, "y": [-0.3, 0.7, 1.7], "text": list(TABLE["Who"])}
    assert drawn(dict(label), says, {**marks, "y": [0, 1, 2]}) == []
    assert drawn(dict(label), says, {**marks, "y": [1, 2, 3]}) != []
    assert drawn(dict(label), says, {**marks, "y": [-1, 0, 1]}) != []


def test_rows_of_one_mark_say_the_same_number() -> None:
    says = {"x": Cell("Best", several="each"), "y": Position("any")}
    assert drawn({"x": [3], "y": [1], "rows": [[1, 1]]}, says) == []
    assert drawn({"x": [3], "y": [1], "rows": [[1, 2]]}, says) != []


@pytest.mark.parametrize(
    ("text", "magnitude", "numbers"),
    [
        ("$1.2 billion and 68 million", 1e6, [1200, 68]),
        ("1.2 billion", 1, [1.2]),
        ("none of 12", 1, [12, 0]),
        ("1,500 and −2", 1, [1500, -2]),
    ],
)
def test_numbers_in_words_count_as_the_heading_does(
    text: str, magnitude: float, numbers: list[float]
) -> None:
    assert [number for number, _ in amounts(text, magnitude)] == numbers
