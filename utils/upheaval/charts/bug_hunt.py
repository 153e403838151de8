"""The bug hunt of lesson 03: the same four rows, drawn to mislead and drawn honestly."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from ..encoding import Cell, Position, encode
from ..methods import estimates as method
from . import draw
from .draw import Chart, Row, chosen, theme
from .estimate_marks import panels
from .estimate_rows import (
    HIGH,
    LOW,
    MEASURES,
    legend,
    publishers_of,
    records,
    refs,
    table_of,
)

#: The rows of the bug hunt, in the order in which the misleading drawing lines them up.
HUNT = (
    "us-2024-10-31-kursk",
    "nis-2024-11-20-kursk",
    "pentagon-2024-11-26-deployed",
    "umerov-2024-11-05-plan",
)
MISLEADING = "Deliberately misleading drawing for the bug hunt of lesson 03: do not use"
DRAWINGS = {"misleading": "drawn to mislead", "honest": "drawn honestly"}

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "honest": "{rows} numbers, {measures} questions: in Kursk, in all Russia, and only planned",
    "scales": "DPRK soldiers by measure, October and November 2024; each measure on a scale of its"
    " own",
    "estimates": "No trend can be read from them: they answer different questions. Floors and"
    " ceilings have an open end, a plan is called a plan, and each of the {measures} scales begins"
    " at zero. On show: {rows} estimates.",
    "misleading": "Deliberately misleading: “North Korean army grows from {low} to {high}!”",
    "faults": "A drawing with faults built in, for the bug hunt: do not pass it on",
    "bars": "{rows} bars, deliberately misleading, rise from {low} to {high}. The table says what"
    " each number really was.",
}


def bug_hunt(estimates: pd.DataFrame, drawing: str = "misleading") -> Chart:
    """Four rows of the table, drawn ``misleading`` (and labelled so everywhere) or ``honest``.

    Raises ``ValueError`` for another drawing, ``KeyError`` when a row of `HUNT` is missing.
    """
    chosen(DRAWINGS, drawing, "drawing")
    frame = estimates.set_index("id", drop=False).loc[list(HUNT)].reset_index(drop=True)
    rows = records(frame.assign(publishers=publishers_of(frame)), None)
    return _honest(rows) if drawing == "honest" else _misleading(rows)


def _honest(rows: list[Row]) -> Chart:
    measures = [one for one in MEASURES if any(row["measure"] == one for row in rows)]
    said = {"rows": len(rows), "measures": len(measures)}
    return Chart(
        None,
        rows=panels(rows, measures),
        title=TEXTS["honest"].format(**said),
        subtitle=TEXTS["scales"],
        description=TEXTS["estimates"].format(**said),
        table=table_of(rows),
        sources=draw.cited(rows),
        refs=refs(rows),
        known="rows",
        name="bug-hunt-honest",
        legend=legend(rows),
    )


def _misleading(rows: list[Row]) -> Chart:
    numbers = [row["said"].numbers[-1] for row in rows]
    low, high = (method.number(value) for value in (numbers[0], numbers[-1]))
    table = table_of(rows)
    table.insert(0, "Warning", MISLEADING)
    return Chart(
        _misleading_bars(rows, numbers),
        title=TEXTS["misleading"].format(low=low, high=high),
        subtitle=TEXTS["faults"],
        description=TEXTS["bars"].format(rows=len(rows), low=low, high=high),
        table=table,
        sources=draw.cited(rows),
        misleading=True,
        name="deliberately-misleading-bug-hunt",
    )


def _cut(numbers: Sequence[float]) -> float:
    """Where the misleading axis begins: just under the lowest bar."""
    return float(int(min(numbers) * 0.9 / 1000) * 1000)


def _misleading_bars(rows: Sequence[Row], numbers: Sequence[float]) -> go.Figure:
    heading = [LOW if row["said"].kind == "floor" else HIGH for row in rows]
    said = {"y": [Cell(one) for one in heading], "text": [Cell(one, "text") for one in heading]}
    bars = {
        "type": "bar",
        "x": list("ABCDEFGH"[: len(numbers)]),
        "y": list(numbers),
        "marker": {"color": theme.ORANGE},
        "cliponaxis": False,
        "text": [method.number(value) for value in numbers],
        "textposition": "outside",
        "hoverinfo": "skip",
        "meta": encode(range(len(rows)), {"x": Position(), **said}),
    }
    floor, top = _cut(numbers), max(numbers)
    place = Row(xref="paper", yref="paper", xanchor="left", yanchor="top", align="left")
    warning = draw.note(0.02, 0.98, "<b>DELIBERATELY<br>MISLEADING</b>", **place)
    return draw.fixed_figure(
        bars,
        height=330,
        margin=(58, 8, 20, 30),
        xaxis={"showgrid": False, "ticks": ""},
        yaxis={"range": [floor, top + (top - floor) * 0.08], "tickformat": ",d", "nticks": 6},
        annotations=[warning | {"font": {"size": 20, "color": theme.GREY}}],
    )
