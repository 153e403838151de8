"""Figures whose margins and axes are fixed, and whose rows may be counted in pixels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go

from . import theme

#: An axis that is not zoomed, and that leaves the figure's margins as they are.
FIXED: dict[str, Any] = {"fixedrange": True, "automargin": False}
#: An axis that nobody sees.
BARE: dict[str, Any] = {
    **FIXED,
    "showgrid": False,
    "showline": False,
    "showticklabels": False,
    "ticks": "",
}
#: An axis of days with a number at each year.
BY_YEAR: dict[str, Any] = {"type": "date", "dtick": "M12", "tickformat": "%Y"}


def row_axis(bottom: float, top: float = 0, lines: Iterable[float] | None = None) -> dict[str, Any]:
    """The y axis of a figure whose rows stand so many pixels down, from `top` to `bottom`.

    It has no numbers; grid lines are at `lines`, or there are none.
    """
    axis = {**FIXED, "range": [bottom, top], "showticklabels": False, "ticks": ""}
    return axis | ({"showgrid": False} if lines is None else {"tickvals": list(lines)})


def fixed_figure(
    *traces: dict[str, Any],
    height: float,
    margin: tuple[float, float, float, float],
    xaxis: dict[str, Any],
    yaxis: dict[str, Any],
    **layout: Any,
) -> go.Figure:
    """A figure in our look without a legend of plotly's.

    ``margin`` is (left, right, top, bottom) in pixels, and nothing widens it; both axes are
    `FIXED`, with what is given on top.
    """
    left, right, top, bottom = margin
    return theme.figure(
        *traces,
        height=height,
        showlegend=False,
        margin={"l": left, "r": right, "t": top, "b": bottom, "autoexpand": False},
        xaxis=FIXED | xaxis,
        yaxis=FIXED | yaxis,
        **layout,
    )
