"""Breaks that were once made by hand and that no test saw: each is red now."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from drawing.checker import drawing_of, problems
from drawing.test_drawing import charts
from upheaval.chart import Chart
from upheaval.widgets import Explorer

Made = Callable[[str], list[Explorer]]

#: Charts by the beginning of their name, with the lesson that shows them.
DRAWN = {
    "likelihood": "04",
    "outcomes": "04",
    "quotations": "04",
    "ties": "05",
    "votes": "05",
    "trade": "06",
    "policies": "07",
    "scales": "07",
    "hypotheses": "09",
    "word-scores": "10",
    "lead": "11",
    "rated": "11",
    "aftermath": "11",
    "road": "12",
}


def of(explorers: list[Explorer], name: str) -> Iterator[Chart]:
    """The charts of these explorers whose name begins so."""
    for explorer in explorers:
        states = charts(explorer)
        _, first = next(states)
        if first.name.startswith(name):
            yield first
            yield from (chart for _, chart in states)


@pytest.mark.thorough
@pytest.mark.parametrize("name", DRAWN)
def test_every_x_reversed_is_red(name: str, explorers_of: Made) -> None:
    """Each chart with all that it draws from left to right turned round, in every state."""
    unseen, tried = [], 0
    for chart in of(explorers_of(DRAWN[name]), name):
        drawing = drawing_of(chart)
        turned = copy.deepcopy(drawing)
        for trace in turned["data"]:
            if isinstance(trace.get("x"), list):
                trace["x"] = trace["x"][::-1]
        if turned != drawing:
            tried += 1
            unseen += [] if problems(chart, turned) else [chart.title]
    assert tried and not unseen


@pytest.mark.parametrize("rows", [1, -1])
def test_bars_of_trade_a_row_too_low_are_red(rows: int, explorers_of: Made) -> None:
    tried = 0
    for chart in of(explorers_of("06"), "trade"):
        drawing = drawing_of(chart)
        if len(drawing["data"]) == 3:  # apart: lines, points, words
            for trace in drawing["data"][:2]:
                trace["y"] = [y if y is None else y + rows * 33 for y in trace["y"]]
            tried += 1
            assert problems(chart, drawing), chart.title
    assert tried


def test_a_label_that_says_million_for_billion_is_red(explorers_of: Made) -> None:
    tried = 0
    for chart in of(explorers_of("06"), "trade"):
        drawing = drawing_of(chart)
        for trace in drawing["data"]:
            labels = trace.get("hovertext") or trace.get("text")
            if isinstance(labels, list) and any("billion" in one for one in labels):
                field = "hovertext" if "hovertext" in trace else "text"
                trace[field] = [one.replace("billion", "million") for one in labels]
                tried += 1
                assert problems(chart, drawing), chart.title
    assert tried


def test_a_line_with_the_numbers_of_the_other_side_is_red(explorers_of: Made) -> None:
    """A United States line with Europe's numbers, and a Trump line with Biden's codes."""
    tried = 0
    for lesson, name in (("08", "burden"), ("07", "scales")):
        for chart in of(explorers_of(lesson), name):
            drawing: Any = drawing_of(chart)
            lines = [trace for trace in drawing["data"] if "decoration" not in trace["meta"]]
            one, other = lines[-2:]
            if len(one["x"]) == len(other["x"]) and one["x"] + one["y"] != other["x"] + other["y"]:
                other["x"], other["y"] = one["x"], one["y"]
                tried += 1
                assert problems(chart, drawing), chart.title
    assert tried
