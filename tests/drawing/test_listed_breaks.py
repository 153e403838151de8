"""Breaks that were once made by hand and that no test saw: each is red now."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from drawing import marked_rows
from drawing.checker import drawing_of, problems
from drawing.test_drawing import charts
from upheaval.charts.draw import Chart, Group, Rows
from upheaval.widgets import Explorer

Made = Callable[[str], list[Explorer]]

#: Charts by the beginning of their name, with the lesson that shows them.
DRAWN = {
    "outcomes": "04",
    "quotations": "04",
    "ties": "05",
    "policies": "07",
    "scales": "07",
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
        if chart.rows is not None:
            continue
        drawing = drawing_of(chart)
        turned = copy.deepcopy(drawing)
        for trace in turned["data"]:
            if isinstance(trace.get("x"), list):
                trace["x"] = trace["x"][::-1]
        if turned != drawing:
            tried += 1
            unseen += [] if problems(chart, turned) else [chart.title]
    assert tried and not unseen


def test_a_label_that_says_million_for_billion_is_red(explorers_of: Made) -> None:
    tried = 0
    for chart in of(explorers_of("06"), "trade"):
        drawn = chart.rows.lines if chart.rows else []
        for line in drawn:
            if "billion" in line.text:
                wrong = replace(line, text=line.text.replace("billion", "million"))
                lines = [wrong if one is line else one for one in drawn]
                assert chart.rows and marked_rows.problems(
                    chart, replace(chart.rows, groups=[Group(line.title, lines)])
                )
                tried += 1
    assert tried


@pytest.mark.thorough
def test_a_line_with_the_numbers_of_the_other_side_is_red(explorers_of: Made) -> None:
    """A United States line with Europe's numbers, and signs of one column with another's codes."""
    tried = 0
    for lesson, name in (("08", "burden"), ("07", "scales")):
        for chart in of(explorers_of(lesson), name):
            drawing: Any = drawing_of(chart)
            if isinstance(drawing, Rows):
                line = next(one for one in drawing.lines if one.track[1].of != one.track[-1].of)
                codes = [replace(line.track[1], of=line.track[-1].of), *line.track[2:]]
                wrong = replace(line, track=[line.track[0], *codes])
                if codes[0].at != line.track[-1].at:
                    tried += 1
                    others = [wrong if one is line else one for one in drawing.lines]
                    assert problems(chart, replace(drawing, groups=[Group("", others)]))
                continue
            lines = [trace for trace in drawing["data"] if "decoration" not in trace["meta"]]
            one, other = lines[-2:]
            if len(one["x"]) == len(other["x"]) and one["x"] + one["y"] != other["x"] + other["y"]:
                other["x"], other["y"] = one["x"], one["y"]
                tried += 1
                assert problems(chart, drawing), chart.title
    assert tried
