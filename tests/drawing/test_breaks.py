"""Breaks that once passed every test of the charts: each is a fault of the drawing now."""

from __future__ import annotations

import copy
from typing import Any

from drawing.checker import drawing_of, problems
from upheaval.charts import aid, burden, packages
from upheaval.charts.draw import Chart
from upheaval.facts import tables


def broken(chart: Chart, at: int, **changes: Any) -> list[str]:
    """The faults of a drawing in which one trace is changed."""
    drawing = copy.deepcopy(drawing_of(chart))
    drawing["data"][at].update(changes)
    return problems(chart, drawing)


def test_the_line_of_the_united_states_is_not_drawn_with_the_numbers_of_europe() -> None:
    chart = burden.aid(tables.read("aid_over_time"), tables.read("events"))
    assert problems(chart) == []
    assert broken(chart, 1, y=drawing_of(chart)["data"][0]["y"])


def test_a_label_does_not_say_million_for_billion() -> None:
    for chart in (
        burden.aid(tables.read("aid_over_time"), tables.read("events")),
        aid.over_time(tables.read("aid_over_time")),
    ):
        label = drawing_of(chart)["data"][0]["hovertemplate"]
        assert "billion" in label and problems(chart) == []
        assert broken(chart, 0, hovertemplate=label.replace("billion", "million"))


def test_a_sale_of_which_only_the_month_is_known_names_no_day() -> None:
    chart = packages.packages(tables.read("aid_packages"), tables.read("aid_totals"))
    assert problems(chart) == []
    sales = next(one for one in drawing_of(chart)["data"] if len(one["ids"]) == 3)
    assert "%{x" not in sales["hovertemplate"], "plotly.js would name the first of the month"
    assert sales["hovertext"].count("July 2025") == 2
