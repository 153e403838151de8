"""Faults of small charts without a legend: what a legend lacks is tried in `test_reading`."""

from __future__ import annotations

from drawing import checker
from drawing.checker import Json
from upheaval.charts.draw import Chart


def problems(chart: Chart, drawing: Json = None) -> list[str]:
    """Every fault of a chart but that no legend explains its marks."""
    found = checker.problems(chart, drawing)
    return [one for one in found if not one.startswith("no sign of the legend")]
